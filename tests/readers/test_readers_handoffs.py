"""Hand-offs of translated pages, and those that people edited, out of small repositories."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bilint.model.config import Limits
from bilint.model.history import Handoff, PostEdit
from bilint.profiles.experience_league import EXPERIENCE_LEAGUE
from bilint.readers.git import Repository
from bilint.readers.handoffs import post_edits, read_handoffs
from bilint.readers.page import read_provenance
from repositories import Repo

ONE, TWO = "1" * 40, "2" * 40
MACHINE = f"Updated by task 'AUTO_TM_MT_1'\n\nChanges for core/source commit {ONE}"
PEOPLE = f"Updating Old File for core commit {ONE}"
SCRIPT = "Updated by AutoLocalizeURLs.py"


def page(pin: str, workflow: str, share: int, text: str = "Testo.") -> str:
    return (
        f"---\nsource-git-commit: {pin}\nworkflow-type: {workflow}\nht-degree: '{share}%'\n---\n"
        f"\n{text}\n"
    )


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "target")


def handoffs(repo: Repo) -> Mapping[str, tuple[Handoff, ...]]:
    with Repository.open(str(repo.path), limits=Limits()) as repository:
        head = repository.head()
        assert head is not None
        return read_handoffs(
            repository,
            head,
            "help",
            EXPERIENCE_LEAGUE,
            lambda path: path.endswith(".md"),
            lambda data: read_provenance(data, EXPERIENCE_LEAGUE, Limits()),
        )


def test_a_machine_s_hand_off_and_what_people_made_of_it(repo: Repo) -> None:
    first = repo.commit(MACHINE, {"help/a.md": page(ONE, "tm+mt", 5, "Prima.")})
    repo.commit(SCRIPT, {"help/a.md": page(ONE, "tm+mt", 5, "Prima!")})
    second = repo.commit(PEOPLE, {"help/a.md": page(ONE, "ht", 100, "Dopo.")})
    found = handoffs(repo)["help/a.md"]
    assert [(one.commit, one.share, one.human) for one in found] == [
        (second, 100.0, True),
        (first, 5.0, False),
    ]
    (edit,) = post_edits(found)
    assert (edit.earlier.commit, edit.later.commit, edit.by_people) == (first, second, True)
    assert edit.later.when - edit.earlier.when == 2 * 86_400


def test_a_script_that_changes_what_a_page_claims_hands_it_over(repo: Repo) -> None:
    repo.commit(SCRIPT, {"help/a.md": page(ONE, "tm+mt", 5, "Prima.")})
    repo.commit(SCRIPT, {"help/a.md": page(ONE, "ht", 100, "Dopo.")})
    assert len(list(post_edits(handoffs(repo)["help/a.md"]))) == 1


def test_pages_that_are_gone_tell_as_well(repo: Repo) -> None:
    repo.commit(MACHINE, {"help/a.md": page(ONE, "tm+mt", 5, "Prima."), "help/b.md": "x"})
    repo.commit(PEOPLE, {"help/a.md": page(ONE, "ht", 100, "Dopo.")})
    repo.commit("Deleting the localized file", {"help/a.md": None})
    again = repo.commit("once more", {"help/a.md": page(TWO, "ht", 100, "Nuova.")})
    repo.commit("Deleting the localized file", {"help/a.md": None})
    found = handoffs(repo)
    assert [one.pin for one in found["help/a.md"]] == [TWO, ONE, ONE]
    assert found["help/a.md"][0].commit == again
    assert len(list(post_edits(found["help/a.md"]))) == 1


@pytest.mark.parametrize("both", [False, True])
def test_a_page_that_a_merge_brought_away_is_met_once(repo: Repo, both: bool) -> None:
    repo.commit(MACHINE, {"help/a.md": page(ONE, "tm+mt", 5, "Prima."), "help/b.md": "x"})
    repo.commit(PEOPLE, {"help/a.md": page(ONE, "ht", 100, "Dopo.")})
    repo.switch("side")
    repo.commit("gone", {"help/a.md": None, "help/c.md": "y"})
    repo.switch("main")
    files: dict[str, str | None] = {"help/b.md": "z"}
    repo.commit("on", files | ({"help/a.md": None} if both else {}))
    repo.merge("side", "merge")
    found = handoffs(repo)["help/a.md"]
    assert [one.human for one in found] == [True, False]


def test_a_renamed_page_is_followed_and_not_gone(repo: Repo) -> None:
    repo.commit(MACHINE, {"help/a.md": page(ONE, "tm+mt", 5, "Prima.")})
    repo.git("mv", "help/a.md", "help/b.md")
    repo.commit("move", {})
    repo.commit(PEOPLE, {"help/b.md": page(ONE, "ht", 100, "Dopo.")})
    found = handoffs(repo)
    assert list(found) == ["help/b.md"]
    assert len(list(post_edits(found["help/b.md"]))) == 1


def handoff(blob: str, pin: str | None, share: float | None, human: bool = False) -> Handoff:
    return Handoff("help/a.md", blob * 40, blob * 40, 0, pin, share, human)


def edits(*newest_first: Handoff) -> list[PostEdit]:
    return list(post_edits(newest_first))


def test_a_share_that_only_rose_is_told_apart() -> None:
    (edit,) = edits(handoff("b", ONE, 80.0), handoff("a", ONE, 60.0))
    assert not edit.by_people
    assert edits(handoff("b", ONE, 60.0), handoff("a", ONE, 60.0)) == []
    assert edits(handoff("b", ONE, None), handoff("a", ONE, 60.0)) == []


def test_another_pin_or_the_same_content_or_people_before_are_no_post_edit() -> None:
    machine, people = handoff("a", ONE, 5.0), handoff("b", ONE, 100.0, human=True)
    assert len(edits(people, machine)) == 1
    assert edits(people._replace(pin=TWO), machine) == []
    assert edits(people._replace(pin=None), machine._replace(pin=None)) == []
    assert edits(people._replace(blob=machine.blob), machine) == []
    assert edits(people, machine._replace(human=True)) == []
    assert edits(machine, people) == []
