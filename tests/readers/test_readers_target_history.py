"""What a translated page's own history says: pins, hand-offs, human share."""

from __future__ import annotations

import random
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from bilint.model.config import Limits
from bilint.model.history import PastVersion
from bilint.model.page import Provenance
from bilint.profiles.experience_league import EXPERIENCE_LEAGUE
from bilint.readers.git import Repository
from bilint.readers.target_history import MAX_VERSIONS, TargetHistory
from repositories import Repo

ONE, TWO, THREE = "1" * 40, "2" * 40, "3" * 40
ROBOT = "Updated by AutoLocalizeURLs.py"


def page(pin: str | None, share: str | None = None, text: str = "Testo.") -> str:
    lines = ["title: Pagina"]
    lines += [f"source-git-commit: {pin}"] if pin else []
    lines += [f"ht-degree: {share}"] if share else []
    return "---\n" + "\n".join(lines) + f"\n---\n\n{text}\n"


def handoff(pin: str) -> str:
    return f"Updated by task 'MD_1'\n\nChanges for core/source commit https://x.test/commit/{pin}"


class Reader:
    """Reads provenance as simply as can be, and counts how often it was needed."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, data: bytes) -> Provenance:
        self.calls += 1
        block = data.partition(b"\n---\n")[0].decode()
        pin = re.search(r"^source-git-commit: *['\"]?(\w+)", block, re.MULTILINE)
        share = re.search(r"^ht-degree: *['\"]?([\d.]+)", block, re.MULTILINE)
        found = None if pin is None or pin[1] == "null" else pin[1]
        return Provenance(pin=found, ht_degree=float(share[1]) if share else None)


class Asking:
    """A target repository whose history is asked after it was written."""

    def __init__(self, repo: Repo) -> None:
        self.repo = repo
        self.reader = Reader()

    def history(self, root: str = "") -> TargetHistory:
        self.repository = Repository.open(str(self.repo.path), limits=Limits())
        head = self.repository.head()
        assert head is not None
        return TargetHistory(self.repository, head, root, EXPERIENCE_LEAGUE, self.reader)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "target")


@pytest.fixture
def asking(repo: Repo) -> Asking:
    return Asking(repo)


def commits(history: TargetHistory, path: str) -> list[str]:
    return [version.commit for version in history.versions(path)]


class TestVersions:
    def test_newest_first_with_what_the_messages_say(self, repo: Repo, asking: Asking) -> None:
        first = repo.commit(handoff(ONE), {"help/a.md": page(ONE), "help/b.md": page(ONE)})
        second = repo.commit(ROBOT, {"help/a.md": page(ONE, text="Altro.")})
        repo.commit("elsewhere", {"README.md": "x"})
        third = repo.commit(handoff(TWO), {"help/a.md": page(TWO)})
        versions = asking.history("help").versions("help/a.md")
        assert [(one.commit, one.message_pin, one.robot) for one in versions] == [
            (third, TWO, False),
            (second, None, True),
            (first, ONE, False),
        ]
        blob = repo.git("rev-parse", f"{second}:help/a.md").strip()
        assert versions[1].blob == blob
        assert commits(asking.history(), "help/b.md") == [first]
        assert commits(asking.history("help"), "README.md") == []
        assert commits(asking.history(), "nothing.md") == []

    def test_a_merged_side_branch(self, repo: Repo, asking: Asking) -> None:
        first = repo.commit(handoff(ONE), {"a.md": page(ONE), "b.md": page(ONE)})
        repo.git("checkout", "-q", "-b", "side")
        second = repo.commit(handoff(TWO), {"a.md": page(TWO)})
        third = repo.commit(ROBOT, {"a.md": page(TWO, text="Altro.")})
        repo.git("checkout", "-q", "main")
        fourth = repo.commit("main goes on", {"b.md": page(ONE, text="Altro.")})
        repo.git("merge", "-q", "--no-ff", "-m", "merge", "side")
        history = asking.history()
        assert commits(history, "a.md") == [third, second, first]
        assert commits(history, "b.md") == [fourth, first]
        at_pin = history.at_pin("a.md", TWO)
        assert at_pin is not None
        assert at_pin.commit == second
        assert history.message_pin("a.md") == TWO

    def test_the_side_that_lost_is_no_past(self, repo: Repo, asking: Asking) -> None:
        first = repo.commit("first", {"a.md": page(ONE)})
        repo.git("checkout", "-q", "-b", "side")
        repo.commit("side", {"a.md": page(TWO)})
        repo.git("checkout", "-q", "main")
        mine = repo.commit("main", {"a.md": page(THREE)})
        repo.git("merge", "-q", "-s", "ours", "-m", "merge", "side")
        assert commits(asking.history(), "a.md") == [mine, first]

    def test_a_merge_that_made_a_text_of_its_own(self, repo: Repo, asking: Asking) -> None:
        first = repo.commit("first", {"a.md": page(ONE)})
        repo.git("checkout", "-q", "-b", "side")
        repo.commit("side", {"a.md": page(TWO)})
        repo.git("checkout", "-q", "main")
        mine = repo.commit("main", {"a.md": page(THREE)})
        repo.git("merge", "-q", "-s", "ours", "--no-commit", "side")
        merge = repo.commit(handoff(THREE), {"a.md": page(THREE, text="Riconciliato.")})
        history = asking.history()
        assert commits(history, "a.md") == [merge, mine, first]
        assert history.message_pin("a.md") == THREE

    def test_a_page_that_only_one_side_has(self, repo: Repo, asking: Asking) -> None:
        repo.commit("first", {"a.md": page(ONE)})
        repo.git("checkout", "-q", "-b", "side")
        added = repo.commit("side", {"new.md": page(TWO)})
        edited = repo.commit("side", {"new.md": page(TWO, text="Altro.")})
        repo.git("checkout", "-q", "main")
        repo.commit("main", {"b.md": page(ONE)})
        repo.git("merge", "-q", "--no-ff", "-m", "merge", "side")
        assert commits(asking.history(), "new.md") == [edited, added]

    def test_several_parents(self, repo: Repo, asking: Asking) -> None:
        repo.commit("first", {"a.md": page(ONE)})
        made = {}
        for name in ("x", "y", "z"):
            repo.git("checkout", "-q", "-b", name, "main")
            made[name] = repo.commit(name, {f"{name}.md": page(TWO)})
        repo.git("checkout", "-q", "main")
        repo.git("merge", "-q", "-m", "octopus", "x", "y", "z")
        history = asking.history()
        assert {name: commits(history, f"{name}.md") for name in made} == {
            name: [commit] for name, commit in made.items()
        }

    def test_merges_of_nothing(self, repo: Repo, asking: Asking) -> None:
        first = repo.commit("first", {"a.md": page(ONE)})
        repo.git("checkout", "-q", "-b", "side")
        repo.commit("nothing", {})
        repo.git("checkout", "-q", "main")
        repo.commit("b", {"b.md": page(ONE)})
        repo.git("merge", "-q", "--no-ff", "-m", "merge", "side")
        assert commits(asking.history(), "a.md") == [first]

    def test_renamed_with_the_content_unchanged(self, repo: Repo, asking: Asking) -> None:
        first = repo.commit("first", {"old/a.md": page(ONE), "old/b.md": page(TWO)})
        second = repo.commit("second", {"old/a.md": page(ONE, text="Altro.")})
        repo.git("mv", "old", "new")
        repo.commit("moved", {})
        third = repo.commit("third", {"new/a.md": page(TWO)})
        history = asking.history()
        assert commits(history, "new/a.md") == [third, second, first]
        assert commits(history, "new/b.md") == [first]

    def test_two_pages_change_names(self, repo: Repo, asking: Asking) -> None:
        first = repo.commit("a", {"a.md": page(ONE, text="A")})
        second = repo.commit("b", {"b.md": page(TWO, text="B")})
        repo.git("mv", "a.md", "c.md")
        repo.git("mv", "b.md", "a.md")
        repo.git("mv", "c.md", "b.md")
        swap = repo.commit("swapped", {})
        history = asking.history()
        # Git tells no rename where the old name lives on: the line goes by name.
        assert commits(history, "a.md") == [swap, first]
        assert commits(history, "b.md") == [swap, second]

    def test_deleted_and_written_again(self, repo: Repo, asking: Asking) -> None:
        repo.commit("first", {"a.md": page(ONE), "b.md": page(ONE)})
        repo.commit("gone", {"a.md": None})
        again = repo.commit("again", {"a.md": page(TWO)})
        assert commits(asking.history(), "a.md") == [again]

    def test_a_link_before_it_was_a_page(self, repo: Repo, asking: Asking) -> None:
        repo.write({"b.md": page(ONE)})
        (repo.path / "a.md").symlink_to("b.md")
        repo.commit("link", {})
        (repo.path / "a.md").unlink()
        made = repo.commit("page", {"a.md": page(TWO)})
        assert commits(asking.history(), "a.md") == [made]

    def test_a_message_that_looks_like_output(self, repo: Repo, asking: Asking) -> None:
        message = f":100644 100644 {ONE} {TWO} M\n\n{ONE}\n:"
        first = repo.commit(message, {"a.md": page(ONE)})
        second = repo.commit("second", {"a.md": page(TWO)})
        assert commits(asking.history(), "a.md") == [second, first]

    def test_odd_names(self, repo: Repo, asking: Asking) -> None:
        names = ["new\nline.md", ":100644 x.md", "Ä.md", " .md", '"q".md']
        first = repo.commit("first", {name: page(ONE, text=name) for name in names})
        history = asking.history()
        assert {name: commits(history, name) for name in names} == {name: [first] for name in names}

    def test_at_an_older_commit(self, repo: Repo, asking: Asking) -> None:
        first = repo.commit("first", {"a.md": page(ONE)})
        repo.commit("second", {"a.md": page(TWO)})
        with Repository.open(str(repo.path), limits=Limits()) as repository:
            history = TargetHistory(repository, first, "", EXPERIENCE_LEAGUE, Reader())
            assert commits(history, "a.md") == [first]

    def test_a_cap(self, repo: Repo, asking: Asking) -> None:
        for number in range(MAX_VERSIONS + 5):
            repo.commit(f"{number}", {"a.md": page(ONE, text=str(number))})
        history = asking.history()
        assert len(history.versions("a.md")) == MAX_VERSIONS
        at_pin = history.at_pin("a.md", ONE)
        assert at_pin == history.versions("a.md")[-1]


class TestPins:
    def test_where_the_present_pin_first_appeared(self, repo: Repo, asking: Asking) -> None:
        repo.commit(handoff(ONE), {"a.md": page(ONE, "10%")})
        before = repo.commit(ROBOT, {"a.md": page(ONE, "10%", "Script.")})
        came = repo.commit(handoff(TWO), {"a.md": page(TWO, "0%")})
        repo.commit("by hand", {"a.md": page(TWO, "0%", "Corretto.")})
        repo.commit(handoff(TWO), {"a.md": page(TWO, "90%", "Umano.")})
        history = asking.history()
        at_pin = history.at_pin("a.md", TWO)
        assert at_pin is not None
        assert at_pin.commit == came
        blob = repo.git("rev-parse", f"{before}:a.md").strip()
        assert history.before_pin("a.md", TWO) == PastVersion(before, blob, ONE, 10.0)

    def test_what_people_edited_before_they_stamped_is_not_the_version_before(
        self, repo: Repo, asking: Asking
    ) -> None:
        came = repo.commit("translate", {"a.md": page(ONE)})
        repo.commit("by hand", {"a.md": page(ONE, text="Corretto.")})
        repo.commit("stamp", {"a.md": page(TWO, text="Corretto.")})
        before = asking.history().before_pin("a.md", TWO)
        assert before is not None
        assert (before.commit, before.pin) == (came, ONE)

    def test_only_the_unbroken_run_counts(self, repo: Repo, asking: Asking) -> None:
        repo.commit("one", {"a.md": page(ONE)})
        two = repo.commit("two", {"a.md": page(TWO)})
        again = repo.commit("one again", {"a.md": page(ONE, text="Di nuovo.")})
        history = asking.history()
        at_pin, before = history.at_pin("a.md", ONE), history.before_pin("a.md", ONE)
        assert at_pin is not None
        assert at_pin.commit == again
        assert before is not None
        assert (before.commit, before.pin) == (two, TWO)

    def test_a_pin_that_is_not_committed_yet(self, repo: Repo, asking: Asking) -> None:
        head = repo.commit("one", {"a.md": page(ONE)})
        history = asking.history()
        assert history.at_pin("a.md", TWO) is None
        before = history.before_pin("a.md", TWO)
        assert before is not None
        assert (before.commit, before.pin) == (head, ONE)

    def test_no_pin_before(self, repo: Repo, asking: Asking) -> None:
        repo.commit("none", {"a.md": page(None)})
        came = repo.commit("one", {"a.md": page(ONE)})
        history = asking.history()
        assert history.before_pin("a.md", ONE) is None
        at_pin = history.at_pin("a.md", ONE)
        assert at_pin is not None
        assert at_pin.commit == came

    def test_pins_out_of_messages(self, repo: Repo, asking: Asking) -> None:
        first = repo.commit(handoff(ONE), {"a.md": page(None)})
        came = repo.commit(handoff(TWO), {"a.md": page(None, text="Due.")})
        repo.commit(ROBOT, {"a.md": page(None, text="Script.")})
        history = asking.history()
        assert history.message_pin("a.md") == TWO
        at_pin, before = history.at_pin("a.md", TWO), history.before_pin("a.md", TWO)
        assert at_pin is not None
        assert at_pin.commit == came
        assert before is not None
        assert (before.commit, before.pin) == (first, ONE)

    def test_no_pin_in_any_message(self, repo: Repo, asking: Asking) -> None:
        repo.commit("by hand", {"a.md": page(None)})
        assert asking.history().message_pin("a.md") is None

    @pytest.mark.parametrize(
        "written", [f"'{TWO}'", f'"{TWO}"', f"{TWO}   ", f"{TWO} # said", TWO[:9]]
    )
    def test_however_it_is_written(self, repo: Repo, asking: Asking, written: str) -> None:
        repo.commit("one", {"a.md": page(ONE)})
        came = repo.commit("two", {"a.md": page(written)})
        repo.commit("again", {"a.md": page(TWO, text="Altro.")})
        at_pin = asking.history().at_pin("a.md", TWO)
        assert at_pin is not None
        assert at_pin.commit == came

    def test_what_stands_in_the_body_is_no_pin(self, repo: Repo, asking: Asking) -> None:
        repo.commit("one", {"a.md": page(ONE)})
        body = f"---\ntitle: x\n---\n\nsource-git-commit: {ONE}\n"
        repo.commit("none", {"a.md": body})
        history = asking.history()
        assert history.at_pin("a.md", ONE) is None
        assert asking.reader.calls == 0

    def test_plain_front_matter_is_read_without_yaml(self, repo: Repo, asking: Asking) -> None:
        for number in range(9):
            pin = TWO if number else ONE
            repo.commit("x", {"a.md": page(pin, text=str(number))})
        asking.history().at_pin("a.md", TWO)
        assert asking.reader.calls == 0

    def test_a_missing_version_ends_the_run(self, repo: Repo, tmp_path: Path) -> None:
        repo.commit("one", {"a.md": page(ONE)})
        repo.commit("two", {"a.md": page(TWO)})
        known = repo.commit("again", {"a.md": page(TWO, text="Altro.")})
        repo.git("config", "uploadpack.allowFilter", "true")
        clone = tmp_path / "partial"
        repo.git("clone", "-q", "--filter=blob:none", f"file://{repo.path}", str(clone))
        with Repository.open(str(clone), limits=Limits()) as repository:
            history = TargetHistory(repository, known, "", EXPERIENCE_LEAGUE, Reader())
            assert len(history.versions("a.md")) == 3
            at_pin = history.at_pin("a.md", TWO)
            assert at_pin is not None
            assert at_pin.commit == known
            assert history.before_pin("a.md", TWO) is None
            assert history.last_share_change("a.md", 5.0) is None

    def test_a_shallow_clone(self, repo: Repo, tmp_path: Path) -> None:
        repo.commit(handoff(ONE), {"a.md": page(ONE)})
        last = repo.commit(handoff(TWO), {"b.md": page(TWO)})
        clone = tmp_path / "shallow"
        repo.git("clone", "-q", "--depth", "1", f"file://{repo.path}", str(clone))
        with Repository.open(str(clone), limits=Limits()) as repository:
            history = TargetHistory(repository, last, "", EXPERIENCE_LEAGUE, Reader())
            (version,) = history.versions("a.md")
            assert (version.commit, version.message_pin) == (last, None)
            assert history.message_pin("a.md") is None
            assert history.before_pin("a.md", ONE) is None
            assert repository.last_touched(last, "a.md") is None


class TestShares:
    def test_the_newest_other_share(self, repo: Repo, asking: Asking) -> None:
        repo.commit(handoff(ONE), {"a.md": page(ONE, "100%")})
        high = repo.commit(handoff(ONE), {"a.md": page(ONE, "98%")})
        repo.commit(handoff(TWO), {"a.md": page(TWO, "0%")})
        repo.commit(ROBOT, {"a.md": page(TWO, "0%", "Script.")})
        repo.commit(handoff(THREE), {"a.md": page(THREE, "0%")})
        history = asking.history()
        blob = repo.git("rev-parse", f"{high}:a.md").strip()
        assert history.last_share_change("a.md", 0.0) == PastVersion(high, blob, ONE, 98.0)
        assert history.last_share_change("a.md", 98.0) != history.last_share_change("a.md", 0.0)

    def test_changed_by_a_script(self, repo: Repo, asking: Asking) -> None:
        repo.commit(handoff(ONE), {"a.md": page(ONE, "50%")})
        script = repo.commit(ROBOT, {"a.md": page(ONE, "60%")})
        repo.commit(handoff(TWO), {"a.md": page(TWO, "0%")})
        past = asking.history().last_share_change("a.md", 0.0)
        assert past is not None
        assert (past.commit, past.ht_degree) == (script, 60.0)

    def test_what_the_caller_knows_is_not_read_again(self, repo: Repo, asking: Asking) -> None:
        old = repo.commit("old", {"a.md": page(ONE, "80%")})
        repo.commit("new", {"a.md": page(TWO, "5%")})
        history = asking.history()
        newest = history.versions("a.md")[0]
        history.learn("a.md", newest.blob, TWO, 5.0)
        past = history.last_share_change("a.md", 5.0)
        assert past is not None
        assert past.commit == old
        assert newest.blob not in asking.repository.reads

    def test_versions_without_a_share_are_passed_over(self, repo: Repo, asking: Asking) -> None:
        old = repo.commit("old", {"a.md": page(ONE, "80%")})
        repo.commit("none", {"a.md": page(ONE)})
        repo.commit("new", {"a.md": page(ONE, "5%")})
        past = asking.history().last_share_change("a.md", 5.0)
        assert past is not None
        assert (past.commit, past.ht_degree) == (old, 80.0)

    def test_always_the_same(self, repo: Repo, asking: Asking) -> None:
        for number in range(5):
            repo.commit("x", {"a.md": page(ONE, "7%", str(number))})
        assert asking.history().last_share_change("a.md", 7.0) is None


@pytest.mark.parametrize("seed", range(6))
def test_the_line_of_every_page_is_the_one_that_is_walked_by_hand(repo: Repo, seed: int) -> None:
    history = invented_history(random.Random(seed))
    stream = "".join(history.stream)
    repo.git("config", "core.logAllRefUpdates", "false")
    subprocess.run(
        ["git", "-C", repo.path, "fast-import", "--quiet"], input=stream.encode(), check=True
    )
    with Repository.open(str(repo.path), limits=Limits()) as repository:
        head = repository.resolve("main")
        versions = repository.versions(head, "", message_pin="(never) said", robot_message="never")
        told = {
            path: [(messages_of(repository, one.commit), one.blob) for one in line]
            for path, line in versions.items()
        }
        expected = {
            path: [
                (f"{number}\n", repository.blob_id(history.trees[number][path].encode()))
                for number in walked_by_hand(history, path)
            ]
            for path in history.trees[-1]
        }
    assert told == expected
    assert sum(map(len, expected.values())) > len(expected)


def messages_of(repository: Repository, commit: str) -> str:
    found = repository.commit(commit)
    assert found is not None
    return found.message


class History(NamedTuple):
    """Commits by number: parents, files, and all of it for `git fast-import`."""

    parents: list[list[int]]
    trees: list[dict[str, str]]
    stream: list[str]


def invented_history(chance: random.Random) -> History:
    """A history with many merges, in which no content comes twice by chance."""
    history = History([], [], [])
    for number in range(80):
        known = range(max(0, number - 6), number)
        parents = [number - 1] if number else []
        if number > 2 and chance.random() < 0.4:
            parents = chance.sample(known, min(len(known), chance.choice((2, 2, 2, 3))))
        files = dict(history.trees[parents[0]]) if parents else {}
        for path in (f"{letter}.md" for letter in "abcdefgh"):
            pick = chance.random()
            if len(parents) > 1 and pick < 0.5:
                other = history.trees[chance.choice(parents)]
                files.pop(path, None)
                files.update({path: other[path]} if path in other else {})
            elif pick > 0.85:
                files[path] = f"{path} in {number}"
            elif pick > 0.82:
                files.pop(path, None)
        history.parents.append(parents)
        history.trees.append(files)
        history.stream.extend(
            [
                f"commit refs/heads/main\nmark :{number + 1}\n",
                f"committer T <t@example.org> {1_700_000_000 + number} +0000\n",
                f"data {len(str(number)) + 1}\n{number}\n\n",
                *(f"from :{parent + 1}\n" for parent in parents[:1]),
                *(f"merge :{parent + 1}\n" for parent in parents[1:]),
                "deleteall\n",
                *(
                    f"M 100644 inline {path}\ndata {len(text)}\n{text}\n"
                    for path, text in files.items()
                ),
                "\n",
            ]
        )
    return history


def walked_by_hand(history: History, path: str) -> list[int]:
    """The commits that made a page's versions: to the first parent with the same content."""
    made: list[int] = []
    number: int | None = len(history.trees) - 1
    while number is not None:
        text = history.trees[number][path]
        having = [one for one in history.parents[number] if path in history.trees[one]]
        same = [one for one in having if history.trees[one][path] == text]
        if not same:
            made.append(number)
        number = next(iter(same or having), None)
    return made


def test_warming_changes_no_answer_and_asks_git_less_often(repo: Repo, asking: Asking) -> None:
    pins = [ONE, ONE, TWO, TWO, TWO, THREE, TWO]
    for number, pin in enumerate(pins):
        message = ROBOT if number % 3 == 2 else handoff(pin)
        share = f"{90 - number // 2 * 10}%"
        repo.commit(
            message,
            {
                f"{m}.md": page(pin, share, f"{number} {m}")
                for m in range(20)
                if m % (number + 1) == 0
            },
        )
    paths = [f"{m}.md" for m in range(20)]

    def answers(history: TargetHistory) -> list[tuple[object, ...]]:
        return [
            (
                history.at_pin(path, pin),
                history.before_pin(path, pin),
                history.last_share_change(path, share),
                history.message_pin(path),
            )
            for path in paths
            for pin in (ONE, TWO)
            for share in (60.0, 90.0)
        ]

    expected = answers(asking.history())
    warm = asking.history()
    warm.warm([(path, TWO, 60.0) for path in paths])
    warm.warm([(path, None, 90.0) for path in paths])
    warm.warm([("nothing.md", ONE, None)])
    assert answers(warm) == expected
    assert sum(one is not None for row in expected for one in row) > 50
