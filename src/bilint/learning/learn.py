"""All that is learnt of a locale, out of the segment pairs of its pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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


def learn(locale: str, pages: Iterable[Header | Page], bitexts: Sequence[Bitext] = ()) -> Evidence:
    """The evidence of a locale; the order of pages and of bitexts does not matter."""
    known = (machine_words(page.provenance) for page in pages)
    bitexts = sorted(bitexts, key=lambda one: (one.path, one.loose, one.human or 0.0))
    return Evidence(
        locale,
        tuple(sorted(words for words in known if words is not None)),
        names=learn_names(bitexts),
        labels=learn_labels(bitexts),
        terms=learn_terms(bitexts) or None,
        repeats=learn_repeats(bitexts) or None,
        lengths=lengths(bitexts),
        quotes=quotes(bitexts),
    )
