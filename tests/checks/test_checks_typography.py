"""The typography family beyond what its pages show: exact places, corrections, odd input."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyromark import Markdown
from two_pages import PROFILE, Observer, paired, read

from bilint.checks.base import Context
from bilint.checks.language import (
    foreign_script,
    length_unlikely,
    machine_talk,
    negation_lost,
    repetition_loop,
    source_fragment,
)
from bilint.checks.typography import (
    compound_open,
    double_space,
    doubled_punctuation,
    east_punctuation,
    emphasis_broken,
    french_spacing,
    invisible_character,
    mark_lost,
    marks_unbalanced,
    quotation_glued,
    quotes_mixed,
    repeated_word,
    space_before_punctuation,
    text_damaged,
)
from bilint.checks.typography.emphasis import strays, underscores
from bilint.checks.typography.sheet import HIDDEN, visible
from bilint.engines.language import SeededJudge
from bilint.engines.similarity import ChrfSimilarity
from bilint.model.evidence import Evidence, Spread
from bilint.model.finding import Observation
from examples import examples
from steps import grows_no_faster

EVIDENCE = Evidence(
    "it-IT",
    lengths={name: Spread(0.7, 1.7, 200) for name in ("line", "sentence", "paragraph", "text")},
    quotes={"“”": 50},
)
CONTEXT = Context(PROFILE, SeededJudge(), ChrfSimilarity(), evidence=EVIDENCE)
CHECKS = (
    compound_open,
    double_space,
    doubled_punctuation,
    east_punctuation,
    emphasis_broken,
    french_spacing,
    invisible_character,
    mark_lost,
    marks_unbalanced,
    quotation_glued,
    quotes_mixed,
    repeated_word,
    space_before_punctuation,
    text_damaged,
    foreign_script,
    length_unlikely,
    machine_talk,
    negation_lost,
    repetition_loop,
    source_fragment,
)


def found(
    check: Observer, source: str | None, target: str | bytes, locale: str = "it-IT"
) -> list[tuple[str, str | None]]:
    """What the check points at, and what the text would be with its correction."""
    pair = paired(source, target, locale)
    data = pair.document.data
    return [
        (data[slice(*one.span)].decode("utf-8", "replace"), mended(data, one))
        for one in check.observe(pair, CONTEXT)
    ]


def mended(data: bytes, one: Observation) -> str | None:
    if one.suggestion is None:
        return None
    start, end = one.span
    changed = data[:start] + one.suggestion.text.encode() + data[end:]
    return changed.decode("utf-8", "replace").strip()


@pytest.mark.parametrize(
    ("check", "source", "target", "place", "result"),
    [
        (double_space, "The rule is on.", "La regola  è attiva.", "  ", "La regola è attiva."),
        (space_before_punctuation, "On, off.", "Sì , no.", " ,", "Sì, no."),
        (space_before_punctuation, "See **A**.", "Vedi **A** .", " .", "Vedi **A**."),
        (doubled_punctuation, "And so on.", "E così via..", "..", "E così via."),
        (doubled_punctuation, "On, off.", "Sì,, no.", ",,", "Sì, no."),
        (repeated_word, "The rule.", "La la regola.", None, None),
        (repeated_word, "Of the rules.", "Di di regole.", None, None),
        (repeated_word, "One of them.", "Uno di di loro.", "di di", "Uno di loro."),
        (text_damaged, "Because.", "PerchÃ©.", "Ã©", "Perché."),
        (invisible_character, "See [a](b.md).", "Vedi [a](b\u200b.md).", None, "Vedi [a](b.md)."),
        (marks_unbalanced, "The rule (new).", "La regola (nuova.", "(", None),
        (emphasis_broken, "The **rule**.", "La ** regola **.", "** regola **", "La **regola**."),
        (emphasis_broken, "The **rule** is.", "La **** è.", "****", None),
        (emphasis_broken, "A **[b](c.md)**.", "A **[b**](c.md).", None, "A **[b](c.md)**."),
        (emphasis_broken, "**[b](c.md)**.", "[**b](c.md)**도", None, "**[b](c.md)**&#x200B;도"),
        (emphasis_broken, "**[b](c.md)**.", "** [b**](c.md).", "** [b**", None),
        (emphasis_broken, "**[!DNL a] b**.", "**b [!DNL a**].", None, "**b [!DNL a]**."),
        (emphasis_broken, "**[a b](c.md)**.", "**[a** b](c.md).", "**[a**", None),
        (emphasis_broken, "A \\*, \\*, *b*.", "A *, *, * b *.", "*, *, * b *", None),
        (emphasis_broken, "3 x 4 x 5.", "3 * 4 * 5.", "*", None),
        (repetition_loop, "The rule.", "La rima rima rima.", "rima rima rima", None),
        (source_fragment, "See `a` and `b` here.", "Qui vedi pure ora `a` and `b`.", "and", None),
        (quotation_glued, 'The "a".', 'La"a" è.', 'La"', 'La "a" è.'),
        (quotation_glued, 'The "a".', 'Il "a"è.', '"è', 'Il "a" è.'),
        (foreign_script, "See the data.", "Vedi i 数据 ora.", "数据", None),
        (machine_talk, "The rule.", "**Traduzione:** Sì.", "**Traduzione:** Sì.", None),
    ],
)  # fmt: skip
def test_a_finding_points_at_the_damage_and_mends_it(
    check: Observer, source: str, target: str, place: str | None, result: str | None
) -> None:
    observed = found(check, source, target)
    if place is None and result is None:
        assert observed in ([], [("La la", "La regola.")], [("Di di", "Di regole.")])
        return
    assert [one[1] for one in observed] == [result]
    if place is not None:
        assert [one[0] for one in observed] == [place]


def test_a_target_alone_is_read_with_less_confidence() -> None:
    for target in ("La regola  è attiva.", "Sì , no.", "Uno di di loro."):
        alone = [one for check in CHECKS for one in check.observe(paired(None, target), CONTEXT)]
        assert [one.confidence.value for one in alone if one.confidence] == ["medium"]


def test_a_page_with_a_byte_order_mark_is_no_finding() -> None:
    assert found(invisible_character, "A `b`.", "\ufeffUn `b`.") == []


def test_characters_that_are_not_utf_8_do_no_harm() -> None:
    target = b"La regola  \xe8 attiva (nuova) e `b`.\n"
    for check in CHECKS:
        list(check.observe(paired("The rule is on (new) and `b`.", target), CONTEXT))


def test_the_plural_of_a_quotation_is_no_word_beside_it() -> None:
    assert found(quotation_glued, "The tokens.", "Los «token»s están.", "es-ES") == []
    assert found(quotation_glued, "The a or b.", "El «a»o «b».", "es-ES") == [
        ("»o", "El «a» o «b».")
    ]


def test_an_opposite_is_looked_for_in_the_words_of_its_sentence() -> None:
    source = "Do not leave it {}blank."
    assert found(negation_lost, source.format(""), "Rellene el campo.", "es-ES") == []
    assert found(negation_lost, source.format("and so on " * 20), "Rellene el campo.", "es-ES")


def test_folded_front_matter_is_left_alone() -> None:
    source = "---\ntitle: A\ndescription: >-\n  One  two\n  three , four.\n---\n\nText.\n"
    assert found(marks_unbalanced, source, source.replace("One", "Un (")) == []


def test_the_visible_text_is_as_long_as_the_segment() -> None:
    page = read("Vedi [è qui](è.md) e `però` <b>così</b> [!UICONTROL Già].")
    [segment] = page.segments
    text = visible(page, segment)
    assert len(text.encode()) == segment.end - segment.start
    assert "è qui" in text
    assert "però" not in text
    assert text.count(HIDDEN) > 20


PIECES = [
    "*", "**", "***", "a", "b ", " ", "(", ")", "。", "텍스트", "은", "`x*`", "[l*k](u)", '"', "é",
    "\\*", "&amp;", "\n",
]  # fmt: skip


@examples(300)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_asterisks_are_shown_where_the_parser_shows_them(pieces: list[str]) -> None:
    text = "w" + "".join(pieces) + "z"
    page = read(text)
    if len(page.segments) != 1 or page.segments[0].kind.value != "paragraph":
        return
    events: list[Any] = list(Markdown().events(text))
    shown = sum(event["Text"].count("*") for event in events if "Text" in event)
    escaped = text.count("\\*")
    assert bool(strays(page, page.segments[0])) == (shown > escaped)


@examples(300)
@given(st.text(alphabet="_ab .가", max_size=24))
def test_underscores_are_shown_where_the_parser_shows_them(middle: str) -> None:
    text = f"x{middle}x"
    page = read(text)
    if len(page.segments) != 1 or page.segments[0].text != text:
        return
    events: list[Any] = list(Markdown().events(text))
    shown = sum(event["Text"].count("_") for event in events if "Text" in event)
    within = sum(len(one[0]) for one in re.finditer(r"(?<=[ab])_+(?=[ab])", f"a{middle}a"))
    assert bool(underscores(page, page.segments[0]).strays) == (shown > within)


@examples(150)
@given(st.text(alphabet=' *_()[]"“”«»「」.,;:!?。、abàя数\n`<>&#;x-1', max_size=80))
def test_any_text_is_read_without_a_crash_and_every_span_is_within(target: str) -> None:
    pair = paired("The rule is on (new).", target)
    for check in CHECKS:
        for one in check.observe(pair, CONTEXT):
            assert 0 <= one.span.start <= one.span.end <= len(pair.document.data)
            pair.document.data[slice(*one.span)].decode()


@pytest.mark.parametrize(
    "unit",
    ["*a ", "** ", "a a ", "(", ")", '" ', " .", "..", "「", "abab ab ", "à", "Ã©", "\u200b"],
)
def test_a_hostile_page_costs_no_more_than_it_is_long(unit: str) -> None:
    source = "The rule is on.\n\nNever (do) that."

    def check_all(size: int) -> None:
        pair = paired(source, unit * 10 * size + "\n\n" + "parola " * size)
        for check in CHECKS:
            for _ in zip(check.observe(pair, CONTEXT), range(1_000), strict=False):
                pass

    assert grows_no_faster(check_all, 300)


@pytest.mark.parametrize("unit", ["_a ", "_a_b ", "**[!DNL a] b ", "[!DNL a] Bcd ", "`a` -bcd "])
def test_many_names_and_underscores_cost_no_more_than_they_are_long(unit: str) -> None:
    source = "The _rule_ of **[!DNL a]** charts, [!DNL a] charts and the `a` charts is on."

    def check_all(size: int) -> None:
        pair = paired(source, unit * 10 * size, locale="de-DE")
        for check in (compound_open, emphasis_broken, mark_lost):
            for _ in zip(check.observe(pair, CONTEXT), range(1_000), strict=False):
                pass

    assert grows_no_faster(check_all, 100)
