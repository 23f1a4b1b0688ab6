"""`fence-altered`: a block of code that is lost, not closed or marked otherwise."""

from __future__ import annotations

from bilint.checks.base import Check, Context, Need
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Family, Observation, Severity


def _observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    return told(pair, "fence-altered")


CHECK = Check(
    id="fence-altered",
    family=Family.STRUCTURE,
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    summary="A block of code is missing, not closed, or marked as another language.",
    observe=_observe,
    needs=frozenset((Need.BASE,)),
)
