"""What a report could not do or does not show, and its last line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from bilint.model.alignment import PageStatus
from bilint.model.finding import Finding, FindingState, Incident, Severity
from bilint.model.history import Unknown
from bilint.model.record import NamedTuple
from bilint.model.report import PageResult, Report
from bilint.reporters.colour import Role
from bilint.reporters.layout import Line, Piece, count, series, wrap
from bilint.reporters.view import View

MEANING = {
    Unknown.MALFORMED.value: "the pin is no commit id",
    Unknown.AMBIGUOUS.value: "the pin is short for several commits",
    Unknown.ABSENT.value: "the pinned commit is not in the source repository",
    Unknown.SHALLOW.value: "the pinned commit lies beyond the end of a shallow clone",
    Unknown.NO_PAGE.value: "the pinned commit does not hold the source page",
    Unknown.NO_OBJECT.value: "the clone of the source is partial and lacks the page's content",
    Unknown.NO_SOURCE.value: "there is no source repository to ask",
    "no-pin": "nothing says which version of the source was translated",
    "id-duplicate": "several pages bear the same id",
}
"""What a reason of the report means to a person."""

MANY = 3
"""Names listed before the rest is only counted."""


def note_lines(report: Report, view: View, *, hidden: bool = True) -> Iterator[Line]:
    """What is unknown, skipped, hidden, or went wrong; nothing where there is nothing to say."""
    notes: list[Note] = []
    if not view.quiet:
        notes += (Note("unknown", text) for text in unknown_pages(report))
        notes += (Note("skipped", text) for text in _skipped(report, view))
        notes += _hidden(report, view) if hidden else ()
        notes += _expired(report)
        notes += (Note("decided", f"nothing holds: {one}") for one in report.contradictions)
        notes += (Note("baseline", text) for text in _stale_baseline(report.stale_baseline, view))
        notes += (Note("ignore", f"{one} silences nothing") for one in report.unused_ignores)
    notes += _budgets(report, view)
    notes += (Note("incident", text, Role.ERROR) for text in _incidents(report.incidents, view))
    for note in notes:
        yield from note.lines(view)
    if notes:
        yield []


class Note:
    """A label and what it says."""

    def __init__(self, label: str, text: str, role: Role = Role.INFO) -> None:
        self.label = label
        self.text = text
        self.role = role

    def lines(self, view: View) -> Iterator[Line]:
        """The note, wrapped beside its label."""
        label = Piece(f"{self.label:<8}  ", self.role)
        return wrap([label, Piece(self.text)], view.width, " " * 10)


def summary_line(report: Report, view: View) -> Line:
    """The last line of all."""
    parts: list[Piece] = []
    pages = looked_at(report)
    if report.findings is not None:
        parts += _finding_summary(report, view)
    elif pages is not None:
        from bilint.reporters.terminal_pages import WORST_FIRST

        counts = Counter(page.status for page in pages)
        said = series(
            [f"{counts[status]:,} {status.value}" for status in WORST_FIRST if counts[status]]
        )
        text = f"{count(len(pages), 'page')}: {said}" if pages else "no pages"
        parts.append(Piece(text, Role.HEADING))
    if pages is not None and (pages or not report.dependants):
        words = sum(page.words_to_do or 0 for page in pages)
        parts.append(Piece(f"{count(words, 'word')} to do"))
        unknown = sum(page.words_to_do is None for page in pages)
        if unknown:
            parts.append(Piece(f"{count(unknown, 'page')} not counted"))
    if report.impact:
        from bilint.reporters.impact_words import felt, in_short

        if felt(report.impact):
            parts.append(Piece(in_short(report.impact), Role.WARNING))
    if report.skipped:
        parts.append(Piece(f"{len(skipped_by_reason(report)):,} skipped"))
    if report.incidents:
        parts.append(Piece(count(len(report.incidents), "incident"), Role.ERROR))
    line: list[Piece] = []
    for part in parts:
        line += [Piece("; "), part] if line else [part]
    return line


def _finding_summary(report: Report, view: View) -> list[Piece]:
    if not report.findings:
        return _counted(report, ())
    from bilint.reporters.terminal_findings import is_shown

    every = [finding for finding in report.findings if is_shown(finding, view)]
    shown = [finding for finding in every if finding.state.is_open]
    before = sum(finding.state is FindingState.EARLIER for finding in every)
    if before:
        earlier = f"{before:,} more stood there before"
        return [*_counted(report, shown), Piece(earlier)]
    return _counted(report, shown)


def _counted(report: Report, shown: Sequence[Finding]) -> list[Piece]:
    seen = looked_at(report)
    pages = None if seen is None else count(len(seen), "page")
    if not shown and not seen and report.dependants:
        return [Piece("nothing found", Role.GOOD)]
    if not shown:
        return [Piece(f"nothing found on {pages}" if pages else "nothing found", Role.GOOD)]
    from bilint.reporters.terminal_findings import severities

    where = {(finding.locale, finding.path) for finding in shown}
    targets = sum(locale is not None for locale, _ in where)
    sources = len(where) - targets
    bad = any(finding.severity is Severity.ERROR for finding in shown)
    place = f"{targets:,} of {pages}" if pages else count(targets, "page")
    if sources:
        place += f" and {count(sources, 'source page')}"
    return [Piece(f"{severities(shown)} on {place}", Role.ERROR if bad else Role.WARNING)]


def looked_at(report: Report) -> Sequence[PageResult] | None:
    """The pages that the findings are about; all pages, where nothing was looked for."""
    if report.findings is None or not report.dependants:
        return report.pages
    return [page for page in report.pages or () if not report.is_dependant(page)]


def unknown_pages(report: Report) -> Iterator[str]:
    """What cannot be told of how many pages of a locale, and why."""
    counts: Counter[tuple[str, PageStatus, str]] = Counter()
    for page in looked_at(report) or ():
        if page.words_to_do is None:
            counts[page.locale, page.status, page.reason or ""] += 1
    for (locale, status, reason), number in sorted(counts.items()):
        meaning = f": {MEANING[reason]}" if reason in MEANING else ""
        said = f" ({reason})" if reason else ""
        yield f"{locale}: {count(number, 'page')} {status}{said}{meaning}"


def _skipped(report: Report, view: View) -> Iterator[str]:
    """One line a reason: the checks, pages and locales that it kept from running."""
    for (reason, _), group in skipped_by_reason(report).items():
        names = (_names(list(group.checks), "check", view), _names(list(group.pages), "page", view))
        said = " on ".join(name for name in names if name)
        where = f"{_names(list(group.locales), 'locale', view)}: " if group.locales else ""
        yield f"{said}: {where}{reason}" if said else f"{where}{reason}"


class _Group(NamedTuple):
    """What was skipped for one reason."""

    checks: dict[str, None]
    pages: dict[str, None]
    locales: dict[str, None]


def skipped_by_reason(report: Report) -> dict[tuple[str, tuple[str, ...]], _Group]:
    """What was skipped, by reason; locales in which it is all the same go together."""
    of_locale: dict[tuple[str, str], _Group] = {}
    locales = {page.locale for page in report.pages or ()}
    for check, path, reason in report.skipped:
        locale, colon, rest = reason.partition(": ")
        if not colon or locale not in locales:
            locale, rest = "", reason
        group = of_locale.setdefault((rest, locale), _Group({}, {}, {}))
        group.checks.update({} if check is None else {check: None})
        group.pages.update({} if path is None else {path: None})
        group.locales.update({locale: None} if locale else {})
    found: dict[tuple[str, tuple[str, ...]], _Group] = {}
    for (reason, _locale), group in of_locale.items():
        key = (reason, (*group.checks, "", *group.pages))
        found.setdefault(key, group).locales.update(group.locales)
    return found


def _names(names: Sequence[str], noun: str, view: View) -> str:
    if view.verbose or len(names) <= MANY:
        return series(names)
    return f"{', '.join(names[:MANY])} and {count(len(names) - MANY, f'more {noun}')}"


def _hidden(report: Report, view: View) -> Iterator[Note]:
    if not report.findings:
        return
    from bilint.reporters.terminal_findings import is_shown

    states = Counter(finding.state for finding in report.findings)
    hidden = sum(one.state.is_open and not is_shown(one, view) for one in report.findings)
    parts = []
    if hidden:
        parts.append(f"{hidden:,} at level info (--verbose shows them)")
    if states[FindingState.ACCEPTED] and not view.verbose:
        parts.append(f"{states[FindingState.ACCEPTED]:,} accepted (--verbose shows them)")
    if states[FindingState.KNOWN]:
        parts.append(f"{states[FindingState.KNOWN]:,} known from the baseline")
    if states[FindingState.SUPPRESSED]:
        parts.append(f"{states[FindingState.SUPPRESSED]:,} suppressed")
    if parts:
        yield Note("hidden", series(parts))


def _expired(report: Report) -> Iterator[Note]:
    """Decisions that hold no longer: what they settled is open again."""
    findings = sum(one.state is FindingState.EXPIRED for one in report.findings or ())
    segments = sum(page.work.expired for page in report.pages or () if page.work is not None)
    what = [
        count(number, noun)
        for number, noun in ((findings, "accepted finding"), (segments, "settled segment"))
        if number
    ]
    if what:
        verb = "is" if findings + segments == 1 else "are"
        yield Note("expired", f"{series(what)} {verb} open again: a text was changed since")


def _stale_baseline(lines: Sequence[object], view: View) -> Iterator[str]:
    shown = lines if view.verbose else lines[:MANY]
    yield from (f"nothing is found any more for {line}" for line in shown)
    if len(lines) > len(shown):
        yield f"nor for {count(len(lines) - len(shown), 'more line')}"
    if lines:
        yield "`bilint baseline prune` takes out what answers for nothing"


def _budgets(report: Report, view: View) -> Iterator[Note]:
    for one in sorted(report.budgets or (), key=lambda one: not one.exceeded):
        if one.exceeded:
            yield Note("budget", f"{one}: exceeded", Role.ERROR)
        elif not view.quiet:
            yield Note("budget", f"{one}")


def _incidents(incidents: Sequence[Incident], view: View) -> Iterator[str]:
    pages: dict[tuple[str | None, str], dict[str, None]] = defaultdict(dict)
    for check, path, error in incidents:
        pages[check, error].update({} if path is None else {path: None})
    for (check, error), paths in pages.items():
        what = f"{check} crashed" if check else "failed"
        where = f" on {_names(list(paths), 'page', view)}" if paths else ""
        yield f"{what}{where}: {error}"
