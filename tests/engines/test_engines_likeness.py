from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bilint.engines import likeness
from bilint.engines.likeness import common_share, longest_common, opcodes, ratio

WORDS = st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta"]), max_size=12)


def test_ratio_is_one_for_the_same_text_and_falls_with_edits() -> None:
    assert ratio("", "") == 1.0
    assert ratio("Open the panel.", "Open the panel.") == 1.0
    assert ratio("abc", "xyz") == 0.0
    assert 0.8 < ratio("Open the panel.", "Open that panel.") < 1.0


def test_ratio_of_huge_texts_is_taken_by_words() -> None:
    left = "open the panel and wait " * 4_000
    right = "open the panel and leave " * 4_000
    assert len(left) * len(right) > likeness.SEQUENCE_COST
    assert 0.75 < ratio(left, right) < 0.85


@given(WORDS, WORDS)
def test_opcodes_lead_from_left_to_right(left: list[str], right: list[str]) -> None:
    built: list[str] = []
    place = (0, 0)
    for step in opcodes(left, right):
        assert (step.a, step.c) == place
        place = (step.b, step.d)
        assert (step.tag == "equal") == (left[step.a : step.b] == right[step.c : step.d])
        built += right[step.c : step.d]
    assert built == right
    assert place == (len(left), len(right))


@given(WORDS, WORDS)
def test_longest_common_is_common_and_in_order(left: list[str], right: list[str]) -> None:
    pairs = longest_common(left, right)
    assert pairs is not None
    assert all(left[i] == right[j] for i, j in pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))
    assert common_share(left, right) == (
        2 * len(pairs) / (len(left) + len(right)) if left or right else 1.0
    )


def test_what_would_cost_too_much_is_not_begun() -> None:
    many = list(range(10_001))
    assert longest_common(many, many) is None
    assert common_share(many, many[1:]) > 0.99


def test_the_library_is_loaded_on_first_use() -> None:
    program = "import sys, bilint.engines.likeness; sys.exit('rapidfuzz' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
