"""`block-divided`: text that is cut into blocks otherwise than in the source."""

from __future__ import annotations

from bilint.checks.base import Check, Context, Need
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Family, Observation, Severity


def _observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    return told(pair, "block-divided")


CHECK = Check(
    id="block-divided",
    family=Family.STRUCTURE,
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    summary="Two blocks of the source stand as one, or one as two.",
    observe=_observe,
    needs=frozenset((Need.BASE,)),
    yields_to=frozenset(("html-altered",)),
)
