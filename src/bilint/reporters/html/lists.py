"""Pages, findings and queue as columns: a hundred thousand rows are a few lists of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import Any

from bilint.model.alignment import ChangeClass, PageStatus
from bilint.model.finding import Confidence, Finding, FindingState, Severity, Side
from bilint.model.record import NamedTuple
from bilint.model.report import PageResult, QueueItem, Report, page_key
from bilint.reporters.html.pool import Pool

SOURCE = ""
"""Stands for the locale of a source page."""

_STATUS = {status: number for number, status in enumerate(PageStatus)}
_STATE = {state: number for number, state in enumerate(FindingState)}


class Row(NamedTuple):
    """A page of the report; `result` is None for a source page, or for one that was not judged."""

    locale: str
    path: str | None
    source_path: str | None
    result: PageResult | None


class Rows:
    """All pages that the report speaks of, by number."""

    def __init__(self, report: Report) -> None:
        self.rows = [
            Row(page.locale, page.path, page.source_path, page) for page in report.pages or ()
        ]
        self._numbers = {page_key(page): number for number, page in enumerate(report.pages or ())}
        self._by_path: dict[tuple[str, str], int] = {}
        for number, row in enumerate(self.rows):
            if row.path is not None:
                self._by_path.setdefault((row.locale, row.path), number)

    def of_finding(self, finding: Finding) -> int:
        """The page that a finding stands on."""
        locale = SOURCE if finding.side is Side.SOURCE else finding.locale or SOURCE
        key = (locale, finding.path)
        if key not in self._by_path:
            self._by_path[key] = len(self.rows)
            source_path = finding.path if locale == SOURCE else None
            self.rows.append(Row(locale, finding.path, source_path, None))
        return self._by_path[key]

    def of_item(self, item: QueueItem) -> int:
        """The page that an item of the queue asks for; -1 when the report has none."""
        number = self._numbers.get((item.locale, item.path, item.source_path))
        if number is None and item.path is not None:
            number = self._by_path.get((item.locale, item.path))
        return -1 if number is None else number


def page_columns(rows: Sequence[Row], locales: Sequence[str], pool: Pool) -> dict[str, Any]:
    """The pages. A status of -1 is not known; counts that are not known are -1."""
    results = [row.result for row in rows]

    def column(value: Any, default: object = -1) -> list[Any]:
        return [default if result is None else value(result) for result in results]

    number = {locale: index for index, locale in enumerate(locales)}
    classes = list(ChangeClass)
    return {
        "locale": [number.get(row.locale, -1) for row in rows],
        "path": [row.path for row in rows],
        "source": [0 if row.source_path == row.path else row.source_path for row in rows],
        "base": column(lambda r: 0 if r.base_path in (r.source_path, None) else r.base_path, 0),
        "status": column(lambda r: _STATUS[r.status]),
        "reason": column(lambda r: pool.number(r.reason)),
        "moved": column(lambda r: int(r.moved), 0),
        "paired": column(lambda r: pool.number(r.paired_by)),
        "pin": column(lambda r: pool.number(r.pin)),
        "ht": column(lambda r: _known(r.ht_degree)),
        "workflow": column(lambda r: pool.number(r.workflow)),
        "words": column(lambda r: _known(r.words_to_do)),
        "size": column(lambda r: _known(r.word_count)),
        "total": column(lambda r: _known(r.segments.total)),
        "stale": column(lambda r: _known(r.segments.stale)),
        "obsolete": column(lambda r: _known(r.segments.obsolete)),
        "new": column(lambda r: _known(r.segments.new)),
        "answered": column(lambda r: 0 if r.work is None else r.work.answered, 0),
        "changes": column(lambda r: sum(1 << classes.index(kind) for kind in r.changes), 0),
    }


def _known(value: float | None) -> float:
    return -1 if value is None or not isfinite(value) else value


def finding_columns(
    findings: Sequence[Finding], pages: Sequence[int], checks: Mapping[str, int], pool: Pool
) -> dict[str, Any]:
    """The findings, without what only their page shows."""
    return {
        "page": list(pages),
        "check": [checks[one.check] for one in findings],
        "severity": [one.severity.rank for one in findings],
        "confidence": [one.confidence.rank for one in findings],
        "state": [_STATE[one.state] for one in findings],
        "line": [one.line for one in findings],
        "column": [one.column for one in findings],
        "message": [pool.number(one.message) for one in findings],
        "subject": [pool.number(one.subject) for one in findings],
        "text": [pool.number(shortened(one.text)) for one in findings],
        "fix": [_fix(one) for one in findings],
    }


LONGEST = 300
"""Characters of a finding's text in a list; its page shows all of it."""


def shortened(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _fix(finding: Finding) -> int:
    """0 without a suggestion, 1 for one that wants a look, 2 for a safe one."""
    return 0 if finding.suggestion is None else 1 + finding.suggestion.safe


def queue_columns(queue: Iterable[QueueItem], rows: Rows, pool: Pool) -> dict[str, Any]:
    """The queue, with its reasons as triples of code, points and text."""
    items = [(item, rows.of_item(item)) for item in queue]
    items = [(item, page) for item, page in items if page >= 0]
    return {
        "page": [page for _item, page in items],
        "rank": [item.rank for item, _page in items],
        "score": [item.score for item, _page in items],
        "words": [_known(item.words_to_do) for item, _page in items],
        "minutes": [item.minutes for item, _page in items],
        "reasons": [
            [part for one in item.reasons for part in (pool.number(one.code), one.points)]
            for item, _page in items
        ],
        "texts": [[pool.number(one.text) for one in item.reasons] for item, _page in items],
    }


def open_states() -> list[int]:
    """The states in which somebody has to look at a finding, by number."""
    return [number for state, number in _STATE.items() if state.is_open]


def names() -> dict[str, list[str]]:
    """What the numbers in the columns stand for."""
    return {
        "status": list(PageStatus),
        "severity": list(Severity),
        "confidence": list(Confidence),
        "state": list(FindingState),
        "change": list(ChangeClass),
    }
