"""`quote-altered`: a note, a box or a quotation whose frame is another."""

from __future__ import annotations

from bilint.checks.base import Check, Context, Need
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Family, Observation, Severity


def _observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    return told(pair, "quote-altered")


CHECK = Check(
    id="quote-altered",
    family=Family.STRUCTURE,
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    summary="A note or quotation has lost its frame, or has another.",
    observe=_observe,
    needs=frozenset((Need.BASE,)),
    yields_to=frozenset(("alert-altered",)),
)
