"""`link-broken`: a link is torn apart, so that readers see brackets and an address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.links.addresses import Address, address_of
from bilint.checks.links.parts import Piece, link_tokens, text_of
from bilint.checks.links.twins import Comparison, compared
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment, SegmentKind
from bilint.model.finding import Confidence, Observation, Suggestion
from bilint.model.text import Span

_SHOWN = frozenset((SegmentKind.TITLE, SegmentKind.DESCRIPTION))
"""What is shown as it is written."""


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each link torn apart that is whole in the source."""
    comparison = compared(pair, context)
    for target, source, segments in comparison.broken:
        if segments.source is not None and segments.source.kind in _SHOWN and source:
            # There a link is none, on neither side.
            continue
        inherited = Counter(address_of(one.address, comparison.names) for one in source)
        for piece in target:
            key = address_of(piece.address, comparison.names)
            if inherited[key] > 0:
                inherited[key] -= 1
                continue
            yield _observation(piece, pair)._replace(
                source_span=_whole(key, segments.source, comparison),
                confidence=None if segments.source is not None else Confidence.MEDIUM,
            )


def _whole(key: Address, source: Segment | None, comparison: Comparison) -> Span | None:
    """The link of the source that is torn here, or its text where that is not known."""
    for token in link_tokens(source):
        if address_of(token.value, comparison.names) == key:
            return Span(token.start, token.end)
    return None if source is None else source.span


def _observation(piece: Piece, pair: AlignedPair) -> Observation:
    found = text_of(pair.document, piece.span)
    return Observation(
        f"This link is torn apart, and readers see its address as text: `{found}`",
        piece.span,
        piece.address,
        suggestion=None if piece.mended is None else Suggestion(piece.mended, safe=True),
    )
