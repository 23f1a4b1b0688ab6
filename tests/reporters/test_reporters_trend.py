"""Trends for people and spreadsheets, and badges."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest
from sample_reports import page

from bilint.figures import human_share
from bilint.model.alignment import PageStatus
from bilint.model.finding import Family, Severity
from bilint.model.trend import Change, LocaleFigures, RunFigures, Trend
from bilint.reporters.badge import COLOURS, METRICS, badge, render_endpoint, render_svg
from bilint.reporters.csv_trend import COLUMNS, render_trend_csv
from bilint.reporters.json_trend import render_trend_json
from bilint.reporters.layout import share
from bilint.reporters.terminal_trend import render_trend, sparkline
from bilint.reporters.view import View
from bilint.stores.history.seen import Difference, Seen

FIGURES = LocaleFigures(
    "it-IT",
    {PageStatus.STALE: 1, PageStatus.CURRENT: 3},
    1200,
    71.96,
    {(Family.LINKS, Severity.ERROR): 2, (Family.TERMS, Severity.INFO): 1},
    2,
)


def run(at: str, figures: LocaleFigures = FIGURES, measure: str = "aa") -> RunFigures:
    return RunFigures(at, None, {"it-IT": "5" * 40}, (figures,), {}, True, measure)


TREND = Trend(
    (
        run("2024-05-06T00:00:00Z", FIGURES._replace(words_to_do=400, human_share=None)),
        run("2024-05-13T00:00:00Z"),
        run("2024-05-20T00:00:00Z", measure="bb"),
    ),
    "2024-05-13T00:00:00Z",
    (Change("it-IT", 2, 1, 1),),
    ("bilint: 1, then 2",),
)


def test_blocks_grow_with_values() -> None:
    assert sparkline([0, 50, 100], 9) == "▁▅█"
    assert sparkline([0, 0], 9) == "▁▁"
    assert sparkline([None, 8, None], 9) == " █"
    assert sparkline([], 9) == ""


def test_many_values_are_brought_together() -> None:
    assert sparkline([0] * 100 + [8] * 100, 4) == "▁▁██"
    assert len(sparkline([5] * 277, 60)) == 60


def test_a_share_is_rounded_down() -> None:
    assert (share(99.96), share(None), share(100.0)) == ("99.9%", "-", "100.0%")


def test_a_trend_as_text() -> None:
    new = Seen("1", "link-broken", Severity.ERROR, "help/\x1b[2Jx.md", "y")
    again = new._replace(fingerprint="2")
    fixed = Seen("3", "link-lost", Severity.WARNING, "help/z.md", "lamp")
    differences: dict[str | None, Difference] = {
        "it-IT": Difference("it-IT", (new, again), (fixed,), 1)
    }
    text = "\n".join(render_trend(TREND, differences, View(width=100), shown=2))
    assert "\x1b" not in text
    assert "words to do     1,200  ▃██  400 to 1,200" in text
    assert "human share     71.9%   ██" in text
    assert "2024-05-20      4      1        0        1,200  71.9%       2         0      1" in text
    assert "rebuilt; measured otherwise than the run before" in text
    assert "and 1 earlier run" in text
    assert "2 new, 1 fixed, 1 still open since 2024-05-13" in text
    assert "+ error link-broken (2)  help/" in text
    assert "- warning link-lost  help/z.md  lamp" in text
    assert "bilint: 1, then 2" in text


def test_pages_that_became_unknown_have_a_line_of_their_own() -> None:
    def names(trend: Trend) -> list[str]:
        return [line.split()[0] for line in render_trend(trend, {}, View(80)) if " to " in line]

    assert "unknown" not in names(TREND)
    lost = FIGURES._replace(pages={PageStatus.UNKNOWN: 2, PageStatus.CLASH: 1})
    runs = (*TREND.runs, run("2024-05-27T00:00:00Z", lost))
    (line,) = [
        one
        for one in render_trend(TREND._replace(runs=runs), {}, View(80))
        if one.startswith("unknown")
    ]
    assert line.split()[1] == "3"
    assert line.endswith("0 to 3")


def test_a_trend_without_runs() -> None:
    assert list(render_trend(Trend(()), {}, View())) == ["No run is kept yet."]
    assert json.loads(b"".join(render_trend_json(Trend(()))))["runs"] == []


def test_a_trend_as_csv() -> None:
    data = b"".join(render_trend_csv(TREND)).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data)))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["human_share"] for row in rows] == ["", "71.96", "71.96"]
    assert rows[0]["links_error"] == "2"
    assert rows[0]["pages_unknown"] == "0"


def test_pages_weigh_as_much_as_they_have_words() -> None:
    pages = [
        page(ht_degree=100.0, word_count=300),
        page(ht_degree=0.0, word_count=100),
        page(ht_degree=None, word_count=5000),
    ]
    assert human_share(pages) == 75.0
    # One that does not say its words weighs as the others do on average.
    assert human_share([*pages, page(ht_degree=0.0, word_count=None)]) == 50.0
    assert human_share([page(ht_degree=40.0)]) == 40.0
    assert human_share([page(ht_degree=None)]) is None


@pytest.mark.parametrize(
    ("metric", "message", "colour"),
    [
        ("current", "75% current", "yellowgreen"),
        ("words", "1,200 words to do", "yellow"),
        ("human", "71% human", "yellowgreen"),
        ("findings", "2 errors", "red"),
    ],
)
def test_what_a_badge_says(metric: str, message: str, colour: str) -> None:
    assert badge(FIGURES, metric) == ("it-IT", message, colour)


def test_what_is_unknown_is_neither_done_nor_current() -> None:
    one = FIGURES._replace(pages={PageStatus.UNKNOWN: 1}, words_to_do=0, human_share=None)
    assert badge(one, "words") == ("it-IT", "0 words to do, 1 page unknown", "lightgrey")
    assert badge(one, "current").message == "0% current"
    assert badge(one, "human") == ("it-IT", "human share unknown", "lightgrey")
    assert badge(one._replace(pages={}), "current") == ("it-IT", "no pages", "lightgrey")


def test_a_badge_is_a_picture_with_a_title() -> None:
    for metric in METRICS:
        drawn = badge(FIGURES._replace(locale="x<&>"), metric)
        picture = ET.fromstring(render_svg(drawn))
        title = picture.find("{http://www.w3.org/2000/svg}title")
        assert title is not None
        assert title.text == f"x<&>: {drawn.message}"
        texts = picture.findall(".//{http://www.w3.org/2000/svg}text")
        assert sum(float(text.attrib["textLength"]) for text in texts) < int(
            picture.attrib["width"]
        )
        assert b"http" not in render_svg(drawn).replace(b"http://www.w3.org/2000/svg", b"")
        assert json.loads(render_endpoint(drawn))["color"] in COLOURS


def test_white_can_be_read_on_every_colour() -> None:
    def part(value: str) -> float:
        share = int(value, 16) / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    for colour in (*COLOURS.values(), "#444444"):
        red, green, blue = (part(colour[at : at + 2]) for at in (1, 3, 5))
        light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        assert 1.05 / (light + 0.05) >= 4.5, colour
