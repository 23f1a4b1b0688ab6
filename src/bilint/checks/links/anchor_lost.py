"""`anchor-lost`: an identifier that links lead to is gone or altered."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Check, Context, Need
from bilint.model.alignment import AlignedPair, SegmentPair
from bilint.model.anchors import written_anchors
from bilint.model.document import Segment, Token, TokenKind
from bilint.model.finding import Confidence, Family, Observation, Severity, Suggestion
from bilint.model.text import Span

_LIKELY = 0.5


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """One observation for each identifier of base that the target does not have anywhere."""
    if pair.source is None or b"{#" not in pair.source.document.data:
        return
    gone = written_anchors(pair.source.document) - written_anchors(pair.document)
    if not gone:
        return
    known = written_anchors(pair.source.document)
    for segments in pair.segments:
        source, target, likeness = segments
        if source is None or target is None or likeness < _LIKELY:
            continue
        for token in _anchors(source):
            if token.value.lower() in gone:
                yield _observation(token, segments, known)


def _anchors(segment: Segment | None) -> list[Token]:
    if segment is None:
        return []
    return [token for token in segment.tokens if token.kind is TokenKind.ANCHOR]


def _observation(token: Token, segments: SegmentPair, known: frozenset[str]) -> Observation:
    target, name = segments.target, token.value
    source_span = Span(token.start, token.end)
    others = [one for one in _anchors(target) if one.value.lower() not in known]
    if others:
        found = others[0]
        return Observation(
            f"Links lead to `{token.text}`; here it is `{found.text}`",
            Span(found.start, found.end),
            name,
            source_span,
            suggestion=Suggestion(token.text, safe=True),
        )
    return Observation(
        f"`{token.text}` is gone, and links that lead to it find nothing",
        Span(0, 0) if target is None else target.span,
        name,
        source_span,
    )


CHECK = Check(
    id="anchor-lost",
    family=Family.LINKS,
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    summary="An identifier that links lead to is gone or altered",
    observe=observe,
    needs=frozenset((Need.BASE,)),
)
