"""What both ways of aligning share: the front matter, the order of matches, the budget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from bilint.engines.sequences import longest_increasing
from bilint.model.alignment import Alignment, Match
from bilint.model.document import Segment

CELLS = 200_000
"""Comparisons of one segment with another that aligning two documents may spend."""

_NARROWEST = 8
"""A narrower band than this finds nothing that the ends of a stretch do not show."""

_new = tuple.__new__
"""Makes a named tuple in half the time of calling its class; every segment of a page has one."""


class Budget:
    """What is left of the comparisons that one alignment may spend."""

    def __init__(self) -> None:
        self.left = CELLS

    def width(self, rows: int, columns: int, each: int = 1) -> int | None:
        """How far off the diagonal a stretch may be searched; None where not at all.

        `each` is what one comparison costs.
        """
        if rows * columns * each <= self.left:
            self.left -= rows * columns * each
            return columns
        width = self.left // (2 * (rows + 1) * each)
        if width < max(_NARROWEST, columns // (rows + 1) + 1):
            return None
        self.left -= 2 * width * rows * each
        return width


@lru_cache(maxsize=256)
def identity(size: int) -> Alignment:
    """Each segment matches the one of the same index; shared by all documents of that size."""
    return Alignment(tuple([_new(Match, (i, i, 1.0)) for i in range(size)]))


def body_index(segments: Sequence[Segment]) -> int:
    """The index of the first segment after the front matter."""
    for i, segment in enumerate(segments):
        if not segment.shape.startswith("fm:"):
            return i
    return len(segments)


def match_front_matter(lefts: Sequence[Segment], rights: Sequence[Segment]) -> list[Match]:
    """Front-matter values match by their key, wherever it stands."""
    places = {segment.shape: j for j, segment in enumerate(rights[: body_index(rights)])}
    return [
        Match(i, places[segment.shape])
        for i, segment in enumerate(lefts[: body_index(lefts)])
        if segment.shape in places
    ]


def lay_out(matches: Iterable[Match], lefts: int, rights: int) -> Alignment:
    """All matches in the order of the right side; left ones without partner in their places.

    Each of `matches` has both sides.
    """
    by_right: list[Match | None] = [None] * rights
    for match in matches:
        if match.right is not None:
            by_right[match.right] = match
    laid = [match for match in by_right if match is not None]
    pairs = [(i, j) for i, j, _ in laid if i is not None and j is not None]
    order = [i for i, _ in pairs]
    place = dict(pairs[k] for k in longest_increasing(order))
    if len(place) == lefts == rights:
        return Alignment(tuple(laid))
    matched = set(order)
    lost_after: dict[int, list[Match]] = {}
    anchor = -1
    for i in range(lefts):
        if i not in matched:
            lost_after.setdefault(anchor, []).append(Match(i, None, 0.0))
        else:
            anchor = place.get(i, anchor)
    laid = lost_after.get(-1, [])
    for j, found in enumerate(by_right):
        laid.append(found or Match(None, j, 0.0))
        laid.extend(lost_after.get(j, ()))
    return Alignment(tuple(laid))


def shifted(matches: Iterable[Match], left: int, right: int) -> list[Match]:
    """The same matches with indices counted from further in front."""
    if not left and not right:
        return list(matches)
    return [
        _new(Match, (i + left, j + right, likeness))
        for i, j, likeness in matches
        if i is not None and j is not None
    ]
