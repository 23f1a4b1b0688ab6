"""What people changed later, how loud checks are, and what they cost: the counting."""

from __future__ import annotations

from test_evaluation_seeded import TARGET, document, pair

from bilint.model.finding import Confidence, Family, Finding, Severity, Side
from bilint.model.history import Version
from bilint.model.page import Provenance
from bilint.model.text import Span
from evaluation import alarms, cost, edited
from evaluation.alarms import Alarm, Loudness
from evaluation.edited import Edits, Seen, beside, comparable, distinct, reissues

HUMAN = frozenset(("ht",))


def version(name: str, *, robot: bool = False, pin: str | None = None) -> Version:
    return Version(name * 40, name * 40, pin, robot)


def said(pin: str | None, workflow: str = "tm+mt", share: float | None = None) -> Provenance:
    return Provenance(pin=pin, workflow=workflow, ht_degree=share)


def pairs(*versions: tuple[Version, Provenance]) -> list[str]:
    found = reissues("help/a.md", versions, HUMAN)
    return [one.earlier.commit[0] + one.later.commit[0] for one in found]


def test_a_hand_off_by_a_person_after_a_machine_s_at_the_same_pin_counts() -> None:
    assert pairs((version("b"), said("1", "ht")), (version("a"), said("1"))) == ["ab"]
    raised = ((version("b"), said("1", share=80.0)), (version("a"), said("1", share=60.0)))
    assert pairs(*raised) == ["ab"]


def test_another_pin_the_same_share_or_a_script_does_not_count() -> None:
    assert pairs((version("b"), said("2", "ht")), (version("a"), said("1"))) == []
    assert pairs((version("b"), said("1")), (version("a"), said("1"))) == []
    assert pairs((version("b", robot=True), said("1", "ht")), (version("a"), said("1"))) == []


def test_a_pin_in_the_message_does_as_well() -> None:
    later = (version("b", robot=True, pin="1"), said(None, "ht"))
    assert pairs(later, (version("a", robot=True, pin="1"), said(None))) == ["ab"]


def test_what_scripts_change_everywhere_is_no_edit() -> None:
    assert comparable("l&#39;onda\n> alta") == comparable("l'onda alta")
    assert comparable("[a](b.html?lang=it)") == comparable("[a](b.html)")
    assert comparable("due  onde") != comparable("due onde")


def finding(text: str, check: str = "some-check") -> Finding:
    start = TARGET.encode().index(text.encode())
    return Finding(
        check, Family.LANGUAGE, Severity.ERROR, Confidence.HIGH, Side.TARGET, "it-IT", "help/a.md",
        1, 1, 1, 1, "Something", "", None, text, {}, None, "", "",
        span=Span(start, start + len(text.encode())),
    )  # fmt: skip


def test_a_flagged_segment_is_followed_into_the_later_version() -> None:
    later = document(TARGET.replace("mare calmo", "mare tranquillo"))
    seen = beside(pair(), later, [finding("mare calmo")])
    (flagged,) = [one for one in seen if one.checks]
    assert flagged.changed
    assert flagged.source == "The height of the wave above the calm sea"
    assert sum(one.changed for one in seen) == 1


def one(text: str, later: str | None, *checks: str) -> Seen:
    return Seen("it-IT", "help/a.md", "x", text, later, frozenset(checks))


def test_the_same_text_counts_once_and_is_changed_where_it_was_changed_anywhere() -> None:
    (kept,) = distinct([one("a", "a", "p"), one("a", "b"), one("a", "a", "q")])
    assert kept.changed
    assert kept.checks == {"p", "q"}


def test_the_lift_is_the_share_of_changed_among_flagged_over_that_among_the_rest() -> None:
    seen = (one("a", "b", "p"), one("b", "b"), one("c", "c"), one("d", "x"), one("e", None, "q"))
    figures = edited.figures(Edits({"it-IT": 2}, seen))
    assert figures["overall"]["unflagged_changed"] == 0.3333
    assert figures["checks"]["p"] == {"segments": 1, "changed": 1, "share": 1.0, "lift": 3.0}
    assert "2 pages" in edited.tell(Edits({"it-IT": 2}, seen), verbose=True)


def test_alarms_are_counted_for_each_thousand_segments() -> None:
    alarm = Alarm("human", "it-IT", "a.md", 3, "some-check", Severity.WARNING, "s", "t", "m")
    found = Loudness({"human": 500, "other project": 0}, (alarm,))
    figures = alarms.figures(found)
    assert figures["overall"]["human"]["warning"] == 2.0
    assert figures["overall"]["other project"]["warning"] is None
    assert figures["checks"]["some-check"]["human"] == {"findings": 1, "per_thousand": 2.0}
    assert "a.md:3" in alarms.tell(found, verbose=True)


def test_costs_are_shares_of_reading() -> None:
    said = cost.Cost(10, 2.0, 0.2, 0.5, {"dear": 0.3, "cheap": 0.1})
    assert cost.figures(said)["checks"] == {"cheap": 0.05, "dear": 0.15}
    text = cost.tell(said)
    assert "the checks alone 20.0 %" in text
    assert text.index("dear") < text.index("cheap")
