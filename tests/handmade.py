"""Git objects that git itself would not make, and programs that stand in git's place."""

from __future__ import annotations

import hashlib
import stat
import sys
import zlib
from pathlib import Path
from typing import NamedTuple

from repositories import Repo


def loose(repo: Repo, kind: str, data: bytes, *, claimed: int | None = None) -> str:
    """Write a loose object of any content; `claimed` is the size it pretends to have."""
    size = len(data) if claimed is None else claimed
    raw = f"{kind} {size}\0".encode() + data
    oid = hashlib.sha1(raw, usedforsecurity=False).hexdigest()
    path = repo.path / ".git" / "objects" / oid[:2] / oid[2:]
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(zlib.compress(raw))
    return oid


def tree(repo: Repo, *entries: tuple[str, bytes, str]) -> str:
    """A tree of entries (mode, name, id), whatever the names."""
    rows = (f"{mode} ".encode() + name + b"\0" + bytes.fromhex(oid) for mode, name, oid in entries)
    return loose(repo, "tree", b"".join(rows))


def commit_of(repo: Repo, tree_id: str, *parents: str, message: str = "by hand") -> str:
    """A commit of a tree."""
    who = "Test <test@example.org> 1700000000 +0000"
    head = [f"tree {tree_id}", *(f"parent {one}" for one in parents)]
    text = "\n".join([*head, f"author {who}", f"committer {who}", "", message])
    return loose(repo, "commit", text.encode() + b"\n")


class Call(NamedTuple):
    """One command that the stand-in for git was started with."""

    arguments: tuple[str, ...]
    environment: dict[str, str]


class Spy:
    """A program called git that writes down how it is called and then calls git."""

    def __init__(self, folder: Path, git: str) -> None:
        self.folder = folder
        folder.mkdir()
        self._log = folder / "calls"
        self._log.mkdir()
        program = folder / "git"
        program.write_text(
            "#!/bin/sh\n"
            f"log={self._log}/$$\n"
            '/usr/bin/env printf "%s\\0" "$@" > "$log.arguments"\n'
            '/usr/bin/env -0 > "$log.environment"\n'
            f'exec {git} "$@"\n'
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    def calls(self) -> list[Call]:
        """All calls so far, in no order."""
        calls = []
        for path in self._log.glob("*.arguments"):
            arguments = path.read_text().split("\0")[:-1]
            rows = path.with_suffix(".environment").read_text().split("\0")[:-1]
            environment = dict(row.split("=", 1) for row in rows)
            calls.append(Call(tuple(arguments), environment))
        return calls


def program(path: Path, text: str) -> Path:
    """A Python program that can be started."""
    path.write_text(f"#!{sys.executable}\n{text}")
    path.chmod(0o755)
    return path
