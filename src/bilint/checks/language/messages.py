"""Messages of a program, which a page may show in the language of the program."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from bilint.model.alignment import SegmentPair
from bilint.model.document import Segment, SegmentKind
from bilint.model.pattern import late

_MOST = 500
"""Segments of one table or list that are looked at."""

_HEADED = late(
    r"(?!.*\b(?:about|actions?|by|causes?|codes?|descriptions?|meanings?|of|reasons?|types?|why)\b)"
    r"\W*(?:[\w-]+ ){0,4}(?:errors?|messages?|exceptions?|warnings?|log (?:entry|entries|lines?))"
    r"(?: (?:displayed|shown|strings?|texts?))?\W*\Z",
    re.IGNORECASE,
)
_LED = late(
    r"\b(?:appears?|contains?|displays?|displayed|gets?|gives|logs?|logged|receives?|returns?|returned"
    r"|sees?|shown?|shows|similar|throws?|thrown)\b[^.]*:\W*\Z",
    re.IGNORECASE,
)
_NAMED = late(r"\b(?:errors?|messages?|exceptions?|warnings?|logs?)\b", re.IGNORECASE)
_CELLS = ("th", "td", "html:th", "html:td")


def is_message(
    place: int, unchanged: Collection[int], segments: Sequence[SegmentPair], data: bytes
) -> bool:
    """Whether a segment belongs to a column or a list of messages all of which stay as they are.

    `unchanged` are the places of those that do; `data` is the page that they stand on.
    """
    target = segments[place].target
    if target is None:
        return False
    if target.shape.partition(">")[0] in _CELLS:
        return _in_column(place, unchanged, segments, data)
    if target.kind is SegmentKind.LIST_ITEM:
        return _in_list(place, target.shape, unchanged, segments)
    return False


def _in_column(
    place: int, unchanged: Collection[int], segments: Sequence[SegmentPair], data: bytes
) -> bool:
    """Whether a heading over the column speaks of messages, and another column is translated."""
    column = None
    cells: list[tuple[int, int, SegmentPair]] = []
    for at, pair in _around(place, segments, data):
        number = _column(pair.target, data) if pair.target else -1
        cells.append((at, number, pair))
        if at == place:
            column = number
    own = [(at, pair) for at, number, pair in cells if number == column]
    first = own[0][1].source
    if first is None or own[0][0] == place or not _HEADED.match(first.text):
        return False
    return all(_stays(at, pair, unchanged) for at, pair in own[1:]) and any(
        _is_translated(pair) for _at, number, pair in cells if number != column
    )


def _around(
    place: int, segments: Sequence[SegmentPair], data: bytes
) -> Iterator[tuple[int, SegmentPair]]:
    """The cells of the table in which a segment stands."""
    first = last = place
    while first > max(0, place - _MOST) and _joined(segments[first - 1], segments[first], data):
        first -= 1
    end = min(len(segments), place + _MOST) - 1
    while last < end and _joined(segments[last], segments[last + 1], data):
        last += 1
    return ((at, segments[at]) for at in range(first, last + 1))


def _joined(one: SegmentPair, other: SegmentPair, data: bytes) -> bool:
    """Whether two segments in a row stand in one table."""
    if one.target is None or other.target is None:
        return False
    shapes = [one.target.shape.partition(">")[0], other.target.shape.partition(">")[0]]
    # A picture may stand in a cell, and a table begins with its headings.
    if not all(shape in _CELLS or shape == "alt" for shape in shapes) or shapes == ["td", "th"]:
        return False
    between = data[one.target.end : other.target.start]
    return (b"<table" if shapes[0].startswith("html") else b"\n\n") not in between


def _column(cell: Segment, data: bytes) -> int:
    """In which column of its row a cell stands."""
    if cell.shape.startswith("html"):
        row = data.rfind(b"<tr", 0, cell.start)
        return data.count(b"<td", row, cell.start) + data.count(b"<th", row, cell.start)
    line = data.rfind(b"\n", 0, cell.start) + 1
    return data.count(b"|", line, cell.start) - data.count(b"\\|", line, cell.start)


def _in_list(
    place: int, shape: str, unchanged: Collection[int], segments: Sequence[SegmentPair]
) -> bool:
    """Whether what leads to a list speaks of messages that are shown, and is translated."""
    first = place
    while first > 0 and _is_shaped(segments[first - 1], shape) and place - first < _MOST:
        first -= 1
        if not _stays(first, segments[first], unchanged):
            return False
    lead = segments[first - 1] if first else None
    if lead is None or lead.source is None or not _is_translated(lead):
        return False
    if not _NAMED.search(lead.source.text) or not _LED.search(lead.source.text):
        return False
    for at in range(place + 1, min(len(segments), place + _MOST)):
        if not _is_shaped(segments[at], shape):
            break
        if not _stays(at, segments[at], unchanged):
            return False
    return True


def _is_shaped(pair: SegmentPair, shape: str) -> bool:
    return pair.target is not None and pair.target.shape == shape


def _stays(at: int, pair: SegmentPair, unchanged: Collection[int]) -> bool:
    source, target, _likeness = pair
    return at in unchanged or (
        source is not None and target is not None and source.text == target.text
    )


def _is_translated(pair: SegmentPair) -> bool:
    source, target, _likeness = pair
    return source is not None and target is not None and source.text != target.text
