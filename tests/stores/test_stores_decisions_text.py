"""Decisions as text: lines that git merges, and that nobody alters unnoticed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.model.decision import Decision, Place, Verdict, standings
from bilint.stores.decisions.settle import contradictions
from bilint.stores.decisions.text import HEADER, decisions_of, in_order, merged, sealed, text_of
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
    found = decisions_of(text.encode(), "x")
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


def test_every_line_that_cannot_be_read_is_named() -> None:
    good = text_of([sealed(decision())])
    altered = good.splitlines()[1].replace("a name of our own", "because")
    maybe = good.splitlines()[1].replace("accepted", "maybe")
    text = f"{good}<<<<<<< ours\n{altered}\n=======\nfour\tfive\n\n# a note\n{maybe}\n".encode()
    with pytest.raises(StoreError) as told:
        decisions_of(text + b"\xff\n", "d.txt")
    said = str(told.value).splitlines()
    assert [line.split(":")[1] for line in said] == ["3", "4", "5", "6", "9", "10"]
    assert "merge that git gave up" in said[0]
    assert "was altered after Ada wrote it" in said[1]
    assert "expected 16 columns with tabs between them, found 2: 'four\\tfive'" in said[3]
    assert "no decision is called 'maybe'" in said[4]
    assert "not UTF-8" in said[5]


def test_windows_and_missing_ends_of_lines_are_read() -> None:
    made = sealed(decision())
    text = text_of([made])
    assert decisions_of(text.replace("\n", "\r\n").encode(), "x") == (made,)
    assert decisions_of(text.rstrip("\n").encode(), "x") == (made,)


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
    monkeypatch.setattr("bilint.stores.decisions.text.SIZE_CAP", 100)
    with pytest.raises(StoreError, match="larger than 100 bytes"):
        decisions_of(text_of([sealed(decision())]).encode(), "x")
