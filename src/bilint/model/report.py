"""What a run says: pages, findings, the queue, and what could not be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bilint.model.alignment import ChangeClass, Drift, PageStatus, SegmentState, Unit
from bilint.model.digests import Digests
from bilint.model.finding import Finding, Incident, Skipped
from bilint.model.pair import PairedBy
from bilint.model.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

    from bilint.model.decision import Place
    from bilint.model.gate import BudgetResult, Impact, StaleLine, Verdict
    from bilint.model.quality import Quality
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

    Segments that are answered are counted apart and nowhere else. `expired` are those among the
    open ones that somebody had settled before a text of theirs changed.
    """

    stale: int = 0
    obsolete: int = 0
    new: int = 0
    stale_words: int = 0
    new_words: int = 0
    answered: int = 0
    expired: int = 0

    @classmethod
    def of(cls, units: Iterable[Unit], expired: int = 0) -> Work:
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
            expired,
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


class SegmentResult(NamedTuple):
    """One segment that is not as it was at the pin, whether answered or not.

    `line` is where its translation stands, None where it has none. `base`, `head` and `target`
    are its text at the pin, in the source now, and in the translation; empty where there is none.
    `fingerprint` and `digests` are what a decision on it is bound to.
    """

    locale: str
    path: str
    line: int | None
    state: SegmentState
    change: ChangeClass | None
    answered: bool
    words_to_do: int
    base: str
    head: str
    target: str
    fingerprint: str
    digests: Digests


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


class SideInfo(NamedTuple):
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

    `diffs` are source segments then and now, by locale and path; `segments` say more of the same
    ones. `stale_baseline` are lines of
    the baseline that met no finding any more. `contradictions` are decisions on one subject of
    which none holds, as they say different things. `dependants` are the pages, by locale, path
    and source path, that are there only because their source page was asked for: they are judged
    and not checked. `revisions` are the commits of the targets by locale, None for a working tree.
    `measure` is all that the run was judged by, for a history; `trend` is there when one is kept,
    and ends with this run. `texts` are packed (`model.unit_text`), `quality` is there when it was
    asked for, `sides` are those of the source (``) and of the locales.

    `compared` says that findings were told from earlier ones, by a baseline or by a revision.
    `touched` are the lines that a change touched, as first and last line, by locale (None: the
    source) and path. `impact` is what a change of source pages causes in their translations.
    `verdict` is there where somebody asked whether the run passes.
    """

    tool: Tool
    source: SourceUsed
    pages: tuple[PageResult, ...] | None
    findings: tuple[Finding, ...] | None
    queue: tuple[QueueItem, ...] | None
    skipped: tuple[Skipped, ...]
    incidents: tuple[Incident, ...]
    diffs: Mapping[tuple[str, str], tuple[tuple[str, str], ...]] | None = None
    stale_baseline: tuple[StaleLine, ...] = ()
    unused_ignores: tuple[str, ...] = ()
    dependants: frozenset[PageKey] = frozenset()
    revisions: Mapping[str, str | None] = {}
    measure: Mapping[str, Any] | None = None
    trend: Trend | None = None
    compared: bool = False
    touched: Mapping[tuple[str | None, str], tuple[tuple[int, int], ...]] | None = None
    impact: tuple[Impact, ...] | None = None
    budgets: tuple[BudgetResult, ...] | None = None
    verdict: Verdict | None = None
    contradictions: tuple[str, ...] = ()
    segments: tuple[SegmentResult, ...] | None = None
    texts: Mapping[PageKey, bytes] | None = None
    quality: Quality | None = None
    sides: Mapping[str, SideInfo] = {}

    def is_dependant(self, page: PageResult) -> bool:
        """Whether a page of the report is there only for its source page."""
        return page_key(page) in self.dependants


def page_places(pages: Iterable[PageResult]) -> dict[tuple[str | None, str], Place]:
    """Every page and its source by locale and path, with all the names that it is known by."""
    from bilint.model.decision import Place

    found: dict[tuple[str | None, str], Place] = {}
    for page in pages:
        if page.source_path is not None:
            source = Place(None, page.id, page.source_path)
            found.setdefault((None, page.source_path), source)
        if page.path is not None:
            place = Place(page.locale, page.id, page.source_path, page.path)
            found[page.locale, page.path] = place
    return found
