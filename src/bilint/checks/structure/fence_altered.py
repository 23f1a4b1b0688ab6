"""`fence-altered`: a block of code that is lost, not closed or marked otherwise."""

from __future__ import annotations

from bilint.checks.base import Context
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation


def observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    """A block of code is missing, not closed, or marked as another language."""
    return told(pair, "fence-altered")
