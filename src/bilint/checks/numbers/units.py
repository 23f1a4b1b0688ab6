"""Amounts of memory and storage whose unit is another: `2.5 GB`, now `2,5 MB`."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.changed import changed, source_data
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.pattern import late
from bilint.model.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bilint.checks.numbers.values import Value

_SIZE = late(
    r"(?<![\w.,-])(\d+(?:[.,]\d+)*)(?:\s|&nbsp;|-)?"
    r"(?:([KMGTPkКМГТ])(?:i?[Bb]|[Бб])|([KMGTk])o)(?![\w/])"
)
_LATIN = str.maketrans("kКМГТ", "KKMGT")
_HINT = late(rb"B(?<=[KkMGTi]B)")


class Size(NamedTuple):
    """An amount: what its number may mean, its unit's first letter, and where it stands."""

    text: str
    values: frozenset[Value]
    unit: str
    start: int
    end: int


class OtherUnit(NamedTuple):
    """An amount of the source, and the one of the target that has its number and another unit."""

    source: Segment
    target: Segment
    said: Size
    found: Size


def other_units(pair: AlignedPair) -> Iterator[OtherUnit]:
    """The amounts of a page whose unit is another one than in the source."""
    if not _HINT.search(source_data(pair)):
        return
    for source, target, _likeness in changed(pair):
        ours = sizes(source.text) if "B" in source.text else ()
        theirs = sizes(target.text) if ours else ()
        if len(ours) != len(theirs):
            continue
        for said in ours:
            same = [one for one in theirs if not one.values.isdisjoint(said.values)]
            if len(same) == 1 and same[0].unit != said.unit and not _stands(same[0], ours):
                yield OtherUnit(source, target, said, same[0])


def _stands(size: Size, others: tuple[Size, ...]) -> bool:
    return any(one.unit == size.unit and not one.values.isdisjoint(size.values) for one in others)


def sizes(text: str) -> tuple[Size, ...]:
    """The amounts of a text that have a unit of bytes."""
    from bilint.checks.numbers.values import readings

    return tuple(
        Size(match[0], readings(match[1]), (match[2] or match[3]).translate(_LATIN), *match.span())
        for match in _SIZE.finditer(text)
    )
