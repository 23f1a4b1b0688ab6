"""The build of a page: the form of its segments, its rows and tables, and where its text lies."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import attrgetter

from bilint.model.document import Document, Segment
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.segment_text import says_anything
from bilint.model.text import Span

FRONT_MATTER = "fm:"

_SHAPE = late(r"(?:(h)|li)([0-9]+)(\.p)?")
_NAMES = {"p": "paragraph", "th": "cell", "td": "cell", "alt": "alt", "alt!": "alt"}
_DASHES = late(r":?-+:?(?:[ \t]*\|[ \t]*:?-+:?)*\Z")

_start = attrgetter("start")


class Form(NamedTuple):
    """What a shape says: which kind of block, how deep, and within which quotations.

    `quote` is empty outside of quotations; `>note` in a note, `>note>` one deeper, `>?` in a
    note whose keyword is none.
    """

    name: str
    level: int
    quote: str

    @property
    def depth(self) -> int:
        """How many quotations there are around it."""
        return self.quote.count(">")

    @property
    def alert(self) -> str:
        """The keyword of the innermost quotation that has one, in lower case."""
        return next((one for one in reversed(self.quote.split(">")) if one), "")


@lru_cache(maxsize=512)
def form(shape: str) -> Form:
    """The form of a shape."""
    own, sign, rest = shape.partition(">")
    quote = f">{rest.removesuffix('!')}" if sign else ""
    known = _SHAPE.fullmatch(own)
    if known:
        name = "heading" if known[1] else "item text" if known[3] else "item"
        return Form(name, int(known[2]), quote)
    return Form(_NAMES.get(own, "html" if own.startswith("html") else own), 0, quote)


def is_body(segment: Segment) -> bool:
    """Whether a segment stands below the front matter."""
    return not segment.shape.startswith(FRONT_MATTER)


def size(segments: Iterable[Segment]) -> int:
    """The bytes of segments: of all writing systems, about the same for the same text."""
    return sum(segment.end - segment.start for segment in segments)


def has_words(segment: Segment) -> bool:
    """Whether a reader sees anything of a segment."""
    return says_anything(segment.text)


def gap(document: Document, segment: Segment) -> Span:
    """From the segment before one to the segment after it."""
    index = bisect_left(document.segments, segment.start, key=_start)
    before = document.segments[index - 1].end if index else document.body_start
    after = index + 1
    if after < len(document.segments):
        return Span(before, document.segments[after].start)
    return Span(before, len(document.data))


class Table(NamedTuple):
    """A table: its rows, each the indexes of the segments that are its cells.

    `columns` is 0 where they cannot be counted.
    """

    rows: tuple[range, ...]
    columns: int

    @property
    def cells(self) -> range:
        """The indexes of all cells."""
        return range(self.rows[0].start, self.rows[-1].stop)


def tables(document: Document) -> list[Table]:
    """The tables of a page that have any text, in order."""
    segments, data = document.segments, document.data
    found: list[Table] = []
    rows: list[range] = []
    for i, segment in enumerate(segments):
        name = form(segment.shape).name
        if name != "cell" and not (name == "alt" and _in_row(data, segment)):
            continue
        heads = segment.shape.startswith("th")
        if rows and rows[-1].stop == i:
            between = data[segments[i - 1].end : segment.start]
            if b"\n" not in between and b"\r" not in between:
                rows[-1] = range(rows[-1].start, i + 1)
                continue
            if not heads and not _blank_line(between):
                rows.append(range(i, i + 1))
                continue
        if rows:
            found.append(Table(tuple(rows), _columns(data, segments[rows[0].start])))
        rows = [range(i, i + 1)]
    if rows:
        found.append(Table(tuple(rows), _columns(data, segments[rows[0].start])))
    return found


def _in_row(data: bytes, picture: Segment) -> bool:
    """Whether the text of a picture stands on a line that begins as table rows do."""
    line = line_of(data, picture.start)
    return data[line.start : picture.start].lstrip(b" \t>").startswith(b"|")


def _blank_line(between: bytes) -> bool:
    return any(not line.strip(b" \t>") for line in between.splitlines()[1:-1])


def _columns(data: bytes, first: Segment) -> int:
    """The columns of the table whose first text this is, counted in the line of dashes.

    It stands below the heads, or above the first row where they are all empty.
    """
    line = line_of(data, first.start)
    for other in (line_of(data, line.end + 2), line_of(data, max(line.start - 2, 0))):
        text = data[other.start : other.end].decode("utf-8", "replace").strip(">| \t")
        if "-" in text and _DASHES.match(text):
            return text.count("|") + 1
    return 0


def line_of(data: bytes, offset: int) -> Span:
    """The line that a byte stands on, without what ends it."""
    start = max(data.rfind(b"\n", 0, offset), data.rfind(b"\r", 0, offset)) + 1
    ends = [at for at in (data.find(b"\n", offset), data.find(b"\r", offset)) if at >= 0]
    return Span(start, min(ends, default=len(data)))


def runs(segments: Sequence[Segment], document: Document) -> list[list[Segment]]:
    """Segments in groups, each of such as follow each other in their page."""
    found: list[list[Segment]] = []
    last = -2
    for segment in segments:
        index = bisect_left(document.segments, segment.start, key=_start)
        if index == last + 1 and found:
            found[-1].append(segment)
        else:
            found.append([segment])
        last = index
    return found


def counted(number: int, one: str, many: str = "") -> str:
    """A number and what it counts."""
    return f"{number} {one}" if number == 1 else f"{number} {many or one + 's'}"
