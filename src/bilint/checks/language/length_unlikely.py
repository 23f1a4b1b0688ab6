"""`length-unlikely`: a translation far shorter or longer than the locale's own habit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bilint.checks.base import Context
from bilint.checks.changed import changed
from bilint.learning.lengths import size
from bilint.model.alignment import AlignedPair, SegmentPair
from bilint.model.document import Segment, SegmentKind
from bilint.model.evidence import Spread
from bilint.model.finding import Observation
from bilint.model.segment_text import plain

_SHORT, _LONG = 0.75, 1.6
"""How far beyond the range, as a factor, a translation must lie to be told."""

_GATE = 1.35
"""How far raw texts may lie from the middle of the range before they are read."""

_LEAST_MISSING = 25
"""Characters by which a translation must be off, so that a short label is not told."""


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """A translation is far shorter or longer than others of the locale."""
    spreads = context.evidence.lengths if context.evidence is not None else None
    if not spreads:
        return
    middle = {name: (one.low * one.high) ** 0.5 for name, one in spreads.items()}
    low = min(middle.values()) / _GATE
    high = max(middle.values()) * _GATE
    beyond = [
        (source, target)
        for source, target, _likeness in changed(pair)
        if not low * (ours := len(source[4])) < (theirs := len(target[4]))
        or not (theirs < high * ours or theirs < ours + _LEAST_MISSING)
    ]
    divided = _divided(pair.segments) if beyond else frozenset[int]()
    for source, target in beyond:
        if target.kind is not SegmentKind.ALT_TEXT and target.start not in divided:
            yield from _judge(source, target, spreads)


def _divided(segments: Sequence[SegmentPair]) -> frozenset[int]:
    """The segments beside one without a partner: what is missing or too much may stand there."""
    parted = [
        place for place, one in enumerate(segments) if one.source is None or one.target is None
    ]
    near = {at for place in parted for at in (place - 1, place + 1) if 0 <= at < len(segments)}
    return frozenset(target.start for at in near if (target := segments[at].target) is not None)


def _judge(
    source: Segment, target: Segment, spreads: Mapping[str, Spread]
) -> Iterator[Observation]:
    ours, theirs = len(plain(source)), len(plain(target))
    name = size(ours)
    spread = spreads.get(name) if name else None
    if spread is None or not theirs:
        return
    ratio = theirs / ours
    short, long = ratio < _SHORT * spread.low, ratio > _LONG * spread.high
    expected = ours * (spread.low if short else spread.high)
    if not (short or long) or abs(expected - theirs) < _LEAST_MISSING:
        return
    much = "shorter" if short else "longer"
    yield Observation(
        f"This is {ratio:.0%} as long as its source, {much} than translations here ever are",
        target.span,
        much,
        source_span=source.span,
        evidence={"ratio": round(ratio, 2), "low": spread.low, "high": spread.high},
    )
