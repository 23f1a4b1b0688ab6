"""The texts of pages in a report: all three, segment by segment, whatever became of the page."""

from __future__ import annotations

import pytest

from bilint.model.alignment import SegmentState
from bilint.model.config import Location, Settings
from bilint.model.report import Report
from bilint.model.unit_text import PageTexts, unpack
from bilint.pipeline.request import Request, Wants
from bilint.pipeline.run import run
from lamps import lamps


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("lamps")
    given = lamps(folder)
    return Settings(
        source=Location(str(given.source.path), root="help"),
        targets={
            "it-IT": Location(str(given.italian.path), root="help"),
            "ja-JP": Location(str(folder / "lamps.ja-JP"), root="help"),
        },
        forge={"source": "https://forge.example/{path}"},
    )


def reported(settings: Settings, jobs: int = 1, *, texts: bool = True) -> Report:
    return run(Request(settings, Wants(findings=True, texts=texts), jobs=jobs))


def texts_of(report: Report, locale: str, path: str) -> PageTexts:
    assert report.texts is not None
    return next(
        unpack(data)
        for (of, own, source), data in report.texts.items()
        if of == locale and path in (own, source)
    )


def test_a_stale_page_shows_all_three_texts(settings: Settings) -> None:
    texts = texts_of(reported(settings), "it-IT", "help/lamp.md")
    shown = [
        (
            one.state,
            *(None if piece is None else piece.text for piece in (one.base, one.head, one.target)),
        )
        for one in texts.units
    ]
    assert (
        SegmentState.STALE,
        "The lamp is switched on in the morning.",
        "The lamp is switched on in the evening, when it is dark.",
        "La lampada si accende al mattino.",
    ) in shown
    assert (SegmentState.NEW, None, "Nobody has to look after it.", None) in shown
    stale = next(one for one in texts.units if one.state is SegmentState.STALE)
    assert stale.target is not None and stale.target.line == 8
    assert stale.head is not None and stale.words == 12


def test_every_page_has_its_text(settings: Settings) -> None:
    report = reported(settings)
    assert report.texts is not None
    assert len(report.texts) == len(report.pages or ())
    roof = texts_of(report, "it-IT", "help/roof.md")
    assert all(one.target is None and one.head is not None for one in roof.units)
    assert roof.words == sum(one.words for one in roof.units) > 0


def test_texts_are_there_only_when_wanted(settings: Settings) -> None:
    assert reported(settings, texts=False).texts is None


def test_any_number_of_processes_gives_the_same_texts(settings: Settings) -> None:
    assert reported(settings, 1).texts == reported(settings, 3).texts


def test_places_tell_languages_and_addresses(settings: Settings) -> None:
    places = reported(settings).sides
    assert places[""].language == "en"
    assert places[""].url == "https://forge.example/{path}"
    assert places["it-IT"].language == "it-IT" and places["it-IT"].url is None
