"""`block-moved`: blocks that stand in another order than in the source."""

from __future__ import annotations

from bilint.checks.base import Check, Context, Need
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Family, Observation, Severity


def _observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    return told(pair, "block-moved")


CHECK = Check(
    id="block-moved",
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    summary="A block stands at another place than in the source.",
    observe=_observe,
    needs=frozenset((Need.BASE,)),
)
