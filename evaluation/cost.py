"""What each check costs, beside reading, parsing, aligning and judging the pages.

One snapshot is examined and checked in one process, in seconds of this process's CPU; of several
runs the fastest counts. What git spends on reading comes on top. The whole catalogue is to cost
less than reading and parsing. The clock costs time itself: all checks together are run without it,
and then each is timed on every page.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from bilint.checks.base import Check, Context, SourceCheck
from bilint.checks.engine import run_pair
from bilint.checks.registry import Selection, select
from bilint.learning.gather import bitext
from bilint.learning.learn import learn
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document
from bilint.model.finding import Observation
from bilint.model.profile import Profile
from bilint.pipeline.context import contexts
from bilint.pipeline.examine import Examiner
from bilint.pipeline.pairs import pair_all
from bilint.pipeline.request import Request
from bilint.pipeline.workspace import Workspace
from evaluation.corpora import NAME, OTHER, Corpora, commit_at, request
from evaluation.tables import share, table

RUNS = 3
SOURCE = " (on the source)"


class Cost(NamedTuple):
    """Seconds of CPU: of examining the pages, of learning, of all checks, of each check."""

    pages: int
    examining: float
    learning: float
    checking: float
    checks: dict[str, float]


class _Clock:
    """Adds up the seconds of each check."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def timed(self, check: Check) -> Check:
        """The same check, its time counted."""
        observe = check.observe

        def on_pair(pair: AlignedPair, context: Context) -> Iterable[Observation]:
            return self._run(check.id, lambda: observe(pair, context))

        return check._replace(observe=on_pair)

    def timed_source(self, check: SourceCheck) -> SourceCheck:
        """The same for a check of the source."""
        observe = check.observe

        def on_page(document: Document, profile: Profile) -> Iterable[Observation]:
            return self._run(check.id + SOURCE, lambda: observe(document, profile))

        return check._replace(observe=on_page)

    def _run(self, name: str, observe: Callable[[], Iterable[Observation]]) -> list[Observation]:
        start = time.process_time()
        found = list(observe())
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - start
        return found


def measure(corpora: Corpora) -> Cost:
    """The fastest of a few runs over one snapshot: of the large project, if it is there."""
    locale = "it-IT"
    name = OTHER if corpora.has(OTHER, locale) else NAME
    target = commit_at(corpora.repository(name, locale), "2024-06-01")
    source = commit_at(corpora.repository(name), "HEAD")
    asked = request(corpora, name, locale, target or "main", source)
    runs = [_once(asked, locale) for _ in range(RUNS)]
    timed = [_once(asked, locale, _Clock()) for _ in range(RUNS)]
    names = sorted({check for run in timed for check in run.checks})
    return Cost(
        runs[0].pages,
        min(run.examining for run in (*runs, *timed)),
        min(run.learning for run in (*runs, *timed)),
        min(run.checking for run in runs),
        {check: min(run.checks.get(check, 0.0) for run in timed) for check in names},
    )


def _once(asked: Request, locale: str, clock: _Clock | None = None) -> Cost:
    """One run; each check is timed where there is a clock."""
    gc.collect()
    gc.disable()
    try:
        with Workspace(asked) as workspace:
            selection = select(asked.settings)
            if clock is not None:
                selection = _timed(selection, clock)
            start = time.process_time()
            examiner = Examiner(workspace, selection)
            (pairing,) = pair_all(examiner).pairings
            examiner.prepare(pairing.pairs)
            pairs = [examiner.examine(pair).aligned for pair in pairing.pairs]
            examined = time.process_time()
            headers = [pair.target for pair in pairing.pairs]
            evidence = learn(locale, headers, [bitext(pair) for pair in pairs])
            learnt = time.process_time()
            examiner.contexts, _unread = contexts(workspace, {locale})
            examiner.teach({locale: evidence})
            begun = time.process_time()
            for pair in pairs:
                run_pair(pair, selection.checks, examiner.context(locale), selection.options)
            for one in pairing.pairs:
                if one.source is not None:
                    examiner.source_results(one.source)
            ended = time.process_time()
    finally:
        gc.enable()
    seconds = {} if clock is None else clock.seconds
    return Cost(len(pairs), examined - start, learnt - examined, ended - begun, seconds)


def _timed(selection: Selection, clock: _Clock) -> Selection:
    return selection._replace(
        checks=tuple(clock.timed(check) for check in selection.checks),
        source=tuple(clock.timed_source(check) for check in selection.source),
    )


def figures(cost: Cost) -> dict[str, Any]:
    """Shares of the time that reading, parsing, aligning and judging take."""
    return {
        "pages": cost.pages,
        "seconds": round(cost.examining, 3),
        "learning": round(cost.learning / cost.examining, 4),
        "checking": round(cost.checking / cost.examining, 4),
        "checks": {
            check: round(seconds / cost.examining, 4)
            for check, seconds in sorted(cost.checks.items())
        },
    }


def tell(cost: Cost) -> str:
    """The figures as a table, the dearest check first."""
    whole = sum(cost.checks.values())
    rows = sorted(cost.checks.items(), key=lambda item: (-item[1], item[0]))
    return (
        f"Cost: {cost.pages} pages read, parsed, aligned and judged in {cost.examining:.2f} s;"
        f" learning {share_of(cost.learning, cost)} % of that,"
        f" all checks and the engine {share_of(cost.checking, cost)} %,"
        f" the checks alone {share_of(whole, cost)} %.\n\n"
        + table(
            ("check", "seconds", "% of reading"),
            ((name, f"{seconds:.4f}", share_of(seconds, cost)) for name, seconds in rows),
        )
    )


def share_of(seconds: float, cost: Cost) -> str:
    """A share of the time of reading, in percent."""
    return share(round(1e6 * seconds), round(1e6 * cost.examining))
