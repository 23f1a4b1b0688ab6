"""Files replaced whole or not at all."""

# os.path, because a hook has no time for the import of pathlib.
# ruff: noqa: PTH105, PTH108, PTH120

from __future__ import annotations

import os
import stat


class WriteError(Exception):
    """A file could not be written; the message names it. What was there is untouched."""


def write_atomically(
    path: str | os.PathLike[str], data: bytes, *, expected: bytes | None = None
) -> None:
    """Put `data` in place of a regular file, keeping its mode, so that no reader sees half of it.

    With `expected`, the file must hold exactly these bytes until the very last moment. Raises
    `WriteError` when it does not, when it is a symbolic link or no regular file, or when the disk
    refuses.
    """
    path = os.fspath(path)
    try:
        mode = _mode(path)
        folder = os.path.dirname(path) or "."
        temporary = _write_beside(folder, data, mode)
        try:
            if expected is not None and not _holds(path, expected):
                raise WriteError(f"{path} was changed by somebody else meanwhile; nothing written")
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
        _sync_folder(folder)
    except OSError as error:
        raise WriteError(f"{path} cannot be written: {error.strerror or error}") from error


def _write_beside(folder: str, data: bytes, mode: int) -> str:
    """A new file in the same folder, on disk for good."""
    import tempfile

    handle, temporary = tempfile.mkstemp(prefix=".bilint-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if hasattr(os, "fchmod"):
                os.fchmod(handle, mode)
            os.fsync(handle)
    except BaseException:
        os.unlink(temporary)
        raise
    return temporary


def _holds(path: str, expected: bytes) -> bool:
    """Whether a regular file has this content, read without following a symbolic link."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(handle, "rb") as file:
        return file.read(len(expected) + 1) == expected


def _mode(path: str) -> int:
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
    if not stat.S_ISREG(status.st_mode):
        raise WriteError(f"{path} is not a regular file; nothing is written")
    return stat.S_IMODE(status.st_mode)


def _sync_folder(folder: str) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
