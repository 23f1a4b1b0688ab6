"""Which lines of a page a change touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bilint.engines.likeness import longest_common
from bilint.engines.sequences import Gap, gaps
from bilint.pipeline.workspace import Side

Lines = tuple[tuple[int, int], ...]
"""First and last line of every stretch, both counted from 1."""


def touched_lines(
    home: Mapping[str, Side],
    commits: Mapping[str, str],
    pages: Iterable[tuple[str | None, str]],
    names: Mapping[tuple[str | None, str], str],
) -> dict[tuple[str | None, str], Lines]:
    """The lines of these pages, by locale (None: the source), that differ from the commits'.

    `names` are their paths in the commits; those that it lacks are new.
    """
    found: dict[tuple[str | None, str], Lines] = {}
    for locale, path in sorted(pages, key=lambda page: (page[0] or "", page[1])):
        side, commit = home[locale or ""], commits.get(locale or "")
        now = _now(side, path)
        if now is not None:
            old = names.get((locale, path), path)
            found[locale, path] = changed_lines(_before(side, commit, old), now)
    return found


def _now(side: Side, path: str) -> bytes | None:
    data = next(iter(side.snapshot.read((path,)))).data
    return data if isinstance(data, bytes) else None


def _before(side: Side, commit: str | None, path: str) -> bytes:
    file = side.repository.file(commit, path) if commit is not None else None
    if file is None:
        return b""
    _blob, data = next(iter(side.repository.read((file.blob,))))
    return data if isinstance(data, bytes) else b""


def changed_lines(before: bytes, now: bytes) -> Lines:
    """The lines of `now` that `before` has not got there; for one taken out, the line before."""
    old, new = before.split(b"\n"), now.split(b"\n")
    kept = longest_common(old, new)
    if kept is None:  # too much of both to look closely
        return ((1, len(new)),)
    # What was taken out leaves no line of its own: the line before it stands for it.
    return tuple(
        _merged(
            (max(gap.c + (gap.d > gap.c), 1), max(gap.d, 1))
            for gap in gaps(kept, Gap(0, len(old), 0, len(new)))
        )
    )


def _merged(stretches: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    pending: tuple[int, int] | None = None
    for start, end in stretches:
        if pending is not None and start <= pending[1] + 1:
            pending = pending[0], max(pending[1], end)
        else:
            if pending is not None:
                yield pending
            pending = start, end
    if pending is not None:
        yield pending
