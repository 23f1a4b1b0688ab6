"""The machine contract `bilint/1`: one JSON object, one item of a list to a line.

The same report gives the same bytes. Every key is always there; what was not computed is null.
The schema lies beside this module; `schema.report_schema` hands it out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar

from bilint.model.alignment import Drift, PageStatus
from bilint.model.finding import Finding, FindingState, Incident, Severity, Skipped
from bilint.model.gate import BudgetResult, Impact
from bilint.model.report import PageResult, QueueItem, Report, SegmentResult
from bilint.model.trend import Trend
from bilint.reporters.json_text import json_list, json_member, json_text

if TYPE_CHECKING:
    from bilint.model.decision import Decision

_T = TypeVar("_T")

SCHEMA = "bilint/1"

CHUNK = 64 * 1024
"""Bytes in a chunk of output, about."""


def render_json(report: Report) -> Iterator[bytes]:
    """The report in UTF-8, in chunks: nothing is built as a whole, however long the lists."""
    chunk: list[bytes] = []
    size = 0
    for line in _lines(report):
        data = line.encode()
        chunk.append(data)
        size += len(data)
        if size >= CHUNK:
            yield b"".join(chunk)
            chunk.clear()
            size = 0
    yield b"".join(chunk)


def _lines(report: Report) -> Iterator[str]:
    tool = report.tool
    yield f'{{"schema":{json_text(SCHEMA)},\n'
    yield json_member(
        "tool",
        {
            "name": tool.name,
            "version": tool.version,
            "checks": list(tool.checks),
            "profile": tool.profile,
            "engines": dict(sorted(tool.engines.items())),
        },
    )
    source = report.source
    yield json_member("source", {"repository": source.repository, "revision": source.revision})
    yield from json_list("pages", report.pages, _page)
    yield from json_list("findings", report.findings, finding_object)
    yield from json_list("queue", report.queue, _item)
    yield from json_list("skipped", report.skipped, _skipped)
    yield from json_list("incidents", report.incidents, _incident)
    yield from json_list("stale_baseline", report.stale_baseline, str)
    yield from json_list("unused_ignores", report.unused_ignores, str)
    yield from json_list("contradictions", report.contradictions, str)
    yield from json_list("segments", report.segments, _segment)
    yield from json_list("impact", report.impact, _impact)
    yield from json_list("budgets", report.budgets, _budget)
    yield from _trend(report.trend)
    yield json_member("verdict", None if report.verdict is None else report.verdict._asdict())
    yield f'"counts":{json_text(_counts(report))}}}\n'


def _known(value: float | None) -> float | None:
    """JSON has no infinity and no not-a-number: they are what nobody knows."""
    return value if value is None or isfinite(value) else None


def _trend(trend: Trend | None) -> Iterator[str]:
    if trend is None:
        yield json_member("trend", None)
        return
    from bilint.reporters.json_trend import trend_members

    yield '"trend":{'
    yield from trend_members(trend)
    yield "},\n"


def _impact(impact: Impact) -> dict[str, Any]:
    return {**impact._asdict(), "segments": impact.segments}


def _budget(budget: BudgetResult) -> dict[str, Any]:
    return {
        "locale": budget.locale,
        "name": budget.name,
        "limit": budget.limit,
        "value": budget.value,
        "exceeded": budget.exceeded,
    }


def _page(page: PageResult) -> dict[str, Any]:
    return {
        "locale": page.locale,
        "path": page.path,
        "id": page.id,
        "paired_by": page.paired_by,
        "status": page.status,
        "reason": page.reason,
        "moved": page.moved,
        "pin": page.pin,
        "base_path": page.base_path,
        "source_path": page.source_path,
        "ht_degree": _known(page.ht_degree),
        "workflow": page.workflow,
        "segments": page.segments._asdict(),
        "words_to_do": page.words_to_do,
        "changes": page.changes,
        "work": None if page.work is None else page.work._asdict(),
        "drift": None if page.drift is None else _drift(page.drift),
        "word_count": page.word_count,
    }


def _drift(drift: Drift) -> dict[str, Any]:
    return {**drift._asdict(), "likeness": round(drift.likeness, 3)}


def _segment(segment: SegmentResult) -> dict[str, Any]:
    return {**segment._asdict(), "digests": segment.digests._asdict()}


def finding_object(finding: Finding) -> dict[str, Any]:
    """A finding as the contract has it."""
    source, suggestion = finding.source, finding.suggestion
    return {
        "check": finding.check,
        "family": finding.family,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "side": finding.side,
        "locale": finding.locale,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "message": finding.message,
        "subject": finding.subject,
        "source": None
        if source is None
        else {
            "path": source.path,
            "revision": source.revision,
            "line": source.line,
            "text": source.text,
        },
        "text": finding.text,
        "evidence": {
            key: _known(value) if isinstance(value, float) else value
            for key, value in sorted(finding.evidence.items())
        },
        "suggestion": None
        if suggestion is None
        else {"text": suggestion.text, "safe": suggestion.safe},
        "fingerprint": finding.fingerprint,
        "group": finding.group,
        "state": finding.state,
        "digests": finding.digests._asdict(),
        "decision": None if finding.decision is None else _decision(finding.decision),
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "key": decision.key,
        "as": decision.verdict,
        "by": decision.by,
        "at": decision.at,
        "reason": decision.reason,
    }


def _item(item: QueueItem) -> dict[str, Any]:
    return {
        "rank": item.rank,
        "locale": item.locale,
        "path": item.path,
        "id": item.id,
        "score": item.score,
        "reasons": [reason._asdict() for reason in item.reasons],
        "words_to_do": item.words_to_do,
        "minutes": item.minutes,
        "source_path": item.source_path,
    }


def _skipped(skipped: Skipped) -> dict[str, Any]:
    return skipped._asdict()


def _incident(incident: Incident) -> dict[str, Any]:
    return incident._asdict()


def _counts(report: Report) -> dict[str, Any]:
    return {
        "pages": _page_counts(report.pages),
        "findings": _finding_counts(report.findings),
        "queue": _queue_counts(report.queue),
        "skipped": len(report.skipped),
        "incidents": len(report.incidents),
        "stale_baseline": len(report.stale_baseline),
    }


def _page_counts(pages: Iterable[PageResult] | None) -> dict[str, Any] | None:
    if pages is None:
        return None
    everywhere = _Tally()
    locales: dict[str, _Tally] = {}
    for page in pages:
        everywhere.add(page)
        locales.setdefault(page.locale, _Tally()).add(page)
    return {
        **everywhere.said(),
        "locales": {locale: locales[locale].said() for locale in sorted(locales)},
    }


class _Tally:
    """Pages counted by status, with their words."""

    def __init__(self) -> None:
        self.status: Counter[PageStatus] = Counter()
        self.moved = self.words = self.unknown = 0

    def add(self, page: PageResult) -> None:
        self.status[page.status] += 1
        self.moved += page.moved
        self.words += page.words_to_do or 0
        self.unknown += page.words_to_do is None

    def said(self) -> dict[str, Any]:
        return {
            "total": self.status.total(),
            "status": _all_of(PageStatus, self.status),
            "moved": self.moved,
            "words_to_do": self.words,
            "words_unknown": self.unknown,
        }


def _finding_counts(findings: Iterable[Finding] | None) -> dict[str, Any] | None:
    """By state; and those that are open by severity and by check."""
    if findings is None:
        return None
    states: Counter[FindingState] = Counter()
    severities: Counter[Severity] = Counter()
    checks: Counter[str] = Counter()
    for finding in findings:
        states[finding.state] += 1
        if finding.state.is_open:
            severities[finding.severity] += 1
            checks[finding.check] += 1
    return {
        "total": states.total(),
        "state": _all_of(FindingState, states),
        "severity": _all_of(Severity, severities),
        "check": {check: checks[check] for check in sorted(checks)},
    }


def _queue_counts(queue: Iterable[QueueItem] | None) -> dict[str, Any] | None:
    if queue is None:
        return None
    locales: dict[str, dict[str, int]] = {}
    for item in queue:
        of_locale = locales.setdefault(item.locale, {"items": 0, "words_to_do": 0, "minutes": 0})
        of_locale["items"] += 1
        of_locale["words_to_do"] += item.words_to_do or 0
        of_locale["minutes"] += item.minutes
    return {
        **{
            key: sum(one[key] for one in locales.values())
            for key in ("items", "words_to_do", "minutes")
        },
        "locales": {locale: locales[locale] for locale in sorted(locales)},
    }


def _all_of(values: Iterable[_T], counts: Mapping[_T, int]) -> dict[_T, int]:
    return {value: counts.get(value, 0) for value in values}
