"""The figures of a run that are worth keeping, and how they went over time."""

from __future__ import annotations

from collections.abc import Mapping

from bilint.model.alignment import PageStatus
from bilint.model.finding import Family, Severity
from bilint.model.record import NamedTuple


class LocaleFigures(NamedTuple):
    """One locale in one run.

    `pages` counts pages by status, `words_to_do` sums the source words of the pages where they
    are known. `human_share` is the share of words that people translated, in percent, as the
    pages claim it, weighed by their words; None where no page claims one. `findings` counts the
    open ones by family and severity, `queue` the pages with work.
    """

    locale: str
    pages: Mapping[PageStatus, int]
    words_to_do: int
    human_share: float | None
    findings: Mapping[tuple[Family, Severity], int]
    queue: int


class RunFigures(NamedTuple):
    """One run. `at` is when its content was current, as ISO 8601 in UTC; revisions by locale.

    A run that was rebuilt out of git bears the time as of which the repositories were read, any
    other the time at which it was made. `source_findings` are those on the source's own pages.
    `measure` stands for all that it was judged by: runs in which it differs were measured by two
    yardsticks, and their findings do not compare. Empty where nobody knows.
    """

    at: str
    source_revision: str | None
    revisions: Mapping[str, str | None]
    locales: tuple[LocaleFigures, ...]
    source_findings: Mapping[tuple[Family, Severity], int] = {}
    rebuilt: bool = False
    measure: str = ""


class Change(NamedTuple):
    """How the findings of a locale (None: of the source) differ from those of an earlier run."""

    locale: str | None
    new: int
    fixed: int
    still: int


class Trend(NamedTuple):
    """Runs, oldest first, and how the last one differs from the one before it.

    `since` is when that one was; None where there is none. `unlike` says, in words, by what the
    two were measured differently: where it says anything, what is new may be new to Bilint alone.
    """

    runs: tuple[RunFigures, ...]
    since: str | None = None
    changes: tuple[Change, ...] = ()
    unlike: tuple[str, ...] = ()
