"""The files of a repository as they stand in a commit, in the index, or on disk."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator, Mapping

from bilint.model.config import Limits
from bilint.model.record import NamedTuple, Protocol
from bilint.model.text import Problem
from bilint.readers.git import Content, GitError, Repository, TooLarge
from bilint.readers.git_objects import LINK_MODE
from bilint.readers.work_files import LINK, NO_FILE, UNSAFE, WorkFiles, too_large


class Reading(NamedTuple):
    """One file as read: its bytes, or the problem in their place.

    `blob` is the id that git gives to the content; empty where it is not known.
    """

    path: str
    blob: str
    data: bytes | Problem


class Snapshot:
    """All files of one repository at one moment, with an optional overlay.

    `revision` is the full id of the commit, None for the index and the working tree. `root` is
    the folder of the pages below the repository's top, as all paths are. Whether a file exists
    is answered by the commit or the index, never by the disk: checkouts are sparse.
    """

    def __init__(
        self,
        repository: Repository,
        files: _Files,
        *,
        revision: str | None,
        root: str,
        overlay: Mapping[str, bytes],
        page_suffixes: tuple[str, ...],
        limits: Limits,
    ) -> None:
        self.revision = revision
        self.root = root
        self._repository = repository
        self._files = files
        self._overlay = overlay
        self._suffixes = page_suffixes
        self._limits = limits
        self._listing: _Listing | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all files below the root, sorted.

        Symbolic links, submodules and conflicted files are not among them; nor, for the working
        tree, files that are gone from disk or not tracked.
        """
        return self._list().paths

    @property
    def problems(self) -> tuple[tuple[str, Problem], ...]:
        """The pages below the root that `paths` leaves out, and why, sorted by path."""
        return self._list().problems

    def exists(self, path: str) -> bool:
        """Whether there is a file of this name anywhere in the repository."""
        return path in self._overlay or self._files.exists(path)

    def blob(self, path: str) -> str | None:
        """The id git gives to a file's content; None when there is no such file."""
        over = self._overlay.get(path)
        return self._files.blob(path) if over is None else self._repository.blob_id(over)

    def read(self, paths: Iterable[str]) -> Iterator[Reading]:
        """The files in the order given, each with its content or the problem met.

        A file on disk that is not tracked is read when it is named here.
        """
        wanted = list(paths)
        rest = self._files.read([path for path in wanted if path not in self._overlay])
        for path in wanted:
            over = self._overlay.get(path)
            if over is None:
                yield next(rest)
            elif len(over) > self._limits.page:
                yield Reading(path, "", too_large(len(over), self._limits.page))
            else:
                yield Reading(path, self._repository.blob_id(over), over)

    def changed(self, since: str | None = None) -> tuple[str, ...]:
        """The files that are new or other than at a revision (None: HEAD), sorted.

        Raises `GitError` when the revision is unknown.
        """
        repository = self._repository
        return self.changed_against(
            repository.head() if since is None else repository.resolve(since)
        )

    def changed_against(self, commit: str | None) -> tuple[str, ...]:
        """The files below the root that are new or other than in a commit (None: all), sorted."""
        changed = set(self._files.changed_against(commit, self.root))
        return tuple(
            path
            for path in self.paths
            if (path in changed if path not in self._overlay else self._overlaid(path, commit))
        )

    def _overlaid(self, path: str, commit: str | None) -> bool:
        return self.blob(path) != _committed(self._repository, commit, path)

    def _list(self) -> _Listing:
        if self._listing is None:
            found = self._files.listing(self.root)
            over = {path for path in self._overlay if _is_below(path, self.root)}
            self._listing = _Listing(
                tuple(sorted(over.union(found.paths))),
                tuple(
                    (path, problem)
                    for path, problem in sorted(found.problems)
                    if path.endswith(self._suffixes) and path not in over
                ),
            )
        return self._listing


def open_snapshot(
    repository: Repository,
    revision: str | None,
    root: str = "",
    *,
    staged: bool = False,
    overlay: Mapping[str, bytes] | None = None,
    page_suffixes: tuple[str, ...] = (".md",),
    limits: Limits,
) -> Snapshot:
    """The files at `revision`; without one the index (`staged`), or the working tree.

    A repository without a working tree is read at its HEAD. `root` is the folder of the pages
    below the repository's top: who opened a folder inside of a checkout puts the repository's
    `prefix` before it. `overlay` maps paths to bytes that stand in place of the
    files'. Raises `GitError` when the revision is unknown or the root leads out.
    """
    commit = None
    files: _Files
    if revision is not None or (repository.work_tree is None and not staged):
        commit = repository.resolve(revision if revision is not None else "HEAD")
        files = _CommitFiles(repository, commit, limits)
    elif staged or repository.work_tree is None:
        files = _IndexFiles(repository, limits)
    else:
        files = _DiskFiles(repository, repository.work_tree, limits)
    return Snapshot(
        repository,
        files,
        revision=commit,
        root=_clean(root, repository.path),
        overlay=overlay or {},
        page_suffixes=page_suffixes,
        limits=limits,
    )


def commit_snapshot(
    repository: Repository,
    commit: str,
    root: str,
    *,
    page_suffixes: tuple[str, ...] = (".md",),
    limits: Limits,
) -> Snapshot:
    """The files at a commit that is known by its full id."""
    return Snapshot(
        repository,
        _CommitFiles(repository, commit, limits),
        revision=commit,
        root=_clean(root, repository.path),
        overlay={},
        page_suffixes=page_suffixes,
        limits=limits,
    )


def _clean(root: str, path: str) -> str:
    names = [name for name in root.split("/") if name not in ("", ".")]
    if ".." in names:
        raise GitError(f"{path}: the root {root!r} leads out of the repository")
    return "/".join(names)


def _is_below(path: str, root: str) -> bool:
    return not root or path.startswith(f"{root}/")


class _Listing(NamedTuple):
    paths: tuple[str, ...]
    problems: tuple[tuple[str, Problem], ...]


class _Files(Protocol):
    """What a snapshot is taken of."""

    def listing(self, root: str) -> _Listing:
        """The files below a folder, and those that cannot be read as files."""

    def exists(self, path: str) -> bool:
        """Whether the commit or the index names the file."""

    def blob(self, path: str) -> str | None:
        """The blob id of a file's content."""

    def read(self, paths: list[str]) -> Iterator[Reading]:
        """The files in order."""

    def changed_against(self, commit: str | None, root: str) -> Iterable[str]:
        """The files below a folder that a commit does not have so."""


class _CommitFiles:
    def __init__(self, repository: Repository, commit: str, limits: Limits) -> None:
        self._repository = repository
        self._commit = commit
        self._limits = limits

    def listing(self, root: str) -> _Listing:
        found = self._repository.listing(self._commit, root)
        links = [(file.path, LINK) for file in found.files if file.is_link]
        unsafe = [(path, UNSAFE) for path in found.unsafe]
        paths = (file.path for file in found.files if not file.is_link)
        return _Listing(tuple(paths), (*links, *unsafe))

    def exists(self, path: str) -> bool:
        return self._repository.file(self._commit, path) is not None

    def blob(self, path: str) -> str | None:
        return _committed(self._repository, self._commit, path)

    def read(self, paths: list[str]) -> Iterator[Reading]:
        files = [(path, self._repository.file(self._commit, path)) for path in paths]
        blobs = [file.blob for _, file in files if file is not None and not file.is_link]
        contents = self._repository.read(blobs)
        for path, file in files:
            if file is None:
                yield Reading(path, "", _ABSENT)
            elif file.is_link:
                yield Reading(path, file.blob, LINK)
            else:
                yield _reading(path, next(contents), self._limits)

    def changed_against(self, commit: str | None, root: str) -> Iterable[str]:
        return self._repository.changed(commit, self._commit, root)


class _IndexFiles:
    def __init__(self, repository: Repository, limits: Limits) -> None:
        self._repository = repository
        self._limits = limits
        entries = repository.index()
        self._entries = {entry.path: entry for entry in entries if entry.stage == 0}
        self._conflicts = {entry.path for entry in entries if entry.stage != 0}

    def listing(self, root: str) -> _Listing:
        below = [entry for path, entry in self._entries.items() if _is_below(path, root)]
        links = [(entry.path, LINK) for entry in below if entry.mode == LINK_MODE]
        return _Listing(
            tuple(entry.path for entry in below if entry.mode != LINK_MODE),
            (*links, *self._conflicted(root)),
        )

    def _conflicted(self, root: str) -> list[tuple[str, Problem]]:
        return [(path, _CONFLICT) for path in self._conflicts if _is_below(path, root)]

    def exists(self, path: str) -> bool:
        return path in self._entries or path in self._conflicts

    def blob(self, path: str) -> str | None:
        entry = self._entries.get(path)
        return None if entry is None or entry.mode == LINK_MODE else entry.blob

    def read(self, paths: list[str]) -> Iterator[Reading]:
        blobs = [(path, self.blob(path)) for path in paths]
        contents = self._repository.read([blob for _, blob in blobs if blob is not None])
        for path, blob in blobs:
            if blob is not None:
                yield _reading(path, next(contents), self._limits)
            else:
                yield Reading(path, "", self._problem(path))

    def _problem(self, path: str) -> Problem:
        if path in self._conflicts:
            return _CONFLICT
        return LINK if path in self._entries else _ABSENT

    def changed_against(self, commit: str | None, root: str) -> Iterable[str]:
        files = () if commit is None else self._repository.files(commit, root)
        before = {file.path: (file.blob, file.is_link) for file in files}
        return [
            path
            for path, entry in self._entries.items()
            if _is_below(path, root) and before.get(path) != (entry.blob, entry.mode == LINK_MODE)
        ]


class _DiskFiles(_IndexFiles):
    """Tracked files as they are on disk, those that are not checked out from their objects."""

    def __init__(self, repository: Repository, work_tree: str, limits: Limits) -> None:
        super().__init__(repository, limits)
        self._work_tree = work_tree

    def listing(self, root: str) -> _Listing:
        paths: list[str] = []
        problems = self._conflicted(root)
        with WorkFiles(self._work_tree, self._limits.page) as disk:
            for path, entry in self._entries.items():
                if not _is_below(path, root):
                    continue
                kind = disk.kind(path)
                if kind is None and entry.sparse:
                    kind = stat.S_IFMT(entry.mode)
                if kind == stat.S_IFREG:
                    paths.append(path)
                elif kind is not None:
                    problems.append((path, LINK if kind == stat.S_IFLNK else NO_FILE))
        return _Listing(tuple(paths), tuple(problems))

    def blob(self, path: str) -> str | None:
        (reading,) = self.read([path])
        return None if isinstance(reading.data, Problem) else reading.blob

    def read(self, paths: list[str]) -> Iterator[Reading]:
        with WorkFiles(self._work_tree, self._limits.page) as disk:
            sparse = {
                path: self._entries[path].blob
                for path in paths
                if self._is_sparse(path) and disk.kind(path) is None
            }
            contents = self._repository.read([sparse[path] for path in paths if path in sparse])
            for path in paths:
                if path in sparse:
                    yield _reading(path, next(contents), self._limits)
                    continue
                data = _CONFLICT if path in self._conflicts else disk.read(path)
                blob = "" if isinstance(data, Problem) else self._repository.blob_id(data)
                yield Reading(path, blob, data)

    def _is_sparse(self, path: str) -> bool:
        entry = self._entries.get(path)
        return entry is not None and entry.sparse and entry.mode != LINK_MODE

    def changed_against(self, commit: str | None, root: str) -> Iterable[str]:
        return [
            reading.path
            for reading in self.read(list(self.listing(root).paths))
            if reading.blob != _committed(self._repository, commit, reading.path)
        ]


_CONFLICT = Problem("conflict", "a merge conflict stands in the index")
_ABSENT = Problem("absent", "there is no such file in the repository")
_MISSING = Problem("missing-object", "the content is not in this clone, and nothing is fetched")


def _committed(repository: Repository, commit: str | None, path: str) -> str | None:
    """The blob id of a regular file in a commit."""
    file = None if commit is None else repository.file(commit, path)
    return None if file is None or file.is_link else file.blob


def _reading(path: str, answer: tuple[str, Content], limits: Limits) -> Reading:
    blob, content = answer
    if content is None:
        return Reading(path, blob, _MISSING)
    if isinstance(content, TooLarge):
        return Reading(path, blob, too_large(content.size, limits.page))
    return Reading(path, blob, content)
