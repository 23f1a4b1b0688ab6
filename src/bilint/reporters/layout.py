"""Lines of pieces, and how wide they stand in a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import floor

from bilint.model.record import NamedTuple
from bilint.reporters.colour import Role, Style
from bilint.reporters.escape import inert_line, visible

ELLIPSIS = "…"


class Piece(NamedTuple):
    """Text with one role. It need not be escaped: `paint` does it."""

    text: str
    role: Role = Role.PLAIN


Line = Sequence[Piece]


def paint(line: Line, style: Style) -> str:
    """The line as it is printed, without its end. Nothing reaches a terminal but through here."""
    pieces = [Piece(visible(text), role) for text, role in line]
    while pieces and not pieces[-1].text.strip():
        pieces.pop()
    if pieces:
        pieces[-1] = Piece(pieces[-1].text.rstrip(), pieces[-1].role)
    plain = "".join(text for text, _ in pieces)
    inert = inert_line(plain)
    return "".join(style(text, role) for text, role in pieces) if inert == plain else inert


@lru_cache(4096)
def _character_width(character: str) -> int:
    code = ord(character)
    if unicodedata.category(character) in ("Mn", "Me") or 0x1160 <= code <= 0x11FF:
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def width(text: str) -> int:
    """The columns that escaped text takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(map(_character_width, text))


def pad(text: str, columns: int) -> str:
    """Escaped text with blanks behind it."""
    text = visible(text)
    return text + " " * (columns - width(text))


def pad_left(text: str, columns: int) -> str:
    """Escaped text with blanks before it."""
    text = visible(text)
    return " " * (columns - width(text)) + text


def head(text: str, columns: int) -> str:
    """As many characters from the start as fit into so many columns."""
    if width(text) <= columns:
        return text
    used = 0
    for index, character in enumerate(text):
        used += _character_width(character)
        if used > columns:
            return text[:index]
    return text


def tail(text: str, columns: int) -> str:
    """As many characters from the end as fit, never beginning with a combining one."""
    if width(text) <= columns:
        return text
    used = 0
    cut = len(text)
    for index in range(len(text) - 1, -1, -1):
        step = _character_width(text[index])
        used += step
        if used > columns:
            break
        if step:
            cut = index
    return text[cut:]


def fit(text: str, columns: int | None) -> str:
    """Escaped text, cut at its end when it is too wide."""
    text = visible(text)
    if columns is None or width(text) <= columns:
        return text
    return head(text, columns - 1) + ELLIPSIS if columns > 0 else ""


def fit_path(path: str, columns: int | None) -> str:
    """An escaped path, shortened in its middle: by whole folders, as few as will do, if it can."""
    path = visible(path)
    if columns is None or width(path) <= columns:
        return path
    parts = path.split("/")
    shorter = ["/".join((ELLIPSIS, *parts[gone:])) for gone in range(1, len(parts))]
    shorter += ["/".join((parts[0], ELLIPSIS, *parts[gone:])) for gone in range(2, len(parts))]
    fitting = [short for short in shorter if width(short) <= columns]
    if fitting:
        return max(fitting, key=width)
    name = f"{ELLIPSIS}/{parts[-1]}" if len(parts) > 1 else path
    room = max(columns - 1, 2)
    return head(name, room - room // 2) + ELLIPSIS + tail(name, room // 2)


class Excerpt(NamedTuple):
    """A marked text and what stands around it, escaped and as wide as fits."""

    before: str
    marked: str
    after: str


def excerpt(before: str, marked: str, after: str, columns: int | None) -> Excerpt:
    """Escape a marked text with its surroundings, and cut it to `columns`, with `…` where cut.

    The marked text stays longest; its surroundings share what is left.
    """
    before, marked, after = visible(before), visible(marked), visible(after)
    if columns is None or width(before) + width(marked) + width(after) <= columns:
        return Excerpt(before, marked, after)
    marked = fit(marked, columns if not before and not after else max(columns * 3 // 4, 1))
    room = columns - width(marked)
    for_after = min(width(after), max(room // 2, room - width(before)))
    if width(before) > room - for_after:
        kept = room - for_after - 1
        before = ELLIPSIS + tail(before, kept) if kept > 0 else ""
    return Excerpt(before, marked, fit(after, room - width(before)))


_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))


def is_right_to_left(text: str) -> bool:
    """Whether a terminal may show the text in another order, so that columns tell nothing."""
    if text.isascii():
        return False
    return any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text)


def wrap(pieces: Iterable[Piece], columns: int | None, indent: str = "") -> Iterator[Line]:
    """Break a line at blanks and beside wide characters; `indent` leads what follows.

    A word that is wider than a whole line is broken anywhere.
    """
    if columns is None:
        yield list(pieces)
        return
    columns = max(columns, len(indent) + 10)
    line: list[Piece] = []
    used = start = 0
    broken = False
    for text, role in pieces:
        for word in words(visible(text)):
            while used + width(word.rstrip(" ")) > columns:
                if used == start:
                    part = head(word, columns - used)
                    line.append(Piece(part, role))
                    word = word[len(part) :]
                yield line
                line, used = [Piece(indent)], len(indent)
                start, broken = used, True
            if broken and used == start and not word.strip(" "):
                continue
            if line and line[-1].role is role:
                line[-1] = Piece(line[-1].text + word, role)
            else:
                line.append(Piece(word, role))
            used += width(word)
    yield line


def words(text: str) -> Iterator[str]:
    """A text cut where a line may break: before a word and on either side of a wide character.

    The blanks behind a word belong to it, so that the parts make up the text.
    """
    start = 0
    for index in range(1, len(text)):
        before, here = text[index - 1], text[index]
        if here == " " or _character_width(here) == 0:
            continue
        if before == " " or _character_width(here) == 2 or _character_width(before) == 2:
            yield text[start:index]
            start = index
    if text:
        yield text[start:]


class Column(NamedTuple):
    """A column of a table: its heading, and whether its cells stand at the right (numbers)."""

    heading: str
    right: bool = False


class Table:
    """Rows of cells in columns as wide as their widest cell; the last column is left as it is."""

    def __init__(self, columns: Sequence[Column], rows: Iterable[Sequence[Piece]]) -> None:
        self.columns = columns
        self.rows = [[Piece(visible(text), role) for text, role in row] for row in rows]
        self.widths = [
            max(width(column.heading), *(width(row[index].text) for row in self.rows), 0)
            for index, column in enumerate(columns)
        ]

    def lead(self, gap: int = 2) -> int:
        """The columns of the terminal that stand before the last column of the table."""
        return sum(self.widths[:-1]) + gap * (len(self.columns) - 1)

    def line(self, cells: Sequence[Piece], gap: int = 2) -> list[Piece]:
        """One row."""
        pieces: list[Piece] = []
        for index, (text, role) in enumerate(cells):
            if index:
                pieces.append(Piece(" " * gap))
            if index == len(self.columns) - 1 and not self.columns[index].right:
                pieces.append(Piece(text, role))
            elif self.columns[index].right:
                pieces.append(Piece(pad_left(text, self.widths[index]), role))
            else:
                pieces.append(Piece(pad(text, self.widths[index]), role))
        return pieces

    def header(self, gap: int = 2) -> list[Piece]:
        """The row of headings."""
        return self.line([Piece(column.heading, Role.DIM) for column in self.columns], gap)


def number(value: int | None) -> str:
    """A count for people; `-` where it cannot be known."""
    return "-" if value is None else f"{value:,}"


def share(value: float | None) -> str:
    """A share in percent for people, rounded down: 99.96 % is not all."""
    return "-" if value is None else f"{floor(value * 10) / 10:.1f}%"


def count(value: int, noun: str, plural: str = "") -> str:
    """`1 page`, `2 pages`."""
    return f"{value:,} {noun if value == 1 else plural or noun + 's'}"


def series(parts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)
