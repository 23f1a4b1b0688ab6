"""Counts the steps of some work: a page that is twice as long may take about twice as many.

Times differ from machine to machine; `benchmarks.hostile` measures those, patterns included.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import bilint

OURS = str(Path(bilint.__file__).parent)

GROWTH = 3
"""How many times as many steps twice the work may take: a quadratic one takes four times."""


def steps(work: Callable[[], object]) -> int:
    """How many lines of Bilint's code some work runs through."""
    count = 0

    def on_line(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return on_line

    def on_call(frame: FrameType, _event: str, _argument: object) -> Any:
        return on_line if frame.f_code.co_filename.startswith(OURS) else None

    before = sys.gettrace()
    sys.settrace(on_call)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def grows_no_faster(work: Callable[[int], object], size: int) -> bool:
    """Whether work of twice a size takes about twice as many steps, and no more."""
    work(size // 10)  # loads what is loaded late
    return steps(lambda: work(2 * size)) <= GROWTH * steps(lambda: work(size))
