"""Work cut into shards of source pages with all their locales, in this process or in others."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import cycle

from bilint.model.finding import Finding, Incident
from bilint.model.page import Header
from bilint.model.pair import Clash, Pair, Pairing, Untranslated
from bilint.model.record import TYPE_CHECKING, NamedTuple
from bilint.pipeline.examine import Examiner
from bilint.pipeline.outcome import Outcome, not_examined
from bilint.readers.git_layout import make_private_folder, remove_folder

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from bilint.model.bitext import Bitext
    from bilint.model.evidence import Evidence

    Lesson = tuple[Bitext, ...]
    """What the pages of a shard give to learn from."""

SHARD = 50
"""Source pages in a shard: what a process reads ahead, and holds in memory at once."""

KEPT = 150
"""Source pages whose parsed pages may all be held between learning and checking."""


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


class _Shelf(NamedTuple):
    """What shares a source page, while it is brought together."""

    pairs: list[Pair]
    clashes: list[Clash]
    untranslated: list[Untranslated]
    dependants: list[Pair]

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
    shelves: dict[str, _Shelf] = {header.path: _Shelf([], [], [], []) for header in sources}
    alone: list[Group] = []
    for pairing in pairings:
        for pair in pairing.pairs:
            if pair.source is None:
                alone.append(Group(None, (pair,)))
            else:
                shelves.setdefault(pair.source.path, _Shelf([], [], [], [])).pairs.append(pair)
        for clash in pairing.clashes:
            if clash.source is None:
                alone.append(Group(None, clashes=(clash,)))
            else:
                shelves.setdefault(clash.source.path, _Shelf([], [], [], [])).clashes.append(clash)
        for page in pairing.untranslated:
            shelves.setdefault(page.source.path, _Shelf([], [], [], [])).untranslated.append(page)
    for pair in dependants:
        if pair.source is not None:
            shelves.setdefault(pair.source.path, _Shelf([], [], [], [])).dependants.append(pair)
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


class Learning(NamedTuple):
    """What is to be learnt before any page is checked.

    `learn` makes the evidence of every locale out of what all pages gave, and out of nothing what
    their heads tell; unless `from_pages` that is all that is wanted, and no page need be looked
    at for it.
    """

    learn: Callable[[Iterable[Bitext]], Mapping[str, Evidence]]
    from_pages: bool


def in_this_process(
    examiner: Examiner,
    groups: Sequence[Group],
    learning: Learning | None,
    tick: Callable[[int], None],
) -> Iterator[GroupResult]:
    """One group after the other, forgetting parsed pages after each shard.

    Where something is learnt from pages all groups are gone through twice: what is learnt of all
    is what each is checked by. What their heads tell is known from the first.
    """
    shards = [groups[start : start + SHARD] for start in range(0, len(groups), SHARD)]
    if learning is not None:
        lessons: list[Bitext] = []
        if learning.from_pages:
            examiner.teach(learning.learn(()))
        for shard in shards if learning.from_pages else ():
            lessons += study(examiner, shard, pack=len(groups) > KEPT)
            tick(len(shard))
        examiner.teach(learning.learn(lessons))
        lessons.clear()
    for shard in shards:
        examiner.prepare([pair for item in shard for pair in (*item.pairs, *item.dependants)])
        for item in shard:
            yield work(examiner, item)
            tick(1)
        examiner.shelves.forget()


def study(examiner: Examiner, shard: Sequence[Group], *, pack: bool) -> Lesson:
    """What the pages of a shard give to learn from; what fails will be told by `work`.

    With `pack` little is kept of them, as there are more shards to come.
    """
    examiner.prepare([pair for item in shard for pair in item.pairs])
    lessons = []
    for item in shard:
        for pair in item.pairs:
            with suppress(Exception):
                lessons.append(examiner.learn(pair))
        for page in item.untranslated:
            with suppress(Exception):
                examiner.measure(page)
        if item.source is not None:
            with suppress(Exception):
                examiner.check_source(item.source)
    if pack:
        examiner.pack()
    examiner.shelves.forget()
    return tuple(lessons)


def in_processes(
    build: Callable[[], Examiner],
    groups: Sequence[Group],
    jobs: int,
    learning: Learning | None,
    tick: Callable[[int], None],
) -> Iterator[GroupResult]:
    """Shards over `jobs` processes; results in the order of `groups`.

    A shard is checked where it was learnt from: there its pages stand parsed. When a worker dies,
    what it left undone is run again page by page and the killer is named.
    """
    from concurrent.futures.process import BrokenProcessPool

    size = max(1, min(SHARD, -(-len(groups) // (jobs * 2))))
    shards = [groups[start : start + size] for start in range(0, len(groups), size)]
    evidence: Mapping[str, Evidence] | None = None
    with _workers(build, jobs) as workers:
        if learning is not None:
            lessons: list[Bitext] = []
            learnt_from = shards if learning.from_pages else ()
            heads = learning.learn(()) if learning.from_pages else {}
            studied = [
                worker.submit(_study, shard, heads)
                for worker, shard in zip(cycle(workers), learnt_from, strict=False)
            ]
            for shard, lesson in zip(learnt_from, studied, strict=True):
                with suppress(BrokenProcessPool):
                    lessons += lesson.result()
                tick(len(shard))
            evidence = learning.learn(lessons)
            lessons.clear()
        futures = [
            _submitted(worker, shard, evidence)
            for worker, shard in zip(cycle(workers), shards, strict=False)
        ]
        for shard, future in zip(shards, futures, strict=True):
            try:
                if future is None:
                    raise BrokenProcessPool
                yield from future.result()
            except BrokenProcessPool:
                yield from _again(build, shard, evidence)
            tick(len(shard))


def _submitted(
    worker: ProcessPoolExecutor, shard: Sequence[Group], evidence: Mapping[str, Evidence] | None
) -> Future[tuple[GroupResult, ...]] | None:
    """A shard given to a worker; None when that has died already."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        return worker.submit(_run, shard, evidence)
    except BrokenProcessPool:
        return None


def _again(
    build: Callable[[], Examiner], shard: Sequence[Group], evidence: Mapping[str, Evidence] | None
) -> Iterator[GroupResult]:
    """Each group of a shard whose worker died; and of the one that kills, each page."""
    from concurrent.futures.process import BrokenProcessPool

    left = list(shard)
    while left:
        with _workers(build, 1) as (worker,):
            while left:
                item = left.pop(0)
                try:
                    yield from worker.submit(_run, (item,), evidence).result()
                except BrokenProcessPool:
                    pages = _pages(item)
                    if len(pages) > 1:
                        left[:0] = pages
                    else:
                        yield _lost(item)
                    break


@contextmanager
def _workers(build: Callable[[], Examiner], count: int) -> Iterator[list[ProcessPoolExecutor]]:
    """Processes with an examiner each. Whatever becomes of them, their temporary files go.

    Each is a pool of its own, so that work can be sent to the one that knows it.
    """
    from concurrent.futures import ProcessPoolExecutor

    folder = make_private_folder()
    workers = [
        ProcessPoolExecutor(1, initializer=_start, initargs=(build, folder)) for _ in range(count)
    ]
    try:
        yield workers
    except BaseException:
        for worker in workers:
            worker.shutdown(wait=False, cancel_futures=True)
        raise
    finally:
        for worker in workers:
            worker.shutdown()
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


def _study(shard: Sequence[Group], heads: Mapping[str, Evidence]) -> Lesson:
    examiner = _built()
    examiner.teach(heads)
    return study(examiner, shard, pack=True)


def _run(
    shard: Sequence[Group], evidence: Mapping[str, Evidence] | None
) -> tuple[GroupResult, ...]:
    examiner = _built()
    if evidence is not None:
        examiner.teach(evidence)
    examiner.prepare([pair for item in shard for pair in (*item.pairs, *item.dependants)])
    results = tuple(work(examiner, item) for item in shard)
    examiner.shelves.forget()
    return results


def _built() -> Examiner:
    if _examiner is None:
        raise RuntimeError("the worker was not started")
    return _examiner
