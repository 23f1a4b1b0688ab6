"""sacrebleu's chrF behind its adapter."""

import pytest
from sacrebleu.metrics.chrf import CHRF

from bilint.engines.similarity import ChrfSimilarity


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
