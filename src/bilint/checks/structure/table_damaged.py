"""`table-damaged`: a table that is none, or that lacks rows or columns."""

from __future__ import annotations

from bilint.checks.base import Check, Context, Need
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Family, Observation, Severity


def _observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    return told(pair, "table-damaged")


CHECK = Check(
    id="table-damaged",
    family=Family.STRUCTURE,
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    summary="A table has become text, or has other rows or columns than in the source.",
    observe=_observe,
    needs=frozenset((Need.BASE,)),
)
