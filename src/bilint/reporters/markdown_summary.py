"""A summary in Markdown, for the page of a CI job or a comment on a pull request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bilint.model.alignment import PageStatus
from bilint.model.finding import Finding, Severity
from bilint.model.pattern import late
from bilint.model.report import PageResult, QueueItem, Report
from bilint.model.trend import Trend
from bilint.reporters.escape import visible
from bilint.reporters.order import open_findings, worst_first

MOST = 1_000_000
"""Bytes that a job summary may have; GitHub drops all of one above 1 MiB."""

_QUEUE_SHOWN = 10
_ACTIVE = late(r"([\\`*_{}\[\]()#+!|~])")


def render_markdown(report: Report) -> Iterator[bytes]:
    """Totals, the queue, and findings worst first; what is too much is counted."""
    size = 0
    head = [*_totals(report), *_trend(report.trend), *_queue(report)]
    for line in head:
        data = f"{line}\n".encode()
        size += len(data)
        yield data
    findings = worst_first(open_findings(report.findings))
    if findings:
        yield b"\n## Findings\n\n| where | what | check |\n|---|---|---|\n"
    for number, finding in enumerate(findings):
        data = f"{_row(finding)}\n".encode()
        size += len(data)
        if size > MOST - 1_000:
            yield f"\nand {len(findings) - number} more\n".encode()
            break
        yield data
    yield from (f"{line}\n".encode() for line in _notes(report))


def _totals(report: Report) -> Iterator[str]:
    yield "# Bilint"
    yield ""
    findings = open_findings(report.findings)
    yield "| locale | pages | stale | unknown | untranslated | words to do | errors | warnings |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    pages = report.pages or ()
    for locale in sorted({page.locale for page in pages}):
        yield _locale_row(
            locale,
            [page for page in pages if page.locale == locale],
            [one for one in findings if one.locale == locale],
        )
    source = [one for one in findings if one.locale is None]
    if source:
        yield _locale_row("source", (), source)


def _locale_row(locale: str, pages: Sequence[PageResult], findings: Iterable[Finding]) -> str:
    status = Counter(page.status for page in pages)
    severity = Counter(one.severity for one in findings)
    words = sum(page.words_to_do or 0 for page in pages)
    cells = (
        _inert(locale),
        len(pages),
        status[PageStatus.STALE],
        status[PageStatus.UNKNOWN] + status[PageStatus.UNPINNED] + status[PageStatus.CLASH],
        status[PageStatus.UNTRANSLATED],
        words,
        severity[Severity.ERROR],
        severity[Severity.WARNING],
    )
    return f"| {' | '.join(map(str, cells))} |"


def _trend(trend: Trend | None) -> Iterator[str]:
    if trend is None or not trend.changes or trend.since is None:
        return
    yield ""
    yield f"## Since {trend.since[:10]}"
    yield ""
    yield "| locale | new | fixed | still open | words to do | human share |"
    yield "|---|--:|--:|--:|--:|--:|"
    for change in trend.changes:
        runs = [one for run in trend.runs for one in run.locales if one.locale == change.locale]
        words = " → ".join(f"{one.words_to_do:,}" for one in runs[-2:])
        share = " → ".join("?" if one.human_share is None else f"{one.human_share:.1f} %"
                           for one in runs[-2:])  # fmt: skip
        cells = (change.locale or "source", change.new, change.fixed, change.still, words, share)
        yield f"| {' | '.join(_inert(str(cell)) for cell in cells)} |"
    if trend.unlike:
        yield ""
        yield "The run before was measured otherwise: what is new may be new to Bilint alone."


def _queue(report: Report) -> Iterator[str]:
    items = [item for item in report.queue or () if item.rank <= _QUEUE_SHOWN]
    if not items:
        return
    yield ""
    yield "## What to do first"
    yield ""
    yield "| locale | page | words | minutes | why |"
    yield "|---|---|--:|--:|---|"
    for item in items:
        yield _queue_row(item)


def _queue_row(item: QueueItem) -> str:
    words = "?" if item.words_to_do is None else str(item.words_to_do)
    why = "; ".join(reason.text for reason in item.reasons)
    path = item.path or item.source_path or ""
    cells = (_inert(item.locale), _inert(path), words, str(item.minutes), _inert(why))
    return f"| {' | '.join(cells)} |"


def _row(finding: Finding) -> str:
    place = f"{finding.path}:{finding.line}"
    if finding.locale is not None:
        place = f"{finding.locale} {place}"
    what = f"{finding.severity}: {finding.message}"
    return f"| {_inert(place)} | {_inert(what)} | {finding.check} |"


def _notes(report: Report) -> Iterator[str]:
    if report.incidents:
        yield ""
        yield "## What failed in Bilint itself"
        yield ""
        for incident in report.incidents:
            yield f"- {_inert(incident.path or incident.check or '')}: {_inert(incident.error)}"
    if report.skipped:
        yield ""
        yield f"{len(report.skipped)} checks or pages were skipped; the full report says why."


def _inert(text: str) -> str:
    """Text out of a page or a path: nothing in it is markup, a mention or a command."""
    escaped = _ACTIVE.sub(r"\\\1", visible(text).replace("&", "&amp;"))
    return escaped.replace("<", "&lt;").replace(">", "&gt;").replace("@", "@\u200b")
