"""`quotes-mixed`: a quotation opened with one kind of mark and closed with another."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.typography.sheet import Sheet, span_in, visible
from bilint.learning.quotes import Quotation, quotations
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation
from bilint.model.pattern import late
from bilint.model.text import Span

_PAIRS = frozenset(
    ('""', "“”", "„“", "„”", "””", "«»", "»«", "»»", "„«", "「」", "『』", "＂＂", "‟”")
)
"""Marks that belong together in some language."""

_RARE = 0.02
_FEW = 2
_SIGNS = (
    (b"\xe2", late(rb"\xe2\x80[\x9c\x9d]"), "“".encode(), "”".encode()),
    (b"\xc2", late(rb"\xc2[\xab\xbb]"), "«".encode(), "»".encode()),
    (b"\xe3", late(rb"\xe3\x80[\x8c\x8d]"), "「".encode(), "」".encode()),
)
_LONGEST = 20_000


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """A quotation opens with one kind of mark and closes with another."""
    data = pair.document.data
    habit = context.evidence.quotes if context.evidence is not None else None
    if habit is None or data.isascii() or not _odd(data):
        return
    most = max(_FEW, _RARE * sum(habit.values()))
    sheet = Sheet(pair)
    for segment in pair.document.segments:
        if segment.text.isascii() or len(segment.text) > _LONGEST:
            continue
        if all(_usual(one) for one in quotations(segment.text)):
            continue
        source = sheet.source_of(segment)
        if source is not None and not all(_usual(one) for one in quotations(source.text)):
            continue
        text = visible(pair.document, segment)
        for one in quotations(text):
            if not _usual(one) and habit.get(one.marks, 0) <= most:
                start = span_in(segment, text, one.opening, one.closing + 1)
                yield Observation(
                    f"This quotation opens with `{one.marks[0]}` and closes with `{one.marks[1]}`",
                    Span(*start),
                    one.marks,
                )


def _odd(data: bytes) -> bool:
    """Whether a page has marks that are not paired with their own kind."""
    for byte, signs, opening, closing in _SIGNS:
        # A single byte is looked for many times faster than several.
        if byte in data:
            found = signs.findall(data)
            if found.count(opening) != found.count(closing):
                return True
    return False


def _usual(quotation: Quotation) -> bool:
    return quotation.marks in _PAIRS
