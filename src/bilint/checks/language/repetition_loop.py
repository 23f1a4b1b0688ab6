"""`repetition-loop`: the same words over and over, as a machine writes when it is lost."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bilint.checks.base import Check, Context
from bilint.checks.language.prose import read
from bilint.checks.language.twice import repeats
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Confidence, Family, Observation, Severity
from bilint.model.language import primary_language
from bilint.model.pattern import late

_UNSPACED = frozenset(("ja", "zh", "yue", "th", "lo", "km", "my", "bo"))
# A stretch of words three times in a row; without blanks between words, of characters.
_LOOP = late(r"(?<![\w-])(\w[^\x01\x02\r\n]{0,80}?)(?:[\s,;.]{1,3}\1(?![\w-])){2,}")
_LOOP_OF_SIGNS = late(r"([^\x01\x02\s\d]{2,30}?)\1{2,}")
_SHORTEST_OF_SIGNS = 8
_MOST_LETTERS = 4_000
_BLOATED = 1.1
"""How much longer than elsewhere on the page a segment must be, measured by its source, for a loop
of several words to be looked for."""

_LIKELY, _LIKELY_UNSPACED = 1.5, 1.8
"""The same where the page itself is no measure, as a short one with a loop is none."""

_SHORTEST_RATIO, _LONGEST_RATIO = 0.7, 1.8
_AGAIN = 3
"""Pairs of words that must stand in a segment once more for it to be read closely."""


def _observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    unspaced = primary_language(pair.locale) in _UNSPACED
    factor = min(_BLOATED * _ratio(pair), _LIKELY_UNSPACED if unspaced else _LIKELY)
    words = () if unspaced else repeats(pair.document)
    loops = [" ".join((word, word, word)) for word in words]
    for source, target, _likeness in pair.segments:
        if target is None or (source is not None and source.text == target.text):
            continue
        bloated = (
            source is not None
            and target.end - target.start > factor * (source.end - source.start) + 10
        )
        tripled = bool(loops) and any(loop in target.text for loop in loops)
        if bloated or tripled:
            yield from _in_segment(target, source, unspaced, tripled)


def _ratio(pair: AlignedPair) -> float:
    """The size of the page over that of its source, as far as that is likely."""
    if pair.source is None:
        return _LONGEST_RATIO
    source, target = pair.source.document, pair.document
    ours = len(source.data) - source.body_start + 60
    ratio = (len(target.data) - target.body_start + 60) / ours
    return min(max(ratio, _SHORTEST_RATIO), _LONGEST_RATIO)


def _in_segment(
    target: Segment, source: Segment | None, unspaced: bool, tripled: bool
) -> Iterator[Observation]:
    text = target.text
    if len(text) > _MOST_LETTERS:
        return
    if not (unspaced or tripled) and not _again(text.split()):
        return
    pattern = _LOOP_OF_SIGNS if unspaced else _LOOP
    reading = read(target)
    for match in pattern.finditer(reading.text):
        if not _telling(match[1], match[0], unspaced):
            continue
        if source is not None and pattern.search(read(source).text):
            return
        times = match[0].count(match[1])
        yield Observation(
            f"`{match[1]}` stands {times} times in a row",
            reading.span(*match.span()),
            match[1][:60],
            evidence={"times": times},
        )
        return


def _again(words: list[str]) -> bool:
    """Whether as many pairs of words come again as in a loop; single ones do in any sentence."""
    return len(words) > len({*pairwise(words)}) + _AGAIN


def _telling(unit: str, whole: str, unspaced: bool) -> bool:
    letters = {char for char in unit if char.isalpha()}
    if unspaced:
        return len(letters) > 1 and len(whole) >= _SHORTEST_OF_SIGNS
    return bool(letters) and (len(letters) > 1 or len(unit) == 1)


CHECK = Check(
    id="repetition-loop",
    family=Family.LANGUAGE,
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    summary="The same words stand three times in a row or more",
    observe=_observe,
    yields_to=frozenset(("untranslated-segment",)),
)
