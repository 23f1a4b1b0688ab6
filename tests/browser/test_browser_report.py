"""The report as people meet it, in Debian's Chromium: opened, read, filtered, walked through by
keyboard. Without a browser, or Playwright to drive it, these tests skip themselves."""

from __future__ import annotations

import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bilint.model.finding import Skipped
from bilint.model.report import Report
from bilint.reporters import html
from bilint.reporters.formats import renderer

sys.path.insert(0, str(Path(__file__).parents[1] / "reporters"))
from sample_html import HOSTILE, hostile_report, large_report, report_with_texts
from sample_reports import LETTERS, whole_report

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = Path(html.__file__).parent / "web" / "node_modules" / "axe-core" / "axe.min.js"
PAGE = f"#/page/it-IT/{LETTERS}"
UNFOLD = "for (const each of document.querySelectorAll('main details')) each.open = true"
VIEWS = (
    "#/",
    "#/queue",
    "#/findings",
    "#/pages",
    "#/notes",
    "#/quality",
    PAGE,
    "#/page/ar-SA/help/stamps.md",
)


class Opened(NamedTuple):
    """A page of a browser, and all that it said or asked for."""

    page: Any
    said: list[str]
    asked: list[str]


Open = Callable[..., Opened]


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens a report in a tab of its own: at an address, in a size and in colours."""
    contexts = []

    def opened(
        report: Report | Path, address: str = "", width: int = 1280, height: int = 900, **more: Any
    ) -> Opened:
        file = report if isinstance(report, Path) else tmp_path / "report.html"
        if isinstance(report, Report):
            file.write_bytes(b"".join(renderer("html")(report)))
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        said: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{file.as_uri()}{address}")
        page.wait_for_selector("header.top")
        return Opened(page, said, asked)

    yield opened
    for context in contexts:
        context.close()


def quiet(opened: Any) -> None:
    """Nothing was logged, and nothing was asked for but the file itself."""
    assert opened.said == []
    assert [one for one in opened.asked if not one.startswith("file:")] == []
    assert len(opened.asked) == 1


def until(page: Any, expression: str) -> None:
    """Wait for something to be true; the driver's own way needs what the policy forbids."""
    deadline = time.monotonic() + 60
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, expression
        page.wait_for_timeout(20)


@pytest.mark.parametrize("address", VIEWS)
def test_every_view_opens_without_a_word_or_a_request(show: Open, address: str) -> None:
    opened = show(report_with_texts(), address)
    opened.page.wait_for_timeout(150)
    assert opened.page.locator("main").inner_text()
    quiet(opened)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("address", VIEWS)
def test_axe_finds_nothing(show: Open, address: str, colours: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: `npm ci` in src/bilint/reporters/html/web")
    opened = show(report_with_texts(), address, color_scheme=colours)
    opened.page.wait_for_timeout(150)
    opened.page.evaluate(UNFOLD)
    opened.page.evaluate(AXE.read_text(encoding="utf-8"))
    result = opened.page.evaluate("axe.run()")
    assert [
        (one["id"], node["html"][:200], node["failureSummary"])
        for one in result["violations"]
        for node in one["nodes"]
    ] == []


def test_a_hostile_page_does_nothing(show: Open) -> None:
    opened = show(hostile_report())
    page = opened.page
    for address in ("#/", "#/queue", "#/findings", "#/pages", "#/notes"):
        page.evaluate("hash => { location.hash = hash }", address)
        page.wait_for_timeout(100)
    page.evaluate("location.hash = '#/pages'")
    page.wait_for_selector("[role=row] a")
    links = [a.get_attribute("href") for a in page.locator("[role=row] a").all()]
    assert len(links) == len(HOSTILE)
    for link in links:
        page.evaluate("hash => { location.hash = hash }", link)
        until(page, "document.querySelector('.card') !== null")
        page.evaluate(UNFOLD)
        hrefs = [a.get_attribute("href") or "" for a in page.locator("main a").all()]
        assert [href for href in hrefs if not href.startswith("#/")] == []
        assert page.locator("main img, main script, main iframe, main svg a").count() == 0
    assert "broken" not in page.title().split(" – ")[-1]
    quiet(opened)


def test_what_hides_is_named(show: Open) -> None:
    opened = show(hostile_report(), "#/findings?each=1")
    shown = opened.page.locator(".grid").inner_text()
    for name in ("␛[31mred", "<U+202E>gnp.exe", "<U+200B>", "<U+2028>", "␀", "<0x80>"):
        assert name in shown
    assert not re.search(r"[\x00-\x08\x1b\u202e\u2028]", shown)


def test_the_first_screen_says_how_it_stands(show: Open) -> None:
    page = show(report_with_texts()).page
    table = page.locator("table.locales")
    row = table.locator("tbody tr", has_text="it-IT")
    assert "Italian (Italy)" in row.inner_text()
    assert "1,952" in row.inner_text()
    assert "2 new, 5 fixed" in row.inner_text()
    assert "1 untranslated" in row.locator("svg.bar").get_attribute("aria-label")
    assert page.locator(".chart svg").count() == 5
    for picture in page.locator("[role=img].picture").all():
        assert len(picture.get_attribute("aria-label")) > 30
    assert page.locator(".chart .legend").count() == 5


def test_sums_count_the_source_pages_as_the_text_does(show: Open) -> None:
    page = show(report_with_texts()).page
    errors = page.locator(".tile", has_text="Errors").inner_text()
    assert re.search(r"\n3\nand 5 warnings, 1 note; 1 of all on source pages", errors)
    tabs = page.locator("nav a").all_inner_texts()
    assert tabs[2:4] == ["Findings9", "Pages8"]
    page.evaluate("location.hash = '#/pages'")
    page.wait_for_selector(".grid")
    assert page.locator("[role=status]").inner_text() == "8 pages and 1 source page"


def test_time_without_words_is_said_to_be_for_findings(show: Open) -> None:
    report = report_with_texts()
    first = show(report).page.locator(".tile", has_text="Words to do").inner_text()
    assert "for words and findings on 2 pages" in first
    queue = tuple(item._replace(words_to_do=0) for item in report.queue or ())
    pages = tuple(page._replace(words_to_do=0) for page in report.pages or ())
    page = show(report._replace(queue=queue, pages=pages)).page
    first = page.locator(".tile", has_text="Words to do").inner_text()
    assert re.search(r"\n0\nabout .* h for findings on 2 pages", first)
    assert "h for findings" in page.locator("table.locales").inner_text()
    page.evaluate("location.hash = '#/queue'")
    page.wait_for_selector(".grid")
    assert page.locator("[role=status]").inner_text().endswith("h for findings")


def test_what_was_skipped_is_grouped_as_in_the_text(show: Open) -> None:
    reason = "the tool's list is not there"
    alike = [
        Skipped(check, None, f"{locale}: {reason}")
        for locale in ("it-IT", "ja-JP", "ar-SA")
        for check in ("numbers", "spelling")
    ]
    large = [Skipped("numbers", f"help/{n}.md", "too large") for n in range(9)]
    report = report_with_texts()._replace(skipped=(*alike, *large))
    page = show(report).page
    assert "2 skipped: what and why." in page.locator("main").inner_text()
    page.evaluate("location.hash = '#/notes'")
    rows = page.get_by_role("region", name="What was skipped").locator("tbody tr")
    assert rows.count() == 2
    assert rows.nth(0).locator("td").all_inner_texts() == [
        "numbers, spelling",
        "–",
        "it-IT, ja-JP, ar-SA",
        reason,
    ]
    assert "and 6 more pages" in rows.nth(1).inner_text()


def test_the_quality_of_machine_translation_is_shown_with_its_trend(show: Open) -> None:
    page = show(report_with_texts(), "#/quality").page
    table = page.get_by_role("region", name="Quality by locale")
    assert "81.3 ±1.5" in table.inner_text() and "50 %" in table.inner_text()
    assert "too few" in page.get_by_role("region", name="it-IT by area").inner_text()
    assert page.locator(".chart svg").count() == 2
    assert page.locator(".edited del").inner_text() == "bollo"
    page = show(whole_report(), "#/quality").page
    assert "bilint report --quality" in page.locator("main").inner_text()
    assert page.locator("nav a").count() == 5


def test_without_a_history_it_says_how_to_get_one(show: Open) -> None:
    page = show(whole_report()).page
    assert "bilint report --history FILE" in page.locator("main").inner_text()


def test_filters_narrow_the_list_and_stand_in_the_address(show: Open) -> None:
    opened = show(report_with_texts(), "#/findings")
    page = opened.page
    status = page.locator(".list-head [role=status]")
    assert status.inner_text().startswith("9 findings on 5 pages")
    page.locator("fieldset", has_text="Severity").get_by_text("warning").click()
    assert status.inner_text().startswith("5 findings")
    assert "severity=warning" in page.url
    page.locator("#filter-text").fill("closed")
    until(page, "document.querySelector('[role=status]').innerText.startsWith('1 finding')")
    assert "q=closed" in page.url
    page.reload()
    page.wait_for_selector(".grid")
    assert status.inner_text().startswith("1 finding")
    assert page.locator("#filter-text").input_value() == "closed"
    page.get_by_role("button", name="Clear all filters").click()
    assert status.inner_text().startswith("9 findings")


def test_settled_findings_are_shown_only_when_asked_for(show: Open) -> None:
    page = show(report_with_texts(), "#/findings?state=known,suppressed").page
    assert page.locator(".list-head [role=status]").inner_text().startswith("2 findings")


def test_a_page_stands_beside_itself(show: Open) -> None:
    page = show(report_with_texts(), PAGE).page
    stale = page.locator(".unit.stale")
    assert stale.locator(".base del").inner_text().strip() == "at noon"
    assert stale.locator(".head ins").inner_text().strip() == "every morning"
    assert stale.locator(".target bdi").get_attribute("lang") == "it-IT"
    assert "taken out" in page.locator(".unit.obsolete .head").inner_text()
    assert "not there" in page.locator(".unit.new .target").inner_text()
    assert page.locator(".unit mark").first.inner_text() == "[!DNL Posta]"
    card = page.locator(".card", has_text="safe fix")
    assert card.locator("del").inner_text() == "Posta"
    assert card.locator("ins").inner_text() == "Mail"
    assert "habit" in card.locator(".evidence").inner_text()
    line = card.get_by_role("link", name="on the forge")
    assert line.get_attribute("href").startswith("https://forge.example/it/blob/")
    assert line.get_attribute("href").endswith(f"/{LETTERS}#L12")
    assert "noopener" in line.get_attribute("rel")
    commands = page.locator(".commands code").all_inner_texts()
    assert f"bilint fix {LETTERS}" in commands


def test_text_from_right_to_left_keeps_to_itself(show: Open) -> None:
    page = show(report_with_texts(), "#/page/ar-SA/help/stamps.md").page
    bdi = page.locator(".target bdi").first
    assert bdi.get_attribute("dir") == "auto"
    assert bdi.get_attribute("lang") == "ar-SA"
    assert bdi.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert (
        page.locator(".source bdi").first.evaluate("element => getComputedStyle(element).direction")
        == "ltr"
    )


def test_all_of_it_by_keyboard(show: Open) -> None:
    page = show(report_with_texts()).page
    page.keyboard.press("3")
    page.wait_for_selector("[aria-label=Findings] .grid, .grid[aria-label=Findings]")
    page.keyboard.press("/")
    page.keyboard.type("letters-that-were")
    until(page, "document.querySelector('[role=status]').innerText.startsWith('5 ')")
    page.keyboard.press("Escape")
    page.locator("[role=row][tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    until(page, "document.activeElement.ariaRowIndex === '3'")
    page.keyboard.press("k")
    until(page, "document.activeElement.ariaRowIndex === '2'")
    page.keyboard.press("Enter")
    page.wait_for_selector(".card.chosen")
    before = page.url
    page.keyboard.press("n")
    until(page, f"location.href !== {before!r}")
    assert page.evaluate("document.activeElement.className").startswith("card")
    page.keyboard.press("Escape")
    page.wait_for_selector(".grid")
    assert "q=letters" in page.url
    page.keyboard.press("?")
    assert page.locator("dialog[open]").inner_text().startswith("Keyboard")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    until(page, "document.documentElement.dataset.theme === 'light'")


@pytest.mark.parametrize("view", ["queue", "findings", "pages"])
def test_keys_work_right_after_a_list_is_opened(show: Open, view: str) -> None:
    page = show(report_with_texts(), f"#/{view}").page
    second = page.locator("[role=row][aria-rowindex='3'] a").get_attribute("href")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    until(page, f"location.hash === {second!r}")
    page.wait_for_selector("main.page")
    page.keyboard.press("Escape")
    page.wait_for_selector(".grid")
    page.keyboard.press("k")
    until(page, "document.activeElement.ariaRowIndex === '3'")


def test_single_keys_can_be_switched_off(show: Open) -> None:
    page = show(report_with_texts()).page
    page.keyboard.press("?")
    page.get_by_label("Single keys do something").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("3")
    page.wait_for_timeout(100)
    assert page.locator(".grid").count() == 0


def test_a_hundred_thousand_rows_are_there_and_few_are_drawn(show: Open) -> None:
    opened = show(large_report(2_000, 100_000), "#/findings?each=1")
    page = opened.page
    assert page.locator("[role=row]").count() < 80
    assert page.locator(".grid").get_attribute("aria-rowcount") == "100001"
    page.locator("[role=row][tabindex='0']").focus()
    page.keyboard.press("End")
    until(page, "document.activeElement.ariaRowIndex === '100001'")
    box = page.locator("[role=row]:focus").bounding_box()
    assert 0 < box["y"] < 900
    quiet(opened)


def test_printing_shows_the_page_and_no_controls(show: Open) -> None:
    page = show(report_with_texts()).page
    page.emulate_media(media="print")
    assert not page.locator(".top nav").is_visible()
    assert page.locator("table.locales").is_visible()
    assert len(page.pdf()) > 10_000


def test_an_address_that_leads_nowhere_says_so(show: Open) -> None:
    opened = show(report_with_texts(), "#/page/it-IT/<script>alert(1)</script>")
    assert "has no page" in opened.page.locator("main").inner_text()
    quiet(opened)


def test_a_file_that_was_cut_says_so(browser: Any, tmp_path: Path) -> None:
    whole = b"".join(renderer("html")(whole_report()))
    cut = tmp_path / "cut.html"
    cut.write_bytes(re.sub(rb'id="core">[^<]{40}', b'id="core">', whole))
    page = browser.new_page()
    page.goto(cut.as_uri())
    until(page, "document.body.innerText.includes('cannot be opened')")
    page.close()
