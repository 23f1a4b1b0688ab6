"""Words that may stand between two names which stand side by side in English.

`Harbor Android app` is no single name, but an app that both words qualify: other languages say
`the app Harbor for Android`, or put a participle between (`Der in Acme enthaltene Dienst`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from bilint.checks.tokens.syntax import decoded, word_set
from bilint.checks.tokens.word_order import articles, is_base_verb, is_no_noun
from bilint.model.pattern import late
from bilint.model.record import NamedTuple, Protocol


class _Words(NamedTuple):
    """Prepositions between a noun and its second qualifier, those of `of`, and of `with`."""

    qualifying: frozenset[str]
    of: frozenset[str]
    using: frozenset[str]


_ROMANCE = {
    "es": _Words(word_set("en para"), word_set("de del"), word_set("con mediante")),
    "fr": _Words(word_set("en pour"), word_set("d de des du"), word_set("avec")),
    "it": _Words(
        word_set("in per"),
        word_set("d del dell della dello dei degli delle di"),
        word_set("con tramite"),
    ),
    "pt": _Words(word_set("em para"), word_set("da das de do dos"), word_set("com")),
}
_KINDS = word_set("format formato tipo type")
_FROM = word_set("da dai dal dall dalla depuis desde")
_ARTICLES = {
    "da": "[Dd]en|[Dd]et|[Dd]e|[Ee]n|[Ee]t",
    "de": "[Dd](?:er|ie|as|en|em|es)|[Ee]in(?:e[nmrs]?)?",
    "nb": "[Dd]en|[Dd]et|[Dd]e|[Ee]n|[Ee]t",
    "nl": "[Dd]e|[Hh]et|[Ee]en",
    "sv": "[Dd]en|[Dd]et|[Dd]e|[Ee]n|[Ee]tt",
}
_PREPOSITIONS = {
    "da": "af|fra|i|med|på|til",
    "de": "am|an|auf|aus|bei|durch|für|im|in|mit|von|vom|zu|zum|zur",
    "nb": "av|fra|i|med|på|til",
    "nl": "aan|bij|door|in|met|op|uit|van|voor",
    "sv": "av|från|i|med|på|till",
}
_NO_PARTICIPLES = word_set(
    "dürfen haben hebben können kunnen moeten müssen sein sollen werden worden wurden zijn zullen"
)
_NOUN = late(r"[*_]*[ \u00a0]([A-Za-z][A-Za-z-]*)(?:[ \u00a0]([A-Za-z]+))?")
_OPENING = late(r"\A[\s\d#>*+.)-]*([A-Z][a-z]+)[ \u00a0](?:the[ \u00a0])?[*_]*\Z")
_LAST = late(r"([^\W\d_]+)(?:'|[ \u00a0])[*_]*\Z")
_WORDS = late(r"[^\W\d_]+")
_DETERMINERS = word_set("a all an any each every its their the this these those your")


_ADNOMINAL = {
    "ja": late(r"(?:する|した|ある|できる|された|される|ための|向けの|新しい)\Z"),
    # `권한` and the like are nouns.
    "ko": late(
        r"(?:[가-힣](?:한|된|는|운|든|던|른)|[가-힣]적인|(?:\A| )(?:새|기반|전용|최신|공식|신규))\Z"
        r"(?<!권한)(?<!제한)(?<!기한)(?<!극한)"
    ),
}
"""How a clause or a word ends that qualifies the name behind it."""

_NOUNS = {
    "ja": late(r"[ *_]*の?[ァ-ヺー一-鿿々 *_]+\Z"),
    "ko": late(
        r"[*_]*의?(?:[ *_]+(?![가-힣]*(?:[을를에와과및다해]|에서|으로|하고|하여)[ *_])"
        r"[가-힣]+){1,3}[ *_]+\Z"
    ),
}
"""Nouns without a particle, which tell what a version is of: `브라우저 최신 버전`."""


class _Around(Protocol):
    """What stands before and after a name."""

    @property
    def before(self) -> str: ...

    @property
    def after(self) -> str: ...


def qualified_behind(
    name: str, between: str, source: _Around, target: _Around, language: str
) -> bool:
    """Whether a name that stood right behind another qualifies a third word, as that one does."""
    words = _ROMANCE.get(language)
    rest = source.after.lstrip("*_ \u00a0").removeprefix(name)
    if words is None or not _noun_follows(rest):
        return False
    said = _lowered(between)
    if said[:2] == ["au", "format"]:
        said = said[1:]
    known = words.qualifying | articles(language) | _KINDS
    if said and said[0] in words.qualifying | _KINDS and known.issuperset(said):
        return _noun_before(target.before, language) != ""
    # `Send Buoy SMS messages` is `Invia con Buoy messaggi SMS`.
    using, opening = _LAST.search(decoded(target.before[-40:])), _OPENING.match(source.before)
    return (
        len(said) == 1
        and said[0] not in articles(language)
        and using is not None
        and using[1].lower() in words.using
        and opening is not None
        and is_base_verb(opening[1].lower())
    )


def qualified_before(between: str, before: str, source: _Around, language: str) -> bool:
    """The same for a name that stood right before another: `the team Acme of Harbor`."""
    words = _ROMANCE.get(language)
    if words is None or not _noun_follows(source.after):
        return False
    said = _lowered(between)
    if not said or said[0] not in words.of or not (words.of | articles(language)).issuperset(said):
        return False
    noun = _noun_before(before, language)
    # Where more stands before it in the source, what has a capital may be a verb or a name.
    return noun != "" and (not noun[0].isupper() or len(_WORDS.findall(source.before)) == 1)


@lru_cache(maxsize=4)
def _governed(language: str) -> re.Pattern[str]:
    """An article and a preposition right before a name: `Der in der Acme`."""
    article, preposition = _ARTICLES[language], _PREPOSITIONS[language]
    return re.compile(
        rf"\b(?:{article}) (?:{preposition}) (?:(?:{article}) )?(?:[A-Z][\w-]* )*[*_]*\Z"
    )


def is_attribute(between: str, before: str, language: str) -> bool:
    """Whether a participle with all it governs qualifies a name: `Der in Acme enthaltene`."""
    if language in _ADNOMINAL:
        return _ADNOMINAL[language].search(decoded(between).strip(" *_")) is not None
    if language not in _ARTICLES:
        return False
    said = decoded(between).strip(" *_").split(" ")
    if not all(word.isalpha() and word.islower() for word in said):
        return False
    inflected = said[-1].endswith(("e", "en", "er", "es", "em")) or (
        language == "sv" and said[-1].endswith("a")
    )
    if not inflected or said[-1] in _NO_PARTICIPLES:
        return False
    return _governed(language).search(decoded(before[-80:])) is not None


def is_kind(between: str, language: str) -> bool:
    """Whether nouns alone stand between a name and its version: `Chrome 브라우저 100`."""
    nouns = _NOUNS.get(language)
    return nouns is not None and nouns.match(decoded(between)) is not None


def _lowered(text: str) -> list[str]:
    return [word.lower() for word in _WORDS.findall(decoded(text))]


def _noun_follows(text: str) -> bool:
    """Whether an English noun stands there, and no verb before its object."""
    match = _NOUN.match(text)
    if match is None or is_no_noun(match[1].lower()):
        return False
    second = (match[2] or "").lower()
    if second in _DETERMINERS:
        return False
    return not match[1].endswith("s") or not second or is_no_noun(second)


def _noun_before(text: str, language: str) -> str:
    """The word that a text ends with, but for small ones."""
    words = _ROMANCE[language]
    small = words.of | words.qualifying | words.using | articles(language) | _FROM
    return next(
        (one for one in reversed(_WORDS.findall(decoded(text[-60:]))) if one.lower() not in small),
        "",
    )
