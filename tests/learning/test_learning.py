"""What is learnt of a locale from its pages."""

from __future__ import annotations

from itertools import permutations

import pytest

from bilint.learning.learn import learn
from bilint.learning.machine_words import machine_words
from bilint.model.document import FrontMatter
from bilint.model.page import Header, Provenance


def page(share: float | None, words: int | None) -> Header:
    return Header("help/a.md", "", FrontMatter(), Provenance(ht_degree=share, word_count=words))


@pytest.mark.parametrize(
    ("share", "words", "machine"),
    [
        (0.0, 400, 400.0),
        (25.0, 400, 300.0),
        (100.0, 400, 0.0),
        (None, 400, None),
        (50.0, None, None),
        (50.0, 0, None),
    ],
)
def test_machine_words_are_words_times_what_no_person_translated(
    share: float | None, words: int | None, machine: float | None
) -> None:
    assert machine_words(page(share, words).provenance) == machine


def test_the_order_of_pages_does_not_matter() -> None:
    pages = [page(0.0, 30), page(50.0, 20), page(None, 99), page(0.0, 10)]
    whole = learn("it-IT", pages)
    assert whole.machine_words == (10.0, 10.0, 30.0)
    for order in permutations(pages):
        assert learn("it-IT", order) == whole
