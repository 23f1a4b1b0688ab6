"""Which words of a page stand twice in a row, or oftener: several checks ask."""

from __future__ import annotations

from itertools import compress
from operator import and_, eq
from typing import NamedTuple

from bilint.model.document import Document


class Repeats(NamedTuple):
    """The words that follow themselves, and those of them that do so twice, wherever they stand."""

    twice: frozenset[str]
    thrice: frozenset[str]


def repeats(document: Document) -> Repeats:
    """The words of a page that are repeated; what is no word, such as a rule of a table, is not."""
    for known, answer in _recent:
        if known is document:
            return answer
    words = document.data.split()
    same = list(map(eq, words, words[1:]))
    answer = _NONE
    if any(same):
        twice = _read(compress(words, same))
        thrice = _read(compress(words, map(and_, same, same[1:]))) if twice else frozenset[str]()
        answer = Repeats(twice, thrice)
    _recent[:] = [(document, answer)]
    return answer


def _read(words: compress[bytes]) -> frozenset[str]:
    said = {word.decode("utf-8", "replace").strip("*_.,;:()[]\"'") for word in {*words}}
    return frozenset(word for word in said if word[:1].isalpha())


_NONE = Repeats(frozenset(), frozenset())
_recent: list[tuple[Document, Repeats]] = []
