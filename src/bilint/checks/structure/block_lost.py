"""`block-lost`: text, or a picture, of the source is missing or empty."""

from __future__ import annotations

from bilint.checks.base import Context
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation


def observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    """Text or a picture of the source is missing, or its place is empty."""
    return told(pair, "block-lost")
