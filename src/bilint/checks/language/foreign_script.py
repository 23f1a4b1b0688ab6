"""`foreign-script`: letters of a script that the language is not written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bilint.checks.base import Context
from bilint.checks.language.prose import read
from bilint.checks.language.unconverted import unconverted
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation, Severity, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_CYRILLIC, _GREEK, _ARABIC, _HEBREW = (
    "\u0400-\u052f",
    "\u0370-\u03ff",
    "\u0600-\u06ff",
    "\u0590-\u05ff",
)
_INDIC, _THAI = "\u0900-\u0dff", "\u0e00-\u0eff"
_KANA, _HANGUL, _HAN = (
    "\u3041-\u3096\u30a1-\u30fa\u30fc",
    "\uac00-\ud7a3",
    "\u3400-\u4dbf\u4e00-\u9fff",
)
_SCRIPTS = (_CYRILLIC, _GREEK, _ARABIC, _HEBREW, _INDIC, _THAI, _KANA, _HANGUL, _HAN)

_OWN = {
    "ar": (_ARABIC,),
    "be": (_CYRILLIC,),
    "bg": (_CYRILLIC,),
    "bn": (_INDIC,),
    "el": (_GREEK,),
    "fa": (_ARABIC,),
    "he": (_HEBREW,),
    "hi": (_INDIC,),
    "ja": (_KANA, _HAN),
    "ko": (_HANGUL, _HAN),
    "mk": (_CYRILLIC,),
    "mr": (_INDIC,),
    "ru": (_CYRILLIC,),
    "ta": (_INDIC,),
    "th": (_THAI,),
    "uk": (_CYRILLIC,),
    "ur": (_ARABIC,),
    "zh": (_HAN,),
}
_LATIN = frozenset(
    "af ca cs cy da de en es et eu fi fr ga gl hr hu id is it lt lv ms mt nb nl nn no pl pt ro sk"  # noqa: SIM905
    " sl sq sv sw tl tr vi".split()
)
"""Languages that are written in Latin letters everywhere."""

_SCRIPTS_NAMED = frozenset(("arab", "cyrl", "deva", "grek", "latn", "mong", "tfng"))

_LEADS = {
    _CYRILLIC: range(0xD0, 0xD5),
    _GREEK: range(0xCE, 0xD0),
    _ARABIC: range(0xD8, 0xDC),
    _HEBREW: range(0xD6, 0xD8),
    _INDIC: range(0xE0, 0xE1),
    _THAI: range(0xE0, 0xE1),
    _KANA: range(0),
    _HANGUL: range(0xEA, 0xEE),
    _HAN: range(0xE4, 0xEA),
}
"""The bytes that letters of a script begin with. Kana shares its own with much else."""

_KANA_BYTES = late(rb"\xe3[\x81-\x83]")

# The national character sets tell the ways of writing Han characters apart.
_SIMPLIFIED, _TRADITIONAL, _JAPANESE = "gb2312", "big5", "cp932"
_TELLING = 2
"""Characters of another way of writing that a segment must have, without any of its own."""

_MIXED_IN = 5
"""The same for a segment that has characters of its own as well."""

# Letters of Cyrillic and Greek that look like Latin ones.
_LOOKS = dict(
    zip(
        "АВЕКМНОРСТХаеорсухіјѕІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
        "ABEKMHOPCTXaeopcyxijsIJSABEZHIKMNOPTYXo",
        strict=True,
    )
)
_ALIKE = str.maketrans(_LOOKS)
_MIXED = late(rf"(?<!\w)\w*(?:[A-Za-z][{_CYRILLIC}{_GREEK}]|[{_CYRILLIC}{_GREEK}][A-Za-z])\w*")
_BEYOND_ASCII = late(r"[^\x00-\x7f]")
_LONGEST = 20_000
_SURE = 0.5
_SUBJECT = 40
_DISTINCT = 2
_APART = 6
_WORD = late(r"[A-Za-z0-9\x01\x02]|[^\W_]{2}")
"""What may not stand within a phrase of another script; a letter of its own may."""


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """Letters of a script that the language is not written in."""
    data = pair.document.data
    if data.isascii():
        return
    language = primary_language(pair.locale)
    own = _OWN.get(language, ())
    if not own and language not in _LATIN:
        return
    if not _SCRIPTS_NAMED.isdisjoint(pair.locale.lower().replace("_", "-").split("-")[1:]):
        return
    way = _way_of_writing(pair.locale)
    if way == _TRADITIONAL:
        yield from unconverted(pair)
    writing = _writing(data.decode("utf-8", "replace"), way) if way else None
    if (writing is None or not writing.other) and not _suspicious(data, own):
        return
    foreign = _foreign(own)
    for source, target, likeness in pair.segments:
        if target is None or source is None or likeness < _SURE or target.text.isascii():
            continue
        if len(target.text) < _LONGEST and source.text != target.text:
            yield from _in_segment(target, source, foreign)
            if writing is not None and writing.other:
                yield from _in_other_writing(target, source, writing)


def _suspicious(data: bytes, own: tuple[str, ...]) -> bool:
    """Whether a page may have letters of another script at all, without reading it."""
    if data.translate(None, _others(own)):
        return True
    if _CYRILLIC in own or _GREEK in own:
        return _foreign(own).search(data.decode("utf-8", "replace")) is not None
    return _KANA not in own and _KANA_BYTES.search(data) is not None


@lru_cache(maxsize=64)
def _others(own: tuple[str, ...]) -> bytes:
    """All bytes but those that letters of other scripts begin with."""
    leads = {byte for script in _SCRIPTS if script not in own for byte in _LEADS[script]}
    return bytes(byte for byte in range(256) if byte not in leads)


@lru_cache(maxsize=64)
def _foreign(own: tuple[str, ...]) -> re.Pattern[str]:
    """What finds letters that a language is not written in, or a word of two scripts."""
    others = "".join(one for one in _SCRIPTS if one not in own)
    return re.compile(
        rf"[{others}]{{2,}}|[A-Za-z][{_CYRILLIC}{_GREEK}]|[{_CYRILLIC}{_GREEK}][A-Za-z]"
    )


def _in_segment(
    target: Segment, source: Segment, foreign: re.Pattern[str]
) -> Iterator[Observation]:
    if not foreign.search(target.text):
        return
    reading = read(target)
    text = reading.text
    mixed = [match.span() for match in _MIXED.finditer(text)]
    for start, end in mixed:
        word = text[start:end]
        meant = word.translate(_ALIKE)
        odd = [char for char in word if not char.isascii()]
        if any(char in source.text for char in odd):
            continue
        if meant.isascii() and (meant in source.text or not _own_letters(word, foreign)):
            yield Observation(
                f"`{word}` has letters of another script that look like its own",
                reading.span(start, end),
                word[:_SUBJECT],
                source_span=source.span,
                suggestion=Suggestion(meant),
            )
    for start, end in _together(text, _strange(text, source, foreign, mixed)):
        found = text[start:end]
        yield Observation(
            f"`{found[:_SUBJECT]}` is in a script that this language is not written in",
            reading.span(start, end),
            found[:_SUBJECT],
            source_span=source.span,
        )


def _strange(
    text: str, source: Segment, foreign: re.Pattern[str], mixed: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Where letters of another script stand that the source has not."""
    for match in foreign.finditer(text):
        found = match[0]
        if _BEYOND_ASCII.sub("", found) or found in source.text or len({*found}) < _DISTINCT:
            continue
        if not any(start <= match.start() < end for start, end in mixed):
            yield match.span()


def _together(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those between which few signs and no word of the language stand are one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start - found[-1][1] <= _APART and not _WORD.search(text, found[-1][1], start):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _own_letters(word: str, foreign: re.Pattern[str]) -> bool:
    """Whether the letters of a word that are not Latin belong to the language's own script."""
    rest = "".join(char for char in word if not char.isascii())
    return foreign.fullmatch(rest * 2) is None


def _way_of_writing(locale: str) -> str | None:
    """The character set of a locale's way of writing Han characters; None for other languages."""
    language = primary_language(locale)
    if language == "ja":
        return _JAPANESE
    if language != "zh":
        return None
    low = locale.lower().replace("_", "-")
    traditional = "hant" in low or low.endswith(("-tw", "-hk", "-mo"))
    return _TRADITIONAL if traditional else _SIMPLIFIED


class _Writing(NamedTuple):
    """The characters of a page that belong in its way of writing alone, and those that do not."""

    own: frozenset[str]
    other: frozenset[str]
    name: str


def _writing(text: str, own: str) -> _Writing:
    han = [char for char in {*text} if "\u4e00" <= char <= "\u9fff"]
    others = [one for one in (_SIMPLIFIED, _TRADITIONAL, _JAPANESE) if one != own]
    if own == _JAPANESE:
        # Characters of old Japanese are traditional ones.
        others.remove(_TRADITIONAL)
    strange = {char for char in han if not _in_set(char, own)}
    known = {char for char in strange if any(_in_set(char, one) for one in others)}
    alone = {char for char in han if char not in strange and not _in_set(char, others[0])}
    name = "traditional" if own == _SIMPLIFIED else "simplified"
    return _Writing(frozenset(alone), frozenset(known), name)


def _in_set(char: str, name: str) -> bool:
    try:
        char.encode(name)
    except UnicodeEncodeError:
        return False
    return True


def _in_other_writing(target: Segment, source: Segment, writing: _Writing) -> Iterator[Observation]:
    chars = set(target.text)
    found = (chars & writing.other).difference(source.text)
    least = _MIXED_IN if chars & writing.own else _TELLING
    if len(found) >= least:
        yield Observation(
            f"This is written in {writing.name} characters",
            target.span,
            writing.name,
            source_span=source.span,
            severity=Severity.WARNING,
        )
