"""langdetect behind its adapter: restricted, seeded, late, and never in the way."""

import subprocess
import sys

import pytest

from bilint.engines.language import SeededJudge, detector_code

ENGLISH = "Choose the template before you send the message to the audience."
SAID_IN = {
    "it": "Scegli il modello prima di inviare il messaggio al pubblico.",
    "fr": "Choisissez le modèle avant d’envoyer le message à l’audience.",
    "de": "Wählen Sie die Vorlage aus, bevor Sie die Nachricht senden.",
    "es": "Elija la plantilla antes de enviar el mensaje a la audiencia.",
    "pt-BR": "Escolha o modelo antes de enviar a mensagem ao público.",
    "nl": "Kies de sjabloon voordat u het bericht naar het publiek stuurt.",
    "sv-SE": "Välj mallen innan du skickar meddelandet till målgruppen.",
    "ja": "オーディエンスにメッセージを送信する前にテンプレートを選択します。",
    "ko-KR": "대상자에게 메시지를 보내기 전에 템플릿을 선택하세요.",
    "zh-Hans": "在向受众发送消息之前选择模板。",
    "zh-Hant": "在向對象傳送訊息之前選擇範本。",
}


@pytest.mark.parametrize("tag", SAID_IN)
def test_english_is_told_from_the_target(tag: str) -> None:
    judge = SeededJudge()
    english = judge.judge(ENGLISH, ("en", tag))
    other = judge.judge(SAID_IN[tag], ("en", tag))
    assert english is not None
    assert other is not None
    assert english.language == "en"
    assert other.language == tag
    assert english.probability > 0.9
    assert other.probability > 0.9


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("zh-Hans", "zh-cn"),
        ("zh-Hant", "zh-tw"),
        ("zh-Hant-HK", "zh-tw"),
        ("zh_CN", "zh-cn"),
        ("zh-TW", "zh-tw"),
        ("pt-BR", "pt"),
        ("es-419", "es"),
        ("nb-NO", "no"),
        ("it", "it"),
    ],
)
def test_codes(tag: str, code: str) -> None:
    assert detector_code(tag) == code


def test_simplified_is_told_from_traditional() -> None:
    judged = SeededJudge().judge(SAID_IN["zh-Hant"], ("zh-Hans", "zh-Hant"))
    assert judged is not None
    assert judged.language == "zh-Hant"


@pytest.mark.parametrize("other", ["tlh", "en-GB", "en", "", "../en", "x-y-z"])
def test_what_cannot_be_told_is_none(other: str) -> None:
    assert SeededJudge().judge(ENGLISH, ("en", other)) is None


@pytest.mark.parametrize("text", ["", "   ", "…", "12.5", "\x00", "🙂"])
def test_a_text_without_letters_is_none(text: str) -> None:
    assert SeededJudge().judge(text, ("en", "it")) is None


def test_one_language_is_no_question() -> None:
    assert SeededJudge().judge(ENGLISH, ("en",)) is None


def test_the_order_of_languages_does_not_matter() -> None:
    there = SeededJudge().judge(ENGLISH, ("en", "it"))
    back = SeededJudge().judge(ENGLISH, ("it", "en"))
    assert there == back


_SCRIPT = """
import sys
from bilint.engines.language import SeededJudge
from bilint.engines import similarity, stopwords
assert "langdetect" not in sys.modules and "sacrebleu" not in sys.modules
texts = ["Data al marketing", "Web channel di posta", "Account e media, in e out", "un test al top"]
print([SeededJudge().judge(text, ("en", "it")) for text in texts])
"""


def test_every_process_gets_the_same_answer_and_nothing_is_loaded_before() -> None:
    answers = {
        subprocess.run(
            [sys.executable, "-c", _SCRIPT],
            env={"PYTHONHASHSEED": str(seed), "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(3)
    }
    assert len(answers) == 1
    assert "LanguageJudgement" in answers.pop()
