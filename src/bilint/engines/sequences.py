"""Matching two sequences in order: plain algorithms that know nothing of what they match."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Sequence
from operator import lt

from bilint.model.record import NamedTuple


class Gap(NamedTuple):
    """A stretch between two matches: `left[a:b]` stands against `right[c:d]`."""

    a: int
    b: int
    c: int
    d: int

    @property
    def cells(self) -> int:
        """The product of both lengths: what comparing all with all would cost."""
        return (self.b - self.a) * (self.d - self.c)


def longest_increasing(values: Sequence[int]) -> list[int]:
    """Positions of a longest strictly increasing subsequence, in order."""
    if all(map(lt, values, values[1:])):
        return list(range(len(values)))
    tails: list[int] = []
    at: list[int] = []
    before = [-1] * len(values)
    for position, value in enumerate(values):
        length = bisect_left(tails, value)
        before[position] = at[length - 1] if length else -1
        if length == len(tails):
            tails.append(value)
            at.append(position)
        else:
            tails[length] = value
            at[length] = position
    found: list[int] = []
    position = at[-1] if at else -1
    while position >= 0:
        found.append(position)
        position = before[position]
    return found[::-1]


def common_ends(left: Sequence[Hashable], right: Sequence[Hashable], gap: Gap) -> tuple[int, int]:
    """How many elements of a gap are equal from its beginning, and how many from its end."""
    a, b, c, d = gap
    size = min(b - a, d - c)
    head = 0
    while head < size and left[a + head] == right[c + head]:
        head += 1
    size -= head
    tail = 0
    while tail < size and left[b - 1 - tail] == right[d - 1 - tail]:
        tail += 1
    return head, tail


def unique_anchors(
    left: Sequence[Hashable], right: Sequence[Hashable], gap: Gap
) -> list[tuple[int, int]]:
    """Elements that occur once on either side of a gap, those that keep their order."""
    places = _once(right, gap.c, gap.d)
    pairs = [
        (i, places[element])
        for element, i in _once(left, gap.a, gap.b).items()
        if element in places
    ]
    pairs.sort()
    return [pairs[k] for k in longest_increasing([j for _, j in pairs])]


def _once(sequence: Sequence[Hashable], start: int, end: int) -> dict[Hashable, int]:
    places: dict[Hashable, int] = {}
    twice: set[Hashable] = set()
    for i in range(start, end):
        element = sequence[i]
        if element in places:
            twice.add(element)
        places[element] = i
    for element in twice:
        del places[element]
    return places


def gaps(pairs: Sequence[tuple[int, int]], whole: Gap) -> Iterator[Gap]:
    """What lies between matches that are in order; never empty on both sides."""
    a, c = whole.a, whole.c
    for i, j in pairs:
        if i > a or j > c:
            yield Gap(a, i, c, j)
        a, c = i + 1, j + 1
    if a < whole.b or c < whole.d:
        yield Gap(a, whole.b, c, whole.d)


_SKIP_LEFT, _SKIP_RIGHT, _MATCH = range(3)
_NEVER = float("-inf")


def best_path(
    left_costs: Sequence[float],
    right_costs: Sequence[float],
    score: Callable[[int, int], float],
    width: int,
) -> list[tuple[int, int, float]]:
    """The matches in order whose scores, less the costs of the elements left out, are the best.

    Answers the indices of each match and its score. Only pairs at most `width` off the diagonal
    are considered: time and memory grow with the left length times twice the width.
    """
    rows, columns = len(left_costs), len(right_costs)
    above = [0.0]
    for cost in right_costs[:width]:
        above.append(above[-1] - cost)
    start = 0
    steps: list[tuple[int, bytearray, list[float]]] = []
    for i in range(1, rows + 1):
        middle = i * columns // rows
        low, high = max(0, middle - width), min(columns, middle + width)
        row: list[float] = []
        moves = bytearray()
        scores: list[float] = []
        left = _NEVER
        end = start + len(above)
        for j in range(low, high + 1):
            best, move, gain = left - (right_costs[j - 1] if j else 0.0), _SKIP_RIGHT, 0.0
            if start <= j < end and above[j - start] - left_costs[i - 1] >= best:
                best, move = above[j - start] - left_costs[i - 1], _SKIP_LEFT
            if start < j <= end:
                gain = score(i - 1, j - 1)
                if above[j - 1 - start] + gain >= best:
                    best, move = above[j - 1 - start] + gain, _MATCH
            row.append(best)
            moves.append(move)
            scores.append(gain)
            left = best
        steps.append((low, moves, scores))
        above, start = row, low
    return _trace(steps, columns)


def _trace(
    steps: list[tuple[int, bytearray, list[float]]], columns: int
) -> list[tuple[int, int, float]]:
    """Walk the choices back from the end."""
    found: list[tuple[int, int, float]] = []
    i, j = len(steps), columns
    while i and j:
        low, moves, scores = steps[i - 1]
        move = moves[j - low]
        if move == _MATCH:
            found.append((i - 1, j - 1, scores[j - low]))
            i, j = i - 1, j - 1
        elif move == _SKIP_LEFT:
            i -= 1
        else:
            j -= 1
    return found[::-1]
