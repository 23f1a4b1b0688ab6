"""`third-language`: a sentence in a language that is neither the source's nor the page's own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from bilint.checks.base import Context
from bilint.checks.changed import fresh_words
from bilint.checks.language.prose import (
    legal,
    read,
    without_emphasis,
    without_links,
    without_quotations,
)
from bilint.engines.stopwords import function_words, latin_script
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_FREQUENT = {
    "de": "und der die das den dem ist für nicht werden eine einen oder mit auf wird wenn sind zu",
    "es": "los las una que para del con por como este esta más puede cuando el se la de",
    "fr": "les des une pour dans est sur vous par avec qui que cette ou sont du le la votre",
    "it": "della che per sono con una nel gli questo può delle dei alla il non di le dal",
    "nl": "het een van voor niet met zijn wordt deze naar kunt bij door of dat de te",
    "pt": "os uma para não com em dos que você são por pode ao mais esta como de um",
}
"""The languages whose sentences turn up on pages of another, by what nearly each sentence has."""

_NAMES = {
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
}
_KIN = frozenset(("da", "nb", "no", "sv"))
"""Languages near to each other, of which pages as a whole are told."""

_ELISIONS = {
    "fr": "l d n qu s c j jusqu lorsqu puisqu quelqu",
    "it": "l d c un all dall dell nell sull quell quest com dov",
}
"""What these languages write before an apostrophe where the next word begins with a vowel."""

_ELIDING = frozenset("br ca co eo ga gd gl ht lb oc pt rm sc".split())  # noqa: SIM905
"""Other languages that do so, or whose words may look so."""

_ELIDED = late(r"(?<!\w)([^\W\d_]{1,6})['’](?=[a-zà-öø-ÿœ])")
"""A small word before an apostrophe; behind that of a name (`L'Aquila`) stands a capital."""

_LEAST = 6
"""Words of a sentence in another language."""

_TELLING = 4
"""Different function words that it must have of the other language, and of that alone."""

_FEWER, _LONG = 3, 9
"""The same in a sentence of so many words that has none of the page's own language: the small words
of languages that are near to each other are mostly the same."""

_MOST = 50


class _Other(NamedTuple):
    """A language that a page may hold by mistake, and the words that neither of its own has."""

    language: str
    telling: frozenset[str]
    elisions: frozenset[str]

    def found(self, seen: set[str]) -> set[str]:
        """Which of some words and elisions tell of the language."""
        return seen & self.telling | seen & self.elisions


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """A sentence is in a language that is neither the source's nor the page's own."""
    source_language, target_language = (
        primary_language(context.source_language),
        primary_language(pair.locale),
    )
    if latin_script(target_language) and not function_words(target_language):
        return
    if target_language in _KIN:
        from bilint.checks.language.kin import in_kin

        yield from in_kin(pair, target_language)
    # Most pages have none of these words; what is in a page is asked by several checks.
    if _frequent(source_language, target_language).isdisjoint(fresh_words(pair)):
        return
    suspects = _suspects(pair, source_language, target_language)
    if not suspects:
        return
    others = _others(source_language, target_language)
    own = function_words(target_language)
    for i, (source, target, _likeness) in enumerate(pair.segments):
        if target is None or source is None or target.start not in suspects:
            continue
        if i and pair.segments[i - 1].target is target:
            continue
        yield from _in_segment(target, source, others, own)


def _suspects(pair: AlignedPair, source: str, target: str) -> set[int]:
    """Where the segments begin that have frequent words of other languages."""
    starts: list[int] = []
    suspects: set[int] = set()
    for match in _searcher(source, target).finditer(pair.document.data, pair.document.body_start):
        starts = starts or [one.start for one in pair.document.segments]
        index = bisect_right(starts, match.start()) - 1
        if index >= 0:
            suspects.add(starts[index])
    return suspects


@lru_cache(maxsize=64)
def _others(source: str, target: str) -> tuple[_Other, ...]:
    known = function_words(source) | function_words(target)
    elided = _elisions(source) | _elisions(target)
    return tuple(
        _Other(
            language,
            frozenset(one for one in function_words(language) if len(one) > 1) - known,
            frozenset() if target in _ELIDING else _elisions(language) - elided,
        )
        for language in _FREQUENT
        if language not in (source, target)
    )


def _elisions(language: str) -> frozenset[str]:
    return frozenset(f"{one}'" for one in _ELISIONS.get(language, "").split())


@lru_cache(maxsize=64)
def _frequent(source: str, target: str) -> frozenset[bytes]:
    """The frequent words of other languages that neither of the two has."""
    known = function_words(source) | function_words(target)
    words = {one for language, said in _FREQUENT.items() if language not in (source, target)
             for one in said.split()}  # fmt: skip
    return frozenset(word.encode() for word in words - known)


@lru_cache(maxsize=64)
def _searcher(source: str, target: str) -> re.Pattern[bytes]:
    """What finds frequent words of other languages in the bytes of a page, fast."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(word.decode() for word in _frequent(source, target)):
        by_letter.setdefault(word[0], []).append(re.escape(word[1:]))
    choices = "|".join(f"{letter}(?:{'|'.join(ends)})" for letter, ends in by_letter.items())
    return re.compile(f" (?:{choices})(?= )".encode())


def _in_segment(
    target: Segment, source: Segment, others: tuple[_Other, ...], own: frozenset[str]
) -> Iterator[Observation]:
    if legal(target.text) or target.text == source.text:
        return
    reading = without_emphasis(without_links(without_quotations(read(target))))
    told = 0
    said: set[str] | None = None
    for sentence in reading.sentences():
        words = [word.lower() for word in reading.words(*sentence)]
        if len(words) < _LEAST or told == _MOST:
            continue
        seen = set(words)
        seen.update(f"{one.lower()}'" for one in _ELIDED.findall(reading.text, *sentence))
        language, found = max(((one.language, one.found(seen)) for one in others), key=_how_many)
        strange = len(seen & own - function_words(language))
        if len(found) < _FEWER or strange > 1:
            continue
        if len(found) < _TELLING and (strange or len(words) < _LONG):
            continue
        if said is None:
            said = {word.lower() for word in read(source).words()}
        if len(found & said) > 1:
            continue
        told += 1
        span = reading.span(*_trimmed(reading.text, *sentence))
        yield Observation(
            f"This is in {_NAMES[language]}",
            span,
            " ".join(target.text[slice(*sentence)].split())[:80],
            source.span,
            evidence={"language": language, "function_words": len(found)},
        )


def _how_many(one: tuple[str, set[str]]) -> int:
    return len(one[1])


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())
