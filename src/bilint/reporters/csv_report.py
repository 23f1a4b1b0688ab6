"""Findings as CSV, for spreadsheets: a row each, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from bilint.model.finding import Finding
from bilint.model.report import Report
from bilint.reporters.order import exceeded

COLUMNS = (
    "locale", "path", "line", "column", "severity", "confidence", "family", "check", "message",
    "subject", "source_text", "text", "suggestion", "state", "fingerprint",
)  # fmt: skip
"""The first row."""

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render_csv(report: Report) -> Iterator[bytes]:
    """All findings, with their state, then the broken budgets.

    In UTF-8 with a mark, or spreadsheets guess wrong.
    """
    yield b"\xef\xbb\xbf"
    yield _row(COLUMNS)
    for finding in report.findings or ():
        yield _row(_cells(finding))
    for one in exceeded(report):
        cells = {
            "locale": one.locale,
            "path": one.where,
            "line": "1",
            "column": "1",
            "severity": "error",
            "confidence": "high",
            "check": one.name,
            "message": str(one),
            "state": "open",
        }
        yield _row(tuple(cells.get(column, "") for column in COLUMNS))


def _cells(finding: Finding) -> tuple[str, ...]:
    return (
        finding.locale or "source",
        finding.path,
        str(finding.line),
        str(finding.column),
        finding.severity.value,
        finding.confidence.value,
        finding.family.value,
        finding.check,
        finding.message,
        finding.subject,
        finding.source.text if finding.source else "",
        finding.text,
        finding.suggestion.text if finding.suggestion else "",
        finding.state.value,
        finding.fingerprint,
    )


def _row(cells: tuple[str, ...]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(map(_defused, cells))
    return buffer.getvalue().encode("utf-8", "replace")


def _defused(text: str) -> str:
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text
