"""The published JSON Schemas of the machine contracts."""

from __future__ import annotations

from pathlib import Path


def report_schema() -> str:
    """The JSON Schema (draft 2020-12) of `bilint/1`, as it is shipped with the package."""
    return _read("bilint-1")


def quality_schema() -> str:
    """The JSON Schema (draft 2020-12) of `bilint-quality/1`."""
    return _read("bilint-quality-1")


def _read(name: str) -> str:
    return (Path(__file__).parent / f"{name}.schema.json").read_text(encoding="utf-8")
