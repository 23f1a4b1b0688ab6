"""Whether any word of a page stands twice in a row: several checks ask."""

from __future__ import annotations

from operator import eq

from bilint.model.document import Document


def twice(document: Document) -> bool:
    """Whether two neighbouring words of a page are the same; rules of tables count as words."""
    for known, answer in _recent:
        if known is document:
            return answer
    words = document.data.split()
    answer = any(map(eq, words, words[1:]))
    _recent[:] = [(document, answer)]
    return answer


_recent: list[tuple[Document, bool]] = []
