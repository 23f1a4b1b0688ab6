"""Work beyond one segment and one answer: rows, conflicts, two reviewers, things taken back."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from bilint.review.plain import Lines, Plain
from command_line import bilint
from lamps import LAMP_IT, Lamps, lamps
from reviewing import PAGE, STALE, page, review, session

TABLE = "\n| Room | Light |\n| --- | --- |\n| hall | dim |\n"
TABELLA = "\n| Stanza | Luce |\n| --- | --- |\n| salone | fioca |\n"


@pytest.fixture
def given(tmp_path: Path) -> Lamps:
    return lamps(tmp_path)


def with_row(given: Lamps, row: str) -> str:
    """The page of the door with a table of which the source got a row more."""
    english = (given.source.path / "help/door.md").read_text("utf-8")
    italian = (given.italian.path / "help/door.md").read_text("utf-8")
    pin = given.source.commit("Table", {"help/door.md": english + TABLE})
    before = italian.replace(given.pins[0], pin) + TABELLA
    given.italian.commit("Table", {"help/door.md": before})
    now = given.source.commit("Row", {"help/door.md": f"{english}{TABLE}{row}\n"})
    return before.replace(pin, now)


def worked(given: Lamps, answers: list[str], meanwhile: Callable[[], object]) -> list[str]:
    """What is said to these answers, each line; before an empty one something else happens."""
    said: list[str] = []

    def ask(prompt: str, prefill: str) -> str | None:
        said.append(f"{prompt}{prefill}")
        answer = answers.pop(0) if answers else None
        if answer == "":
            meanwhile()
            return ask(prompt, prefill)
        return answer

    with session(given, ".bilint/decisions.db") as (work, suggestions):
        Plain(work, suggestions, Lines(ask, said.append)).run()
    return said


def test_a_new_row_is_written_as_a_whole(given: Lamps) -> None:
    stamped = with_row(given, "| cellar | `lantern` only |")
    options = ("--locale", "it-IT", "--filter", "path=door.md")
    answers = ("e cantina", "e cantina | solo", "e cantina | solo `lantern`", "q")
    said = review(given, *answers, options=options)
    assert "row: cellar | `lantern` only" in said.out
    assert "a new row of 2, which comes as a whole" in said.out
    assert "not written: it lacks `lantern`" in said.out
    door = (given.italian.path / "help/door.md").read_text("utf-8")
    assert door == f"{stamped}| cantina | solo `lantern` |\n"
    listed = bilint("decisions", "list", cwd=given.folder)
    assert listed.out.count("edited by Ada") == 2


def test_a_comment_is_taken_back(given: Lamps) -> None:
    said = review(given, "c which lamp?", "v", "u", "q")
    assert "undone: comment of help/lamp.md:8" in said.out
    assert said.out.count("comment by Ada: which lamp?") == 1
    assert "comment by" not in review(given, "q").out
    assert "which lamp?" in bilint("decisions", "list", "--history", cwd=given.folder).out


def test_an_undo_says_of_what_it_was_whatever_is_shown(given: Lamps) -> None:
    said = review(given, f"e {STALE}", ": state=new", "u", "q")
    assert "undone: edited of help/lamp.md:8\nhelp/lamp.md is as it was" in said.out
    assert page(given) == LAMP_IT.format(pin=given.pins[0])


def test_a_page_that_changed_meanwhile_is_told_once_and_what_was_typed_is_kept(
    given: Lamps,
) -> None:
    file = given.folder / PAGE

    def meddle() -> None:
        file.write_bytes(file.read_bytes() + b"\nDi Bo.\n")

    said = worked(given, ["e", "", STALE, "e", STALE, "q"], meddle)
    refused = [one for one in said if "not written" in one]
    assert refused == ["not written: help/lamp.md was changed by somebody else meanwhile"]
    assert f"Text: {STALE}" in said
    assert page(given).endswith("\nDi Bo.\n")
    assert STALE in page(given)


def test_the_second_of_two_sessions_loses_nothing(given: Lamps) -> None:
    bo = "La lampada si accende verso sera, quando è buio."

    def other() -> None:
        review(given, f"e {bo}", "q", by="Bo")

    said = worked(given, ["", f"e {STALE}", "q"], other)
    assert "not written: help/lamp.md was changed by somebody else meanwhile" in said
    assert bo in page(given)
    # What Bo answered asks no more.
    assert any("help/lamp.md:10" in one for one in said)


def test_a_merge_conflict_is_edited_in_the_page(given: Lamps) -> None:
    file = given.folder / PAGE
    both = "<<<<<<< HEAD\nApri\n=======\nScegli\n>>>>>>> other"
    file.write_text(page(given).replace("Apri", both), "utf-8")
    script = given.folder / "editor"
    script.write_text(
        "#!/usr/bin/env python3\nimport sys\np = sys.argv[1]\ntext = open(p, 'rb').read()\n"
        f"open(p, 'wb').write(text.replace({both.encode()!r}, b'Apri'))\n"
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    said = review(given, "/ HEAD", "E", "q", env={"EDITOR": str(script)})
    assert "both versions stand in the page: P edits it" in said.out
    assert "no longer found: merge-conflict" in said.out
    assert "<<<" not in page(given)
    assert "\nApri [!DNL Negozio Lantern] e scegli" in page(given)


def test_the_page_of_a_segment_can_be_edited_as_a_whole(given: Lamps) -> None:
    script = given.folder / "editor"
    script.write_text(
        "#!/usr/bin/env python3\nimport sys\np = sys.argv[1]\ntext = open(p, 'rb').read()\n"
        "open(p, 'wb').write(text.replace(b'Apri', b'Entra in'))\n"
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    said = review(given, "P", "q", env={"EDITOR": str(script)})
    assert "edited: help/lamp.md:8" in said.out
    assert "Entra in [!DNL" in page(given)
    # The segment that was on the desk was not touched, and still asks.
    assert "segment: stale" in review(given, "q").out


def test_what_lacks_a_token_is_shown_and_not_offered(given: Lamps) -> None:
    memory = given.folder / "old.tmx"
    memory.write_text(
        '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>Open [!DNL'
        " Lantern Store] and choose a lamp for the hall.</seg></tuv><tuv xml:lang='it'><seg>Apri"
        " il negozio.</seg></tuv></tu></body></tmx>"
    )
    options = ("--locale", "it-IT", "--memory", "old.tmx")
    said = review(given, "n", "t", "q", options=options)
    assert "memory: Apri il negozio. (old.tmx, lacks [!DNL Lantern Store])" in said.out
    assert "There is no such suggestion here." in said.out


def test_of_a_long_source_only_the_change_is_shown(given: Lamps) -> None:
    english = (given.source.path / "help/door.md").read_text("utf-8")
    italian = (given.italian.path / "help/door.md").read_text("utf-8")
    long = "The lamp shines far over the roofs of the town. " * 250
    pin = given.source.commit("Long", {"help/door.md": f"{english}\n{long}At night.\n"})
    text = "La lampada splende sui tetti della città. " * 250
    given.italian.commit(
        "Long", {"help/door.md": f"{italian.replace(given.pins[0], pin)}\n{text}Di notte.\n"}
    )
    given.source.commit("Longer", {"help/door.md": f"{english}\n{long}At noon.\n"})
    said = review(given, "q", options=("--locale", "it-IT", "--filter", "path=door.md"))
    (now,) = [one for one in said.out.splitlines() if one.startswith("source now:")]
    assert " words) … " in now
    assert now.endswith("At [-night.-]{+noon.+}")
    assert len(now) < 500
    assert "source then" not in said.out


def test_a_page_from_right_to_left_shows_what_nobody_sees(given: Lamps) -> None:
    file = given.folder / PAGE
    odd = "المصباح\u200f كل\u200cيوم\u00a0في 家族\U0001f468\u200d\U0001f467 e\u0301"
    file.write_text(page(given).replace("una lampada per il salone", odd), "utf-8")
    new = "افتح\u200f [!DNL Lantern Store] مساء."
    said = review(given, "/ dnl-altered", f"e {new}", "q")
    assert "المصباح<U+200F> كل<U+200C>يوم<NBSP>في 家族\U0001f468<U+200D>\U0001f467 e" in said.out
    assert f"\n{new}\n" in page(given)


def test_what_is_found_again_is_not_told_as_gone(given: Lamps) -> None:
    new = "Apri [!DNL Lantern Shop] e scegli una lampada per il salone."
    said = review(given, "n", f"e! {new}", "q")
    assert "found again, if in other words: dnl-altered" in said.out
    assert "no longer found" not in said.out


def test_a_segment_of_which_only_the_address_changed_is_renewed(given: Lamps) -> None:
    english = (given.source.path / "help/door.md").read_text("utf-8")
    italian = (given.italian.path / "help/door.md").read_text("utf-8")
    pin = given.source.commit("Link", {"help/door.md": f"{english}\nSee [here](lamp.md).\n"})
    page = f"{italian.replace(given.pins[0], pin)}\nVedi [qui](lamp.md).\n"
    given.italian.commit("Link", {"help/door.md": page})
    now = given.source.commit("Roof", {"help/door.md": f"{english}\nSee [here](roof.md).\n"})
    said = review(given, "t", "q", options=("--locale", "it-IT", "--filter", "path=door.md"))
    assert "s1. renewed: Vedi [qui](roof.md)." in said.out
    door = (given.italian.path / "help/door.md").read_text("utf-8")
    assert door == page.replace(pin, now).replace("[qui](lamp.md)", "[qui](roof.md)")
