"""The pictures of a page, whether they stand alone or in a text, and where they would stand."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter

from bilint.checks.links.parts import IMAGE, link_tokens
from bilint.checks.tokens.syntax import page_tokens
from bilint.model.alignment import AlignedPair, SegmentPair
from bilint.model.document import BlockKind, Document, Segment, SegmentKind, TokenKind
from bilint.model.record import NamedTuple
from bilint.model.text import Span

_SHOWN = (BlockKind.IMAGE, BlockKind.VIDEO)


class Picture(NamedTuple):
    """A picture or video: where it stands, what it shows, and in which text, if it is in one."""

    span: Span
    file: str
    is_video: bool
    segment: Segment | None


def pictures_of(document: Document) -> list[Picture]:
    """The pictures and videos of a page, in order."""
    found = [
        Picture(Span(block.start, block.end), block.text, block.kind is BlockKind.VIDEO, None)
        for block in document.blocks
        if block.kind in _SHOWN
    ]
    inline = _inline(document)
    if inline:
        found += [
            Picture(Span(token.start, token.end), token.value, False, segment)
            for segment in inline
            for token in link_tokens(segment)
            if token.kind is IMAGE
        ]
        found.sort()
    return found


def same_pictures(one: Document, other: Document) -> bool:
    """Whether two pages show the same pictures in the same order: the cheap test."""
    if _inline(one) or _inline(other):
        return [it.file for it in pictures_of(one)] == [it.file for it in pictures_of(other)]
    return _standing_alone(one) == _standing_alone(other)


def _inline(document: Document) -> list[Segment]:
    """The segments with pictures in them."""
    holding = [segment for segment, _ in page_tokens(document, IMAGE)]
    holding += [
        segment for segment, token in page_tokens(document, TokenKind.HTML) if token.value == "img"
    ]
    return list({segment.start: segment for segment in holding}.values())


def _standing_alone(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.kind in _SHOWN]


Neighbours = tuple[SegmentPair | None, SegmentPair | None]


def neighbours(pair: AlignedPair, at: int) -> Neighbours:
    """The texts before and after a byte of the source, each beside its translation.

    Texts of pictures are passed over: they come and go with these.
    """
    sources = [
        one
        for one in pair.segments
        if one.source is not None and one.source.kind is not SegmentKind.ALT_TEXT
    ]
    sources.sort(key=_source_start)
    place = bisect_right(sources, at, key=_source_start)
    return (
        sources[place - 1] if place else None,
        sources[place] if place < len(sources) else None,
    )


def _source_start(one: SegmentPair) -> int:
    return one.source.start if one.source is not None else 0


def alternative_text(document: Document, picture: Picture) -> Segment | None:
    """The alternative text of a picture that stands alone; None when it has none."""
    segments = document.segments
    place = bisect_right(segments, picture.span.start, key=attrgetter("start"))
    if place < len(segments) and segments[place].end <= picture.span.end:
        return segments[place]
    return None
