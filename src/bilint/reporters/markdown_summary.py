"""A summary in Markdown, for the page of a CI job or a comment on a pull request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bilint.figures import human_share
from bilint.model.alignment import PageStatus
from bilint.model.finding import Finding, FindingState, Severity
from bilint.model.gate import Impact
from bilint.model.pattern import late
from bilint.model.report import PageResult, QueueItem, Report
from bilint.model.trend import Trend
from bilint.reporters.escape import visible
from bilint.reporters.impact_words import effect, felt, in_short, of_source
from bilint.reporters.layout import count, share
from bilint.reporters.order import and_more, open_findings, rows, shown_findings
from bilint.reporters.terminal_notes import (
    looked_at,
    skipped_by_reason,
    summary_line,
    unknown_pages,
)
from bilint.reporters.view import View

MOST = 1_000_000
"""Bytes that a job summary may have; GitHub drops all of one above 1 MiB."""

MOST_OF_COMMENT = 60_000
"""Bytes that a comment may have; GitHub refuses one above 65,536 characters."""

MARKER = "<!-- bilint -->"
"""Begins a comment, so that it can be found and replaced by the next one."""

_QUEUE_SHOWN = 10
_KEPT = 400
"""Bytes kept for what is said after a list was cut."""

_ACTIVE = late(r"([\\`*_{}\[\]()#+!|~])")


def render_markdown(report: Report) -> Iterator[bytes]:
    """Totals, budgets, what a change makes stale, the queue, and findings worst first.

    What is of one kind on one page is one row. What is too much is counted.
    """
    paper = _Paper(MOST)
    yield from paper.lines(["# Bilint", "", *_verdict(report), *_summary(report), *_totals(report)])
    yield from _budgets(report, paper)
    yield from _stale(report, paper)
    yield from _trend(report.trend, paper)
    yield from _queue(report, paper)
    yield from _findings(report, paper)
    yield from _notes(report, paper)


def render_comment(report: Report) -> Iterator[bytes]:
    """The same in short, for a comment that is updated in place."""
    paper = _Paper(MOST_OF_COMMENT)
    yield from paper.lines([MARKER, "## Bilint", "", *_verdict(report)])
    if not shown_findings(report.findings) and not felt(report.impact):
        yield from paper.lines(["", "Nothing was found."])
    else:
        yield from paper.lines(_summary(report))
    yield from _stale(report, paper)
    yield from _budgets(report, paper)
    yield from _findings(report, paper)
    yield from _notes(report, paper)


class _Paper:
    """Counts what is written, and says when it is full."""

    def __init__(self, size: int) -> None:
        self.left = size - _KEPT

    def lines(self, lines: Iterable[str]) -> Iterator[bytes]:
        """Lines that are never left out: their number and length are bounded."""
        for line in lines:
            data = f"{line}\n".encode()
            self.left -= len(data)
            yield data

    def table(
        self, title: str, head: Sequence[str], rows: Sequence[str], rest: str
    ) -> Iterator[bytes]:
        """Rows under a title, as many as there is room for; `rest` names what is counted."""
        if not rows:
            return
        yield from self.lines(["", f"## {title}", "", *head])
        for number, row in enumerate(rows):
            data = f"{row}\n".encode()
            if len(data) > self.left - _KEPT:
                more = f"and {len(rows) - number:,} more {rest}"
                yield from self.lines(["", more])
                return
            self.left -= len(data)
            yield data


def _verdict(report: Report) -> Iterator[str]:
    """Whether it passed, or why not."""
    verdict = report.verdict
    if verdict is None:
        return
    if verdict.why:
        word = "Passed by `--exit-zero`, in spite of" if verdict.pardoned else "**Failed**:"
        yield f"{word} {_inert('; '.join(verdict.why))}"
    else:
        yield "**Passed.**"


def _summary(report: Report) -> Iterator[str]:
    """What was found where, in the words that end the text, too."""
    said = "".join(piece.text for piece in summary_line(report, View()))
    if said:
        yield ""
        yield _inert(f"{said[0].upper()}{said[1:]}.")


def _totals(report: Report) -> Iterator[str]:
    findings = open_findings(report.findings)
    pages = looked_at(report) or ()
    if not pages and not findings:
        return
    yield ""
    yield (
        "| locale | pages | stale | unknown | untranslated | words to do | human share |"
        " errors | warnings |"
    )
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
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
    unknown = (PageStatus.UNKNOWN, PageStatus.UNPINNED, PageStatus.CLASH)
    of_pages = [
        len(pages),
        status[PageStatus.STALE],
        sum(status[one] for one in unknown),
        status[PageStatus.UNTRANSLATED],
        words,
    ]
    return _cells(
        _inert(locale),
        *(f"{one:,}" if pages else "" for one in of_pages),
        share(human_share(pages)) if pages else "",
        f"{severity[Severity.ERROR]:,}",
        f"{severity[Severity.WARNING]:,}",
    )


def _trend(trend: Trend | None, paper: _Paper) -> Iterator[bytes]:
    if trend is None or not trend.changes or trend.since is None:
        return
    lines = []
    for change in trend.changes:
        runs = [one for run in trend.runs for one in run.locales if one.locale == change.locale]
        words = " → ".join(f"{one.words_to_do:,}" for one in runs[-2:])
        shares = " → ".join(share(one.human_share) for one in runs[-2:])
        counts = (f"{one:,}" for one in (change.new, change.fixed, change.still))
        cells = (change.locale or "source", *counts, words, shares)
        lines.append(_cells(*map(_inert, cells)))
    head = (
        "| locale | new | fixed | still open | words to do | human share |",
        "|---|--:|--:|--:|--:|--:|",
    )
    yield from paper.table(f"Since {trend.since[:10]}", head, lines, "locales")
    if trend.unlike:
        said = "The run before was measured otherwise: what is new may be new to Bilint alone."
        yield from paper.lines(["", said])


def _budgets(report: Report, paper: _Paper) -> Iterator[bytes]:
    lines = []
    for one in sorted(report.budgets or (), key=lambda one: not one.exceeded):
        value = "unknown" if one.value is None else f"{one.value:,.10g}"
        kept = "**exceeded**" if one.exceeded else "kept"
        lines.append(_cells(_inert(one.locale), f"`{one.name}`", f"{one.limit:,.10g}", value, kept))
    head = ("| locale | budget | limit | now | |", "|---|---|--:|--:|---|")
    yield from paper.table("Budgets", head, lines, "budgets")


def _stale(report: Report, paper: _Paper) -> Iterator[bytes]:
    work = felt(report.impact)
    if not work:
        return
    by_path: dict[str, list[Impact]] = {}
    for one in report.impact or ():
        by_path.setdefault(one.source_path, []).append(one)
    lines = []
    for path, ours in by_path.items():
        own = [one for one in ours if one.is_felt]
        unknown = [one.locale for one in ours if one.segments is None]
        if not own:
            continue
        said = [f"{one.locale}: {effect(one)}" for one in own]
        said += [f"nobody can tell of {', '.join(unknown)}"] if unknown else []
        lines.append(_cells(_inert(path), _inert(of_source(ours)), "<br>".join(map(_inert, said))))
    head = ("| page | changed | becomes stale |", "|---|---|---|")
    short = in_short(report.impact or ())
    yield from paper.lines(["", f"**T{short[1:]}.** That is no error."])
    yield from paper.table("Translations", head, lines, "pages")


def _queue(report: Report, paper: _Paper) -> Iterator[bytes]:
    items = [item for item in report.queue or () if item.rank <= _QUEUE_SHOWN]
    head = ("| locale | page | words | minutes | why |", "|---|---|--:|--:|---|")
    yield from paper.table("What to do first", head, list(map(_queue_row, items)), "pages")


def _queue_row(item: QueueItem) -> str:
    words = "?" if item.words_to_do is None else f"{item.words_to_do:,}"
    why = "; ".join(reason.text for reason in item.reasons)
    path = item.path or item.source_path or ""
    return _cells(_inert(item.locale), _inert(path), words, item.minutes, _inert(why))


def _findings(report: Report, paper: _Paper) -> Iterator[bytes]:
    found = rows(shown_findings(report.findings), report.touched)
    head = ("| where | what | check |", "|---|---|---|")
    yield from paper.table(
        "Findings", head, list(map(_row, found)), "rows; the full report has all"
    )
    states = Counter(one.state for one in report.findings or ())
    hidden = len(open_findings(report.findings)) - sum(map(len, found))
    said = [f"{hidden:,} at level info"] if hidden else []
    for state, words in _SETTLED.items():
        said += [f"{states[state]:,} {words}"] if states[state] else []
    if report.stale_baseline:
        lines = count(len(report.stale_baseline), "line")
        said.append(f"{lines} of the baseline answer for nothing: `bilint baseline prune`")
    if said:
        yield from paper.lines(["", f"Not listed: {'; '.join(said)}."])


_SETTLED = {
    FindingState.ACCEPTED: "accepted",
    FindingState.KNOWN: "known from the baseline",
    FindingState.EARLIER: "that stood there before this change",
    FindingState.SUPPRESSED: "suppressed",
}


def _row(row: Sequence[Finding]) -> str:
    finding = row[0]
    place = f"{finding.path}:{finding.line}"
    if finding.locale is not None:
        place = f"{finding.locale} {place}"
    what = f"{finding.severity}: {finding.message}"
    if len(row) > 1:
        what += f" ({and_more(row)})"
    return _cells(_inert(place), _inert(what), finding.check)


def _notes(report: Report, paper: _Paper) -> Iterator[bytes]:
    incidents = [
        f"- {_inert(one.path or one.check or '')}: {_inert(one.error)}" for one in report.incidents
    ]
    yield from paper.table("What failed in Bilint itself", (), incidents, "of them")
    unknown = [f"- {_inert(one)}" for one in unknown_pages(report)]
    yield from paper.table("Neither fresh nor stale", (), unknown, "of them")
    if report.skipped:
        reasons = len(skipped_by_reason(report))
        why = f"for {count(reasons, 'reason')}"
        said = f"Some checks or pages were skipped, {why}; the full report tells."
        yield from paper.lines(["", said])


def _cells(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _inert(text: str) -> str:
    """Text out of a page or a path: nothing in it is markup, a mention or a command."""
    escaped = _ACTIVE.sub(r"\\\1", visible(text).replace("&", "&amp;"))
    return escaped.replace("<", "&lt;").replace(">", "&gt;").replace("@", "@\u200b")
