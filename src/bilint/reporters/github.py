"""Annotations of GitHub Actions: workflow commands that show findings beside the lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bilint.model.finding import Finding, Severity
from bilint.model.report import Report
from bilint.reporters.escape import visible
from bilint.reporters.order import open_findings, worst_first

MOST = 10
"""Annotations of one level that a step may make; GitHub drops what is beyond."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render_github(report: Report) -> Iterator[bytes]:
    """The worst of the open findings, as many as are shown; and how many more there are."""
    findings = open_findings(report.findings)
    told: Counter[Severity] = Counter()
    for finding in worst_first(findings):
        told[finding.severity] += 1
        # One place is kept for what is said of the rest.
        if told[finding.severity] < MOST or (
            told[finding.severity] == MOST and finding.severity is not Severity.INFO
        ):
            yield f"{_annotation(finding)}\n".encode()
    left = sum(max(0, count - MOST) for count in told.values())
    if left:
        yield f"::notice::{_data(f'{left} more findings are in the report')}\n".encode()


def _annotation(finding: Finding) -> str:
    properties = {
        "file": finding.path,
        "line": str(finding.line),
        "endLine": str(finding.end_line),
        "title": f"{finding.check} ({finding.locale or 'source'})",
    }
    if finding.line == finding.end_line:
        properties |= {"col": str(finding.column), "endColumn": str(finding.end_column)}
    said = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    text = finding.message
    if finding.suggestion is not None:
        text += f"\nInstead: {visible(finding.suggestion.text)}"
    return f"::{_LEVELS[finding.severity]} {said}::{_data(text)}"


def _data(text: str) -> str:
    shown = "\n".join(map(visible, text.split("\n")))
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
