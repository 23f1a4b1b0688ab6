"""A line on the terminal that says how far a long run has come, and goes away at the end."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from typing import Self, TextIO

from bilint.reporters.escape import visible
from bilint.reporters.layout import fit, width

PAUSE = 0.1
"""Seconds between two redraws: quick enough to look alive, and free."""
PATIENCE = 0.3
"""Seconds before anything is shown: a run that is over by then needs no bar."""


class ProgressBar:
    """A bar on a terminal; silent where the stream is none, or was asked to be quiet.

    It is told how much is done, and of how much; 0 of 0 means that nobody knows yet.
    """

    def __init__(
        self,
        stream: TextIO,
        label: str,
        *,
        quiet: bool = False,
        columns: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream = stream
        self._label = visible(label)
        self._columns = columns or shutil.get_terminal_size().columns
        self._clock = clock
        self._shown = ""
        self._next = clock() + PATIENCE
        self.on = not quiet and stream.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Redraw, if it is time."""
        if not self.on or self._clock() < self._next:
            return
        self._next = self._clock() + PAUSE
        self._draw(self._line(done, total))

    def _line(self, done: int, total: int) -> str:
        if total <= 0:
            return fit(f"{self._label} …", self._columns - 1)
        done = max(0, min(done, total))
        whole = f"{total:,}"
        # As wide at the first page as at the last: a bar that moves is hard to read.
        counted = f"{done:,}".rjust(len(whole)) + f" of {whole}"
        room = min(self._columns - width(self._label) - len(counted) - 3, 40)
        if room < 5:
            return fit(f"{self._label} {counted}", self._columns - 1)
        full = room * done // total
        return f"{self._label} {'━' * full}{'─' * (room - full)} {counted}"

    def _draw(self, line: str) -> None:
        # Blanks rather than an escape sequence: every terminal knows them.
        blanks = " " * max(0, len(self._shown) - len(line))
        self._stream.write(f"\r{line}{blanks}\r" if not line else f"\r{line}{blanks}")
        self._stream.flush()
        self._shown = line

    def clear(self) -> None:
        """Take the line away, so that what is printed next starts clean."""
        if self._shown:
            self._draw("")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()
