"""What is written for other programs keeps to the schemas of those who defined the formats."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from sample_reports import finding, page, whole_report

from bilint.model.finding import FindingState, Severity, Side, SourcePlace, Suggestion
from bilint.model.gate import BudgetResult, StaleLine
from bilint.model.report import Report
from bilint.reporters.formats import renderer
from examples import examples

SCHEMAS = Path(__file__).parents[1] / "schemas"

BUDGETS = (
    BudgetResult("it-IT", "max_errors", 0, 7),
    BudgetResult("it-IT", "max_stale_words", 9_000, 1_312),
    BudgetResult("ja-JP", "min_human_share", 20.5, None),
)


def everything() -> Report:
    """A report with whatever a format may have to tell."""
    more = (
        finding(state=FindingState.KNOWN),
        finding(state=FindingState.EARLIER, severity=Severity.WARNING),
        finding(state=FindingState.SUPPRESSED, severity=Severity.INFO),
        finding(side=Side.SOURCE, locale=None, source=None),
        finding(path="help/ein ä %.md", suggestion=Suggestion("[!DNL Mail]", safe=True)),
        finding(evidence={"words": 3, "share": 0.5, "what": None, "name": "Mail"}),
    )
    report = whole_report()
    gone = StaleLine(9, "a-check-of-old", "ja-JP", "help/gone.md", "x", "89abcdef01234567")
    return report._replace(
        findings=(*(report.findings or ()), *more),
        stale_baseline=(*report.stale_baseline, gone),
        compared=True,
        budgets=BUDGETS,
    )


EMPTY = whole_report()._replace(pages=None, findings=None, queue=None, incidents=(), skipped=())


def rendered(name: str, report: Report) -> bytes:
    return b"".join(renderer(name)(report))


@cache
def schema(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_bytes())


def closed(part: Any) -> Any:
    """A schema that forbids what it does not name: nothing of ours goes by a wrong name."""
    if isinstance(part, list):
        return [closed(item) for item in part]
    if not isinstance(part, dict):
        return part
    shut = {key: closed(value) for key, value in part.items() if key != "additionalProperties"}
    if isinstance(part.get("properties"), dict):
        shut["additionalProperties"] = False
    return shut


def validate(name: str, data: bytes) -> None:
    """Raises where `data` is not what the schema of a format asks for."""
    if name in ("sarif", "code-scanning"):
        sarif = schema("sarif-2.1.0.json")
        jsonschema.Draft202012Validator(
            sarif, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
        ).validate(json.loads(data))
    elif name == "rdjson":
        rdjson = closed(schema("rdjson-diagnostic-result.json"))
        jsonschema.Draft4Validator(rdjson).validate(json.loads(data))
    elif name == "gitlab":
        issue = schema("gitlab-codeclimate.json")
        jsonschema.Draft7Validator({"type": "array", "items": issue}).validate(json.loads(data))
    else:
        etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd")).assertValid(etree.fromstring(data))


NAMES = ["sarif", "code-scanning", "rdjson", "gitlab", "junit"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("report", [everything(), EMPTY, EMPTY._replace(pages=(page(),))])
def test_it_is_valid(name: str, report: Report) -> None:
    validate(name, rendered(name, report))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("sarif", b'{"version": "2.1.0", "runs": [{"results": []}]}'),
        ("code-scanning", b'{"version": "2.0.0", "runs": []}'),
        ("rdjson", b'{"diagnostics": [{"message": "x", "line": 3}]}'),
        ("gitlab", b'[{"description": "x", "severity": "major", "location": {}}]'),
        ("junit", b'<testsuites><testsuite name="a"/></testsuites>'),
    ],
)
def test_what_is_wrong_is_not_valid(name: str, wrong: bytes) -> None:
    with pytest.raises((jsonschema.ValidationError, etree.DocumentInvalid)):
        validate(name, wrong)


@examples(40)
@given(st.text(min_size=1), st.text(), st.integers(1, 9), st.integers(0, 5))
def test_it_is_valid_whatever_a_page_says(path: str, text: str, line: int, more: int) -> None:
    one = finding(
        path=path,
        message=text or "x",
        text=text,
        subject=text,
        line=line,
        end_line=line + more,
        source=SourcePlace(path, None, line, text),
        suggestion=Suggestion(text),
    )
    report = everything()._replace(findings=(one,), pages=(page(path=path),))
    for name in NAMES:
        validate(name, rendered(name, report))


def test_gitlab_reads_every_severity() -> None:
    """Its parser takes these words only; its schema takes any."""
    issues = json.loads(rendered("gitlab", everything()))
    assert {one["severity"] for one in issues} == {"major", "minor", "info"}
