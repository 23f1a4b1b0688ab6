"""How many examples a property is tried with: few by default, many where time is no matter.

`BILINT_THOROUGH=1 pytest` tries each property with twenty times as many, and reads all pages of the
real corpora where otherwise some are chosen.
"""

from __future__ import annotations

import os

from hypothesis import settings

THOROUGH = bool(os.environ.get("BILINT_THOROUGH"))


_TIMES = 20 if THOROUGH else 1


def load_profile() -> None:
    """What holds for properties that say nothing else. How long an example takes is no matter."""
    settings.register_profile("bilint", max_examples=100 * _TIMES, deadline=None)
    settings.load_profile("bilint")


def examples(count: int) -> settings:
    """The settings of a property that is worth more or fewer examples than others."""
    return settings(max_examples=count * _TIMES, deadline=None)
