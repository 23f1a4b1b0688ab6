"""How many words of a page no person translated."""

from __future__ import annotations

from bilint.model.page import Provenance


def machine_words(provenance: Provenance) -> float | None:
    """The source words of a page times the share that no person translated.

    None where the page does not say its share, or says no words or none above 0: the pipeline
    writes a word count of 0 where it could not count.
    """
    share, words = provenance.ht_degree, provenance.word_count
    if share is None or not words or words < 0:
        return None
    return words * (1 - min(max(share, 0.0), 100.0) / 100)
