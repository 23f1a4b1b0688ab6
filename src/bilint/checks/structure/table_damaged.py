"""`table-damaged`: a table that is none, or that lacks rows or columns."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.document import BlockKind, Document
from bilint.model.finding import Observation
from bilint.model.pattern import late
from bilint.model.text import Span

_DASHES = late(rb"\n[ \t>]*\|?[ \t]*:?-+:?[ \t]*\|[-:| \t]*(?=\r?\n)")
_BAR = late(rb"\|(?<!\\\|)")


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """A table has become text, or has other rows or columns than in the source."""
    said = told(pair, "table-damaged")
    yield from said
    if pair.source is None:
        return
    source, target = pair.source.document, pair.document
    if target.data.count(b"|") <= source.data.count(b"|"):
        return
    crowded = list(_crowded(target))
    if not crowded or len(crowded) <= sum(1 for _ in _crowded(source)):
        return
    from bilint.checks.structure.anatomy import counted
    from bilint.checks.structure.comparison import subject_of

    for span, cells, columns in crowded:
        if any(one.span.start <= span.end and span.start <= one.span.end for one in said):
            continue
        yield Observation(
            f"This row has {counted(cells, 'cell')}, and the table {counted(columns, 'column')}:"
            " readers do not see the rest of the row",
            span,
            subject_of(target.data[span.start : span.end].decode("utf-8", "replace")),
        )


def _crowded(document: Document) -> Iterator[tuple[Span, int, int]]:
    """Rows with more cells than their table has columns; how many, and how many there are."""
    data = document.data
    code = [(one.start, one.end) for one in document.blocks if one.kind is BlockKind.CODE]
    for dashes in _DASHES.finditer(data, document.body_start):
        if any(start < dashes.end() and dashes.start() < end for start, end in code):
            continue
        columns = _cells(dashes[0])
        start = dashes.end()
        while True:
            start = data.find(b"\n", start) + 1
            end = data.find(b"\n", start)
            line = data[start : end if end >= 0 else len(data)]
            if not start or b"|" not in line:
                break
            if (cells := _cells(line)) > columns:
                text = line.rstrip()
                yield (
                    Span(start + len(line) - len(line.lstrip()), start + len(text)),
                    cells,
                    columns,
                )


def _cells(line: bytes) -> int:
    row = line.strip(b" \t\r\n>")
    bars = len(_BAR.findall(row))
    return bars + 1 - row.startswith(b"|") - (row.endswith(b"|") and not row.endswith(b"\\|"))
