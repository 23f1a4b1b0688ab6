"""Git's objects and listings as values: parsing only, nothing is read or run here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, partial
from importlib import import_module

from bilint.model.pattern import late
from bilint.model.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

TREE_MODE = 0o040000
LINK_MODE = 0o120000
GITLINK_MODE = 0o160000


class GitError(Exception):
    """Something that git or a repository could not give; the text is a message for a person."""


class MissingObjectError(GitError):
    """An object that the history names is not there, as in a partial clone."""


class Commit(NamedTuple):
    """A commit. `message` is decoded as UTF-8, with replacement characters where it is not.

    `when` is the time of the commit, in seconds since 1970.
    """

    id: str
    tree: str
    parents: tuple[str, ...]
    message: str
    when: int = 0


class File(NamedTuple):
    """A file of a tree: a regular file or a symbolic link, by its git mode.

    Bytes of the path that are not UTF-8 are kept as surrogates (`surrogateescape`).
    """

    path: str
    mode: int
    blob: str

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link, whose blob is the path it points to."""
        return self.mode == LINK_MODE


class IndexEntry(NamedTuple):
    """A file of the index. `stage` is 0, or 1 to 3 while a conflict stands.

    `sparse` says that the entry is marked as not checked out (skip-worktree).
    """

    path: str
    mode: int
    blob: str
    stage: int
    sparse: bool


class TooLarge(NamedTuple):
    """Stands in place of a content that is larger than the limit. `size` is in bytes."""

    size: int


Content = bytes | TooLarge | None
"""What a look-up gives: the bytes, their size when there are too many, None when missing."""

Tree = dict[bytes, tuple[bytes, bytes]]
"""The entries of one tree object: name to mode (octal digits) and raw id."""


def decode_path(path: bytes) -> str:
    """A path of git as text, without loss."""
    return path.decode("utf-8", "surrogateescape")


def encode_path(path: str) -> bytes:
    """The inverse of `decode_path`."""
    return path.encode("utf-8", "surrogateescape")


def parse_commit(oid: str, data: bytes) -> Commit:
    """A commit out of its object; the tree is empty when the object is damaged."""
    head, _, message = data.partition(b"\n\n")
    tree = ""
    when = b""
    parents: list[str] = []
    for line in head.split(b"\n"):
        name, _, value = line.partition(b" ")
        if name == b"tree":
            tree = value.decode("ascii", "replace")
        elif name == b"parent":
            parents.append(value.decode("ascii", "replace"))
        elif name == b"committer":
            when = value.rpartition(b" ")[0].rpartition(b" ")[2]
            break
    seconds = int(when) if when.isdigit() else 0
    return Commit(oid, tree, tuple(parents), message.decode("utf-8", "replace"), seconds)


def parse_tag(data: bytes) -> str | None:
    """The id of the object that an annotated tag names."""
    first = data.partition(b"\n")[0]
    name, _, value = first.partition(b" ")
    return value.decode("ascii", "replace") if name == b"object" else None


_ENTRIES = {size: late(rb"([0-7]+) ([^\0]+)\0(.{%d})" % size, re.DOTALL) for size in (20, 32)}


def parse_tree(data: bytes, id_size: int) -> Tree | None:
    """The entries of a tree object; None when it is damaged. `id_size` is 20 or 32 bytes."""
    rows = _ENTRIES[id_size].findall(data)
    if sum([len(mode) + len(name) for mode, name, _ in rows]) + len(rows) * (id_size + 2) != len(
        data
    ):
        return None
    return {name: (mode, oid) for mode, name, oid in rows}


def parse_index(data: bytes) -> Iterator[IndexEntry]:
    """The entries of `ls-files -s -t -z`, submodules and unsafe paths left out."""
    modes: dict[str, int] = {}
    for row in decode_path(data).split("\0"):
        about, _, path = row.partition("\t")
        if not path:
            continue
        tag, digits, blob, stage = about.split(" ")
        mode = modes.setdefault(digits, int(digits, 8))
        if mode != GITLINK_MODE and is_safe_path(path):
            yield IndexEntry(path, mode, blob, int(stage), tag == "S")


_PLAIN_NAME = re.compile(rb"[0-9A-Za-z_-][ -.0-9;-}]*")
_PLAIN_PATH = re.compile(r"[0-9A-Za-z_-][ -.0-9;-}]*(?:/[0-9A-Za-z_-][ -.0-9;-}]*)*")
_IGNORED_BY_HFS = late("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
_GIT_NAMES = frozenset((".git", "git~1"))


def is_safe_name(name: bytes) -> bool:
    """Whether a name in a tree stays where it is and is not another spelling of `.git`.

    Spellings that some file system folds into `.`, `..` or `.git` count as those.
    """
    if _PLAIN_NAME.fullmatch(name):
        return True
    if b"/" in name:
        return False
    text = _IGNORED_BY_HFS.sub("", name.decode("utf-8", "replace")).lower()
    return bool(text.rstrip(". ")) and text.partition(":")[0].rstrip(". ") not in _GIT_NAMES


def is_safe_path(path: str) -> bool:
    """Whether every name of a path is safe; absolute paths and empty names are not."""
    return _PLAIN_PATH.fullmatch(path) is not None or all(
        is_safe_name(name) for name in encode_path(path).split(b"/")
    )


def object_id(kind: str, data: bytes, algorithm: str) -> str:
    """The id of an object of `kind` (`blob`, `tree`, ...) in the object format `algorithm`."""
    digest = _hash(algorithm)(b"%s %d\0" % (kind.encode(), len(data)), usedforsecurity=False)
    digest.update(data)
    found: str = digest.hexdigest()
    return found


@cache
def _hash(algorithm: str) -> Callable[..., Any]:
    """A hash function: for SHA-1 without the OpenSSL that hashlib loads, if Python has its own."""
    if algorithm == "sha1":
        with suppress(ImportError):
            own: Callable[..., Any] = import_module("_sha1").sha1
            return own
    import hashlib

    return partial(hashlib.new, algorithm)
