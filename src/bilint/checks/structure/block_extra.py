"""`block-extra`: text that the source does not have, or has once and not twice."""

from __future__ import annotations

from bilint.checks.base import Check, Context, Need
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Family, Observation, Severity


def _observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    return told(pair, "block-extra")


CHECK = Check(
    id="block-extra",
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    summary="The page has text that the source does not have, or has it twice.",
    observe=_observe,
    needs=frozenset((Need.BASE,)),
    yields_to=frozenset(
        (
            "alert-altered",
            "alt-text-damaged",
            "html-altered",
            "image-lost",
        )
    ),
)
