"""A whole report against the floor of reading and parsing the same blobs.

With all checks, and with those of the first version alone.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from benchmarks.measure import Cost, as_installed, in_turn, median

FIRST = (
    "dnl-altered", "front-matter-broken", "front-matter-value-altered", "ht-degree-dropped",
    "ht-degree-low", "id-duplicate", "pin-fake-refresh", "pin-malformed", "pin-unknown",
    "source-language-sentence", "suppression-unused", "title-whitespace", "token-broken",
    "token-displaced", "token-glued", "uicontrol-dropped", "uicontrol-untranslated",
    "untranslated-segment",
)  # fmt: skip
"""The checks of the first version."""


class Places(NamedTuple):
    """A source and a target as the command line has them, and the root below both."""

    source: str
    target: str
    root: str


class Task(NamedTuple):
    """A report, and the least that reads what it reads: two commands to compare."""

    name: str
    blobs: int
    report: list[str]
    floor: list[str]


def blobs_read(places: Places, off: list[str]) -> dict[str, list[str]]:
    """The blobs that a report without some checks reads, by repository, each once."""
    from bilint.model.config import CheckSettings, Settings
    from bilint.pipeline.request import Request, Wants
    from bilint.pipeline.run import run
    from bilint.readers.git import Repository
    from bilint.readers.locations import parse_source, parse_target

    locale, location = parse_target(places.target, places.root)
    settings = Settings(
        source=parse_source(places.source, places.root),
        targets={locale: location},
        checks={check: CheckSettings(enabled=False) for check in off},
    )
    opened: list[Repository] = []
    original = Repository.close

    def close(repository: Repository) -> None:
        opened.append(repository)
        original(repository)

    with patch.object(Repository, "close", close):
        run(Request(settings, Wants(findings=True, queue=True), jobs=1))
    return {one.git_dir: list(dict.fromkeys(one.reads)) for one in opened}


def task(name: str, places: Places, off: list[str], folder: Path) -> Task:
    """The commands for a report without some checks; what they need is written into a folder."""
    # In a process of its own: what this one holds would count as memory of those it starts.
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        blobs = other.submit(blobs_read, places, off).result()
    replay = folder / f"{name}.json"
    replay.write_text(json.dumps(blobs))
    settings = folder / f"{name}.toml"
    settings.write_text("".join(f"[checks.{check}]\nenabled = false\n" for check in off))
    report = [sys.executable, "-m", "bilint", "report", "--jobs", "1", "--format", "json"]
    report += ["--source", places.source, "--target", places.target, "--root", places.root]
    report += ["--config", str(settings), "--output", str(folder / "report.json")]
    floor = [sys.executable, "-m", "benchmarks.floor", str(replay)]
    return Task(name, sum(map(len, blobs.values())), report, floor)


def tell(one: Task, reports: list[Cost], floors: list[Cost]) -> str:
    """The figures of one task in a line."""
    ratios = [a.cpu / b.cpu for a, b in zip(reports, floors, strict=True)]
    return (
        f"{one.name:<13} {one.blobs} blobs;"
        f" report {median([c.cpu for c in reports]):.2f} s CPU,"
        f" floor {median([c.cpu for c in floors]):.2f} s,"
        f" ratio {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}),"
        f" of the fastest {min(c.cpu for c in reports) / min(c.cpu for c in floors):.2f};"
        f" memory {median([c.memory for c in reports]):.0f} MiB"
    )


def asked(description: str | None) -> tuple[Places, argparse.Namespace]:
    """What the command line names: a project of the corpora, at two revisions."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--name", default="commerce-operations")
    parser.add_argument("--locale", default="it-IT")
    parser.add_argument("--target-revision", default="07ffc5f324")
    parser.add_argument("--source-revision", default="main")
    parser.add_argument("--root", default="help")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    source = f"{options.corpora / options.name}.en.git@{options.source_revision}"
    target = f"{options.corpora / options.name}.{options.locale}.git@{options.target_revision}"
    return Places(source, f"{options.locale}={target}", options.root), options


def main() -> None:
    """Print the ratios."""
    from bilint.checks.registry import BY_ID

    places, options = asked(__doc__)
    others = sorted(BY_ID.keys() - set(FIRST))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        as_installed(name)
        tasks = [
            task("all checks", places, [], folder),
            task("first checks", places, others, folder),
        ]
        commands = [command for one in tasks for command in (one.report, one.floor)]
        costs = in_turn(commands, options.runs)
    for index, one in enumerate(tasks):
        print(tell(one, costs[2 * index], costs[2 * index + 1]))


if __name__ == "__main__":
    main()
