"""Text files of which every line says one thing, and comments begin with `#`."""

from __future__ import annotations

from collections.abc import Iterator


def said_lines(data: bytes, name: str, faults: list[str]) -> Iterator[tuple[int, str]]:
    """The lines that say something, by their numbers.

    What is not UTF-8 is left out and told in `faults`, `name` being that of the file.
    """
    for number, raw in enumerate(data.split(b"\n"), 1):
        try:
            line = raw.rstrip(b"\r").decode("utf-8")
        except UnicodeDecodeError:
            faults.append(f"{name}:{number}: not UTF-8")
            continue
        if line.strip() and not line.startswith("#"):
            yield number, line
