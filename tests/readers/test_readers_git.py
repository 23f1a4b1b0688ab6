"""The git adapter on repositories of every shape."""

from __future__ import annotations

import gc
import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bilint.model.config import Limits
from bilint.model.history import Unknown
from bilint.readers.git import File, GitError, MissingObjectError, Repository, TooLarge
from handmade import commit_of, loose, tree
from repositories import Repo

LIMITS = Limits()


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "pages")


def opened(path: Path) -> Repository:
    return Repository.open(str(path), limits=LIMITS)


def contents(repository: Repository, *blobs: str) -> list[object]:
    return [content for _, content in repository.read(blobs)]


class TestOpening:
    def test_a_checkout(self, repo: Repo) -> None:
        commit = repo.commit("first", {"help/a.md": "A\n"})
        with opened(repo.path) as repository:
            assert repository.path == str(repo.path)
            assert repository.work_tree == str(repo.path)
            assert repository.git_dir == str(repo.path / ".git")
            assert repository.prefix == ""
            assert not repository.shallow
            assert repository.head() == commit

    def test_a_folder_inside_of_a_checkout(self, repo: Repo) -> None:
        repo.commit("first", {"site/help/a.md": "A\n"})
        with opened(repo.path / "site" / "help") as repository:
            assert repository.work_tree == str(repo.path)
            assert repository.prefix == "site/help"

    def test_a_bare_repository(self, repo: Repo, tmp_path: Path) -> None:
        commit = repo.commit("first", {"a.md": "A\n"})
        repo.git("clone", "-q", "--bare", str(repo.path), str(tmp_path / "bare.git"))
        with opened(tmp_path / "bare.git") as repository:
            assert repository.work_tree is None
            assert repository.head() == commit
            assert [file.path for file in repository.files(commit)] == ["a.md"]

    def test_the_git_directory_of_a_checkout(self, repo: Repo) -> None:
        commit = repo.commit("first", {"a.md": "A\n"})
        with opened(repo.path / ".git") as repository:
            assert (repository.work_tree, repository.head()) == (None, commit)

    def test_a_linked_worktree_has_its_own_head_and_index(self, repo: Repo, tmp_path: Path) -> None:
        first = repo.commit("first", {"a.md": "A\n"})
        second = repo.commit("second", {"b.md": "B\n"})
        linked = tmp_path / "linked"
        repo.git("worktree", "add", "-q", "--detach", str(linked), first)
        with opened(linked) as repository, opened(repo.path) as main:
            assert (repository.head(), main.head()) == (first, second)
            assert repository.work_tree == str(linked)
            assert [entry.path for entry in repository.index()] == ["a.md"]
            assert repository.commit(second) is not None

    def test_through_a_symbolic_link(self, repo: Repo, tmp_path: Path) -> None:
        repo.commit("first", {"help/a.md": "A\n"})
        (tmp_path / "link").symlink_to(repo.path / "help")
        with opened(tmp_path / "link") as repository:
            assert repository.prefix == "help"

    def test_before_the_first_commit(self, repo: Repo) -> None:
        with opened(repo.path) as repository:
            assert repository.head() is None
            assert repository.index() == ()
            with pytest.raises(GitError, match="HEAD leads to no commit"):
                repository.resolve("HEAD")

    def test_no_repository(self, tmp_path: Path) -> None:
        with pytest.raises(GitError, match="neither a git repository nor inside of one"):
            opened(tmp_path)

    def test_no_folder(self, tmp_path: Path) -> None:
        with pytest.raises(GitError, match=r"nowhere: there is no such folder"):
            opened(tmp_path / "nowhere")

    def test_a_git_file_that_leads_nowhere(self, tmp_path: Path) -> None:
        (tmp_path / ".git").write_text("gitdir: elsewhere\n")
        with pytest.raises(GitError, match="the git directory it names is not there"):
            opened(tmp_path)

    def test_settings_that_git_cannot_read(self, repo: Repo) -> None:
        (repo.path / ".git" / "config").write_text("[core\n")
        with pytest.raises(GitError, match="git cannot read the repository: bad config line 1"):
            opened(repo.path)

    def test_no_git_on_the_machine(self, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(repo.path))
        with pytest.raises(GitError, match="git was not found on PATH"):
            opened(repo.path)

    def test_nothing_is_left_behind(
        self, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        commit = repo.commit("first", {"a.md": "A\n"})
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        monkeypatch.setenv("TMPDIR", str(scratch))
        with opened(repo.path) as repository:
            repository.files(commit)
            (folder,) = scratch.iterdir()
            assert folder.stat().st_mode & 0o777 == 0o700
        assert not list(scratch.iterdir())
        del repository
        abandoned = opened(repo.path)
        abandoned.files(commit)
        del abandoned
        gc.collect()
        assert not list(scratch.iterdir())


class TestRevisions:
    def test_branch_tag_and_id(self, repo: Repo) -> None:
        first = repo.commit("first", {"a.md": "A\n"})
        repo.git("tag", "plain")
        repo.git("tag", "-a", "-m", "told", "annotated")
        repo.git("branch", "side/track")
        repo.git("update-ref", "refs/remotes/origin/main", first)
        second = repo.commit("second", {"a.md": "AA\n"})
        with opened(repo.path) as repository:
            for name in ("plain", "annotated", "side/track", "origin/main", "refs/tags/plain"):
                assert repository.resolve(name) == first
            for name in ("main", "HEAD", "@", second, second[:9]):
                assert repository.resolve(name) == second

    @pytest.mark.parametrize(
        "name",
        [
            *("nothing", "", "main~1", "main@{0}", "HEAD:a.md", "--output=F", "ma*", "a b"),
            *("x\0y", "deadbeef", "f" * 40, "refs/heads", ":/first"),
        ],
    )
    def test_what_is_none(self, repo: Repo, name: str) -> None:
        repo.commit("first", {"a.md": "A\n"})
        with (
            opened(repo.path) as repository,
            pytest.raises(GitError, match="no branch, tag or commit"),
        ):
            repository.resolve(name)
        assert not (repo.path / "F").exists()

    def test_a_tag_that_leads_to_no_commit(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "A\n"})
        repo.git("tag", "blob", "HEAD:a.md")
        with opened(repo.path) as repository, pytest.raises(GitError, match="leads to no commit"):
            repository.resolve("blob")

    def test_a_tag_and_a_branch_of_one_name(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "A\n"})
        repo.git("tag", "twin")
        repo.commit("second", {"a.md": "AA\n"})
        repo.git("branch", "twin")
        with opened(repo.path) as repository:
            with pytest.raises(GitError, match="more than one commit"):
                repository.resolve("twin")
            assert repository.resolve("refs/heads/twin") == repository.head()

    def test_a_tag_cannot_pass_for_a_commit(self, repo: Repo) -> None:
        first = repo.commit("first", {"a.md": "A\n"})
        second = repo.commit("second", {"a.md": "AA\n"})
        repo.git("tag", first[:8], second)
        repo.git("update-ref", f"refs/tags/{first}", second)
        with opened(repo.path) as repository:
            assert repository.find_commit(first[:8]) == first
            assert repository.find_commit(first) == first
            with pytest.raises(GitError, match="more than one commit"):
                repository.resolve(first[:8])

    def test_a_shallow_clone_says_so(self, repo: Repo, tmp_path: Path) -> None:
        first = repo.commit("first", {"a.md": "A\n"})
        repo.commit("second", {"a.md": "AA\n"})
        clone = shallow_clone(repo, tmp_path)
        with opened(clone) as repository, pytest.raises(GitError, match="is a shallow clone"):
            repository.resolve(first)


class TestPins:
    @pytest.mark.parametrize(
        "pin",
        [
            *("", "abc", "abcdef", "ABCDEF1", "abcdefg", "a" * 41, "a" * 63, "a" * 65),
            *("--output=F", "HEAD", "main", "abcdef1\n", " abcdef1", "abcdef1^{commit}"),
            "\0" * 40,
        ],
    )
    def test_malformed(self, repo: Repo, pin: str) -> None:
        repo.commit("first", {"a.md": "A\n"})
        with opened(repo.path) as repository:
            assert repository.find_commit(pin) is Unknown.MALFORMED
        assert not (repo.path / "F").exists()

    def test_found_in_full_and_short(self, repo: Repo) -> None:
        commit = repo.commit("first", {"a.md": "A\n"})
        with opened(repo.path) as repository:
            for length in (7, 8, 12, 39, 40):
                assert repository.find_commit(commit[:length]) == commit

    def test_a_commit_no_branch_leads_to(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "A\n"})
        lost = repo.commit("lost", {"a.md": "AA\n"})
        repo.git("reset", "-q", "--hard", "HEAD^")
        with opened(repo.path) as repository:
            assert repository.find_commit(lost) == lost

    def test_absent(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "A\n"})
        with opened(repo.path) as repository:
            for pin in ("a" * 7, "a" * 40, "a" * 64):
                assert repository.find_commit(pin) is Unknown.ABSENT

    def test_other_objects_are_no_commits(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "A\n"})
        repo.git("tag", "-a", "-m", "told", "annotated")
        others = [repo.git("rev-parse", name).strip() for name in ("HEAD:a.md", "annotated")]
        with opened(repo.path) as repository:
            for oid in others:
                assert repository.find_commit(oid) is Unknown.ABSENT
                assert repository.find_commit(oid[:10]) is Unknown.ABSENT

    def test_ambiguous(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "A\n"})
        with opened(repo.path) as repository:
            base = repository.commit(str(repository.head()))
        assert base is not None
        pair = colliding_commits(repo, base.tree)
        with opened(repo.path) as repository:
            assert repository.find_commit(pair[0][:7]) is Unknown.AMBIGUOUS
            assert repository.find_commit(pair[0]) == pair[0]
            with pytest.raises(GitError, match="more than one commit begins with"):
                repository.resolve(pair[0][:7])

    def test_beyond_the_boundary_of_a_shallow_clone(self, repo: Repo, tmp_path: Path) -> None:
        first = repo.commit("first", {"a.md": "A\n"})
        second = repo.commit("second", {"a.md": "AA\n"})
        with opened(shallow_clone(repo, tmp_path)) as repository:
            assert repository.shallow
            assert repository.find_commit(first) is Unknown.SHALLOW
            assert repository.find_commit(first[:9]) is Unknown.SHALLOW
            assert repository.find_commit(second) == second


def shallow_clone(repo: Repo, tmp_path: Path) -> Path:
    repo.git("clone", "-q", "--depth", "1", f"file://{repo.path}", str(tmp_path / "shallow"))
    return tmp_path / "shallow"


def colliding_commits(repo: Repo, tree_id: str) -> tuple[str, str]:
    """Two commits whose ids begin with the same seven digits."""
    seen: dict[str, str] = {}
    who = "T <t@example.org> 1700000000 +0000"
    for number in range(1_000_000):
        text = f"tree {tree_id}\nauthor {who}\ncommitter {who}\n\n{number}\n".encode()
        raw = b"commit %d\0" % len(text) + text
        oid = hashlib.sha1(raw, usedforsecurity=False).hexdigest()
        other = seen.setdefault(oid[:7], text.decode())
        if other != text.decode():
            return loose(repo, "commit", other.encode()), loose(repo, "commit", text)
    raise AssertionError("no collision")


class TestFiles:
    def test_regular_files_and_links_but_no_submodules(self, repo: Repo) -> None:
        repo.write({"help/a.md": "A\n", "b.md": "B\n"})
        (repo.path / "help" / "link.md").symlink_to("../b.md")
        repo.git("add", "-A")
        repo.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},module")
        repo.git("commit", "-q", "-m", "first")
        with opened(repo.path) as repository:
            commit = str(repository.head())
            files = repository.files(commit)
            assert [(file.path, file.mode) for file in files] == [
                ("b.md", 0o100644),
                ("help/a.md", 0o100644),
                ("help/link.md", 0o120000),
            ]
            assert [file.is_link for file in files] == [False, False, True]
            assert repository.files(commit, "help") == files[1:]
            assert repository.files(commit, "nowhere") == ()
            assert repository.files(commit, "b.md") == ()
            assert repository.file(commit, "help/link.md") == files[2]
            for path in ("module", "help", "", "help/", "nothing", "b.md/x", "/b.md", "help//a.md"):
                assert repository.file(commit, path) is None
            assert [entry.path for entry in repository.index()] == [file.path for file in files]

    def test_agrees_with_git(self, repo: Repo) -> None:
        names = ["z", "a/b/c/d.md", "a/b.md", "a.b/c", "a-b", "Ä/ö.md", 'qu"ote', "tab\there"]
        names += [
            "new\nline.md",
            "-dash.md",
            "--output=x.md",
            " blank ",
            "a/b/c/\\.md",
            "日本/語.md",
        ]
        commit = repo.commit("first", {name: f"{name}\n" for name in names})
        told = repo.git("ls-tree", "-r", "-z", "--full-tree", commit)
        with opened(repo.path) as repository:
            listed = {file.path: file.blob for file in repository.files(commit)}
            for path in names:
                assert repository.file(commit, path) == File(path, 0o100644, listed[path])
            assert [(entry.path, entry.blob) for entry in repository.index()] == sorted(
                listed.items(), key=lambda row: row[0].encode()
            )
            read = dict(repository.read(listed.values()))
        rows = (row.split("\t", 1) for row in told.split("\0") if row)
        assert listed == {path: about.split()[2] for about, path in rows}
        assert {path: read[blob] for path, blob in listed.items()} == {
            path: f"{path}\n".encode() for path in names
        }

    def test_bytes_that_are_no_text(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "A\n"})
        blob = loose(repo, "blob", b"A\n")
        commit = commit_of(repo, tree(repo, ("100644", b"caf\xe9.md", blob)))
        with opened(repo.path) as repository:
            (file,) = repository.files(commit)
            assert file.path == "caf\udce9.md"
            assert os.fsencode(file.path) == b"caf\xe9.md"
            assert repository.file(commit, file.path) == file

    def test_names_that_lead_elsewhere_are_left_out(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "A\n"})
        blob = loose(repo, "blob", b"A\n")
        inner = tree(repo, ("100644", b"config", blob))
        evil = [b"..", b".", b"a/../../b", b"/etc/passwd", b".git", b".GIT", b".git. ", b"git~1"]
        evil += [".g\u200cit".encode(), b".git::$INDEX_ALLOCATION"]
        fine = [b".github", b"...x", b"git", b".gitignore", b"x.git"]
        entries = [("40000", name, inner) for name in evil + fine]
        commit = commit_of(repo, tree(repo, *entries, ("100644", b"a.md", blob)))
        with opened(repo.path) as repository:
            listing = repository.listing(commit)
            assert [file.path for file in listing.files] == sorted(
                ["a.md", *(f"{name.decode()}/config" for name in fine)]
            )
            assert len(listing.unsafe) == len(evil)
            for name in evil:
                assert repository.file(commit, f"{name.decode()}/config") is None

    def test_a_damaged_tree(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "A\n"})
        commit = commit_of(repo, loose(repo, "tree", b"100644 a.md\0short"))
        with (
            opened(repo.path) as repository,
            pytest.raises(GitError, match=r"pages: the tree [0-9a-f]{40} is damaged"),
        ):
            repository.files(commit)

    def test_a_missing_tree(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "A\n"})
        commit = commit_of(repo, tree(repo, ("40000", b"help", "1" * 40)))
        with opened(repo.path) as repository:
            with pytest.raises(MissingObjectError, match=r"pages: the tree [12]{40} is not there"):
                repository.files(commit)
            with pytest.raises(MissingObjectError, match=r"pages: the tree [12]{40} is not there"):
                repository.file(commit, "help/a.md")
            assert repository.file(commit, "other/a.md") is None

    def test_no_such_commit(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "A\n"})
        with opened(repo.path) as repository:
            for commit in ("1" * 40, "--output=F", "HEAD", "main"):
                with pytest.raises(GitError, match="no commit"):
                    repository.files(commit)
        assert not (repo.path / "F").exists()

    def test_a_tree_bomb(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "A\n"})
        inner, mode = loose(repo, "blob", b"A\n"), "100644"
        for _ in range(10):
            entries = [(mode, b"%d" % number, inner) for number in range(10)]
            inner, mode = tree(repo, *entries), "40000"
        commit = commit_of(repo, inner)
        with opened(repo.path) as repository:
            with pytest.raises(GitError, match="pages: a tree has more than 500000 entries"):
                repository.files(commit)
            with pytest.raises(GitError, match="pages: a tree has more than 500000 entries"):
                repository.changed(None, commit)
            assert repository.file(commit, "/".join("0123456789")) is not None

    def test_a_tree_of_endless_depth(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "A\n"})
        inner = tree(repo, ("100644", b"a.md", loose(repo, "blob", b"A\n")))
        for _ in range(1_001):
            inner = tree(repo, ("40000", b"d", inner))
        commit = commit_of(repo, inner)
        with opened(repo.path) as repository, pytest.raises(GitError, match="nests more than"):
            repository.files(commit)

    def test_what_changed_between_two_commits(self, repo: Repo) -> None:
        first = repo.commit("first", {"help/a.md": "A\n", "help/b/c.md": "C\n", "x": "X\n"})
        second = repo.commit(
            "second", {"help/a.md": "AA\n", "help/d/e.md": "E\n", "x": "XX\n", "help/b/c.md": None}
        )
        with opened(repo.path) as repository:
            assert repository.changed(first, second) == ("help/a.md", "help/d/e.md", "x")
            assert repository.changed(first, second, "help") == ("help/a.md", "help/d/e.md")
            assert repository.changed(None, first, "help") == ("help/a.md", "help/b/c.md")
            assert repository.changed(second, second) == ()
            assert repository.changed(first, second, "nowhere") == ()

    def test_a_folder_in_place_of_a_file(self, repo: Repo) -> None:
        first = repo.commit("first", {"a": "A\n", "b/c": "C\n"})
        repo.write({"a": None, "b/c": None})
        (repo.path / "b").rmdir()
        second = repo.commit("second", {"a/x": "A\n", "b": "B\n"})
        with opened(repo.path) as repository:
            assert repository.changed(first, second) == ("a/x", "b")


class TestReading:
    def test_in_order_with_repetition_and_gaps(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "A\n", "b.md": "", "c.md": b"\0\xff\r\n"})
        a, b, c = (repo.git("rev-parse", f"HEAD:{name}.md").strip() for name in "abc")
        head = repo.git("rev-parse", "HEAD").strip()
        with opened(repo.path) as repository:
            read = list(repository.read([c, "1" * 40, a, b, head, c]))
            assert read == [
                (c, b"\0\xff\r\n"),
                ("1" * 40, None),
                (a, b"A\n"),
                (b, b""),
                (head, None),
                (c, b"\0\xff\r\n"),
            ]
            assert repository.reads == [blob for blob, _ in read]

    def test_only_full_ids_are_asked_for(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "A\n"})
        a = repo.git("rev-parse", "HEAD:a.md").strip()
        odd = ["HEAD:a.md", "", a[:12], f"{a}\n{a}", a.upper(), "main", "f" * 64]
        with opened(repo.path) as repository:
            assert contents(repository, *odd, a) == [*(None for _ in odd), b"A\n"]
            assert repository.reads == [a]

    def test_many_and_large_without_deadlock(self, repo: Repo) -> None:
        files = {f"{n}.md": bytes([n % 251]) * (n * 997 % 90_000) for n in range(400)}
        commit = repo.commit("first", dict(files))
        with opened(repo.path) as repository:
            blobs = {file.path: file.blob for file in repository.files(commit)}
            read = dict(repository.read(blobs.values()))
            assert {path: read[blob] for path, blob in blobs.items()} == files

    def test_several_readers_take_turns(self, repo: Repo) -> None:
        commit = repo.commit("first", {f"{n}.md": f"page {n}\n" * n for n in range(300)})
        with opened(repo.path) as repository:
            blobs = [file.blob for file in repository.files(commit)]
            expected = dict(repository.read(blobs))
            abandoned = repository.read(blobs)
            next(abandoned)
            forth, back = repository.read(blobs), repository.read(reversed(blobs))
            for (one, data), (other, more) in zip(forth, back, strict=True):
                assert data == expected[one]
                assert more == expected[other]
                assert repository.file(commit, "7.md") is not None
            assert dict(abandoned).items() <= expected.items()

    def test_what_is_too_large_is_not_read(self, repo: Repo) -> None:
        sizes = {"a.md": 5, "b.md": 100, "c.md": 101, "d.md": 9_000_000, "e.md": 7}
        commit = repo.commit("first", {name: b"x" * size for name, size in sizes.items()})
        limits = Limits(page=100)
        with Repository.open(str(repo.path), limits=limits) as repository:
            blobs = [file.blob for file in repository.files(commit)] * 20
            answers = contents(repository, *blobs)
            assert (
                answers
                == [b"x" * size if size <= 100 else TooLarge(size) for size in sizes.values()] * 20
            )

    def test_kept_for_the_next_reader(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "A\n", "b.md": "B\n"})
        a, b = (repo.git("rev-parse", f"HEAD:{name}.md").strip() for name in "ab")
        with opened(repo.path) as repository:
            assert list(repository.read([a, "1" * 40], keep=True)) == [
                (a, b"A\n"),
                ("1" * 40, None),
            ]
            assert list(repository.read([b, a, a])) == [(b, b"B\n"), (a, b"A\n"), (a, b"A\n")]
            assert repository.reads == [a, "1" * 40, b]
            assert contents(repository, a) == [b"A\n"]
            assert repository.reads[3:] == [a]

    def test_a_damaged_object_is_missing_and_the_others_are_read(self, repo: Repo) -> None:
        good = [loose(repo, "blob", b"%d\n" % number) for number in range(100)]
        broken = loose(repo, "blob", bytes(range(256)) * 100)
        path = repo.path / ".git" / "objects" / broken[:2] / broken[2:]
        path.write_bytes(path.read_bytes()[:40])
        garbage = loose(repo, "blob", b"garbage\n")
        (repo.path / ".git" / "objects" / garbage[:2] / garbage[2:]).write_bytes(b"garbage")
        with opened(repo.path) as repository:
            order = [*good[:50], broken, *good[50:], garbage, broken, good[0]]
            answers = dict(zip(range(200), contents(repository, *order), strict=False))
            assert [at for at, answer in answers.items() if answer is None] == [50, 101, 102]
            assert answers[51] == b"50\n"
            assert answers[103] == b"0\n"

    def test_an_object_shorter_than_it_says_cannot_pass_off_others(self, repo: Repo) -> None:
        good = [loose(repo, "blob", b"%d\n" % number) for number in range(200)]
        liar = loose(repo, "blob", b"short\n", claimed=120)
        with opened(repo.path) as repository:
            answers = contents(repository, *good[:3], liar, *good[3:])
            assert answers[:3] == [b"0\n", b"1\n", b"2\n"]
            assert answers[4:] == [b"%d\n" % number for number in range(3, 200)]

    def test_a_forked_process_reads_for_itself(self, repo: Repo) -> None:
        commit = repo.commit("first", {f"{n}.md": f"{n}\n" * 500 for n in range(200)})
        with opened(repo.path) as repository:
            blobs = [file.blob for file in repository.files(commit)]
            reader = repository.read(blobs)
            next(reader)
            child = os.fork()
            if child == 0:
                fine = all(isinstance(one, bytes) for one in contents(repository, *blobs))
                repository.close()
                os._exit(0 if fine else 1)
            assert os.waitpid(child, 0)[1] == 0
            assert all(isinstance(content, bytes) for _, content in reader)
            assert os.path.isdir(repository._home)

    def test_sha256(self, tmp_path: Path) -> None:
        path = tmp_path / "sha256"
        path.mkdir()
        done = subprocess.run(
            ["git", "init", "-q", "-b", "main", "--object-format=sha256", str(path)], check=False
        )
        if done.returncode:
            pytest.skip("this git knows no SHA-256")
        repo = Repo(path)
        first = repo.commit("first", {"help/a.md": "A\n"})
        second = repo.commit("second", {"help/a.md": "AA\n"})
        assert len(first) == 64
        with opened(path) as repository:
            assert repository.find_commit(first) == first
            assert repository.find_commit(first[:40]) == first
            assert repository.find_commit("1" * 40) is Unknown.ABSENT
            (file,) = repository.files(first, "help")
            assert contents(repository, file.blob) == [b"A\n"]
            assert repository.blob_id(b"A\n") == file.blob
            assert repository.last_touched(second, "help/a.md") == second
            assert repository.index()[0].blob == repository.blob_id(b"AA\n")

    def test_blob_ids_are_git_s(self, repo: Repo) -> None:
        for data in (b"", b"A\n", b"\0\r\n\xff"):
            repo.commit("one", {"a.md": data})
            with opened(repo.path) as repository:
                assert repository.blob_id(data) == repo.git("rev-parse", "HEAD:a.md").strip()


class TestPartialClone:
    @pytest.fixture
    def partial(self, repo: Repo, tmp_path: Path) -> Iterator[tuple[Path, str]]:
        commit = repo.commit("first", {"help/a.md": "A\n" * 100, "help/b.md": "B\n"})
        repo.git("config", "uploadpack.allowFilter", "true")
        clone = tmp_path / "partial"
        repo.git(
            "clone", "-q", "--no-checkout", "--filter=blob:none", f"file://{repo.path}", str(clone)
        )
        yield clone, commit

    def test_a_missing_blob_is_told_at_once_and_never_fetched(
        self, partial: tuple[Path, str]
    ) -> None:
        clone, commit = partial
        before = sorted((clone / ".git" / "objects").rglob("*"))
        with opened(clone) as repository:
            files = repository.files(commit)
            assert [file.path for file in files] == ["help/a.md", "help/b.md"]
            assert contents(repository, *(file.blob for file in files)) == [None, None]
            assert repository.find_commit("1" * 40) is Unknown.ABSENT
            assert repository.renames(commit) == {}
            assert repository.last_touched(commit, "help/a.md") == commit
        assert sorted((clone / ".git" / "objects").rglob("*")) == before

    def test_plain_git_would_have_fetched(self, partial: tuple[Path, str]) -> None:
        clone, commit = partial
        before = sorted((clone / ".git" / "objects").rglob("*"))
        subprocess.run(["git", "-C", clone, "cat-file", "-p", f"{commit}:help/a.md"], check=True)
        assert sorted((clone / ".git" / "objects").rglob("*")) != before
