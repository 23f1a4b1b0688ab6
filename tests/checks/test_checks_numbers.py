"""The numbers family beyond what its pages show: how numbers are read, and any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_pages import CONTEXT, check_spans, observe, paired, places

from bilint.checks.numbers import number_added, number_altered, number_lost, number_torn
from bilint.checks.numbers.values import numbers_of, readings
from bilint.checks.numbers.words import word_values
from bilint.model.finding import Severity
from steps import grows_no_faster

CHECKS = (number_added, number_altered, number_lost, number_torn)


@pytest.mark.parametrize(
    ("figure", "values"),
    [
        ("1,000", {1000.0, 1.0}),
        ("1.000", {1000.0, 1.0}),
        ("1 000", {1000.0}),
        ("1\u202f000", {1000.0}),
        ("1&nbsp;000", {1000.0}),
        ("1’000", {1000.0}),
        ("1,234.5", {1234.5}),
        ("1.234,5", {1234.5}),
        ("12,34,567", {1234567.0}),
        ("2.4.5", {"2.4.5"}),
        ("0,75", {0.75}),
        ("１２", {12.0}),
        ("12345678901234567890", {"12345678901234567890"}),
    ],
)
def test_readings(figure: str, values: set[float | str]) -> None:
    assert readings(figure) == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("50k rows", 50_000),
        ("50K", 50_000),
        ("2.5M", 2_500_000),
        ("2,5 Mio. Zeilen", 2_500_000),
        ("250万件", 2_500_000),
        ("1億", 100_000_000),
        ("5만 개", 50_000),
        ("1천만 개", 10_000_000),
        ("3 mila", 3000),
        ("6.500 miliardi", 6.5e12),
        ("6.5 trillion", 6.5e12),
        ("12 lakh", 1_200_000),
        (".76", 0.76),
        ("10 mil millones", 10_000),
    ],
)
def test_scales(text: str, value: float) -> None:
    (number,) = numbers_of(text)
    assert value in number.values


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("H2 v8 UTF-8 #12 a_3 3D 2ee x.12", ["8"]),
        ("5GB 10x 3rd 3pm 12%", ["5", "10", "3", "3", "12"]),
        ("1,2,3", ["1", "2", "3"]),
        ("7.17,8.17", ["7.17", "8.17"]),
        ("2.5.2024", ["2", "5", "2024"]),
        ("in 2023 500 users", ["2023", "500"]),
        ("2.4.4-p1 24/7", ["2.4.4", "24", "7"]),
        ("-5 (−3) 10–20", ["5", "3", "10", "20"]),
        ("第3章", ["3"]),
    ],
)
def test_what_is_a_number(text: str, figures: list[str]) -> None:
    assert [one.text for one in numbers_of(text)] == figures


VALUES = st.integers(min_value=0, max_value=10**11)


@given(VALUES, st.sampled_from([",", ".", "’", "'", "\u00a0", "\u202f", " "]))
def test_a_grouped_number_reads_as_its_value(value: int, mark: str) -> None:
    assert float(value) in readings(f"{value:,}".replace(",", mark))


@given(VALUES, st.integers(0, 99), st.sampled_from([(",", "."), (".", ","), ("\u202f", ",")]))
def test_a_decimal_number_reads_as_its_value(
    value: int, cents: int, marks: tuple[str, str]
) -> None:
    said = f"{value:,}".replace(",", marks[0]) + f"{marks[1]}{cents:02}"
    assert float(f"{value}.{cents:02}") in readings(said)


@given(VALUES, VALUES)
def test_other_values_do_not_agree(value: int, other: int) -> None:
    if value != other:
        assert readings(f"{value:,}").isdisjoint(readings(str(other))) or value == other * 1000


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("it", "in tre fasi", 3),
        ("de", "zweistufig", 2),
        ("fr", "quatre", 4),
        ("es", "veinte", 20),
        ("pt", "duas", 2),
        ("nl", "derde", 3),
        ("ja", "二十五", 25),
        ("zh", "三个", 3),
        ("ko", "네 번", 4),
        ("sv", "åtta", 8),
        ("fi", "luku IV", 4),
        ("fi", "puolitoista minuuttia", 1.5),
        ("sv", "sexton båtar", 16),
        ("sv", "nittio båtar", 90),
        ("sv", "en fjärdedel", 0.25),
        ("sv", "varannan dag", 2),
        ("da", "halvfjerds", 70),
        ("nb", "åtti", 80),
        ("fr", "quatre-vingt-dix-sept", 97),
        ("fr", "soixante et onze", 71),
        ("fr", "dix-huit", 18),
        ("fr", "le XXIe siècle", 21),
        ("fr", "la IVème partie", 4),
        ("it", "quarantotto", 8),
        ("es", "veinticuatro", 4),
        ("pt", "ao meio-dia", 12),
        ("it", "a mezzanotte", 24),
        ("ja", "正午", 12),
        ("ja", "半年", 6),
        ("zh", "一刻钟", 15),
        ("ko", "자정", 24),
        ("ru", "полтора часа", 1.5),
        ("hu", "délben", 12),
    ],
)
def test_words(language: str, text: str, value: float) -> None:
    assert value in word_values(text, language)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "innerhalb der Datei", 0.5),
        ("pt", "por meio de um arquivo", 12),
        ("nb", "bruke filen", 7),
        ("ru", "часть пользователей", 30),
    ],
)
def test_words_that_have_a_number_within_them_by_chance(
    language: str, text: str, value: float
) -> None:
    assert value not in word_values(text, language)


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("it-IT", "Wait 90 minutes or 1,000 s.", "Attendi 90 minuti o 1000 s."),
        ("it-IT", "Twenty-five of 1.3 trillion", "25 di 1.300 miliardi"),
        ("it-IT", "Half a million rows", "500.000 righe"),
        ("de-DE", "By May 2, 2024 at 9 PM", "Bis 02.05.2024 um 21 Uhr"),
        ("ja-JP", "By January 5, 2024", "2024年1月5日まで"),
        ("fr-FR", "The 1990s and August '25", "Les années 90 et août 2025"),
        ("fi-FI", "There are 3 steps in 4 parts", "Vaiheita on kolme neljässä osassa"),
        ("it-IT", "The value .76 of 2.0", "Il valore 0,76 di 2"),
        ("it-IT", "Version v1.3.1 and pre-2.4.4", "Versione 1.3.1 e prima di 2.4.4"),
        ("it-IT", "Rows 1,2,3 of 40", "Righe 1, 2 e 3 di 40"),
        ("it-IT", "Name is 40 chars", "L&#39;nome ha 40 caratteri"),
        ("it-IT", "The 12 rows", "Le {0 12 righe 4}"),
        ("de-DE", "At 12:00 AM and 3 PM", "Um 0:00 Uhr und 15 Uhr"),
        ("ja-JP", "Up to 350 thousand boats", "最大 35 万隻の船"),
        ("zh-Hant", "It has 20 thousand rows", "它有2萬列"),
        ("it-IT", "Up to 350 thousand boats", "Fino a 350 mila barche"),
        ("de-DE", "The first 1,000,000 rows are free", "Die erste Million Zeilen ist kostenlos"),
        ("pt-BR", "The first 1,000,000 rows are free", "O primeiro milhão de linhas é gratuito"),
        ("ar", "The first 1,000,000 rows are free", "أول مليون صف مجاني"),
        ("de-DE", "Wait 90 minutes", "Warten Sie eineinhalb Stunden"),
        ("fr-FR", "Wait 90 minutes", "Patientez 1 h 30"),
        ("ko-KR", "Wait 90 minutes", "1시간 30분 동안 기다립니다"),
        ("fi-FI", "Wait 90 seconds", "Odota 1 minuutti ja 30 sekuntia"),
        ("de-DE", "Wait 100 days", "Warten Sie 14 Wochen und 2 Tage"),
        ("de-DE", "Wait 1 hour and 30 minutes", "Warten Sie 1,5 Stunden"),
        ("fr-FR", "Wait 60 seconds", "Patientez une minute"),
        ("it-IT", "Wait 5,400 seconds", "Attendi un'ora e mezza"),
        ("zh-CN", "Wait 6 months", "等待半年"),
        ("ja-JP", "Some 75% of the rows", "行の約 4 分の 3"),
        ("ja-JP", "It has 4,500 rows", "4 千 5 百行あります"),
    ],
)
def test_numbers_that_agree(locale: str, source: str, target: str) -> None:
    for check in CHECKS:
        assert observe(check, source, target, locale) == []


@pytest.mark.parametrize(
    ("locale", "source", "target"),
    [
        ("ja-JP", "Wait 90 seconds.", "30 秒待ちます。"),
        ("sv-SE", "Wait 90 seconds.", "Vänta 30 sekunder."),
        ("de-DE", "Wait 90 minutes.", "Warten Sie 1 Stunde 40 Minuten."),
        ("de-DE", "Wait 90 minutes.", "Warten Sie 2 Stunden 30 Minuten."),
        ("it-IT", "It takes 150 minutes.", "Richiede 3 ore e mezza."),
        ("pt-BR", "After 36 hours.", "Após 12 horas."),
        ("de-DE", "Wait 1 hour and 30 minutes.", "Warten Sie 80 Minuten."),
        ("ja-JP", "Up to 10,000 rows.", "最大 1,000 行。"),
        ("ja-JP", "It has 4,500 rows.", "4 千 6 百行あります。"),
    ],
)
def test_spans_and_amounts_that_do_not_agree(locale: str, source: str, target: str) -> None:
    assert observe(number_altered, source, target, locale)


@pytest.mark.parametrize(
    ("locale", "afternoon", "morning"),
    [
        ("sv-SE", "kl. 5.30 em.", "kl. 5.30 fm."),
        ("da-DK", "kl. 5.30 om eftermiddagen", "kl. 5.30 om morgenen"),
        ("nb-NO", "kl. 5.30 på ettermiddagen", "kl. 5.30 om morgenen"),
        ("fi-FI", "klo 5.30 iltapäivällä", "klo 5.30 aamulla"),
        ("pl-PL", "o 5:30 po południu", "o 5:30 rano"),
        ("cs-CZ", "v 5:30 odpoledne", "v 5:30 ráno"),
        ("tr-TR", "öğleden sonra 5:30", "sabah 5:30"),
        ("ru-RU", "в 5:30 вечера", "в 5:30 утра"),
        ("uk-UA", "о 5:30 вечора", "о 5:30 ранку"),
        ("hu-HU", "délután 5:30-kor", "reggel 5:30-kor"),
        ("ro-RO", "la 5:30 după-amiaza", "la 5:30 dimineața"),
        ("el-GR", "στις 5:30 μ.μ.", "στις 5:30 π.μ."),
        ("vi-VN", "lúc 5:30 chiều", "lúc 5:30 sáng"),
        ("id-ID", "pukul 5.30 sore", "pukul 5.30 pagi"),
        ("ar", "الساعة 5:30 مساءً", "الساعة 5:30 صباحًا"),
        ("he-IL", "בשעה 5:30 אחר הצהריים", "בשעה 5:30 בבוקר"),
        ("nl-NL", "om 5.30 uur ’s middags", "om 5.30 uur ’s ochtends"),
        ("de-DE", "um 5:30 Uhr am Nachmittag", "um 5:30 Uhr morgens"),
        ("fr-FR", "à 5 h 30 de l’après-midi", "à 5 h 30 du matin"),
        ("ja-JP", "午後 5 時 30 分", "午前 5 時 30 分"),
        ("de-DE", "um 5:30 Uhr nachm.", "um 5:30 Uhr vorm."),
        ("es-ES", "a las 5:30 p.\u00a0m.", "a las 5:30 a.\u00a0m."),
        ("pt-BR", "às 5h30 p.&nbsp;m.", "às 5h30 a.&nbsp;m."),
        ("sv-SE", "kl.\u00a05.30\u00a0e.\u00a0m.", "kl.\u00a05.30\u00a0f.\u00a0m."),
    ],
)
def test_halves_of_the_day(locale: str, afternoon: str, morning: str) -> None:
    assert observe(number_altered, "It opens at 5:30 PM.", afternoon, locale) == []
    assert observe(number_altered, "It opens at 5:30 PM.", morning, locale)
    assert observe(number_altered, "It opens at 5:30 AM.", morning, locale) == []
    assert observe(number_altered, "It opens at 5:30 AM.", afternoon, locale)


def test_an_hour_in_a_language_nobody_knows_is_left_alone() -> None:
    source = "It opens at 5:30 PM."
    assert observe(number_altered, source, "เปิดเวลา 5:30 ตอนเย็น", "th-TH") == []
    assert observe(number_altered, source, "เปิดเวลา 5:30 AM", "th-TH")


def test_an_evening_far_from_its_hour_is_one() -> None:
    source = "It opens at 5:30 PM."
    assert observe(number_altered, source, "Freitagnachmittag, 5:30 Uhr", "de-DE") == []


def test_an_hour_of_the_morning_that_is_another_one_is_left_alone() -> None:
    source = "The report of 5 PM is for the morning."
    assert observe(number_altered, source, "Rapporten kl. 17 på morgonen", "sv-SE") == []


def test_many_hours_cost_no_more_than_they_are_long() -> None:
    def check_all(size: int) -> None:
        observe(number_altered, "At 5:30 PM. " * size, "Kl. 4.30. " * size, "sv-SE")

    assert grows_no_faster(check_all, 100)


def test_an_altered_number_stands_on_its_digits() -> None:
    source, target = "Keeps 250 rows for è 14 days.", "Conserva è 350 righe per 14 giorni."
    assert places(number_altered, source, target) == [("250", "350")]
    (one,) = observe(number_altered, source, target)
    assert one.suggestion is not None
    assert one.suggestion.text == "250"


def test_another_scale_is_told_with_its_word() -> None:
    (one,) = observe(
        number_altered, "It has 350 thousand rows.", "Es hat 350 Mio. Zeilen.", "de-DE"
    )
    assert one.message == "The source has `350 thousand`; here stands `350 Mio.`"


def test_another_sign_of_scale_is_no_matter_of_digits() -> None:
    (one,) = observe(number_altered, "It has 10000 rows.", "10 万行あります。", "ja-JP")
    assert one.message == "The source has `10000`; here stands `10 万`"
    assert one.suggestion is None


def test_a_small_number_that_is_lost_is_an_info() -> None:
    (one,) = observe(number_lost, "A cache with 3 tiers.", "Una cache a livelli.")
    assert one.severity is Severity.INFO
    assert observe(number_lost, "A cache with 3 tiers.", "Välimuisti", "fi-FI") == []


def test_a_number_torn_by_code_marks() -> None:
    source, target = "Uses 7,065 rows.", "Usa `7`,`065` righe."
    assert places(number_torn, source, target) == [("7,065", "7`,`065")]


PIECES = st.sampled_from(
    [
        *("1", "12", "1,000", "1.000", "2.4.5", "2,4,5", "5k", "5万", " 3 pm", "½", "24/7", "'25"),
        *("{0", "4}", "&#39;", "&nbsp;", " ", "\n\n", "è", "設定", "三", "three ", "IV", "May "),
        *("`", "[", "](a1.md)", "<sup>", "</sup>", "| ", "# ", "---\ntitle: ", "\n---\n", "٣"),
        *("12345678901234567890", ",", ".", " 000", "-", "/", "²"),
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)
LOCALES = st.sampled_from(["it-IT", "fr-FR", "ko-KR", "ja-JP", "de-DE", "fi-FI"])


@given(TEXTS, TEXTS, LOCALES)
def test_any_text_is_answered_with_spans_on_characters(
    source: str, target: str, locale: str
) -> None:
    pair = paired(source, target, locale)
    for check in CHECKS:
        check_spans(list(check.observe(pair, CONTEXT)), pair)


@given(TEXTS, LOCALES)
def test_a_page_against_itself_is_silent(text: str, locale: str) -> None:
    pair = paired(text, text, locale)
    for check in CHECKS:
        assert list(check.observe(pair, CONTEXT)) == []
