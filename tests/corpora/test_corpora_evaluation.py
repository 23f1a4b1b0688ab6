"""The checks are as right on real pages as they are meant to be: see `python -m evaluation`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation import gold, seeded
from evaluation.corpora import Corpora, open_corpora

SHARED = Path(os.environ.get("BILINT_SHARED") or os.devnull).resolve()

pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="BILINT_SHARED names no gold sets"),
]


@pytest.fixture(scope="module")
def corpora() -> Iterator[Corpora]:
    with open_corpora() as unpacked:
        yield unpacked


def test_what_people_marked_is_found_and_little_else(corpora: Corpora) -> None:
    said = gold.figures(gold.measure(corpora, jobs=1))["overall"]
    assert said["precision"]["errors at high confidence"]["precision_read"] >= 0.97
    assert said["precision"]["shown by default"]["precision_read"] >= 0.9
    assert said["precision"]["everything"]["precision_read"] >= 0.85
    rule = said["recall"]["rule"]
    assert rule["found"] >= 0.75 * rule["defects"]


def test_most_seeded_defects_of_tokens_are_found_in_their_place(corpora: Corpora) -> None:
    results = seeded.measure(corpora, 1, ("dnl-altered", "token-broken"), places=2)
    found = [one for one in results if one.mutation in ("dnl-translated", "keyword-translated")]
    assert len(found) > 10
    assert all(one.hits and one.exact and not one.collateral for one in found)
