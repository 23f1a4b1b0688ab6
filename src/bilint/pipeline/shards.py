"""Work cut into shards of source pages with all their locales, in this process or in others."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from bilint.model.finding import Finding, Incident
from bilint.model.page import Header
from bilint.model.pair import Clash, Pair, Pairing, Untranslated
from bilint.pipeline.examine import Examiner
from bilint.pipeline.outcome import Outcome, not_examined
from bilint.readers.git_layout import make_private_folder, remove_folder

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

SHARD = 250
"""Source pages in a shard: what a process holds in memory at once."""


class Group(NamedTuple):
    """A source page (None when it has gone) and everything that belongs to it.

    `source` is set when the source page itself is to be checked; `dependants` are pairs that are
    judged but not checked.
    """

    source: Header | None
    pairs: tuple[Pair, ...] = ()
    clashes: tuple[Clash, ...] = ()
    untranslated: tuple[Untranslated, ...] = ()
    dependants: tuple[Pair, ...] = ()


class GroupResult(NamedTuple):
    """What became of a group."""

    outcomes: tuple[Outcome, ...]
    source_findings: tuple[Finding, ...] = ()
    incidents: tuple[Incident, ...] = ()


@dataclass(slots=True)
class _Shelf:
    """What shares a source page, while it is brought together."""

    pairs: list[Pair] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    untranslated: list[Untranslated] = field(default_factory=list)
    dependants: list[Pair] = field(default_factory=list)

    def group(self, source: Header | None) -> Group:
        return Group(
            source,
            tuple(self.pairs),
            tuple(self.clashes),
            tuple(self.untranslated),
            tuple(self.dependants),
        )


def group(
    sources: Sequence[Header], pairings: Sequence[Pairing], dependants: Sequence[Pair] = ()
) -> tuple[Group, ...]:
    """Bring together what shares a source page, sorted by path; what has none comes last."""
    shelves: dict[str, _Shelf] = {header.path: _Shelf() for header in sources}
    alone: list[Group] = []
    for pairing in pairings:
        for pair in pairing.pairs:
            if pair.source is None:
                alone.append(Group(None, (pair,)))
            else:
                shelves.setdefault(pair.source.path, _Shelf()).pairs.append(pair)
        for clash in pairing.clashes:
            if clash.source is None:
                alone.append(Group(None, clashes=(clash,)))
            else:
                shelves.setdefault(clash.source.path, _Shelf()).clashes.append(clash)
        for page in pairing.untranslated:
            shelves.setdefault(page.source.path, _Shelf()).untranslated.append(page)
    for pair in dependants:
        if pair.source is not None:
            shelves.setdefault(pair.source.path, _Shelf()).dependants.append(pair)
    checked = {header.path: header for header in sources}
    return (*(shelves[path].group(checked.get(path)) for path in sorted(shelves)), *alone)


def work(examiner: Examiner, item: Group) -> GroupResult:
    """Examine everything of one group; what fails is an incident, and the rest goes on."""
    tasks: list[Callable[[], Outcome]] = [partial(examiner.outcome, pair) for pair in item.pairs]
    tasks += [
        partial(examiner.clash, clash.locale, header, clash.source)
        for clash in item.clashes
        for header in clash.targets
    ]
    tasks += [partial(examiner.untranslated, page) for page in item.untranslated]
    tasks += [partial(examiner.judged, pair) for pair in item.dependants]
    outcomes: list[Outcome] = []
    incidents: list[Incident] = []
    for task, failed in zip(tasks, unexamined(item), strict=True):
        try:
            outcomes.append(task())
        except Exception as error:
            outcomes.append(failed)
            incidents.append(_incident(failed, f"{type(error).__name__}: {error}"))
    findings: tuple[Finding, ...] = ()
    if item.source is not None and examiner.workspace.request.wants.findings:
        try:
            results = examiner.source_results(item.source)
            findings = results.findings
            incidents += results.incidents
        except Exception as error:
            incidents.append(Incident(None, item.source.path, f"{type(error).__name__}: {error}"))
    return GroupResult(tuple(outcomes), findings, tuple(incidents))


def unexamined(item: Group) -> tuple[Outcome, ...]:
    """What is said of the pages of a group that could not be examined, in the order of work."""
    return (
        *(not_examined(pair.locale, pair.target, pair.source) for pair in item.pairs),
        *(
            not_examined(clash.locale, header, clash.source)
            for clash in item.clashes
            for header in clash.targets
        ),
        *(not_examined(page.locale, None, page.source) for page in item.untranslated),
        *(not_examined(pair.locale, pair.target, pair.source) for pair in item.dependants),
    )


def in_this_process(
    examiner: Examiner, groups: Sequence[Group], tick: Callable[[int], None]
) -> Iterator[GroupResult]:
    """One group after the other, forgetting parsed pages after each shard."""
    for start in range(0, len(groups), SHARD):
        shard = groups[start : start + SHARD]
        examiner.past.prepare(pair for item in shard for pair in (*item.pairs, *item.dependants))
        for item in shard:
            yield work(examiner, item)
            tick(1)
        examiner.shelves.forget()


def in_processes(
    build: Callable[[], Examiner],
    groups: Sequence[Group],
    jobs: int,
    tick: Callable[[int], None],
) -> Iterator[GroupResult]:
    """Shards over `jobs` processes; results in the order of `groups`.

    When a worker dies, what it left undone is run again page by page and the killer is named.
    """
    from concurrent.futures.process import BrokenProcessPool

    size = max(1, min(SHARD, -(-len(groups) // (jobs * 2))))
    shards = [groups[start : start + size] for start in range(0, len(groups), size)]
    with _workers(build, jobs) as pool:
        futures = [pool.submit(_run, shard) for shard in shards]
        for shard, future in zip(shards, futures, strict=True):
            try:
                yield from future.result()
            except BrokenProcessPool:
                yield from _again(build, shard)
            tick(len(shard))


def _again(build: Callable[[], Examiner], shard: Sequence[Group]) -> Iterator[GroupResult]:
    """Each group of a shard whose worker died; and of the one that kills, each page."""
    from concurrent.futures.process import BrokenProcessPool

    left = list(shard)
    while left:
        with _workers(build, 1) as pool:
            while left:
                item = left.pop(0)
                try:
                    yield from pool.submit(_run, (item,)).result()
                except BrokenProcessPool:
                    pages = _pages(item)
                    if len(pages) > 1:
                        left[:0] = pages
                    else:
                        yield _lost(item)
                    break


@contextmanager
def _workers(build: Callable[[], Examiner], count: int) -> Iterator[ProcessPoolExecutor]:
    """Processes with an examiner each. Whatever becomes of them, their temporary files go."""
    from concurrent.futures import ProcessPoolExecutor

    folder = make_private_folder()
    pool = ProcessPoolExecutor(count, initializer=_start, initargs=(build, folder))
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    finally:
        pool.shutdown()
        remove_folder(folder)


def _pages(item: Group) -> list[Group]:
    """A group taken apart: each page for itself."""
    pages = [Group(None, pairs=(pair,)) for pair in item.pairs]
    pages += (Group(None, clashes=(clash,)) for clash in item.clashes)
    pages += (Group(None, untranslated=(page,)) for page in item.untranslated)
    pages += (Group(None, dependants=(pair,)) for pair in item.dependants)
    return pages + ([Group(item.source)] if item.source is not None else [])


def _lost(item: Group) -> GroupResult:
    """What is said of a page whose process died."""
    error = "the process that examined this page died"
    failed = unexamined(item)
    incidents = [_incident(page, error) for page in failed]
    if item.source is not None:
        incidents.append(Incident(None, item.source.path, error))
    return GroupResult(failed, (), tuple(incidents))


def _incident(failed: Outcome, error: str) -> Incident:
    return Incident(None, failed.page.path or failed.page.source_path, error)


_examiner: Examiner | None = None


def _start(build: Callable[[], Examiner], folder: str) -> None:
    """Make a worker ready. `folder` is for its temporary files, and is removed for it.

    An interrupt ends it at once and without a word: the parent tells.
    """
    global _examiner  # noqa: PLW0603
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.environ["TMPDIR"] = folder
    _examiner = build()


def _run(shard: Sequence[Group]) -> tuple[GroupResult, ...]:
    if _examiner is None:
        raise RuntimeError("the worker was not started")
    _examiner.past.prepare(pair for item in shard for pair in (*item.pairs, *item.dependants))
    results = tuple(work(_examiner, item) for item in shard)
    _examiner.shelves.forget()
    return results
