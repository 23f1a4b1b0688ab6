"""How a person wants to see a report."""

from __future__ import annotations

from bilint.model.record import NamedTuple
from bilint.reporters.colour import Style


class View(NamedTuple):
    """`width` is in columns; None, for a pipe or a file, shortens and wraps nothing.

    `verbose` shows what is otherwise only counted: findings at level info, every occurrence of
    what repeats itself, every check that was skipped. `quiet` leaves out all that was not asked
    for: totals, what is skipped, hidden or unknown; never what went wrong.
    """

    width: int | None = 80
    style: Style = Style()
    verbose: bool = False
    quiet: bool = False

    @property
    def wide(self) -> bool:
        """Whether there is room for what is good to know."""
        return self.width is None or self.width >= 120
