"""`repetition-loop`: the same words over and over, as a machine writes when it is lost."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.changed import alone, changed, fresh
from bilint.checks.language.prose import read
from bilint.checks.language.twice import repeats
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation, Severity
from bilint.model.language import primary_language
from bilint.model.pattern import late

_UNSPACED = frozenset(("ja", "zh", "yue", "th", "lo", "km", "my", "bo"))
# A stretch of words three times in a row; without blanks between words, of characters.
_LOOP = late(r"(?<![\w-])(\w[^\x01\x02\r\n]{0,80}?)(?:[\s,;.]{1,3}\1(?![\w-])){2,}")
_LOOP_OF_SIGNS = late(r"([^\x01\x02\s\d]{2,30}?)\1{2,}")
_SHORTEST_OF_SIGNS = 8
_MOST_LETTERS = 4_000
_ENDS = ("。", ". ")
"""What ends a sentence: where no blanks part the words, and where they do."""

_SENTENCE, _SHORT_SENTENCE = 25, 10
"""Letters from which a sentence is told, with blanks between words and without."""

_BLOATED, _BLOATED_UNSPACED = 1.5, 0.6
"""How long a segment must be beside its source for a loop of several words to be looked for."""


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """The same words stand three times in a row or more."""
    unspaced = primary_language(pair.locale) in _UNSPACED
    factor = _BLOATED_UNSPACED if unspaced else _BLOATED
    words = () if unspaced else repeats(pair)
    loops = [" ".join((word, word, word)) for word in words]
    there = fresh(pair) if loops else b""
    loops = [loop for loop in loops if loop.encode() in there]
    for source, target, _likeness in (*changed(pair), *alone(pair)):
        if target is None:
            continue
        text = target[4]
        if source is None:
            if loops and any(loop in text for loop in loops):
                yield from _in_segment(target, source, unspaced, True)
            continue
        bloated = len(text) > factor * len(source[4]) + 10
        # Of a sentence that stands here twice the last may be followed by nothing.
        ends = text.count(". ")
        if ends > 1 or (ends and text.endswith(".")) or "。" in text:
            yield from _sentence_twice(target, source)
        tripled = bool(loops) and any(loop in text for loop in loops)
        if (bloated or tripled) and source.text != text:
            yield from _in_segment(target, source, unspaced, tripled)


def _sentence_twice(target: Segment, source: Segment) -> Iterator[Observation]:
    """A sentence that stands in one segment twice, where no sentence of the source does."""
    text = target.text
    sign = next((one for one in _ENDS if one in text), None)
    if sign is None or len(text) > _MOST_LETTERS:
        return
    sentences = (f"{text} " if text.endswith(".") else text).split(sign)
    parts = [part.strip() for part in sentences]
    if len({*parts}) == len(parts) or source.text == text:
        return
    least = _SHORT_SENTENCE if sign == _ENDS[0] else _SENTENCE
    place = 0
    seen: set[str] = set()
    for part, whole in zip(parts, sentences, strict=True):
        if part in seen and len(part) >= least and any(char.isalpha() for char in part):
            if _twice_in(source.text):
                return
            start = place + len(whole) - len(whole.lstrip())
            yield Observation(
                "This sentence stands here twice",
                read(target).span(start, start + len(part)),
                part[:60],
                source_span=source.span,
                severity=Severity.WARNING,
            )
            return
        seen.add(part)
        place += len(whole) + len(sign)


def _twice_in(text: str) -> bool:
    parts = [part.strip(" .") for part in text.split(". ") if len(part) >= _SHORT_SENTENCE]
    return len({*parts}) < len(parts)


def _in_segment(
    target: Segment, source: Segment | None, unspaced: bool, tripled: bool
) -> Iterator[Observation]:
    text = target.text
    if len(text) > _MOST_LETTERS:
        return
    if not (unspaced or tripled) and len(words := text.split()) < 2 * len({*words}):
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


def _telling(unit: str, whole: str, unspaced: bool) -> bool:
    letters = {char for char in unit if char.isalpha()}
    if unspaced:
        return len(letters) > 1 and len(whole) >= _SHORTEST_OF_SIGNS
    return bool(letters) and (len(letters) > 1 or len(unit) == 1)
