"""`east-punctuation`: Western marks in Chinese or Japanese text, or theirs in other text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from bilint.checks.base import Context
from bilint.checks.typography.sheet import HIDDEN, Sheet, span_in, visible
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Segment, TokenKind
from bilint.model.finding import Observation, Severity, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_HAN = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ENDS = r"[.](?=[*_]{0,3}(?:\s|\Z|[\"”’」』）)]))"
# Behind a character, or behind what closes a link, a label, emphasis, brackets or a quotation.
# What begins with a sign of its own is found many times faster.
_CLOSING = '*_"”’」』】》〉）)\u200b'
_STOP = late(rf"{_ENDS}(?<=[{_HAN}{_CLOSING}{HIDDEN};].)")
_EASTERN = late(rf"[{_HAN}]")
_CLOSED = late(rf"[{_HAN}](?:[{_CLOSING}{HIDDEN}]|&#x200[bB];|&#8203;)+\Z")
_HIDDEN_RUN = late(f"{HIDDEN}+")
_NUMBER = late(
    r"[\s*_(（]*(?:[一二三四五六七八九十百甲乙丙丁アイウエオ]{1,3}|[図圖图表例注註問问答]"
    r"|第[ ]?[0-9一二三四五六七八九十]+[ ]?[章節节部編编話话回])[*_)）]*\Z"
)
"""What a full stop stands behind that ends no sentence: a number, or what opens a caption."""

_LATIN = late(r"[A-Za-z]")
_NAMED = frozenset((TokenKind.LINK, TokenKind.DNL, TokenKind.UICONTROL))
_COMMA = late(rf"(?<=[{_HAN}]),[ ]?(?=[{_HAN}])")
_COLON = late(rf":(?=[*_]{{2,3}}|[ \u00a0\r\n]|\Z)(?<=[{_HAN}{_CLOSING}].)")
_WIDE_COLON = "：".encode()
_BRACKETS = late(r"（[^（）()\r\n]{1,200}\)|\([^（）()\r\n]{1,200}）")
_WIDE_LETTERS = late(r"[０-９Ａ-Ｚａ-ｚ]{2,}")
_STRAY = late(r"[。、，；：！？（）]")
_STRAY_SIGNS = (b"\xe3\x80", b"\xef\xbc")
"""How all of these begin."""

_COMMAS = {"ja": "、", "zh": "，", "yue": "，"}
_LONGEST = 20_000
_HABIT = 3
"""Full-width colons of a page, and how many to one other, from which they are its rule."""

_REACH = 2_000
"""Characters of marks and addresses that may close a text."""


class _Fault(NamedTuple):
    """What is wrong at some characters of a text, and what belongs there."""

    start: int
    end: int
    message: str
    mended: str
    severity: Severity


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """Western punctuation in Chinese or Japanese, or theirs elsewhere."""
    data = pair.document.data
    if data.isascii():
        return
    language = primary_language(pair.locale)
    comma = _COMMAS.get(language)
    if comma is None and not any(sign[:1] in data and sign in data for sign in _STRAY_SIGNS):
        return
    sheet, told = Sheet(pair), False
    habit: bool | None = None
    colons = comma is not None and _wide_colons(data)
    for segment in pair.document.segments:
        if segment.text.isascii() or len(segment.text) > _LONGEST:
            continue
        source = sheet.source_of(segment)
        text = visible(pair.document, segment)
        faults = _stray(text, source) if comma is None else _western(segment, text, comma, source)
        if colons and ":" in text:
            faults = chain(faults, _colons(segment, text))
        for fault in faults:
            if fault.mended == "。":
                # Asked when there is a second one: most pages have none.
                if told and habit is None:
                    habit = _western_habit(pair.document)
                if habit:
                    continue
                told = True
            yield Observation(
                fault.message,
                span_in(segment, text, fault.start, fault.end),
                text[fault.start : fault.end][:40],
                severity=fault.severity,
                suggestion=Suggestion(fault.mended),
            )


def _western_habit(document: Document) -> bool:
    """Whether a page ends most of its sentences with a Western full stop: that is said once."""
    western = sum(
        1
        for segment in document.segments
        if "." in segment.text and len(segment.text) <= _LONGEST
        for _place in _stops(segment, visible(document, segment))
    )
    return western > document.data.decode(errors="replace").count("。")


def _wide_colons(data: bytes) -> bool:
    """Whether a page sets full-width colons as a rule: some style guides want the others."""
    wide = data.count(_WIDE_COLON)
    if wide < _HABIT:
        return False
    return wide > _HABIT * len(_COLON.findall(data.decode(errors="replace")))


def _colons(segment: Segment, text: str) -> Iterator[_Fault]:
    """Western colons behind a word of Chinese or Japanese."""
    for match in _COLON.finditer(text):
        at = match.start()
        if _EASTERN.match(text, at - 1) or _closes(segment, text, at):
            message = "A Western colon stands here, and full-width ones elsewhere"
            yield _Fault(at, at + 1, message, "：", Severity.INFO)


def _stops(segment: Segment, text: str) -> Iterator[int]:
    """Where Western full stops end sentences; that behind the number of a heading ends none."""
    for match in _STOP.finditer(text):
        at = match.start()
        if (_EASTERN.match(text, at - 1) or _closes(segment, text, at)) and not _is_number(
            text, at
        ):
            yield at


def _last_stop(segment: Segment, text: str, source: Segment | None) -> Iterator[int]:
    """Where a segment ends in a Western full stop behind a name in Latin letters."""
    at = len(text.rstrip()) - 1
    if text[at : at + 1] != "." or source is None or not source.text.rstrip().endswith("."):
        return
    if _EASTERN.match(text, at - 1) or _closes(segment, text, at) or not _names(segment):
        return
    # The sentence must be one of characters: another one may have been left as it was.
    words = _without_tokens(segment)
    sentence = words.rpartition("。")[2]
    if _EASTERN.search(sentence if _LATIN.search(sentence) else words):
        yield at


def _without_tokens(segment: Segment) -> str:
    data = segment.text.encode(errors="replace")
    parts, place = [], 0
    for token in segment.tokens:
        parts.append(data[place : max(place, token.start - segment.start)])
        place = max(place, token.end - segment.start)
    return b"".join((*parts, data[place:])).decode(errors="replace")


def _names(segment: Segment) -> bool:
    """Whether bold text, a label or a link ends right before the last sign."""
    written = segment.text.rstrip()[:-1]
    bare = written.rstrip("*_")
    if bare != written:
        return True
    place = segment.start + len(bare.encode(errors="replace"))
    return any(token.end == place and token.kind in _NAMED for token in segment.tokens)


def _is_number(text: str, at: int) -> bool:
    return _NUMBER.match(text[:at]) is not None and text[at + 1 :].strip(" *_\r\n") != ""


def _closes(segment: Segment, text: str, at: int) -> bool:
    """Whether what stands before a place closes a text of characters: marks, a link, a label."""
    tail = _CLOSED.search(text, max(0, at - _REACH), at)
    return tail is not None and all(
        _is_end(segment, text, *run.span()) for run in _HIDDEN_RUN.finditer(text, tail.start(), at)
    )


def _is_end(segment: Segment, text: str, start: int, end: int) -> bool:
    """Whether what is hidden is the end of a link, a label or a tag, and no code."""
    first = len(text[:start].encode(errors="replace"))
    hidden = segment.text.encode(errors="replace")[first : first + end - start]
    return hidden.startswith((b"]", b"</")) and b"`" not in hidden


def _western(segment: Segment, text: str, comma: str, source: Segment | None) -> Iterator[_Fault]:
    """Western marks between characters of Chinese or Japanese, where the text has its own."""
    if "." in text:
        for at in chain(_stops(segment, text), _last_stop(segment, text, source)):
            message = "A Western full stop ends this sentence"
            yield _Fault(at, at + 1, message, "。", Severity.WARNING)
    if "," in text:
        for match in _COMMA.finditer(text):
            yield _Fault(
                *match.span(), "A Western comma stands in this sentence", comma, Severity.INFO
            )
    if "（" in text or "）" in text:
        for match in _BRACKETS.finditer(text):
            mended = f"（{match[0][1:-1]}）"
            yield _Fault(
                *match.span(),
                "One bracket is full-width and the other is not",
                mended,
                Severity.INFO,
            )
    for match in _WIDE_LETTERS.finditer(text):
        mended = "".join(chr(ord(char) - 0xFEE0) for char in match[0])
        if source is not None and mended in source.text:
            yield _Fault(*match.span(), "Full-width letters or digits", mended, Severity.INFO)


_NARROW = dict(zip("。、，；：！？（）", ".,,;:!?()", strict=True))


def _stray(text: str, source: Segment | None) -> Iterator[_Fault]:
    """Chinese or Japanese marks in a language that has none of them."""
    if source is None:
        return
    for match in _STRAY.finditer(text):
        if match[0] not in source.text:
            yield _Fault(
                *match.span(),
                f"`{match[0]}` is a mark of Chinese or Japanese",
                _NARROW[match[0]],
                Severity.WARNING,
            )
