"""How things went, for a person at a terminal: lines of blocks, tables, what is new and fixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import floor

from bilint.model.alignment import PageStatus
from bilint.model.finding import Family, Severity
from bilint.model.trend import Change, LocaleFigures, RunFigures, Trend
from bilint.reporters.colour import Role
from bilint.reporters.layout import (
    Column,
    Line,
    Piece,
    Table,
    count,
    fit_path,
    number,
    paint,
    series,
    share,
    width,
    wrap,
)
from bilint.reporters.view import View
from bilint.stores.history.seen import Difference, Seen

BLOCKS = "▁▂▃▄▅▆▇█"
SHOWN = 12
"""Runs in the table, the newest ones, unless told otherwise."""

FINDINGS_SHOWN = 10
"""New and fixed findings that are listed a locale, unless all are asked for."""

_SPARK = 60
_ROLES = {Severity.ERROR: Role.ERROR, Severity.WARNING: Role.WARNING, Severity.INFO: Role.INFO}


def sparkline(values: Sequence[float | None], columns: int) -> str:
    """Values as blocks of growing height, from nothing to the largest; a blank where unknown.

    More values than columns are brought together, each column being their mean.
    """
    known = [value for value in values if value is not None]
    most = max(known, default=0.0)
    spans = [values] if not values else _spans(values, columns)
    drawn = []
    for span in spans:
        here = [value for value in span if value is not None]
        if not here:
            drawn.append(" ")
            continue
        height = sum(here) / len(here) / most if most else 0.0
        drawn.append(BLOCKS[min(floor(height * len(BLOCKS)), len(BLOCKS) - 1)])
    return "".join(drawn).rstrip()


def _spans(values: Sequence[float | None], columns: int) -> list[Sequence[float | None]]:
    if len(values) <= columns:
        return [[value] for value in values]
    edges = [len(values) * at // columns for at in range(columns + 1)]
    return [values[start:end] for start, end in pairwise(edges)]


def render_trend(
    trend: Trend,
    differences: Mapping[str | None, Difference],
    view: View,
    *,
    shown: int | None = SHOWN,
) -> Iterator[str]:
    """All locales, one after the other: lines over all runs, the last runs, what is new.

    `shown` is how many runs stand in the tables, None for all.
    """
    return (paint(line, view.style) for line in _trend(trend, differences, view, shown))


def trend_lines(report_trend: Trend) -> Iterator[Line]:
    """What a report says of its trend: a line for each locale."""
    yield from _unlike(report_trend)
    for change in report_trend.changes:
        runs = _runs_of(report_trend, change.locale)
        yield [
            Piece(f"{change.locale or 'source'}  ", Role.HEADING),
            *_change(change, report_trend.since),
            *_moves(runs),
        ]
    if not report_trend.changes:
        yield [Piece("this is the first run that is kept: nothing to compare with", Role.DIM)]
    yield []


def day(at: str) -> str:
    """The day of a time."""
    return at[:10]


def _trend(
    trend: Trend,
    differences: Mapping[str | None, Difference],
    view: View,
    shown: int | None,
) -> Iterator[Line]:
    if not trend.runs:
        yield [Piece("No run is kept yet.", Role.DIM)]
        return
    changes = {change.locale: change for change in trend.changes}
    for locale in sorted({one.locale for run in trend.runs for one in run.locales}):
        yield from _locale(trend, locale, view, shown)
        if locale in changes:
            yield from _changed(changes[locale], trend, differences.get(locale), view)
    source = changes.get(None)
    if source is not None and (source.new or source.fixed or source.still):
        yield [Piece("source", Role.HEADING)]
        yield from _changed(source, trend, differences.get(None), view)
    yield from _unlike(trend)


def _locale(trend: Trend, locale: str, view: View, shown: int | None) -> Iterator[Line]:
    runs = _runs_of(trend, locale)
    times = [day(run.at) for run, _ in runs]
    rebuilt = sum(run.rebuilt for run, _ in runs)
    said = f"  {count(len(runs), 'run')}, {times[0]} to {times[-1]}"
    if rebuilt:
        said += f"; {rebuilt:,} rebuilt from git"
    yield [Piece(locale, Role.HEADING), Piece(said, Role.DIM)]
    yield []
    yield from _sparks([figures for _run, figures in runs], view)
    yield []
    table = _table(runs[-shown:] if shown else runs, view)
    yield table.header()
    yield from map(table.line, table.rows)
    if shown and len(runs) > shown:
        yield [Piece(f"and {count(len(runs) - shown, 'earlier run')}", Role.DIM)]
    yield []


def _sparks(figures: Sequence[LocaleFigures], view: View) -> Iterator[Line]:
    """A line for each figure, and for each family of which anything was ever found."""
    rows: list[tuple[str, list[float | None], Callable[[float | None], str]]] = [
        ("pages", [sum(one.pages.values()) for one in figures], _whole),
        ("stale", [one.pages.get(PageStatus.STALE, 0) for one in figures], _whole),
        ("words to do", [one.words_to_do for one in figures], _whole),
        ("human share", [one.human_share for one in figures], share),
        ("findings", [sum(one.findings.values()) for one in figures], _whole),
    ]
    if any(map(_unknown, figures)):
        rows.insert(2, ("unknown", [_unknown(one) for one in figures], _whole))
    for family in Family:
        values: list[float | None] = [_of(one, family=family) for one in figures]
        if any(values):
            rows.append((f"  {family.value.replace('_', ' ')}", values, _whole))
    room = 46 if view.width is None else view.width - 34
    columns = min(max(room, 10), _SPARK, len(figures))
    for name, values, said in rows:
        known = [value for value in values if value is not None]
        least, most = (said(min(known)), said(max(known))) if known else ("-", "-")
        yield [
            Piece(f"{name:<13}"),
            Piece(f"{said(values[-1]):>8}  ", Role.HEADING),
            Piece(sparkline(values, columns), Role.INFO),
            Piece(f"  {least} to {most}" if least != most else "", Role.DIM),
        ]


def _unknown(figures: LocaleFigures) -> int:
    """Pages of which nobody can tell whether they are stale."""
    statuses = (PageStatus.UNKNOWN, PageStatus.UNPINNED, PageStatus.CLASH)
    return sum(figures.pages.get(status, 0) for status in statuses)


def _whole(value: float | None) -> str:
    return number(None if value is None else int(value))


_Row = tuple[RunFigures, LocaleFigures]


def _table(runs: Sequence[_Row], view: View) -> Table:
    names = ("pages", "stale", "unknown", "words to do", "ht", "errors", "warnings", "notes")
    short = view.width is not None and view.width < 80
    headings = [name[:6] if short else name for name in names]
    rows = []
    measure = runs[0][0].measure
    for run, one in runs:
        said = ["rebuilt"] if run.rebuilt else []
        if run.measure != measure:
            said.append("measured otherwise than the run before")
        measure = run.measure
        rows.append(
            [
                Piece(run.at[:16].replace("T", " ") if not run.rebuilt else day(run.at)),
                Piece(number(sum(one.pages.values()))),
                Piece(number(one.pages.get(PageStatus.STALE, 0))),
                Piece(number(_unknown(one))),
                Piece(number(one.words_to_do)),
                Piece(share(one.human_share)),
                *(Piece(number(_of(one, severity=severity))) for severity in Severity),
                Piece(number(one.queue)),
                Piece("; ".join(said), Role.DIM),
            ]
        )
    columns = [
        Column("when"),
        *(Column(heading, right=True) for heading in headings),
        Column("queue", right=True),
        Column(""),
    ]
    return Table(columns, rows)


def _of(
    figures: LocaleFigures, *, family: Family | None = None, severity: Severity | None = None
) -> int:
    return sum(
        times
        for (of_family, of_severity), times in figures.findings.items()
        if family in (None, of_family) and severity in (None, of_severity)
    )


def _changed(
    change: Change, trend: Trend, difference: Difference | None, view: View
) -> Iterator[Line]:
    yield from wrap(_change(change, trend.since), view.width, "  ")
    if difference is not None and not view.quiet:
        yield from _listed("+", Role.ADDED, difference.new, view)
        yield from _listed("-", Role.GOOD, difference.fixed, view)
    yield []


def _listed(sign: str, role: Role, findings: Sequence[Seen], view: View) -> Iterator[Line]:
    """The findings, those of one check on one page together."""
    counts = Counter((one.severity, one.check, one.path) for one in findings)
    subjects = {(one.severity, one.check, one.path): one.subject for one in findings}
    listed = list(counts)[: None if view.verbose else FINDINGS_SHOWN]
    for key in listed:
        severity, check, path = key
        lead = f" {check}" if counts[key] == 1 else f" {check} ({counts[key]:,})"
        more = f"  {subjects[key]}" if counts[key] == 1 and subjects[key] else ""
        room = None if view.width is None else max(view.width - 14 - width(lead), 20)
        fits = room is None or width(path + more) <= room
        yield [
            Piece(f"  {sign} ", role),
            Piece(severity.value, _ROLES[severity]),
            Piece(f"{lead}  "),
            Piece(fit_path(path, room)),
            Piece(more if fits else "", Role.DIM),
        ]
    rest = sum(counts.values()) - sum(counts[key] for key in listed)
    if rest:
        yield [Piece(f"  {sign} and {rest:,} more (--verbose)", Role.DIM)]


def _change(change: Change, since: str | None) -> Iterator[Piece]:
    yield Piece(f"{change.new:,} new", Role.ERROR if change.new else Role.DIM)
    yield Piece(", ")
    yield Piece(f"{change.fixed:,} fixed", Role.GOOD if change.fixed else Role.DIM)
    yield Piece(f", {change.still:,} still open")
    yield Piece("" if since is None else f" since {day(since)}", Role.DIM)


def _moves(runs: Sequence[_Row]) -> Iterator[Piece]:
    """How words to do and human share moved, the run before against the last."""
    if len(runs) < 2:
        return
    (_, before), (_, now) = runs[-2:]
    parts = []
    if before.words_to_do != now.words_to_do:
        parts.append(f"words to do {before.words_to_do:,} → {now.words_to_do:,}")
    if before.human_share != now.human_share:
        parts.append(f"human share {share(before.human_share)} → {share(now.human_share)}")
    if parts:
        yield Piece(f"; {series(parts)}")


def _unlike(trend: Trend) -> Iterator[Line]:
    if not trend.unlike:
        return
    yield [
        Piece("not alike ", Role.WARNING),
        Piece("the run before was measured otherwise: what is new may be new to Bilint alone"),
    ]
    yield from ([Piece(f"  {one}", Role.DIM)] for one in trend.unlike)


def _runs_of(trend: Trend, locale: str | None) -> list[_Row]:
    return [(run, one) for run in trend.runs for one in run.locales if one.locale == locale]
