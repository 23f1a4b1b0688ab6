"""`alt-text-damaged`: the alternative text of a picture is gone, or stands partly beside it."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.links.addresses import Address, address_of, names_of
from bilint.checks.links.parts import IMAGE, words
from bilint.checks.links.pictures import Picture, alternative_text, pictures_of
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Segment, SegmentKind, TokenKind
from bilint.model.finding import Observation
from bilint.model.segment_text import plain
from bilint.model.text import Span

_KIND = SegmentKind.ALT_TEXT
_SHORTEST = 2
_HIDDEN = frozenset((IMAGE, TokenKind.ATTRIBUTES, TokenKind.HTML))


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each picture whose alternative text is not whole as it is in base."""
    if pair.source is None:
        return
    lost: list[Segment] = []
    for source, target, _ in pair.segments:
        if source is None or source.kind is not _KIND:
            continue
        if target is None:
            lost.append(source)
        elif target.kind is not _KIND:
            yield from _torn(source, target)
    if lost:
        yield from _emptied(lost, pair, context)


def _torn(source: Segment, target: Segment) -> Iterator[Observation]:
    """The picture stands alone in base and among words in the target."""
    if sum(token.kind is IMAGE for token in target.tokens) != 1:
        return
    outside, span = _outside(target)
    if len(outside) >= _SHORTEST:
        yield Observation(
            f"`{outside}` belongs to the alternative text of the picture and stands beside it",
            span,
            outside,
            source.span,
        )


def _outside(segment: Segment) -> tuple[str, Span]:
    """The words beside the picture of a segment, and where they stand."""
    raw = segment.text.encode()
    parts: list[tuple[int, str]] = []
    position = 0
    for token in segment.tokens:
        start, end = token.start - segment.start, token.end - segment.start
        if start < position or token.kind not in _HIDDEN:
            continue
        parts.append((position, raw[position:start].decode("utf-8", "replace")))
        position = end
    parts.append((position, raw[position:].decode("utf-8", "replace")))
    parts = [one for one in parts if any(char.isalnum() for char in words(one[1]))]
    text = words(" ".join(part for _, part in parts)).strip(" .,:;")
    if len(parts) != 1:
        return text, segment.span
    at, part = parts[0]
    start = segment.start + at + len(part.encode()) - len(part.lstrip().encode())
    return text, Span(start, start + len(part.strip().encode()))


def _emptied(lost: list[Segment], pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """Pictures that both pages show, and that only base describes."""
    if pair.source is None:
        return
    names = names_of(pair.locale, context.source_language, context.profile.links)
    starts = {segment.start for segment in lost}
    silent: dict[Address, list[Picture]] = {}
    for picture in reversed(pictures_of(pair.document)):
        if _is_silent(pair.document, picture):
            silent.setdefault(address_of(picture.file, names), []).append(picture)
    for picture in pictures_of(pair.source.document):
        said = alternative_text(pair.source.document, picture)
        if said is None or said.start not in starts:
            continue
        twins = silent.get(address_of(picture.file, names))
        if twins:
            twin = twins.pop()
            yield Observation(
                f"The alternative text of the picture is gone; in the source it is `{plain(said)}`",
                twin.span,
                twin.file,
                said.span,
            )


def _is_silent(document: Document, picture: Picture) -> bool:
    if picture.is_video or picture.segment is not None:
        return False
    return alternative_text(document, picture) is None
