"""`pipeline-error-text`: an error message of a tool stands where text should be."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Observation
from bilint.model.text import Span

_MESSAGES = (
    b"Error! Reference source not found",
    b"Error! Bookmark not defined",
    b"MYMEMORY WARNING:",
    b"QUERY LENGTH LIMIT EXCEEDED",
    b"[object Object]",
    b"#REF!",
)
"""What word processors, spreadsheets, scripts and translation services write for a text."""

_CODE = b"-ERR:"
_MOST = 60


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """One observation for each message that the source does not have."""
    data = pair.document.data
    source = b"" if pair.source is None else pair.source.document.data
    for message in _MESSAGES:
        if message in data and message not in source:
            at = data.find(message)
            while at >= 0:
                yield _observation(pair, Span(at, at + len(message)))
                at = data.find(message, at + len(message))
    at = data.find(_CODE)
    while at >= 0:
        end = _end_of_code(data, at)
        if data[at:end] not in source:
            yield _observation(pair, Span(at, end))
        at = data.find(_CODE, end)


def _end_of_code(data: bytes, at: int) -> int:
    """Where a code such as `-ERR:SOME-REASON-` ends."""
    end = at + len(_CODE)
    while end < min(len(data), at + _MOST) and (data[end : end + 1].isupper() or data[end] == 45):
        end += 1
    return end


def _observation(pair: AlignedPair, span: Span) -> Observation:
    found = pair.document.data[span.start : span.end].decode("utf-8", "replace")
    return Observation(
        f"`{found}` is an error message of a tool, not a translation",
        span,
        found,
        confidence=None if pair.source is not None else Confidence.MEDIUM,
    )
