"""Figures for people: plain tables and shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Columns under their heads; all but the first stand to the right."""
    cells = [tuple(head), *(tuple("" if one is None else str(one) for one in row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = []
    for number, row in enumerate(cells):
        first = row[0].ljust(widths[0])
        rest = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        lines.append("  ".join((first, *rest)).rstrip())
        if number == 0:
            lines.append("-" * min(len(lines[0]), 120))
    return "\n".join(lines) + "\n"


def share(part: int, whole: int) -> str:
    """A share in percent, one place; a dash of nothing."""
    return f"{100 * part / whole:.1f}" if whole else "-"


def of(part: int, whole: int) -> str:
    """A share in words."""
    return f"{share(part, whole)} % ({part} of {whole})"


def ratio(part: int, whole: int) -> float | None:
    """A share as a number of four places; None of nothing."""
    return round(part / whole, 4) if whole else None


def quoted(text: str, most: int = 90) -> str:
    """A text on one line, cut."""
    text = " ".join(text.split())
    return repr(text if len(text) <= most else text[: most - 1] + "…")
