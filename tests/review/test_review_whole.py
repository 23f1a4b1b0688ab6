"""Pages that are decided about as a whole: missing, orphaned, or stale beside their text."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import bilint
from lamps import Lamps, lamps
from reviewing import review

CODE = "\n```shell\nlantern --on\n```\n\n![]({picture})\n"


@pytest.fixture
def given(tmp_path: Path) -> Lamps:
    return lamps(tmp_path)


def queue(given: Lamps, locale: str = "it-IT") -> list[str]:
    said = bilint("queue", "--locale", locale, "--format", "json", cwd=given.folder)
    return [one["path"] or one["source_path"] for one in said.json["queue"]]


def only(path: str, locale: str = "it-IT") -> tuple[str, ...]:
    return ("--locale", locale, "--filter", f"path={path}")


def with_code(given: Lamps, *, ours: str = CODE) -> str:
    """The page of the door with a code block and a picture that the source then changes."""
    english = (given.source.path / "help/door.md").read_text("utf-8")
    italian = (given.italian.path / "help/door.md").read_text("utf-8")
    pin = given.source.commit("Code", {"help/door.md": english + CODE.format(picture="a.png")})
    page = italian.replace(given.pins[0], pin) + ours.format(picture="a.png")
    given.italian.commit("Code", {"help/door.md": page})
    now = CODE.replace("--on", "--on --bright").format(picture="b.png")
    return page.replace(pin, given.source.commit("Bright", {"help/door.md": english + now}))


def door(given: Lamps) -> str:
    return str((given.italian.path / "help/door.md").read_text("utf-8"))


def test_code_and_pictures_of_the_source_are_put_in_and_the_page_is_stamped(given: Lamps) -> None:
    stamped = with_code(given)
    before = door(given)
    said = review(given, "f", "q", options=only("door.md"))
    assert "page: stale beside its text" in said.out
    assert "code: [-lantern --on-] {+lantern --on --bright+}" in said.out
    assert "picture: [-a.png-] {+b.png+}" in said.out
    assert "fixed: help/door.md\nstamped: " in said.out
    wanted = stamped.replace("--on", "--on --bright").replace("a.png", "b.png")
    assert door(given) == wanted
    assert "help/door.md" not in queue(given)
    bilint("review", "--plain", cwd=given.folder)
    given.italian.git("checkout", "-q", "--", ".")
    said = review(given, "f", "u", "q", options=only("door.md"))
    assert door(given) == before
    assert "undone: fixed of help/door.md\nhelp/door.md is as it was" in said.out


def test_code_that_may_stay_as_it_is_is_told_by_the_stamp(given: Lamps) -> None:
    stamped = with_code(given)
    before = door(given)
    said = review(given, "a", "", "a the old flag is the same", "u", "q", options=only("door.md"))
    assert "without a reason" in said.out
    assert "accepted: the page\nstamped: " in said.out
    assert door(given) == before
    said = review(given, "a the old flag is the same", "q", options=only("door.md"))
    assert door(given) == stamped
    # From now on the source that it names has other code: a defect, or not, as any other.
    assert "error, high confidence: code-block-altered" in said.out


def test_without_a_stamp_such_a_page_is_not_finished(given: Lamps) -> None:
    with_code(given)
    options = (*only("door.md"), "--no-stamp")
    said = review(given, "a it is fine", "f", "q", options=options)
    assert "--no-stamp forbids it" in said.out
    assert "accepted" not in said.out
    assert "fixed: help/door.md" in said.out
    assert "stamped" not in said.out


def test_what_has_no_one_successor_is_left_to_the_editor(given: Lamps) -> None:
    with_code(given)
    english = (given.source.path / "help/door.md").read_text("utf-8")
    code = english[english.index("```") : english.rindex("```") + 3]
    given.source.commit("No code", {"help/door.md": english.replace(f"\n{code}\n", "")})
    before = door(given)
    said = review(given, "f", "q", options=only("door.md"))
    assert "the source has it no longer as it was; P edits the page" in said.out
    assert door(given).replace("b.png", "a.png") == before


def test_a_page_of_which_only_the_pin_is_old_is_stamped(given: Lamps) -> None:
    stamped = with_code(given)
    wanted = stamped.replace("--on", "--on --bright").replace("a.png", "b.png")
    pins = given.source.git("log", "--format=%H", "-2", "--", "help/door.md").split()
    given.italian.commit("New code", {"help/door.md": wanted.replace(pins[0], pins[1])})
    said = review(given, "f", "f", "f", "q", options=only("door.md"))
    assert "stamped: " in said.out
    assert door(given) == wanted


def test_a_page_that_is_missing_is_shown_with_the_way_to_make_it(given: Lamps) -> None:
    assert "help/roof.md" in queue(given)
    answers = ("e Il tetto", "E", "d", "t", "f", "c who does this?", "g Bo", "q")
    said = review(given, *answers, options=only("roof.md"))
    assert "page: not translated yet" in said.out
    command = "bilint export --to po --locale it-IT --output roof.po help/roof.md"
    assert command in said.out
    assert "comment: the page" in said.out
    assert "assigned to Bo: the page" in said.out
    assert "There is nothing of that kind" in review(given, ":path=roof.md", "q").out
    assert "comment by Ada: who does this?" in review(given, "q", by="Bo", options=only("roof")).out
    assert bilint(*command.split()[1:], cwd=given.folder).code == 0
    assert (given.folder / "roof.po").is_file()


def test_a_page_that_need_not_be_translated_leaves_the_queue_and_comes_back(given: Lamps) -> None:
    said = review(given, "a only for builders", "q", options=only("roof.md"))
    assert "accepted: the page\nhelp/roof.md: nothing is left to do here" in said.out
    assert "help/roof.md" not in queue(given)
    listed = bilint("decisions", "list", cwd=given.folder).out
    fingerprint = listed.split()[0]
    assert "it-IT help/roof.md: page-untranslated" in listed
    said = bilint("decide", fingerprint, "--as", "reopened", "--by", "Ada", cwd=given.folder)
    assert said.code == 0
    assert "help/roof.md" in queue(given)
    said = review(given, "a only for builders", "u", "q", options=only("roof.md"))
    assert "undone: accepted of help/roof.md" in said.out
    assert "help/roof.md" in queue(given)


def test_an_orphan_is_kept_or_removed(given: Lamps) -> None:
    options = only("cellar.md", "ja-JP")
    said = review(given, "s later", "q", options=options)
    assert "page: its source is gone" in said.out
    assert "git -C lamps.ja-JP rm help/cellar.md" in said.out
    assert "skipped: the page" in said.out
    assert "help/cellar.md" in queue(given, "ja-JP")
    said = review(given, "a it is still read", "q", options=options)
    assert "skipped by Ada: later" in said.out
    assert "help/cellar.md" not in queue(given, "ja-JP")


def test_whole_pages_are_a_kind_to_filter_by(given: Lamps) -> None:
    said = review(given, ":state=page", "N", "q")
    assert "help/roof.md (the page)" in said.out
    assert said.out.count("help/lamp.md") == 1
