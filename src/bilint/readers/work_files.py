"""The files of a checkout, read without following a link, whoever puts one there."""

from __future__ import annotations

import errno
import os
import stat

from bilint.model.text import Problem
from bilint.readers.git_objects import encode_path, is_safe_path

_HAS_DIR_FD = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_DIRECTORY", 0)
_FILE = os.O_RDONLY | _NO_FOLLOW | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_LINK_ERRORS = frozenset((errno.ELOOP, errno.ENOTDIR, errno.EMLINK))

LINK = Problem("symlink", "a symbolic link, or behind one: such files are not read")
UNSAFE = Problem("unsafe-path", "a path that leads elsewhere: such files are not read")
NO_FILE = Problem("not-a-file", "not a regular file on disk")


class WorkFiles:
    """Reads files below a folder. Paths have forward slashes, and at most `limit` bytes are read.

    Each folder on the way is opened by name inside of its parent. Where the system has no such
    calls (Windows) every part is looked at before the file is opened.
    """

    def __init__(self, top: str, limit: int) -> None:
        self._top = top
        self._limit = limit
        self._names: list[bytes] = []
        self._folders: list[int] = []

    def __enter__(self) -> WorkFiles:
        if _HAS_DIR_FD:
            self._folders.append(os.open(self._top, _FOLDER))
        return self

    def __exit__(self, *_: object) -> None:
        while self._folders:
            os.close(self._folders.pop())

    def kind(self, path: str) -> int | None:
        """What is at `path`, as `stat.S_IFMT` tells; None when nothing is.

        Whatever lies behind a symbolic link is a link itself.
        """
        try:
            name, folder = self._enter(path)
            return stat.S_IFMT(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
        except OSError as error:
            return stat.S_IFLNK if error.errno in _LINK_ERRORS else None

    def read(self, path: str) -> bytes | Problem:
        """The bytes of a regular file."""
        if not is_safe_path(path):
            return UNSAFE
        try:
            name, folder = self._enter(path)
            handle = os.open(name, _FILE, dir_fd=folder)
        except FileNotFoundError:
            return Problem("vanished", "the file is not on disk")
        except OSError as error:
            if error.errno in _LINK_ERRORS:
                return LINK
            return Problem("unreadable", f"the file cannot be read: {error.strerror}")
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            os.close(handle)
            return NO_FILE
        with os.fdopen(handle, "rb") as file:
            if status.st_size > self._limit:
                return too_large(status.st_size, self._limit)
            data = file.read(self._limit + 1)
            return data if len(data) <= self._limit else too_large(len(data), self._limit)

    def _enter(self, path: str) -> tuple[bytes | str, int | None]:
        """The last name of a path, and the open folder it is in."""
        *folders, name = encode_path(path).split(b"/")
        if not _HAS_DIR_FD:
            return self._check(path), None
        shared = 0
        while shared < min(len(folders), len(self._names)):
            if folders[shared] != self._names[shared]:
                break
            shared += 1
        del self._names[shared:]
        while len(self._folders) > shared + 1:
            os.close(self._folders.pop())
        for folder in folders[shared:]:
            self._folders.append(os.open(folder, _FOLDER, dir_fd=self._folders[-1]))
            self._names.append(folder)
        return name, self._folders[-1]

    def _check(self, path: str) -> str:
        place = self._top
        for name in path.split("/"):
            place = os.path.join(place, name)  # noqa: PTH118
            if stat.S_ISLNK(os.lstat(place).st_mode):
                raise OSError(errno.ELOOP, "symbolic link")
        return place


def too_large(size: int, limit: int) -> Problem:
    """What is said of a file above the limit of bytes."""
    return Problem("too-large", f"the page has {size} bytes, more than {limit}; it is not read")
