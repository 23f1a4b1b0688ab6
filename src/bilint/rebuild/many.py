"""Many past runs, in this process or in several: each takes a stretch of time of its own."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from bilint.figures import run_figures
from bilint.model.evidence import Evidence
from bilint.model.finding import Incident
from bilint.model.record import NamedTuple
from bilint.model.trend import RunFigures
from bilint.pipeline.request import Request
from bilint.readers.git_layout import make_private_folder, remove_folder
from bilint.rebuild.past import Learnt, Past, Snapshot
from bilint.stores.history.measure import measure_digest
from bilint.stores.history.seen import Seen, seen

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

WORTH = 40
"""Runs for which a further process pays."""

_STEP = 8
"""Runs that a process is asked for at a time."""


class Rebuilt(NamedTuple):
    """What is kept of a rebuilt run; with incidents it is not whole."""

    figures: RunFigures
    findings: Mapping[str | None, Mapping[Seen, int]]
    incidents: tuple[Incident, ...]


def rebuild(
    past: Past, snapshots: Sequence[Snapshot], jobs: int | None = None
) -> Iterator[Rebuilt]:
    """The runs of these snapshots, in no order. `past` must have learnt.

    `jobs` is the number of processes, None for as many as pay.
    """
    count = jobs or max(1, min(os.cpu_count() or 1, len(snapshots) // WORTH))
    if count == 1:
        for snapshot in snapshots:
            yield _rebuilt(past, snapshot)
        return
    from concurrent.futures import FIRST_COMPLETED, wait

    edges = [len(snapshots) * at // count for at in range(count + 1)]
    left = [list(snapshots[edges[at] : edges[at + 1]]) for at in range(count)]
    build = partial(_build, past.request, past.chosen, past.learnt)
    with _workers(build, count) as workers:
        waiting: dict[Future[tuple[Rebuilt, ...]], int] = {}

        def ask(number: int) -> None:
            step, left[number] = left[number][:_STEP], left[number][_STEP:]
            if step:
                waiting[workers[number].submit(_run, tuple(step))] = number

        for number in range(count):
            ask(number)
        while waiting:
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                ask(waiting.pop(future))
                yield from future.result()


def _rebuilt(past: Past, snapshot: Snapshot) -> Rebuilt:
    report = past.run(snapshot)
    digest = measure_digest(past.measure)
    figures = run_figures(report, snapshot.at, report.revisions, rebuilt=True, measure=digest)
    return Rebuilt(figures, seen(report.findings or ()), report.incidents)


def _build(request: Request, chosen: Snapshot, learnt: Learnt | None) -> Past:
    past = Past(request)
    past.learn(chosen, learnt if learnt is not None else Learnt(chosen.at, dict[str, Evidence]()))
    return past


@contextmanager
def _workers(build: Callable[[], Past], count: int) -> Iterator[list[ProcessPoolExecutor]]:
    """Processes with a past each. Whatever becomes of them, their temporary files go."""
    from concurrent.futures import ProcessPoolExecutor

    folder = make_private_folder()
    workers = [
        ProcessPoolExecutor(1, initializer=_start, initargs=(build, folder)) for _ in range(count)
    ]
    try:
        yield workers
    finally:
        for worker in workers:
            worker.shutdown(cancel_futures=True)
        remove_folder(folder)


_past: Past | None = None


def _start(build: Callable[[], Past], folder: str) -> None:
    """Make a worker ready. `folder` is for its temporary files, and is removed for it."""
    global _past  # noqa: PLW0603
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.environ["TMPDIR"] = folder
    _past = build()


def _run(snapshots: Sequence[Snapshot]) -> tuple[Rebuilt, ...]:
    if _past is None:
        raise RuntimeError("the worker was not started")
    return tuple(_rebuilt(_past, snapshot) for snapshot in snapshots)
