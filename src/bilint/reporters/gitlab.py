"""GitLab's Code Quality report: a JSON list that merge requests show beside the lines."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bilint.model.finding import Finding, Severity
from bilint.model.gate import BudgetResult
from bilint.model.report import Report
from bilint.reporters.order import exceeded, open_findings

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render_gitlab(report: Report) -> Iterator[bytes]:
    """The open findings and the broken budgets.

    GitLab drops equal fingerprints, so locale, page and number are part of them here.
    """
    seen: Counter[str] = Counter()
    issues = [_issue(finding, seen) for finding in open_findings(report.findings)]
    issues += [_budget(one) for one in exceeded(report)]
    yield json.dumps(issues, ensure_ascii=True, indent=1).encode() + b"\n"


def _issue(finding: Finding, seen: Counter[str]) -> dict[str, Any]:
    key = f"{finding.locale}\0{finding.path}\0{finding.fingerprint}"
    seen[key] += 1
    return {
        "description": f"{finding.message} [{finding.check}]",
        "check_name": finding.check,
        "fingerprint": _digest(key if seen[key] == 1 else f"{key}\0{seen[key]}"),
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": finding.path,
            "lines": {"begin": finding.line, "end": finding.end_line},
        },
    }


def _budget(one: BudgetResult) -> dict[str, Any]:
    return {
        "description": str(one),
        "check_name": one.name,
        "fingerprint": _digest(f"{one.locale}\0{one.name}"),
        "severity": "major",
        "location": {"path": one.where, "lines": {"begin": 1}},
    }


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
