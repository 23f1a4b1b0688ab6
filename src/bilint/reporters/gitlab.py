"""GitLab's Code Quality report: a JSON list that merge requests show beside the lines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from bilint.model.finding import Finding, Severity
from bilint.model.report import Report
from bilint.reporters.order import open_findings

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render_gitlab(report: Report) -> Iterator[bytes]:
    """The open findings. GitLab drops equal fingerprints, so the page is part of them here."""
    issues = [_issue(finding) for finding in open_findings(report.findings)]
    yield json.dumps(issues, ensure_ascii=True, indent=1).encode() + b"\n"


def _issue(finding: Finding) -> dict[str, Any]:
    key = f"{finding.locale}\0{finding.path}\0{finding.fingerprint}"
    return {
        "description": f"{finding.message} [{finding.check}]",
        "check_name": finding.check,
        "fingerprint": hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32],
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": finding.path,
            "lines": {"begin": finding.line, "end": finding.end_line},
        },
    }
