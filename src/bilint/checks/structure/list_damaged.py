"""`list-damaged`: list items that are none, or on another level."""

from __future__ import annotations

from bilint.checks.base import Context
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation


def observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    """A list item is plain text, or stands on another level than in the source."""
    return told(pair, "list-damaged")
