"""How like two texts or sequences are: rapidfuzz, loaded on first use."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cache
from itertools import count

from bilint.model.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Literal

    Tag = Literal["equal", "replace", "delete", "insert"]

SEQUENCE_COST = 100_000_000
"""Largest product of lengths that `longest_common` accepts: some 25 ms and 12 MiB."""

_FEW = 8
"""Short texts that are compared without rapidfuzz, which takes longer to load."""

_SHORT = 2_000
"""Characters that both together have at the most: some 0.3 ms."""

_EDGE = 1e-9
"""Nearer to `least` it takes rapidfuzz to say on which side a ratio falls."""

_asked = count()


class Step(NamedTuple):
    """A stretch of two sequences: what became of `left[a:b]`, now `right[c:d]`."""

    tag: Tag
    a: int
    b: int
    c: int
    d: int


def ratio(left: str, right: str, least: float = 0.0) -> float:
    """How much of both texts they have in common and in order, 0..1; 1 when both are empty.

    By characters; texts whose product of lengths is above `SEQUENCE_COST` by words. 0 where it
    would be below `least`, which is found sooner.
    """
    if len(left) * len(right) > SEQUENCE_COST:
        share = common_share(left.split(), right.split())
        return share if share >= least else 0.0
    if len(left) + len(right) <= _SHORT and next(_asked) < _FEW:
        share = _ratio_of_few(left, right)
        if not least or abs(share - least) > _EDGE:
            return share if share > least else 0.0
    return _similarity()(left, right, score_cutoff=least)


def _ratio_of_few(left: str, right: str) -> float:
    """The ratio, counted by the bits of a whole number, one for each character of `left`."""
    places: dict[str, int] = {}
    for index, character in enumerate(left):
        places[character] = places.get(character, 0) | 1 << index
    every = free = (1 << len(left)) - 1
    for character in right:
        taken = free & places.get(character, 0)
        free = (free + taken | free - taken) & every
    total = len(left) + len(right)
    common = len(left) - free.bit_count()
    return 1.0 - (total - 2 * common) / total if total else 1.0


@cache
def _similarity() -> Callable[..., float]:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity


def opcodes(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[Step]:
    """The shortest edit from one sequence to the other, stretch by stretch.

    Cost grows with the product of the lengths: callers cap it by `SEQUENCE_COST`.
    """
    from rapidfuzz.distance import LCSseq

    # Numbered rather than hashed: rapidfuzz takes equal hashes for equal elements.
    numbers: dict[Hashable, int] = {}
    first = [numbers.setdefault(item, len(numbers)) for item in left]
    second = [numbers.setdefault(item, len(numbers)) for item in right]
    return [
        Step(o.tag, o.src_start, o.src_end, o.dest_start, o.dest_end)  # type: ignore[arg-type]
        for o in LCSseq.opcodes(first, second)
    ]


def longest_common(
    left: Sequence[Hashable], right: Sequence[Hashable]
) -> list[tuple[int, int]] | None:
    """Indices of a longest common subsequence; None where it would cost too much."""
    if len(left) * len(right) > SEQUENCE_COST:
        return None
    common = _all_common(left, right)
    if common is not None:
        return common
    return [
        (step.a + i, step.c + i)
        for step in opcodes(left, right)
        if step.tag == "equal"
        for i in range(step.b - step.a)
    ]


def _all_common(
    left: Sequence[Hashable], right: Sequence[Hashable]
) -> list[tuple[int, int]] | None:
    """The indices of what both sequences have, if it stands in the same order in both."""
    shared = {*left} & {*right}
    first = [i for i, item in enumerate(left) if item in shared]
    second = [j for j, item in enumerate(right) if item in shared]
    if [left[i] for i in first] != [right[j] for j in second]:
        return None
    return list(zip(first, second, strict=True))


def common_share(left: Sequence[Hashable], right: Sequence[Hashable]) -> float:
    """How much of both sequences they have in common and in order, 0..1; 1 when both are empty.

    Beyond `SEQUENCE_COST` the order is left out of account.
    """
    total = len(left) + len(right)
    if not total:
        return 1.0
    if len(left) * len(right) > SEQUENCE_COST:
        from collections import Counter

        return 2 * (Counter(left) & Counter(right)).total() / total
    common = _all_common(left, right)
    if common is not None:
        return 2 * len(common) / total
    from rapidfuzz.distance import LCSseq

    numbers: dict[Hashable, int] = {}
    first = [numbers.setdefault(item, len(numbers)) for item in left]
    second = [numbers.setdefault(item, len(numbers)) for item in right]
    return 2 * LCSseq.similarity(first, second) / total
