"""From what became of pages to a report: the corpus, what was settled, the queue, the budgets."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from bilint import __version__
from bilint.checks.base import Corpus, PageVerdict
from bilint.checks.engine import fold_skipped, run_corpus, skip_corpus
from bilint.checks.registry import BY_ID, Selection
from bilint.model.finding import Finding, Incident, Side, Skipped
from bilint.model.page import Page
from bilint.model.record import TYPE_CHECKING
from bilint.model.report import (
    PageKey,
    PageResult,
    QueueItem,
    Report,
    SideInfo,
    SourceUsed,
    Tool,
    page_key,
    page_places,
)
from bilint.pipeline.examine import Examiner
from bilint.pipeline.pairs import Paired
from bilint.pipeline.request import Request, UsageError
from bilint.pipeline.shards import GroupResult
from bilint.pipeline.versions import EngineVersions
from bilint.pipeline.workspace import Workspace

if TYPE_CHECKING:
    from bilint.model.gate import BudgetResult, Impact, StaleLine
    from bilint.pipeline.outcome import Outcome
    from bilint.stores.baseline import Known


def report_of(
    examiner: Examiner,
    selection: Selection,
    paired: Paired,
    results: Sequence[GroupResult],
    unread: Sequence[Skipped],
) -> Report:
    """What a run says, out of what became of its pages."""
    request = examiner.workspace.request
    outcomes = [outcome for result in results for outcome in result.outcomes]
    pages = tuple(sorted((outcome.page for outcome in outcomes), key=_page_order))
    findings = [f for result in results for f in result.source_findings]
    findings += (f for outcome in outcomes for f in outcome.findings)
    skipped = [*paired.skipped, *(s for outcome in outcomes for s in outcome.skipped)]
    incidents = [i for result in results for i in result.incidents]
    incidents += (i for outcome in outcomes for i in outcome.incidents)
    if request.wants.findings:
        skipped += unread
        corpus = _corpus(examiner, selection, paired, pages)
        findings += corpus[0]
        skipped += corpus[1]
        incidents += corpus[2]
    if request.decisions is not None:
        skipped += (Skipped(None, None, fault) for fault in request.decisions.faults)
    skipped = list(fold_skipped(skipped))
    findings = sorted(findings, key=finding_order)
    findings, contradicting = _settle_decided(request, paired, pages, findings)
    findings, stale = _settle(examiner, paired, pages, findings, skipped)
    if stale and incidents:
        # What crashed found nothing, and nobody knows what it would have found.
        lost = {i.path for i in incidents} | {i.check for i in incidents}
        stale = tuple(one for one in stale if not {one.path, one.check} & lost)
    return Report(
        tool=_tool(examiner),
        source=_source_used(examiner),
        pages=pages,
        findings=tuple(findings) if request.wants.findings else None,
        queue=_queue(examiner, pages, findings) if request.wants.queue else None,
        skipped=tuple(skipped),
        incidents=tuple(sorted(incidents, key=lambda i: (i.path or "", i.check or "", i.error))),
        diffs={
            (outcome.page.locale, outcome.page.path or ""): outcome.diffs
            for outcome in sorted(outcomes, key=lambda outcome: _page_order(outcome.page))
            if outcome.diffs
        }
        if request.wants.diffs
        else None,
        stale_baseline=stale,
        unused_ignores=_unused_ignores(request, paired, findings),
        dependants=frozenset(_dependants(paired)),
        contradictions=contradicting,
        segments=tuple(
            segment
            for outcome in sorted(outcomes, key=lambda outcome: _page_order(outcome.page))
            for segment in outcome.segments
        )
        if request.wants.diffs
        else None,
        texts={page_key(outcome.page): outcome.texts for outcome in outcomes if outcome.texts}
        if request.wants.texts
        else None,
        sides=_sides(examiner.workspace),
        revisions={
            locale: side.snapshot.revision for locale, side in examiner.workspace.targets.items()
        },
        compared=request.wants.findings and request.settings.baseline is not None,
        impact=_impact(examiner, paired, pages, outcomes),
        budgets=_budgets(examiner, paired, pages, findings),
    )


def _impact(
    examiner: Examiner, paired: Paired, pages: Sequence[PageResult], outcomes: Sequence[Outcome]
) -> tuple[Impact, ...] | None:
    """What the change that the run is about causes in the translations of the source."""
    change = examiner.comparer.source_change
    if change is None or paired.whole:
        return None
    from bilint.pipeline.impact import impacts

    known = (one.impact for one in outcomes if one.impact is not None)
    return impacts(examiner.shelves, change, paired.sources, pages, known)


def _budgets(
    examiner: Examiner, paired: Paired, pages: Sequence[PageResult], findings: Sequence[Finding]
) -> tuple[BudgetResult, ...] | None:
    """How the locales stand to their budgets; None where not all of their pages are here."""
    request = examiner.workspace.request
    if not paired.whole:
        return None
    from bilint.budgets import judge_budgets

    locales = [one.locale for one in paired.pairings]
    return judge_budgets(
        request.settings, locales, pages, findings if request.wants.findings else None
    )


def _sides(workspace: Workspace) -> dict[str, SideInfo]:
    """Where the pages of the source and of each locale are, for whoever links to them."""
    settings = workspace.settings
    sides = {locale: SideInfo(locale, settings.forge.get(locale)) for locale in workspace.targets}
    if workspace.source is not None:
        sides[""] = SideInfo(settings.source_language, settings.forge.get("source"))
    return sides


def _dependants(paired: Paired) -> Iterator[tuple[str, str | None, str | None]]:
    for pair in paired.dependants:
        yield pair.locale, pair.target.path, pair.source.path if pair.source else None
    if not paired.whole:
        for pairing in paired.pairings:
            for page in pairing.untranslated:
                yield pairing.locale, None, page.source.path


def _settle_decided(
    request: Request, paired: Paired, pages: Sequence[PageResult], findings: list[Finding]
) -> tuple[list[Finding], tuple[str, ...]]:
    """Findings beside what was decided of them, and the decisions that contradict each other."""
    decisions = request.decisions
    if decisions is None or not request.wants.findings:
        return findings, ()
    from bilint.stores.decisions.settle import contradiction, contradictions, settle_decided

    settled = settle_decided(findings, decisions.findings, page_places(pages), whole=paired.whole)
    found = {contradiction(several) for several in settled.contradicting}
    found |= set(contradictions(decisions.segments))
    return list(settled.findings), tuple(sorted(found))


def _settle(
    examiner: Examiner,
    paired: Paired,
    pages: Sequence[PageResult],
    findings: list[Finding],
    skipped: Sequence[Skipped],
) -> tuple[list[Finding], tuple[StaleLine, ...]]:
    """Findings beside the baseline, where the settings name one, and its lines that are stale."""
    request = examiner.workspace.request
    path = request.settings.baseline
    if path is None or not request.wants.findings:
        return findings, ()
    from bilint.stores.baseline import BaselineError, read_baseline, settle

    try:
        baseline = read_baseline(path)
    except BaselineError as error:
        raise UsageError(str(error)) from error
    seen: set[tuple[str | None, str]] = {(page.locale, page.path) for page in pages if page.path}
    seen -= {(pair.locale, pair.target.path) for pair in paired.dependants}
    seen |= {(None, header.path) for header in paired.sources}
    settled = settle(
        findings,
        baseline,
        pages=None if paired.whole and not request.locales else seen,
        skipped={one.check for one in skipped if one.check is not None},
    )
    stale = sorted(settled.stale, key=lambda line: line.line)
    return list(settled.findings), tuple(map(_stale_line, stale))


def _stale_line(known: Known) -> StaleLine:
    from bilint.model.gate import StaleLine

    return StaleLine(
        known.line, known.check, known.locale, known.path, known.subject, known.fingerprint
    )


def _unused_ignores(
    request: Request, paired: Paired, findings: Sequence[Finding]
) -> tuple[str, ...]:
    """Patterns of the settings that silenced nothing in a run over everything."""
    if not (request.settings.ignore and paired.whole and request.wants.findings):
        return ()
    if request.locales:
        return ()
    from bilint.checks.suppression import unused_ignores

    unused = unused_ignores(request.settings.ignore, findings)
    return tuple(f"{glob} = {check}" for glob, check in unused)


def _corpus(
    examiner: Examiner, selection: Selection, paired: Paired, pages: Sequence[PageResult]
) -> tuple[list[Finding], list[Skipped], list[Incident]]:
    """What the checks over whole locales say."""
    findings: list[Finding] = []
    skipped: list[Skipped] = []
    incidents: list[Incident] = []
    for pairing in paired.pairings:
        if not paired.whole:
            skipped += skip_corpus(selection.corpus, pairing.locale)
            continue
        verdicts = {
            page.path: PageVerdict(page.status, page.reason)
            for page in pages
            if page.locale == pairing.locale and page.path is not None
        }
        results = run_corpus(
            Corpus(pairing.locale, pairing, verdicts),
            selection.corpus,
            examiner.contexts[pairing.locale],
            selection.options,
            partial(_page_of, examiner, pairing.locale),
        )
        findings += results.findings
        skipped += results.skipped
        incidents += results.incidents
    return findings, skipped, incidents


def _page_of(examiner: Examiner, locale: str, path: str) -> Page | None:
    library = examiner.targets[locale]
    headers = library.headers((path,))
    return library.page(headers[0]) if headers else None


def _queue(
    examiner: Examiner, pages: Sequence[PageResult], findings: Sequence[Finding]
) -> tuple[QueueItem, ...]:
    from bilint.queue import build_queue

    workspace = examiner.workspace
    settled: Collection[PageKey] = ()
    if workspace.request.decisions is not None:
        from bilint.answers import settled_pages

        settled = settled_pages(workspace.request.decisions.findings, pages)
    names = workspace.profile.navigation_names
    return build_queue(pages, findings, workspace.settings, names, settled)


def _tool(examiner: Examiner) -> Tool:
    checks, profile = tuple(sorted(BY_ID)), examiner.workspace.profile.name
    return Tool("bilint", __version__, checks, profile, EngineVersions())


def _source_used(examiner: Examiner) -> SourceUsed:
    location, side = examiner.workspace.settings.source, examiner.workspace.source
    if location is None or side is None:
        return SourceUsed(None, None)
    return SourceUsed(location.repository, side.snapshot.revision)


def _page_order(page: PageResult) -> tuple[str, str, str]:
    return (page.locale, page.path or page.source_path or "", page.path or "")


def finding_order(finding: Finding) -> tuple[str, str, str, int, int, str, str, str]:
    """Source pages first, then locale by locale, page by page, in the order of the page."""
    side = "" if finding.side is Side.SOURCE else finding.locale or ""
    return (side, finding.path, "", *finding.span, finding.check, finding.subject, finding.message)
