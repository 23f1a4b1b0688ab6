"""`foreign-script`: letters of a script that the language is not written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bilint.checks.base import Check, Context, Need
from bilint.checks.language.prose import read
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Confidence, Family, Observation, Severity, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late

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

_SCRIPT_NAMED = late(r"(?i)[-_](?:arab|cyrl|deva|grek|latn|mong|tfng)\b")

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

_KANA_BYTES = re.compile(rb"\xe3[\x81-\x83]")

# What is written in only one of the two ways of writing Chinese, of what is written often.
_SIMPLIFIED = frozenset(
    "们这说还对为国时会个来发经样产开关问题实现应该设备网络软电脑云数据从间进动过与将选择图标页链"
    "创建编辑删储载输导认证连确户单击显项类传击检测试态览无则务务处变"
)
_TRADITIONAL = frozenset(
    "們這說還對為國時會個來發經樣產開關問題實現應該設備網絡軟電腦雲數據從間進動過與將選擇圖標頁鏈"
    "創建編輯刪儲載輸導認證連確戶單擊顯項類傳擊檢測試態覽無則務務處變"
)
_ONLY_SIMPLIFIED = _SIMPLIFIED - _TRADITIONAL
_ONLY_TRADITIONAL = _TRADITIONAL - _SIMPLIFIED
_TELLING = 3
"""Characters of the other way of writing that a segment must have, without any of its own."""

# Letters of Cyrillic and Greek that look like Latin ones.
_LOOKS = dict(
    zip(
        "АВЕКМНОРСТХаеорсухіјѕІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
        "ABEKMHOPCTXaeopcyxijsIJSABEZHIKMNOPTYXo",
        strict=True,
    )
)
_ALIKE = str.maketrans(_LOOKS)
_MIXED = late(rf"\w*(?:[A-Za-z][{_CYRILLIC}{_GREEK}]|[{_CYRILLIC}{_GREEK}][A-Za-z])\w*")
_BEYOND_ASCII = late(r"[^\x00-\x7f]")
_LONGEST = 20_000
_SURE = 0.5
_SUBJECT = 40
_DISTINCT = 2
_APART = 6
_WORD = late(r"[A-Za-z0-9\x01\x02]|[^\W_]{2}")
"""What may not stand within a phrase of another script; a letter of its own may."""


def _observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    data = pair.document.data
    if data.isascii():
        return
    language = primary_language(pair.locale)
    own = _OWN.get(language, ())
    if (not own and language not in _LATIN) or _SCRIPT_NAMED.search(pair.locale):
        return
    written = _other_chinese(pair.locale) if language == "zh" else None
    if written is None and not _suspicious(data, own):
        return
    foreign = _foreign(own)
    for source, target, likeness in pair.segments:
        if target is None or source is None or likeness < _SURE or target.text.isascii():
            continue
        if len(target.text) < _LONGEST and source.text != target.text:
            yield from _in_segment(target, source, foreign)
            if written is not None:
                yield from _in_other_chinese(target, source, *written)


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


def _other_chinese(locale: str) -> tuple[frozenset[str], frozenset[str], str]:
    """What belongs in a Chinese locale, what does not, and what the latter is called."""
    low = locale.lower().replace("_", "-")
    if "hant" in low or low.endswith(("-tw", "-hk", "-mo")):
        return _ONLY_TRADITIONAL, _ONLY_SIMPLIFIED, "simplified"
    return _ONLY_SIMPLIFIED, _ONLY_TRADITIONAL, "traditional"


def _in_other_chinese(
    target: Segment, source: Segment, right: frozenset[str], wrong: frozenset[str], name: str
) -> Iterator[Observation]:
    chars = set(target.text)
    if len(chars & wrong) >= _TELLING and not chars & right:
        yield Observation(
            f"This is written in {name} characters",
            target.span,
            name,
            source_span=source.span,
            severity=Severity.WARNING,
        )


CHECK = Check(
    id="foreign-script",
    family=Family.LANGUAGE,
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    summary="Letters of a script that the language is not written in",
    observe=_observe,
    needs=frozenset((Need.SOURCE,)),
)
