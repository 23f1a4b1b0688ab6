"""Reviewdog's diagnostic format, rdjson: comments on pull requests of any forge."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bilint.model.finding import Finding, Severity
from bilint.model.report import Report
from bilint.reporters.order import exceeded, open_findings

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render_rdjson(report: Report) -> Iterator[bytes]:
    """The open findings and the broken budgets. Columns are in bytes, as the format wants it."""
    result = {
        "source": {"name": "bilint"},
        "diagnostics": [
            *(_diagnostic(finding) for finding in open_findings(report.findings)),
            *(
                {
                    "message": str(one),
                    "location": {"path": one.where},
                    "severity": "ERROR",
                    "code": {"value": one.name},
                }
                for one in exceeded(report)
            ),
        ],
    }
    yield json.dumps(result, ensure_ascii=True, indent=1).encode() + b"\n"


def _diagnostic(finding: Finding) -> dict[str, Any]:
    place = _range(finding)
    diagnostic: dict[str, Any] = {
        "message": finding.message,
        "location": {"path": finding.path, "range": place},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.check},
    }
    if finding.suggestion is not None:
        diagnostic["suggestions"] = [{"range": place, "text": finding.suggestion.text}]
    return diagnostic


def _range(finding: Finding) -> dict[str, Any]:
    first, last = finding.byte_columns
    return {
        "start": {"line": finding.line, "column": first},
        "end": {"line": finding.end_line, "column": last},
    }
