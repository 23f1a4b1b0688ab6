"""Rebuilds past runs out of git: many snapshots of the same repositories in one go.

A verdict on a page depends on a handful of blobs, on the page's own past, and on what its links
were told of the files around it. What did not change from one snapshot to the next is not judged
again, and no blob is read or parsed twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bilint.checks.base import Context, Site
from bilint.checks.engine import Results
from bilint.checks.registry import Selection, select
from bilint.model.document import Document
from bilint.model.evidence import Evidence
from bilint.model.page import Header
from bilint.model.pair import Pair, Untranslated
from bilint.model.record import NamedTuple
from bilint.model.report import Report
from bilint.pipeline.collection import without_collection
from bilint.pipeline.context import contexts
from bilint.pipeline.examine import Examiner
from bilint.pipeline.library import Library
from bilint.pipeline.measure import measure
from bilint.pipeline.outcome import Outcome
from bilint.pipeline.pairs import pair_all
from bilint.pipeline.reporting import report_of
from bilint.pipeline.request import Request
from bilint.pipeline.run import learn_of
from bilint.pipeline.shards import SHARD, group, study, work
from bilint.pipeline.shelves import Shelves
from bilint.pipeline.site import LibrarySite
from bilint.pipeline.workspace import Side, Workspace
from bilint.readers.git import GitError
from bilint.readers.source_history import GitSourceHistory

if TYPE_CHECKING:
    from bilint.model.bitext import Bitext
    from bilint.readers.target_history import TargetHistory

HELD_BYTES = 24 * 1024 * 1024
"""Bytes of pages whose parsed documents are held in memory at a time."""


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
        self._shelves = _Archive(self.workspace)
        self._contexts: dict[str, Context] = {}
        self._memory = _Memory()
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

    def _examiner(self, snapshot: Snapshot) -> _PastExaminer:
        workspace = self.workspace.at(snapshot.commits, rest=snapshot.rest)
        return _PastExaminer(workspace, self.selection, self._shelves.at(workspace), self._memory)


def _start(side: Side) -> str:
    commit = side.snapshot.revision or side.repository.head()
    if commit is None:
        raise GitError(f"{side.repository.path}: there is no commit yet")
    return commit


def _said(when: int) -> str:
    return datetime.fromtimestamp(when, UTC).isoformat().replace("+00:00", "Z")


class _PastLibrary(Library):
    """The pages of one side in many snapshots: each blob is read and parsed once."""

    def headers(self, paths: Iterable[str]) -> tuple[Header, ...]:
        wanted = tuple(paths)
        unread = []
        for path in wanted:
            blob = self.side.snapshot.blob(path) or ""
            known = self._headers.get(path)
            if known is not None and known.blob == blob and path not in self._problems:
                continue
            self._headers.pop(path, None)
            self._problems.pop(path, None)
            same = self._by_blob.get(blob)
            if same is None:
                unread.append(path)
            else:
                self._headers[path] = same if same.path == path else same._replace(path=path)
        super().headers(unread)
        return tuple(self._headers[path] for path in wanted if path in self._headers)

    def at(self, side: Side) -> _PastLibrary:
        """The same pages, seen from another snapshot."""
        self.side = side
        return self

    def document(self, header: Header) -> Document:
        document = super().document(header)
        if header.blob in self._documents:
            self._used(header.blob)
        return document

    def blob_document(self, blob: str) -> Document | None:
        document = super().blob_document(blob)
        if blob in self._documents:
            self._used(blob)
        return document

    def _used(self, blob: str) -> None:
        """Put it behind those that were not asked for as lately."""
        self._documents[blob] = self._documents.pop(blob)

    def _take(self, header: Header) -> bytes | None:
        # By id: at its path another content may stand by now.
        data = self._data.pop(header.blob, None) or self._read(header.blob)
        # What is on disk and was never committed is known by its path alone.
        return super()._take(header) if data is None else data

    def trim(self, most: int) -> None:
        """Let go of what was not asked for lately."""
        size = sum(len(document.data) for document in self._documents.values())
        for blob in list(self._documents):
            if size <= most:
                break
            size -= len(self._documents.pop(blob).data)


class _Archive:
    """What all snapshots share: the pages of each side, and what was read of their past."""

    def __init__(self, workspace: Workspace) -> None:
        profile, limits = workspace.profile, workspace.settings.limits
        self.libraries = {
            name: _PastLibrary(side, profile, limits) for name, side in workspace.sides().items()
        }
        self.source_history: GitSourceHistory | None = None
        self.target_histories: dict[str, TargetHistory | None] = {}

    def at(self, workspace: Workspace) -> _PastShelves:
        """The shelves of one snapshot."""
        return _PastShelves(workspace, self)

    def trim(self) -> None:
        """Let go of parsed pages that were not asked for lately."""
        for library in self.libraries.values():
            library.trim(HELD_BYTES)


class _PastShelves(Shelves):
    def __init__(self, workspace: Workspace, archive: _Archive) -> None:
        self._archive = archive
        super().__init__(workspace)

    def _library(self, side: Side) -> Library:
        sides = self.workspace.sides()
        name = next(name for name, one in sides.items() if one is side)
        return self._archive.libraries[name].at(side)

    def _source_history(self) -> GitSourceHistory | None:
        side, known = self.workspace.source, self._archive.source_history
        if known is None or side is None:
            known = self._archive.source_history = super()._source_history()
            return known
        return known.at(side.snapshot.revision)

    def _open_history(self, locale: str) -> TargetHistory | None:
        known = self._archive.target_histories.get(locale)
        revision = self.workspace.targets[locale].snapshot.revision
        if known is None or revision is None:
            known = self._archive.target_histories[locale] = super()._open_history(locale)
            return known
        return known.at(revision)


_Question = tuple[str, str, str]
"""What a link asked: of files or of fragments, on which side, at which path."""


class _Remembered(NamedTuple):
    """A verdict, and what it was told of the files around the page."""

    outcome: Outcome
    told: Mapping[_Question, object]


class _Memory:
    """The verdicts of all snapshots so far, by all that they depend on."""

    def __init__(self) -> None:
        self.pages: dict[tuple[object, ...], _Remembered] = {}
        self.sources: dict[tuple[str, str], Results] = {}


class _WatchedSite:
    """A site that writes down what it was asked and what it answered."""

    def __init__(self, site: LibrarySite, side: str, library: Library) -> None:
        self._site = site
        self._side = side
        self._library = library
        self.told: dict[_Question, object] = {}

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder of this path."""
        answer = self._site.exists(path)
        self.told["exists", self._side, path] = answer
        return answer

    def anchors(self, path: str) -> frozenset[str] | None:
        """The fragments that a page offers."""
        self.told["anchors", self._side, path] = self._library.side.snapshot.blob(path)
        return self._site.anchors(path)

    def answer(self, question: _Question) -> object:
        """What is answered now to a question that was asked before."""
        kind, _, path = question
        if kind == "exists":
            return self._site.exists(path)
        return self._library.side.snapshot.blob(path)


class _PastExaminer(Examiner):
    """An examiner that knows what it said of the same page before."""

    def __init__(
        self, workspace: Workspace, selection: Selection, shelves: Shelves, memory: _Memory
    ) -> None:
        super().__init__(workspace, selection, shelves)
        self._memory = memory
        self._sites: dict[str, dict[str, _WatchedSite]] = {}
        self._keys: dict[tuple[str, str], tuple[object, ...]] = {}

    def prepare(self, pairs: Sequence[Pair]) -> None:
        super().prepare([pair for pair in pairs if self._key_of(pair) not in self._memory.pages])

    def outcome(self, pair: Pair) -> Outcome:
        return self._remembered(
            pair.locale, self._key_of(pair), lambda: Examiner.outcome(self, pair)
        )

    def untranslated(self, page: Untranslated) -> Outcome:
        key = ("untranslated", page.locale, page.source.path, page.source.blob)
        return self._remembered(page.locale, key, lambda: Examiner.untranslated(self, page))

    def clash(self, locale: str, header: Header, source: Header | None) -> Outcome:
        key = ("clash", locale, header.path, header.blob, source.path if source else None)
        return self._remembered(locale, key, lambda: Examiner.clash(self, locale, header, source))

    def source_results(self, header: Header) -> Results:
        key = (header.path, header.blob)
        known = self._memory.sources.get(key)
        if known is None:
            known = self._memory.sources[key] = super().source_results(header)
        return known

    def _remembered(
        self, locale: str, key: tuple[object, ...], examine: Callable[[], Outcome]
    ) -> Outcome:
        known = self._memory.pages.get(key)
        sites = self._watched(locale)
        if known is not None and all(
            sites[question[1]].answer(question) == answer for question, answer in known.told.items()
        ):
            return known.outcome
        told: dict[_Question, object] = {}
        for site in sites.values():
            site.told = told
        outcome = examine()
        self._memory.pages[key] = _Remembered(outcome, told)
        return outcome

    def _key_of(self, pair: Pair) -> tuple[object, ...]:
        """All that a verdict on a pair depends on, but for the files around it."""
        place = (pair.locale, pair.target.path)
        if place not in self._keys:
            self._keys[place] = self._made_key(pair)
        return self._keys[place]

    def _made_key(self, pair: Pair) -> tuple[object, ...]:
        target, source = pair.target, pair.source
        history = self.shelves.target_history(pair.locale)
        versions = history.versions(target.path) if history is not None else ()
        names: tuple[str, ...] = ()
        if self.shelves.source_history is not None:
            names = self.shelves.source_history.earlier_names(self.shelves.where(pair)[0])
        return (
            pair.locale,
            target.path,
            target.blob,
            versions[0].commit if versions else None,
            None if source is None else source.path,
            None if source is None else source.blob,
            pair.paired_by,
            pair.moved,
            pair.ids_differ,
            pair.rivals,
            names,
        )

    def context(self, locale: str) -> Context:
        if locale not in self._within:
            sites: Mapping[str, Site] = self._watched(locale)
            self._within[locale] = self.contexts[locale]._replace(
                site=sites[locale], source_site=sites.get("")
            )
        return self._within[locale]

    def _watched(self, locale: str) -> dict[str, _WatchedSite]:
        if locale not in self._sites:
            sides = {locale: self.targets[locale]}
            if self.source is not None:
                sides[""] = self.source
            self._sites[locale] = {
                name: _WatchedSite(LibrarySite(library), name, library)
                for name, library in sides.items()
            }
        return self._sites[locale]
