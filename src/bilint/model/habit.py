"""How a term or a label is habitually rendered, as a term base shows it."""

from __future__ import annotations

from bilint.model.record import NamedTuple


class Habit(NamedTuple):
    """A text of the source and its habitual rendering, with the counts that speak for it.

    `times` of the `places` have the rendering; `unit` is what the places are called. `human` says
    in how many of these people alone translated, None where that was not counted; `others` are
    renderings seen beside it, the most frequent first, with their counts.
    """

    source: str
    rendering: str
    times: int
    places: int
    unit: str
    human: int | None = None
    others: tuple[tuple[str, int], ...] = ()
