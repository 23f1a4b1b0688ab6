"""`link-broken`: a link is torn apart, so that readers see brackets and an address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bilint.checks.base import Check, Context
from bilint.checks.links.addresses import address_of
from bilint.checks.links.parts import Piece, text_of
from bilint.checks.links.twins import compared
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Family, Observation, Severity, Suggestion


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each link torn apart that is whole in the source."""
    comparison = compared(pair, context)
    for target, source, segments in comparison.broken:
        inherited = Counter(address_of(one.address, comparison.names) for one in source)
        for piece in target:
            key = address_of(piece.address, comparison.names)
            if inherited[key] > 0:
                inherited[key] -= 1
                continue
            yield _observation(piece, pair)._replace(
                source_span=None if segments.source is None else segments.source.span,
                confidence=None if segments.source is not None else Confidence.MEDIUM,
            )


def _observation(piece: Piece, pair: AlignedPair) -> Observation:
    found = text_of(pair.document, piece.span)
    return Observation(
        f"This link is torn apart, and readers see its address as text: `{found}`",
        piece.span,
        piece.address,
        suggestion=None if piece.mended is None else Suggestion(piece.mended, safe=True),
    )


CHECK = Check(
    id="link-broken",
    family=Family.LINKS,
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    summary="A link is torn apart and no link any more",
    observe=observe,
)
