"""Tables: collapsed into text, without a row or a column, with empty cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bilint.checks.structure.anatomy import Table, counted, form, line_of, tables
from bilint.checks.structure.comparison import Comparison, are, subject_of
from bilint.checks.structure.markers import holds_rows
from bilint.model.finding import Confidence, Observation, Severity
from bilint.model.text import Span


def compare_tables(page: Comparison) -> None:
    """Tells what is wrong with the tables of a page; their cells are explained then."""
    if not any(_is_cell(page, i) for i in page.disturbed):
        return
    theirs = tables(page.target)
    where = {
        page.target.segments[cell].start: (t, r)
        for t, table in enumerate(theirs)
        for r, row in enumerate(table.rows)
        for cell in row
    }
    index = {pair.source.start: i for i, pair in enumerate(page.pairs) if pair.source}
    taken: set[int] = set()
    for table in tables(page.source):
        cells = [index.get(page.source.segments[cell].start) for cell in table.cells]
        known = [i for i in cells if i is not None]
        places = [
            where[target.start]
            for i in known
            if (target := page.pairs[i].target) is not None and target.start in where
        ]
        mine = [i for i in known if i not in page.done]
        if not known or len(known) < len(cells):
            page.done.update(i for i in known if page.pairs[i].target is None)
            continue
        if not places or (3 * len(places) < len(known) and _rows_near(page, known)):
            _collapsed(page, table, mine)
            continue
        t = Counter(place[0] for place in places).most_common(1)[0][0]
        taken.add(t)
        _table(page, table, theirs[t], index, where, t)
    for t, table in enumerate(theirs):
        if t not in taken:
            _extra_table(page, table)


def _is_cell(page: Comparison, index: int) -> bool:
    source, target, _ = page.pairs[index]
    return any(s is not None and form(s.shape).name == "cell" for s in (source, target))


def _rows_near(page: Comparison, indexes: list[int]) -> list[int]:
    """Those that hold the rows of a table as text, around some pairs."""
    found = []
    for i in range(max(indexes[0] - 2, 0), min(indexes[-1] + 3, len(page.pairs))):
        target = page.pairs[i].target
        if target is not None and form(target.shape).name != "cell" and holds_rows(target.text):
            found.append(i)
    return found


def _between(page: Comparison, first: int, last: int) -> range:
    return range(max(first, 0), min(last + 1, len(page.pairs)))


def _collapsed(page: Comparison, table: Table, cells: list[int]) -> None:
    lost = [i for i in cells if i in page.open]
    if not lost:
        return
    rows = counted(len(table.rows), "row")
    hosts = _rows_near(page, lost)
    strays = [
        i
        for i in _between(page, lost[0] - 1, lost[-1] + 1)
        if i in page.open and page.pairs[i].target is not None and i not in page.done
    ]
    where = hosts or (strays if 2 * len(strays) >= len(cells) else [])
    before = lost[0] - 1
    if not where and before in page.open and page.is_lost(before) and not _is_cell(page, before):
        # Lost with the section that it stands in.
        return
    page.done.update(lost)
    if where:
        page.done.update(hosts)
        page.done.update(strays)
        target = page.pairs[where[0]].target
        span = target.span if target else Span(0, 0)
        message = f"This table of {rows} has become plain text"
    else:
        span = page.place(lost[0])
        message = f"A table of {rows} is missing"
    page.say(
        "table-damaged",
        Observation(message, span, page.source_subject(lost), page.source_span(lost)),
    )


def _table(
    page: Comparison,
    ours: Table,
    theirs: Table,
    index: Mapping[int, int],
    where: Mapping[int, tuple[int, int]],
    number: int,
) -> None:
    """A table that is still a table."""
    rows = [[index[page.source.segments[cell].start] for cell in row] for row in ours.rows]
    inside = {page.target.segments[cell].start for cell in theirs.cells}
    extra = [i for i in page.disturbed_at(inside) if page.pairs[i].source is None]
    mine = [i for row in rows for i in row if i in page.open and i not in page.done]
    if not mine and not extra:
        return
    if ours.columns and theirs.columns and ours.columns != theirs.columns:
        page.done.update((*mine, *extra))
        first = page.target.segments[theirs.rows[0].start]
        page.say(
            "table-damaged",
            Observation(
                f"The table has {counted(theirs.columns, 'column')}; in the source {ours.columns}",
                line_of(page.target.data, first.start),
                "columns",
                line_of(page.source.data, page.source.segments[ours.rows[0].start].start),
            ),
        )
        return
    lost_rows = [row for row in rows if all(page.is_lost(i) for i in row)]
    kept = {
        where[target.start][1]
        for row in rows
        for i in row
        if (target := page.pairs[i].target) is not None
        and where.get(target.start, (-1, 0))[0] == number
    }
    extra_rows = [r for r in range(len(theirs.rows)) if r not in kept]
    missing = len(ours.rows) - len(theirs.rows)
    page.done.update(i for row in lost_rows for i in row)
    added = [i for i in extra if (t := page.pairs[i].target) and where[t.start][1] in extra_rows]
    page.done.update(added)
    if missing > 0 and not lost_rows:
        # Cells of the lost row were matched with those of another.
        lost_rows = [row for row in rows if any(page.is_lost(i) for i in row)]
        page.done.update(i for row in lost_rows for i in row)
    if missing > 0 and lost_rows:
        indexes = [i for row in lost_rows for i in row]
        page.say(
            "table-damaged",
            Observation(
                f"{counted(missing, 'row')} of the table {are(missing)} missing",
                page.place(indexes[0]),
                page.source_subject(indexes),
                page.source_span(lost_rows[0] if missing == 1 else indexes),
            ),
        )
    elif missing < 0 and added:
        begin = page.pairs[added[0]].target
        last = page.pairs[added[-1]].target
        if begin is not None and last is not None:
            page.say(
                "table-damaged",
                Observation(
                    f"The table has {counted(-missing, 'row')} more than in the source",
                    Span(begin.start, last.end),
                    subject_of(begin.text),
                    severity=Severity.WARNING,
                ),
            )
    _cells(page, [row for row in rows if row not in lost_rows], set(extra) - set(added))
    heads = [i for row in rows for i in row if i in page.open]
    page.done.update(heads)


def _cells(page: Comparison, rows: list[list[int]], extra: set[int]) -> None:
    """Cells that are empty in rows that are there."""
    lost = [i for row in rows for i in row if page.is_lost(i)]
    page.done.update(lost)
    page.done.update(extra)
    if len(lost) <= len(extra):
        return
    lost = [i for i in lost if page.has_words(i)]
    if not lost:
        return
    number = len(lost) - len(extra)
    which = "A cell of the table is" if number == 1 else f"{number} cells of the table are"
    page.say(
        "block-lost",
        Observation(
            f"{which} empty; there is text in the source",
            page.place(lost[0]),
            page.source_subject(lost),
            page.source_span(lost[:1]),
            confidence=None if not extra else Confidence.MEDIUM,
        ),
    )


def _extra_table(page: Comparison, table: Table) -> None:
    cells = {page.target.segments[cell].start for cell in table.cells}
    extra = page.disturbed_at(cells)
    if len(extra) < len(cells) or page.done.issuperset(extra):
        return
    page.done.update(extra)
    first, last = page.target.segments[table.cells[0]], page.target.segments[table.cells[-1]]
    page.say(
        "block-extra",
        Observation(
            f"This table of {counted(len(table.rows), 'row')} is not in the source",
            Span(first.start, last.end),
            subject_of(first.text),
        ),
    )
