"""Files replaced whole or not at all.

A new content is written beside the file, put on disk for good, and only then takes its name.
Where the old content matters (`expected`), the two change places in one step and what came out is
looked at: so whatever somebody else saved at the very last moment is seen, and put back. Linux and
macOS have such a step; elsewhere, and on file systems without it, the file is looked at directly
before its name is taken.

What a killed process left behind is recognised by its name and removed by the next one that
writes in the folder. Its content is looked at first: what is neither the old nor the new version
is somebody's work, and is kept beside the page as a conflict file.
"""

# os, because a hook has no time for the import of pathlib.
# ruff: noqa: PTH100, PTH116, PTH118, PTH119, PTH120, PTH206, PTH208

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

PREFIX = ".bilint-"
"""How the names of temporary files begin."""

_DAY = 86_400
_LONGEST_NAME = 255
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_HAS_DIR_FD = {os.open, os.stat, os.unlink, os.rename} <= os.supports_dir_fd and _NO_FOLLOW != 0


class WriteError(Exception):
    """A file could not be written; the message names it. What was there is untouched."""


def write_atomically(
    path: str | os.PathLike[str],
    data: bytes,
    *,
    expected: bytes | None = None,
    top: str | None = None,
) -> None:
    """Put `data` in place of a regular file, keeping its mode, so that no reader sees half of it.

    With `expected`, the file must hold exactly these bytes until the very last moment. With
    `top`, a folder that the path lies in, no symbolic link is followed below it. Raises
    `WriteError` when the file holds something else, when it is a symbolic link or no regular
    file, or when the disk refuses.
    """
    path = os.fspath(path)
    try:
        with _open_folder(path, top) as folder:
            name = os.path.basename(path)
            _reap(folder)
            mode = _mode(folder, name, path)
            if expected is None:
                temporary = _write_beside(folder, data, mode)
                try:
                    folder.replace(temporary, name)
                except BaseException:
                    folder.remove(temporary)
                    raise
            else:
                _write_expected(folder, name, path, data, expected, mode)
            folder.sync()
    except OSError as error:
        raise WriteError(f"{path} cannot be written: {error.strerror or error}") from error


def clear_folder(path: str, top: str) -> None:
    """Remove what processes that were killed left in a folder below `top`, if it is there.

    Who writes to a folder does so of itself; this is for folders in which all is written already.
    """
    with suppress(OSError, WriteError), _open_folder(os.path.join(path, PREFIX), top) as folder:
        _reap(folder)


def _write_expected(
    folder: _Folder, name: str, path: str, data: bytes, expected: bytes, mode: int
) -> None:
    changed = WriteError(f"{path} was changed by somebody else meanwhile; nothing written")
    temporary = _write_beside(folder, data, mode)
    try:
        if not _holds(folder, name, expected):
            raise changed
        # From here on a stranger's work may come to stand under this name: it tells what does not.
        ready = _telling(temporary, name, expected, data)
        folder.replace(temporary, ready)
        temporary = ready
        swapped = folder.exchange(ready, name)
    except FileNotFoundError:
        folder.remove(temporary)
        raise changed from None
    except BaseException:
        folder.remove(temporary)
        raise
    if not swapped:
        try:
            if not _holds(folder, name, expected):
                raise changed
            folder.replace(ready, name)
        except BaseException:
            folder.remove(ready)
            raise
        return
    if _surely_holds(folder, ready, expected):
        folder.remove(ready)
        return
    # Somebody saved the file at the last moment: it gets its place back.
    folder.exchange(ready, name)
    if _surely_holds(folder, ready, data):
        folder.remove(ready)
        raise changed
    kept = _keep(folder, ready, name)
    raise WriteError(
        f"{path} was changed by somebody else twice meanwhile; nothing written, and what was"
        f" saved last stands in {kept}"
    )


class _Folder:
    """A folder that names are looked up in, held open so that nobody can put another in its place.

    Where the system has no such calls (Windows) names are joined to its path.
    """

    def __init__(self, path: str, handle: int | None) -> None:
        self.path = path
        self.handle = handle

    def _name(self, name: str) -> str:
        return name if self.handle is not None else os.path.join(self.path, name)

    def open(self, name: str, flags: int, mode: int = 0) -> int:
        """The handle of a file in it; a symbolic link is not followed."""
        flags |= _NO_FOLLOW | _BINARY
        return os.open(self._name(name), flags, mode, dir_fd=self.handle)

    def status(self, name: str) -> os.stat_result:
        """What a name stands for, be it a symbolic link."""
        return os.stat(self._name(name), dir_fd=self.handle, follow_symlinks=False)

    def names(self) -> list[str]:
        """All names in it."""
        return os.listdir(self.path if self.handle is None else self.handle)

    def replace(self, old: str, new: str) -> None:
        """Let a file take another name, whatever bore it."""
        os.replace(self._name(old), self._name(new), src_dir_fd=self.handle, dst_dir_fd=self.handle)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with suppress(FileNotFoundError):
            os.unlink(self._name(name), dir_fd=self.handle)

    def exchange(self, one: str, other: str) -> bool:
        """Let two files change names in one step; False where the system cannot."""
        return self.handle is not None and _exchange(self.handle, one, other)

    def sync(self) -> None:
        """Put the names on disk for good."""
        if self.handle is not None:
            os.fsync(self.handle)


@contextmanager
def _open_folder(path: str, top: str | None) -> Iterator[_Folder]:
    folder = os.path.dirname(path) or "."
    if not _HAS_DIR_FD:
        yield _Folder(folder, None)
        return
    handle = os.open(folder if top is None else top, _FOLDER)
    try:
        if top is not None:
            below = os.path.relpath(os.path.abspath(folder), os.path.abspath(top))
            names = [] if below == "." else below.split(os.sep)
            if ".." in names:
                raise WriteError(f"{path} does not lie in {top}; nothing is written")
            for name in names:
                inner = os.open(name, _FOLDER | _NO_FOLLOW, dir_fd=handle)
                os.close(handle)
                handle = inner
        yield _Folder(folder, handle)
    finally:
        os.close(handle)


def _write_beside(folder: _Folder, data: bytes, mode: int) -> str:
    """A new file in the same folder, on disk for good."""
    temporary = f"{PREFIX}{_node()}-{os.getpid()}-{os.urandom(6).hex()}"
    handle = folder.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if hasattr(os, "fchmod"):
                os.fchmod(handle, mode)
            os.fsync(handle)
    except BaseException:
        folder.remove(temporary)
        raise
    return temporary


def _telling(temporary: str, name: str, expected: bytes, data: bytes) -> str:
    """A name that tells which contents may be thrown away, and whose page it is."""
    start = f"{temporary}-{_digest(expected)}-{_digest(data)}~"
    return start + os.fsdecode(os.fsencode(name)[: _LONGEST_NAME - len(start)])


def _digest(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()[:16]


def _node() -> str:
    """The machine, as names tell it: a process can be asked for only where it runs."""
    node = os.uname().nodename if hasattr(os, "uname") else ""
    return _digest(node.encode("utf-8", "surrogateescape"))[:6]


def _holds(folder: _Folder, name: str, expected: bytes) -> bool:
    """Whether a regular file has this content, read without following a symbolic link."""
    with os.fdopen(folder.open(name, os.O_RDONLY), "rb") as file:
        return file.read(len(expected) + 1) == expected


def _surely_holds(folder: _Folder, name: str, expected: bytes) -> bool:
    """The same of what came out of an exchange: be it whatever, it is not what was expected."""
    try:
        return _holds(folder, name, expected)
    except OSError:
        return False


def _mode(folder: _Folder, name: str, path: str) -> int:
    try:
        status = folder.status(name)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
    if not stat.S_ISREG(status.st_mode):
        raise WriteError(f"{path} is not a regular file; nothing is written")
    return stat.S_IMODE(status.st_mode)


# ---- what others left behind ----

_reaped: set[tuple[int, int]] = set()
"""Folders that this process has looked through."""


def _reap(folder: _Folder) -> None:
    """Remove what processes that are no more left in a folder; keep what is somebody's work."""
    try:
        status = os.stat(folder.path if folder.handle is None else folder.handle)
        key = (status.st_dev, status.st_ino)
        if key in _reaped:
            return
        _reaped.add(key)
        for name in folder.names():
            if name.startswith(PREFIX):
                with suppress(OSError):
                    _reap_one(folder, name)
    except OSError:
        return  # whoever may not look may perhaps write all the same


def _reap_one(folder: _Folder, name: str) -> None:
    said, tilde, page = name[len(PREFIX) :].partition("~")
    node, _, rest = said.partition("-")
    pid, _, rest = rest.partition("-")
    if not (pid.isdecimal() and rest) or not _is_stale(folder, name, node, int(pid)):
        return
    if not tilde:
        folder.remove(name)  # it never stood under the name of a page
        return
    with os.fdopen(folder.open(name, os.O_RDONLY), "rb") as file:
        digest = _digest(file.read())
    if digest in rest.split("-")[1:]:
        folder.remove(name)
    else:
        _keep(folder, name, page)


def _is_stale(folder: _Folder, name: str, node: str, pid: int) -> bool:
    import time

    if time.time() - folder.status(name).st_mtime > _DAY and pid != os.getpid():
        return True
    # On Windows to ask for a process is to end it.
    if os.name == "nt" or node != _node() or pid == os.getpid() or pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _keep(folder: _Folder, temporary: str, page: str) -> str:
    """Give somebody's work a name that people see, beside the page; the name."""
    end = f".conflict-{os.urandom(4).hex()}"
    kept = os.fsdecode(os.fsencode(page)[: _LONGEST_NAME - len(end)]) + end
    folder.replace(temporary, kept)
    folder.sync()
    return kept


# ---- two files change names ----

_CANNOT = frozenset(
    (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, getattr(errno, "ENOTSUP", errno.EOPNOTSUPP))
)
_SWAP = 2
"""What both systems call it: RENAME_EXCHANGE on Linux, RENAME_SWAP on macOS."""


def _exchange(folder: int, one: str, other: str) -> bool:
    name = {"linux": "renameat2", "darwin": "renameatx_np"}.get(sys.platform)
    if name is None:
        return False
    import ctypes

    rename = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    if rename is None:
        return False
    rename.argtypes = (
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_int,
        ctypes.c_char_p,
        ctypes.c_uint,
    )
    if rename(folder, os.fsencode(one), folder, os.fsencode(other), _SWAP) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), other)
