"""What the rooms of the desk hand one another."""

from __future__ import annotations

from bilint.model.finding import Finding, Severity
from bilint.model.record import NamedTuple
from bilint.model.report import QueueItem

ALWAYS = (Severity.ERROR, Severity.WARNING)
"""Findings that are shown; notes are when they are asked for."""

Key = tuple[str, str]
"""A page by its locale and path."""


class Did(NamedTuple):
    """What became of an action: `said` tells it, in sentences; `done` is whether it was done."""

    done: bool
    said: tuple[str, ...]
    new: tuple[Finding, ...] = ()


class Rules(NamedTuple):
    """How a session goes. `human_share` is written into a page when it is finished."""

    reviewer: str
    severities: tuple[Severity, ...] = ALWAYS
    stamp: bool = True
    human_share: int | None = None


class Item(NamedTuple):
    """A piece of the queue: a page to open, or (`path` None) one that is decided as a whole."""

    locale: str
    path: str | None
    queued: QueueItem | None

    @property
    def name(self) -> str:
        """The page; the source page where there is none."""
        return self.path or (self.queued.source_path if self.queued else None) or ""

    @property
    def key(self) -> Key:
        """What tells it from other pages of the run."""
        return self.locale, self.name
