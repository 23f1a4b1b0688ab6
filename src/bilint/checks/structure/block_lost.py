"""`block-lost`: text, or a picture, of the source is missing or empty."""

from __future__ import annotations

from bilint.checks.base import Check, Context, Need
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Family, Observation, Severity


def _observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    return told(pair, "block-lost")


CHECK = Check(
    id="block-lost",
    family=Family.STRUCTURE,
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    summary="Text or a picture of the source is missing, or its place is empty.",
    observe=_observe,
    needs=frozenset((Need.BASE,)),
    yields_to=frozenset(
        (
            "alert-altered",
            "alt-text-damaged",
            "image-lost",
            "link-broken",
        )
    ),
)
