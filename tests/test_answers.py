"""Segments that somebody decided about: what they leave to do, and when they ask again."""

from __future__ import annotations

from bilint.answers import (
    REWRITTEN,
    STILL_RIGHT,
    Answers,
    Asked,
    asked,
    truly_refreshed,
    with_answers,
)
from bilint.model.alignment import (
    ChangeClass,
    FakeRefresh,
    Judgement,
    PageStatus,
    Past,
    SegmentPair,
    SegmentState,
    Unit,
)
from bilint.model.decision import Decision, Place, Standing, Verdict, standings
from bilint.model.digests import Digests
from bilint.model.document import Segment, SegmentKind
from bilint.model.report import Work
from bilint.model.segment_text import digest
from bilint.staleness import may_stamp, outstanding
from bilint.stores.decisions.text import sealed
from deciding import LAMP


def segment(text: str) -> Segment:
    return Segment(SegmentKind.PARAGRAPH, "p", 0, len(text.encode()), text)


def stale(head: str = "The lamp burns all night.", target: str = "La lampada arde.") -> Unit:
    return Unit(
        segment("The lamp burns."),
        segment(target),
        segment(head),
        SegmentState.STALE,
        ChangeClass.PROSE,
        words=5,
    )


GONE = Unit(segment("Mind the step."), segment("Attenti."), None, SegmentState.OBSOLETE)
NEW = Unit(None, None, segment("Nobody looks after it."), SegmentState.NEW, words=4)
CURRENT = Unit(segment("A."), segment("B."), segment("A."), SegmentState.CURRENT)


def judgement(*units: Unit) -> Judgement:
    words = sum(unit.words for unit in units)
    return Judgement(PageStatus.STALE, units=units, words_to_do=words)


def decided(one: Asked, verdict: Verdict = Verdict.ACCEPTED) -> Decision:
    return sealed(
        Decision(one.fingerprint, verdict, LAMP, one.digests, "Ada", "2026-01-01T09:00:00Z")
    )


def only(*units: Unit) -> Asked:
    (one,) = asked(units, "it-IT")
    return one


def answered(
    found: Judgement, *made: Decision, verdicts: frozenset[Verdict] = STILL_RIGHT | REWRITTEN
) -> Judgement:
    return with_answers(found, LAMP, standings(made), verdicts)


def test_every_segment_that_is_not_as_at_the_pin_can_be_decided_about() -> None:
    found = list(asked((CURRENT, stale(), GONE, NEW), "it-IT"))
    assert [one.position for one in found] == [1, 2, 3]
    assert len({one.fingerprint for one in found}) == 3
    assert all(one.fingerprint.startswith("s") for one in found)
    assert found[0].digests == Digests(
        digest("The lamp burns all night."), digest("La lampada arde.")
    )
    assert found[1].digests.source == digest("Mind the step.")
    assert found[2].digests.target == ""


def test_the_name_of_a_segment_stays_when_lines_are_wrapped_and_others_come() -> None:
    wrapped = stale("The lamp burns\n> all night.")
    assert only(stale()).fingerprint == only(wrapped).fingerprint
    (_new, after) = asked((NEW, stale()), "it-IT")
    assert after.fingerprint == only(stale()).fingerprint
    twice = list(asked((stale(), stale()), "it-IT"))
    assert twice[0].fingerprint != twice[1].fingerprint
    (other,) = asked((stale(),), "fr-FR")
    assert other.fingerprint != twice[0].fingerprint


def test_a_segment_that_is_still_right_is_answered_and_counts_no_words() -> None:
    for unit in (stale(), GONE, NEW):
        found = answered(judgement(unit, CURRENT), decided(only(unit)))
        assert found.units[0].answered
        assert found.words_to_do == 0
        assert not outstanding(found)
        assert may_stamp(found) == ()
        assert Work.of(found.units).answered == 1


def test_all_or_it_may_not_be_stamped() -> None:
    found = answered(judgement(stale(), NEW), decided(only(stale())))
    assert found.words_to_do == 4
    assert len(may_stamp(found)) == 1


def test_what_is_to_be_done_again_is_open_though_it_was_edited() -> None:
    edited = stale()._replace(answered=True, words=0)
    found = answered(judgement(edited), decided(only(edited), Verdict.REWORK))
    assert not found.units[0].answered
    assert found.words_to_do == 5


def test_what_is_reopened_is_as_if_nothing_had_been_decided() -> None:
    edited = stale()._replace(answered=True, words=0)
    for unit in (edited, stale()):
        found = judgement(unit)
        assert answered(found, decided(only(unit), Verdict.REOPENED)) == found


def test_it_expires_when_the_source_changes_again_and_when_the_translation_does() -> None:
    made = decided(only(stale()))
    for unit in (stale("The lamp burns till noon."), stale(target="La lampada arde già.")):
        found = answered(judgement(unit), made)
        assert not found.units[0].answered
        assert found.words_to_do == 5
        assert found.expired == 1
        assert Work.of(found.units, found.expired).expired == 1


def test_what_was_edited_after_the_decision_did_not_expire_it() -> None:
    edited = stale(target="La lampada arde tutta la notte.")._replace(answered=True, words=0)
    assert answered(judgement(edited), decided(only(stale()))).expired == 0


def test_only_the_verdicts_that_are_asked_for_count() -> None:
    made = decided(only(stale()))
    assert not answered(judgement(stale()), made, verdicts=REWRITTEN).units[0].answered
    made = decided(only(stale()), Verdict.EDITED)
    assert answered(judgement(stale()), made, verdicts=REWRITTEN).units[0].answered


def test_decisions_are_found_by_any_name_of_the_page() -> None:
    found: tuple[Standing, ...] = standings([decided(only(stale()))])
    answers = Answers(found)
    assert answers.of(LAMP) == found
    assert (
        answers.of(LAMP._replace(source_path="help/new.md", target_path="help/nuovo.md")) == found
    )
    assert answers.of(Place("it-IT", None, None, "help/lampada.md")) == found
    assert answers.of(Place("it-IT", None, "help/lamp.md", "help/nuovo.md")) == found
    assert answers.of(LAMP._replace(id="another")) == ()
    assert answers.of(LAMP._replace(locale="fr-FR")) == ()
    assert answers.of(Place("it-IT", None, None, "help/porta.md")) == ()


def test_a_translation_that_was_judged_still_right_was_not_refreshed_in_name_only() -> None:
    judged, forgotten = stale(), stale(target="Arde.")
    made = standings([decided(only(judged))])

    def past(*units: Unit) -> Past:
        pairs = tuple(SegmentPair(unit.head, unit.target) for unit in units)
        return Past(True, refresh=FakeRefresh("a" * 40, "b" * 40, pairs, ""))

    assert truly_refreshed(past(judged), made).refresh is None
    left = truly_refreshed(past(judged, forgotten), made).refresh
    assert left is not None
    assert [pair.target for pair in left.segments] == [forgotten.target]
    assert truly_refreshed(past(forgotten), made) == past(forgotten)
    assert truly_refreshed(Past(True), made) == Past(True)
