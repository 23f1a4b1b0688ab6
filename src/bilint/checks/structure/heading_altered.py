"""`heading-altered`: a heading of another level, or that is none any more."""

from __future__ import annotations

from bilint.checks.base import Context
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation


def observe(pair: AlignedPair, _context: Context) -> tuple[Observation, ...]:
    """A heading has another level than in the source, or is no heading any more."""
    return told(pair, "heading-altered")
