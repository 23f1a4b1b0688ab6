"""`block-extra`: text that the source does not have, or has once and not twice."""

from __future__ import annotations

from bilint.checks.base import Context
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation


def observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    """The page has text that the source does not have, or has it twice."""
    return told(pair, "block-extra")
