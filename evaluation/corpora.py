"""The real corpora: where they are, their snapshots, and their pages as checks see them."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from bilint.checks.base import Context
from bilint.checks.registry import Selection, select
from bilint.learning.gather import bitext
from bilint.learning.learn import learn
from bilint.model.alignment import AlignedPair
from bilint.model.config import Location, Settings
from bilint.pipeline.context import contexts
from bilint.pipeline.examine import Examiner
from bilint.pipeline.pairs import pair_all
from bilint.pipeline.request import Request, Wants
from bilint.pipeline.workspace import Workspace

ROOT = "help"
NAME = "blueprints-learn"
OTHER = "commerce-operations"
LOCALES = ("it-IT", "fr-FR", "ko-KR", "nl-NL")
SNAPSHOTS = (
    "2021-12-01", "2022-06-01", "2023-06-01", "2024-06-01", "2025-03-01", "2025-10-01",
    "2026-03-01", "HEAD",
)  # fmt: skip

_Made = TypeVar("_Made")


class AbsentError(Exception):
    """There are no corpora; the text says where they were looked for."""


class Corpora(NamedTuple):
    """The unpacked bare repositories, and the folder of the gold sets."""

    folder: Path
    gold: Path

    def repository(self, name: str, locale: str = "en") -> Path:
        """The bare repository of a project in a language."""
        return self.folder / f"{name}.{locale}.git"

    def has(self, name: str, locale: str) -> bool:
        """Whether a project was given with its translation into a locale."""
        return self.repository(name, locale).is_dir() and self.repository(name).is_dir()


@contextmanager
def open_corpora(unpacked: Path | None = None) -> Iterator[Corpora]:
    """The corpora that `BILINT_SHARED` names, unpacked for as long as they are needed.

    `unpacked` is a folder that holds them unpacked already.
    """
    shared = Path(os.environ.get("BILINT_SHARED") or "../shared").resolve()
    packed = sorted((shared / "corpora").glob("*.git.tar"))
    if not packed and unpacked is None:
        raise AbsentError(
            "nothing was measured: there are no corpora. BILINT_SHARED names the folder that"
            f" holds corpora/ and gold/; looked in {os.environ.get('BILINT_SHARED') or '../shared'}"
        )
    if unpacked is not None:
        yield Corpora(unpacked, shared / "gold")
        return
    with tempfile.TemporaryDirectory() as folder:
        for archive in packed:
            subprocess.run(["tar", "-C", folder, "-xf", str(archive)], check=True)
        yield Corpora(Path(folder), shared / "gold")


@cache
def commit_at(repository: Path, date: str) -> str | None:
    """The last first-parent commit before a date; None where the history begins later."""
    last = [] if date == "HEAD" else [f"--before={date}T00:00:00Z"]
    return _git(repository, "rev-list", "-1", "--first-parent", *last, "HEAD") or None


def newest(repository: Path) -> tuple[str, str]:
    """The newest commit and its day."""
    commit, day = _git(repository, "log", "-1", "--format=%H %cs", "HEAD").split()
    return commit, day


def days(repository: Path) -> dict[str, str]:
    """The day of every commit."""
    lines = _git(repository, "log", "--format=%H %cs", "HEAD").splitlines()
    return dict(line.split() for line in lines)


def _git(repository: Path, *arguments: str) -> str:
    command = ["git", "-C", str(repository), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def request(
    corpora: Corpora, name: str, locale: str, target: str, source: str | None = None
) -> Request:
    """What a report over one locale at a commit asks for."""
    settings = Settings(
        source=Location(str(corpora.repository(name)), source or "main", ROOT),
        targets={locale: Location(str(corpora.repository(name, locale)), target, ROOT)},
    )
    return Request(settings, Wants(findings=True), jobs=1)


class Snapshot(NamedTuple):
    """All pages of one locale at one commit, beside their sources, and what was learnt of them."""

    pairs: tuple[AlignedPair, ...]
    context: Context
    selection: Selection


@contextmanager
def open_snapshot(asked: Request) -> Iterator[Snapshot]:
    """The snapshot that a request names; it can be read while the repositories are open."""
    with Workspace(asked) as workspace:
        selection = select(asked.settings)
        examiner = Examiner(workspace, selection)
        (pairing,) = pair_all(examiner).pairings
        examiner.prepare(pairing.pairs)
        aligned = tuple(examiner.examine(pair).aligned for pair in pairing.pairs)
        locale = pairing.locale
        headers = [pair.target for pair in pairing.pairs]
        examiner.contexts, _unread = contexts(workspace, {locale})
        examiner.teach({locale: learn(locale, headers, [bitext(pair) for pair in aligned])})
        yield Snapshot(aligned, examiner.context(locale), selection)


def in_processes(
    jobs: int, work: Callable[..., _Made], tasks: Sequence[tuple[object, ...]]
) -> list[_Made]:
    """The results of tasks, in their order, done in `jobs` processes."""
    if jobs == 1 or len(tasks) == 1:
        return [work(*task) for task in tasks]
    with ProcessPoolExecutor(min(jobs, len(tasks))) as pool:
        futures = [pool.submit(work, *task) for task in tasks]
        return [future.result() for future in futures]


def merged(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Counts added up, sorted by name."""
    total: dict[str, int] = {}
    for part in parts:
        for key, count in part.items():
            total[key] = total.get(key, 0) + count
    return dict(sorted(total.items()))
