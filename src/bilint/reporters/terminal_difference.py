"""What a change caused, for a person at a terminal: page by page, and the sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bilint.model.difference import LocaleDifference, PageDifference, RunDifference
from bilint.model.finding import Finding, Severity
from bilint.reporters.colour import Role
from bilint.reporters.layout import Line, Piece, count, fit, number, paint, series, share, wrap
from bilint.reporters.view import View

SHOWN = 5
"""Findings of one kind that are listed a page, unless all are asked for."""

_ROLES = {Severity.ERROR: Role.ERROR, Severity.WARNING: Role.WARNING, Severity.INFO: Role.INFO}


def render_difference(difference: RunDifference, view: View) -> Iterator[str]:
    """The pages that stand otherwise, and what it comes to."""
    return (paint(line, view.style) for line in _lines(difference, view))


def _lines(difference: RunDifference, view: View) -> Iterator[Line]:
    for one in difference.locales:
        for page in one.pages:
            yield from _page(page, view)
    if not view.quiet:
        yield from _beside(difference)
    for one in difference.locales:
        yield from wrap(_sums(one), view.width, "  ")


def _page(page: PageDifference, view: View) -> Iterator[Line]:
    shown_new, shown_fixed = _shown(page.new, view), _shown(page.fixed, view)
    if page.before == page.after and not shown_new and not shown_fixed:
        return
    name = page.locale or "source"
    yield [Piece(f"{name} ", Role.DIM), Piece(page.path, Role.HEADING), *_moved(page)]
    for sign, role, findings, hidden in (
        ("+", Role.ADDED, shown_new, len(page.new) - len(shown_new)),
        ("-", Role.GOOD, shown_fixed, len(page.fixed) - len(shown_fixed)),
    ):
        yield from _findings(sign, role, findings, view)
        if hidden:
            yield [Piece(f"  {sign} {count(hidden, 'note')} (--verbose)", Role.DIM)]
    yield []


def _shown(findings: Sequence[Finding], view: View) -> list[Finding]:
    return [one for one in findings if view.verbose or one.severity is not Severity.INFO]


def _moved(page: PageDifference) -> Iterator[Piece]:
    """How the page stands now, where it stood otherwise."""
    before, after = page.before, page.after
    if before is None or after is None:
        if before is not None or after is not None:
            yield Piece("  new page" if before is None else "  gone", Role.INFO)
    elif before.status is not after.status:
        yield Piece(f"  {before.status.value} → {after.status.value}", Role.INFO)
    if page.words:
        yield Piece(f"  {page.words:+,} words to do", Role.WARNING if page.words > 0 else Role.GOOD)
    if before is not None and after is not None and before.human_share != after.human_share:
        yield Piece(f"  ht {share(before.human_share)} → {share(after.human_share)}", Role.DIM)


def _findings(sign: str, role: Role, findings: Sequence[Finding], view: View) -> Iterator[Line]:
    counts = Counter(one.check for one in findings)
    listed: Counter[str] = Counter()
    for one in findings:
        listed[one.check] += 1
        if listed[one.check] > SHOWN and not view.verbose:
            continue
        head = f"{one.line}:{one.column}"
        room = None if view.width is None else max(view.width - 16 - len(one.check), 20)
        yield [
            Piece(f"  {sign} ", role),
            Piece(f"{head:<8} ", Role.DIM),
            Piece(one.severity.value, _ROLES[one.severity]),
            Piece(f" {one.check}: "),
            Piece(fit(one.message, room)),
        ]
    for check, times in counts.items():
        if times > SHOWN and not view.verbose:
            yield [Piece(f"  {sign} and {times - SHOWN:,} more of {check} (--verbose)", Role.DIM)]


def _beside(difference: RunDifference) -> Iterator[Line]:
    one, other = map(_short, difference.revisions)
    text = f"{difference.side}: {one} → {other}"
    beside = [
        f"{name} {_short(then)}" + (f" → {_short(now)}" if then != now else "")
        for name, (then, now) in difference.others.items()
    ]
    yield [Piece(text + (f"; beside it {series(beside)}" if beside else ""), Role.DIM)]


def _short(revision: str | None) -> str:
    return "the working tree" if revision is None else revision[:9]


def _sums(one: LocaleDifference) -> Iterator[Piece]:
    yield Piece(f"{one.locale or 'source'}  ", Role.HEADING)
    yield Piece(f"{one.new:,} new", Role.ERROR if one.new else Role.DIM)
    yield Piece(", ")
    yield Piece(f"{one.fixed:,} fixed", Role.GOOD if one.fixed else Role.DIM)
    yield Piece(f", {one.still:,} still open")
    became = Counter(
        page.after.status.value
        for page in one.pages
        if page.before and page.after and page.before.status is not page.after.status
    )
    came = sum(page.before is None and page.after is not None for page in one.pages)
    gone = sum(page.after is None and page.before is not None for page in one.pages)
    parts = [f"{count(times, 'page')} became {status}" for status, times in sorted(became.items())]
    parts += [f"{count(came, 'new page')}"] if came else []
    parts += [f"{count(gone, 'page')} gone"] if gone else []
    if one.words[0] != one.words[1]:
        parts.append(f"words to do {number(one.words[0])} → {number(one.words[1])}")
    if one.human_share[0] != one.human_share[1]:
        parts.append(f"human share {share(one.human_share[0])} → {share(one.human_share[1])}")
    if parts:
        yield Piece(f"; {series(parts)}")
