"""Decisions as text: lines that git merges, and that nobody alters unnoticed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.model.decision import Decision, Place, Verdict, standings
from bilint.stores.decisions.settle import contradictions
from bilint.stores.decisions.text import HEADER, in_order, merged, sealed, text_of
from bilint.stores.decisions.text_file import TextFile, mended, read_text
from bilint.stores.error import StoreError
from deciding import decision
from examples import examples

TEXTS = st.text(max_size=12)
NAMES = st.none() | st.text(min_size=1, max_size=8)


@st.composite
def many(draw: st.DrawFn) -> tuple[Decision, ...]:
    """Decisions of which some supersede earlier ones, by clocks that are all wrong."""
    made: list[Decision] = []
    for number in range(draw(st.integers(0, 5))):
        earlier = [one.key for one in made]
        after = draw(st.sets(st.sampled_from(earlier), max_size=2)) if earlier else set()
        one = decision(
            draw(st.sampled_from(Verdict)),
            draw(st.sampled_from(("Ada", "Bo -", "-"))),
            fingerprint=draw(st.sampled_from(("a" * 16, "t" + "b" * 16, "s" + "c" * 16))),
            at=draw(st.integers(0, 3)),
            after=tuple(sorted(after)),
            place=Place(draw(NAMES), draw(NAMES), draw(NAMES), draw(NAMES)),
            reason=f"{number} {draw(TEXTS)}",
            subject=draw(TEXTS),
        )
        made.append(sealed(one))
    return tuple(made)


@given(many())
def test_what_is_written_is_read(made: tuple[Decision, ...]) -> None:
    text = text_of(made)
    found = read_text(text.encode(), "x").decisions
    assert set(found) == set(made)
    assert text_of(found) == text == text_of(reversed(made))
    lines = text.splitlines()
    assert lines[0] == HEADER
    assert len(lines) == len(set(made)) + 1


@given(many())
def test_nothing_comes_before_what_it_supersedes(made: tuple[Decision, ...]) -> None:
    places = {one.key: index for index, one in enumerate(in_order(reversed(made)))}
    for one in made:
        assert all(places[key] < places[one.key] for key in one.supersedes)


@examples(30)
@given(many(), many(), many())
def test_a_merge_keeps_all_and_is_the_same_from_both_sides(
    base: tuple[Decision, ...], ours: tuple[Decision, ...], theirs: tuple[Decision, ...]
) -> None:
    once = merged(base, (*base, *ours), (*base, *theirs))
    assert set(once) == {*base, *ours, *theirs}
    assert text_of(once) == text_of(merged(base, (*base, *theirs), (*base, *ours)))
    assert once == merged(once, once)


def test_a_line_was_one_decision_and_is_read_by_a_person() -> None:
    made = sealed(decision())
    assert text_of([made]).splitlines()[1].split("\t") == [
        "a" * 16,
        "2026-01-01T09:00:00.000000Z",
        made.key,
        "accepted",
        "Ada",
        "it-IT",
        "dnl-altered",
        "Lantern",
        "11111111",
        "help/lamp.md",
        "help/lampada.md",
        "1" * 16,
        "2" * 16,
        "",
        "",
        "a name of our own",
    ]


def damaged() -> tuple[Decision, bytes]:
    """A decision, and a file with it and all that can go wrong with a line."""
    made = sealed(decision())
    good = text_of([made])
    altered = good.splitlines()[1].replace("a name of our own", "because")
    maybe = good.splitlines()[1].replace("accepted", "maybe")
    text = f"{good}<<<<<<< ours\n{altered}\n=======\nfour\tfive\n\n# a note\n{maybe}\n"
    return made, text.encode() + b"\xff\r\n>>>>>>> theirs"


def test_every_line_that_cannot_be_read_is_named_and_the_others_count() -> None:
    made, text = damaged()
    file = read_text(text, "d.txt")
    assert file.decisions == (made,)
    said = list(file.faults("d.txt"))
    assert [line.split(":")[1] for line in said] == ["3", "4", "6", "9", "10"]
    assert "git gave up a merge here and left its marks in lines 3, 5, 11: " in said[0]
    assert "`bilint decisions merge d.txt` takes the marks out" in said[0]
    assert "was altered after Ada wrote it" in said[1]
    assert "expected 16 columns with tabs between them, found 2: 'four\\tfive'" in said[2]
    assert "no decision is called 'maybe'" in said[3]
    assert "not UTF-8" in said[4]


def test_what_cannot_be_read_stays_where_it_is() -> None:
    made, text = damaged()
    file = read_text(text, "d.txt")
    lines = [line.rstrip(b"\r") for line in text.split(b"\n") if line]
    assert file.data().splitlines() == lines
    before = sealed(decision(fingerprint="0" * 16))
    after = sealed(decision(fingerprint="f" * 16))
    more = file.with_decisions((after, before))
    told = text_of([before, made, after]).encode().splitlines()
    assert more.data().splitlines() == [told[0], told[1], *lines[1:], told[3]]
    again = read_text(more.data(), "d.txt")
    assert again.data() == more.data()
    assert len(list(again.faults("d.txt"))) == 5


def test_a_merge_puts_back_what_was_altered_where_one_version_has_it() -> None:
    made, text = damaged()
    other = sealed(decision(by="Bo", fingerprint="c" * 16))
    file = read_text(text, "ours")
    alone = mended(file)
    # The sound line is there, so that the two that were made of it are not missed.
    assert alone.decisions == (made,)
    assert [one.line for one in alone.strays] == [b"four\tfive", b"# a note", b"\xff"]
    altered = text_of([other]).replace("a name of our own", "because").encode()
    gone = mended(file, read_text(altered, "theirs"))
    assert [one.line for one in gone.strays][-1] == altered.splitlines()[1]
    back = mended(file, read_text(altered, "theirs"), read_text(text_of([other]).encode(), "base"))
    assert back.decisions == (made, other)
    assert back.strays == alone.strays
    assert mended(back, file).data() == back.data()


@given(many(), st.lists(st.binary(max_size=40).filter(lambda one: b"\0" not in one)))
def test_whatever_stands_in_a_file_stays_there_and_costs_no_decision(
    made: tuple[Decision, ...], others: list[bytes]
) -> None:
    text = text_of(made).encode() + b"".join(line + b"\n" for line in others)
    file = read_text(text, "x")
    assert set(file.decisions) == set(made)
    data = file.data()
    assert read_text(data, "x")._replace(strays=()) == file._replace(strays=())
    assert read_text(data, "x").data() == data
    kept = [one.line for one in file.strays]
    lines = [part.rstrip(b"\r") for line in others for part in line.split(b"\n")]
    titles = b"# bilint decisions "
    assert kept == [one for one in lines if one.strip() and not one.startswith(titles)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"SQLite format 3\x00", "d.txt:1: this is no text of decisions"),
        ("# bilint decisions 1\n".encode("utf-16"), "d.txt:1: this is no text of decisions"),
        (b"# Shopping\n* bread\n", "d.txt:1: this is no file of decisions, which would begin"),
        (b"# a note\n# bilint decisions 2: x\n", "d.txt:2: version 2 of the text of decisions is"),
    ],
)
def test_what_is_no_file_of_decisions_is_refused(text: bytes, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        read_text(text, "d.txt")


def test_a_file_that_holds_only_notes_holds_no_decision() -> None:
    for text in (b"", b"\n \n", b"# none yet\n", b"\xef\xbb\xbf# bilint decisions 1: a\n"):
        assert read_text(text, "x").decisions == ()
    assert read_text(b"# none yet\n", "x").data().endswith(b"\n# none yet\n")


def test_of_very_many_damaged_lines_some_are_told() -> None:
    text = text_of(()).encode() + b"what?\n" * 50
    said = list(read_text(text, "x").faults("x"))
    assert len(said) == 21
    assert said[-1] == "x: 30 more lines count for nothing"


def test_windows_and_missing_ends_of_lines_are_read() -> None:
    made = sealed(decision())
    text = text_of([made])
    assert read_text(text.replace("\n", "\r\n").encode(), "x") == TextFile((made,))
    assert read_text(text.rstrip("\n").encode(), "x") == TextFile((made,))


def test_two_who_decided_the_same_thing_otherwise_contradict_each_other() -> None:
    base = sealed(decision())
    ours = sealed(decision(Verdict.REWORK, "Bo", at=1, after=(base.key,)))
    theirs = sealed(decision(Verdict.ACCEPTED, "Cy", at=2, after=(base.key,)))
    (told,) = contradictions(standings(merged((base,), (base, ours), (base, theirs))))
    assert told == (
        f"{base.fingerprint} dnl-altered it-IT help/lampada.md: rework by Bo at {ours.at};"
        f" accepted by Cy at {theirs.at}"
    )
    agreed = sealed(decision(Verdict.REWORK, "Cy", at=2, after=(base.key,)))
    assert not list(contradictions(standings(merged((base, ours), (base, agreed)))))


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bilint.stores.decisions.text_file.SIZE_CAP", 100)
    with pytest.raises(StoreError, match="larger than 100 bytes"):
        read_text(text_of([sealed(decision())]).encode(), "x")
