from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint import staleness
from bilint.alignment import align_translation, align_versions
from bilint.model.alignment import (
    ChangeClass,
    Judgement,
    PageStatus,
    SegmentState,
)
from bilint.model.document import Document
from bilint.staleness import may_be_answered, may_stamp, outstanding
from invented_pages import PIECES, SOME_PIECES, TABLE, Piece, page, sentence, translate

CURRENT, STALE = SegmentState.CURRENT, SegmentState.STALE
OBSOLETE, NEW = SegmentState.OBSOLETE, SegmentState.NEW


def judge(
    base: Document, target: Document, head: Document | None, at_pin: Document | None = None
) -> Judgement:
    return staleness.judge(
        base,
        target,
        head,
        align_translation(base, target),
        None if head is None else align_versions(base, head),
        at_pin,
    )


def states(judgement: Judgement) -> list[str]:
    """Each unit by the first letter of its state, in capitals where it is answered."""
    return [
        unit.state.value[0].upper() if unit.answered else unit.state.value[0]
        for unit in judgement.units
    ]


def story(base: list[Piece], head: list[Piece], target: list[Piece] | None = None) -> Judgement:
    """What is said of a translation of `base` as `target`, with nothing edited since."""
    at_pin = page(*translate(base))
    now = at_pin if target is None else page(*target)
    return judge(page(*base), now, page(*head), at_pin)


PAGE: list[Piece] = ["# Alpha", "Open the red door.", "- one lamp", "- two lamps", "Close it."]


# --- what never is stale ---------------------------------------------------------------------


@given(PIECES)
def test_a_page_against_itself_is_current(pieces: list[Piece]) -> None:
    document = page(*pieces, title="One")
    for head in (document, page(*pieces, title="One")):
        verdict = judge(document, document, head)
        assert verdict.status is PageStatus.CURRENT
        assert verdict.changes == ()
        assert verdict.words_to_do == 0
        assert set(states(verdict)) <= {"c"}
        assert may_stamp(verdict) == ()


@given(PIECES, PIECES, st.booleans())
def test_base_equal_to_head_has_no_stale_segment(
    pieces: list[Piece], others: list[Piece], history: bool
) -> None:
    base, target = page(*pieces, title="One"), page(*others)
    verdict = judge(base, target, page(*pieces, title="One"), page("# X") if history else None)
    assert verdict.status is PageStatus.CURRENT
    assert set(states(verdict)) <= {"c"}
    assert verdict.words_to_do == 0


@given(PIECES, PIECES, PIECES, st.none() | PIECES)
def test_every_target_and_head_segment_has_its_unit(
    base: list[Piece], target: list[Piece], head: list[Piece], past: list[Piece] | None
) -> None:
    documents = page(*base, title="A"), page(*target, title="B"), page(*head)
    verdict = judge(*documents, None if past is None else page(*past))
    assert [u.target for u in verdict.units if u.target] == list(documents[1].segments)
    heads = [u.head for u in verdict.units if u.head]
    assert sorted(heads) == sorted(documents[2].segments)
    assert len({id(u.base) for u in verdict.units if u.base}) == sum(
        u.base is not None for u in verdict.units
    )
    assert verdict.words_to_do == sum(unit.words for unit in verdict.units)
    for unit in verdict.units:
        assert unit.words == 0 or (unit.state in (STALE, NEW) and not unit.answered)
        assert (unit.state is NEW) == (unit.base is None and unit.head is not None)
        assert (unit.state is OBSOLETE) == (unit.base is not None and unit.head is None)
        assert unit.state is not STALE or (unit.change is not None and unit.change.stale)


def test_an_orphan_keeps_its_segments() -> None:
    base = page(*PAGE)
    verdict = judge(base, page(*translate(PAGE)), None)
    assert verdict.status is PageStatus.ORPHAN
    assert states(verdict) == ["c"] * 5
    assert all(unit.base and unit.target and not unit.head for unit in verdict.units)
    assert may_stamp(verdict) != ()


# --- one change, told at its place -----------------------------------------------------------


@given(SOME_PIECES, st.data())
def test_an_edit_is_stale_at_its_place(pieces: list[Piece], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(pieces) - 1))
    edited = str(pieces[place]).replace(".", " indeed.")
    verdict = story(pieces, [*pieces[:place], edited, *pieces[place + 1 :]])
    assert verdict.status is PageStatus.STALE
    assert [i for i, s in enumerate(states(verdict)) if s == "s"] == [place]
    assert verdict.units[place].change is ChangeClass.PROSE
    assert verdict.words_to_do == len(edited.removeprefix("#").lstrip("#-> ").split())


@given(SOME_PIECES, st.data())
def test_a_new_segment_stands_in_its_place(pieces: list[Piece], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(pieces)))
    verdict = story(pieces, [*pieces[:place], "Four words quite new.", *pieces[place:]])
    assert verdict.status is PageStatus.STALE
    assert [i for i, s in enumerate(states(verdict)) if s == "n"] == [place]
    assert verdict.words_to_do == 4


@given(SOME_PIECES, st.data())
def test_what_lost_its_source_is_obsolete(pieces: list[Piece], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(pieces) - 1))
    verdict = story(pieces, pieces[:place] + pieces[place + 1 :])
    assert verdict.status is PageStatus.STALE
    assert [i for i, s in enumerate(states(verdict)) if s == "o"] == [place]
    assert verdict.words_to_do == 0


@pytest.mark.parametrize(
    ("edited", "status", "state", "words"),
    [
        ("Open the blue door.", PageStatus.STALE, "s", 4),
        ("Open the red door", PageStatus.COSMETIC, "c", 0),
        ("Open the Red door.", PageStatus.COSMETIC, "c", 0),
        ("Open the **red** door.", PageStatus.COSMETIC, "c", 0),
        ("Open the\nred door.", PageStatus.COSMETIC, "c", 0),
        ("Open the [red](r.md) door.", PageStatus.STALE, "s", 0),
    ],
)
def test_the_status_by_the_class_of_a_change(
    edited: str, status: PageStatus, state: str, words: int
) -> None:
    verdict = story(PAGE, [PAGE[0], edited, *PAGE[2:]])
    assert verdict.status is status
    assert states(verdict) == ["c", state, "c", "c", "c"]
    assert verdict.words_to_do == words
    assert verdict.units[1].change is not None


def test_a_changed_code_block_is_stale_without_words() -> None:
    verdict = story([*PAGE, "```\nls\n```"], [*PAGE, "```\nls -l\n```"])
    assert verdict.status is PageStatus.STALE
    assert set(states(verdict)) == {"c"}
    assert verdict.words_to_do == 0


def test_front_matter_alone_is_cosmetic_but_a_title_is_not() -> None:
    base = page(*PAGE, title="One", fields=[("level", "low")])
    target = page(*translate(PAGE), title="Uno")
    assert judge(base, target, page(*PAGE, title="'One'")).status is PageStatus.COSMETIC
    verdict = judge(base, target, page(*PAGE, title="One and two", fields=[("level", "low")]))
    assert verdict.status is PageStatus.STALE
    assert verdict.units[0].change is ChangeClass.TITLE
    assert verdict.words_to_do == 3


def test_rows_that_the_target_lost_are_not_new() -> None:
    lost = [*TABLE[:4], *TABLE[5:]]
    target = translate(lost)
    verdict = judge(page(*TABLE), page(*target), page(*TABLE[:-1], "- then nobody"))
    assert verdict.counts()[NEW] == 0
    missing = [unit for unit in verdict.units if unit.target is None]
    assert [unit.base and unit.base.text for unit in missing] == TABLE[4]
    assert all(unit.state is CURRENT and unit.words == 0 for unit in missing)
    edited = [*TABLE[:4], ["Middle", "25", "All of the cupboard"], *TABLE[5:]]
    verdict = judge(page(*TABLE), page(*target), page(*edited))
    assert verdict.counts()[NEW] == 0
    assert verdict.words_to_do == 4


def test_extra_segments_of_the_target_are_left_alone() -> None:
    target = page(*translate(PAGE), "Gnihtemos artxe.")
    verdict = judge(page(*PAGE), target, page(*PAGE[:-1], "Close it now."))
    assert states(verdict) == ["c", "c", "c", "c", "s", "c"]
    assert verdict.units[-1].base is None


# --- answering -------------------------------------------------------------------------------

EDITED: list[Piece] = [PAGE[0], "Open the blue door.", *PAGE[2:]]


def test_a_stale_segment_is_answered_by_an_edit() -> None:
    done = translate(EDITED)
    verdict = story(PAGE, EDITED, done)
    assert verdict.status is PageStatus.STALE
    assert states(verdict) == ["c", "S", "c", "c", "c"]
    assert verdict.words_to_do == 0
    assert outstanding(verdict) == ()
    assert may_stamp(verdict) == ()


def test_without_history_nothing_is_answered() -> None:
    verdict = judge(page(*PAGE), page(*translate(EDITED)), page(*EDITED))
    assert states(verdict) == ["c", "s", "c", "c", "c"]
    assert len(may_stamp(verdict)) == 1


def test_an_edit_elsewhere_answers_nothing() -> None:
    target = translate(PAGE)
    target[4] = "Esolc ti yletinifed."
    verdict = story(PAGE, EDITED, target)
    assert states(verdict) == ["c", "s", "c", "c", "c"]


def test_rewrapping_the_translation_answers_nothing() -> None:
    target = translate(PAGE)
    target[1] = str(target[1]).replace(" ", "\n")
    assert states(story(PAGE, EDITED, target)) == ["c", "s", "c", "c", "c"]


def test_new_and_obsolete_segments_are_answered_by_coming_and_going() -> None:
    head: list[Piece] = [
        *PAGE[:2],
        "- three `lamps` more",
        PAGE[3],
        "A word about `doors`.",
        PAGE[4],
    ]
    begun = story(PAGE, head)
    assert states(begun) == ["c", "c", "s", "c", "n", "c"]
    done = story(PAGE, head, translate(head))
    assert outstanding(done) == ()
    assert done.words_to_do == 0
    assert len(done.units) == len(head)
    half = story(PAGE, head, translate([*head[:4], head[5]]))
    assert [u.head and u.head.text for u in outstanding(half)] == ["A word about `doors`."]


def test_a_section_added_is_answered_piece_by_piece() -> None:
    section: list[Piece] = [f"## {sentence(90)}", sentence(91), sentence(92), "- `last`"]
    head = [*PAGE[:2], *section, *PAGE[2:]]
    whole = translate(head)
    assert len(outstanding(story(PAGE, head))) == 4
    assert outstanding(story(PAGE, head, whole)) == ()
    without_last = [*whole[:5], *whole[6:]]
    assert [u.head and u.head.text for u in outstanding(story(PAGE, head, without_last))] == [
        "`last`"
    ]


def test_an_obsolete_segment_stands_until_it_goes() -> None:
    head = PAGE[:2] + PAGE[3:]
    assert [u.state for u in outstanding(story(PAGE, head))] == [OBSOLETE]
    gone = story(PAGE, head, translate(head))
    assert states(gone) == ["c", "c", "c", "c"]
    assert gone.status is PageStatus.STALE
    assert outstanding(gone) == ()


def test_moved_segments_are_answered_when_the_target_has_them_in_order() -> None:
    head = [PAGE[0], PAGE[4], PAGE[1], PAGE[2], PAGE[3]]
    begun = story(PAGE, head)
    assert begun.status is PageStatus.STALE
    assert [(u.change, u.words) for u in outstanding(begun)] == [(ChangeClass.STRUCTURE, 0)]
    done = story(PAGE, head, translate(head))
    assert outstanding(done) == ()
    assert done.status is PageStatus.STALE


def test_a_restored_row_takes_its_place_again() -> None:
    lost = translate([*TABLE[:4], *TABLE[5:]])
    edited = [*TABLE[:4], ["Middle", "25", "All of the cupboard"], *TABLE[5:]]
    verdict = judge(page(*TABLE), page(*translate(edited)), page(*edited), page(*lost))
    assert all(unit.target for unit in verdict.units)
    assert outstanding(verdict) == ()


@given(SOME_PIECES, SOME_PIECES)
def test_translating_head_anew_leaves_nothing_to_do(base: list[Piece], head: list[Piece]) -> None:
    verdict = story(base, head, translate(head))
    assert outstanding(verdict) == ()
    assert verdict.words_to_do == 0


@given(SOME_PIECES, SOME_PIECES, st.data())
def test_what_was_not_done_is_still_to_do(
    base: list[Piece], head: list[Piece], data: st.DataObject
) -> None:
    """A person who does part of the work never sees words vanish that nobody translated."""
    done = data.draw(st.integers(0, len(head)))
    target = [*translate(head[:done]), *translate(base[done:])]
    verdict = story(base, head, target)
    told = {unit.head.text for unit in outstanding(verdict) if unit.head}
    texts = {segment.text for segment in page(*translate(base)).segments}
    # Of a sentence that now stands twice nobody can say which copy is the new one.
    counts = Counter(segment.text for segment in page(*target).segments)
    texts = {text for text in texts if counts[text] == 1}
    for unit in verdict.units:
        if unit.target and unit.target.text in texts and unit.head:
            if unit.base and unit.base.text == unit.head.text:
                continue
            assert unit.head.text in told or unit.change is ChangeClass.MARKUP


def test_an_addition_is_answered_though_the_match_with_base_missed_it() -> None:
    base: list[Piece] = ["# T", "Press the lamp.", "Wait a bit."]
    head: list[Piece] = ["# T", "Press the lamp.", "Turn the key.", "Wait a bit."]
    then = page("# T", "Premi la lampada una volta sola.", "Attendi.")
    now = page("# T", "Premi la lampada una volta sola.", "Gira la chiave.", "Attendi.")
    blind = judge(page(*base), now, page(*head))
    assert may_stamp(blind) != ()
    assert may_be_answered(blind, now, then.data)
    assert may_stamp(judge(page(*base), now, page(*head), then)) == ()


@given(SOME_PIECES, SOME_PIECES, st.data())
def test_the_past_is_asked_where_it_matters(
    base: list[Piece], head: list[Piece], data: st.DataObject
) -> None:
    pool = [*translate(base), *translate(head)]
    target = page(*data.draw(st.lists(st.sampled_from(pool), max_size=8)), title="Uno")
    then = page(*translate(base), title=data.draw(st.sampled_from(["Uno", "Due"])))
    documents = page(*base, title="One"), target, page(*head, title="One")
    blind = judge(*documents)
    if not may_be_answered(blind, target, then.data):
        seen = judge(*documents, then)
        assert len(outstanding(seen)) >= len(outstanding(blind))
        assert seen.words_to_do == blind.words_to_do


def test_where_nothing_was_written_the_past_is_not_asked() -> None:
    target = page(*translate(PAGE))
    stale = judge(page(*PAGE), target, page(*EDITED))
    assert not may_be_answered(stale, target, target.data)
    assert not may_be_answered(stale, target, b"---\nht-degree: 3%\n---\n" + target.data)
    assert may_be_answered(stale, page(*translate(EDITED)), target.data)
    current = judge(page(*PAGE), target, page(*PAGE))
    assert not may_be_answered(current, target, b"anything else")


def test_a_page_of_unknown_pin_is_not_stamped_blindly() -> None:
    (reason,) = may_stamp(Judgement(PageStatus.UNPINNED, "no-pin"))
    assert "not known" in reason


def test_reasons_quote_the_source_and_count_the_blocks() -> None:
    long = "Open the red door " * 9
    base: list[Piece] = ["# Alpha", long, "```\nls\n```"]
    head: list[Piece] = ["# Alpha", f"{long} twice", "```\nls -l\n```"]
    first, second = may_stamp(story(base, head))
    assert first.startswith("“Open the red door Open")
    assert "…”: its source changed" in first
    assert second.startswith("1 block of code")
    assert story(base, head).blocks_to_do == 1
    assert may_stamp(story(base, head, translate(head))) == ()
