"""What became of the translations of the source pages that somebody works on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from bilint.model.alignment import PageStatus
from bilint.model.gate import Impact
from bilint.model.report import PageResult, Report
from bilint.reporters.colour import Role
from bilint.reporters.impact_words import effect, of_source
from bilint.reporters.layout import Column, Line, Piece, Table, count, fit_path, series
from bilint.reporters.terminal_pages import ROLES
from bilint.reporters.view import View


def dependant_lines(report: Report, view: View) -> Iterator[Line]:
    """The locales that each source page makes stale, and how many others it leaves alone.

    Where a change is looked at, only what that change causes is told. An information and no
    finding: whoever writes the source is not to blame for the translations.
    """
    if report.impact is not None:
        yield from _impact_lines(report.impact, view)
        return
    of_source: dict[str, list[PageResult]] = defaultdict(list)
    for page in dependants(report):
        of_source[page.source_path or ""].append(page)
    for path in sorted(of_source):
        yield [Piece(path, Role.HEADING), Piece("  and its translations", Role.DIM)]
        yield from _translations(of_source[path], view)
        yield []


def _impact_lines(impacts: Sequence[Impact], view: View) -> Iterator[Line]:
    by_path: dict[str, list[Impact]] = defaultdict(list)
    for one in impacts:
        by_path[one.source_path].append(one)
    for path in sorted(by_path):
        ours = by_path[path]
        listed = [one for one in ours if view.verbose or one.is_felt]
        size = of_source(ours)
        changes = f"{size} of it change; in its translations" if size else "in its translations"
        yield [Piece(path, Role.HEADING), Piece(f"  {changes}", Role.DIM)]
        table = Table(
            [Column("locale"), Column("becomes stale"), Column("page")],
            [
                [
                    Piece(one.locale, Role.HEADING),
                    Piece(effect(one), Role.WARNING if one.is_felt else Role.PLAIN),
                    Piece(one.path or "", Role.DIM),
                ]
                for one in listed
            ],
        )
        yield from _fitted(table, view)
        known = sum(one.segments is not None for one in ours if one not in listed)
        unknown = len(ours) - len(listed) - known
        others = [f"{known:,} not affected"] if known else []
        others += [f"{unknown:,} of which nobody can tell"] if unknown else []
        if others:
            yield [Piece(f"  {'and ' if listed else ''}{series(others)}", Role.DIM)]
        yield []


def _fitted(table: Table, view: View) -> Iterator[Line]:
    """The rows of a table whose last column is a path, indented."""
    room = None if view.width is None else max(view.width - table.lead() - 2, 12)
    for cells in table.rows:
        path = Piece(fit_path(cells[-1].text, room), Role.DIM)
        yield [Piece("  "), *table.line([*cells[:-1], path])]


def dependants(report: Report) -> list[PageResult]:
    """The pages that are judged only because their source page was asked for."""
    return list(filter(report.is_dependant, report.pages or ()))


def _translations(pages: Sequence[PageResult], view: View) -> Iterator[Line]:
    listed = [page for page in pages if view.verbose or page.status is PageStatus.STALE]
    table = Table(
        [Column("locale"), Column("status"), Column("to do"), Column("page")],
        [
            [
                Piece(page.locale, Role.HEADING),
                Piece(page.status.value, ROLES[page.status]),
                Piece(_to_do(page)),
                Piece(page.path or "", Role.DIM),
            ]
            for page in listed
        ],
    )
    yield from _fitted(table, view)
    others = Counter(page.status.value for page in pages if page not in listed)
    if others:
        said = series([f"{number:,} {status}" for status, number in sorted(others.items())])
        yield [Piece(f"  {'and ' if listed else ''}{said}", Role.DIM)]


def _to_do(page: PageResult) -> str:
    """The work in a page, or why nobody can say."""
    if page.words_to_do is None:
        return page.reason or "-"
    if page.status is PageStatus.UNTRANSLATED:
        return count(page.words_to_do, "word")
    work = page.work
    waiting = work.stale + work.new + work.obsolete if work is not None else 0
    if waiting:
        return f"{count(waiting, 'segment')}, {count(page.words_to_do, 'word')}"
    if page.status is not PageStatus.STALE:
        return "nothing"
    if work is not None and work.answered:
        return "done: stamp it"
    return "no words: " + series([change.value for change in page.changes if change.stale])
