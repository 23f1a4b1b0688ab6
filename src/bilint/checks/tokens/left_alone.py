"""Small words behind which nothing stands: the name that belonged there is gone or elsewhere.

A machine that lost a token, or put it into another place, leaves the preposition before it:
`sul server di, il profilo`, `Le impostazioni di si trovano`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bilint.checks.changed import SURE, changed, target_parts
from bilint.checks.code.masked import masked
from bilint.checks.tokens.syntax import word_set
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment, TokenKind
from bilint.model.finding import Observation
from bilint.model.pattern import late
from bilint.model.record import NamedTuple


class _Words(NamedTuple):
    """Words before no mark, those before a full stop alone, what `clic` and the like govern.

    `compared` are words of a comparison, which may end in a small word: `è maggiore di`.
    """

    never: frozenset[str]
    stopped: frozenset[str]
    click: str
    compared: str


_WORDS = {
    "es": _Words(
        word_set("al del el los las"),
        word_set("con de en"),
        "clic en",
        "diferente|distint[ao]|igual|inferior|mayor|menor|menos|más|superior",
    ),
    "fr": _Words(
        word_set("au aux des du les"),
        word_set("dans de"),
        "clique[zr] sur|clic sur",
        "différente?|inférieure?|moins|plus|supérieure?|égale?",
    ),
    "it": _Words(
        word_set(
            "agli ai alla alle allo al dagli dai dalla dalle dallo dal degli dei della delle dello "
            "del di gli il negli nei nella nelle nello nel sugli sui sulla sulle sullo sul"
        ),
        word_set("con da"),
        "clic su",
        "divers[aeio]|inferior[ei]|maggior[ei]|meno|minor[ei]|più|superior[ei]|ugual[ei]",
    ),
    "pt": _Words(
        word_set("ao aos dos pelo pelos"),
        word_set("de em"),
        "clique em|clicar em",
        "diferente|igual|inferior|maior|mais|menor|menos|superior",
    ),
}
_VERBS = (
    "si trova|si trovano|viene|vengono|sono|è|deve|devono|può|possono|potrebbe|potrebbero|dovrebbe"
    "|dovrebbero|ha|hanno"
)
"""What never stands behind `di` in Italian."""

_BEFORE_VERB = late(rf" di (?:{_VERBS}) ".encode())
_NEAR = 40
_INSERTED = late(r", (?:no |por |pelo |em |au |en |al |a |par |per |ad |in |como )[^,.;]{3,25},")
"""What is said in between, up to its comma: `dos, no máximo, 10 itens`."""

_HIDDEN = frozenset(TokenKind) - {TokenKind.LINK, TokenKind.IMAGE}
_STRANDED = late(
    r"\b(?:a|about|after|at|before|between|by|for|from|in|into|of|on|than|the|through|to|with|within|without)[*_)\]\"'’”]*[.,;:]",
    re.IGNORECASE,
)
"""What the source may end a phrase with: such a word may be left in the translation too."""

_NAME_ENDS = late(r"\b[A-Z]\w+ (?:At|By|For|From|In|Into|Of|On|To|With)[*_)\]\"”’]* [a-z]")
"""A name of the source that ends with such a word, as that of a field: `the Send To field`."""

_COMPARED = late(r"\b(?:different from|equal to|than)\b", re.IGNORECASE)
"""What the source says where more follows; where it says `exceeds`, nothing need follow."""

# A mark is rare, and the word before it is soon told; so each of the three is made one.
_AS_STOPS = bytes(46 if one in b",;" else one for one in range(256))


@lru_cache(maxsize=4)
def _before_mark(language: str) -> re.Pattern[bytes]:
    """A mark, where all are stops, behind one of the words."""
    words = _WORDS[language]
    small = {one.rpartition(" ")[2] for one in words.click.split("|")}
    by_size: dict[int, list[str]] = {}
    for word in sorted(words.never | words.stopped | small):
        by_size.setdefault(len(word), []).append(word)
    either = "|".join(rf"(?<=[\s\0](?:{'|'.join(same)})\.)" for same in by_size.values())
    return re.compile(rf"\.(?=[\s\0.]|\Z)(?:{either})".encode())


@lru_cache(maxsize=4)
def _comparison(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_WORDS[language].compared})(?: \w+)? \Z", re.IGNORECASE)


@lru_cache(maxsize=4)
def _alone(language: str) -> re.Pattern[str]:
    words = _WORDS[language]
    never = "|".join(sorted(words.never - {"di"}))
    if language == "it":
        # A verb too: `che dai, e`.
        never = never.replace("|dai|", "|(?<![Cc]he )dai|")
    either = [
        rf"(?<!\bet )(?:{never})(?=[,;.](?:\s|\Z))",
        rf"(?:{'|'.join(sorted(words.stopped))})(?=\.(?:\s+[A-Z]|\s*\Z))",
        rf"(?:{words.click})(?=[,;.](?:\s|\Z))",
    ]
    if language == "it":
        # `di, ad esempio,` goes on behind what is said in between.
        either.append(r"di(?=[;.](?:\s|[;.]|\Z)|, (?:il |lo |la |i |gli |le |l['’]|[A-Z]))")
        either.append(rf"(?<= )di(?= (?:{_VERBS}) )")
    return re.compile(rf"(?<![\w'’.&;/\x01-])(?:{'|'.join(either)})")


def left_alone(pair: AlignedPair, language: str) -> Iterator[Observation]:
    """One observation for each small word behind which a mark or a verb stands."""
    sign, italian = _before_mark(language), language == "it"

    def likely(text: bytes) -> bool:
        return bool(
            sign.search(text.translate(_AS_STOPS)) or (italian and _BEFORE_VERB.search(text))
        )

    if not likely(pair.document.data):
        return
    for (source, target, likeness), part in zip(changed(pair), target_parts(pair), strict=True):
        if likeness >= SURE and likely(part):
            yield from _in_segment(source, target, language)


def _is_spoken_of(word: str, source: Segment) -> bool:
    """Whether the source has the word before a mark too: the code of a language."""
    return re.search(rf"\b{word}[*_)\]`\"]*[.,;:]", source.text) is not None


def _in_segment(source: Segment, target: Segment, language: str) -> Iterator[Observation]:
    if not _alone(language).search(target.text) or _STRANDED.search(source.text):
        return
    if _NAME_ENDS.search(source.text):
        return
    prose, said = masked(target, _HIDDEN), _COMPARED.search(source.text)
    for match in _alone(language).finditer(prose.text):
        word = match[0].rpartition(" ")[2]
        before = prose.text[max(0, match.start() - _NEAR) : match.start()]
        # `a`, `di` and the like, with an article or without: what a comparison governs.
        compared = word[0] in "ad" and not said and _comparison(language).search(before)
        if compared or _INSERTED.match(prose.text, match.end()) or _is_spoken_of(word, source):
            continue
        yield Observation(
            f"Nothing stands behind `{word}`: what belongs there is gone, or elsewhere",
            prose.span(match.end() - len(word), match.end()),
            word,
            source.span,
        )
