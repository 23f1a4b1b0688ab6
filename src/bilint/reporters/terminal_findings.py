"""Findings for a person at a terminal: where, what, and both texts with the place marked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bilint.model.finding import Finding, FindingState, Severity
from bilint.model.record import TYPE_CHECKING, NamedTuple
from bilint.reporters.colour import Role
from bilint.reporters.escape import visible
from bilint.reporters.layout import (
    Line,
    Piece,
    count,
    excerpt,
    fit,
    is_right_to_left,
    pad_left,
    series,
    width,
    wrap,
)
from bilint.reporters.view import View

if TYPE_CHECKING:
    from bilint.model.decision import Decision

SEVERITY_ROLES = {
    Severity.ERROR: Role.ERROR,
    Severity.WARNING: Role.WARNING,
    Severity.INFO: Role.INFO,
}
SHOWN = 2
"""So many findings of one check on a page are shown in full; of more, only the first is."""

SOURCE = "source"
INDENT = "    "


_SHOWN_STATES = frozenset((FindingState.OPEN, FindingState.EXPIRED, FindingState.EARLIER))


def is_shown(finding: Finding, view: View) -> bool:
    """Whether it is printed; what is not is counted."""
    if finding.state is FindingState.ACCEPTED:
        return view.verbose
    return finding.state in _SHOWN_STATES and (
        view.verbose or finding.severity is not Severity.INFO
    )


def severities(findings: Iterable[Finding]) -> str:
    """`3 errors, 2 warnings and 1 info`; empty where there are none."""
    counts = Counter(finding.severity for finding in findings)
    return series(
        [
            count(counts[severity], severity.value, "info" if severity is Severity.INFO else "")
            for severity in Severity
            if counts[severity]
        ]
    )


def finding_lines(findings: Iterable[Finding], view: View) -> Iterator[Line]:
    """Findings by locale, those on source pages last; the worst page first."""
    of_locale: dict[str, list[Finding]] = defaultdict(list)
    for finding in sorted(findings, key=lambda one: not one.state.is_open):
        if is_shown(finding, view):
            of_locale["" if finding.locale is None else finding.locale].append(finding)
    for locale in sorted(of_locale, key=lambda name: (not name, name)):
        own = of_locale[locale]
        pages = len({finding.path for finding in own})
        yield [
            Piece(locale or SOURCE, Role.HEADING),
            Piece(f"  {severities(own)} on {count(pages, 'page')}", Role.DIM),
        ]
        yield []
        for page in _worst_first(own):
            for row in _rows(page, view):
                yield from _finding(row, locale or SOURCE, view)
                yield []


def _worst_first(findings: Iterable[Finding]) -> list[list[Finding]]:
    pages: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        pages[finding.path].append(finding)

    def badness(path: str) -> tuple[int, int, int, str]:
        counts = Counter(finding.severity for finding in pages[path])
        return (
            -counts[Severity.ERROR],
            -counts[Severity.WARNING],
            -counts[Severity.INFO],
            path,
        )

    return [pages[path] for path in sorted(pages, key=badness)]


def _rows(page: Sequence[Finding], view: View) -> list[list[Finding]]:
    """What is shown as one, in the order of the page."""
    groups: dict[tuple[str, FindingState, Severity], list[Finding]] = defaultdict(list)
    for finding in page:
        groups[finding.group, finding.state, finding.severity].append(finding)
    rows = []
    for group in groups.values():
        ordered = sorted(group, key=_place)
        if view.verbose or len(ordered) <= SHOWN:
            rows += [[finding] for finding in ordered]
        else:
            rows.append(ordered)
    return sorted(rows, key=lambda row: _place(row[0]))


def _place(finding: Finding) -> tuple[int, int, str, str]:
    return (finding.line, finding.column, finding.check, finding.message)


def _finding(row: Sequence[Finding], label: str, view: View) -> Iterator[Line]:
    finding = row[0]
    place = Piece(visible(f"{finding.path}:{finding.line}:{finding.column}:"), Role.HEADING)
    said = [
        Piece(finding.severity.value, SEVERITY_ROLES[finding.severity]),
        Piece(f"[{finding.confidence}] ", Role.DIM),
        *_standing(finding),
        Piece(f"{finding.check}: "),
        Piece(finding.message),
    ]
    if view.width is not None and width(place.text) > view.width:
        # A place is there to be copied: it is never broken.
        yield [place]
        yield from wrap([Piece(INDENT), *said], view.width, INDENT)
    else:
        yield from wrap([place, Piece(" "), *said], view.width, INDENT)
    columns = max(width(fit(label, 12)), len(SOURCE))
    source = finding.source
    if source is not None:
        yield from _quote(Quote(SOURCE, source.text, source.before, source.after), columns, view)
    if finding.text:
        quote = Quote(label, finding.text, finding.before, finding.after)
        yield from _quote(quote, columns, view)
    if finding.suggestion is not None:
        # As it would read: a suggestion alone may be a blank, or nothing at all.
        kind = "fix" if finding.suggestion.safe else "try"
        room = _room(columns, view)
        fixed = excerpt(finding.before, finding.suggestion.text, finding.after, room)
        yield [
            _margin(kind, columns),
            Piece(fixed.before, Role.DIM),
            Piece(fixed.marked, Role.ADDED),
            Piece(fixed.after, Role.DIM),
        ]
    if finding.decision is not None:
        yield [
            _margin("decided", columns),
            Piece(fit(_decided(finding, finding.decision), _room(columns, view)), Role.DIM),
        ]
    if view.verbose:
        yield from _details(finding, columns, view)
    if len(row) > 1:
        lines = [str(line) for line in dict.fromkeys(one.line for one in row[1:])]
        where = f"{'line' if len(lines) == 1 else 'lines'} {', '.join(lines)}"
        more = f"and {len(row) - 1:,} more like this, {where}"
        yield [_margin("", columns), Piece(fit(more, _room(columns, view)), Role.DIM)]


def _standing(finding: Finding) -> Iterator[Piece]:
    if finding.state is FindingState.EARLIER:
        yield Piece("(before this change) ", Role.DIM)
    elif finding.state is FindingState.ACCEPTED:
        yield Piece("(accepted) ", Role.DIM)
    elif finding.state is FindingState.EXPIRED:
        yield Piece("(was accepted) ", Role.WARNING)


def _decided(finding: Finding, decision: Decision) -> str:
    """What was decided, by whom and why; and why that no longer holds."""
    said = f"{decision.verdict} by {decision.by} on {decision.at[:10]}"
    if decision.reason:
        said += f": {decision.reason}"
    if finding.state is not FindingState.EXPIRED:
        return said
    before, now = decision.digests, finding.digests
    changed = [
        name
        for name, old, new in (
            ("source", before.source, now.source),
            ("translation", before.target, now.target),
        )
        if old != new and (old and new)  # without one of them nobody can tell
    ]
    return f"until the {' and the '.join(changed) or 'page'} changed, {said}"


class Quote(NamedTuple):
    """A text under its label, and what stands around it."""

    label: str
    text: str
    before: str = ""
    after: str = ""


def _quote(quote: Quote, columns: int, view: View) -> Iterator[Line]:
    """The text with its surroundings on one line, and a line of carets beneath."""
    label, text, before, after = quote
    room = _room(columns, view)
    if not before and not after:
        yield [_margin(label, columns), Piece(fit(text, room))]
        return
    if is_right_to_left(before + text + after):
        # The terminal decides the order of the words: carets would stand under others.
        shown = excerpt(f"{before}⟦", text, f"⟧{after}", room)
        yield [_margin(label, columns), Piece("".join(shown))]
        return
    shown = excerpt(before, text, after, room)
    yield [
        _margin(label, columns),
        Piece(shown.before, Role.DIM),
        Piece(shown.marked, Role.MARK),
        Piece(shown.after, Role.DIM),
    ]
    blanks = " " * width(shown.before)
    yield [_margin("", columns), Piece(f"{blanks}{'^' * max(1, width(shown.marked))}")]


def _details(finding: Finding, columns: int, view: View) -> Iterator[Line]:
    source = finding.source
    if source is not None:
        place = f"{source.path}:{source.line}"
        if source.revision is not None:
            place += f" at {source.revision[:10]}"
        yield [_margin("at", columns), Piece(fit(place, _room(columns, view)), Role.DIM)]
    for key in sorted(finding.evidence):
        value = finding.evidence[key]
        if value is not None:
            text = fit(f"{key.replace('_', ' ')}: {value}", _room(columns, view))
            yield [_margin("because", columns), Piece(text, Role.DIM)]


def _margin(label: str, columns: int) -> Piece:
    return Piece(f"{INDENT}{pad_left(fit(label, 12), columns)} │ ", Role.DIM)


def _room(columns: int, view: View) -> int | None:
    return None if view.width is None else max(view.width - columns - 7, 20)
