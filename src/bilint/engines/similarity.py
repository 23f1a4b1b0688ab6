"""How far texts differ, by sacrebleu; loaded on first use, its input bounded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from bilint.model.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

    from sacrebleu.metrics.base import Metric

    from bilint.model.quality import Score

_LONGEST = 20_000
_KEPT = 256

_SEED = 12345
"""sacrebleu's own, so that its command gives the same intervals."""

_DRAWS = 4_000_000
"""Draws that are made at once."""

_UNSPACED = {"zh": "zh", "yue": "zh", "ja": "char", "ko": "char", "th": "char", "lo": "char",
             "my": "char", "km": "char"}  # fmt: skip
"""BLEU's tokenizers. Those for Japanese and Korean words are packages that few have: a score that
depends on what is installed compares with nothing."""

_BY_CHARACTER = frozenset(("zh", "yue", "ja"))
"""Languages whose characters TER counts as words."""


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


class _Ruler(NamedTuple):
    """A metric of sacrebleu, and the columns of what it counts in a pair of texts."""

    name: str
    metric: Metric
    columns: slice


class CorpusScores:
    """Scores of any selection out of many pairs of texts; each pair is looked at once.

    They are the numbers of sacrebleu's own command over the selection, intervals included, where
    it is told what `signatures` tell.
    """

    def __init__(self, locale: str, pairs: Sequence[tuple[str, str]], resamples: int) -> None:
        """Take (hypothesis, reference) pairs in the language of a locale.

        With `resamples` of more than one every score gets a confidence interval by bootstrap.
        """
        import numpy

        self._resamples = resamples
        self._rulers: list[_Ruler] = []
        counts = []
        at = 0
        for name, metric in _metrics(locale):
            counts.append(_counts(metric, pairs))
            here = slice(at, at + counts[-1].shape[1])
            self._rulers.append(_Ruler(name, metric, here))
            at = here.stop
        self._counts = numpy.hstack(counts)
        self._edits = self._counts[:, self._rulers[-1].columns]

    @property
    def signatures(self) -> Mapping[str, str]:
        """What each score was computed by, as sacrebleu tells it."""
        found = {}
        for ruler in self._rulers:
            if self._resamples > 1:
                ruler.metric.n_bootstrap = self._resamples
                ruler.metric.seed = str(_SEED)
            found[ruler.name] = f"{ruler.name}|{ruler.metric.get_signature()}"
        return found

    def scores(self, selection: Sequence[int]) -> tuple[Score, ...]:
        """The scores of the pairs of these indices, in the order given."""
        counts = self._counts[list(selection)]
        whole = counts.sum(0)
        drawn = list(_resampled(counts, self._resamples)) if self._resamples > 1 else []
        return tuple(_score(ruler, whole, drawn) for ruler in self._rulers)

    def edits(self, index: int) -> int:
        """How many words TER finds inserted, deleted, replaced or moved in a pair."""
        return int(self._edits[index][0])

    def reference_words(self, index: int) -> int:
        """The words of a reference, as TER counts them."""
        return int(self._edits[index][1])


def _score(ruler: _Ruler, whole: Any, drawn: Sequence[Any]) -> Score:
    from statistics import mean

    from bilint.model.quality import Score

    def value(counts: Any) -> float:
        counted = counts[ruler.columns].tolist()
        return float(ruler.metric._compute_score_from_stats(counted).score)

    if not drawn:
        return Score(ruler.name, value(whole))
    # As sacrebleu does: an interval of 95 %, around the mean of what was drawn.
    values = sorted(map(value, drawn))
    outside = len(values) // 40
    half = 0.5 * (values[len(values) - outside - 1] - values[outside])
    return Score(ruler.name, value(whole), mean(values), half)


def _metrics(locale: str) -> Iterator[tuple[str, Metric]]:
    """The metrics for a language, TER last."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    language = locale.partition("-")[0].lower()
    yield "chrF2", CHRF()
    yield "chrF2++", CHRF(word_order=2)
    yield "BLEU", BLEU(tokenize=_UNSPACED.get(language, "13a"), force=True)
    asian = language in _BY_CHARACTER
    yield "TER", TER(normalized=asian, asian_support=asian)


def _counts(metric: Metric, pairs: Sequence[tuple[str, str]]) -> Any:
    """What a metric counts in each pair; the same pair once."""
    import numpy

    distinct = list(dict.fromkeys(pairs))
    rows = metric._extract_corpus_statistics(
        [hypothesis for hypothesis, _ in distinct], [[reference for _, reference in distinct]]
    )
    place = {pair: index for index, pair in enumerate(distinct)}
    return numpy.array(rows, dtype="float64")[[place[pair] for pair in pairs]]


def _resampled(counts: Any, resamples: int) -> Iterator[Any]:
    """Sums over as many draws with replacement, in portions that fit into memory."""
    import numpy

    generator = numpy.random.default_rng(_SEED)
    size = len(counts)
    step = max(1, _DRAWS // size)
    for start in range(0, resamples, step):
        shape = (min(step, resamples - start), size)
        drawn = generator.choice(size, size=shape, replace=True)
        times = numpy.stack([numpy.bincount(row, minlength=size) for row in drawn])
        yield from times.astype("float64") @ counts
