"""The published JSON Schema of the machine contract."""

from __future__ import annotations

from pathlib import Path


def report_schema() -> str:
    """The JSON Schema (draft 2020-12) of `bilint/1`, as it is shipped with the package."""
    return (Path(__file__).parent / "bilint-1.schema.json").read_text(encoding="utf-8")
