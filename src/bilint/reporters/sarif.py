"""SARIF 2.1.0: a run for each locale and one for the source, for code scanning platforms.

Fingerprints hold no line number, so that a platform knows a finding again after a page was
edited. With a baseline, or where a change is looked at, every result says whether it is new.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from bilint.checks.pages import page_text
from bilint.checks.registry import BY_ID
from bilint.model.finding import Finding, FindingState, Severity
from bilint.model.gate import StaleLine
from bilint.model.report import Report
from bilint.reporters.order import exceeded, worst_first

MOST = 25_000
"""Results of a run that GitHub takes; beyond them the worst are kept and the rest is counted."""

MOST_BYTES = 10_000_000
"""Bytes that GitHub takes of a log, when it is zipped."""

_FEW = 100
_HOME = "https://github.com/bilint/bilint"
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SOURCE_ROOT = "SOURCE"


def render_sarif(report: Report) -> Iterator[bytes]:
    """The findings of a report as one SARIF log, with those that are settled or gone."""
    findings = list(report.findings or ())
    yield _log(report, findings, report.stale_baseline)


def render_code_scanning(report: Report) -> Iterator[bytes]:
    """The same for GitHub, which opens an alert for every result, whatever its state.

    So what is suppressed or gone is left out, and so are findings at level info.
    """
    findings = [
        one
        for one in report.findings or ()
        if one.state is not FindingState.SUPPRESSED and one.severity is not Severity.INFO
    ]
    yield _log(report, findings, ())


def _log(report: Report, findings: Sequence[Finding], gone: Sequence[StaleLine]) -> bytes:
    """The bytes of a log: as many results as a platform takes, and as many bytes."""
    most = MOST
    while True:
        data = json.dumps(_runs(report, findings, gone, most), ensure_ascii=True, indent=1)
        log = data.encode() + b"\n"
        if most < _FEW or len(log) <= MOST_BYTES or _zipped(log) <= MOST_BYTES:
            return log
        most //= 2


def _zipped(data: bytes) -> int:
    return len(zlib.compress(data, 6))


def _runs(
    report: Report, findings: Sequence[Finding], gone: Sequence[StaleLine], most: int
) -> dict[str, Any]:
    by_locale: dict[str | None, tuple[list[Finding], list[StaleLine]]] = {
        page.locale: ([], []) for page in report.pages or ()
    }
    for one in findings:
        by_locale.setdefault(one.locale, ([], []))[0].append(one)
    for line in gone:
        by_locale.setdefault(line.locale, ([], []))[1].append(line)
    if not by_locale:
        by_locale[None] = ([], [])
    ordered = sorted(by_locale, key=lambda locale: (locale is not None, locale))
    runs = [_run(report, locale, *by_locale[locale], most) for locale in ordered]
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": runs}


def _run(
    report: Report,
    locale: str | None,
    findings: Sequence[Finding],
    gone: Sequence[StaleLine],
    most: int,
) -> dict[str, Any]:
    chosen = worst_first(findings)[:most]
    absent = gone[: most - len(chosen)]
    rules = sorted({one.check for one in chosen} | {one.check for one in absent})
    notes = [_notification(f"{one.check or 'bilint'}: {one.reason}") for one in report.skipped]
    left_out = len(findings) + len(gone) - len(chosen) - len(absent)
    if left_out:
        notes.append(_notification(f"{left_out} more findings are left out", "warning"))
    failures = [
        _notification(f"{one.path or one.check or 'bilint'}: {one.error}", "error")
        for one in report.incidents
    ]
    failures += [
        _notification(str(one), "error") for one in exceeded(report) if one.locale == locale
    ]
    return {
        "tool": {
            "driver": {
                "name": report.tool.name,
                "version": report.tool.version,
                "informationUri": _HOME,
                "rules": [_rule(check) for check in rules],
            }
        },
        "automationDetails": {"id": f"bilint/{locale or 'source'}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            _SOURCE_ROOT: {"description": {"text": "the repository of the source pages"}}
        },
        "invocations": [
            {
                "executionSuccessful": not report.incidents,
                "toolExecutionNotifications": [*failures, *notes],
            }
        ],
        "results": [
            *(_result(one, rules, compared=report.compared) for one in chosen),
            *(_absent(one, rules) for one in absent),
        ],
    }


def _absent(line: StaleLine, rules: Sequence[str]) -> dict[str, Any]:
    """What the baseline knows and nothing finds any more."""
    return {
        "ruleId": line.check,
        "ruleIndex": rules.index(line.check),
        "level": "note",
        "message": {"text": f"This is found no more: {line.subject}"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": quote(line.path)}}}],
        "partialFingerprints": {"bilint/v1": line.fingerprint},
        "baselineState": "absent",
    }


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


_UNCHANGED = frozenset((FindingState.KNOWN, FindingState.EARLIER))


def _result(finding: Finding, rules: Sequence[str], *, compared: bool) -> dict[str, Any]:
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
    if compared:
        result["baselineState"] = "unchanged" if finding.state in _UNCHANGED else "new"
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
