"""The source page at a pin: by path, by id, by rename, or the reason why not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bilint.model.config import Limits
from bilint.model.history import Base, Unknown
from bilint.readers.git import Repository
from bilint.readers.source_history import GitSourceHistory
from handmade import commit_of, tree
from repositories import Repo

ALPHA = "11111111-aaaa-4aaa-8aaa-111111111111"
BETA = "22222222-bbbb-4bbb-8bbb-222222222222"


def page(identity: str | None, text: str) -> str:
    return f"---\ntitle: A page\n{f'id: {identity}' if identity else 'x: y'}\n---\n\n{text}\n"


class Asked:
    """Reads ids, and remembers which pages it was asked about."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def __call__(self, path: str, data: bytes) -> tuple[str, ...]:
        self.paths.append(path)
        found = re.search(rb"^id: (.*)$", data, re.MULTILINE)
        return tuple(one.strip() for one in found[1].decode().split(",")) if found else ()


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "source")


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def repository(repo: Repo) -> Iterator[Repository]:
    with Repository.open(str(repo.path), limits=Limits()) as repository:
        yield repository


class TestByPath:
    def test_the_page_at_its_pin(self, repo: Repo, asked: Asked) -> None:
        first = repo.commit("first", {"help/a.md": page(ALPHA, "old")})
        repo.commit("second", {"help/a.md": page(ALPHA, "new")})
        with Repository.open(str(repo.path), limits=Limits()) as repository:
            history = GitSourceHistory(repository, "help", asked)
            base = history.base(first, ("help/a.md",), (ALPHA,))
            assert isinstance(base, Base)
            assert (base.commit, base.path) == (first, "help/a.md")
            assert dict(repository.read([base.blob]))[base.blob] == page(ALPHA, "old").encode()
            assert history.base(first[:8], ("help/a.md",), (ALPHA,)) == base

    def test_the_first_path_that_answers(
        self, repo: Repo, repository: Repository, asked: Asked
    ) -> None:
        first = repo.commit("first", {"help/b.md": page(None, "b"), "help/c.md": page(None, "c")})
        history = GitSourceHistory(repository, "help", asked)
        base = history.base(first, ("help/a.md", "help/b.md", "help/c.md"), ())
        assert isinstance(base, Base)
        assert base.path == "help/b.md"

    @pytest.mark.parametrize(("theirs", "ours"), [(None, (ALPHA,)), (ALPHA, ())])
    def test_one_side_without_ids(
        self,
        repo: Repo,
        repository: Repository,
        asked: Asked,
        theirs: str | None,
        ours: tuple[str, ...],
    ) -> None:
        first = repo.commit("first", {"help/a.md": page(theirs, "a")})
        base = GitSourceHistory(repository, "help", asked).base(first, ("help/a.md",), ours)
        assert isinstance(base, Base)

    def test_one_of_several_ids_is_enough(
        self, repo: Repo, repository: Repository, asked: Asked
    ) -> None:
        first = repo.commit("first", {"help/a.md": page("short, other", "a")})
        history = GitSourceHistory(repository, "help", asked)
        assert isinstance(history.base(first, ("help/a.md",), ("x", "other")), Base)
        assert history.base(first, ("help/a.md",), ("shor",)) is Unknown.NO_PAGE

    def test_another_id_at_the_same_path(
        self, repo: Repo, repository: Repository, asked: Asked
    ) -> None:
        first = repo.commit("first", {"help/a.md": page(BETA, "b"), "help/o.md": page(ALPHA, "a")})
        base = GitSourceHistory(repository, "help", asked).base(first, ("help/a.md",), (ALPHA,))
        assert isinstance(base, Base)
        assert base.path == "help/o.md"

    def test_a_link_is_no_page(self, repo: Repo, repository: Repository, asked: Asked) -> None:
        repo.write({"help/b.md": "b"})
        (repo.path / "help" / "a.md").symlink_to("b.md")
        first = repo.commit("first", {})
        history = GitSourceHistory(repository, "help", asked)
        assert history.base(first, ("help/a.md",), ()) is Unknown.NO_PAGE

    def test_long_ids_in_the_head_are_not_parsed_and_known_ones_not_read(
        self, repo: Repo, repository: Repository, asked: Asked
    ) -> None:
        first = repo.commit("first", {"a.md": page(ALPHA, "a"), "b.md": page(BETA, "b")})
        known = {repository.blob_id(page(BETA, "b").encode()): (BETA,)}
        history = GitSourceHistory(repository, "", asked, known_ids=known)
        assert isinstance(history.base(first, ("a.md",), (ALPHA,)), Base)
        assert len(repository.reads) == 1
        assert isinstance(history.base(first, ("b.md",), (BETA,)), Base)
        assert len(repository.reads) == 1
        assert asked.paths == []


class TestElsewhere:
    def test_by_id_in_the_old_tree(self, repo: Repo, asked: Asked) -> None:
        first = repo.commit(
            "first",
            {
                "help/old/a.md": page(ALPHA, "a"),
                "help/b.md": page(BETA, "b"),
                "a.md": page(ALPHA, "outside of the root"),
                "help/logo.png": page(ALPHA, "not a page"),
            },
        )
        repo.git("mv", "help/old", "help/new")
        repo.commit("moved", {"help/new/a.md": page(ALPHA, "a, edited while moving")})
        with Repository.open(str(repo.path), limits=Limits()) as repository:
            history = GitSourceHistory(repository, "help", asked)
            base = history.base(first, ("help/new/a.md",), (ALPHA,))
            assert isinstance(base, Base)
            assert base.path == "help/old/a.md"
            assert sorted(asked.paths) == ["help/b.md", "help/old/a.md"]
            assert history.base(first, ("help/x.md",), (BETA,)) != Unknown.NO_PAGE
            assert len(asked.paths) == 2

    def test_an_id_that_several_pages_bear_decides_nothing(
        self, repo: Repo, repository: Repository, asked: Asked
    ) -> None:
        first = repo.commit("first", {"a.md": page(ALPHA, "a"), "copy.md": page(ALPHA, "copy")})
        history = GitSourceHistory(repository, "", asked)
        assert history.base(first, ("new.md",), (ALPHA,)) is Unknown.NO_PAGE
        same = history.base(first, ("copy.md",), (ALPHA,))
        assert isinstance(same, Base)
        assert same.path == "copy.md"

    def test_by_a_rename_with_the_content_unchanged(self, repo: Repo, asked: Asked) -> None:
        first = repo.commit("first", {"a.md": page(None, "a text"), "b.md": page(None, "b")})
        repo.git("mv", "a.md", "moved.md")
        repo.commit("moved", {})
        repo.git("mv", "moved.md", "again.md")
        repo.commit("moved again", {})
        head = repo.commit("edited", {"again.md": page(None, "quite another text")})
        with Repository.open(str(repo.path), limits=Limits()) as repository:
            assert repository.renames(head) == {"a.md": "again.md", "moved.md": "again.md"}
            history = GitSourceHistory(repository, "", asked)
            base = history.base(first, ("again.md",), ())
            assert isinstance(base, Base)
            assert base.path == "a.md"

    def test_a_rename_on_a_side_branch_counts(self, repo: Repo, asked: Asked) -> None:
        first = repo.commit("first", {"a.md": page(None, "a text")})
        repo.git("checkout", "-q", "-b", "side")
        repo.git("mv", "a.md", "b.md")
        repo.commit("moved", {})
        repo.commit("edited", {"b.md": page(None, "nothing of the kind")})
        repo.git("checkout", "-q", "main")
        repo.commit("main goes on", {"x.md": "x"})
        repo.git("merge", "-q", "--no-ff", "-m", "merge", "side")
        with Repository.open(str(repo.path), limits=Limits()) as repository:
            base = GitSourceHistory(repository, "", asked).base(first, ("b.md",), ())
            assert isinstance(base, Base)
            assert base.path == "a.md"

    def test_a_name_used_again(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "first a\n", "z.md": "z\n"})
        repo.git("mv", "a.md", "b.md")
        repo.commit("a becomes b", {})
        repo.commit("another a", {"a.md": "second a\n"})
        repo.git("mv", "a.md", "c.md")
        repo.commit("a becomes c", {})
        repo.git("mv", "b.md", "d.md")
        head = repo.commit("b becomes d", {})
        with Repository.open(str(repo.path), limits=Limits()) as repository:
            assert repository.renames(head) == {"a.md": "c.md", "b.md": "d.md"}

    def test_there_and_back(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "a\n"})
        repo.git("mv", "a.md", "b.md")
        repo.commit("there", {})
        repo.git("mv", "b.md", "a.md")
        head = repo.commit("back", {})
        with Repository.open(str(repo.path), limits=Limits()) as repository:
            assert repository.renames(head) == {"b.md": "a.md"}

    def test_only_what_came_after_a_commit(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "first a\n", "x.md": "x\n"})
        repo.git("mv", "a.md", "b.md")
        repo.commit("a becomes b", {})
        since = repo.commit("another a", {"a.md": "second a\n"})
        repo.git("checkout", "-q", "-b", "side", f"{since}~1")
        repo.git("mv", "x.md", "y.md")
        repo.commit("x becomes y beside it", {})
        repo.git("checkout", "-q", "main")
        repo.git("mv", "a.md", "c.md")
        repo.commit("a becomes c", {})
        repo.git("merge", "-q", "--no-ff", "-m", "merge", "side")
        head = repo.git("rev-parse", "HEAD").strip()
        after = {"a.md": "c.md", "x.md": "y.md"}
        with Repository.open(str(repo.path), limits=Limits()) as repository:
            assert repository.renames(head, since=since) == after
            assert repository.renames(head, since=head) == {}
            repository.remember(head)
            assert repository.renames(head, since=since) == after
            assert repository.renames(head, since=head) == {}

    def test_only_names_below_the_root(self, repo: Repo) -> None:
        repo.commit("first", {"docs/a.md": "a\n", "help/b.md": "b\n"})
        repo.git("mv", "docs/a.md", "help/a.md")
        repo.git("mv", "help/b.md", "docs/b.md")
        head = repo.commit("moved", {})
        with Repository.open(str(repo.path), limits=Limits()) as repository:
            assert repository.renames(head, "help") == {"docs/a.md": "help/a.md"}

    def test_no_page_at_all(self, repo: Repo, repository: Repository, asked: Asked) -> None:
        first = repo.commit("first", {"help/a.md": page(ALPHA, "a")})
        history = GitSourceHistory(repository, "help", asked)
        assert history.base(first, ("help/b.md",), (BETA,)) is Unknown.NO_PAGE
        assert history.base(first, (), ()) is Unknown.NO_PAGE
        nowhere = GitSourceHistory(repository, "nowhere", asked)
        assert nowhere.base(first, ("nowhere/b.md",), (BETA,)) is Unknown.NO_PAGE


class TestUnknown:
    def test_reasons_of_the_pin(self, repo: Repo, repository: Repository, asked: Asked) -> None:
        repo.commit("first", {"a.md": page(None, "a")})
        history = GitSourceHistory(repository, "", asked)
        assert history.base("nonsense", ("a.md",), ()) is Unknown.MALFORMED
        assert history.base("--output=F", ("a.md",), ()) is Unknown.MALFORMED
        assert history.base("1" * 40, ("a.md",), ()) is Unknown.ABSENT

    def test_a_shallow_clone(self, repo: Repo, tmp_path: Path, asked: Asked) -> None:
        first = repo.commit("first", {"a.md": page(None, "a")})
        second = repo.commit("second", {"a.md": page(None, "aa")})
        clone = tmp_path / "shallow"
        repo.git("clone", "-q", "--depth", "1", f"file://{repo.path}", str(clone))
        with Repository.open(str(clone), limits=Limits()) as repository:
            history = GitSourceHistory(repository, "", asked)
            assert history.base(first, ("a.md",), ()) is Unknown.SHALLOW
            assert isinstance(history.base(second, ("a.md",), ()), Base)

    def test_a_missing_tree(self, repo: Repo, repository: Repository, asked: Asked) -> None:
        repo.commit("first", {"a.md": page(None, "a")})
        commit = commit_of(repo, tree(repo, ("40000", b"help", "1" * 40)))
        history = GitSourceHistory(repository, "help", asked)
        assert history.base(commit, ("help/a.md",), ()) is Unknown.NO_OBJECT
        history.warm([(commit, ("help/a.md",), ())])
        assert history.base(commit, ("help/a.md",), ()) is Unknown.NO_OBJECT

    def test_a_missing_blob_is_still_the_page(
        self, repo: Repo, repository: Repository, asked: Asked
    ) -> None:
        repo.commit("first", {"a.md": page(None, "a")})
        commit = commit_of(repo, tree(repo, ("100644", b"a.md", "1" * 40)))
        history = GitSourceHistory(repository, "", asked)
        assert history.base(commit, ("a.md",), (ALPHA,)) == Base(commit, "a.md", "1" * 40)
        # What cannot be read may be the page that bears the id, under another name.
        assert history.base(commit, ("b.md",), (ALPHA,)) is Unknown.NO_OBJECT
        assert history.base(commit, ("b.md",), ()) is Unknown.NO_PAGE


def test_warming_changes_no_answer_and_saves_reading(repo: Repo) -> None:
    commits = [
        repo.commit(f"{n}", {f"help/{m}.md": page(f"{ALPHA}{m}", f"{m} at {n}") for m in range(9)})
        for n in range(5)
    ]
    requests = [
        (pin, (f"help/{m}.md",), (f"{ALPHA}{m}",))
        for pin in (*commits, commits[0][:9], "1" * 40, "nonsense")
        for m in range(10)
    ]
    with Repository.open(str(repo.path), limits=Limits()) as cold:
        history = GitSourceHistory(cold, "help", Asked())
        expected = [history.base(*request) for request in requests]
    with Repository.open(str(repo.path), limits=Limits()) as warm:
        history = GitSourceHistory(warm, "help", Asked())
        history.warm(requests)
        assert [history.base(*request) for request in requests] == expected
        bases = [base for base in expected if isinstance(base, Base)]
        before = len(warm.reads)
        list(warm.read(dict.fromkeys(base.blob for base in bases)))
        assert before == 5 * 9
        assert len(warm.reads) == before
