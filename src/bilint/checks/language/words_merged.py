"""`words-merged`: two words that the source joins have become one, said twice: `plan and plan`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from bilint.checks.base import Context
from bilint.checks.changed import APART, changed, target_data
from bilint.checks.language.prose import VERBATIM, read
from bilint.engines.stopwords import function_words
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.english import FUNCTION_WORDS, lemma
from bilint.model.finding import Observation
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_SURE = 0.7
_SHORTEST = 5
"""Letters of a word that has a meaning of its own."""

_NEAR = 8
"""Words within which the source says a word twice, as the translation may then."""

# By language: what joins two words, and what may follow the second one but begins no compound.
_JOINING = {
    "ca": ("i o", "el la els les l un una que qui"),
    "cs": ("a nebo", "který která které"),
    "da": ("og eller", "en et den det de der som"),
    "de": ("und oder", "der die das den ein eine einen"),
    "es": ("y e o u", "el la los las lo un una que"),
    "fr": ("et ou", "le la les l un une qui que dont"),
    "it": ("e ed o od", "il lo la i gli le l un una uno che cui"),
    "nb": ("og eller", "en et den det de som"),
    "nl": ("en of", "de het een die dat"),
    "nn": ("og eller", "ein eit den det dei som"),
    "no": ("og eller", "en et den det de som"),
    "pl": ("i oraz lub albo", "który która które"),
    "pt": ("e ou", "o a os as um uma que"),
    "ro": ("și sau", "care"),
    "sv": ("och eller", "en ett den det de som"),
}
_JOIN = late(r"\s(?:and|or|&|nor|as well as|along with)\s", re.IGNORECASE)
_SIGN_JOINS = late(r"\w(?:,| ?/) ?\w")
_AGAIN = late(r"\b(\w+) (?:and|or) \1\b", re.IGNORECASE)
# Between one and another of a kind, most languages name it twice: `tra pagina e pagina`.
_BETWEEN = late(
    r"\b(?:tra|fra|entre|zwischen|tussen|mellan|mellem|mellom|między|între)\s\Z", re.IGNORECASE
)
# Adverbs that a language says twice, and comparatives: `wieder und wieder`.
_ADVERBS = {"de": late("durch|[a-zäöü]+er "), "fr": late("encore "), "it": late("ancora ")}
_WORD = late(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LETTERS = late(r"[^\W\d_]+")
_EDGES = (b" ", b"\n", APART.encode())
"""What stands before the first word of a text, of a line, and before any other."""

_REACH = 40
"""Characters in which the next word is looked for."""


class _Grammar(NamedTuple):
    """How a language joins words."""

    joins: tuple[bytes, ...]
    twice: re.Pattern[str]
    harmless: frozenset[str]
    small: frozenset[str]


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """Two words that the source joins have become one and the same."""
    language = primary_language(pair.locale)
    grammar = _grammar(language)
    if grammar is None or primary_language(context.source_language) != "en":
        return
    likely = _likely(target_data(pair), grammar)
    if not likely:
        return
    for source, target, likeness in changed(pair):
        if likeness >= _SURE and any(one in target.text for one in likely):
            yield from _in_segment(source, target, grammar, _ADVERBS.get(language))


def _likely(text: bytes, grammar: _Grammar) -> list[str]:
    """The places in a page where the same word may stand before and after what joins two."""
    found = set()
    for join in grammar.joins:
        parts = text.split(join)
        for left, right in pairwise(parts):
            start = max(map(left.rfind, _EDGES)) + 1
            # Most are sent away by a few letters.
            if left[start + 1 : start + _SHORTEST] == right[1:_SHORTEST]:
                word = left[start:]
                again = right[: len(word)]
                if len(word) >= _SHORTEST and again in (word, word[:1].lower() + word[1:]):
                    found.add((word + join + again).decode(errors="replace"))
    return sorted(found)


def _in_segment(
    source: Segment, target: Segment, grammar: _Grammar, adverbs: re.Pattern[str] | None
) -> Iterator[Observation]:
    theirs = read(target)
    for match in grammar.twice.finditer(theirs.text):
        ours = read(source).text
        if not _joins(ours) or _says_twice(ours) or not _is_one(match, ours, grammar):
            continue
        if _BETWEEN.search(theirs.text, 0, match.start()) or (adverbs and adverbs.match(match[0])):
            continue
        said = match[0]
        yield Observation(
            f"`{said}` says the same twice; the source joins two words",
            theirs.span(*match.span()),
            said,
            source_span=source.span,
        )


def _joins(source: str) -> bool:
    """Whether the source joins two words at all: `repeatedly` may be said with two."""
    return bool(_JOIN.search(source) or _SIGN_JOINS.search(source))


def _says_twice(source: str) -> bool:
    """Whether the source has one word twice, and not far apart: `merged and unmerged` as well."""
    if _AGAIN.search(source):
        return True
    words = [lemma(word.lower()) for word in _WORD.findall(source)]
    return any(
        other.endswith(word) or word.endswith(other)
        for at, word in enumerate(words)
        for other in words[at + 1 : at + _NEAR]
        if min(len(word), len(other)) > 2 and not FUNCTION_WORDS & {word, other}
    )


def _is_one(match: re.Match[str], source: str, grammar: _Grammar) -> bool:
    """Whether the second word stands by itself: with others it may be a term of several words.

    `utenti e utenti di prova` is right for *users and testers*.
    """
    rest = match.string[match.end() : match.end() + _REACH]
    following = _LETTERS.match(rest.lstrip(" "))
    if not rest.startswith(" ") or following is None:
        return VERBATIM not in rest[:2]
    word = following[0].lower()
    if word in grammar.harmless:
        return True
    return word in grammar.small and _ends_in_small_words(match, source)


def _ends_in_small_words(match: re.Match[str], source: str) -> bool:
    """Whether one word follows what joins two in the source, and then a small one: `A and B of`."""
    joins = list(_JOIN.finditer(source))
    if not joins:
        return False
    share = match.start() / len(match.string)
    join = min(joins, key=lambda one: abs(one.start() / len(source) - share))
    after = _WORD.findall(source, join.end(), join.end() + 80)
    return len(after) > 1 and after[0] not in FUNCTION_WORDS and after[1] in FUNCTION_WORDS


@lru_cache(maxsize=32)
def _grammar(language: str) -> _Grammar | None:
    if language not in _JOINING:
        return None
    joins, harmless = (one.split() for one in _JOINING[language])
    either = "|".join(joins)
    return _Grammar(
        tuple(f" {join} ".encode() for join in joins),
        late(
            rf"(?<![\w'’.-])([^\W\d_]{{{_SHORTEST},}}) (?:{either}) (?=[^\W\d_A-Z]|\1)(?i:\1)"
            r"(?![\w'’(-])"
        ),
        frozenset(harmless),
        function_words(language) or frozenset(),
    )
