"""`table-damaged`: a table that is none, or that lacks rows or columns."""

from __future__ import annotations

from bilint.checks.base import Context
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation


def observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    """A table has become text, or has other rows or columns than in the source."""
    return told(pair, "table-damaged")
