"""What of a report is worth keeping: the figures of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from bilint.model.alignment import PageStatus
from bilint.model.finding import Family, Finding, Severity
from bilint.model.report import PageResult, Report
from bilint.model.trend import LocaleFigures, RunFigures


def run_figures(
    report: Report,
    at: str,
    revisions: Mapping[str, str | None],
    *,
    rebuilt: bool = False,
    measure: str = "",
) -> RunFigures:
    """The figures of a run over all pages of the locales in `revisions`."""
    pages: dict[str, list[PageResult]] = {locale: [] for locale in sorted(revisions)}
    for page in report.pages or ():
        pages[page.locale].append(page)
    findings: dict[str | None, Counter[tuple[Family, Severity]]] = {}
    for finding in open_ones(report.findings or ()):
        counts = findings.setdefault(finding.locale, Counter())
        counts[finding.family, finding.severity] += 1
    queue = Counter(item.locale for item in report.queue or ())
    return RunFigures(
        at,
        report.source.revision,
        dict(sorted(revisions.items())),
        tuple(
            LocaleFigures(
                locale,
                _by_status(of_locale),
                sum(page.words_to_do or 0 for page in of_locale),
                human_share(of_locale),
                dict(sorted(findings.get(locale, {}).items())),
                queue[locale],
            )
            for locale, of_locale in pages.items()
        ),
        dict(sorted(findings.get(None, {}).items())),
        rebuilt,
        measure,
    )


def open_ones(findings: Iterable[Finding]) -> Iterable[Finding]:
    """The findings that nobody has settled."""
    return (finding for finding in findings if finding.state.is_open)


def human_share(pages: Iterable[PageResult]) -> float | None:
    """The share of words that people translated, in percent, as the pages claim it.

    A page weighs as many words as it says that its source has; one that does not say weighs as
    much as the others do on average. None where no page claims a share.
    """
    claims = [(page.ht_degree, page.word_count) for page in pages]
    weights = [words for share, words in claims if share is not None and words]
    average = sum(weights) / len(weights) if weights else 1.0
    total = human = 0.0
    for share, words in claims:
        if share is not None:
            total += words or average
            human += (words or average) * share / 100
    return round(100 * human / total, 2) if total else None


def _by_status(pages: Iterable[PageResult]) -> Mapping[PageStatus, int]:
    counts = Counter(page.status for page in pages)
    return {status: counts[status] for status in PageStatus if counts[status]}
