"""`page-wrong`: another page than the source that it names."""

from __future__ import annotations

from bilint.checks.base import Check, Context, Need
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Family, Observation, Severity


def _observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    return told(pair, "page-wrong")


CHECK = Check(
    id="page-wrong",
    family=Family.STRUCTURE,
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    summary="The page is no translation of its source.",
    observe=_observe,
    needs=frozenset((Need.BASE,)),
)
