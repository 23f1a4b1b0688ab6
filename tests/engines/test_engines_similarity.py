"""sacrebleu behind its adapter."""

import random

import pytest
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from bilint.engines.similarity import ChrfSimilarity, CorpusScores


def test_equal_texts_score_a_hundred() -> None:
    assert ChrfSimilarity().chrf("Apri la pagina.", "Apri la pagina.") == 100.0


def test_texts_with_nothing_in_common_score_nothing() -> None:
    assert ChrfSimilarity().chrf("abc", "xyz") == 0.0


@pytest.mark.parametrize(("hypothesis", "reference"), [("", "a"), ("a", ""), (" ", "a")])
def test_an_empty_text_scores_nothing(hypothesis: str, reference: str) -> None:
    assert ChrfSimilarity().chrf(hypothesis, reference) == 0.0


def test_two_empty_texts_are_equal() -> None:
    assert ChrfSimilarity().chrf("", "") == 100.0


def test_it_is_the_score_of_sacrebleu() -> None:
    hypothesis, reference = "Apri la pagina del modello.", "Aprire la pagina dei modelli."
    expected = CHRF().sentence_score(hypothesis, [reference]).score
    assert ChrfSimilarity().chrf(hypothesis, reference) == pytest.approx(expected)
    assert 0 < expected < 100


def test_an_early_draft_scores_less_than_a_late_one() -> None:
    final = "Scegli il modello e invia il messaggio."
    late = "Scegli il modello e invia un messaggio."
    early = "Seleziona un template per inviare messaggi."
    judge = ChrfSimilarity()
    assert judge.chrf(late, final) > judge.chrf(early, final)


def test_a_huge_text_is_bounded() -> None:
    same = "a b c d e f g " * 10_000
    assert ChrfSimilarity().chrf(same + "xyz", same + "qrs") == 100.0


WORDS = [
    "apri",
    "la",
    "pagina",
    "del",
    "modello",
    "e",
    "scegli",
    "il",
    "profilo",
    "della",
    "lampada",
    "per",
    "il",
    "salone",
]


def pairs(count: int = 60) -> list[tuple[str, str]]:
    """Sentences, each beside another that has some of its words replaced."""
    draw = random.Random(7)
    found = []
    for _ in range(count):
        before = [draw.choice(WORDS) for _ in range(draw.randint(3, 15))]
        after = [word if draw.random() > 0.3 else draw.choice(WORDS) for word in before]
        found.append((" ".join(before), " ".join(after)))
    return found


@pytest.mark.parametrize(("locale", "tokenizer"), [("it-IT", "13a"), ("ja-JP", "char")])
def test_scores_and_intervals_are_those_of_sacrebleu(locale: str, tokenizer: str) -> None:
    asian = locale == "ja-JP"
    metrics = (
        CHRF(),
        CHRF(word_order=2),
        BLEU(tokenize=tokenizer),
        TER(normalized=asian, asian_support=asian),
    )
    given = pairs()
    scorer = CorpusScores(locale, given, 200)
    for score, metric in zip(scorer.scores(range(len(given))), metrics, strict=True):
        theirs = metric.corpus_score(
            [one for one, _ in given], [[other for _, other in given]], n_bootstrap=200
        )
        assert score.value == theirs.score
        # sacrebleu adds up in single precision.
        assert score.mean == pytest.approx(theirs._mean, rel=1e-4)
        assert score.half == pytest.approx(theirs._ci, rel=1e-3)
        assert scorer.signatures[score.name] == f"{score.name}|{metric.get_signature()}"


def test_a_selection_is_scored_as_if_it_were_all() -> None:
    given = pairs()
    some = [3, 5, 8, 13]
    assert CorpusScores("it-IT", given, 50).scores(some) == CorpusScores(
        "it-IT", [given[index] for index in some], 50
    ).scores(range(4))


def test_without_resampling_there_is_no_interval() -> None:
    scorer = CorpusScores("it-IT", pairs(3), 0)
    assert [(one.mean, one.half) for one in scorer.scores(range(3))] == [(None, None)] * 4
    assert "bs:" not in scorer.signatures["BLEU"]


def test_draws_in_portions_are_the_draws_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = CorpusScores("it-IT", pairs(), 50).scores(range(60))
    monkeypatch.setattr("bilint.engines.similarity._DRAWS", 60 * 7)
    assert CorpusScores("it-IT", pairs(), 50).scores(range(60)) == at_once


def test_edits_are_told_of_every_pair() -> None:
    scorer = CorpusScores("it-IT", [("la lampada è qui", "la luce è qui"), ("a", "a")], 0)
    assert [scorer.edits(0), scorer.reference_words(0), scorer.edits(1)] == [1, 4, 0]
