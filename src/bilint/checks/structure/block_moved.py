"""`block-moved`: blocks that stand in another order than in the source."""

from __future__ import annotations

from bilint.checks.base import Context
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation


def observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    """A block stands at another place than in the source."""
    return told(pair, "block-moved")
