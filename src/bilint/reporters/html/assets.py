"""The program and the styles of the page, built from `web/` by `npm run build` and kept built."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent


def program() -> str:
    """The program, with the licences of the libraries in it."""
    return (FOLDER / "report.js").read_text(encoding="utf-8")


def styles() -> str:
    """The styles."""
    return (FOLDER / "report.css").read_text(encoding="utf-8")
