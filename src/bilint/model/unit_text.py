"""The texts of a page laid beside each other for people to read, packed small.

A report that shows pages carries the text of every segment three times. It travels packed: a
corpus of them stays small in memory, and on its way between processes.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any

from bilint.model.alignment import ChangeClass, SegmentState
from bilint.model.record import NamedTuple


class Piece(NamedTuple):
    """A segment in one of the texts, as the page holds it.

    `line` counts from 1, `start` and `end` are bytes of the page. In front matter the text is the
    value as YAML reads it, which may differ from these bytes.
    """

    line: int
    start: int
    end: int
    text: str


class UnitText(NamedTuple):
    """A segment, or a block that changed, in each of the three texts where it has a place.

    `kind` is that of the segment (`heading`, `table_cell`, ...), or `block`. `state` is None
    where nothing is known of the past; `words` are source words to do.
    """

    kind: str
    state: SegmentState | None
    change: ChangeClass | None
    answered: bool
    words: int
    base: Piece | None
    head: Piece | None
    target: Piece | None


class PageTexts(NamedTuple):
    """All units of a page in the order of the target, and the words of its source text."""

    words: int
    units: tuple[UnitText, ...]


def pack(texts: PageTexts) -> bytes:
    """The same in few bytes; equal texts give equal bytes."""
    units = [
        [one.kind, one.state, one.change, one.answered, one.words, one.base, one.head, one.target]
        for one in texts.units
    ]
    data = json.dumps([texts.words, units], separators=(",", ":")).encode()
    return zlib.compress(data, 6)


def unpack(data: bytes) -> PageTexts:
    """What was packed."""
    words, units = json.loads(zlib.decompress(data))
    return PageTexts(words, tuple(map(_unit, units)))


def _unit(values: Sequence[Any]) -> UnitText:
    kind, state, change, answered, words, *pieces = values
    base, head, target = (None if piece is None else Piece(*piece) for piece in pieces)
    return UnitText(
        kind,
        None if state is None else SegmentState(state),
        None if change is None else ChangeClass(change),
        answered,
        words,
        base,
        head,
        target,
    )
