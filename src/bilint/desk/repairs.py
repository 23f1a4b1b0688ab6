"""Repairs of one page tried on the desk: those that leave all else as it is are made."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bilint.desk.pages import Desk, OpenPage
from bilint.edits import OVERLAP, Edit, Shift, apply, difference_elsewhere
from bilint.fixes import Fix, compare_findings
from bilint.model.finding import Finding
from bilint.model.record import NamedTuple
from bilint.model.text import Span


class Refused(NamedTuple):
    """A repair that was not made, and why."""

    finding: Finding
    reason: str


class _Objection(NamedTuple):
    """Why a page must not become what edits make of it, and where that stands in it as it is."""

    reason: str
    place: Span | None = None


class Round:
    """The repairs of one page tried: all at once, and where that goes wrong, in ever fewer.

    Each is judged on the page as the ones before it left it.
    """

    def __init__(self, desk: Desk, page: OpenPage, fixes: Sequence[Fix]) -> None:
        self._desk = desk
        self.page = page
        # What was laid last in its place, if anything: after a try that failed, another page.
        self.laid: bytes | None = None
        self.fixed: list[Finding] = []
        self.refused: list[Refused] = []
        chosen = set(apply(page.data, dict.fromkeys(fix.edit for fix in fixes)).done)
        # Of two repairs of one place the second has its chance when the first is refused.
        self._groups = [
            [fix for fix in fixes if fix.edit in chosen],
            *([fix] for fix in fixes if fix.edit not in chosen),
        ]
        self._touched: list[Span] = []
        while self._groups:
            group = self._groups.pop(0)
            if len(group) == 1 and _touches(group[0].edit.span, self._touched):
                self.refused.append(Refused(group[0].finding, OVERLAP))
            elif group:
                self._try(group)

    def _try(self, group: list[Fix]) -> None:
        """Make these repairs if all is well with the page then."""
        before = self.page
        # Two findings may ask for one and the same edit.
        applied = apply(before.data, dict.fromkeys(fix.edit for fix in group))
        if applied.left_out:
            objections = [_Objection(applied.left_out[0].reason)]
        else:
            after = self._desk.recheck(before.locale, before.path, applied.data)
            self.laid = applied.data
            fixed = [fix.finding for fix in group]
            objections = _objections(before, after, fixed, applied.done)
            if not objections:
                self.page = after
                self.fixed += fixed
                self._shift(Shift(before.data, applied.done))
                return
        if len(group) == 1:
            self.refused.append(Refused(group[0].finding, objections[0].reason))
        else:
            self._divide(group, objections)

    def _shift(self, shift: Shift) -> None:
        """Repairs were made: all others move along."""
        self._touched = [_moved(span, shift) for span in self._touched] + shift.now
        self._groups = [
            [
                fix._replace(edit=fix.edit._replace(span=_moved(fix.edit.span, shift)))
                for fix in group
            ]
            for group in self._groups
        ]

    def _divide(self, group: list[Fix], objections: Sequence[_Objection]) -> None:
        """Set apart the repairs that stand where something would be wrong; else halve them."""
        guilty: dict[int, str] = {}
        doubtful: set[int] = set()
        for reason, place in objections:
            there = [
                index
                for index, fix in enumerate(group)
                if place is not None and _touches(fix.edit.span, (place,))
            ]
            if len(there) == 1:
                guilty.setdefault(there[0], reason)
            elif there:
                doubtful.update(there)
        self.refused += (Refused(group[index].finding, guilty[index]) for index in sorted(guilty))
        left = [index for index in range(len(group)) if index not in guilty]
        suspects = [group[index] for index in left if index in doubtful]
        rest = [group[index] for index in left if index not in doubtful]
        if guilty or (suspects and rest):
            self._groups[:0] = [rest, suspects]
        else:
            half = len(group) // 2
            self._groups[:0] = [group[:half], group[half:]]


def _touches(span: Span, others: Collection[Span]) -> bool:
    return any(span.start <= other.end and other.start <= span.end for other in others)


def _moved(span: Span, shift: Shift) -> Span:
    return Span(shift.after(span.start), shift.after(span.end))


def _objections(
    before: OpenPage, after: OpenPage, fixed: Sequence[Finding], edits: Sequence[Edit]
) -> list[_Objection]:
    """Why a page must not become what edits make of it; nothing where it may."""
    if after.incidents:
        return [_Objection(f"the page could not be checked then: {after.incidents[0].error}")]
    difference = difference_elsewhere(before.document, after.document, edits)
    if difference is not None:
        return [_Objection(difference)]
    answered = _answered(after) - _answered(before)
    objections = [
        _Objection(
            "its segment waits for a new translation, and the repair would look like one",
            before.document.segments[index].span,
        )
        for index in sorted(answered)
    ]
    shift = Shift(before.data, edits)
    verdict = compare_findings(before.findings, after.findings, fixed, shift)
    objections += (_Objection("it would still be found", one.span) for one in verdict.remained)
    for new in verdict.new:
        start, end = shift.before(new.span.start), shift.before(new.span.end)
        segment = before.segment_at(start)
        objections.append(
            _Objection(
                f"it would bring another finding: {new.check} at line {new.line}: {new.message}",
                segment.span if segment is not None else Span(start, end),
            )
        )
    return objections


def _answered(page: OpenPage) -> frozenset[int]:
    """The segments that count as answered, by their number: no edit changes that."""
    number = {segment.start: index for index, segment in enumerate(page.document.segments)}
    return frozenset(
        number[unit.target.start]
        for unit in page.judgement.units
        if unit.answered and unit.target is not None and unit.target.start in number
    )
