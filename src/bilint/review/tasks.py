"""What there is to decide on a page: its segments that ask for it, and its findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from bilint.answers import Asked, asked
from bilint.desk.pages import OpenPage
from bilint.model.alignment import Basis, SegmentState, Unit
from bilint.model.decision import Decision, Place
from bilint.model.digests import Digests
from bilint.model.document import Segment
from bilint.model.finding import Finding, Severity, Side
from bilint.model.record import NamedTuple
from bilint.model.text import LineIndex
from bilint.queue import NO_WORK

BY_PAGE = frozenset(("merge-conflict",))
"""Checks whose findings go over several segments: only the page has both versions."""


class Subject(NamedTuple):
    """One thing that can be decided on: a segment, a finding (then `finding` is there), a page.

    `about` is the check of a finding, and what a question about a page is called.
    """

    fingerprint: str
    digests: Digests
    finding: Finding | None = None
    about: str | None = None


class Whole(NamedTuple):
    """What is asked about a page as a whole; `said` are lines that tell what can be done."""

    fingerprint: str
    about: str
    place: Place
    said: tuple[str, ...]


class Task(NamedTuple):
    """A segment of a page with all that is open about it; or the page (then `whole` is there).

    `unit` has its three texts, and is None where the findings stand in no segment. `is_known`
    says that the source at the pin is known; otherwise the unit was laid beside the source as it
    is now. `asked` is there while the segment itself waits for an answer. `position` is
    its place on the page, `line` where the translation stands or belongs.
    """

    locale: str
    path: str
    position: int
    line: int
    offset: int
    unit: Unit | None
    is_known: bool
    asked: Asked | None
    findings: tuple[Finding, ...]
    whole: Whole | None = None

    @property
    def key(self) -> tuple[str, str]:
        """The page."""
        return self.locale, self.path

    @property
    def where(self) -> str:
        """The page, and the line unless it is about all of it."""
        return f"{self.path}:{self.line}" if self.whole is None else self.path

    @property
    def state(self) -> SegmentState | None:
        """What became of its source; None where that is not known."""
        return self.unit.state if self.unit is not None and self.is_known else None

    @property
    def target(self) -> Segment | None:
        """The translation."""
        return self.unit.target if self.unit is not None else None

    @property
    def source(self) -> Segment | None:
        """The source as it is now; as it was, where it is gone."""
        return (self.unit.head or self.unit.base) if self.unit is not None else None

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """All that can be decided on: the segment first, if it asks, then the findings."""
        found = [Subject(one.fingerprint, one.digests, one, one.check) for one in self.findings]
        if self.whole is not None:
            found.insert(0, Subject(self.whole.fingerprint, Digests(), None, self.whole.about))
        if self.asked is not None:
            found.insert(0, Subject(self.asked.fingerprint, self.asked.digests))
        return tuple(found)

    @property
    def names(self) -> frozenset[str]:
        """The fingerprints of all that is open about it."""
        return frozenset(one.fingerprint for one in self.subjects)

    @property
    def severity(self) -> Severity | None:
        """The worst of its findings."""
        return min((one.severity for one in self.findings), key=lambda s: s.rank, default=None)


class Filter(NamedTuple):
    """Which tasks are looked at; None stands for all.

    `states` are those of segments, `finding` for a segment that is current, or `page`. `statuses`
    are `open` (nobody said anything), or verdicts that leave a task open: `skipped`, `rework`,
    `assigned`.
    `text` has to be in one of the texts, in a message or in the path.
    """

    severities: frozenset[str] | None = None
    families: frozenset[str] | None = None
    states: frozenset[str] | None = None
    statuses: frozenset[str] | None = None
    path: str | None = None
    text: str | None = None
    locale: str | None = None

    def takes(self, task: Task, status: str) -> bool:
        """Whether a task is looked at."""
        if self.severities is not None and not (
            {one.severity.value for one in task.findings} & self.severities
        ):
            return False
        if self.families is not None and not (
            {one.family.value for one in task.findings} & self.families
        ):
            return False
        if self.states is not None:
            state = task.state.value if task.asked is not None and task.state else "finding"
            state = "page" if task.whole is not None else state
            if state not in self.states:
                return False
        if self.path is not None and self.path not in task.path:
            return False
        if self.locale not in (None, task.locale):
            return False
        if self.statuses is not None and status not in self.statuses:
            return False
        return self.text is None or self.text.casefold() in _said(task)


def _said(task: Task) -> str:
    unit = task.unit
    segments = () if unit is None else (unit.base, unit.head, unit.target)
    parts = [task.path, *(one.text for one in segments if one is not None)]
    parts += (f"{one.check} {one.message} {one.text}" for one in task.findings)
    parts += task.whole.said if task.whole is not None else ()
    return "\n".join(parts).casefold()


def is_work(finding: Finding, severities: Collection[Severity]) -> bool:
    """Whether somebody at the desk has to look at a finding."""
    return (
        finding.state.is_open
        and finding.side is Side.TARGET
        and finding.locale is not None
        and finding.check not in NO_WORK
        and finding.severity in severities
    )


def units_of(page: OpenPage) -> tuple[Unit, ...]:
    """The units of a page; those of one without a known pin have the source as it is now."""
    if page.judgement.units:
        return page.judgement.units
    now = page.aligned.basis is Basis.HEAD
    return tuple(
        Unit(
            None if now else pair.source,
            pair.target,
            pair.source if now else None,
            SegmentState.CURRENT,
        )
        for pair in page.aligned.segments
    )


def tasks_of(page: OpenPage, findings: Iterable[Finding]) -> tuple[Task, ...]:
    """The tasks of a page in its order; `findings` are those that are looked at."""
    units = units_of(page)
    is_known = bool(page.judgement.units)
    waiting = {one.position: one for one in asked(units, page.locale) if not one.unit.answered}
    lines = LineIndex(page.data)
    inside: dict[int, list[Finding]] = {}
    outside: list[Finding] = []
    for finding in findings:
        index = _unit_of(finding, units)
        if index is None:
            outside.append(finding)
        else:
            inside.setdefault(index, []).append(finding)
    tasks = []
    offset = page.document.body_start
    for index, unit in enumerate(units):
        if unit.target is not None:
            offset = unit.target.start
        own = tuple(sorted(inside.get(index, ()), key=_order))
        if index in waiting or own:
            tasks.append(
                Task(
                    page.locale,
                    page.path,
                    index,
                    lines.line(min(offset, len(page.data))),
                    offset,
                    unit,
                    is_known,
                    waiting.get(index),
                    own,
                )
            )
    for group in _by_line(outside):
        first = group[0]
        tasks.append(
            Task(
                page.locale,
                page.path,
                -1,
                first.line,
                first.span.start,
                None,
                is_known,
                None,
                tuple(sorted(group, key=_order)),
            )
        )
    return tuple(sorted(tasks, key=lambda task: (task.offset, task.position, task.line)))


def _order(finding: Finding) -> tuple[object, ...]:
    return (finding.severity.rank, finding.confidence.rank, *finding.span, finding.check)


def _unit_of(finding: Finding, units: Sequence[Unit]) -> int | None:
    """The first unit that a finding has a byte of."""
    start, end = finding.span
    if (start, end) == (0, 0):
        return None
    for index, unit in enumerate(units):
        segment = unit.target
        if (
            segment is not None
            and start < max(segment.end, segment.start + 1)
            and segment.start < max(end, start + 1)
        ):
            return index
    return None


def _by_line(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    groups: dict[int, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.line, []).append(finding)
    yield from groups.values()


class Standing(NamedTuple):
    """What was said about a task and left it open, newest last; `assignment` is who has it."""

    verdict: Decision | None = None
    assignment: Decision | None = None
    remarks: tuple[Decision, ...] = ()

    @property
    def status(self) -> str:
        """`open`, or why it still is."""
        if self.verdict is not None and self.verdict.verdict.value in ("skipped", "rework"):
            return self.verdict.verdict.value
        return "assigned" if self.assignment is not None else "open"


def leading_numbers(said: str) -> tuple[list[int] | None, str]:
    """Numbers at the beginning of what was said, and the rest; None where there are none."""
    word, _, rest = said.strip().partition(" ")
    parts = word.split(",")
    if word and all(part.isdecimal() and len(part) < 4 for part in parts if part):
        return [int(part) for part in parts if part], rest.strip()
    return None, said.strip()


def chosen(task: Task, numbers: Sequence[int]) -> list[Subject] | None:
    """The subjects of these numbers: 0 is the segment."""
    by_number: dict[int, Subject] = {}
    count = 0
    for subject in task.subjects:
        if subject.finding is None:
            by_number[0] = subject
        else:
            count += 1
            by_number[count] = subject
    if not numbers or any(number not in by_number for number in numbers):
        return None
    return [by_number[number] for number in dict.fromkeys(numbers)]
