"""`front-matter-doubled`: a second block of keys and values that readers see as text."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document
from bilint.model.finding import Observation
from bilint.model.pattern import late
from bilint.model.profile import Profile
from bilint.model.text import Span

_KEY_LINE = late(rb"([A-Za-z_][\w.-]*):(?=[ \t\r\n]|\Z)")
_REST_OF_ENTRY = b" \t-#"
_MOST_LINES = 200
_NEAR = 512


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """The page has two blocks of front matter; only the first is read."""
    second = second_front_matter(pair.document)
    if second is not None and (
        pair.source is None or second_front_matter(pair.source.document) is None
    ):
        yield _observation(second)


def observe_source(document: Document, _profile: Profile) -> Iterator[Observation]:
    """The same of a source page."""
    second = second_front_matter(document)
    if second is not None:
        yield _observation(second)


def _observation(second: Span) -> Observation:
    return Observation(
        "A second front matter stands here: readers see it as text, and none of it is read",
        second,
        "second",
    )


def second_front_matter(document: Document) -> Span | None:
    """A block of keys and values between dashes that follows the front matter of a page."""
    data, start = document.data, document.body_start
    if not document.front_matter.entries or b"---" not in data[start : start + _NEAR]:
        return None
    opening = _opening(data, start)
    if opening is None:
        return None
    keys = 0
    position = opening.end
    for _ in range(_MOST_LINES):
        end = data.find(b"\n", position)
        line = data[position : end if end >= 0 else len(data)]
        if line.rstrip() == b"---":
            return Span(opening.start, position + 3) if keys else None
        if _KEY_LINE.match(line):
            keys += 1
        elif line.strip() and line[:1] not in _REST_OF_ENTRY:
            return None
        if end < 0:
            return None
        position = end + 1
    return None


def _opening(data: bytes, start: int) -> Span | None:
    """The first line of a body that is not empty, if it is one of three dashes."""
    blank = (b" ", b"\t", b"\r", b"\n", b"\xef", b"\xbb", b"\xbf")
    limit = start + _NEAR
    while start < limit and data[start : start + 1] in blank:
        start += 1
    end = data.find(b"\n", start)
    if end < 0 or data[start:end].rstrip() != b"---":
        return None
    return Span(start, end + 1)
