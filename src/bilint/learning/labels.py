"""How the labels of the user interface are rendered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import unescape

from bilint.model.bitext import Bitext, Row
from bilint.model.evidence import Rendering, Renderings

LEAST = 3
"""Places where a label must have been seen for anything to be learnt of it."""

_MOST_LABELS = 5_000
_PLACES = 3

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))

_Counts = dict[str, dict[str, list[str]]]
"""The places of each rendering of each label."""


def learn_labels(bitexts: Sequence[Bitext]) -> Mapping[str, Renderings] | None:
    """The renderings of each label; None where none was seen often enough.

    What stands in several places in the same words is counted once, as it was translated once.
    """
    seen: set[tuple[str, str]] = set()
    counts: _Counts = {}
    for page in bitexts:
        for row in page.rows:
            if not row.labels or (row.source, row.target) in seen:
                continue
            seen.add((row.source, row.target))
            for label, rendering in _pairs(row):
                places = counts.setdefault(label, {}).setdefault(rendering, [])
                places.append(f"{page.path}:{row.line}")
    known = {
        label: {
            rendering: Rendering(len(places), tuple(places[:_PLACES]))
            for rendering, places in sorted(renderings.items())
        }
        for label, renderings in counts.items()
        if sum(map(len, renderings.values())) >= LEAST
    }
    often = sorted(known, key=lambda label: (-_times(known[label]), label))[:_MOST_LABELS]
    return {label: known[label] for label in sorted(often)} or None


def _pairs(row: Row) -> Iterator[tuple[str, str]]:
    """Which label is rendered how: those kept first, as the order of the others may differ."""
    ours = [_shown(label) for label, _ in row.labels]
    theirs = [_shown(rendering) for _, rendering in row.labels]
    for label in tuple(ours):
        if label in theirs:
            ours.remove(label)
            theirs.remove(label)
            yield label, label
    if len(ours) == 1:
        if theirs[0]:
            yield ours[0], theirs[0]
    elif len(ours) == len(row.labels):
        yield from zip(ours, theirs, strict=True)


def _shown(text: str) -> str:
    """A label as people see it: with its entities read, single blanks, and no padding."""
    if "&" in text:
        text = unescape(text)
    return " ".join(text.translate(_INVISIBLE).split())


def _times(renderings: Renderings) -> int:
    return sum(rendering.times for rendering in renderings.values())
