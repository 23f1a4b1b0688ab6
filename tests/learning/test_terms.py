"""How terms and repeated segments are learnt from segment pairs."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from bilint.learning.learn import learn
from bilint.learning.repeats import learn_repeats
from bilint.learning.terms import learn_terms
from bilint.model.bitext import Bitext, Row
from bilint.model.document import SegmentKind
from bilint.model.english import lemma, likely_verb, may_be_verb, source_words
from bilint.model.stems import Units, stem_of
from bilint.model.wording import unlike

THINGS = "lamp door boat rope sail anchor flag map chart bell deck mast".split()  # noqa: SIM905
THINGS_IT = (
    "lampada porta barca corda vela ancora bandiera mappa carta campana ponte albero".split()  # noqa: SIM905
)
THINGS_KO = "램프 문 배 밧줄 돛 닻 깃발 지도 해도 종 갑판 돛대".split()  # noqa: SIM905
COLOURS = ("red", "green", "blue", "black", "white", "grey", "brown", "pink")
OTHER = {"it-IT": "{} esiste.", "ko-KR": "{}가 있습니다."}


def bitexts(
    locale: str, say: Callable[[str, int], str], things: list[str], count: int = 12
) -> list[Bitext]:
    """Pages that say of one thing after the other that its segment is there."""
    pages: dict[str, list[Row]] = {}
    for number in range(count):
        source = f"The segment of the {THINGS[number]} is there."
        row = Row(SegmentKind.PARAGRAPH, source, say(things[number], number), number + 1)
        pages.setdefault(f"help/{number % 4}.md", []).append(row)
        pages[f"help/{number % 4}.md"] += [
            Row(
                SegmentKind.PARAGRAPH,
                f"The {THINGS[number]} is there in {colour}.",
                OTHER[locale].format(f"{colour} {things[number]}"),
                90,
            )
            for colour in COLOURS
        ]
    return [Bitext(locale, path, None, tuple(rows)) for path, rows in pages.items()]


def italian(thing: str, number: int) -> str:
    return f"{'La porzione' if number in (3, 8) else 'Il segmento'} {thing} esiste."


def korean(thing: str, number: int) -> str:
    return f"{thing}의 {'구획이' if number in (3, 8) else '세그먼트가'} 있습니다."


@pytest.mark.parametrize(
    ("locale", "say", "things", "habit", "odd"),
    [
        ("it-IT", italian, THINGS_IT, "segmento", "porzione"),
        ("ko-KR", korean, THINGS_KO, "세그먼트", "구획"),
    ],
)
def test_a_term_has_a_habit_and_odd_renderings(
    locale: str, say: Callable[[str, int], str], things: list[str], habit: str, odd: str
) -> None:
    ways = learn_terms(bitexts(locale, say, things))["segment"]
    assert next(iter(ways)) == habit
    assert ways[habit].times == 10
    assert ways[odd].times == 2
    assert ways[odd].places == ("help/0.md:9", "help/3.md:4")


def test_a_loanword_is_its_own_habit_whatever_stands_beside_it() -> None:
    def say(thing: str, number: int) -> str:
        return f"Il segment {('vicino', 'vicini')[number % 2]} {thing} esiste."

    ways = learn_terms(bitexts("it-IT", say, THINGS_IT))["segment"]
    assert next(iter(ways)) == "segment"
    assert set(ways) == {"segment"}


def test_of_few_segments_nothing_is_learnt() -> None:
    assert "segment" not in learn_terms(bitexts("it-IT", italian, THINGS_IT, count=7))
    assert learn("it-IT", (), []).terms is None


def test_what_one_page_alone_says_of_a_term_is_no_habit() -> None:
    learnt = bitexts("it-IT", italian, THINGS_IT)
    assert "segment" in learn_terms(learnt)
    # The same rows, but those with the rendering all on one page.
    rows = [row for one in learnt for row in one.rows]
    told = [row for row in rows if "segment" in row.source.lower()]
    others = [
        Bitext("it-IT", f"help/{n}.md", None, (Row(SegmentKind.PARAGRAPH, *text, n + 1),))
        for n, text in enumerate([(f"A segment {w}.", f"Nulla {w}.") for w in ("ab", "cd")])
    ]
    rest = tuple(row for row in rows if row not in told)
    alone = [Bitext("it-IT", "help/a.md", None, tuple(told)), *others]
    alone.append(Bitext("it-IT", "help/z.md", None, rest))
    assert "segment" not in learn_terms(alone)


def test_the_order_of_bitexts_does_not_matter() -> None:
    pages = bitexts("it-IT", italian, THINGS_IT)
    whole = learn("it-IT", (), pages)
    for seed in range(3):
        Random(seed).shuffle(pages)
        assert learn("it-IT", (), pages) == whole


def test_a_segment_rendered_in_two_ways_is_kept_with_its_places() -> None:
    def page(path: str, kind: SegmentKind, target: str) -> Bitext:
        return Bitext("it-IT", path, None, (Row(kind, "Plan the tour", target, 3),))

    repeats = learn_repeats(
        [
            page("help/a.md", SegmentKind.LIST_ITEM, "Piano del giro"),
            page("help/b.md", SegmentKind.TITLE, "Pianifica la visita"),
            page("help/c.md", SegmentKind.LIST_ITEM, "Pianifica la visita."),
            page("help/d.md", SegmentKind.LIST_ITEM, "Plan the tour"),
        ]
    )
    ways = repeats["Plan the tour"]
    assert [(form, one.times) for form, one in ways.items()] == [
        ("Pianifica la visita", 2),
        ("Piano del giro", 1),
    ]
    assert ways["Pianifica la visita"].places == ("help/b.md:3", "help/c.md:3")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The audiences are here.", ["the", "audience", "are", "here", ""]),
        ("Lantern Audience Manager shows it", ["Lantern", "Audience", "Manager", "show~", "it"]),
        ("Source connectors", ["source", "connector"]),
        ("Source Connectors", ["Source", "Connector"]),
        ("You can segment people", ["you", "can", "segment~", "people"]),
        ("Account for the delay", ["account~", "for", "the", "delay"]),
        ("see data.json, and more", ["see", "", "and", "more"]),
    ],
)
def test_names_and_verbs_are_no_common_nouns(text: str, words: list[str]) -> None:
    assert source_words(text) == words


def test_forms_of_one_word_have_one_stem() -> None:
    assert lemma("policies") == "policy"
    assert stem_of("segmenti", "it") == stem_of("segmento", "it")
    assert stem_of("세그먼트에서는", "ko") == stem_of("세그먼트를", "ko") == "세그먼트"


@pytest.mark.parametrize(
    ("left", "right", "differ"),
    [
        ("Migliora la qualità", "Migliorare qualità.", False),
        ("Visita del porto", "Porto, visita", False),
        ("Pianifica la visita", "Programma la visita", True),
        ("港のツアーを計画する", "湾内見学の予定", True),
        ("港のツアーを計画する", "港のツアーを計画する。", False),
    ],
)
def test_small_differences_are_none(left: str, right: str, differ: bool) -> None:
    assert unlike(left, right) is differ


@pytest.mark.parametrize(
    ("text", "word", "sure"),
    [
        ("Pin the action.", "Pin", True),
        ("It checks out the pages.", "checks", True),
        ("The page names a version.", "names", True),
        ("Open it and check the list.", "check", True),
        ("Run \x01\x01\x01 first.", "Run", True),
        ("It is run by hand.", "run", True),
        ("Pages name versions.", "name", False),
        ("Check results", "Check", False),
    ],
)
def test_verbs_are_told_from_nouns(text: str, word: str, sure: bool) -> None:
    at = text.index(word)
    assert may_be_verb(text, at, at + len(word))
    assert likely_verb(text, at, at + len(word)) is sure


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The check of the page is done.", "check"),
        ("All checks are listed.", "checks"),
        ("The names the pages have", "names"),
        ("Source of the text", "Source"),
        ("Translation memory", "Translation"),
        ("the \x01\x01 segment \x01\x01", "segment"),
        ("a list of names", "names"),
    ],
)
def test_nouns_are_no_verbs(text: str, word: str) -> None:
    at = text.index(word)
    assert not may_be_verb(text, at, at + len(word))


def test_accents_fold_where_words_are_inflected_by_them() -> None:
    assert stem_of("läufe", "de") == stem_of("laufe", "de")
    assert stem_of("expérience", "fr") != stem_of("experience", "fr")
    units = Units("de")
    assert units.has(stem_of("lauf", "de"), "ein lauf")
    assert any(units.speaks(unit, stem_of("token", "de")) for unit in units.placed("Zugriffstoken"))
