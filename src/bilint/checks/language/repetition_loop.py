"""`repetition-loop`: the same words over and over, as a machine writes when it is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import eq

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
_BLOATED, _BLOATED_UNSPACED = 1.3, 0.5
"""How long a segment must be beside its source for a loop of several words to be looked for."""


def _observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    unspaced = primary_language(pair.locale) in _UNSPACED
    factor = _BLOATED_UNSPACED if unspaced else _BLOATED
    tripled = frozenset() if unspaced else repeats(pair.document).thrice
    for source, target, _likeness in pair.segments:
        if target is None or (source is not None and source.text == target.text):
            continue
        bloated = source is not None and len(target.text) > factor * len(source.text) + 10
        if bloated or (tripled and any(word in target.text for word in tripled)):
            yield from _in_segment(target, source, unspaced)


def _in_segment(target: Segment, source: Segment | None, unspaced: bool) -> Iterator[Observation]:
    text = target.text
    if len(text) > _MOST_LETTERS or len(text) < 8:
        return
    if not unspaced and len(words := text.split()) < 2 * len({*words}) and not _tripled(words):
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


def _tripled(words: Sequence[str] | Sequence[bytes]) -> bool:
    """Whether three words in a row are the same: two pairs of neighbours are."""
    same = list(map(eq, words, words[1:]))
    return any(map(min, same, same[1:]))


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
