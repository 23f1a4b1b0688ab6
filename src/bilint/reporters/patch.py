"""Changes of pages as a unified diff that `git apply` takes."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import diff_bytes, unified_diff

_PLAIN = frozenset(range(0x20, 0x7F)) - {0x22, 0x5C}
_NAMED = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 0x22: '"', 0x5C: "\\"}
_NO_END = b"\\ No newline at end of file\n"


def patch(path: str, before: bytes, after: bytes, blobs: tuple[str, str]) -> Iterator[bytes]:
    """The lines of the diff of one file, with their ends; `blobs` are git's ids of the contents.

    Lines end at LF alone, as git has it: a CR before it belongs to the line.
    """
    if before == after:
        return
    old, new = _name("a/", path), _name("b/", path)
    yield b"diff --git %s %s\n" % (old, new)
    yield b"index %s..%s\n" % (blobs[0].encode(), blobs[1].encode())
    was, now = before.split(b"\n"), after.split(b"\n")
    ended = [line + b"\n" for line in was[:-1]] + [line for line in was[-1:] if line]
    ending = [line + b"\n" for line in now[:-1]] + [line for line in now[-1:] if line]
    for line in diff_bytes(unified_diff, ended, ending, old, new):
        yield line if line.endswith(b"\n") else line + b"\n" + _NO_END


def _name(side: str, path: str) -> bytes:
    """A path as git writes it, in quotes where it has signs beyond plain ones."""
    raw = side.encode() + path.encode("utf-8", "surrogateescape")
    if all(byte in _PLAIN for byte in raw):
        return raw
    quoted = "".join(
        chr(byte) if byte in _PLAIN else f"\\{_NAMED[byte]}" if byte in _NAMED else f"\\{byte:03o}"
        for byte in raw
    )
    return f'"{quoted}"'.encode()
