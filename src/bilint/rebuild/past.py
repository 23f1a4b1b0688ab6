"""Rebuilds past runs out of git: many snapshots of the same repositories in one go.

A verdict on a page depends on a handful of blobs, on the page's own past, and on what its links
were told of the files around it. What did not change from one snapshot to the next is not judged
again, and no blob is read or parsed twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bilint.checks.base import Context
from bilint.checks.registry import select
from bilint.model.evidence import Evidence
from bilint.model.record import NamedTuple
from bilint.model.report import Report
from bilint.pipeline.collection import without_collection
from bilint.pipeline.context import contexts
from bilint.pipeline.measure import measure
from bilint.pipeline.pairs import pair_all
from bilint.pipeline.reporting import report_of
from bilint.pipeline.request import Request
from bilint.pipeline.run import learn_of
from bilint.pipeline.shards import SHARD, group, study, work
from bilint.pipeline.workspace import Side, Workspace
from bilint.readers.git import GitError
from bilint.rebuild.archive import Archive
from bilint.rebuild.memory import Memory, PastExaminer

if TYPE_CHECKING:
    from bilint.model.bitext import Bitext


class Snapshot(NamedTuple):
    """The repositories as of a time: commits by locale, `` for the source.

    What is not named is not there, or with `rest` is read as it is.
    """

    at: str
    commits: Mapping[str, str]
    rest: bool = False


class Learnt(NamedTuple):
    """What rebuilt runs are judged by: evidence by locale, and of when the pages were."""

    at: str
    evidence: Mapping[str, Evidence]


class Past:
    """The past of the repositories of a request, open for as many snapshots as one wants.

    Use it as a context manager. Raises `GitError` and `UsageError` as a run does. `shallow` names
    the repositories whose past is cut off. `chosen` is the snapshot that was learnt from.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self.selection = select(request.settings)
        self.workspace = Workspace(request)
        self._shelves = Archive(self.workspace)
        self._contexts: dict[str, Context] = {}
        self._memory = Memory()
        self.chosen = Snapshot("", {})
        self._last: tuple[Mapping[str, str], Report] | None = None
        self.learnt: Learnt | None = None
        self.measure: dict[str, Any] = {}
        try:
            self._lines = {
                name: tuple(side.repository.remember(_start(side)).first_parents())
                for name, side in self.workspace.sides().items()
            }
        except BaseException:
            self.workspace.close()
            raise

    def __enter__(self) -> Past:
        return self

    def __exit__(self, *_: object) -> None:
        self.workspace.close()

    @property
    def shallow(self) -> tuple[str, ...]:
        """The repositories whose past is cut off."""
        sides = self.workspace.sides().values()
        return tuple(dict.fromkeys(s.repository.path for s in sides if s.repository.shallow))

    def span(self) -> tuple[str, str]:
        """The first day on which source and some locale are there, and the last change of all."""
        first = {name: line[-1][1] for name, line in self._lines.items()}
        source = first.pop("", 0)
        last = max(max(when for _, when in line) for line in self._lines.values())
        return _said(max(source, min(first.values()))), _said(last)

    def snapshot(self, at: str) -> Snapshot:
        """The newest first parents made at a time or before it; who was not there yet is left out.

        Where the source was not there, nothing is.
        """
        commits = self.as_of(int(datetime.fromisoformat(at).timestamp()))
        if "" in self._lines and "" not in commits:
            commits.clear()
        return Snapshot(at, commits)

    def as_of(self, moment: int) -> dict[str, str]:
        """The newest first parent of each side that was made at a time or before, if it had pages.

        The time is in seconds since 1970.
        """
        commits = {}
        for name, line in self._lines.items():
            commit = next((commit for commit, when in line if when <= moment), None)
            if commit is not None and self._has_pages(name, commit):
                commits[name] = commit
        return commits

    def _has_pages(self, name: str, commit: str) -> bool:
        side = self.workspace.sides()[name]
        return side.repository.folder(commit, side.root) is not None

    def learn(self, snapshot: Snapshot, kept: Learnt | None = None) -> None:
        """Learn what all snapshots are judged by: from one of them, or from what was kept.

        What the settings or the repositories keep comes first, as in any run.
        """
        self.chosen = snapshot
        self._last = None
        workspace = self.workspace.at(snapshot.commits, rest=snapshot.rest)
        found, _unread = contexts(workspace)
        missing = [locale for locale, one in found.items() if one.evidence is None]
        self.learnt = kept
        if kept is None or any(locale not in kept.evidence for locale in missing):
            self.learnt = Learnt(snapshot.at, self._taught(snapshot, found, missing))
        date = self.learnt.at[:10] if self.learnt else ""
        source = f"the pages as of {date}, for all rebuilt runs"
        self.measure = measure(workspace, found, source)
        self._contexts = {
            locale: one._replace(evidence=self.learnt.evidence[locale])
            if self.learnt and locale in missing
            else one
            for locale, one in found.items()
        }

    def _taught(
        self, snapshot: Snapshot, found: Mapping[str, Context], missing: Sequence[str]
    ) -> dict[str, Evidence]:
        examiner = self._examiner(snapshot)
        examiner.contexts = found
        paired = pair_all(examiner)
        groups = group((), [one for one in paired.pairings if one.locale in missing])
        lessons: list[Bitext] = []
        with without_collection():
            for start in range(0, len(groups), SHARD):
                lessons += study(examiner, groups[start : start + SHARD], pack=True)
            wanted = [one for one in paired.pairings if one.locale in missing]
            return learn_of(wanted, self.selection.evidence, lessons)

    def run(self, snapshot: Snapshot) -> Report:
        """The report of one snapshot. Snapshots that follow each other cost least."""
        if self._last is None or self._last[0] != snapshot.commits or snapshot.rest:
            self._last = (snapshot.commits, self._judged(snapshot))
        return self._last[1]

    def _judged(self, snapshot: Snapshot) -> Report:
        examiner = self._examiner(snapshot)
        examiner.contexts = self._contexts
        with without_collection():
            paired = pair_all(examiner)
            groups = group(paired.sources, paired.pairings)
            results = []
            for start in range(0, len(groups), SHARD):
                shard = groups[start : start + SHARD]
                examiner.prepare([pair for item in shard for pair in item.pairs])
                results += [work(examiner, item) for item in shard]
                self._shelves.trim()
            report = report_of(examiner, self.selection, paired, results, ())
        return report._replace(measure=self.measure)

    def _examiner(self, snapshot: Snapshot) -> PastExaminer:
        workspace = self.workspace.at(snapshot.commits, rest=snapshot.rest)
        return PastExaminer(workspace, self.selection, self._shelves.at(workspace), self._memory)


def _start(side: Side) -> str:
    commit = side.snapshot.revision or side.repository.head()
    if commit is None:
        raise GitError(f"{side.repository.path}: there is no commit yet")
    return commit


def _said(when: int) -> str:
    return datetime.fromtimestamp(when, UTC).isoformat().replace("+00:00", "Z")
