"""What a cold report spends its time on: reading, parsing, aligning, learning, checking.

One process with its git, in seconds of CPU. What a function spends in another one that is named
here counts for that one alone. Each run has a process of its own, so imports are in it.
"""

from __future__ import annotations

import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import wraps
from multiprocessing import get_context
from statistics import median
from typing import Any
from unittest.mock import patch

from benchmarks.report import Places, asked

PHASES = {
    "reading": (
        "run.pair_all", "library.read_header", "examine.Examiner.prepare",
        # A page is held small between learning and checking, and not read again.
        "examine.Examiner.pack", "examine.Examiner._unpacked",
    ),
    "parsing": ("library.read_document",),
    "aligning and judging": (
        "comparer.align_translation", "comparer.align_versions", "comparer.judge",
        "comparer.likely_drift", "beside.align_translation",
    ),
    "learning": ("examine.Examiner.learn", "run.learn_of"),
    "checking": ("examine.run_pair", "examine.run_source"),
}  # fmt: skip
"""What belongs to which phase: functions as `bilint.pipeline` names them."""

GIT = "git"
OTHERS = "all else"
ORDER = (GIT, *PHASES, OTHERS)


class _Clock:
    """Adds up seconds of CPU by phase."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._within = [0.0]

    def timed(self, phase: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, its time counted."""

        @wraps(function)
        def call(*arguments: Any, **named: Any) -> Any:
            start = time.process_time()
            self._within.append(0.0)
            try:
                return function(*arguments, **named)
            finally:
                spent = time.process_time() - start
                self.seconds[phase] += spent - self._within.pop()
                self._within[-1] += spent

        return call


@contextmanager
def _timed(clock: _Clock) -> Iterator[None]:
    from importlib import import_module

    with ExitStack() as stack:
        for phase, names in PHASES.items():
            for name in names:
                module, *owner, last = name.split(".")
                holder: Any = import_module(f"bilint.pipeline.{module}")
                for one in owner:
                    holder = getattr(holder, one)
                wrapped = clock.timed(phase, getattr(holder, last))
                stack.enter_context(patch.object(holder, last, wrapped))
        yield


def once(places: Places) -> dict[str, float]:
    """The seconds of each phase of one run."""
    from bilint.model.config import Settings
    from bilint.pipeline.request import Request, Wants
    from bilint.pipeline.run import run
    from bilint.readers.locations import parse_source, parse_target

    locale, location = parse_target(places.target, places.root)
    settings = Settings(parse_source(places.source, places.root), {locale: location})
    clock = _Clock()
    with _timed(clock):
        start = time.process_time()
        run(Request(settings, Wants(findings=True, queue=True), jobs=1))
        whole = time.process_time() - start
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = {GIT: children.ru_utime + children.ru_stime, **clock.seconds}
    return seconds | {OTHERS: whole - sum(clock.seconds.values())}


def tell(runs: list[dict[str, float]]) -> str:
    """The medians, their shares, and checking beside reading and parsing."""
    medians = {phase: median(run.get(phase, 0.0) for run in runs) for phase in ORDER}
    whole = sum(medians.values())
    lines = [
        f"{phase:<21} {seconds:6.2f} s {100 * seconds / whole:5.1f} %"
        for phase, seconds in medians.items()
    ]
    ratios = [run["checking"] / (run[GIT] + run["reading"] + run["parsing"]) for run in runs]
    lines.append(
        f"checking costs {100 * median(ratios):.0f} % of reading and parsing, git included"
        f" ({100 * min(ratios):.0f} to {100 * max(ratios):.0f})"
    )
    return "\n".join(lines)


def main() -> None:
    """Print the shares."""
    places, options = asked(__doc__)
    runs = []
    for _ in range(options.runs):
        with ProcessPoolExecutor(1, get_context("spawn")) as other:
            runs.append(other.submit(once, places).result())
    print(tell(runs))


if __name__ == "__main__":
    main()
