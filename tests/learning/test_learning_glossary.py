"""What of the recurring terms a term base would hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from bilint.learning.glossary import learn_glossary, learn_label_habits
from bilint.learning.learn import learn
from bilint.model.bitext import Bitext, Row
from bilint.model.document import SegmentKind
from bilint.model.evidence import Evidence, Rendering
from bilint.model.habit import Habit

THINGS = "lamp door boat rope sail anchor flag chart bell deck mast crew".split()  # noqa: SIM905
ITALIAN = "lampada porta barca corda vela ancora bandiera carta campana ponte albero ciurma".split()  # noqa: SIM905
GERMAN = "Lampe Tür Barke Leine Segel Anker Flagge Karte Glocke Deck Mast Mannschaft".split()  # noqa: SIM905
KOREAN = "램프 대문 보트 밧줄 돛대 닻줄 깃발 해도 종소리 갑판 마스트 선원".split()  # noqa: SIM905
CHINESE = "灯具 门扇 小船 绳索 风帆 船锚 旗帜 海图 铜钟 甲板 桅杆 船员".split()  # noqa: SIM905


def bitexts(
    locale: str, say: Callable[[str, int], str], things: Sequence[str], human: float | None = None
) -> list[Bitext]:
    pages: dict[str, list[Row]] = {}
    for number, thing in enumerate(THINGS):
        pages.setdefault(f"help/{number % 4}.md", []).append(
            Row(
                SegmentKind.PARAGRAPH,
                f"The signal station of the {thing} is here.",
                say(things[number], number),
                number + 1,
            )
        )
        pages[f"help/{number % 4}.md"].append(
            Row(
                SegmentKind.PARAGRAPH,
                f"The station near the {thing} sleeps.",
                f"{things[number]}.",
                90,
            )
        )
    return [Bitext(locale, path, human, tuple(rows)) for path, rows in pages.items()]


def learnt(pages: list[Bitext]) -> dict[str, Habit]:
    return {one.source: one for one in learn_glossary(pages, learn(pages[0].locale, [], pages))}


@pytest.mark.parametrize(
    ("locale", "form", "things", "rendering"),
    [
        ("it-IT", "La stazione di segnalazione {} è qui.", ITALIAN, "stazione di segnalazione"),
        ("de-DE", "Die Signalstation {} ist hier.", GERMAN, "Signalstation"),
        ("ko-KR", "{}의 신호 기지가 여기에 있습니다.", KOREAN, "신호 기지"),
        ("zh-Hans", "{}的信号站在这里。", CHINESE, "信号站"),
    ],
)
def test_a_compound_and_its_whole_rendering(
    locale: str, form: str, things: Sequence[str], rendering: str
) -> None:
    found = learnt(bitexts(locale, lambda thing, _number: form.format(thing), things))
    assert "signal station" in found
    assert rendering in found["signal station"].rendering
    assert (found["signal station"].times, found["signal station"].places) == (12, 12)
    assert "here" not in found
    assert "near" not in found


def test_what_is_rendered_in_many_ways_is_no_habit() -> None:
    ways = ("La stazione di segnalazione", "Il faro", "Il posto di vedetta")
    pages = bitexts("it-IT", lambda thing, number: f"{ways[number % 3]} {thing} è qui.", ITALIAN)
    assert "signal station" not in learnt(pages)


def test_what_no_person_translated_must_be_surer() -> None:
    def say(thing: str, number: int) -> str:
        first = "Il faro" if number in (3, 8) else "La stazione di segnalazione"
        return f"{first} {thing} è qui."

    assert "signal station" not in learnt(bitexts("it-IT", say, ITALIAN))
    found = learnt(bitexts("it-IT", say, ITALIAN, human=100.0))
    assert (found["signal station"].times, found["signal station"].human) == (10, 12)


def test_neither_the_order_of_pages_nor_repetition_matters() -> None:
    pages = bitexts("it-IT", lambda thing, _: f"La stazione di segnalazione {thing}.", ITALIAN)
    wanted = learnt(pages)
    assert wanted
    assert learnt(pages[::-1]) == wanted
    assert learnt(pages + pages) == wanted


def test_nothing_comes_of_nothing() -> None:
    assert learn_glossary((), Evidence("it-IT")) == ()
    assert learn_label_habits(Evidence("it-IT")) == ()


def test_labels_with_solid_evidence() -> None:
    evidence = Evidence(
        "it-IT",
        labels={
            "Save": {"Salva": Rendering(18), "Conserva": Rendering(1)},
            "Rare": {"Raro": Rendering(4)},
            "Open": {"Apri": Rendering(5), "Aprire": Rendering(5)},
        },
    )
    assert learn_label_habits(evidence) == (
        Habit("Save", "Salva", 18, 19, "places", None, (("Conserva", 1),)),
    )
