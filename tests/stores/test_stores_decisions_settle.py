"""Findings beside decisions: what is settled, and what a changed text opens again."""

from __future__ import annotations

from bilint.model.decision import Decision, Place, Verdict, standings
from bilint.model.digests import Digests
from bilint.model.finding import Finding, FindingState
from bilint.stores.decisions.settle import Settled, settle_decided
from bilint.stores.decisions.text import sealed
from deciding import LAMP, NEW_SOURCE, NEW_TARGET, OLD, decision, finding

OPEN, ACCEPTED, EXPIRED = FindingState.OPEN, FindingState.ACCEPTED, FindingState.EXPIRED
DOOR = Place("it-IT", "22222222", "help/door.md", "help/porta.md")


def settle(
    findings: list[Finding], *made: Decision, pages: tuple[Place, ...] = (LAMP,), whole: bool = True
) -> Settled:
    places = {(one.locale, one.target_path or ""): one for one in pages}
    sealed_ones = [one if one.key else sealed(one) for one in made]
    return settle_decided(findings, standings(sealed_ones), places, whole=whole)


def states(settled: Settled) -> list[FindingState]:
    return [one.state for one in settled.findings]


def test_what_was_accepted_is_settled_and_says_by_whom() -> None:
    made = sealed(decision())
    settled = settle([finding(), finding("b" * 16)], made)
    assert states(settled) == [ACCEPTED, OPEN]
    assert settled.findings[0].decision == made


def test_it_survives_moved_lines_and_a_page_that_kept_one_of_its_names() -> None:
    for place in (
        LAMP._replace(source_path="help/new.md", target_path="help/nuovo.md"),
        LAMP._replace(id=None, source_path="help/new.md"),
        LAMP._replace(id=None, target_path="help/nuovo.md"),
    ):
        found = finding(path=place.target_path or "", line=70)
        assert states(settle([found], decision(), pages=(place,))) == [ACCEPTED]


def test_a_page_that_lost_all_its_names_is_known_by_its_texts_where_all_pages_are_there() -> None:
    lost = LAMP._replace(id=None, source_path=None, target_path="help/nuovo.md")
    found = finding(path="help/nuovo.md")
    assert states(settle([found], decision(), pages=(lost,))) == [ACCEPTED]
    assert states(settle([found], decision(), pages=(lost,), whole=False)) == [OPEN]
    # While the page is where it was, its twin elsewhere is not it.
    assert states(settle([found], decision(), pages=(lost, LAMP))) == [OPEN]
    changed = finding(path="help/nuovo.md", digests=NEW_TARGET)
    assert states(settle([changed], decision(), pages=(lost,))) == [OPEN]


def test_the_same_sentence_on_another_page_stays_open() -> None:
    findings = [finding(path="help/porta.md"), finding()]
    assert states(settle(findings, decision(), pages=(LAMP, DOOR))) == [OPEN, ACCEPTED]


def test_a_page_with_another_id_at_the_old_path_is_another_page() -> None:
    new = LAMP._replace(id="33333333")
    moved = LAMP._replace(target_path="help/nuovo.md")
    findings = [finding(), finding(path="help/nuovo.md")]
    assert states(settle(findings, decision(), pages=(new, moved))) == [OPEN, ACCEPTED]


def test_a_changed_translation_opens_it_again_and_says_what_expired() -> None:
    made = sealed(decision())
    settled = settle([finding(digests=NEW_TARGET)], made)
    assert states(settled) == [EXPIRED]
    assert settled.findings[0].decision == made
    assert EXPIRED.is_open


def test_a_changed_source_opens_it_again_though_its_fingerprint_is_another() -> None:
    assert states(settle([finding("b" * 16, NEW_SOURCE)], decision())) == [EXPIRED]


def test_with_both_texts_changed_it_expires_where_its_subject_is_sure() -> None:
    now = finding("b" * 16, Digests("8" * 16, "9" * 16))
    assert states(settle([now], decision())) == [EXPIRED]
    assert states(settle([now._replace(subject="Beacon")], decision())) == [OPEN]
    assert states(settle([now._replace(subject="")], decision(subject=""))) == [OPEN]
    twin = now._replace(fingerprint="c" * 16, line=9)
    assert states(settle([now, twin], decision())) == [OPEN, OPEN]
    elsewhere = now._replace(path="help/porta.md")
    assert states(settle([elsewhere], decision(), pages=(LAMP, DOOR))) == [OPEN]
    # What was never settled has nothing to expire.
    assert states(settle([now], decision(Verdict.REWORK))) == [OPEN]


def test_a_decision_answers_for_one_finding() -> None:
    second = finding("b" * 16, NEW_SOURCE, line=90)
    assert states(settle([finding(), second], decision())) == [ACCEPTED, OPEN]


def test_a_hook_without_the_source_goes_by_the_translation() -> None:
    alone = finding("t" + "b" * 16, Digests("", OLD.target))
    assert states(settle([alone], decision())) == [ACCEPTED]
    unsourced = decision(fingerprint="t" + "b" * 16, digests=Digests("", OLD.target))
    assert states(settle([finding()], unsourced)) == [ACCEPTED]
    other = alone._replace(subject="Beacon")
    assert states(settle([other], decision())) == [EXPIRED]


def test_without_any_source_a_changed_translation_is_known_by_its_subject() -> None:
    before = decision(fingerprint="t" + "b" * 16, digests=Digests("", OLD.target))
    now = finding("t" + "c" * 16, Digests("", "7" * 16))
    assert states(settle([now], before)) == [EXPIRED]
    assert states(settle([now._replace(subject="Beacon")], before)) == [OPEN]
    nameless = before._replace(subject="")
    assert states(settle([now._replace(subject="")], nameless)) == [OPEN]


def test_only_what_was_accepted_settles_and_only_that_expires() -> None:
    for verdict in (Verdict.REWORK, Verdict.SKIPPED, Verdict.REOPENED, Verdict.EDITED):
        settled = settle([finding()], decision(verdict))
        assert states(settled) == [OPEN]
        assert settled.findings[0].decision is not None
        assert states(settle([finding(digests=NEW_TARGET)], decision(verdict))) == [OPEN]
    assert states(settle([finding()], decision(Verdict.COMMENT))) == [OPEN]


def test_what_is_reopened_is_open_and_did_not_expire() -> None:
    first = sealed(decision())
    undone = sealed(decision(Verdict.REOPENED, at=1, after=(first.key,)))
    assert states(settle([finding()], first, undone)) == [OPEN]
    assert states(settle([finding(digests=NEW_TARGET)], first, undone)) == [OPEN]


def test_contradicting_decisions_settle_nothing_and_are_told() -> None:
    ours, theirs = sealed(decision()), sealed(decision(Verdict.REWORK, "Bo", at=1))
    settled = settle([finding()], ours, theirs)
    assert states(settled) == [OPEN]
    assert settled.contradicting == ((ours, theirs),)


def test_of_decisions_on_two_versions_of_a_text_the_one_that_fits_holds() -> None:
    ours = sealed(decision())
    theirs = sealed(decision(Verdict.REWORK, "Bo", at=1, digests=NEW_TARGET))
    assert states(settle([finding()], ours, theirs)) == [ACCEPTED]
    assert states(settle([finding(digests=NEW_TARGET)], ours, theirs)) == [OPEN]


def test_what_is_silenced_stays_so() -> None:
    silent = finding()._replace(state=FindingState.SUPPRESSED)
    assert states(settle([silent], decision())) == [FindingState.SUPPRESSED]
