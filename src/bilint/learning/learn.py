"""All that is learnt of a locale, out of the segment pairs of its pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from bilint.learning.labels import learn_labels
from bilint.learning.lengths import lengths
from bilint.learning.machine_words import machine_words
from bilint.learning.names import learn_names
from bilint.learning.quotes import quotes
from bilint.learning.repeats import learn_repeats
from bilint.learning.terms import learn_terms
from bilint.model.bitext import Bitext
from bilint.model.evidence import Evidence
from bilint.model.page import Header, Page

_PARTS: Mapping[str, Callable[[Sequence[Bitext]], Any]] = {
    "names": learn_names,
    "labels": learn_labels,
    "terms": learn_terms,
    "repeats": learn_repeats,
    "lengths": lengths,
    "quotes": quotes,
}

EVERYTHING = frozenset(_PARTS)
"""The fields of the evidence that segment pairs teach."""


def learn(
    locale: str,
    pages: Iterable[Header | Page],
    bitexts: Sequence[Bitext] = (),
    parts: Collection[str] = EVERYTHING,
) -> Evidence:
    """The evidence of a locale; the order of pages and of bitexts does not matter.

    Of what segment pairs teach only the fields named in `parts` are learnt.
    """
    known = (machine_words(page.provenance) for page in pages)
    bitexts = sorted(bitexts, key=lambda one: (one.path, one.loose, one.human or 0.0))
    return Evidence(
        locale,
        tuple(sorted(words for words in known if words is not None)),
        **{part: _PARTS[part](bitexts) or None for part in _PARTS if part in parts},
    )
