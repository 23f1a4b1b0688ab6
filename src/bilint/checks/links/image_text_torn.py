"""`image-text-torn`: words of a picture's alternative text were left outside of it."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Check, Context
from bilint.checks.links.parts import IMAGE, words
from bilint.checks.tokens.syntax import INVISIBLE
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment, SegmentKind, TokenKind
from bilint.model.finding import Confidence, Family, Observation, Severity

_SHORTEST = 2


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """One observation for each picture that stands alone in base and among words in the target."""
    if b"![" not in pair.document.data or pair.source is None:
        return
    for source, target, _ in pair.segments:
        if source is None or target is None or source.kind is not SegmentKind.ALT_TEXT:
            continue
        if target.kind is SegmentKind.ALT_TEXT:
            continue
        shown = [token for token in target.tokens if token.kind is TokenKind.IMAGE]
        if len(shown) != 1:
            continue
        outside = _outside(target)
        if len(outside) >= _SHORTEST:
            yield Observation(
                f"`{outside}` belongs into the alternative text of the picture, and stands beside",
                target.span,
                outside,
                source.span,
            )


def _outside(segment: Segment) -> str:
    """The words beside the picture of a segment."""
    raw = segment.text.encode()
    parts = []
    position = 0
    for token in segment.tokens:
        start, end = token.start - segment.start, token.end - segment.start
        hides = token.kind in (IMAGE, TokenKind.ATTRIBUTES, TokenKind.HTML)
        if start < position or not hides:
            continue
        parts.append(raw[position:start].decode("utf-8", "replace"))
        position = end
    parts.append(raw[position:].decode("utf-8", "replace"))
    text = words(" ".join(parts))
    return text.strip(INVISIBLE + " .,:;") if any(char.isalnum() for char in text) else ""


CHECK = Check(
    id="image-text-torn",
    family=Family.LINKS,
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    summary="Words of a picture's alternative text stand beside the picture",
    observe=observe,
)
