"""Segments taken out of a page with the lines they stood on, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence

from bilint.desk.page_units import PageUnits
from bilint.edits import Edit, apply, edit_of
from bilint.model.document import Document, Segment
from bilint.model.record import NamedTuple
from bilint.model.text import LineIndex, Span


class Removed(NamedTuple):
    """A page without some segments, and the edit that took them out."""

    document: Document
    edit: Edit


def without(
    path: str, document: Document, segments: Sequence[Segment], read: Callable[[bytes], Document]
) -> Removed | None:
    """The page without segments that follow each other; None where more would come or go."""
    if segments[0].start < document.body_start:
        return None
    for span in _lines_of(document.data, Span(segments[0].start, segments[-1].end)):
        edit = edit_of(path, document.data, span, "")
        applied = apply(document.data, (edit,))
        if applied.left_out:
            continue
        after = read(applied.data)
        if _says_all_but(document, after, segments):
            return Removed(after, edit)
    return None


class Left(NamedTuple):
    """A page without some of its units; `removed` are these, by their keys."""

    page: PageUnits
    document: Document
    removed: frozenset[str]


def without_units(
    page: PageUnits,
    document: Document,
    keys: Collection[str],
    read: Callable[[bytes], Document],
) -> Left:
    """The page without as many as possible of its units, which are named by their keys.

    Segments that follow each other go together, a section or a list as a whole; where that
    cannot be, line by line, so that the cells of a row go together or not at all.
    """
    if not keys:
        return Left(page, document, frozenset())
    order = {one.start: index for index, one in enumerate(document.segments)}
    places = {one.unit.key: order[one.target.start] for one in page.placed if one.target}
    left, gone = _without_all(
        page.path, document, sorted(places[key] for key in keys if key in places), read
    )
    stay = (index for index in range(len(document.segments)) if index not in gone)
    now = dict(zip(stay, left.segments, strict=True))
    placed = (
        one._replace(target=now[places[one.unit.key]]) if one.target else one
        for one in page.placed
        if places.get(one.unit.key) not in gone
    )
    removed = frozenset(key for key in keys if places.get(key) in gone)
    return Left(page._replace(document=left, placed=tuple(placed)), left, removed)


def _without_all(
    path: str, document: Document, indices: Sequence[int], read: Callable[[bytes], Document]
) -> tuple[Document, frozenset[int]]:
    """The page without as many as possible of its segments, and which of them are gone."""
    lines = LineIndex(document.data)
    first = [lines.line(one.start) for one in document.segments]
    last = [lines.line(one.end) for one in document.segments]
    runs = _runs(indices, lambda one, following: following == one + 1)
    gone: set[int] = set()
    left = document
    while runs:
        # From the end to the beginning: what comes before keeps its index.
        run = runs.pop()
        done = without(path, left, [left.segments[index] for index in run], read)
        if done is not None:
            left = done.document
            gone.update(run)
        else:
            parts = _runs(run, lambda one, following: first[following] <= last[one])
            runs += parts if len(parts) > 1 else ()
    return left, frozenset(gone)


def _runs(indices: Sequence[int], together: Callable[[int, int], bool]) -> list[list[int]]:
    """Indices in runs of those that belong with the one before them."""
    runs: list[list[int]] = []
    for index in indices:
        if runs and together(runs[-1][-1], index):
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _lines_of(data: bytes, place: Span) -> Sequence[Span]:
    """The lines of a place, with a blank line beside them and without."""
    lines = LineIndex(data)
    first, last = lines.line(place.start), lines.line(max(place.end - 1, place.start))
    start = lines.line_span(first).start
    end = lines.line_span(last + 1).start if last < len(lines) else len(data)
    found = []
    if last < len(lines):
        after = lines.line_span(last + 1)
        if not data[after.start : after.end].strip() and last + 1 < len(lines):
            found.append(Span(start, lines.line_span(last + 2).start))
    if first > 1:
        before = lines.line_span(first - 1)
        if not data[before.start : before.end].strip():
            found.append(Span(before.start, end))
    found.append(Span(start, end))
    return found


def _says_all_but(before: Document, after: Document, segments: Sequence[Segment]) -> bool:
    """Whether a page says the same but for some segments."""
    gone = {one.start for one in segments}
    left = [(one.kind, one.shape, one.text) for one in before.segments if one.start not in gone]
    if left != [(one.kind, one.shape, one.text) for one in after.segments]:
        return False
    blocks = [(one.kind, one.text, one.info) for one in before.blocks]
    if blocks != [(one.kind, one.text, one.info) for one in after.blocks]:
        return False
    was = Counter(one.code for one in before.problems)
    return not Counter(one.code for one in after.problems) - was
