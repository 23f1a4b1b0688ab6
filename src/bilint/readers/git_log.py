"""The history of many paths out of one stream of `git log --raw -z`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain

from bilint.model.history import Version
from bilint.model.record import NamedTuple
from bilint.readers.git_objects import GitError, decode_path, encode_path

LOG_FORMAT = "--format=tformat:%H%x00%T%x00%P%x00%ct%x00%B%x00"
"""What `parse_log` reads, before the raw records of each entry."""

_TOKEN_BYTES = 64 * 1024 * 1024
_MESSAGE_BYTES = 64 * 1024


class Change(NamedTuple):
    """A path of a commit that differs from a parent. `old` is its name there, if renamed."""

    status: bytes
    old: bytes
    path: bytes
    mode: bytes
    blob: bytes


class LogEntry(NamedTuple):
    """A commit beside one of its parents: a merge has an entry for each parent it differs from."""

    commit: str
    tree: str
    parents: tuple[str, ...]
    when: int
    message: bytes
    changes: tuple[Change, ...]


def parse_log(chunks: Iterable[bytes]) -> Iterator[LogEntry]:
    """The entries of `git log -z --raw` with `LOG_FORMAT`."""
    tokens = _tokens(chunks)
    commit = next(tokens, None)
    while commit is not None:
        try:
            tree, parents, when, message, _ = (next(tokens) for _ in range(5))
        except (RuntimeError, ValueError):
            raise GitError("the output of git log ended early") from None
        changes: list[Change] = []
        token = next(tokens, None)
        while token is not None and token.lstrip(b"\n").startswith(b":"):
            _, mode, _, blob, status = token.split(b" ")
            old = path = next(tokens, b"")
            if status[:1] in (b"R", b"C"):
                path = next(tokens, b"")
            changes.append(Change(status[:1], old, path, mode, blob))
            token = next(tokens, None)
        yield LogEntry(
            commit.decode("ascii", "replace"),
            tree.decode("ascii", "replace"),
            tuple(parents.decode("ascii", "replace").split()),
            int(when) if when.isdigit() else 0,
            message,
            tuple(changes),
        )
        commit = token


def _tokens(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\0")
        if len(rest) > _TOKEN_BYTES:
            raise GitError("a commit message is too large to be read")
        yield from whole
    if rest:
        yield rest


class MessageReader:
    """Reads what a target's commit message says of its origin.

    `message_pin` is a pattern whose first group is the source commit, `robot_message` one that
    tells commits of scripts.
    """

    def __init__(self, message_pin: str, robot_message: str) -> None:
        self._pin = re.compile(message_pin)
        self._robot = re.compile(robot_message)

    def read(self, message: bytes) -> tuple[str | None, bool]:
        """The source commit that a message names, and whether a script wrote it."""
        text = message[:_MESSAGE_BYTES].decode("utf-8", "replace")
        named = self._pin.search(text)
        return (named[1] if named else None), self._robot.search(text) is not None


class Past:
    """The whole history of a commit, read once and held in memory: a past to be walked through."""

    def __init__(self, start: str, entries: Iterable[LogEntry]) -> None:
        self.start = start
        self.entries = tuple(entries)
        self._parents = {entry.commit: entry.parents for entry in self.entries}
        self._when = {entry.commit: entry.when for entry in self.entries}

    def __contains__(self, commit: str) -> bool:
        return commit in self._parents

    def first_parents(self) -> Iterator[tuple[str, int]]:
        """The line of first parents, newest first: commits, and when they were made."""
        commit: str | None = self.start
        while commit is not None and commit in self._parents:
            yield commit, self._when[commit]
            parents = self._parents[commit]
            commit = parents[0] if parents else None

    def renames(self, commit: str, since: str | None = None) -> Iterator[tuple[bytes, bytes]]:
        """Files renamed with their content unchanged up to a commit, newest first: old and new.

        With `since` without what led to that commit.
        """
        reached = {commit}
        left_out = {since}
        for entry in self.entries:
            if entry.commit in left_out:
                left_out.update(entry.parents)
                continue
            if entry.commit not in reached:
                continue
            reached.update(entry.parents)
            # A merge tells no renames of its own.
            if len(entry.parents) < 2:
                for change in entry.changes:
                    if change.status == b"R":
                        yield change.old, change.path


def follow(
    entries: Iterable[LogEntry],
    start: str,
    paths: Iterable[str],
    *,
    tree_of: Callable[[str], str],
    boundary: frozenset[str],
    messages: MessageReader,
    gone: bool = False,
) -> Mapping[str, tuple[Version, ...]]:
    """The versions of each path on its own line of history from the commit `start`.

    The line of a path goes, as git's own, to the first parent that has the same content, on
    whatever side of a merge that is; only where no parent has it is there a new version. A
    renamed file with its content unchanged is followed under its old name. `entries` come
    children first, one a parent for merges; `tree_of` names the tree of a commit. A commit of
    `boundary` has parents that are not there: its message is not taken for that of its files.
    With `gone` the files that were deleted on the way are there too, under their last path.
    """
    found: dict[str, list[Version]] = {path: [] for path in paths}
    lines: dict[str, _Lines] = {
        start: {encode_path(path): [versions] for path, versions in found.items()}
    }
    deleted: dict[bytes, list[list[Version]]] | None = {} if gone else None
    for group in _by_commit(entries):
        here = lines.pop(group[0].commit, None)
        if not here:
            continue
        step = _Step(group[0], boundary, messages, deleted)
        parents = group[0].parents
        if len(parents) < 2:
            renamed = step.take(here, group[0].changes)
            if parents:
                here = _join(here, renamed)
                lines[parents[0]] = _join(lines.get(parents[0], {}), here)
            continue
        for parent, moved in step.merge(here, _by_parent(group, tree_of)):
            lines[parent] = _join(lines.get(parent, {}), moved)
    for name, histories in (deleted or {}).items():
        versions = found.setdefault(decode_path(name), [])
        known = {version.commit for version in versions}
        for version in chain.from_iterable(histories):
            # A file deleted on both sides of a merge was met twice.
            if version.commit not in known:
                known.add(version.commit)
                versions.append(version)
    return {path: tuple(versions) for path, versions in found.items()}


_Lines = dict[bytes, list[list[Version]]]
"""Paths as they are called at a commit, and the histories that they belong to."""


class _Step:
    """One commit on the way back."""

    def __init__(
        self,
        entry: LogEntry,
        boundary: frozenset[str],
        messages: MessageReader,
        deleted: dict[bytes, list[list[Version]]] | None,
    ) -> None:
        self._entry = entry
        self._deleted = deleted
        self._cut = entry.commit in boundary
        self._messages = messages
        self._said: tuple[str | None, bool] | None = None

    def take(self, here: _Lines, changes: Iterable[Change]) -> _Lines:
        """Record the versions a plain commit made; the renamed lines, under their old names."""
        renamed: _Lines = {}
        for change in changes:
            histories = here.pop(change.path, None)
            if histories is None:
                if change.status == b"D" and self._deleted is not None:
                    renamed.setdefault(change.path, []).append(self._begin(change.path))
                continue
            if change.status == b"R":
                renamed.setdefault(change.old, []).extend(histories)
            elif self._record(histories, change) and change.status != b"A":
                here[change.path] = histories
        return renamed

    def merge(
        self, here: _Lines, differences: list[tuple[str, dict[bytes, Change]]]
    ) -> Iterator[tuple[str, _Lines]]:
        """Share the lines out among the parents; record what the merge itself made."""
        shares: list[_Lines] = [{} for _ in differences]
        first = differences[0][1]
        for path in [path for path in first if path in here]:
            histories = here.pop(path)
            changes = [changes.get(path) for _, changes in differences]
            if None in changes:
                shares[changes.index(None)].setdefault(path, []).extend(histories)
                continue
            known = [change for change in changes if change is not None]
            statuses = [change.status for change in known]
            if b"R" in statuses:
                at = statuses.index(b"R")
                shares[at].setdefault(known[at].old, []).extend(histories)
            elif self._record(histories, known[0]):
                at = next((i for i, status in enumerate(statuses) if status != b"A"), -1)
                if at >= 0:
                    shares[at].setdefault(path, []).extend(histories)
        if self._deleted is not None:
            for share, (_, changes_here) in zip(shares, differences, strict=True):
                self._deleted_by_merge(share, changes_here)
        shares[0] = _join(shares[0], here)
        for (parent, _), share in zip(differences, shares, strict=True):
            if share:
                yield parent, share

    def _deleted_by_merge(self, share: _Lines, changes: Mapping[bytes, Change]) -> None:
        for path, change in changes.items():
            if change.status == b"D":
                share.setdefault(path, []).append(self._begin(path))

    def _begin(self, path: bytes) -> list[Version]:
        """The history, still empty, of a file that was deleted here."""
        history: list[Version] = []
        if self._deleted is not None:
            self._deleted.setdefault(path, []).append(history)
        return history

    def _record(self, histories: list[list[Version]], change: Change) -> bool:
        if not change.mode.startswith(b"100"):
            return False  # a symbolic link or submodule before it became a page
        if self._said is None:
            self._said = (None, False) if self._cut else self._messages.read(self._entry.message)
        entry = self._entry
        version = Version(entry.commit, change.blob.decode("ascii"), *self._said, entry.when)
        for history in histories:
            history.append(version)
        return True


def _join(one: _Lines, other: _Lines) -> _Lines:
    """Both together, in the larger of the two."""
    if len(one) < len(other):
        one, other = other, one
    for path, histories in other.items():
        one.setdefault(path, []).extend(histories)
    return one


def _by_commit(entries: Iterable[LogEntry]) -> Iterator[list[LogEntry]]:
    group: list[LogEntry] = []
    for entry in entries:
        if group and group[0].commit != entry.commit:
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _by_parent(
    group: list[LogEntry], tree_of: Callable[[str], str]
) -> list[tuple[str, dict[bytes, Change]]]:
    """The changes of a merge beside each parent: git leaves out the parents with equal trees."""
    entry = group[0]
    order = list(entry.parents)
    if len(group) < len(order):
        order = [parent for parent in order if tree_of(parent) != entry.tree]
    if entry.changes and len(group) != len(order):
        raise GitError(f"the changes of the merge {entry.commit} do not tell their parents")
    known = {
        parent: {change.path: change for change in one.changes}
        for parent, one in zip(order, group, strict=False)
    }
    return [(parent, known.get(parent, {})) for parent in entry.parents]


def newest_names(renames: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Old path to the newest path it was renamed to, out of renames told newest first.

    Where several files bore an old path, the last one that did is meant.
    """
    later: dict[bytes, bytes] = {}
    newest: dict[bytes, bytes] = {}
    for old, new in renames:
        name = later.get(new, new)
        later[old] = name
        newest.setdefault(old, name)
    return {decode_path(old): decode_path(name) for old, name in newest.items() if old != name}
