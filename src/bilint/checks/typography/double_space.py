"""`double-space`: more than one blank between two words."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.typography.sheet import Sheet
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment, SegmentKind
from bilint.model.finding import Confidence, Observation, Suggestion
from bilint.model.pattern import late

# Two blanks after what may be a word, then as many as there are.
_BLANKS = late(rb"  (?<=[^ \t\r\n>|\\]  ) *(?=[^\s|])(?!\{[#.:])")
_SUBJECT = 40


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """More than one blank stands between two words."""
    document = pair.document
    data, start = document.data, document.body_start
    places = [match.span() for match in _BLANKS.finditer(data, 1)]
    for spot in Sheet(pair).spots(places) if places else ():
        if spot.start < start and not _is_shown(data, spot.target):
            continue
        if spot.source is not None and _doubled(spot.source):
            continue
        yield Observation(
            "More than one blank between two words",
            spot.span,
            _word_before(data, spot.target.start, spot.start),
            confidence=None if spot.source is not None else Confidence.MEDIUM,
            suggestion=Suggestion(" ", safe=True),
        )


def _is_shown(data: bytes, segment: Segment) -> bool:
    """Whether a value of the front matter is a description as it is written there."""
    if segment.kind is not SegmentKind.DESCRIPTION:
        return False
    return data[segment.start : segment.end].decode("utf-8", "replace") == segment.text


def _doubled(source: Segment) -> bool:
    """Whether the source has it too; what indents a wrapped line is another matter."""
    return any("  " in line.strip() for line in source.text.split("\n"))


def _word_before(data: bytes, start: int, end: int) -> str:
    words = data[max(start, end - 4 * _SUBJECT) : end].decode("utf-8", "ignore").split()
    return words[-1][-_SUBJECT:] if words else ""
