"""The formats for other programs: well formed, true to the report, safe whatever a page says."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_reports import finding, page, whole_report

from bilint.model.finding import FindingState, Severity, Side, SourcePlace, Suggestion
from bilint.model.report import Report
from bilint.reporters import github, markdown_summary, sarif
from bilint.reporters.formats import FORMATS, renderer

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
        finding(), finding(state=FindingState.KNOWN), finding(state=FindingState.SUPPRESSED)
    )
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
    many = [finding(line=n) for n in range(1, 16)] + [finding(severity=Severity.WARNING)]
    lines = rendered("github", with_findings(*many)).decode().splitlines()
    assert sum(line.startswith("::error ") for line in lines) == github.MOST
    assert sum(line.startswith("::warning ") for line in lines) == 1
    assert lines[-1] == "::notice::5 more findings are in the report"


def test_the_summary_stays_below_its_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown_summary, "MOST", 4_000)
    many = [finding(line=n, severity=Severity.WARNING) for n in range(1, 500)]
    text = rendered("markdown", with_findings(*many, finding(), queue=(), skipped=()))
    assert len(text) < 4_000
    rows = [line for line in text.decode().splitlines() if "dnl-altered" in line]
    assert "error" in rows[0], "the worst comes first"
    assert f"and {500 - len(rows)} more" in text.decode()
