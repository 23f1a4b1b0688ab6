"""`quote-altered`: a note, a box or a quotation whose frame is another."""

from __future__ import annotations

from bilint.checks.base import Context
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation


def observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    """A note or quotation has lost its frame, or has another."""
    return told(pair, "quote-altered")
