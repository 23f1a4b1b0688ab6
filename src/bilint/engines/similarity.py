"""How far two texts differ, by sacrebleu's chrF; loaded on first use, its input bounded."""

from __future__ import annotations

from functools import lru_cache

_LONGEST = 20_000
_KEPT = 256


class ChrfSimilarity:
    """The chrF score of two texts, 0 for nothing in common to 100 for equal.

    Texts are compared up to 20,000 characters, so that no page can make a run hang.
    """

    def chrf(self, hypothesis: str, reference: str) -> float:
        """How much of `reference` is in `hypothesis` and the other way round, 0..100."""
        if hypothesis == reference:
            return 100.0
        if not hypothesis.strip() or not reference.strip():
            return 0.0
        return _chrf(hypothesis[:_LONGEST], reference[:_LONGEST])


@lru_cache(maxsize=_KEPT)
def _chrf(hypothesis: str, reference: str) -> float:
    from sacrebleu.metrics.chrf import CHRF

    return float(CHRF().sentence_score(hypothesis, [reference]).score)
