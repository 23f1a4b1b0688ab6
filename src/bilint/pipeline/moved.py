"""Which pages a change moved, and where they stood before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bilint.pipeline.workspace import Side

_ALIKE = 0.5
"""Share of its lines from which a page is one that stood elsewhere before, as git has it."""

_MOST = 100
"""Pages that are gone, up to which their lines are compared."""


def moved_pages(side: Side, commit: str, pages: Iterable[str]) -> dict[str, str]:
    """Where pages that a commit has not yet at their paths stood in it: old path by new path.

    A page moved from where one is gone: the one with the same bytes, else the likest.
    """
    gone = {
        file.path: file.blob
        for file in side.repository.files(commit, side.root)
        if side.is_page(file.path) and not file.is_link and not side.snapshot.exists(file.path)
    }
    found: dict[str, str] = {}
    edited = []
    for page in sorted(pages):
        blob = side.snapshot.blob(page)
        old = next((path for path, was in gone.items() if was == blob), None)
        if old is None:
            edited.append(page)
        else:
            found[page] = old
            del gone[old]
    if not edited or len(gone) > _MOST:
        return found
    before = {
        path: _lines(data)
        for path, (_blob, data) in zip(gone, side.repository.read(gone.values()), strict=True)
    }
    for reading in side.snapshot.read(edited):
        if not before:
            break
        lines = _lines(reading.data)
        old = max(before, key=lambda path: _alike(before[path], lines))
        if _alike(before[old], lines) >= _ALIKE:
            found[reading.path] = old
            del before[old]
    return found


def _lines(data: object) -> Counter[bytes]:
    return Counter(data.split(b"\n")) if isinstance(data, bytes) else Counter()


def _alike(one: Counter[bytes], other: Counter[bytes]) -> float:
    """The share of the bytes that two pages have in lines that are the same."""
    most = max(_bytes(one), _bytes(other))
    return _bytes(one & other) / most if most else 0.0


def _bytes(lines: Counter[bytes]) -> int:
    return sum(len(line) * times for line, times in lines.items())
