"""Trees of commits, read by id through one batch process and kept by id."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from bilint.model.record import NamedTuple
from bilint.readers.git_objects import (
    GITLINK_MODE,
    TREE_MODE,
    Content,
    File,
    GitError,
    MissingObjectError,
    Tree,
    decode_path,
    encode_path,
    is_safe_name,
    parse_tree,
)

_KEPT_ENTRIES = 150_000
"""Entries of trees held in memory at a time: some 40 MB."""

_MAX_DEPTH = 1_000
_TREE_BYTES = 64 * 1024 * 1024
_TREE_MODE = b"%o" % TREE_MODE
_GITLINK_MODE = b"%o" % GITLINK_MODE

Fetch = Callable[[Iterable[str], int], Iterator[tuple[str, str | None, Content]]]
"""Objects by id, in order: id, kind (None when missing), content up to a number of bytes."""


class Listing(NamedTuple):
    """All files below a folder of a tree, sorted by path, and what was left out as unsafe."""

    files: tuple[File, ...]
    unsafe: tuple[str, ...]


class Trees:
    """Look-ups in trees, which never change and so are read once.

    `path` is the repository, for messages. `entry_limit` bounds what one listing may hold: a few
    objects can name millions of files.
    """

    def __init__(self, path: str, fetch: Fetch, id_size: int, entry_limit: int) -> None:
        self._path = path
        self._fetch = fetch
        self._id_size = id_size
        self._entry_limit = entry_limit
        self._kept: dict[bytes, Tree] = {}
        self._kept_entries = 0

    def file(self, tree: str, path: str) -> File | None:
        """The file at a path; None when there is none, or a folder or submodule in its place.

        Raises `MissingObjectError` when a tree on the way is not there.
        """
        *folders, name = encode_path(path).split(b"/")
        if not all(map(is_safe_name, (*folders, name))):
            return None
        at = self._descend(bytes.fromhex(tree), folders)
        found = None if at is None else self._load((at,))[0].get(name)
        if found is None or found[0] in (_TREE_MODE, _GITLINK_MODE):
            return None
        return File(path, int(found[0], 8), found[1].hex())

    def folder(self, tree: str, path: str) -> str | None:
        """The id of the tree at a path (`""`: of the whole); None when there is no folder."""
        folders = encode_path(path).split(b"/") if path else []
        at = self._descend(bytes.fromhex(tree), folders)
        return None if at is None else at.hex()

    def listing(self, tree: str, root: str = "") -> Listing:
        """All files below `root`.

        Raises `GitError` beyond the limit of entries and `MissingObjectError` for a tree not there.
        """
        start = self.folder(tree, root)
        if start is None:
            return Listing((), ())
        files: list[File] = []
        unsafe: list[str] = []
        level = [(encode_path(root) + b"/" if root else b"", bytes.fromhex(start))]
        seen = 0
        for _ in range(_MAX_DEPTH):
            deeper: list[tuple[bytes, bytes]] = []
            trees = self._load([at for _, at in level])
            for (prefix, _), entries in zip(level, trees, strict=True):
                seen += len(entries)
                self._check_number(seen)
                for name, (mode, oid) in entries.items():
                    path = prefix + name
                    if not is_safe_name(name):
                        unsafe.append(decode_path(path))
                    elif mode == _TREE_MODE:
                        deeper.append((path + b"/", oid))
                    elif mode != _GITLINK_MODE:
                        files.append(File(decode_path(path), int(mode, 8), oid.hex()))
            if not deeper:
                return Listing(tuple(sorted(files)), tuple(sorted(unsafe)))
            level = deeper
        raise GitError(f"{self._path}: a tree nests more than {_MAX_DEPTH} folders")

    def changed(self, old: str | None, new: str, root: str = "") -> tuple[str, ...]:
        """The files below `root` that `new` has and `old` has not, or has with another content.

        Equal folders are not entered. Raises as `listing`.
        """
        after = self.folder(new, root)
        if after is None:
            return ()
        before = None if old is None else self.folder(old, root)
        prefix = encode_path(root) + b"/" if root else b""
        was = bytes.fromhex(before) if before is not None else None
        level = [(prefix, was, bytes.fromhex(after))]
        paths: list[str] = []
        seen = 0
        for _ in range(_MAX_DEPTH):
            level = [row for row in level if row[1] != row[2]]
            if not level:
                return tuple(sorted(paths))
            olds = iter(self._load([was for _, was, _ in level if was]))
            news = self._load([now for _, _, now in level])
            deeper: list[tuple[bytes, bytes | None, bytes]] = []
            for (prefix, was, _), entries in zip(level, news, strict=True):
                seen += len(entries)
                self._check_number(seen)
                earlier = next(olds) if was else {}
                for name, (mode, oid) in entries.items():
                    old_mode, old_oid = earlier.get(name, (b"", b""))
                    if mode == _GITLINK_MODE or not is_safe_name(name):
                        continue
                    if mode == _TREE_MODE:
                        same_kind = old_mode == _TREE_MODE
                        deeper.append((prefix + name + b"/", old_oid if same_kind else None, oid))
                    elif oid != old_oid:
                        paths.append(decode_path(prefix + name))
            level = deeper
        raise GitError(f"{self._path}: a tree nests more than {_MAX_DEPTH} folders")

    def warm(self, places: Iterable[tuple[str, str]]) -> None:
        """Read the trees on the way to many files at once, so that `file` answers from memory.

        `places` are pairs of tree and path; what is missing is left for `file` to tell.
        """
        level = {(bytes.fromhex(tree), encode_path(path)) for tree, path in places}
        while level:
            self._read({tree for tree, _ in level if tree not in self._kept})
            deeper: set[tuple[bytes, bytes]] = set()
            for tree, path in level:
                name, slash, rest = path.partition(b"/")
                mode, oid = self._kept.get(tree, {}).get(name, (b"", b""))
                if slash and mode == _TREE_MODE:
                    deeper.add((oid, rest))
            level = deeper

    def _descend(self, tree: bytes, folders: Sequence[bytes]) -> bytes | None:
        for name in folders:
            mode, oid = self._load((tree,))[0].get(name, (b"", b""))
            if mode != _TREE_MODE:
                return None
            tree = oid
        return tree

    def _check_number(self, entries: int) -> None:
        if entries > self._entry_limit:
            raise GitError(
                f"{self._path}: a tree has more than {self._entry_limit} entries, the limit"
            )

    def _load(self, trees: Sequence[bytes]) -> list[Tree]:
        kept = self._kept
        missing = {tree for tree in trees if tree not in kept}
        if missing:
            if self._kept_entries > _KEPT_ENTRIES:
                missing = set(trees)
                kept.clear()
                self._kept_entries = 0
            self._read(missing)
        try:
            return [kept[tree] for tree in trees]
        except KeyError as error:
            oid = error.args[0].hex()
            raise MissingObjectError(f"{self._path}: the tree {oid} is not there") from None

    def _read(self, trees: Iterable[bytes]) -> None:
        for oid, kind, content in self._fetch([tree.hex() for tree in sorted(trees)], _TREE_BYTES):
            if kind != "tree" or not isinstance(content, bytes):
                continue
            entries = parse_tree(content, self._id_size)
            if entries is None:
                raise GitError(f"{self._path}: the tree {oid} is damaged")
            self._kept[bytes.fromhex(oid)] = entries
            self._kept_entries += len(entries)
