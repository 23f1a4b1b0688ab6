"""`heading-altered`: a heading of another level, or that is none any more."""

from __future__ import annotations

from bilint.checks.base import Check, Context, Need
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Family, Observation, Severity


def _observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    return told(pair, "heading-altered")


CHECK = Check(
    id="heading-altered",
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    summary="A heading has another level than in the source, or is no heading any more.",
    observe=_observe,
    needs=frozenset((Need.BASE,)),
)
