"""Whether words are in the source language: function words first, a judge last."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bilint.checks.base import Context
from bilint.engines.stopwords import function_words, latin_script, telling_words
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_SURE = 0.95
"""How probable a judge must find the source language to be believed."""

_QUESTIONS = 60
"""How often the judge is asked about one page: an answer costs two or three milliseconds."""

MARGIN = 2
"""By how many function words the source language must lead."""

_FREQUENT = frozenset(
    "the and of to is are for with that this from by can be it you your or as at when will has"  # noqa: SIM905
    " have not all an if on which its must into was these their they do does how what after"
    " although because before between could during each every however should since then therefore"
    " those through throughout under unless until whether while within without would".split()
)
"""English function words, two of which nearly every sentence has, and others that no other language
writes: what pages are searched for."""

_LETTER = late(r"[^\W\d_]")
_BEYOND_LATIN = late(r"[^\W\d_\u0000-\u02ff\u1e00-\u1eff]")


class Tongues(NamedTuple):
    """The two languages at stake. `ours` and `theirs` are the function words of one alone."""

    source: str
    target: str
    ours: frozenset[str]
    theirs: frozenset[str]
    own_script: bool
    listed: bool

    def weigh(self, words: Iterable[str]) -> tuple[int, int]:
        """How many different function words of the source and of the target are among them."""
        seen = {word.lower() for word in words}
        return len(seen & self.ours), len(seen & self.theirs)

    def common(self, word: str) -> bool:
        """Whether a word is written like a common noun and is no function word of either."""
        short = len(word) < 3 or word in self.ours or word in self.theirs
        return word[0].islower() and not short


@lru_cache(maxsize=64)
def tongues(source: str, target: str) -> Tongues | None:
    """The languages at stake; None when they are one, or when nothing is known of the source."""
    if primary_language(source) == primary_language(target) or not function_words(source):
        return None
    ours, theirs = telling_words(source, target)
    own_script = not latin_script(target) and latin_script(source)
    return Tongues(source, target, ours, theirs, own_script, own_script or bool(theirs))


@lru_cache(maxsize=64)
def frequent_words(languages: Tongues) -> frozenset[bytes]:
    """Frequent function words of the source, that pages are searched for."""
    english = primary_language(languages.source) == "en"
    wanted = _FREQUENT & languages.ours if english else languages.ours
    return frozenset(word.encode() for word in wanted)


@lru_cache(maxsize=64)
def searcher(languages: Tongues) -> re.Pattern[bytes]:
    """What finds any of these words between blanks in the bytes of a page.

    One literal blank first and words by their first byte: three times faster than a plain
    alternation.
    """
    by_letter: dict[bytes, list[bytes]] = {}
    for word in sorted(frequent_words(languages)):
        by_letter.setdefault(word[:1], []).append(re.escape(word[1:]))
    choices = [letter + b"(?:" + b"|".join(ends) + b")" for letter, ends in by_letter.items()]
    return re.compile(b" (?:" + b"|".join(choices) + b")(?= )")


def in_own_script(languages: Tongues, text: str) -> bool:
    """Whether the target has a script of its own, and one letter in ten or more is in it."""
    if not languages.own_script:
        return False
    beyond = len(_BEYOND_LATIN.findall(text))
    return beyond > 0 and beyond * 10 >= len(_LETTER.findall(text))


def clear(languages: Tongues, words: Iterable[str]) -> bool:
    """Whether function words alone tell that the words are in the source language."""
    ours, theirs = languages.weigh(words)
    margin = MARGIN if languages.listed else 2 * MARGIN
    return ours - theirs >= margin and ours >= 3 * theirs


class Asker:
    """Asks the judge of languages, the last and costliest, a few times a page and no more."""

    def __init__(self, context: Context, languages: Tongues) -> None:
        self._judge = context.language
        self._languages = languages
        self._left = _QUESTIONS

    def in_source(self, words: Iterable[str]) -> bool:
        """Whether the judge is sure that the words are in the source language."""
        if not self._left:
            return False
        self._left -= 1
        source, target = self._languages.source, self._languages.target
        answer = self._judge.judge(" ".join(words), (source, target))
        return answer is not None and answer.language == source and answer.probability >= _SURE
