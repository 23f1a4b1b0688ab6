"""`length-unlikely`: a translation far shorter or longer than the locale's own habit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bilint.checks.base import Check, Context, Need
from bilint.learning.lengths import size
from bilint.model.alignment import AlignedPair, SegmentPair
from bilint.model.document import Segment, SegmentKind
from bilint.model.evidence import Spread
from bilint.model.finding import Confidence, Family, Observation, Severity
from bilint.model.segment_text import plain

_SURE = 0.5
_SHORT, _LONG = 0.75, 1.6
"""How far beyond the range, as a factor, a translation must lie to be told."""

_GATE = 1.35
"""How far raw texts may lie from the middle of the range before they are read."""

_LEAST_MISSING = 25
"""Characters by which a translation must be off, so that a short label is not told."""


def _observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    spreads = context.evidence.lengths if context.evidence is not None else None
    if not spreads:
        return
    middle = {name: (one.low * one.high) ** 0.5 for name, one in spreads.items()}
    low = min(middle.values()) / _GATE
    high = max(middle.values()) * _GATE
    for place, (source, target, likeness) in enumerate(pair.segments):
        if source is None or target is None or likeness < _SURE:
            continue
        ours, theirs = len(source.text), len(target.text)
        if low * ours < theirs < max(high * ours, ours + _LEAST_MISSING):
            continue
        if source.text == target.text:
            continue
        if target.kind is not SegmentKind.ALT_TEXT and not _divided(pair.segments, place):
            yield from _judge(source, target, spreads)


def _divided(segments: Sequence[SegmentPair], place: int) -> bool:
    """Whether a neighbour has no partner: what is missing or too much may then stand there."""
    return any(
        one.source is None or one.target is None for one in segments[max(0, place - 1) : place + 2]
    )


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


CHECK = Check(
    id="length-unlikely",
    family=Family.LANGUAGE,
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    summary="A translation is far shorter or longer than others of the locale",
    observe=_observe,
    needs=frozenset((Need.BASE, Need.LENGTHS)),
    yields_to=frozenset(
        (
            "foreign-script",
            "page-truncated",
            "repetition-loop",
            "table-damaged",
            "text-repeated",
            "third-language",
            "untranslated-segment",
        )
    ),
)
