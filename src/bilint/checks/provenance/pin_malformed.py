"""`pin-malformed`: the page names a source version that can be none."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.model.alignment import AlignedPair
from bilint.model.document import Entry
from bilint.model.finding import Observation, Suggestion
from bilint.model.pattern import late

_COMMIT = late(r"[0-9a-f]{7,40}|[0-9a-f]{64}")
_SHOWN = 80


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """The page names a source version that is no commit id."""
    front_matter = pair.document.front_matter
    for key in context.profile.pin_keys:
        entry = front_matter.entries.get(key)
        if entry is None or (isinstance(entry.value, str) and front_matter.text(key) is None):
            continue
        fault = _fault(entry)
        if fault is not None:
            yield fault
        return


def _fault(entry: Entry) -> Observation | None:
    if not isinstance(entry.value, str):
        return Observation(
            f"`{entry.key}` is a list or a mapping; expected is the id of one commit.",
            entry.value_span,
            entry.key,
        )
    pin = entry.value.strip()
    if _COMMIT.fullmatch(pin):
        return None
    shown = pin if len(pin) <= _SHOWN else pin[:_SHOWN] + "…"
    lower = pin.lower()
    return Observation(
        f"`{entry.key}` is no commit id: expected are 7 to 40 digits out of 0-9a-f, or 64.",
        entry.value_span,
        shown,
        suggestion=Suggestion(lower, safe=True) if _COMMIT.fullmatch(lower) else None,
    )
