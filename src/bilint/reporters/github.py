"""Annotations of GitHub Actions: workflow commands that show findings beside the lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bilint.model.finding import Finding, Severity
from bilint.model.gate import Impact
from bilint.model.report import Report
from bilint.reporters.escape import visible
from bilint.reporters.impact_words import effect, felt, in_short
from bilint.reporters.order import and_more, exceeded, rows, shown_findings

MOST = 10
"""Annotations of one level that a step may make; GitHub drops what is beyond."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}
_LOCALES = 12


def render_github(report: Report) -> Iterator[bytes]:
    """What a change makes stale, broken budgets, and of the findings as many as are shown.

    Findings on lines that the change touched come first, then the worst. What is of one kind on
    one page is one annotation. The last notice counts what is left.
    """
    told: list[str] = [
        _command("error", {"title": f"{one.name} ({one.locale})"}, str(one))
        for one in exceeded(report)
    ]
    left = max(0, len(told) - MOST)
    told = told[:MOST]
    room = {Severity.ERROR: MOST - len(told), Severity.WARNING: MOST}
    for row in rows(shown_findings(report.findings), report.touched):
        severity = row[0].severity
        if room[severity] > 0:
            room[severity] -= 1
            told.append(_annotation(row))
        else:
            left += len(row)
    notices = list(_impact(felt(report.impact)))
    told += notices[: MOST - 1]
    if len(notices) > MOST - 1:
        rest = len(notices) - MOST + 1
        left_out = f"{rest} more pages make translations stale; {in_short(report.impact or ())}"
        told[-1] = _command("notice", {"title": "translations"}, left_out)
    if left:
        told.append(_command("notice", {}, f"{left} more findings are in the report"))
    yield from (f"{line}\n".encode() for line in told)


def _impact(impacts: Iterable[Impact]) -> Iterator[str]:
    by_path: dict[str, list[Impact]] = {}
    for one in impacts:
        by_path.setdefault(one.source_path, []).append(one)
    for path, ours in by_path.items():
        said = [f"{one.locale}: {effect(one)}" for one in ours[:_LOCALES]]
        said += [f"and {len(ours) - _LOCALES} more"] if len(ours) > _LOCALES else []
        text = "\n".join((in_short(ours), *said))
        yield _command("notice", {"file": path, "line": "1", "title": "translations"}, text)


def _annotation(row: Sequence[Finding]) -> str:
    finding = row[0]
    properties = {
        "file": finding.path,
        "line": str(finding.line),
        "endLine": str(finding.end_line),
        "title": f"{finding.check} ({finding.locale or 'source'})",
    }
    if finding.line == finding.end_line:
        properties |= {"col": str(finding.column), "endColumn": str(finding.end_column)}
    text = finding.message
    if finding.suggestion is not None:
        text += f"\nInstead: {visible(finding.suggestion.text)}"
    if len(row) > 1:
        text += f"\n{and_more(row)}"
    return _command(_LEVELS[finding.severity], properties, text)


def _command(level: str, properties: dict[str, str], text: str) -> str:
    said = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{level}{' ' if said else ''}{said}::{_data(text)}"


def _data(text: str) -> str:
    shown = "\n".join(map(visible, text.split("\n")))
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
