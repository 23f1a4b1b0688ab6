"""`text-repeated`: one text stands for two texts of the source that are not alike."""

from __future__ import annotations

from collections.abc import Iterator
from math import log

from bilint.checks.base import Context
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation
from bilint.model.pattern import late
from bilint.model.segment_text import normalise

_SURE = 0.5
_SHORTEST = 40
"""Bytes from which a text is not said twice by chance."""

_ALIKE = 0.5
"""Share of their words from which two texts of the source may say the same."""

_SHOWN = 60
_WORD = late(r"\w+")
_NAME = late(r"[A-Z][A-Za-z0-9]{2,}|[0-9]{2,}|\]\([^()\s]+\)|`[^`]+`")
_Both = tuple[Segment, Segment]


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """One text stands for two texts of the source that are not alike."""
    by_text: dict[str, list[_Both]] = {}
    for source, target, likeness in pair.segments:
        if target is None or source is None or likeness < _SURE:
            continue
        if target.end - target.start >= _SHORTEST:
            by_text.setdefault(target.text, []).append((source, target))
    if len(by_text) == len(pair.segments):
        return
    for text, both in by_text.items():
        if len(both) > 1 and len({source.text for source, _ in both}) > 1:
            yield from _in_places(text, both, pair)


def _in_places(text: str, both: list[_Both], pair: AlignedPair) -> Iterator[Observation]:
    expected = _expected(pair)
    ranked = sorted(both, key=lambda one: _fit(one[0].text, text, expected), reverse=True)
    right = ranked[0][0]
    ours = normalise(right.text)
    for source, target in ranked[1:]:
        theirs = normalise(source.text)
        if theirs == ours or theirs == normalise(text) or _say_the_same(ours, theirs):
            continue
        yield Observation(
            f"The same text stands for “{_cut(ours)}” of the source; it cannot be both",
            target.span,
            theirs[:_SHOWN],
            source.span,
        )


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _say_the_same(one: str, other: str) -> bool:
    """Whether two texts have most of their words in common, in whatever order."""
    ours, theirs = (set(_WORD.findall(text.lower())) for text in (one, other))
    return len(ours & theirs) >= _ALIKE * min(len(ours), len(theirs))


def _fit(source: str, target: str, expected: float) -> float:
    """How well a text fits its source: by the names and figures in both, and by its length."""
    ours, theirs = set(_NAME.findall(source)), set(_NAME.findall(target))
    shared = 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours or theirs else 0.5
    return 2 * shared - abs(log((len(target) + 4) / (len(source) * expected + 4)))


def _expected(pair: AlignedPair) -> float:
    both = [(s, t) for s, t, _ in pair.segments if s is not None and t is not None]
    ours = sum(len(source.text) for source, _ in both)
    return (sum(len(target.text) for _, target in both) + 60) / (ours + 60)
