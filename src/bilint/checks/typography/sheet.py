"""The text of a page as it is set: what a reader sees of it, and which bytes are hidden."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate

from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Segment, TokenKind
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span

SURE = 0.5
"""Likeness from which a source segment is a measure for its target."""

HIDDEN = "\x01"
"""Stands for each byte of what no reader sees, and of code."""

_LINKS = frozenset((TokenKind.LINK, TokenKind.IMAGE))
_LABELS = frozenset((TokenKind.DNL, TokenKind.UICONTROL, TokenKind.TAB, TokenKind.BADGE))
HOMES = _LINKS | _LABELS
"""The tokens that have text in them."""

# In Chinese and Japanese no blank stands beside an address.
_URL = late(
    r"(?<![A-Za-z0-9])(?:https?://|www\.)[^\s<>\"“”„«»‘’\u2e80-\U0010ffff]+"
    r"|(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
_QUOTE_ENTITY = late(r"&(?:quot|apos|lt|gt|#\d{1,7});")
_AFTER_URL = ".,;:!?'*"


class Spot(NamedTuple):
    """A place in the text of a target segment, in bytes of the page, and the segment's source."""

    start: int
    end: int
    target: Segment
    source: Segment | None

    @property
    def span(self) -> Span:
        """The bytes of the place."""
        return Span(self.start, self.end)


class Sheet:
    """Finds places in the text of one target page, and the source of each."""

    def __init__(self, pair: AlignedPair) -> None:
        self.pair = pair
        self.document = pair.document

    def spots(self, places: Iterable[tuple[int, int]]) -> Iterator[Spot]:
        """Those of some places, in bytes, that lie in what a reader sees of one segment."""
        segments = self.document.segments
        starts: list[int] = []
        known, opened, closed = -1, list[int](), list[int]()
        for first, last in places:
            starts = starts or [segment.start for segment in segments]
            index = bisect_right(starts, first) - 1
            if index < 0 or last > segments[index].end:
                continue
            segment = segments[index]
            if index != known:
                known, hidden = index, hidden_spans(segment)
                opened = [one.start for one in hidden]
                closed = list(accumulate((one.end for one in hidden), max))
            before = bisect_left(opened, last)
            if not before or closed[before - 1] <= first:
                yield Spot(first, last, segment, self.source_of(segment))

    def source_of(self, target: Segment) -> Segment | None:
        """The source of a target segment, where it is sure enough to be a measure."""
        return self._sources.get(target.start)

    @cached_property
    def _sources(self) -> dict[int, Segment]:
        return {
            target.start: source
            for source, target, likeness in self.pair.segments
            if source is not None and target is not None and likeness >= SURE
        }


def hidden_spans(segment: Segment) -> list[Span]:
    """What no reader sees of a segment, and its code, in bytes of the page; in order."""
    spans = []
    for kind, start, end, text, _value in segment.tokens:
        if kind in _LINKS and text.startswith(("[", "![")):
            spans.append(Span(start, start + (1 if text[0] == "[" else 2)))
            address = text.rfind("](")
            if address < 0:
                address = text.rfind("][")
            if address < 0:
                address = len(text) - 1
            spans.append(Span(end - len(text[address:].encode()), end))
        elif kind in _LABELS:
            spans.append(Span(start, start + len(text.split(None, 1)[0]) + 1))
            spans.append(Span(end - 1, end))
        else:
            spans.append(Span(start, end))
    return sorted(spans)


def visible(document: Document, segment: Segment) -> str:
    """The text of a segment with `HIDDEN` for each byte that is hidden.

    Encoded it is as long as the segment is in the page, so that offsets in one are offsets in
    the other. Where the segment is not what the page holds (front matter with escapes), nothing
    of it is visible.
    """
    raw = document.data[segment.start : segment.end]
    if not segment.tokens and len(raw) == len(segment.text):
        text = segment.text
    else:
        if raw.decode("utf-8", "replace") != segment.text:
            return ""
        text = _without_hidden(raw, segment) if segment.tokens else segment.text
    if "://" in text or "@" in text or "www." in text:
        text = _URL.sub(_url_hidden, text)
    return text


def _url_hidden(match: re.Match[str]) -> str:
    """An address hidden, but for what ends the sentence, the quotation or the bracket it is in."""
    address = _QUOTE_ENTITY.split(match[0], 1)[0]
    while address[-1] in _AFTER_URL or (
        address[-1] == ")" and address.count(")") > address.count("(")
    ):
        address = address[:-1]
    return HIDDEN * len(address.encode()) + match[0][len(address) :]


def _without_hidden(raw: bytes, segment: Segment) -> str:
    left = bytearray(raw)
    for start, end in hidden_spans(segment):
        start, end = max(start - segment.start, 0), min(end - segment.start, len(left))
        left[start:end] = HIDDEN.encode() * max(end - start, 0)
    return left.decode("utf-8", "replace")


def span_in(segment: Segment, text: str, start: int, end: int) -> Span:
    """The bytes of the page for a stretch of a segment's visible text."""
    first = segment.start + len(text[:start].encode())
    return Span(first, first + len(text[start:end].encode()))
