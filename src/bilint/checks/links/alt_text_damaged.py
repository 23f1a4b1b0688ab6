"""`alt-text-damaged`: the alternative text of a picture is gone, or torn."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.links.addresses import Address, address_of, names_of
from bilint.checks.links.parts import IMAGE, words
from bilint.checks.links.pictures import Picture, alternative_text, pictures_of
from bilint.checks.tokens.syntax import is_torn, page_tokens, picture_text, tokens_of
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Segment, SegmentKind, Token, TokenKind
from bilint.model.finding import Observation, Severity
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
    torn = [one for one in page_tokens(pair.document, IMAGE) if _is_torn(one[1])]
    if torn:
        yield from _drawn_in(torn, pair)


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


def _is_torn(token: Token) -> bool:
    said = picture_text(token)
    return said is not None and is_torn(said) and any(map(str.isalnum, said))


def _drawn_in(torn: list[tuple[Segment, Token]], pair: AlignedPair) -> Iterator[Observation]:
    """Pictures among words whose text has a blank at an end or half a pair of brackets."""
    sources = {one.target.start: one.source for one in pair.segments if one.target is not None}
    for segment, token in torn:
        source = sources.get(segment.start)
        if source is None or source.kind is _KIND or any(map(_is_torn, tokens_of(source, IMAGE))):
            continue
        said = picture_text(token) or ""
        halved = is_torn(said.strip())
        start = token.start + len("![")
        yield Observation(
            f"A bracket in the alternative text `{said}` has no partner"
            if halved
            else f"The alternative text `{said}` {_ends(said)} with a blank",
            Span(start, start + len(said.encode())),
            said.strip(),
            # What else is told of this sentence goes without saying only if it is the bracket.
            source.span if halved else None,
            severity=None if halved else Severity.INFO,
        )


def _ends(said: str) -> str:
    if said[0].isspace():
        return "begins and ends" if said[-1].isspace() else "begins"
    return "ends"


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
