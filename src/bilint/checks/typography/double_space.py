"""`double-space`: more than one blank between two words."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Check, Context
from bilint.checks.typography.sheet import Sheet
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Confidence, Family, Observation, Severity, Suggestion
from bilint.model.pattern import late

_BLANKS = late(rb"  +(?=[^\s|])(?!\{[#.:])")
_NO_WORD = frozenset(b" \t\r\n>|\\")
_SUBJECT = 40


def _observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    document = pair.document
    data, start = document.data, document.body_start
    if data.find(b"  ", start) < 0:
        return
    places = (
        match.span()
        for match in _BLANKS.finditer(data, start)
        if match.start() > start and data[match.start() - 1] not in _NO_WORD
    )
    for spot in Sheet(pair).spots(places):
        if spot.source is not None and _doubled(spot.source):
            continue
        yield Observation(
            "More than one blank between two words",
            spot.span,
            _word_before(data, spot.target.start, spot.start),
            confidence=None if spot.source is not None else Confidence.MEDIUM,
            suggestion=Suggestion(" ", safe=True),
        )


def _doubled(source: Segment) -> bool:
    """Whether the source has it too; what indents a wrapped line is another matter."""
    return any("  " in line.strip() for line in source.text.split("\n"))


def _word_before(data: bytes, start: int, end: int) -> str:
    words = data[max(start, end - 4 * _SUBJECT) : end].decode("utf-8", "ignore").split()
    return words[-1][-_SUBJECT:] if words else ""


CHECK = Check(
    id="double-space",
    family=Family.TYPOGRAPHY,
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    summary="More than one blank stands between two words",
    observe=_observe,
)
