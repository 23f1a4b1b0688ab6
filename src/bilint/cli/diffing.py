"""Diffs as people read them: coloured, and without control characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bilint.reporters.colour import Role, Style
from bilint.reporters.escape import visible

_ROLES = {"+": Role.GOOD, "-": Role.ERROR, "@": Role.INFO}
_HEADS = ("diff ", "index ", "--- ", "+++ ", "locale ")


def shown_diff(lines: Iterable[str], style: Style) -> Iterator[str]:
    """The lines of a unified diff for a terminal."""
    for line in lines:
        text = visible(line.rstrip("\n"))
        role = Role.HEADING if text.startswith(_HEADS) else _ROLES.get(text[:1], Role.PLAIN)
        yield style(text, role)
