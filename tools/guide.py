"""Writes the guide's list of checks out of the checks' own pages; `--check` says if it is old."""

from __future__ import annotations

import sys
from pathlib import Path

from bilint.checks.pages import page_text
from bilint.checks.registry import BY_ID
from bilint.model.finding import Family

GUIDE = Path(__file__).parents[1] / "source_docs" / "checks.md"

HEAD = """\
---
title: The checks
description: Every check of Bilint, what it finds, and how sure it is.
exl-id: 6f0a3c52-51a5-4c4f-8f0e-2a0d6f4b1c07
---
# The checks

`bilint explain CHECK` prints the page of a check, examples included. This list is made from these
pages by `python -m tools.guide`.
"""


def guide() -> str:
    """The page of the guide that lists the checks, family by family."""
    parts = [HEAD]
    for family in Family:
        checks = sorted(name for name, check in BY_ID.items() if check.family is family)
        if not checks:
            continue
        parts.append(f"\n## {family.value.replace('_', ' ').capitalize()}\n")
        for name in checks:
            check = BY_ID[name]
            parts.append(
                f"\n### `{name}`\n\n{check.summary}. Severity: {check.severity.value}."
                f" Confidence: {check.confidence.value}.\n\n{_what(name)}\n"
            )
    return "".join(parts)


def _what(name: str) -> str:
    """The section of the check's page that says what it finds."""
    text = page_text(BY_ID[name].family.value, name).partition("## What it finds")[2]
    return text.partition("\n## ")[0].strip()


def main() -> int:
    """Write the page, or with `--check` compare it."""
    text = guide()
    if "--check" not in sys.argv[1:]:
        GUIDE.write_text(text, encoding="utf-8")
        return 0
    if GUIDE.is_file() and GUIDE.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write(f"{GUIDE.name} is old: run `python -m tools.guide`\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
