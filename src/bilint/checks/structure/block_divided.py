"""`block-divided`: text that is cut into blocks otherwise than in the source."""

from __future__ import annotations

from bilint.checks.base import Context
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation


def observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    """Two blocks of the source stand as one, or one as two."""
    return told(pair, "block-divided")
