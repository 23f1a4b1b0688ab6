"""Messages of a program, which a page may show in the language of the program."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import pairwise

from bilint.model.alignment import AlignedPair, SegmentPair
from bilint.model.document import Segment, SegmentKind
from bilint.model.pattern import late

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
_CELLS = ("th", "td", "html:th", "html:td", "alt")


class Messages:
    """The columns and lists of a page that show messages and stay as they are, every one."""

    def __init__(self, pair: AlignedPair, unchanged: frozenset[int]) -> None:
        """Look at a page on which the segments at these places stay as they are."""
        self._segments = pair.segments
        self._data = pair.document.data
        self._unchanged = unchanged

    def has(self, place: int) -> bool:
        """Whether a segment belongs to one of them."""
        return place in self._in_columns or place in self._in_lists

    @cached_property
    def _in_columns(self) -> frozenset[int]:
        tables = self._runs(_is_cell, self._joined)
        return frozenset(place for table in tables for place in self._of_columns(table))

    def _of_columns(self, table: range) -> Iterator[int]:
        """Cells under a heading that speaks of messages, where another column is translated."""
        columns: dict[int, list[int]] = defaultdict(list)
        for place in table:
            target = self._segments[place].target
            columns[_column(target, self._data) if target else -1].append(place)
        for number, (first, *cells) in columns.items():
            source = self._segments[first].source
            if source is None or not _HEADED.match(source.text) or not self._all_stay(cells):
                continue
            others = (place for other, own in columns.items() if other != number for place in own)
            if any(_is_translated(self._segments[place]) for place in others):
                yield from cells

    @cached_property
    def _in_lists(self) -> frozenset[int]:
        lists = self._runs(_is_item, _alike)
        return frozenset(place for run in lists if self._is_of_messages(run) for place in run)

    def _is_of_messages(self, items: range) -> bool:
        """Whether what leads to a list speaks of messages that are shown, and is translated."""
        lead = self._segments[items[0] - 1] if items[0] else None
        if lead is None or lead.source is None or not _is_translated(lead):
            return False
        if not _NAMED.search(lead.source.text) or not _LED.search(lead.source.text):
            return False
        return self._all_stay(items)

    def _runs(
        self,
        belongs: Callable[[SegmentPair], bool],
        joined: Callable[[SegmentPair, SegmentPair], bool],
    ) -> Iterator[range]:
        """The segments that stand together, where some of them stay as they are."""
        start = 0
        ends = [
            place
            for place, two in enumerate(pairwise(self._segments), 1)
            if not (belongs(two[0]) and belongs(two[1]) and joined(*two))
        ]
        for end in (*ends, len(self._segments)):
            run = range(start, end)
            if belongs(self._segments[start]) and not self._unchanged.isdisjoint(run):
                yield run
            start = end

    def _joined(self, one: SegmentPair, other: SegmentPair) -> bool:
        """Whether two cells in a row stand in one table."""
        if one.target is None or other.target is None:
            return False
        # A table begins with its headings.
        if one.target.shape.startswith("td") and other.target.shape.startswith("th"):
            return False
        between = self._data[one.target.end : other.target.start]
        return (b"<table" if one.target.shape.startswith("html") else b"\n\n") not in between

    def _all_stay(self, places: Iterable[int]) -> bool:
        return all(place in self._unchanged or _is_same(self._segments[place]) for place in places)


def _is_cell(pair: SegmentPair) -> bool:
    # A picture may stand in a cell.
    return pair.target is not None and pair.target.shape.partition(">")[0] in _CELLS


def _is_item(pair: SegmentPair) -> bool:
    return pair.target is not None and pair.target.kind is SegmentKind.LIST_ITEM


def _alike(one: SegmentPair, other: SegmentPair) -> bool:
    if one.target is None or other.target is None:
        return False
    return one.target.shape == other.target.shape


def _column(cell: Segment, data: bytes) -> int:
    """In which column of its row a cell stands."""
    if cell.shape.startswith("html"):
        row = data.rfind(b"<tr", 0, cell.start)
        return data.count(b"<td", row, cell.start) + data.count(b"<th", row, cell.start)
    line = data.rfind(b"\n", 0, cell.start) + 1
    return data.count(b"|", line, cell.start) - data.count(b"\\|", line, cell.start)


def _is_same(pair: SegmentPair) -> bool:
    source, target, _likeness = pair
    return source is not None and target is not None and source.text == target.text


def _is_translated(pair: SegmentPair) -> bool:
    source, target, _likeness = pair
    return source is not None and target is not None and source.text != target.text
