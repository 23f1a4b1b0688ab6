"""Positions in a page: spans in bytes, and their lines and columns for people."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from bilint.model.record import NamedTuple


class Span(NamedTuple):
    """A half-open range of bytes of a page as stored, on character boundaries."""

    start: int
    end: int


class Position(NamedTuple):
    """Where a byte stands for a person: both count from 1, columns in Unicode code points."""

    line: int
    column: int


class Problem(NamedTuple):
    """What a parser met and could not take, beside all that it could read.

    `code` is a short stable name (`yaml`, `not-utf-8`, `too-large`, ...), `message` a sentence.
    """

    code: str
    message: str
    span: Span = Span(0, 0)


class LineIndex:
    """Maps bytes of one page to lines and columns, and back.

    Lines end at LF, CRLF or a lone CR, and nowhere else.
    """

    __slots__ = ("_data", "_starts")

    def __init__(self, data: bytes) -> None:
        self._data = data
        # Of bytes, unlike of text, `splitlines` takes CR, LF and CRLF for line ends and no more.
        self._starts = [0, *accumulate(map(len, data.splitlines(keepends=True)))]
        if data and not data.endswith((b"\n", b"\r")):
            self._starts.pop()

    def position(self, offset: int) -> Position:
        """The line and column of a byte; offsets beyond the end stand at the end."""
        offset = max(0, min(offset, len(self._data)))
        line = bisect_right(self._starts, offset)
        start = self._starts[line - 1]
        before = self._data[start:offset].decode("utf-8", "replace")
        return Position(line, len(before.removeprefix("\ufeff") if start == 0 else before) + 1)

    def line(self, offset: int) -> int:
        """The line of a byte."""
        return bisect_right(self._starts, offset)

    def offset(self, position: Position) -> int:
        """The byte at a line and column; the inverse of `position`."""
        start = self._starts[position.line - 1]
        end = self._starts[position.line] if position.line < len(self._starts) else len(self._data)
        line = self._data[start:end].decode("utf-8", "surrogateescape")
        mark = 1 if start == 0 and line.startswith("\ufeff") else 0
        before = line[: position.column - 1 + mark] if position.column > 1 or not mark else ""
        return start + len(before.encode("utf-8", "surrogateescape"))

    def line_span(self, line: int) -> Span:
        """The bytes of a line, without what ends it."""
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self._data)
        return Span(start, start + len(self._data[start:end].rstrip(b"\r\n")))

    def __len__(self) -> int:
        return len(self._starts)
