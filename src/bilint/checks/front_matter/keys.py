"""How keys of the front matter are named in a message."""

from __future__ import annotations

from collections.abc import Sequence

_NAMED = 6
"""Keys that a message names."""


def listed(keys: Sequence[str]) -> str:
    """Keys side by side, as a sentence has them."""
    if len(keys) == 1:
        return f"`{keys[0]}`"
    named = [f"`{key}`" for key in keys[:_NAMED]]
    more = len(keys) - len(named)
    if more:
        return f"{', '.join(named)} and {more} more"
    return f"{', '.join(named[:-1])} and {named[-1]}"
