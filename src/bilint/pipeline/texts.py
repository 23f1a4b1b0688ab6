"""The texts of a page for a report that shows them: out of an examined pair, or out of one side."""

from __future__ import annotations

from collections.abc import Iterable

from bilint.model.alignment import (
    AlignedPair,
    Basis,
    Change,
    ChangeClass,
    Judgement,
    SegmentPair,
    SegmentState,
    Unit,
)
from bilint.model.document import Document, Segment
from bilint.model.segment_text import count_words
from bilint.model.text import LineIndex, Span
from bilint.model.unit_text import PageTexts, Piece, UnitText, pack

_SHOWN = frozenset((ChangeClass.CODE, ChangeClass.LINKS, ChangeClass.MARKUP))
"""Classes of changes that are shown where they concern no segment."""

LONGEST_BLOCK = 4_000
"""Characters of a block that changed; of a longer one the beginning is shown."""


def texts_of(aligned: AlignedPair, judgement: Judgement, head: Document | None) -> bytes:
    """The packed texts of a pair that was examined."""
    source = aligned.source.document if aligned.source is not None else None
    base = source if aligned.basis is Basis.BASE else None
    now = head if head is not None or aligned.basis is Basis.BASE else source
    sides = _Sides(base, now, aligned.document)
    if judgement.units:
        units = [sides.unit(unit) for unit in judgement.units]
        units = _with_blocks(units, sides.blocks(judgement.changes, judgement.units))
    else:
        units = [sides.compared(pair) for pair in aligned.segments]
    return pack(PageTexts(_words(now or base), tuple(units)))


def texts_of_target(target: Document) -> bytes:
    """The packed texts of a page that has nothing beside it."""
    sides = _Sides(None, None, target)
    units = tuple(sides.compared(SegmentPair(None, segment)) for segment in target.segments)
    return pack(PageTexts(0, units))


def texts_of_source(source: Document) -> bytes:
    """The packed texts of a source page that a locale has not got."""
    sides = _Sides(None, source, None)
    units = tuple(
        sides.compared(SegmentPair(segment, None))._replace(
            state=SegmentState.NEW, words=count_words(segment)
        )
        for segment in source.segments
    )
    return pack(PageTexts(_words(source), units))


class _Sides:
    """The three texts of a page, with their lines."""

    def __init__(
        self, base: Document | None, head: Document | None, target: Document | None
    ) -> None:
        self._base, self._head, self._target = (
            None if side is None else LineIndex(side.data) for side in (base, head, target)
        )
        self._documents = base, head

    def unit(self, unit: Unit) -> UnitText:
        """A unit of which the past is known."""
        return UnitText(
            (unit.target or unit.head or unit.base or _NONE).kind,
            unit.state,
            unit.change,
            unit.answered,
            unit.words,
            _piece(unit.base, self._base),
            _piece(unit.head, self._head),
            _piece(unit.target, self._target),
        )

    def compared(self, pair: SegmentPair) -> UnitText:
        """A segment beside that of the source now, for all one knows."""
        return UnitText(
            (pair.target or pair.source or _NONE).kind,
            None,
            None,
            False,
            0,
            None,
            _piece(pair.source, self._head),
            _piece(pair.target, self._target),
        )

    def blocks(self, changes: Iterable[Change], units: Iterable[Unit]) -> list[UnitText]:
        """What changed outside all segments: code, pictures, definitions."""
        base, head = self._documents
        told = list(units)
        bases = {unit.base.start for unit in told if unit.base is not None}
        heads = {unit.head.start for unit in told if unit.head is not None}
        return [
            UnitText(
                "block",
                None,
                change.kind,
                False,
                0,
                _stretch(change.base, base, self._base),
                _stretch(change.head, head, self._head),
                None,
            )
            for change in changes
            if change.kind in _SHOWN
            and (change.base is not None or change.head is not None)
            and (change.base is None or change.base.start not in bases)
            and (change.head is None or change.head.start not in heads)
        ]


_NONE = Segment("", "", 0, 0, "")  # type: ignore[arg-type]


def _piece(segment: Segment | None, lines: LineIndex | None) -> Piece | None:
    if segment is None or lines is None:
        return None
    return Piece(lines.line(segment.start), segment.start, segment.end, segment.text)


def _stretch(span: Span | None, document: Document | None, lines: LineIndex | None) -> Piece | None:
    if span is None or document is None or lines is None:
        return None
    text = document.data[span.start : span.end].decode("utf-8", "replace")
    if len(text) > LONGEST_BLOCK:
        text = f"{text[:LONGEST_BLOCK]}…"
    return Piece(lines.line(span.start), span.start, span.end, text)


def _with_blocks(units: list[UnitText], blocks: Iterable[UnitText]) -> list[UnitText]:
    """Blocks put behind the last unit that stands before them in the source."""
    for block in blocks:
        where = block.head or block.base
        side = "head" if block.head is not None else "base"
        place = 0
        for index, unit in enumerate(units):
            other = getattr(unit, side)
            if where is not None and other is not None and other.start <= where.start:
                place = index + 1
        units.insert(place, block)
    return units


def _words(document: Document | None) -> int:
    return sum(map(count_words, document.segments)) if document is not None else 0
