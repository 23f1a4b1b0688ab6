"""Which words of a page stand twice in a row: several checks ask."""

from __future__ import annotations

from itertools import compress
from operator import eq

from bilint.model.document import Document


def repeats(document: Document) -> frozenset[str]:
    """The words of a page that follow themselves; a rule of a table is no word."""
    for known, answer in _recent:
        if known is document:
            return answer
    words = document.data.split()
    twice = {*compress(words, map(eq, words, words[1:]))}
    said = {word.decode("utf-8", "replace").strip("*_.,;:()[]\"'") for word in twice}
    answer = frozenset(word for word in said if word[:1].isalpha())
    _recent[:] = [(document, answer)]
    return answer


_recent: list[tuple[Document, frozenset[str]]] = []
