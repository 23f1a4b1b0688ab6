"""The desk checks one page again by what a run over all pages learnt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bilint.desk.pages import Desk
from bilint.edits import apply, segment_edit
from bilint.model.alignment import SegmentState
from bilint.model.config import Location, Settings
from bilint.model.finding import FindingState
from bilint.pipeline.request import Request, UsageError, Wants
from lamps import LAMP_IT, Lamps, lamps

PAGE = ("it-IT", "help/lamp.md")


@pytest.fixture
def given(tmp_path: Path) -> Lamps:
    return lamps(tmp_path)


def request(given: Lamps, baseline: str | None = None) -> Request:
    places = {name: Location(str(given.folder / f"lamps.{name}"), None, "help")
              for name in ("en", "it-IT", "ja-JP")}  # fmt: skip
    settings = Settings(source=places.pop("en"), targets=places)
    return Request(settings._replace(baseline=baseline), Wants(findings=True))


@pytest.fixture
def desk(given: Lamps) -> Iterator[Desk]:
    with Desk(request(given)) as desk:
        yield desk


def test_a_page_opens_with_its_three_texts_and_what_the_run_found(desk: Desk) -> None:
    page = desk.open(*PAGE)
    report = [one for one in desk.report.findings or () if one.path == "help/lamp.md"]
    assert list(page.findings) == [one for one in report if one.locale]
    assert [one.check for one in page.findings] == ["dnl-altered"]
    states = {unit.state for unit in page.judgement.units}
    assert states == {SegmentState.CURRENT, SegmentState.STALE, SegmentState.NEW}
    assert page.aligned.source is not None
    assert page.head is not None
    assert b"evening" in page.head.data
    assert b"morning" in page.aligned.source.document.data
    assert desk.is_writable("it-IT")
    assert page.findings_in(page.document.segments[-1]) == page.findings


def test_every_page_of_the_run_opens(desk: Desk) -> None:
    assert desk.pages == (
        ("it-IT", "help/door.md"),
        ("it-IT", "help/lamp.md"),
        ("ja-JP", "help/cellar.md"),
        ("ja-JP", "help/door.md"),
    )
    for locale, path in desk.pages:
        assert desk.open(locale, path).path == path


def test_a_page_is_checked_again_as_it_would_be(desk: Desk, given: Lamps) -> None:
    before = desk.open(*PAGE)
    last = before.document.segments[-1]
    edit = segment_edit(
        PAGE[1], before.document, last, "Apri [!DNL Lantern Store] e scegli una lampada."
    )
    assert edit is not None
    after = desk.recheck(*PAGE, apply(before.data, [edit]).data)
    assert after.findings == ()
    assert (given.italian.path / "help/lamp.md").read_bytes() == before.data
    assert desk.open(*PAGE).data == after.data
    desk.lift(*PAGE)
    assert desk.open(*PAGE).findings == before.findings


def test_what_is_translated_is_answered(desk: Desk) -> None:
    before = desk.open(*PAGE)
    stale = next(u for u in before.judgement.units if u.state is SegmentState.STALE)
    assert stale.target is not None
    assert not stale.answered
    edit = segment_edit(PAGE[1], before.document, stale.target, "La lampada si accende la sera.")
    assert edit is not None
    after = desk.recheck(*PAGE, apply(before.data, [edit]).data)
    assert [u.answered for u in after.judgement.units if u.state is SegmentState.STALE] == [True]


def test_a_page_that_was_written_is_read_again(desk: Desk, given: Lamps) -> None:
    desk.recheck(*PAGE, b"# Other\n")
    fixed = LAMP_IT.format(pin=given.pins[0]).replace("Negozio Lantern", "Lantern Store")
    (given.italian.path / "help/lamp.md").write_text(fixed)
    desk.lift(*PAGE)
    page = desk.open(*PAGE)
    assert page.data == fixed.encode()
    assert page.findings == ()


def test_a_page_that_is_gone_or_unknown_is_told(desk: Desk, given: Lamps) -> None:
    with pytest.raises(UsageError, match="no page of it-IT"):
        desk.open("it-IT", "help/roof.md")
    (given.italian.path / "help/lamp.md").unlink()
    desk.lift(*PAGE)
    assert desk.open(*PAGE).document.problems[0].code == "vanished"


def test_bytes_that_no_page_may_have(desk: Desk) -> None:
    page = desk.recheck(*PAGE, b"# \xff\n")
    assert [one.code for one in page.document.problems] == ["not-utf-8"]
    page = desk.recheck(*PAGE, b"x" * (desk.request.settings.limits.page + 1))
    assert [one.code for one in page.document.problems] == ["too-large"]


def test_what_the_baseline_knows_is_known(given: Lamps) -> None:
    from bilint.stores.baseline import write_baseline

    with Desk(request(given)) as desk:
        write_baseline(given.folder / "known.txt", desk.open(*PAGE).findings)
    with Desk(request(given, baseline=str(given.folder / "known.txt"))) as desk:
        assert [one.state for one in desk.open(*PAGE).findings] == [FindingState.KNOWN]


def test_a_long_day_at_the_desk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bilint.desk.pages._KEPT", 2)
    data = desk.open(*PAGE).data
    for number in range(5):
        page = desk.recheck(*PAGE, data + f"\nRiga {number}.\n".encode())
        assert page.data.endswith(f"Riga {number}.\n".encode())
        desk.open("ja-JP", "help/door.md")
        assert desk.open(*PAGE).data == page.data
