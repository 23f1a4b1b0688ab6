"""`list-damaged`: list items that are none, or on another level."""

from __future__ import annotations

from bilint.checks.base import Check, Context, Need
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Family, Observation, Severity


def _observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    return told(pair, "list-damaged")


CHECK = Check(
    id="list-damaged",
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    summary="A list item is plain text, or stands on another level than in the source.",
    observe=_observe,
    needs=frozenset((Need.BASE,)),
)
