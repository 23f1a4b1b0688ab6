"""Whether an English noun stands behind a name that qualifies it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.checks.tokens.syntax import word_set
from bilint.checks.tokens.word_order import is_base_verb, is_no_noun
from bilint.engines.stopwords import function_words
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_DETERMINERS = word_set(
    "a an the your our this that these those its their his her each every any another either"
    " no same own"
)
_MANY = word_set("all both few many multiple several some these those two three four five various")
"""Behind these a name in the singular is followed by the noun that they count."""

_PREPOSITIONS = word_set(
    "about across by for from in inside into like of on onto over through to via with within"
    " without under between"
)
_HELPERS = word_set(
    "do does did can could will would should shall must may might let lets make makes help helps"
    " have has see sees watch cannot"
)
"""Behind these a word without an ending may be a verb: `Does the Beacon support charts?`"""

_OBJECTS = word_set("you it them us me him her users people")

_GIVING = word_set(
    "assign assigns give gives grant grants offer offers send sends show shows supply supplies tell"
    " tells"
)
"""Behind these a name may be who gets what follows it."""

_MODAL = word_set(
    "can cannot could is are was were may might must shall should will would have has do don't"
)
_STOPS = late(r"[ \u00a0]*(?:[.,;:!?)]|\Z)")
_INTRANSITIVE = word_set(
    "appears applies begins breaks changes closes comes continues crashes differs ends exists"
    " expires fails finishes follows goes happens helps loads matters occurs opens passes responds"
    " returns runs starts stops succeeds throws updates waits works"
)
_ADVERBS = word_set(
    "about again ago alike alone already also altogether always away back default else enough"
    " ever first forward free further here home instead last later least less more most much"
    " native never next now often once only open otherwise out outside per ready right same so"
    " soon still then there today together tomorrow too twice unique up upward well yet itself"
    " themselves myself whenever wherever aware compliant compatible specific capable"
)
_BEHIND = late(
    r"\]?[*_`]*(?:\]\([^()\s]*\))?[ \u00a0]([a-z][a-z-]+)(?![\w'’])(?:[ \u00a0]([a-z'’]+))?"
)
_LAST = late(r"([^\W\d_][\w'’-]*)[ \u00a0][\"'(*_`\[]*\Z")
_BEFORE = late(r"[^\W\d_][\w'’-]*")
_OPENS = late(r"(?:\A|[.!?:][\"')*_]*[ \u00a0\n])[\s>*_#(\"'„“-]*\Z")
_NEAR = 60
_PLACEHOLDER = late(r"[<{$%]|.?\Z|\d+\Z")


class EnglishNoun(NamedTuple):
    """The noun behind a name: the word before the name, and what that says.

    It is the `last` one if no other noun follows, for sure. What stands behind a name to which
    something is `given` may be no noun of the name.

    It is `determined` by an article or the like, `governed` by a preposition; `sure` is what
    can be no verb; one `opens` the text with the name.
    """

    before: str
    determined: bool
    governed: bool
    sure: bool
    opens: bool
    word: str
    last: bool
    given: bool


def nouns_behind(text: str, inside: str, kind: str) -> Iterator[EnglishNoun | None]:
    """What stands behind a name wherever a text says it: a noun that is one for sure, or None."""
    if _PLACEHOLDER.match(inside) or (kind == "words" and not inside[0].isupper()):
        return
    for match in said(inside, text):
        follows = _BEHIND.match(text, match.end())
        noun = _noun(text, match.start(), follows, inside) if follows else None
        # What code counts may stand behind it: `at most `limit` charts`.
        counted = kind == "code" and inside[0] != "."
        yield None if counted and noun is not None and not noun.determined else noun


def said(inside: str, text: str) -> list[re.Match[str]]:
    """Where a text says a name."""
    return list(re.finditer(rf"(?<![^\W_]){re.escape(inside)}(?![^\W_])", text))


def opens_sentence(before: str) -> bool:
    """Whether a sentence begins behind a text."""
    return _OPENS.search(before[-_NEAR:]) is not None


def _noun(text: str, start: int, follows: re.Match[str], inside: str) -> EnglishNoun | None:
    word, second = follows[1], follows[2] or ""
    if is_no_noun(word) or word in _ADVERBS or word in function_words("en"):
        return None
    if word.endswith(("able", "ible")):
        return None
    left = text[:start].removesuffix("[!DNL ").removesuffix("[!UICONTROL ").rstrip("*_`")
    last = _LAST.search(left[-_NEAR:])
    before = last[1].lower() if last else ""
    determined, governed = before in _DETERMINERS, before in _PREPOSITIONS
    opens = opens_sentence(left)
    modal = second in _MODAL
    if is_plural(word):
        if word in _INTRANSITIVE or (is_base_verb(word) and not modal and before not in _MANY):
            return None
        ends = not second and _STOPS.match(text, follows.end()) is not None
        if second in _DETERMINERS or second in _MANY or second in _OBJECTS:
            return None
        sure = modal or ends or before in _MANY
        given = _is_given(left[-_NEAR:], determined=determined)
        return EnglishNoun(before, determined and sure, governed, sure, opens, word, ends, given)
    if not modal and _helped(left[-_NEAR:], determined=determined):
        return None
    if not determined and (before in _GIVING or is_base_verb(word) or is_plural(inside)):
        return None
    final = not second or second in function_words("en")
    given = _is_given(left[-_NEAR:], determined=determined)
    return EnglishNoun(before, determined, governed, True, opens, word, final, given)


def is_plural(word: str) -> bool:
    """Whether an English noun looks like one in the plural."""
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "ics"))


def _is_given(left: str, *, determined: bool) -> bool:
    """Whether a verb of giving stands before the article of the name: `Give the Beacon access`."""
    words = _BEFORE.findall(left)
    return determined and len(words) > 1 and words[-2].lower() in _GIVING


def _helped(left: str, *, determined: bool) -> bool:
    """Whether a verb of which the name may be the subject stands before it: `Does the Beacon`."""
    words = _BEFORE.findall(left)
    at = -2 if determined else -1
    return len(words) >= -at and words[at].lower() in _HELPERS
