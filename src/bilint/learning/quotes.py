"""Which quotation marks a locale writes, and which of them belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from bilint.model.bitext import Bitext
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_MARK = late('["\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c-\u300f\uff02]')
_LEAST = 20
"""Quotations below which nothing is known of a locale's habit."""


class Quotation(NamedTuple):
    """A pair of marks in a text: where each stands, and both of them as one string."""

    opening: int
    closing: int
    marks: str


def quotations(text: str) -> list[Quotation]:
    """The quotations of a text; none where the number of marks is odd or some belong to a tag.

    Which mark opens and which closes differs between languages, so that they are taken in turn;
    of corner brackets only those on one level.
    """
    places = [match.start() for match in _MARK.finditer(text)]
    if len(places) % 2 or '="' in text:
        return []
    return [
        Quotation(opening, closing, text[opening] + text[closing])
        for opening, closing in zip(places[::2], places[1::2], strict=True)
    ]


def quotes(bitexts: Sequence[Bitext]) -> Mapping[str, int] | None:
    """How often each pair of marks stands in the translations of a locale."""
    counts: Counter[str] = Counter()
    for bitext in bitexts:
        for row in bitext.rows:
            if '"' in row.target or (not row.target.isascii() and _MARK.search(row.target)):
                counts.update(one.marks for one in quotations(row.target))
    if counts.total() < _LEAST:
        return None
    return dict(sorted(counts.items()))
