"""The language family beside its pages: exact places, what it costs, and odd input."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_pages import PROFILE, paired
from two_pages import read as document

from bilint.checks.base import Context
from bilint.checks.language import (
    particle_form,
    sentence_torn,
    source_language_sentence,
    untranslated_segment,
)
from bilint.checks.language.prose import read
from bilint.checks.language.tongues import frequent_words, tongues
from bilint.engines.language import SeededJudge
from bilint.engines.similarity import ChrfSimilarity
from bilint.model.alignment import AlignedPair
from bilint.model.config import Limits
from bilint.model.finding import Confidence, Observation, Severity
from bilint.model.language import LanguageJudgement
from examples import examples
from steps import grows_no_faster

LIMITS = Limits()
CONTEXT = Context(PROFILE, SeededJudge(), ChrfSimilarity())


class Judge:
    """Counts what it is asked, and always answers the same."""

    def __init__(self, answer: LanguageJudgement | None) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def judge(self, text: str, languages: tuple[str, ...]) -> LanguageJudgement | None:
        self.asked.append(text)
        return self.answer


def untranslated(
    source: str, target: str, locale: str = "it-IT", context: Context = CONTEXT
) -> list[tuple[str, Observation]]:
    pair = paired(source, target, locale)
    return list(placed(pair, untranslated_segment.observe(pair, context)))


def sentences(
    source: str | None, target: str, locale: str = "it-IT", context: Context = CONTEXT
) -> list[tuple[str, Observation]]:
    pair = paired(source, target, locale)
    return list(placed(pair, source_language_sentence.observe(pair, context)))


def placed(pair: AlignedPair, found: object) -> Iterator[tuple[str, Observation]]:
    assert hasattr(found, "__iter__")
    for one in found:
        yield pair.document.data[one.span.start : one.span.end].decode(), one


ENGLISH = "The rule is applied to every order that is placed afterwards."


@pytest.mark.parametrize(
    "target",
    [
        f"È già attivo. {ENGLISH} Così è più facile.",
        f"| È | Già |\r\n|---|---|\r\n| Perché no? {ENGLISH} | Sì |",
        f"> Già salvato.\n> {ENGLISH}\n> È tutto.",
        f"- Già salvato: è così.<br>- {ENGLISH}<br>- È tutto.",
        f'<table><tr><td><span style="color: red">Già salvato.</span> <b>{ENGLISH}</b></td></tr>'
        "</table>",
        f"**{ENGLISH}** È tutto già salvato.",
        f"---\ntitle: È già attivo. {ENGLISH}\n---\n\nTesto.",
        f"\ufeffÈ già attivo. {ENGLISH}\n",
    ],
)
def test_a_finding_stands_on_the_sentence_and_nothing_else(target: str) -> None:
    assert [text for text, _one in sentences(None, target)] == [ENGLISH]


def test_a_sentence_over_several_lines_is_one() -> None:
    target = "È già attivo.\nThe rule is applied to every\norder that is placed afterwards. Fine."
    [(text, _one)] = sentences(None, target)
    assert text == ENGLISH.replace("every ", "every\n")


def test_a_quoted_value_of_the_front_matter_is_told_as_a_whole() -> None:
    target = f'---\ntitle: "È \\"attivo\\". {ENGLISH}"\n---\n\nTesto.\n'
    [(text, one)] = sentences(None, target)
    assert text.strip('"') == f'È \\"attivo\\". {ENGLISH}'
    assert one.subject == ENGLISH


def test_a_link_at_the_beginning_belongs_to_the_sentence() -> None:
    whole = "[The rule](rule.md) is applied to every order that is placed afterwards."
    assert [text for text, _one in sentences(None, f"È attivo. {whole}")] == [whole]


def test_what_was_left_is_surer_than_what_is_there() -> None:
    source = f"Save it. {ENGLISH}"
    [(_text, left)] = sentences(source, f"Salva. {ENGLISH}")
    [(_text, other)] = sentences("Save it. Nothing else has to be done.", f"Salva. {ENGLISH}")
    [(_text, alone)] = sentences(None, f"Salva. {ENGLISH}")
    assert left.confidence is Confidence.HIGH
    assert other.confidence is Confidence.MEDIUM
    assert alone.confidence is Confidence.MEDIUM


def test_entities_and_localised_links_do_not_hide_what_was_left() -> None:
    source = "Save it. The user's rule is applied to [the order](order.md) that was placed."
    target = (
        "Salva. The user&#39;s rule is applied to [the order](order.md?lang=it) that was placed."
    )
    [(text, one)] = sentences(source, target)
    assert text.startswith("The user&#39;s rule")
    assert one.confidence is Confidence.HIGH


def test_the_source_place_is_the_segment_in_the_source() -> None:
    source = f"# Title\n\nSave it. {ENGLISH}"
    [(_text, one)] = sentences(source, f"# Titolo\n\nSalva. {ENGLISH}")
    assert one.source_span is not None
    assert source.encode()[one.source_span.start : one.source_span.end].decode() == (
        f"Save it. {ENGLISH}"
    )


def test_a_remark_of_five_words_is_too_short() -> None:
    assert sentences(None, "Salva. This is what you get. Poi esci.") == []
    assert len(sentences(None, "Salva. This is what you get then. Poi esci.")) == 1


def test_a_segment_that_stands_as_in_the_source_is_left_to_the_other_check() -> None:
    assert sentences(ENGLISH, ENGLISH) == []
    assert [text for text, _one in untranslated(ENGLISH, ENGLISH)] == [ENGLISH]


def test_every_kind_of_untranslated_segment_has_its_grade() -> None:
    source = (
        "Plan the campaign together with the people who own the channels.\n\n"
        "## Required steps\n\n"
        "- Define exit criteria before launching campaigns\n"
    )
    grades = [(one.severity, one.confidence) for _text, one in untranslated(source, source)]
    assert grades == [
        (Severity.ERROR, Confidence.HIGH),
        (Severity.WARNING, Confidence.MEDIUM),
        (Severity.ERROR, Confidence.MEDIUM),
    ]


def test_without_prose_near_by_a_short_heading_says_nothing() -> None:
    source = "## Required steps\n\nRequired steps come first, and the others can wait."
    target = "## Required steps\n\nI passaggi necessari vengono prima, gli altri possono aspettare."
    assert untranslated(source, target) == []


def test_company_does_not_reach_far() -> None:
    gap = "".join(f"Il paragrafo numero {n} è tradotto bene.\n\n" for n in range(4))
    was = "".join(f"The paragraph number {n} is translated well.\n\n" for n in range(4))
    source = f"{ENGLISH}\n\n{was}## Required steps\n"
    target = f"{ENGLISH}\n\n{gap}## Required steps\n"
    assert [text for text, _one in untranslated(source, target)] == [ENGLISH]


def test_a_word_or_two_that_differ_do_not_make_a_translation() -> None:
    source = "Select the audience that the seasonal offer is meant for, and save the campaign."
    target = "Select the audience that the stagionale offer is meant for, and save the campaign."
    assert [text for text, _one in untranslated(source, target)] == [target]


def test_the_judge_decides_on_a_phrase_without_function_words() -> None:
    phrase = "Foggy evenings create gaps in nightly lamp readings"
    source = f"# Signals\n\nRead this before.\n\n- {phrase}\n"
    target = f"# Segnali\n\nLeggi questo prima.\n\n- {phrase}\n"
    for probability, expected in ((0.99, 1), (0.9, 0)):
        judge = Judge(LanguageJudgement("en", probability))
        context = Context(PROFILE, judge, ChrfSimilarity())
        assert len(untranslated(source, target, context=context)) == expected
        assert judge.asked == [phrase]


def test_the_judge_is_not_asked_on_translated_pages_nor_on_plain_prose() -> None:
    judge = Judge(None)
    context = Context(PROFILE, judge, ChrfSimilarity())
    source = f"# Send a message\n\n{ENGLISH} Choose the template before you send the message.\n"
    target = "# Inviare un messaggio\n\nLa regola vale per ogni ordine. Scegli prima il modello.\n"
    assert untranslated(source, target, context=context) == []
    assert sentences(source, target, context=context) == []
    assert len(untranslated(source, source, context=context)) == 2
    assert judge.asked == []


def test_questions_to_the_judge_are_few_whatever_the_page() -> None:
    judge = Judge(None)
    context = Context(PROFILE, judge, ChrfSimilarity())
    mixed = "".join(f"- Signal gap {'x' * n} comes with each row of data\n" for n in range(300))
    phrases = "".join(f"- Signal gap {'x' * n} limits data rows\n" for n in range(300))
    assert sentences(None, mixed, context=context) == []
    assert 0 < len(judge.asked) < 100
    judge.asked.clear()
    assert untranslated(phrases, phrases, context=context) == []
    assert 0 < len(judge.asked) < 100


@pytest.mark.parametrize(
    "text",
    [
        "Al team serve un account: crea l'account e imposta il target del test.",
        "Il test è in corso, ma la data di fine del test non è stata ancora definita.",
        "Lo staff del marketing usa i media, il web e i social per il target B2B.",
    ],
)
def test_loan_words_do_not_make_english(text: str) -> None:
    assert sentences(None, text) == []


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("de-DE", "Was in der Liste war, will so mancher also noch am Ende an der Tür sehen."),
        ("nl-NL", "Het is een van de plannen die we over de week in het begin had moeten zien."),
        ("fr-FR", "Or, on a un plan comme tout le monde, car on est plus fort que le vent."),
        ("sv-SE", "Man är inte på väg till staden under dagen, men alla vill vara med om det."),
        ("da-DK", "For at have den i haven skal man have den med, men under taget er der plads."),
        ("es-ES", "No me he ido como tal, sino que he hablado con once personas de la sede."),
        ("pt-BR", "Se for o caso, me avise como e por que no fim as notas do time se perdem."),
        ("pl-PL", "To do tego, by on do nas w tym roku i na to nie liczył, to go nie ma."),
    ],
)
def test_words_written_as_in_english_are_not_english(locale: str, text: str) -> None:
    assert sentences(None, text, locale) == []


def test_a_language_without_function_words_is_left_to_the_judge() -> None:
    estonian = f"See on juba aktiivne. {ENGLISH}"
    assert [text for text, _one in sentences(None, estonian, "et-EE")] == [ENGLISH]
    assert sentences(None, f"X. {ENGLISH}", "tlh") == []


def test_one_language_has_nothing_to_say() -> None:
    assert untranslated(ENGLISH, ENGLISH, "en-GB") == []
    assert sentences(None, f"{ENGLISH} {ENGLISH}", "en-GB") == []


def test_another_source_language_works_as_well() -> None:
    context = Context(PROFILE, SeededJudge(), ChrfSimilarity(), source_language="it")
    source = "La regola viene applicata a ogni ordine che arriva dopo il salvataggio."
    assert [text for text, _one in untranslated(source, source, "en", context)] == [source]
    left = "Save it. " + source
    assert [text for text, _one in sentences("Salva. " + source, left, "en", context)] == [source]


def test_what_is_searched_for_is_english_alone() -> None:
    languages = tongues("en", "nl-NL")
    assert languages is not None
    assert frequent_words(languages).isdisjoint(b"dit is de lijst van over".split())
    assert not frequent_words(languages).isdisjoint(b"see the list".split())


def test_code_in_html_is_verbatim_with_the_tags_within_it() -> None:
    (segment,) = document("Use <code>a <kbd>b</kbd> c</code> now.\n").segments
    assert read(segment).words() == ("Use", "now")
    (segment,) = document("Use <code>a now.\n").segments
    assert read(segment).words() == ("Use", "a", "now")


def test_a_reading_is_as_long_as_its_segment() -> None:
    text = "È `code` &amp; [!DNL Name] **già** <br>qui: [testo è](a.md) `é` x_y \U0001f600 fine"
    [segment] = document(text).segments
    reading = read(segment)
    assert len(reading.text) == len(segment.text)
    assert reading.words() == ("È", "già", "qui", "testo", "è", "fine")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("自10月1日起，第3个iOS应用有100多个用户。打开harbor.com。选择位/值/键。",
         "自 月 日起 第 个 应用有 多个用户 打开 选择位 值 键"),
        ("sort_keyを設定し、https://harbor.example/cに移動。API3個とfile.csvを開く。",
         "を設定し に移動 個と を開く"),
        ("API3.0를 저장합니다.3개를 iOS용으로 보기/편집/삭제 합니다.",
         "를 저장합니다 개를 용으로 보기 편집 삭제 합니다"),
        ("Через 5мин см. a_b, foo.bar и /a/b/ из v2.", "Через мин см и из"),
        ("La 1ª pagina v2, 3x e iOS di foo.bar, /a/b/ e x_y.", "La pagina e di e"),
    ],
)  # fmt: skip
def test_code_ends_where_another_script_begins(text: str, words: str) -> None:
    [segment] = document(text).segments
    assert read(segment).words() == tuple(words.split())


def test_a_sentence_ends_behind_code_as_elsewhere() -> None:
    [segment] = document("打开harbor.com。然后发送到100多个用户！保存。").segments
    assert len([*read(segment).sentences()]) == 3


_PIECES = st.sampled_from(
    [
        ENGLISH,
        "La regola è attiva.",
        "[a the of](x.md)",
        "`the code is`",
        "[!DNL The Name]",
        '"the message is"',
        "<br>",
        "\n",
        "\n\n",
        "\r\n> ",
        "- ",
        "| a | the of is |\n|---|---|\n",
        "é",
        "ルール",
        "\U0001f600",
        "&#39;",
        "*",
        "(",
        ": ",
        " ",
        "\u200b",
        "<span a='",
        "[](",
    ]
)


@examples(150)
@given(st.lists(_PIECES, max_size=12), st.lists(_PIECES, max_size=12))
def test_places_are_in_bounds_and_on_characters(ours: list[str], theirs: list[str]) -> None:
    source, target = "".join(ours), "".join(theirs)
    for locale in ("it-IT", "ja-JP"):
        found = untranslated(source, target, locale) + sentences(source, target, locale)
        for text, one in found:
            assert text.strip() == text
            assert text
            assert one.span.start < one.span.end


_SCRIPT = """
import sys
sys.path[:0] = {path!r}
from test_checks_language import ENGLISH, CONTEXT, sentences, untranslated
source = "# Send\\n\\nChoose the template before you send it. " + ENGLISH
untranslated(source, "# Invia\\n\\nScegli il modello prima di inviarlo.")
sentences(source, "# Invia\\n\\nScegli il modello prima di inviarlo. " + ENGLISH)
print("langdetect" in sys.modules, "sacrebleu" in sys.modules)
"""


def test_neither_engine_is_loaded_for_what_function_words_tell() -> None:
    path = [*__file__.rsplit("/", 1)[:1], *sys.path]
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT.format(path=path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False", "False"]


# sentence-torn and particle-form


def said(check: object, source: str | None, target: str, locale: str) -> list[str]:
    pair = paired(source, target, locale)
    observe = check.observe  # type: ignore[attr-defined]
    return [text for text, _one in placed(pair, observe(pair, CONTEXT))]


@pytest.mark.parametrize(
    ("locale", "source", "target", "found"),
    [
        ("ja-JP", "The pier.", "に割り当てた桟橋です。", ["に"]),
        ("ja-JP", "of the pier", "の桟橋です。", []),
        ("ja-JP", None, "の桟橋です。", []),
        ("ja-JP", "```\nx\n```\n\nRun it.", "```\nx\n```\n\nを実行します。", []),
        ("ja-JP", "A.", "一覧で、を開き、赤、青、の色を選びます。", ["を"]),
        ("ja-JP", "A.", "`船`がを見ます。またはを見ます。わにを見ます。", ["がを", "はを"]),
        ("ja-JP", "A.", "保存しましたボート。保存しました場合、ますます。", ["ました"]),
        ("ja-JP", "A.", "`しました船`を、三ヶ月後、霞ヶ関のト書きで、上ト下を。", ["ト"]),
        ("zh-CN", "The pier.", "を开。", []),
        ("ko-KR", "A.", "목록에서 을 봅니다. 그런 다음 를 봅니다.", ["을", "를"]),
        ("ko-KR", "A.", "지금 봅니다. 을(를) 봅니다. 항구 를 봅니다.", ["을(를)"]),
        ("ko-KR", "A.", "갑에서 을 봅니다. 이 배는 그 은 잔입니다.", []),
    ],
)
def test_what_is_torn(locale: str, source: str | None, target: str, found: list[str]) -> None:
    assert said(sentence_torn, source, target, locale) == found


@pytest.mark.parametrize(
    ("word", "mended"),
    [
        ("배을(를)", "를"),
        ("길을(를)", "을"),
        ("길(으)로", "로"),
        ("집(으)로", "으로"),
        ("배(으)로", "로"),
        ("배와(과)", "와"),
        ("집와(과)", "과"),
        ("집은(는)", "은"),
        ("배이(가)", "가"),
        ("**[집](a.md){target=x}**\u200b이(가)", "이"),
        ("집 을", "을"),
        ("[집](a.md) 를", "을"),
    ],
)
def test_the_end_of_a_word_tells_the_form_of_its_particle(word: str, mended: str) -> None:
    pair = paired("The boat.", f"우리 {word} 봅니다.", "ko-KR")
    (one,) = particle_form.observe(pair, CONTEXT)
    assert one.suggestion is not None
    assert one.suggestion.text == mended


@pytest.mark.parametrize(
    "word", ["`집`을(를)", "Beacon을(를)", "7이(가)", "(집)을(를)", "`집을(를)`"]
)
def test_nobody_can_tell_a_form_behind_another_sign(word: str) -> None:
    assert said(particle_form, "The boat.", f"우리 {word} 봅니다.", "ko-KR") == []


@pytest.mark.parametrize(
    ("check", "locale", "text"),
    [
        (sentence_torn, "ja-JP", "で、を船がを。しました船上ト下"),
        (sentence_torn, "ko-KR", "목록에서 을 봅니다. 을 "),
        (sentence_torn, "ja-JP", "をご覧ください。\n\n"),
        (sentence_torn, "ko-KR", "을 봅니다.\n\n"),
        (particle_form, "ko-KR", "배 를 집을(를) "),
        (particle_form, "ko-KR", "[배](a.md)을(를) "),
    ],
)
def test_torn_sentences_cost_no_more_than_they_are_long(
    check: object, locale: str, text: str
) -> None:
    assert grows_no_faster(lambda size: said(check, "The boat.", text * size, locale), 100)
