"""`picture-text-torn`: words of an alternative text beside the picture."""

from __future__ import annotations

from bilint.checks.base import Check, Context, Need
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Family, Observation, Severity


def _observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    return told(pair, "picture-text-torn")


CHECK = Check(
    id="picture-text-torn",
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    summary="Words of a picture's alternative text stand beside the picture.",
    observe=_observe,
    needs=frozenset((Need.BASE,)),
)
