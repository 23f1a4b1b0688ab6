"""What a run says: pages, findings, the queue, and what could not be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from bilint.model.alignment import ChangeClass, Drift, PageStatus, SegmentState, Unit
from bilint.model.finding import Finding, Incident, Skipped
from bilint.model.pair import PairedBy
from bilint.model.record import NamedTuple

if TYPE_CHECKING:
    from bilint.model.trend import Trend


class SegmentCounts(NamedTuple):
    """Segments of a page by state; None where it cannot be known."""

    total: int | None = None
    current: int | None = None
    stale: int | None = None
    obsolete: int | None = None
    new: int | None = None


class Work(NamedTuple):
    """What of a page a person still has to look at: segments by state, and their source words.

    Segments that are answered are counted apart and nowhere else.
    """

    stale: int = 0
    obsolete: int = 0
    new: int = 0
    stale_words: int = 0
    new_words: int = 0
    answered: int = 0

    @classmethod
    def of(cls, units: Iterable[Unit]) -> Work:
        """The work in the units of one page."""
        counts = dict.fromkeys(SegmentState, 0)
        words = dict.fromkeys(SegmentState, 0)
        answered = 0
        for unit in units:
            if unit.state is SegmentState.CURRENT:
                continue
            if unit.answered:
                answered += 1
            else:
                counts[unit.state] += 1
                words[unit.state] += unit.words
        return cls(
            counts[SegmentState.STALE],
            counts[SegmentState.OBSOLETE],
            counts[SegmentState.NEW],
            words[SegmentState.STALE],
            words[SegmentState.NEW],
            answered,
        )


class PageResult(NamedTuple):
    """One page of one locale. `words_to_do` are source words, None when it cannot be known.

    `work` says more of them where the three texts are at hand, and is None elsewhere. `drift` is
    what structure alone lets one guess of a page whose pin is not known, at low confidence.
    `word_count` are the words of its source as the page itself says them.
    """

    locale: str
    path: str | None
    id: str | None
    paired_by: PairedBy | None
    status: PageStatus
    reason: str | None
    moved: bool
    pin: str | None
    base_path: str | None
    source_path: str | None
    ht_degree: float | None
    workflow: str | None
    segments: SegmentCounts
    words_to_do: int | None
    changes: tuple[ChangeClass, ...] = ()
    work: Work | None = None
    drift: Drift | None = None
    word_count: int | None = None


class Reason(NamedTuple):
    """Why a page is where it is in the queue. The points of all reasons sum to the score."""

    code: str
    points: int
    text: str


class QueueItem(NamedTuple):
    """One piece of work. `rank` counts from 1 within its locale."""

    rank: int
    locale: str
    path: str | None
    id: str | None
    score: int
    reasons: tuple[Reason, ...]
    words_to_do: int | None
    minutes: int
    source_path: str | None = None


class Tool(NamedTuple):
    """What makes two runs comparable."""

    name: str
    version: str
    checks: tuple[str, ...]
    profile: str
    engines: Mapping[str, str]


class SourceUsed(NamedTuple):
    """The source that was read: as given, and the full commit id (None: the working tree)."""

    repository: str | None
    revision: str | None


class Place(NamedTuple):
    """The language of a side, and where its pages can be seen.

    `url` is a template with `{revision}`, `{path}` and `{line}`, out of the settings and not to
    be trusted.
    """

    language: str = "en"
    url: str | None = None


PageKey = tuple[str, str | None, str | None]
"""A page by its locale, its path and the path of its source page."""


def page_key(page: PageResult) -> PageKey:
    """What tells a page from all others of a report."""
    return (page.locale, page.path, page.source_path)


class Report(NamedTuple):
    """All that one run found out. What a command did not compute is None.

    `diffs` are source segments then and now, by locale and path. `stale_baseline` are lines of
    the baseline that met no finding any more. `dependants` are the pages, by locale, path
    and source path, that are there only because their source page was asked for: they are judged
    and not checked. `revisions` are the commits of the targets by locale, None for a working tree.
    `measure` is all that the run was judged by, for a history; `trend` is there when one is kept,
    and ends with this run. `texts` are packed (`model.unit_text`);
    `places` are those of the source (``) and of the locales.
    """

    tool: Tool
    source: SourceUsed
    pages: tuple[PageResult, ...] | None
    findings: tuple[Finding, ...] | None
    queue: tuple[QueueItem, ...] | None
    skipped: tuple[Skipped, ...]
    incidents: tuple[Incident, ...]
    diffs: Mapping[tuple[str, str], tuple[tuple[str, str], ...]] | None = None
    stale_baseline: tuple[str, ...] = ()
    unused_ignores: tuple[str, ...] = ()
    dependants: frozenset[PageKey] = frozenset()
    revisions: Mapping[str, str | None] = {}
    measure: Mapping[str, Any] | None = None
    trend: Trend | None = None
    texts: Mapping[PageKey, bytes] | None = None
    places: Mapping[str, Place] = {}

    def is_dependant(self, page: PageResult) -> bool:
        """Whether a page of the report is there only for its source page."""
        return page_key(page) in self.dependants
