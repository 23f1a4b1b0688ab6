"""A disk that forgets: what was written and not synced is lost when the power goes, or part of it.

An SQLite of its own (APSW) writes through it. Every file has what the disk holds for good, and
the writes that are still under way; a sync makes these last, and a cut lets a random part of them
get through, sector by sector.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import apsw

SECTOR = 512


class _Image:
    """One file as the disk holds it."""

    def __init__(self, data: bytes) -> None:
        self.lasting = bytearray(data)
        self.pending: list[tuple[int, bytes | None]] = []

    def sync(self) -> None:
        for offset, data in self.pending:
            self._apply(offset, data)
        self.pending.clear()

    def cut(self, random: Random) -> bytes:
        for offset, data in self.pending:
            if data is None:
                if random.random() < 0.5:
                    self._apply(offset, None)
                continue
            for start in range(0, len(data), SECTOR):
                if random.random() < 0.5:
                    self._apply(offset + start, data[start : start + SECTOR])
        return bytes(self.lasting)

    def _apply(self, offset: int, data: bytes | None) -> None:
        if data is None:
            del self.lasting[offset:]
            return
        if len(self.lasting) < offset:
            self.lasting += bytes(offset - len(self.lasting))
        self.lasting[offset : offset + len(data)] = data


class Disk(apsw.VFS):
    """A file system of SQLite under which the power can be cut."""

    def __init__(self) -> None:
        self.images: dict[str, _Image] = {}
        super().__init__("forgetful", "")

    def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802
        path = name if isinstance(name, str | None) else name.filename()
        return _File(self, path, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        super().xDelete(filename, syncdir)
        self.images.pop(filename, None)

    def connect(self, path: Path, synchronous: str) -> apsw.Connection:
        """A connection as `stores.sqlite` makes it, but through this disk."""
        connection = apsw.Connection(str(path), vfs="forgetful")
        # Without shared memory, which this disk has not got.
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={synchronous}")
        return connection

    def cut(self, folder: Path, random: Random) -> None:
        """Put what a cut leaves into a folder."""
        for name, image in self.images.items():
            (folder / Path(name).name).write_bytes(image.cut(random))


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, path: str | None, name: Any, flags: list[int]) -> None:
        super().__init__("", name, flags)
        data = Path(path).read_bytes() if path and Path(path).exists() else b""
        fresh = _Image(data)
        self.image = disk.images.setdefault(path, fresh) if path else fresh

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        super().xWrite(data, offset)
        self.image.pending.append((offset, bytes(data)))

    def xTruncate(self, size: int) -> None:  # noqa: N802
        super().xTruncate(size)
        self.image.pending.append((size, None))

    def xSync(self, flags: int) -> None:  # noqa: N802
        self.image.sync()
