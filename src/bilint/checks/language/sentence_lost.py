"""`sentence-lost`: of several sentences of the source, the translation has fewer and is short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilint.checks.base import Context
from bilint.checks.changed import changed
from bilint.checks.language.prose import BREAK, VERBATIM, Reading, read
from bilint.model.alignment import AlignedPair, SegmentPair
from bilint.model.document import Segment, SegmentKind
from bilint.model.finding import Observation
from bilint.model.pattern import late

_SURE = 0.7
_TELLING = 40
"""Characters from which a segment tells how long translations of the page are."""

_FEWEST = 8
"""Segments that must tell it."""

_LEAST = 60
"""Characters that a source must have to be of several sentences."""

_GATE = 0.85
_SHORT = 0.75
"""How long a segment is, as a share of what the page makes likely, when a sentence is missing."""

_SENTENCE = 15
"""Characters of a sentence of the source; of the translation any two letters are one."""

_LONGEST = 6_000
_MAY_END = late(r"[.!?…:。！？<\r\n\x02]")
"""What the end of a sentence begins with, before the segment is read."""

_ABBREVIATION = late(
    r"(?:\b(?:i\.e|e\.g|vs|etc|approx|incl|no|inc|fig|cf|resp|a\.m|p\.m|u\.s|ca|max|min)\.|\b\d\.)"
    r"[\s)]*\Z",
    2,
)


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """One observation for each segment that is short and has fewer sentences than its source."""
    both = changed(pair)
    ratios = [
        len(target[4]) / ours
        for source, target, _likeness in both
        if (ours := len(source[4])) >= _TELLING
    ]
    if len(ratios) < _FEWEST:
        return
    usual = _median(ratios)
    gate = _GATE * usual
    short = [
        one for one in both if (ours := len(one[0][4])) >= _LEAST and len(one[1][4]) < gate * ours
    ]
    for source, target, likeness in short:
        if likeness < _SURE or len(source.text) > _LONGEST or target.kind is SegmentKind.ALT_TEXT:
            continue
        observation = _judge(source, target, usual)
        if observation is not None and not _divided(pair.segments, target):
            yield observation


def _median(values: list[float]) -> float:
    """The value in the middle; a hook has no time for the import of statistics."""
    ordered, middle = sorted(values), len(values) // 2
    return (ordered[middle] + ordered[~middle]) / 2


def _divided(segments: Sequence[SegmentPair], target: Segment) -> bool:
    """Whether a neighbour has no partner: what is missing may then stand there."""
    place = next(at for at, one in enumerate(segments) if one.target is target)
    near = segments[max(0, place - 1) : place + 2]
    return any(one.source is None or one.target is None for one in near)


def _judge(source: Segment, target: Segment, usual: float) -> Observation | None:
    if not _MAY_END.search(source.text, 0, len(source.text) - _SENTENCE):
        return None
    ours = read(source)
    said = _sentences(ours)
    if len(said) < 2:
        return None
    theirs = read(target)
    there = sum(_letters(theirs, *span) > 1 for span in theirs.sentences())
    if not 0 < there < len(said):
        return None
    share = _letters(theirs, 0, len(theirs.text)) / _letters(ours, 0, len(ours.text)) / usual
    if share >= _SHORT:
        return None
    return Observation(
        f"The source has {len(said)} sentences here; the translation has {there}, and is short",
        target.span,
        source_span=source.span,
        evidence={"sentences": len(said), "translated": there, "share": round(share, 2)},
    )


def _sentences(reading: Reading) -> list[int]:
    """How long the sentences of the source are; an abbreviation does not end one."""
    found: list[int] = []
    open_ = 0
    for start, end in reading.sentences():
        open_ += _letters(reading, start, end)
        text = reading.text
        goes_on = text[end : end + 2].strip()[:1].islower() or _ABBREVIATION.search(
            text[start:end].rstrip(" ")
        )
        if goes_on:
            continue
        if open_ >= _SENTENCE:
            found.append(open_)
        open_ = 0
    if open_ >= _SENTENCE:
        found.append(open_)
    return found


def _letters(reading: Reading, start: int, end: int) -> int:
    """The characters that are read between two places, blanks and tokens left out."""
    text = "".join(reading.text[start:end].split())
    return len(text) - text.count(VERBATIM) - text.count(BREAK)
