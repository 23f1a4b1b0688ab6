"""The report as a page: what is in the file, and what can never be."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from base64 import b64decode, b64encode
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from sample_html import hostile_report, large_report, letters, report_with_texts
from sample_reports import LETTERS, whole_report

from bilint.model.report import Report
from bilint.reporters import html
from bilint.reporters.formats import renderer
from bilint.reporters.html.pool import utf16

HTML = Path(html.__file__).parent
WEB = HTML / "web"


class Reader(HTMLParser):
    """The elements of a page, with the text of each script and style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        self.elements.append((f"/{tag}", {}, ""))

    def handle_data(self, data: str) -> None:
        if self.elements:
            tag, attributes, text = self.elements[-1]
            self.elements[-1] = (tag, attributes, text + data)


def rendered(report: Report) -> str:
    return b"".join(renderer("html")(report)).decode()


def blocks(page: str) -> dict[str, Any]:
    """The data of a page, by the id of its block."""
    return {
        attributes["id"] or "": json.loads(zlib.decompress(b64decode(text)))
        for tag, attributes, text in Reader(page).elements
        if tag == "script" and attributes.get("type") == "application/octet-stream"
    }


def test_the_same_report_gives_the_same_bytes() -> None:
    assert rendered(report_with_texts()) == rendered(report_with_texts())


def test_the_policy_allows_the_program_and_the_styles_and_nothing_else() -> None:
    elements = Reader(rendered(report_with_texts())).elements
    policies = [
        attributes["content"]
        for tag, attributes, _text in elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    programs = [t for tag, attributes, t in elements if tag == "script" and not attributes]
    styles = [t for tag, _attributes, t in elements if tag == "style"]

    def hashed(text: str) -> str:
        return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    assert len(programs) == len(styles) == 1
    assert policies == [
        f"default-src 'none'; script-src {hashed(programs[0])}; style-src {hashed(styles[0])};"
        " base-uri 'none'; form-action 'none'"
    ]


def test_nothing_is_loaded_from_anywhere() -> None:
    for _tag, attributes, _text in Reader(rendered(hostile_report())).elements:
        assert not {"src", "href", "action", "srcset", "data"} & set(attributes)
        assert not any(name.startswith("on") or name == "style" for name in attributes)


def test_what_a_repository_holds_stands_in_packed_data_alone() -> None:
    def without_data(page: str) -> str:
        return re.sub(r'<script type="application/octet-stream".*?</script>\n', "", page)

    harmless = hostile_report()._replace(pages=(), findings=(), queue=(), texts={})
    assert without_data(rendered(hostile_report())) == without_data(
        rendered(harmless._replace(pages=whole_report().pages))
    ).replace("Bilint report: ar-SA, it-IT, ja-JP", "Bilint report: it-IT")
    assert blocks(rendered(hostile_report()))["core"]["pages"]["reason"]


def test_the_core_holds_pages_findings_and_queue() -> None:
    report = report_with_texts()
    core = blocks(rendered(report))["core"]
    strings = core["strings"]
    assert core["locales"] == ["ar-SA", "it-IT", "ja-JP"]
    assert len(core["findings"]["page"]) == len(report.findings or ())
    shown = [
        (core["pages"]["path"][page], core["checks"][check]["id"], strings[message])
        for page, check, message in zip(
            *(core["findings"][key] for key in ("page", "check", "message")), strict=True
        )
    ]
    assert shown == [(one.path, one.check, one.message) for one in report.findings or ()]
    assert [core["pages"]["path"][page] for page in core["queue"]["page"]] == [LETTERS, None]
    assert core["trend"]["changes"] == [["it-IT", 2, 5, 6], ["ja-JP", 0, 1, 3]]
    assert core["places"]["it-IT"]["revision"] == report.revisions["it-IT"]


def test_a_page_has_its_texts_and_findings_in_their_place() -> None:
    data = blocks(rendered(report_with_texts()))
    core = data["core"]
    page = core["pages"]["path"].index(LETTERS)
    part = core["pages"]["part"][page]
    held = data[f"part-{part // 1_000_000}"]
    units, findings = held["pages"][part % 1_000_000]
    strings = held["strings"]
    known = letters().units
    assert [strings[unit[9]] if unit[9] >= 0 else None for unit in units] == [
        None if one.target is None else one.target.text for one in known
    ]
    fixed = next(one for one in findings if one[5] >= 0)
    _fingerprint, unit, start, end, text, fix = fixed[:6]
    assert strings[units[unit][9]][start:end] == strings[text] == "[!DNL Posta]"
    assert strings[fix] == "[!DNL Mail]"


def test_a_report_without_texts_or_trend_is_a_page_too() -> None:
    core = blocks(rendered(whole_report()))["core"]
    assert core["trend"] is None
    empty = whole_report()._replace(pages=None, findings=None, queue=None)
    assert blocks(rendered(empty))["core"]["locales"] == []


def test_a_hundred_thousand_findings_stay_small() -> None:
    page = rendered(large_report(2_000, 100_000))
    assert len(page) < 8_000_000
    assert len(blocks(page)["core"]["findings"]["page"]) == 100_000


@pytest.mark.parametrize(("text", "length"), [("", 0), ("è", 1), ("🔗a", 3), ("\udc80", 1)])
def test_lengths_are_those_of_a_browser(text: str, length: int) -> None:
    assert utf16(text) == length


def test_program_and_styles_are_built_from_these_sources() -> None:
    digest = hashlib.sha256()
    own = ["package.json", "package-lock.json", "tsconfig.json", "build.mjs"]
    sources = own + [
        path.relative_to(WEB).as_posix()
        for path in (WEB / "src").rglob("*")
        if path.suffix in (".ts", ".tsx", ".css", ".json", ".mjs")
    ]
    for name in sorted(sources):
        text = (WEB / name).read_bytes()
        digest.update(f"{name}\0{len(text)}\0".encode() + text)
    stamp = f"/* sources {digest.hexdigest()} */\n"
    old = "the page is old: run `npm ci && npm run build` in src/bilint/reporters/html/web"
    assert (HTML / "report.js").read_text(encoding="utf-8").endswith(stamp), old
    assert (HTML / "report.css").read_text(encoding="utf-8").endswith(stamp), old


def test_the_program_ends_no_element_and_speaks_of_its_libraries() -> None:
    program = (HTML / "report.js").read_text(encoding="utf-8")
    assert not re.search(r"</script|</style|<!--|<script", program, re.IGNORECASE)
    assert "eval(" not in program
    licences = (HTML / "LICENSES.txt").read_text(encoding="utf-8")
    for name in ("@observablehq/plot", "preact", "diff", "d3-scale"):
        assert f"{name} " in licences
