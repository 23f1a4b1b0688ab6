"""Underscores that were meant as emphasis and are shown to the reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilint.checks.changed import at_places, source_data, target_data
from bilint.checks.tokens.syntax import is_unspaced
from bilint.checks.typography.emphasis import Stray, underscores
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Segment, SegmentKind
from bilint.model.finding import Observation, Severity, Suggestion
from bilint.model.pattern import late
from bilint.model.text import Span

# The underscore comes first, since what begins with a literal is found many times faster.
_PAIRED = late(
    rb"_(?<![0-9A-Za-z\x80-\xff/._-]_)(?![\s_])[^_\0\n]*(?<!\s)_(?![0-9A-Za-z\x80-\xff_/])"
)
_SOUND = late(r"_(?<![\w/.-]_)(?![\s_])[^_\0]*(?<!\s)_(?![\w/])")
_WITHIN = late(r"_+(?<=[0-9A-Za-z]_)(?=[0-9A-Za-z])")
_EDGES = late(r"\A(?:\s|&#x200[bB];|\u200b)+|(?:\s|&#x200[bB];|\u200b)+\Z")
_UNRENDERED = frozenset((SegmentKind.TITLE, SegmentKind.DESCRIPTION, SegmentKind.ALT_TEXT))
_SHOWN = 60
_TWO = 2


def shown_underscores(pair: AlignedPair) -> Iterator[Observation]:
    """One observation for each segment that shows more of them than its source."""
    if pair.source is None:
        return
    for source, target in _suspects(pair):
        found = underscores(pair.document, target).strays
        theirs = underscores(pair.source.document, source)
        if theirs.pairs and len(found) > len(theirs.strays):
            yield _observation(pair.document, source, target, found, len(theirs.strays))


def _suspects(pair: AlignedPair) -> Iterator[tuple[Segment, Segment]]:
    """The segments whose source has such emphasis, with an underscore that may be no part of it."""
    data = source_data(pair)
    if b"_" not in data or b"_" not in target_data(pair):
        return
    places = (match.start() for match in _PAIRED.finditer(data))
    for source, target, _likeness in at_places(pair, data, places):
        if target.kind not in _UNRENDERED and "_" in target.text:
            left = _WITHIN.sub("", _SOUND.sub("", target.text))
            if "_" in left:
                yield source, target


def _observation(
    document: Document, source: Segment, target: Segment, found: list[Stray], meant: int
) -> Observation:
    data = document.data
    last = 1 if len(found) > 1 else 0
    place = Span(found[0].span.start, found[last].span.end)
    said = data[place.start : place.end].decode("utf-8", "replace")
    mended = None
    if len(found) == _TWO and not meant:
        mended = _mended(data, target, found)
    marks = data[slice(*found[0].span)].decode()
    return Observation(
        f"These marks of emphasis are shown to the reader: `{said[:_SHOWN]}`",
        place,
        marks,
        source_span=source.span,
        # One alone may be the beginning of a name.
        severity=Severity.WARNING if len(found) == 1 and marks == "_" else None,
        evidence={"shown": len(found)},
        suggestion=None if mended is None else Suggestion(mended, safe=True),
    )


def _mended(data: bytes, target: Segment, found: Sequence[Stray]) -> str | None:
    """The words in emphasis that Markdown takes for some: asterisks may touch a letter.

    None where a letter that is parted from other words by a blank touches the marks: there a blank
    may lack, or a hyphen.
    """
    first, second = found[0].span, found[1].span
    inside = data[first.end : second.start].decode("utf-8", "replace")
    words = _EDGES.sub("", inside)
    marks = data[first.start : first.end]
    left = data[target.start : first.start].decode("utf-8", "replace")[-1:]
    right = data[second.end : target.end].decode("utf-8", "replace")[:1]
    if found[0].homes != found[1].homes or data[second.start : second.end] != marks:
        return None
    if "*" in inside + left + right or "_" in inside or not any(map(str.isalnum, words)):
        return None
    beside = [char for char in (left, right) if char.isalnum()]
    if not all(map(is_unspaced, beside)):
        return None
    sign = "*" * len(marks) if beside else marks.decode()
    before = "&#x200B;" if left.isalnum() and not words[0].isalnum() else ""
    after = "&#x200B;" if right.isalnum() and not words[-1].isalnum() else ""
    return f"{before}{sign}{words}{sign}{after}"
