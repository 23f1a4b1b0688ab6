"""The formats for other programs: well formed, true to the report, safe whatever a page says."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import re
import zlib
from base64 import b64decode
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_reports import finding, page, whole_report

from bilint.model.alignment import PageStatus
from bilint.model.finding import FindingState, Severity, Side, Skipped, SourcePlace, Suggestion
from bilint.model.gate import BudgetResult, Impact, StaleLine
from bilint.model.report import Report, page_key
from bilint.reporters import github, markdown_summary, sarif
from bilint.reporters.formats import FORMATS, renderer
from bilint.reporters.terminal_notes import summary_line
from bilint.reporters.view import View

HOSTILE = st.text() | st.sampled_from(
    (
        "::error::x\n::set-output name=a::b",
        "]]> <script>alert(1)</script> & \x1b[31m \x00 \x0b",
        '=HYPERLINK("x")',
        "| a |\n|---|\n<img src=x onerror=alert(1)> @everyone [x](javascript:alert(1))",
        "\u202egnp.exe %0A::warning::",
        "##[group]",
    )
)


def rendered(name: str, report: Report) -> bytes:
    return b"".join(renderer(name)(report))


def said(name: str, report: Report) -> bytes:
    """What a format says; the data of a page are packed."""
    data = rendered(name, report)
    blocks = re.findall(rb'type="application/octet-stream" id="[^"]+">([^<]*)<', data)
    return data + b"".join(zlib.decompress(b64decode(block)) for block in blocks)


def with_findings(*findings: Any, **more: Any) -> Report:
    return whole_report()._replace(findings=findings, stale_baseline=(), **more)


def results(report: Report) -> list[Any]:
    log = json.loads(rendered("sarif", report))
    return [one for run in log["runs"] for one in run["results"]]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_report_gives_the_same_bytes(name: str) -> None:
    assert rendered(name, whole_report()) == rendered(name, whole_report())
    rendered(name, whole_report()._replace(pages=None, findings=None, queue=None))


@given(HOSTILE, HOSTILE, HOSTILE)
def test_whatever_a_page_says_is_data(path: str, message: str, text: str) -> None:
    source = SourcePlace(path, None, 3, text)
    hostile = finding(
        path=path, message=message, subject=text, text=text, source=source,
        suggestion=Suggestion(text),
    )  # fmt: skip
    report = with_findings(hostile, pages=(page(path=path),))
    for name in ("sarif", "gitlab", "rdjson"):
        json.loads(rendered(name, report))
    ElementTree.fromstring(rendered("junit", report))
    rows = list(csv.reader(io.StringIO(rendered("csv", report).decode("utf-8-sig"), newline="")))
    assert len(rows[0]) == len(rows[1])
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in rows[1])
    for line in rendered("github", report).decode().split("\n"):
        assert line == "" or line.startswith(("::error ", "::notice"))
        assert line.count("::") < 3 or "%3A" in line or "::" in visible_parts(line)
    summary = rendered("markdown", report).decode()
    assert "<script" not in summary
    assert "<img" not in summary
    assert "](javascript" not in summary


def visible_parts(line: str) -> str:
    """What a workflow command says behind its two marks."""
    return line.split("::", 2)[2]


def test_sarif_tells_place_fingerprint_and_source() -> None:
    one = finding(suggestion=Suggestion("[!DNL Mail]", safe=True))
    (result,) = results(with_findings(one))
    assert result["ruleId"] == "dnl-altered"
    assert result["level"] == "error"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "help/a.md"
    assert place["region"]["startLine"] == 12
    assert place["region"]["endColumn"] == 22
    assert result["partialFingerprints"] == {"bilint/v1": one.fingerprint}
    assert result["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 12
    assert result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] == {
        "text": "[!DNL Mail]"
    }
    assert "baselineState" not in result


def test_sarif_has_a_run_a_locale_and_one_for_the_source() -> None:
    report = with_findings(
        finding(side=Side.SOURCE, locale=None), finding(), finding(locale="ar-SA")
    )
    log = json.loads(rendered("sarif", report))
    assert [run["automationDetails"]["id"] for run in log["runs"]] == [
        "bilint/source/", "bilint/ar-SA/", "bilint/it-IT/", "bilint/ja-JP/",
    ]  # fmt: skip
    assert all(run["columnKind"] == "unicodeCodePoints" for run in log["runs"])


def test_sarif_tells_new_from_known_and_what_is_suppressed() -> None:
    report = with_findings(
        finding(), finding(state=FindingState.KNOWN), finding(state=FindingState.SUPPRESSED),
        compared=True,
    )  # fmt: skip
    states = [(one["baselineState"], "suppressions" in one) for one in results(report)]
    assert states == [("new", False), ("unchanged", False), ("new", True)]


def test_sarif_keeps_the_worst_where_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 2)
    minor = finding(severity=Severity.INFO)
    report = with_findings(minor, minor, finding(), pages=(page(),))
    assert [one["level"] for one in results(report)] == ["error", "note"]
    assert b"1 more findings are left out" in rendered("sarif", report)


def test_junit_fails_pages_with_errors_and_tells_the_rest() -> None:
    report = with_findings(
        finding(), finding(path="help/b.md", severity=Severity.WARNING),
        pages=(page(), page(path="help/b.md"), page(path="help/c.md")), incidents=(),
    )  # fmt: skip
    root = ElementTree.fromstring(rendered("junit", report))
    assert root.attrib == {"name": "bilint", "tests": "3", "failures": "1", "errors": "0"}
    failing, warned, sound = root.iter("testcase")
    assert "help/a.md:12:6: error dnl-altered" in (failing.findtext("failure") or "")
    assert "warning" in (warned.findtext("system-out") or "")
    assert list(sound) == []


def test_junit_counts_incidents_as_errors() -> None:
    root = ElementTree.fromstring(rendered("junit", whole_report()))
    assert int(root.attrib["errors"]) == len({one.path for one in whole_report().incidents})


def test_gitlab_has_no_fingerprint_twice() -> None:
    """It drops what it has seen; the same finding stands on copies of a page."""
    report = with_findings(finding(), finding(path="help/b.md"), finding(locale="ar-SA"))
    issues = json.loads(rendered("gitlab", report))
    assert len({one["fingerprint"] for one in issues}) == 3
    assert issues[0]["location"] == {"path": "help/a.md", "lines": {"begin": 12, "end": 12}}


def test_rdjson_counts_columns_in_bytes() -> None:
    (one,) = json.loads(rendered("rdjson", with_findings(finding(byte_columns=(7, 25)))))[
        "diagnostics"
    ]
    assert one["location"]["range"] == {
        "start": {"line": 12, "column": 7},
        "end": {"line": 12, "column": 25},
    }


@pytest.mark.parametrize("name", ["gitlab", "rdjson", "github", "markdown", "junit"])
def test_what_is_settled_is_not_told_again(name: str) -> None:
    report = with_findings(finding(state=FindingState.KNOWN), pages=(page(),), queue=())
    assert b"dnl-altered" not in rendered(name, report)


def test_github_shows_no_more_than_it_would_and_says_how_many_are_left() -> None:
    many = [finding(line=n, group=f"{n}") for n in range(1, 16)]
    many.append(finding(severity=Severity.WARNING))
    lines = rendered("github", with_findings(*many)).decode().splitlines()
    assert sum(line.startswith("::error ") for line in lines) == github.MOST
    assert sum(line.startswith("::warning ") for line in lines) == 1
    assert lines[-1] == "::notice::5 more findings are in the report"


def test_the_summary_stays_below_its_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown_summary, "MOST", 4_000)
    many = [finding(line=n, group=f"{n}", severity=Severity.WARNING) for n in range(1, 500)]
    text = rendered("markdown", with_findings(*many, finding(), queue=(), skipped=()))
    assert len(text) < 4_000
    rows = [line for line in text.decode().splitlines() if "dnl-altered" in line]
    assert "error" in rows[0], "the worst comes first"
    assert f"and {500 - len(rows)} more rows" in text.decode()


def test_what_repeats_itself_on_a_page_is_one_row() -> None:
    four = [finding(line=n) for n in (4, 8, 9, 9)]
    report = with_findings(*four, finding(path="help/b.md", group="b"), queue=())
    rows = [
        line for line in rendered("markdown", report).decode().splitlines() if "dnl-altered" in line
    ]
    assert len(rows) == 2
    assert "and 3 more like this on lines 8, 9" in rows[0]
    first, *_ = rendered("github", report).decode().splitlines()
    assert first.endswith("%0Aand 3 more like this on lines 8, 9")


def test_lines_that_a_change_touched_come_first() -> None:
    touched = {("it-IT", "help/a.md"): ((10, 12),)}
    report = with_findings(
        finding(line=3, end_line=3, group="far"),
        finding(line=11, end_line=11, severity=Severity.WARNING, group="near"),
        touched=touched,
    )
    lines = rendered("github", report).decode().splitlines()
    assert [line.split(",")[1] for line in lines[:2]] == ["line=11", "line=3"]


def test_findings_at_level_info_are_counted() -> None:
    report = with_findings(finding(severity=Severity.INFO), finding())
    assert rendered("github", report).count(b"\n") == 1
    assert b"Not listed: 1 at level info" in rendered("markdown", report)


def test_the_summary_says_what_the_text_says() -> None:
    pages = (
        page(words_to_do=1312),
        page(path="help/b.md", status=PageStatus.UNKNOWN, reason="absent-commit", words_to_do=None),
    )
    one = Skipped("link-broken", None, "it-IT: no catalogue of user-interface labels")
    skipped = (one, one._replace(check="term-banned"))
    report = with_findings(finding(), pages=pages, skipped=skipped)
    line = "".join(piece.text for piece in summary_line(report, View()))
    assert "1,312 words to do; 1 page not counted; 1 skipped" in line
    text = rendered("markdown", report).decode()
    assert f"\n{line[0].upper()}{line[1:]}.\n" in text
    assert "\n| it-IT | 2 | " in text
    assert " | 1,312 | " in text
    assert "absent-commit\\): the pinned commit is not in the source repository\n" in text
    assert "skipped, for 1 reason; the full report tells" in text
    assert f"{line[0].upper()}{line[1:]}." in rendered("comment", report).decode()


def test_pages_that_a_change_of_the_source_reaches_have_no_totals() -> None:
    stale = page(words_to_do=81)
    report = with_findings(pages=(stale,), impact=(MADE_STALE,))
    assert "| words to do |" in rendered("markdown", report).decode()
    reached = report._replace(dependants=frozenset({page_key(stale)}))
    text = rendered("markdown", reached).decode()
    assert "| words to do |" not in text
    assert "This change makes 4 segments, 81 words stale" in text


def test_a_comment_is_short_and_can_be_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [finding(line=n, group=f"{n}", message="a" * 200) for n in range(1, 900)]
    text = rendered("comment", with_findings(*many))
    assert text.startswith(b"<!-- bilint -->\n")
    assert len(text) < 65_536
    assert b"more rows; the full report has all" in text
    assert b"Nothing was found" in rendered("comment", with_findings())


BROKEN = BudgetResult("it-IT", "max_stale_words", 100, 1312)
KEPT = BudgetResult("it-IT", "min_human_share", 20.0, 55.5)


# The page packs its data: its own tests look into it.
@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"html"}))
def test_a_broken_budget_is_told_in_every_format(name: str) -> None:
    report = with_findings(pages=(page(),), budgets=(BROKEN, KEPT))
    told = said(name, report)
    assert b"max_stale_words" in told
    assert b"1312" in told or b"1,312" in told
    healthy = said(name, report._replace(budgets=(KEPT,)))
    assert b"max_stale_words" not in healthy


MADE_STALE = Impact("it-IT", "help/a.md", "help/a.md", 3, 0, 1, 81, 0, 0, None, (), 4, 81)
UNKNOWN = Impact("ja-JP", "help/a.md", "help/a.md", reason="absent-commit", source_segments=4)


@pytest.mark.parametrize("name", ["github", "markdown", "comment"])
def test_what_a_change_makes_stale_is_an_information(name: str) -> None:
    said = rendered(name, with_findings(impact=(MADE_STALE, UNKNOWN))).decode()
    assert "his change makes 4 segments, 81 words stale in 1 locale" in said
    assert "::error" not in said
    untouched = rendered(name, with_findings(impact=(UNKNOWN,))).decode()
    assert "stale in" not in untouched


def test_many_pages_that_a_change_makes_stale_are_counted() -> None:
    many = [MADE_STALE._replace(source_path=f"help/{n}.md") for n in range(15)]
    lines = rendered("github", with_findings(impact=tuple(many))).decode().splitlines()
    assert len(lines) == github.MOST - 1
    assert "6 more pages" in lines[-1] or "7 more pages" in lines[-1]


def test_sarif_tells_what_is_gone_and_github_is_not_told() -> None:
    gone = StaleLine(3, "dnl-altered", "it-IT", "help/a b.md", "Mail", "89abcdef01234567")
    report = with_findings(
        finding(), finding(state=FindingState.EARLIER), finding(state=FindingState.SUPPRESSED),
        finding(severity=Severity.INFO), compared=True,
    )._replace(stale_baseline=(gone,))  # fmt: skip
    states = [one["baselineState"] for one in results(report)]
    assert sorted(states) == ["absent", "new", "new", "new", "unchanged"]
    log = json.loads(rendered("code-scanning", report))
    found = [one for run in log["runs"] for one in run["results"]]
    assert [one["baselineState"] for one in found] == ["new", "unchanged"]


def test_sarif_stays_below_its_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_BYTES", 30_000)
    noise = random.Random(7)
    many = [
        finding(line=n, text="".join(chr(noise.randrange(0x4E00, 0x9FFF)) for _ in range(60)))
        for n in range(1, 700)
    ]
    data = rendered("sarif", with_findings(*many))
    assert len(gzip.compress(data)) < 30_000 * 1.05
    assert len(json.loads(data)["runs"][1]["results"]) > 50
    assert b"more findings are left out" in data


def test_gitlab_tells_equal_findings_of_a_page_apart() -> None:
    issues = json.loads(rendered("gitlab", with_findings(finding(), finding())))
    assert len({one["fingerprint"] for one in issues}) == 2
