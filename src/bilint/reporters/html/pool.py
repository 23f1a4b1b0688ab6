"""Strings by number: what occurs in a thousand rows is written once."""

from __future__ import annotations

import zlib

from bilint.reporters.json_text import json_text


class Pool:
    """Strings in the order in which they were first met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str | None) -> int:
        """The number of a string; -1 for none."""
        if text is None:
            return -1
        return self._numbers.setdefault(text, len(self._numbers))

    def strings(self) -> list[str]:
        """All of them, by number."""
        return list(self._numbers)


def utf16(text: str) -> int:
    """The length of a text as a browser counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def packed(value: object) -> bytes:
    """A value as JSON, deflated."""
    return zlib.compress(json_text(value).encode(), 9)
