"""SARIF 2.1.0: a run for each locale and one for the source, for code scanning platforms.

Fingerprints hold no line number, so that a platform knows a finding again after a page was
edited. With a baseline every result says whether it is new.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from bilint.checks.pages import page_text
from bilint.checks.registry import BY_ID
from bilint.model.finding import Finding, FindingState, Severity, Side
from bilint.model.report import Report
from bilint.reporters.order import worst_first

MOST = 25_000
"""Results of a run that GitHub takes; beyond them the worst are kept and the rest is counted."""

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SOURCE_ROOT = "SOURCE"


def render_sarif(report: Report) -> Iterator[bytes]:
    """The findings of a report as one SARIF log."""
    findings = report.findings or ()
    locales = sorted({page.locale for page in report.pages or ()})
    locales += sorted({one.locale for one in findings if one.locale} - set(locales))
    runs: list[Mapping[str, Any]] = []
    source = [one for one in findings if one.side is Side.SOURCE]
    if source or not locales:
        runs.append(_run(report, "source", source))
    runs += [
        _run(report, locale, [one for one in findings if one.locale == locale])
        for locale in locales
    ]
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": runs}
    yield json.dumps(log, ensure_ascii=True, indent=1).encode() + b"\n"


def _run(report: Report, name: str, findings: Sequence[Finding]) -> dict[str, Any]:
    chosen = worst_first(findings)[:MOST]
    rules = sorted({one.check for one in chosen})
    notes = [_notification(f"{one.check or 'bilint'}: {one.reason}") for one in report.skipped]
    if len(findings) > len(chosen):
        notes.append(_notification(f"{len(findings) - len(chosen)} more findings are left out"))
    failures = [
        _notification(f"{one.path or one.check or 'bilint'}: {one.error}", "error")
        for one in report.incidents
    ]
    return {
        "tool": {
            "driver": {
                "name": report.tool.name,
                "version": report.tool.version,
                "rules": [_rule(check) for check in rules],
            }
        },
        "automationDetails": {"id": f"bilint/{name}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report.incidents,
                "toolExecutionNotifications": [*failures, *notes],
            }
        ],
        "results": [_result(one, rules, has_baseline=_has_baseline(report)) for one in chosen],
    }


def _has_baseline(report: Report) -> bool:
    known = any(one.state is FindingState.KNOWN for one in report.findings or ())
    return known or bool(report.stale_baseline)


def _notification(text: str, level: str = "note") -> dict[str, Any]:
    return {"level": level, "message": {"text": text}}


def _rule(check: str) -> dict[str, Any]:
    known = BY_ID.get(check)
    if known is None:
        return {"id": check}
    return {
        "id": check,
        "shortDescription": {"text": known.summary},
        "fullDescription": {"text": known.summary},
        "help": {
            "text": f"bilint explain {check}",
            "markdown": page_text(known.family.value, check),
        },
        "defaultConfiguration": {"level": _LEVELS[known.severity]},
        "properties": {"tags": [known.family.value], "precision": _PRECISION[known.confidence]},
    }


_PRECISION = {"high": "very-high", "medium": "high", "low": "medium"}


def _result(finding: Finding, rules: Sequence[str], *, has_baseline: bool) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": rules.index(finding.check),
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": _place(finding)}],
        "partialFingerprints": {"bilint/v1": finding.fingerprint},
        "properties": {"confidence": finding.confidence.value, "family": finding.family.value},
    }
    if finding.evidence:
        result["properties"]["evidence"] = dict(finding.evidence)
    source = finding.source
    if source is not None:
        result["relatedLocations"] = [
            {
                "id": 0,
                "message": {"text": "the source text"},
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(source.path), "uriBaseId": _SOURCE_ROOT},
                    "region": {"startLine": source.line, "snippet": {"text": source.text}},
                },
            }
        ]
    if finding.suggestion is not None:
        result["fixes"] = [_fix(finding, finding.suggestion.text)]
    if has_baseline:
        known = finding.state is FindingState.KNOWN
        result["baselineState"] = "unchanged" if known else "new"
    if finding.state is FindingState.SUPPRESSED:
        result["suppressions"] = [{"kind": "inSource"}]
    elif finding.state is FindingState.ACCEPTED:
        result["suppressions"] = [_accepted(finding)]
    return result


def _accepted(finding: Finding) -> dict[str, Any]:
    made = finding.decision
    said = f"{made.by}: {made.reason}" if made is not None else "accepted"
    return {"kind": "external", "status": "accepted", "justification": said}


def _place(finding: Finding) -> dict[str, Any]:
    region = {**_region(finding)}
    if finding.text:
        region["snippet"] = {"text": finding.text}
    return {"artifactLocation": {"uri": quote(finding.path)}, "region": region}


def _region(finding: Finding) -> dict[str, Any]:
    return {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }


def _fix(finding: Finding, text: str) -> dict[str, Any]:
    return {
        "description": {"text": "the correction"},
        "artifactChanges": [
            {
                "artifactLocation": {"uri": quote(finding.path)},
                "replacements": [
                    {"deletedRegion": _region(finding), "insertedContent": {"text": text}}
                ],
            }
        ],
    }
