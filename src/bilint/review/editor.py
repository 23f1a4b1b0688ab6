"""The reviewer's own editor, for a text that is long. The only door to it."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

_MARK = "# "
_FALLBACK = "notepad" if sys.platform == "win32" else "vi"
_FAR = "# ------------------------ >8 ------------------------"


class EditorError(Exception):
    """The editor could not be started, or gave up; the message says which."""


def editor_command() -> str:
    """What the environment names: VISUAL, EDITOR, or what every system has."""
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or _FALLBACK


def edit_text(text: str, notes: str) -> str | None:
    """Let somebody edit a text in their editor; None where they emptied it.

    Below a line that must stay come `notes`, for them to read: what stands there is thrown away.
    The text lies in a file that nobody else can read. Raises `EditorError`.
    """
    remarks = "".join(f"{_MARK}{line}".rstrip() + "\n" for line in notes.split("\n"))
    came = _edited(f"{text}\n{_FAR}\n{remarks}".encode(), "segment.md")
    try:
        said = came.decode("utf-8")
    except UnicodeDecodeError:
        raise EditorError("the file came back in another charset than UTF-8") from None
    said = said.replace("\r\n", "\n").partition(f"\n{_FAR}")[0]
    return said.strip("\n") or None


def edit_page(data: bytes) -> bytes | None:
    """Let somebody edit a copy of a page; None where they left it as it was.

    Raises `EditorError`.
    """
    came = _edited(data, "page.md")
    return None if came == data else came


def _edited(data: bytes, name: str) -> bytes:
    """The bytes of a file after the editor ended, in a folder that nobody else can look into."""
    command = editor_command()
    try:
        words = shlex.split(command, posix=os.name != "nt")
    except ValueError as error:
        raise EditorError(f"EDITOR cannot be understood: {error}") from error
    with TemporaryDirectory(prefix="bilint-") as folder:
        file = Path(folder) / name
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        try:
            # What runs is what the person at the keyboard named; the page is only in the file.
            done = subprocess.run([*words, str(file)], check=False)  # noqa: S603
        except OSError as error:
            raise EditorError(f"{command} cannot be started: {error.strerror}") from error
        if done.returncode:
            raise EditorError(f"{command} ended with {done.returncode}; nothing is changed")
        try:
            return file.read_bytes()
        except OSError as error:
            raise EditorError(f"the file did not come back: {error.strerror}") from error
