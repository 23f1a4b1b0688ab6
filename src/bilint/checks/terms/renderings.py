"""Whether a rendering stands in a text, whatever its grammatical form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from bilint.checks.language.prose import read
from bilint.model.document import Segment
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.stems import unaccented
from bilint.model.term import Term

_SHORT = 3
"""Letters up to which a word of a rendering is an article or the like, and may change."""

_STEM_SHARE = 0.65
"""The part of a word that its forms have in common, at least, counted from its beginning."""

_LEAST_STEM = 3
_VOWELS = "aeiou"
_EASTWARD = "\u0590"
"""The first letter of scripts that put small words before others without a blank."""

_WORD = late(r"[^\W\d_]+")
_BETWEEN = r"[\s*_~-]+"
_UNSPACED = late("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff]")


class Use(NamedTuple):
    """A term of the term base in a source segment, and where it stands in it, in characters."""

    term: Term
    start: int
    end: int


def uses(segment: Segment, terms: Mapping[str, Term]) -> Iterator[Use]:
    """The terms that a source segment uses as common words, the longest first.

    Not those within tokens, code and names, nor within a longer term.
    """
    text = read(segment).text
    for match in _pattern(tuple(terms)).finditer(text):
        said = match[0]
        term = terms.get(said) or _lookup(terms).get(_singular(said.lower()))
        if term is not None and not _within_name(text, match.start(), match.end(), term.source):
            yield Use(term, match.start(), match.end())


def any_used(text: str, terms: Mapping[str, Term]) -> bool:
    """Whether a page may use one of the terms, without looking closely."""
    return _pattern(tuple(terms)).search(text) is not None


def has(text: str, rendering: str, source: str) -> bool:
    """Whether a text has a rendering of a term, in whatever form.

    Each of its longer words must be there, or a word that begins as it does, or a longer one that
    is made with it, and that is not the source's own, unless the rendering is; accents do not
    count. Scripts without blanks are compared letter by letter.
    """
    if _UNSPACED.search(rendering):
        return "".join(rendering.split()) in "".join(text.split())
    words = _words(rendering)
    telling = [word for word in words if len(word) > _SHORT] or words
    kept = {_singular(word) for word in words}
    left = {_singular(word) for word in _words(source)} - kept
    there = [one for one in _words(text) if one in words or _singular(one) not in left]
    return all(any(_is_form(one, word) for one in there) for word in telling)


def _words(text: str) -> list[str]:
    return _WORD.findall(unaccented(text.lower()))


def _is_form(one: str, word: str) -> bool:
    """Whether a word is a form of another, or a compound or derivation that it is a part of."""
    stem = _stem(word)
    if one.startswith(stem):
        return True
    if len(word) <= _SHORT and word < _EASTWARD:
        if word[-1] in _VOWELS and one[:-1] == word[:-1]:
            return True
        return one.endswith(word) and len(one) >= 2 * len(word)
    return (word[: max(len(stem), _SHORT + 1)] if word < _EASTWARD else word) in one


def left_standing(text: str, source: str) -> re.Match[str] | None:
    """Where a term of the source stands in a text as it is, in singular or plural."""
    if _UNSPACED.search(source):
        return re.search(re.escape(source), text)
    forms = _BETWEEN.join(map(re.escape, source.split()))
    return re.search(rf"(?<!\w){forms}(?:e?s)?(?!\w)", text, re.IGNORECASE)


def find(text: str, rendering: str) -> re.Match[str] | None:
    """Where a rendering stands in a text, its words side by side and each in some form."""
    if _UNSPACED.search(rendering):
        return re.search(re.escape(rendering), text)
    forms = _BETWEEN.join(rf"{re.escape(word)}\w{{0,2}}" for word in rendering.split())
    return re.search(rf"(?<!\w){forms}(?!\w)", text, re.IGNORECASE)


def _stem(word: str) -> str:
    return word[: max(_LEAST_STEM, round(len(word) * _STEM_SHARE))]


@lru_cache(maxsize=8)
def _pattern(sources: tuple[str, ...]) -> re.Pattern[str]:
    forms = (
        r"(?:e?s)?[ \n]+".join(map(re.escape, source.split()))
        for source in sorted(sources, key=lambda one: (-len(one), one))
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?:e?s)?(?![\w-])", re.IGNORECASE)


_recent: list[tuple[Mapping[str, Term], Mapping[str, Term]]] = []


def _lookup(terms: Mapping[str, Term]) -> Mapping[str, Term]:
    """The terms by what `_singular` makes of them."""
    for known, made in _recent:
        if known is terms:
            return made
    made = {_singular(source.lower()): term for source, term in terms.items()}
    _recent.insert(0, (terms, made))
    del _recent[4:]
    return made


def _singular(text: str) -> str:
    return " ".join(word.removesuffix("s").removesuffix("e") for word in text.split())


def _within_name(text: str, start: int, end: int, source: str) -> bool:
    """Whether capitals show the words to be a part of a name, where the term has none."""
    if not source.islower() or not text[start].isupper():
        return False
    before, after = text[:start].rstrip(), text[end:].lstrip()
    opens = not before or before[-1] in ".!?:;•–—|\n\x02"
    return not opens or after[:1].isupper()
