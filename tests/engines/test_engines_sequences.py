from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from bilint.engines.sequences import (
    Gap,
    best_path,
    common_ends,
    gaps,
    longest_increasing,
    unique_anchors,
)


def _longest_by_force(values: list[int]) -> int:
    for size in range(len(values), 0, -1):
        for chosen in combinations(values, size):
            if all(a < b for a, b in pairwise(chosen)):
                return size
    return 0


@given(st.lists(st.integers(0, 9), max_size=9))
def test_longest_increasing_is_increasing_and_longest(values: list[int]) -> None:
    found = longest_increasing(values)
    chosen = [values[k] for k in found]
    assert found == sorted(found)
    assert all(a < b for a, b in pairwise(chosen))
    assert len(found) == _longest_by_force(values)


def test_common_ends_do_not_overlap() -> None:
    assert common_ends("aaa", "aa", Gap(0, 3, 0, 2)) == (2, 0)
    assert common_ends("abxcd", "abyycd", Gap(0, 5, 0, 6)) == (2, 2)
    assert common_ends("xabx", "yaby", Gap(1, 3, 1, 3)) == (2, 0)


def test_unique_anchors_keep_their_order() -> None:
    left, right = "a.b.c", "b-c-a"
    assert unique_anchors(left, right, Gap(0, 5, 0, 5)) == [(2, 0), (4, 2)]
    assert unique_anchors("aab", "ab", Gap(0, 3, 0, 2)) == [(2, 1)]


def test_gaps_are_what_lies_between() -> None:
    found = list(gaps([(1, 0), (3, 4)], Gap(0, 4, 0, 6)))
    assert found == [(0, 1, 0, 0), (2, 3, 1, 4), (4, 4, 5, 6)]
    assert list(gaps([(0, 0)], Gap(0, 1, 0, 1))) == []


def _best_by_force(scores: list[list[float]], lefts: list[float], rights: list[float]) -> float:
    rows, columns = len(lefts), len(rights)

    def best(i: int, j: int) -> float:
        if i == rows or j == columns:
            return -sum(lefts[i:]) - sum(rights[j:])
        return max(
            best(i + 1, j) - lefts[i],
            best(i, j + 1) - rights[j],
            best(i + 1, j + 1) + scores[i][j],
        )

    return best(0, 0)


COSTS = st.lists(st.sampled_from([0.0, 0.5, 1.0]), max_size=5)


@given(COSTS, COSTS, st.data())
def test_best_path_is_the_best_path(
    lefts: list[float], rights: list[float], data: st.DataObject
) -> None:
    row = st.lists(st.integers(-4, 4).map(float), min_size=len(rights), max_size=len(rights))
    scores = [data.draw(row) for _ in lefts]
    path = best_path(lefts, rights, lambda i, j: scores[i][j], len(rights))
    out = sum(lefts) + sum(rights) - sum(lefts[i] + rights[j] for i, j, _ in path)
    assert sum(gain for _, _, gain in path) - out == _best_by_force(scores, lefts, rights)
    assert all(gain == scores[i][j] for i, j, gain in path)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(path))


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 4))
def test_a_narrow_band_stays_near_the_diagonal(rows: int, columns: int, width: int) -> None:
    seen: list[tuple[int, int]] = []

    def score(i: int, j: int) -> float:
        seen.append((i, j))
        return 1.0

    width = max(width, columns // rows + 1)
    assert best_path([0.1] * rows, [0.1] * columns, score, width)
    assert len(seen) <= rows * (2 * width + 1)
    assert all(abs(j + 1 - (i + 1) * columns // rows) <= width for i, j in seen)
