"""How long a translation is beside its source, by the size of the source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bilint.model.bitext import Bitext
from bilint.model.evidence import Spread

SIZES = (("line", 24), ("sentence", 80), ("paragraph", 200), ("text", 1_000_000))
"""The classes of size, each with the characters of the source up to which it goes."""

_SHORTEST = 12
"""Characters of a source below which its translation may have any length."""

_LEAST = 60
"""Translations of one class below which nothing is known of it."""

_TAIL = 0.01
"""The share of translations that lies below the range, and the share above."""


def size(characters: int) -> str | None:
    """The class of a source of so many characters; None where it is too short to measure by."""
    if characters < _SHORTEST:
        return None
    return next(name for name, most in SIZES if characters <= most)


def lengths(bitexts: Sequence[Bitext]) -> Mapping[str, Spread] | None:
    """The range of lengths of a locale's translations over those of their sources, by size.

    What stands in many places counts once, and what was not translated not at all.
    """
    pairs = {(row.source, row.target) for bitext in bitexts for row in bitext.rows}
    found: dict[str, list[float]] = {}
    for source, target in pairs:
        name = size(len(source))
        if name is not None and target and source != target:
            found.setdefault(name, []).append(len(target) / len(source))
    spreads = {}
    for name, ratios in sorted(found.items()):
        if len(ratios) >= _LEAST:
            ratios.sort()
            cut = int(len(ratios) * _TAIL)
            low, high = ratios[cut], ratios[-1 - cut]
            spreads[name] = Spread(round(low, 3), round(high, 3), len(ratios))
    return spreads or None
