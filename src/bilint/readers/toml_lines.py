"""On which line of a TOML file a key stands: parsers of the standard library do not tell."""

from __future__ import annotations

import re
from collections.abc import Mapping

Path = tuple[str, ...]

_PART = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*""")


def key_lines(text: str) -> dict[Path, int]:
    """The line, from 1, of every table and key, as well as can be told without parsing values."""
    lines: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if line.startswith("["):
            table = _parts(line.lstrip("["))
            lines.setdefault(table, number)
        elif "=" in line:
            parts = _parts(line)
            for length in range(1, len(parts) + 1):
                lines.setdefault(table + parts[:length], number)
    return lines


def line_of(lines: Mapping[Path, int], path: Path) -> int | None:
    """The line of a key, or of the nearest table around it; None when there is neither."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


def _parts(text: str) -> Path:
    parts: list[str] = []
    place = 0
    while match := _PART.match(text, place):
        parts.append(next(part for part in match.groups() if part is not None))
        place = match.end()
        if text[place : place + 1] != ".":
            break
        place += 1
    return tuple(parts[:16])
