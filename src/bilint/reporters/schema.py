"""The published JSON Schemas of the machine contracts."""

from __future__ import annotations

import json
from pathlib import Path


def report_schema() -> str:
    """The JSON Schema (draft 2020-12) of `bilint/1`, as it is shipped with the package."""
    return _read("bilint-1")


def quality_schema() -> str:
    """The JSON Schema (draft 2020-12) of `bilint-quality/1`."""
    return _read("bilint-quality-1")


def trend_schema() -> str:
    """The JSON Schema of `bilint-trend/1`: that of the trend in a report, by itself."""
    report = json.loads(report_schema())
    trend = report["$defs"]["trend"]
    whole = {
        "$schema": report["$schema"],
        "$id": "urn:bilint:trend:1",
        "title": "Bilint trend, bilint-trend/1",
        "description": "What `bilint trend --format json` prints.",
        **trend,
        "required": ["schema", *trend["required"]],
        "properties": {"schema": {"const": "bilint-trend/1"}, **trend["properties"]},
        "$defs": {
            name: definition
            for name, definition in report["$defs"].items()
            if name.startswith("trend_")
            or name in ("text_or_null", "count", "severity", "family", "status_counts")
        },
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _read(name: str) -> str:
    return (Path(__file__).parent / f"{name}.schema.json").read_text(encoding="utf-8")
