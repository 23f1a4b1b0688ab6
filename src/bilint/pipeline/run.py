"""From a request to a report: read, pair, gather, examine; `reporting` does the rest."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial

from bilint.checks.registry import select
from bilint.model.pair import Pairing
from bilint.model.record import TYPE_CHECKING
from bilint.model.report import Report
from bilint.pipeline.collection import without_collection
from bilint.pipeline.context import contexts
from bilint.pipeline.decided import with_decisions
from bilint.pipeline.examine import Examiner
from bilint.pipeline.pairs import Paired, pair_all, pair_some
from bilint.pipeline.reporting import report_of
from bilint.pipeline.request import Request
from bilint.pipeline.scope import scope
from bilint.pipeline.shards import (
    Group,
    GroupResult,
    Learning,
    group,
    in_processes,
    in_this_process,
)
from bilint.pipeline.verdicts import place_of
from bilint.pipeline.workspace import Workspace

if TYPE_CHECKING:
    from typing import Any

    from bilint.model.bitext import Bitext
    from bilint.model.decision import Place
    from bilint.model.evidence import Evidence

PAGES_A_PROCESS = 300
"""With fewer pages for each, a further process costs more than it saves."""

Tick = Callable[[int, int], None]
"""Told how many groups of pages are done, and of how many."""


def run(
    request: Request,
    tick: Tick = lambda _done, _all: None,
    revisions: Mapping[str, str] | None = None,
) -> Report:
    """Do what `request` asks.

    `revisions` pins sides to commits, by locale or `` for the source. Raises `GitError` for a
    repository or revision that is not there, and `UsageError` for what cannot be done as asked.
    """
    report, whole = _run(request, tick, revisions)
    if request.hook is None or whole:
        return report
    from bilint.pipeline.caused import mark_earlier

    def before(earlier: Request, commits: Mapping[str, str]) -> Report:
        return _run(earlier, lambda _done, _all: None, commits)[0]

    return mark_earlier(request, report, before)


def _run(request: Request, tick: Tick, revisions: Mapping[str, str] | None) -> tuple[Report, bool]:
    """The report, and whether it is of all pages."""
    with Workspace(request, revisions=revisions) as workspace:
        report, paired = examined(Examiner(workspace, select(request.settings)), tick)
        return report, paired.whole


def examined(examiner: Examiner, tick: Tick = lambda _done, _all: None) -> tuple[Report, Paired]:
    """The report of what the examiner's request asks for, and how its pages were paired.

    The examiner goes on knowing what was learnt on the way.
    """
    workspace, request = examiner.workspace, examiner.workspace.request
    with without_collection():
        names = scope(workspace)
        paired = pair_all(examiner) if names is None else pair_some(examiner, names)
        request = with_decisions(request, None if paired.whole else partial(_places, paired))
        workspace.request = request
        checked = {pairing.locale for pairing in paired.pairings if request.wants.findings}
        groups = group(paired.sources, paired.pairings, paired.dependants)
        jobs = request.jobs or _worthwhile_jobs(groups)
        few = jobs == 1 and not paired.whole
        examiner.contexts, unread = contexts(workspace, checked, late=few)
        measure = _measure(examiner) if request.wants.measure else None
        results = tuple(_examine(request, examiner, paired, groups, jobs, tick))
        report = report_of(examiner, examiner.selection, paired, results, unread)
        return report._replace(measure=measure), paired


def _measure(examiner: Examiner) -> Mapping[str, Any]:
    from bilint.pipeline.measure import measure

    return measure(examiner.workspace, examiner.contexts)


def learn_of(
    pairings: Sequence[Pairing], parts: frozenset[str], bitexts: Iterable[Bitext]
) -> dict[str, Evidence]:
    """What the pages of these pairings teach of the parts of evidence named, by locale."""
    from bilint.learning.learn import learn

    lessons: dict[str, list[Bitext]] = {}
    for one in bitexts:
        lessons.setdefault(one.locale, []).append(one)
    return {
        pairing.locale: learn(
            pairing.locale,
            [pair.target for pair in pairing.pairs],
            lessons.get(pairing.locale, ()),
            parts,
        )
        for pairing in pairings
    }


def _examine(
    request: Request,
    examiner: Examiner,
    paired: Paired,
    groups: Sequence[Group],
    jobs: int,
    tick: Tick,
) -> Iterator[GroupResult]:
    unlearnt = [one for one in paired.pairings if _is_unlearnt(examiner, one.locale)]
    parts = examiner.selection.evidence
    learning = None
    if paired.whole and unlearnt:
        learning = Learning(partial(learn_of, unlearnt, parts), from_pages=bool(parts))
    steps = len(groups) * (2 if learning is not None and learning.from_pages else 1)
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        tick(done, steps)

    if jobs == 1:
        return in_this_process(examiner, groups, learning, count)
    examiner.shelves.release()
    build = partial(build_examiner, _for_workers(request), examiner.workspace.revisions())
    return in_processes(build, groups, jobs, _teaching(examiner, learning), count)


def _for_workers(request: Request) -> Request:
    """The request without the decisions on findings: these are settled here, all at once."""
    decisions = request.decisions
    return request._replace(decisions=decisions and decisions._replace(findings=()))


def _is_unlearnt(examiner: Examiner, locale: str) -> bool:
    """Whether a locale is to be checked and nothing that was learnt of it is kept."""
    context = examiner.contexts.get(locale)
    return context is not None and context.evidence is None


def _teaching(examiner: Examiner, learning: Learning | None) -> Learning | None:
    """The same, and the examiner of this process, which looks at the corpus later, is told."""
    if learning is None:
        return None

    def learn_here(bitexts: Iterable[Bitext]) -> Mapping[str, Evidence]:
        evidence = learning.learn(bitexts)
        examiner.teach(evidence)
        return evidence

    return learning._replace(learn=learn_here)


def build_examiner(request: Request, revisions: Mapping[str, str]) -> Examiner:
    """An examiner in a process of its own, reading the same commits as the first one."""
    gc.disable()
    workspace = Workspace(request, revisions=revisions)
    examiner = Examiner(workspace, select(request.settings))
    examiner.contexts, _unread = contexts(workspace)
    return examiner


def _worthwhile_jobs(groups: Sequence[Group]) -> int:
    pages = sum(len(item.pairs) for item in groups)
    return max(1, min(os.cpu_count() or 1, pages // PAGES_A_PROCESS))


def _places(paired: Paired) -> Collection[Place]:
    """The pages of a run over some pages, by all their names."""
    from bilint.model.decision import Place

    pairs = [pair for pairing in paired.pairings for pair in pairing.pairs]
    headers = [*paired.sources]
    headers += (h for pairing in paired.pairings for c in pairing.clashes for h in c.targets)
    return [
        *(place_of(pair) for pair in (*pairs, *paired.dependants)),
        *(
            Place(None, name, header.path, header.path)
            for header in headers
            for name in header.provenance.ids or (None,)
        ),
    ]
