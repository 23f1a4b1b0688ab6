"""Where a page says something of its origin, and how a score is told."""

from __future__ import annotations

import math
from collections.abc import Iterable

from bilint.model.document import FrontMatter
from bilint.model.text import Span


def entry_span(front_matter: FrontMatter, keys: Iterable[str]) -> tuple[str, Span]:
    """The first of `keys` that is there and the place of its value; the page where none is."""
    for key in keys:
        entry = front_matter.entries.get(key)
        if entry is not None:
            return key, entry.value_span
    return "", Span(0, 0)


def floor_tenth(score: float) -> float:
    """A score cut after its first decimal: only equal texts may read 100."""
    return math.floor(score * 10) / 10
