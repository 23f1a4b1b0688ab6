"""How like two texts or sequences are: rapidfuzz, loaded on first use."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cache
from typing import Literal

from bilint.model.record import NamedTuple

SEQUENCE_COST = 100_000_000
"""Largest product of lengths that `longest_common` accepts: some 25 ms and 12 MiB."""

Tag = Literal["equal", "replace", "delete", "insert"]


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
    return _similarity()(left, right, score_cutoff=least)


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
    return [
        (step.a + i, step.c + i)
        for step in opcodes(left, right)
        if step.tag == "equal"
        for i in range(step.b - step.a)
    ]


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
    from rapidfuzz.distance import LCSseq

    numbers: dict[Hashable, int] = {}
    first = [numbers.setdefault(item, len(numbers)) for item in left]
    second = [numbers.setdefault(item, len(numbers)) for item in right]
    return 2 * LCSseq.similarity(first, second) / total
