"""Decisions in a text file, for a repository that keeps them in git and nowhere else.

Every decision replaces the file as a whole. Who writes holds its folder, so that nobody writes
over what another has just written.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bilint.model.decision import Decision, Place
from bilint.readers.disk import WriteError, write_atomically
from bilint.stores.decisions.recording import accepted
from bilint.stores.decisions.text_file import SIZE_CAP, TextFile, mended, read_text
from bilint.stores.error import StoreError

BUSY_SECONDS = 30.0
"""How long a writer waits for the others, where it cannot simply stand in line."""


class TextStore:
    """The decisions of a text file. See `DecisionStore`."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._faults: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[str, ...]:
        """The lines that count for nothing, as of when the file was last read."""
        return self._faults

    def read(self, near: Collection[Place] | None = None) -> tuple[Decision, ...]:  # noqa: ARG002
        """All decisions, in the order in which they were made; a text is always read whole."""
        return self.file().decisions

    def file(self) -> TextFile:
        """All that the file holds; nothing where there is none yet."""
        try:
            with self._path.open("rb") as file:
                data = file.read(SIZE_CAP + 1)
        except FileNotFoundError:
            data = b""
        except OSError as error:
            raise StoreError(f"{self._path}: {error.strerror or error}") from error
        found = read_text(data, str(self._path))
        self._faults = tuple(found.faults(str(self._path)))
        return found

    def record(self, decision: Decision) -> Decision:
        """Write one decision; raises `ConflictError`."""
        with self._alone():
            found = self.file()
            decision = accepted(decision, found.decisions)
            self._write(found.with_decisions((decision,)))
        return decision

    def add(self, decisions: Iterable[Decision]) -> int:
        """Take over decisions that were made elsewhere, and count those that are new."""
        with self._alone():
            found = self.file()
            together = found.with_decisions(decisions)
            added = len(together.decisions) - len(found.decisions)
            if added:
                self._write(together)
        return added

    def mend(self, others: Iterable[TextFile]) -> TextFile:
        """Take over what other versions of the file have, and mend what can be; what came of it."""
        with self._alone():
            self._write(mended(self.file(), *others))
            return self.file()

    def _write(self, file: TextFile) -> None:
        """Put this in place of the file, whole or not at all."""
        try:
            write_atomically(self._path, file.data())
        except WriteError as error:
            raise StoreError(str(error)) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            lock = _locked(self._path.absolute().parent)
        except OSError as error:
            raise StoreError(f"{self._path}: {error.strerror or error}") from error
        try:
            yield
        finally:
            os.close(lock)


def _locked(folder: Path) -> int:
    """An open handle; whoever closes it, or dies, lets the next one in."""
    try:
        import fcntl
    except ImportError:
        return _locked_by_file(folder)
    lock = os.open(folder, os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def _locked_by_file(folder: Path) -> int:
    """The same where folders cannot be locked: a file that goes when its handle is closed."""
    path = folder / ".bilint-decisions.lock"
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_TEMPORARY", 0)
    end = time.monotonic() + BUSY_SECONDS
    while True:
        with suppress(FileExistsError, PermissionError):
            return os.open(path, flags)
        if time.monotonic() > end:
            raise StoreError(f"{path} is there: somebody else writes decisions")
        time.sleep(0.02)
