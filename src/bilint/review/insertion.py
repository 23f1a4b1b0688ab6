"""A translation that is not there yet, put in beside those of its neighbours.

A cell of a table never comes without its row: where the whole row is new, all its cells are
written at once, with bars between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bilint.desk.pages import Desk, OpenPage
from bilint.edits import Edit
from bilint.exchange.inline import shown
from bilint.exchange.insertion import insert
from bilint.exchange.weave import tidy
from bilint.model.alignment import SegmentState, Unit
from bilint.model.document import Document, Segment, SegmentKind, Token
from bilint.model.text import LineIndex
from bilint.review.tasks import Task, units_of
from bilint.review.trial import Trial, judged, lacking

_NOWHERE = "there is no place for it that is sure; P edits the page"
_BAR = re.compile(r"(?<!\\)\|")


def new_row(page: OpenPage, task: Task) -> tuple[Unit, ...]:
    """The cells of the row that a task is in, where all of them are new; none elsewhere."""
    unit, head = task.unit, page.head
    if unit is None or unit.target is not None or unit.head is None or head is None:
        return ()
    if unit.head.kind is not SegmentKind.TABLE_CELL:
        return ()
    lines = LineIndex(head.data)
    line = lines.line(unit.head.start)
    row = tuple(
        one
        for one in units_of(page)
        if one.head is not None
        and one.head.kind is SegmentKind.TABLE_CELL
        and lines.line(one.head.start) == line
    )
    is_new = all(one.target is None and one.state is SegmentState.NEW for one in row)
    return row if is_new and len(row) > 1 else ()


def row_text(row: Sequence[Unit]) -> str:
    """The cells of a new row as the source has them, on one line."""
    return " | ".join(shown(one.head) for one in row if one.head is not None)


def try_insertion(desk: Desk, page: OpenPage, task: Task, text: str, *, force: bool) -> Trial:
    """The page with a new translation in it, or with a new row; laid over it on the desk."""
    if page.head is None or task.unit is None:
        return Trial(page.data, _NOWHERE)
    row = new_row(page, task)
    parts = [text]
    if row:
        parts = [tidy((part,)) for part in _BAR.split(text.strip().strip("|"))]
        if len(parts) != len(row) or not all(parts):
            return Trial(
                page.data,
                f"it is a cell of a new row of {len(row)}, which comes as a whole: write all its"
                " cells with | between them",
            )
    units = row or (task.unit,)
    return _tried(desk, page, page.head, units, parts, force=force)


def _tried(
    desk: Desk,
    page: OpenPage,
    head: Document,
    units: Sequence[Unit],
    texts: Sequence[str],
    *,
    force: bool,
) -> Trial:
    indices = {one.start: index for index, one in enumerate(head.segments)}
    order = {one.start: index for index, one in enumerate(page.document.segments)}
    places = {
        indices[unit.head.start]: order[unit.target.start]
        for unit in units_of(page)
        if unit.head is not None and unit.target is not None and unit.head.start in indices
    }
    wanted = {
        indices[unit.head.start]: text
        for unit, text in zip(units, texts, strict=True)
        if unit.head is not None
    }
    done = insert(page.path, page.document, head, places, wanted, desk.read)
    if done.homeless:
        return Trial(page.data, _NOWHERE)
    after = desk.recheck(page.locale, page.path, done.document.data)
    trial = Trial(done.document.data, edits=done.edits)
    put = [one for edit in done.edits for one in _inserted(after.document, edit)]
    lost: list[Token] = []
    for unit, text in zip(units, texts, strict=True):
        new = next((one for one in put if shown(one) == text), None)
        if new is None:
            return trial._replace(objection="Markdown would read something else in this text")
        put.remove(new)
        lost += lacking(unit, new.tokens)
    return judged(trial, page, after, tuple(lost), force=force)


def _inserted(document: Document, edit: Edit) -> Sequence[Segment]:
    start = edit.span.start
    end = start + len(edit.text.encode())
    return [one for one in document.segments if one.start < end and start < one.end]
