"""`page-truncated`: a page that ends too early."""

from __future__ import annotations

from bilint.checks.base import Check, Context, Need
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Family, Observation, Severity


def _observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    return told(pair, "page-truncated")


CHECK = Check(
    id="page-truncated",
    family=Family.STRUCTURE,
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    summary="The page ends before the source does.",
    observe=_observe,
    needs=frozenset((Need.BASE,)),
)
