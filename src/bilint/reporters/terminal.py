"""A report for a person at a terminal, as lines of text without their ends.

Every line is made of pieces and leaves through `paint`, which escapes: nothing that a page says
reaches the terminal as anything but text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bilint.model.report import QueueItem, Report
from bilint.reporters.colour import Role
from bilint.reporters.layout import Line, Piece, paint, wrap
from bilint.reporters.terminal_notes import note_lines, summary_line
from bilint.reporters.view import View

QUEUE_SHOWN = 10
"""Items of the queue that `report` prints a locale; `bilint queue` prints all."""


def render_status(report: Report, view: View) -> Iterator[str]:
    """Every page with its status, then what changed in the source (`diffs`), then totals."""
    return _painted(_status(report, view), view)


def render_check(report: Report, view: View) -> Iterator[str]:
    """Findings, the worst page first; then what became of the translations of source pages."""
    return _painted(_check(report, view), view)


def render_queue(
    report: Report, view: View, uncut: Sequence[QueueItem] | None = None
) -> Iterator[str]:
    """The queue. `uncut` is the whole of it where the report holds what fits a budget."""
    return _painted(_queue(report, view, uncut), view)


def render_report(report: Report, view: View) -> Iterator[str]:
    """All of it: pages that need work, findings, the top of the queue, totals."""
    return _painted(_report(report, view), view)


def render_end(report: Report, view: View) -> Iterator[str]:
    """What could not be done, and the last line."""
    return _painted(_end(report, view), view)


def _status(report: Report, view: View) -> Iterator[Line]:
    from bilint.reporters.terminal_pages import diff_lines, page_lines, total_lines

    pages = report.pages or ()
    yield from page_lines(pages, view)
    if report.diffs is not None:
        yield from diff_lines(pages, report.diffs, view, report.segments or ())
    if pages and not view.quiet:
        yield from total_lines(pages, view)
    yield from _end(report, view)


def _check(report: Report, view: View) -> Iterator[Line]:
    if report.findings:
        from bilint.reporters.terminal_findings import finding_lines

        yield from finding_lines(report.findings, view)
    if not view.quiet and (report.dependants or report.impact is not None):
        from bilint.reporters.terminal_dependants import dependant_lines

        yield from dependant_lines(report, view)
    yield from _trend(report)
    yield from _end(report, view)


def _queue(report: Report, view: View, uncut: Sequence[QueueItem] | None) -> Iterator[Line]:
    whole = None if uncut is None else Counter(item.locale for item in uncut)
    items = report.queue or ()
    if not items and not whole:
        yield [Piece("Nothing to do.", Role.GOOD)]
        yield []
    from bilint.reporters.terminal_queue import queue_lines

    yield from queue_lines(items, view, whole=whole)
    yield from note_lines(report, view, hidden=False)


def _report(report: Report, view: View) -> Iterator[Line]:
    from bilint.reporters.terminal_findings import finding_lines
    from bilint.reporters.terminal_pages import diff_lines, page_lines, total_lines

    pages = report.pages or ()
    if pages:
        yield _title("Pages")
        yield from page_lines(pages, view, fine=view.verbose)
        if report.diffs is not None:
            yield from diff_lines(pages, report.diffs, view, report.segments or ())
    findings = list(finding_lines(report.findings or (), view))
    if findings:
        yield _title("Findings")
        yield from findings
    if report.queue:
        from bilint.reporters.terminal_queue import queue_lines

        yield _title("Queue")
        first = None if view.verbose else QUEUE_SHOWN
        yield from queue_lines(report.queue, view, first=first)
    yield from _trend(report)
    if pages and not view.quiet:
        yield _title("Totals")
        yield from total_lines(pages, view)
    yield from _end(report, view)


def _trend(report: Report) -> Iterator[Line]:
    if report.trend is not None:
        from bilint.reporters.terminal_trend import trend_lines

        yield _title("Trend")
        yield from trend_lines(report.trend)


def _title(text: str) -> Line:
    return [Piece(f"━━ {text} ━━", Role.HEADING)]


def _end(report: Report, view: View) -> Iterator[Line]:
    yield from note_lines(report, view)
    yield from wrap(summary_line(report, view), view.width, "  ")


def _painted(lines: Iterable[Line], view: View) -> Iterator[str]:
    return (paint(line, view.style) for line in lines)
