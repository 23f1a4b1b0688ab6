"""Repairs applied: page by page, seen through before a byte is written."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from bilint.checks.engine import describe_error
from bilint.desk.pages import Desk, OpenPage
from bilint.edits import NOT_TEXT, OVERLAP, Edit, Shift, apply, difference_elsewhere
from bilint.fixes import Fix, compare_findings, known_fixes
from bilint.model.finding import Finding, Side
from bilint.model.record import NamedTuple
from bilint.model.report import Report
from bilint.model.text import Span
from bilint.pipeline.request import Request, UsageError
from bilint.readers.disk import WriteError, write_atomically

_ROUNDS = 10
"""Times that a page is gone through: a repair may bare the place of another one."""


class Wanted(NamedTuple):
    """Which repairs are wanted: of these checks (None: of all), and whether unsafe ones are."""

    checks: frozenset[str] | None = None
    unsafe: bool = False


class Refused(NamedTuple):
    """A repair that was not made, and why."""

    finding: Finding
    reason: str


class FixedPage(NamedTuple):
    """What became of one page that something was to be repaired on.

    `blob_before` and `blob_after` are the ids that git gives to its contents. `failure` says why
    it could not be written; then nothing was. `broken` says that Bilint itself failed on it.
    """

    locale: str
    path: str
    before: bytes
    after: bytes
    blob_before: str
    blob_after: str
    fixed: tuple[Finding, ...] = ()
    refused: tuple[Refused, ...] = ()
    written: bool = False
    failure: str | None = None
    broken: bool = False


class Fixed(NamedTuple):
    """What came of it all.

    `unsafe` counts repairs that are there for `--unsafe` alone; `repositories` are the git
    directories of the locales.
    """

    pages: tuple[FixedPage, ...]
    unsafe: int
    report: Report
    repositories: Mapping[str, str] = {}


def fix(
    request: Request,
    wanted: Wanted,
    *,
    dry_run: bool,
    tick: Callable[[int, int], None] = lambda _done, _all: None,
) -> Fixed:
    """Repair what is open on the pages that `request` asks for, and write them unless `dry_run`.

    Raises `UsageError` where pages are to be written that are no files of a checkout.
    """
    with Desk(request, tick) as desk:
        if not dry_run:
            _insist_on_checkouts(desk)
            desk.clear_folders()
        pages = tuple(_fixed_pages(desk, wanted, dry_run=dry_run))
        left = _left_for_unsafe(desk.report, pages, wanted) if not wanted.unsafe else 0
        sides = desk.workspace.targets.items()
        homes = {locale: side.repository.git_dir for locale, side in sides}
        return Fixed(pages, left, desk.report, homes)


def _insist_on_checkouts(desk: Desk) -> None:
    wrong = [
        f"{locale}: its pages are read out of commits, and no file can be written there; name a"
        " checkout without a revision, or ask for --diff or --patch"
        for locale in sorted(desk.workspace.targets)
        if not desk.is_writable(locale)
    ]
    if wrong:
        raise UsageError("\n".join(wrong))


def _fixed_pages(desk: Desk, wanted: Wanted, *, dry_run: bool) -> Iterator[FixedPage]:
    findings: dict[tuple[str, str], list[Finding]] = {}
    for finding in desk.report.findings or ():
        if finding.locale is not None and finding.side is Side.TARGET:
            findings.setdefault((finding.locale, finding.path), []).append(finding)
    for locale, path in desk.pages:
        if not known_fixes(
            findings.get((locale, path), ()), b"", unsafe=wanted.unsafe, checks=wanted.checks
        ):
            continue
        try:
            page = fix_page(desk, desk.open(locale, path), wanted)
        except Exception as error:
            yield FixedPage(
                locale, path, b"", b"", "", "", failure=describe_error(error), broken=True
            )
            continue
        yield page if dry_run else _written(desk, page)
        if page.fixed and not dry_run:
            desk.lift(locale, path)


def _left_for_unsafe(report: Report, pages: Sequence[FixedPage], wanted: Wanted) -> int:
    """How many repairs only `--unsafe` would make."""
    unsafe = known_fixes(report.findings or (), b"", unsafe=True, checks=wanted.checks)
    mended = {id(one) for page in pages for one in page.fixed}
    return sum(
        fix.finding.suggestion is not None
        and not fix.finding.suggestion.safe
        and id(fix.finding) not in mended
        for fix in unsafe
    )


def _written(desk: Desk, page: FixedPage) -> FixedPage:
    if not page.fixed:
        return page
    top = desk.side(page.locale).repository.work_tree or ""
    place = os.path.join(top, page.path)  # noqa: PTH118
    if not os.path.lexists(place):
        return page._replace(failure="it is not checked out")
    try:
        write_atomically(place, page.after, expected=page.before, top=top)
    except WriteError as error:
        return page._replace(failure=str(error))
    return page._replace(written=True)


def fix_page(desk: Desk, page: OpenPage, wanted: Wanted) -> FixedPage:
    """One page with its repairs made; it stays laid over the page on the desk.

    A page is gone through again until there is nothing left to be done, so that another run
    finds nothing to do.
    """
    first, fixed = page, list[Finding]()
    refused: list[Refused] = []
    for _round in range(_ROUNDS):
        known = known_fixes(page.findings, page.data, unsafe=wanted.unsafe, checks=wanted.checks)
        if any(one.code == "not-utf-8" for one in page.document.problems):
            refused = [Refused(fix.finding, NOT_TEXT) for fix in known]
            break
        done = _Round(desk, page, known)
        page, refused = done.page, done.refused
        fixed += done.fixed
        if not done.fixed:
            break
    if desk.open(page.locale, page.path).data != page.data:
        page = desk.recheck(page.locale, page.path, page.data)
    return FixedPage(
        page.locale,
        page.path,
        first.data,
        page.data,
        first.aligned.target.blob,
        page.aligned.target.blob,
        tuple(fixed),
        tuple(refused),
    )


class Mended(NamedTuple):
    """A page with some repairs made, laid over it on the desk, and what was refused of them."""

    page: OpenPage
    fixed: tuple[Finding, ...]
    refused: tuple[Refused, ...]


def mend(desk: Desk, page: OpenPage, fixes: Sequence[Fix]) -> Mended:
    """Make these repairs of one page and no others; nothing is written to disk."""
    done = _Round(desk, page, fixes)
    return Mended(done.page, tuple(done.fixed), tuple(done.refused))


class _Objection(NamedTuple):
    """Why a page must not become what edits make of it, and where that stands in it as it is."""

    reason: str
    place: Span | None = None


class _Round:
    """The repairs of one page tried: all at once, and where that goes wrong, in ever fewer.

    Each is judged on the page as the ones before it left it.
    """

    def __init__(self, desk: Desk, page: OpenPage, fixes: Sequence[Fix]) -> None:
        self._desk = desk
        self.page = page
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
