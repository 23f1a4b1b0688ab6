"""`choice-reversed`: the source wants one thing rather than another, the translation the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.changed import at_places, source_data
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.segment_text import stretch

_SURE = 0.7
_SIGNS = (" instead of ", " rather than ", ", not ")
_ENDS = '`]*"”'.encode()
"""The last bytes of what may be wanted."""

_CHOICE = late(
    r"(?:`([^`\r\n]{1,80})`|\[![A-Z]+ ([^\]\r\n]{1,80})\]|\*\*([^*\[\]\r\n]{1,80})\*\*)[*_”\"]*"
    r"(?: instead of| rather than|, not) "
)
_DENIED = late(
    r"(?<!,) not |n['’]t |\b(?:never|without|cannot|prevent\w*|refrain\w*|avoid\w*)\b",
    re.IGNORECASE,
)

# What stands right behind that which is not wanted, and what stands right before it.
_BEHIND = {
    "ja": "では?なく|じゃなく|の代わりに",
    "ko": r"(?:이\(가\)|[이가은는])?\s?(?:아니라|아닌)|\s?대신",
}
_AHEAD = {
    "da": "i stedet for",
    "de": "statt|anstatt|anstelle(?: von)?",
    "es": "en (?:lugar|vez) de",
    "fr": "au lieu de|plutôt que",
    "it": "invece (?:di|che)|anziché|al posto di",
    "nb": "i stedet for",
    "nl": "in plaats van",
    "no": "i stedet for",
    "pl": "zamiast",
    "pt": "em (?:vez|lugar) de|ao invés de",
    "sv": "i ?stället för",
    "yue": "而不是|而非",
    "zh": "而不是|而非",
}
# `Si tratta invece di A, non di B`: the words belong to a verb, or what is not wanted follows.
_TAKES_DI = late(r"\b(?:tratt|avval|serv|dispo[nr]|parl|occup)\w*\s\Z")
_OTHER_REFUSED = late(
    r"[`*_\]”’»\")]*,?\s(?:(?:e|y|et|und|och|og|en|i|ma|pero|mas|mais)\s)?"
    r"(?:non|no|não|nicht|pas|niet|inte|ikke|nie|anziché)\b"
)
_CLOSING = r"[`*_\]」』”’\"）)\s\u200b]*"
_OPENING = (
    r"\s*(?:(?:auf|in|im|mit|von|zu|an|am|der|des|dem|den|die|das|als|sur|dans|le|la|à|de|du|par|en|el"
    r"|il|lo|su|con|o|a|no|na|em|com|op|het|met|på|i|med|det|do|w|z)\s)?"
    r"[`*_„«“‘「『\"\s]*(?:\[![A-Z]+ )?[`*]*"
)
_NO_BLANKS = frozenset(("yue", "zh"))


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """The source wants one thing rather than another, the translation the other."""
    language = primary_language(pair.locale)
    if language not in _BEHIND and language not in _AHEAD:
        return
    if primary_language(context.source_language) != "en":
        return
    data = source_data(pair)
    for source, target, likeness in at_places(pair, data, _choices(data)):
        text = source.text
        if likeness < _SURE or sum(map(text.count, _SIGNS)) > 1:
            continue
        found = list(_CHOICE.finditer(text))
        if len(found) != 1 or _DENIED.search(text):
            continue
        wanted = found[0][1] or found[0][2] or found[0][3]
        if text.count(wanted) == 1 == target.text.count(wanted):
            match = _refused(wanted, language).search(target.text)
            if match and not _wanted_after_all(match, language):
                yield Observation(
                    f"`{wanted}` is what the source wants; here it is what is not wanted",
                    stretch(target, *match.span()),
                    wanted,
                    source_span=source.span,
                )


def _choices(data: bytes) -> list[int]:
    """Where a text may hold a choice, without looking closely."""
    places = []
    for sign in map(str.encode, _SIGNS):
        at = data.find(sign)
        while at >= 0:
            if at and data[at - 1] in _ENDS:
                places.append(at)
            at = data.find(sign, at + 1)
    return sorted(places)


def _refused(wanted: str, language: str) -> re.Pattern[str]:
    """How a language says that something is not what is wanted."""
    if language in _BEHIND:
        return re.compile(rf"{re.escape(wanted)}{_CLOSING}(?:{_BEHIND[language]})")
    start, end = ("", "(?![A-Za-z])") if language in _NO_BLANKS else (r"\b", r"(?!\w)")
    said = rf"{start}(?:{_AHEAD[language]}){_OPENING}{re.escape(wanted)}{end}"
    return re.compile(said, re.IGNORECASE)


def _wanted_after_all(match: re.Match[str], language: str) -> bool:
    """Whether the words that refuse do not, or refuse what comes next."""
    if language not in _AHEAD or language in _NO_BLANKS:
        return False
    text = match.string
    return _OTHER_REFUSED.match(text, match.end()) is not None or (
        language == "it" and _TAKES_DI.search(text, 0, match.start()) is not None
    )
