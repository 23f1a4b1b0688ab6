"""The repositories of a run, opened once each, and the snapshots of pages in them."""

# os.path, because a hook has no time for the import of pathlib.
# ruff: noqa: PTH118, PTH120

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from threading import Thread

from bilint.model.config import Location, Settings
from bilint.model.profile import Profile
from bilint.model.record import NamedTuple
from bilint.model.text import Problem
from bilint.pipeline.request import Request, UsageError
from bilint.profiles import profile
from bilint.readers.git import GitError, Repository
from bilint.readers.git_objects import LINK_MODE
from bilint.readers.tree import Snapshot, commit_snapshot, open_snapshot

_ANCESTOR = r"([^~^]+)((?:[~^][0-9]{0,4})*)"
_STEP = r"([~^])([0-9]*)"


class Side(NamedTuple):
    """One side of the work: a repository, what is read of it, and where its pages begin.

    `at_home` says that a hook runs in it, and that what is staged is read. `inner` are the roots
    of other sides below this one's root: their pages are none of this side's.
    """

    repository: Repository
    snapshot: Snapshot
    root: str
    at_home: bool = False
    suffixes: tuple[str, ...] = (".md",)
    inner: tuple[str, ...] = ()

    def is_page(self, path: str) -> bool:
        """Whether a file of this path is one of the side's pages."""
        return (
            path.endswith(self.suffixes)
            and (not self.root or path.startswith(f"{self.root}/"))
            and not any(path.startswith(f"{inner}/") for inner in self.inner)
        )


class Workspace:
    """Everything a run reads from, behind one door; closes what it opened."""

    def __init__(
        self,
        request: Request,
        *,
        revisions: Mapping[str, str] | None = None,
        overlays: Mapping[str, Mapping[str, bytes]] | None = None,
    ) -> None:
        """Open what `request` names.

        `revisions` pins sides (by locale, `` for the source) to commits that another process
        resolved already; `overlays` lays bytes over paths of a side. Raises `UsageError` for
        missing repositories and unknown revisions, all of them at once.
        """
        self.request = request
        self.settings: Settings = request.settings
        self.profile: Profile = profile(request.settings.profile)
        self._revisions = dict(revisions or {})
        self._overlays = overlays or {}
        self._repositories: dict[str, Repository] = {}
        self.source: Side | None = None
        self.source_missing: str | None = None
        self.targets: dict[str, Side] = {}
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        settings, locales = self.settings, self.request.locales
        wanted = {"": settings.source} if settings.source is not None else {}
        wanted |= {
            locale: location
            for locale, location in settings.targets.items()
            if not locales or locale in locales
        }
        wrong: list[str] = []
        for name, side in self._sides(wanted).items():
            if isinstance(side, GitError):
                if not name and self.request.source_optional:
                    self.source_missing = str(side)
                else:
                    wrong.append(str(side))
            elif isinstance(side, Exception):
                raise side
            elif name:
                self.targets[name] = side
            else:
                self.source = side
        if wrong:
            raise UsageError("\n".join(dict.fromkeys(wrong)))
        if self.source is not None:
            self.source = self._apart(self.source)
        self.targets = {locale: self._apart(side) for locale, side in self.targets.items()}

    def _sides(self, wanted: Mapping[str, Location]) -> dict[str, Side | Exception]:
        """The sides by name, or why one cannot be opened, in the order wanted.

        Each repository is opened in a thread of its own: nearly all of it is waiting for git.
        """
        repositories: dict[str, list[str]] = {}
        for name, location in wanted.items():
            repositories.setdefault(os.path.realpath(location.repository), []).append(name)
        opened: dict[str, Side | Exception] = {}

        def open_all(names: list[str]) -> None:
            for name in names:
                try:
                    opened[name] = self._side(name, wanted[name])
                except Exception as error:
                    opened[name] = error

        last = repositories.popitem()[1] if repositories else []
        threads = [Thread(target=open_all, args=(names,)) for names in repositories.values()]
        for thread in threads:
            thread.start()
        open_all(last)
        for thread in threads:
            thread.join()
        return {name: opened[name] for name in wanted}

    def _side(self, name: str, location: Location) -> Side:
        repository = self._repository(location.repository)
        root = "/".join(part for part in (repository.prefix, location.root) if part)
        revision = self._revisions.get(name, location.revision)
        at_home = revision is None and self._is_home(location.repository)
        hook = self.request.hook if at_home else None
        if hook is not None and hook.after is not None:
            revision = self._resolve(repository, hook.after)
        snapshot = open_snapshot(
            repository,
            revision,
            root,
            staged=hook is not None and hook.staged and hook.after is None,
            overlay=self._overlays.get(name),
            page_suffixes=self.profile.page_suffixes,
            limits=self.settings.limits,
        )
        commit = snapshot.revision or repository.head()
        if commit is not None:
            repository.commit(commit)  # so that git is there when it is needed
        return Side(repository, snapshot, root, at_home, self.profile.page_suffixes)

    def _apart(self, side: Side) -> Side:
        """The side without the pages of others that lie below its root in one repository."""
        sides = (self.source, *self.targets.values())
        inner = {
            other.root
            for other in sides
            if other is not None
            and other.repository.git_dir == side.repository.git_dir
            and other.root.startswith(f"{side.root}/" if side.root else "")
            and other.root != side.root
        }
        return side._replace(inner=tuple(sorted(inner))) if inner else side

    def resolve(self, repository: Repository, revision: str) -> str:
        """The commit of a branch, a tag, an id, or an ancestor of one (`main~3`).

        Raises `UsageError`.
        """
        try:
            return self._resolve(repository, revision)
        except GitError as error:
            raise UsageError(str(error)) from error

    def _resolve(self, repository: Repository, revision: str) -> str:
        """The commit that a hook is told of: pre-commit hands on what it was given (`HEAD~3`)."""
        ancestor = re.fullmatch(_ANCESTOR, revision)
        if ancestor is None:
            return repository.resolve(revision)
        oid = repository.resolve(ancestor[1])
        for kind, number in re.findall(_STEP, ancestor[2]):
            count = int(number) if number else 1
            for parent in [1] * count if kind == "~" else [count] * bool(count):
                commit = repository.commit(oid)
                if commit is None or len(commit.parents) < parent:
                    raise GitError(f"{repository.path}: no commit {revision!r} in the repository")
                oid = commit.parents[parent - 1]
        return oid

    def before(self, side: Side) -> str | None:
        """The commit that a hook's change is seen against; None before the first commit."""
        hook = self.request.hook
        if hook is None or hook.before is None:
            return side.repository.head()
        try:
            return self._resolve(side.repository, hook.before)
        except GitError as error:
            raise UsageError(str(error)) from error

    def is_changed(self, side: Side) -> bool:
        """Whether a hook's change adds, alters or removes any file of the repository at all."""
        before, repository = self.before(side), side.repository
        if side.snapshot.revision is not None:
            commits = [repository.commit(oid) for oid in (side.snapshot.revision, before) if oid]
            return len({commit.tree if commit else "" for commit in commits}) > 1
        staged = {(e.path, e.blob, e.mode == LINK_MODE) for e in repository.index()}
        files = repository.files(before) if before is not None else ()
        return staged != {(file.path, file.blob, file.is_link) for file in files}

    def changed(self, side: Side) -> tuple[str, ...]:
        """The pages of a side that a hook's change adds or alters, sorted."""
        return tuple(filter(side.is_page, side.snapshot.changed_against(self.before(side))))

    def left_out(self, side: Side) -> tuple[tuple[str, Problem], ...]:
        """The pages that a hook's change adds and that cannot be read, such as symbolic links."""
        before = self.before(side)

        def is_new(path: str) -> bool:
            was = side.repository.file(before, path) if before is not None else None
            return was is None or not was.is_link

        return tuple(
            (path, problem)
            for path, problem in side.snapshot.problems
            if side.is_page(path) and is_new(path)
        )

    def sides(self) -> dict[str, Side]:
        """The sides by locale, `` for the source where there is one."""
        source = {"": self.source} if self.source is not None else {}
        return {**source, **self.targets}

    def at(self, commits: Mapping[str, str], *, rest: bool = False) -> Workspace:
        """The same repositories at other commits, given by locale, `` for the source.

        Sides that are not named are not there, or with `rest` are read as they are. It is good
        for as long as this one is open.
        """
        from copy import copy

        other = copy(self)
        other._revisions = dict(commits)
        sides = {
            name: self._moved(side, commits[name]) if name in commits else side
            for name, side in self.sides().items()
            if rest or name in commits
        }
        other.source = sides.pop("", None)
        other.targets = sides
        return other

    def _moved(self, side: Side, commit: str) -> Side:
        snapshot = commit_snapshot(
            side.repository,
            commit,
            side.root,
            page_suffixes=side.suffixes,
            limits=self.settings.limits,
        )
        return side._replace(snapshot=snapshot, at_home=False)

    def _is_home(self, path: str) -> bool:
        hook = self.request.hook
        return hook is not None and top_folder(path) == os.path.realpath(hook.home)

    def _repository(self, path: str) -> Repository:
        key = os.path.realpath(path)
        if key not in self._repositories:
            self._repositories[key] = Repository.open(
                path,
                limits=self.settings.limits,
                trust_owner=self.settings.trust_owner,
                allow_alternates=self.settings.allow_alternates,
                environment=self._environment(path),
            )
        return self._repositories[key]

    def _environment(self, path: str) -> Mapping[str, str] | None:
        hook = self.request.hook
        return hook.environment if hook is not None and self._is_home(path) else None

    def revisions(self) -> dict[str, str]:
        """The commits that the sides were resolved to, for other processes of the same run."""
        sides = {"": self.source, **self.targets}
        return {
            name: side.snapshot.revision
            for name, side in sides.items()
            if side is not None and side.snapshot.revision is not None
        }

    def page_paths(self, side: Side) -> tuple[str, ...]:
        """The pages of a side, sorted."""
        return tuple(filter(side.is_page, side.snapshot.paths))

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the git processes and remove what they used."""
        for repository in self._repositories.values():
            repository.close()
        self._repositories.clear()


def top_folder(path: str) -> str:
    """The top of the checkout that a path lies in; the path itself where there is none."""
    here = start = os.path.realpath(path)
    while not os.path.lexists(os.path.join(here, ".git")):
        above = os.path.dirname(here)
        if above == here:
            return start
        here = above
    return here
