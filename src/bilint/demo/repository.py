"""A git repository written file by file: no process, no identity, the same ids every time."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from bilint.model.record import NamedTuple

_AUTHOR = "Bilint Demo <demo@example.org>"
_FILE, _FOLDER = "100644", "40000"


class NewCommit(NamedTuple):
    """A commit to be made: its message, its time in seconds since 1970, the files it writes."""

    message: str
    when: int
    files: Mapping[str, bytes]


def create_repository(folder: Path, commits: Sequence[NewCommit]) -> tuple[str, ...]:
    """Make a repository of these commits on `main`, checked out; answers their full ids."""
    objects = _Objects(folder / ".git" / "objects")
    files: dict[str, bytes] = {}
    made: list[str] = []
    for commit in commits:
        files |= commit.files
        tree = objects.tree(files)
        parent = f"parent {made[-1]}\n" if made else ""
        stamp = f"{_AUTHOR} {commit.when} +0000"
        made.append(
            objects.put(
                "commit",
                f"tree {tree}\n{parent}author {stamp}\ncommitter {stamp}\n\n"
                f"{commit.message}\n".encode(),
            )
        )
    for name, data in files.items():
        _write(folder / name, data)
    git = folder / ".git"
    _write(git / "HEAD", b"ref: refs/heads/main\n")
    _write(git / "config", b"[core]\n\trepositoryformatversion = 0\n\tbare = false\n")
    _write(git / "refs" / "heads" / "main", f"{made[-1]}\n".encode())
    _write(git / "index", _index(files))
    return tuple(made)


class _Objects:
    """Loose objects."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, kind: str, data: bytes) -> str:
        whole = f"{kind} {len(data)}\0".encode() + data
        name = _digest(whole)
        path = self._folder / name[:2] / name[2:]
        if not path.exists():
            _write(path, zlib.compress(whole))
        return name

    def tree(self, files: Mapping[str, bytes]) -> str:
        """Write a tree and all that is in it."""
        here: dict[str, tuple[str, str]] = {}
        below: dict[str, dict[str, bytes]] = {}
        for path, data in files.items():
            first, slash, rest = path.partition("/")
            if slash:
                below.setdefault(first, {})[rest] = data
            else:
                here[first] = (_FILE, self.put("blob", data))
        for name, inside in below.items():
            here[name] = (_FOLDER, self.tree(inside))
        # git sorts a folder as if its name ended with a slash.
        order = sorted(here, key=lambda name: name + "/" if name in below else name)
        entries = (f"{here[n][0]} {n}\0".encode() + bytes.fromhex(here[n][1]) for n in order)
        return self.put("tree", b"".join(entries))


def _index(files: Mapping[str, bytes]) -> bytes:
    """An index, version 2, that knows nothing of the files on disk: git looks for itself."""
    content = struct.pack(">4sII", b"DIRC", 2, len(files))
    for path in sorted(files):
        name = path.encode()
        blob = bytes.fromhex(_digest(f"blob {len(files[path])}\0".encode() + files[path]))
        stat = struct.pack(">10I", 0, 0, 0, 0, 0, 0, 0o100644, 0, 0, len(files[path]))
        entry = stat + blob + struct.pack(">H", min(len(name), 0xFFF)) + name
        content += entry + b"\0" * (8 - len(entry) % 8)
    return content + hashlib.sha1(content, usedforsecurity=False).digest()


def _digest(data: bytes) -> str:
    """git's own id: it has to be SHA-1."""
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
