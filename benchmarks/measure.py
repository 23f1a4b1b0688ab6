"""Runs commands in turn and tells what they cost."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_SOURCE = Path(__file__).parents[1] / "src"


class Cost(NamedTuple):
    """What one run of a command and all its children cost. Seconds; memory in MiB."""

    cpu: float
    wall: float
    memory: float


def as_installed(folder: str) -> None:
    """Run what is started from now on from bytecode, as pip leaves it, wherever it starts.

    Without it each run would compile the package anew where Python may not write bytecode.
    """
    os.environ["PYTHONPATH"] = os.pathsep.join((str(_SOURCE), str(_SOURCE.parent)))
    os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder, "bytecode"))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def once(command: Sequence[str], cwd: str | None = None, allowed: Sequence[int] = (0,)) -> Cost:
    """Run a command to its end, its output thrown away."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    wall = time.perf_counter() - start
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def in_turn(
    commands: Sequence[Sequence[str]], runs: int, cwd: str | None = None
) -> list[list[Cost]]:
    """The costs of each command, run A B A B …, after one run of each that does not count."""
    costs: list[list[Cost]] = [[] for _ in commands]
    for number in range(runs + 1):
        for index, command in enumerate(commands):
            cost = once(command, cwd)
            if number:
                costs[index].append(cost)
    return costs


def median(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)
