"""`east-punctuation`: Western marks in Chinese or Japanese text, or theirs in other text."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.typography.sheet import Sheet, span_in, visible
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation, Severity, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_HAN = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_STOP = late(rf"(?<=[{_HAN}])[.](?=[*_]{{0,3}}(?:\s|\Z|[\"”’」』）)]))")
_COMMA = late(rf"(?<=[{_HAN}]),[ ]?(?=[{_HAN}])")
_BRACKETS = late(r"（[^（）()\r\n]{1,200}\)|\([^（）()\r\n]{1,200}）")
_WIDE_LETTERS = late(r"[０-９Ａ-Ｚａ-ｚ]{2,}")
_STRAY = late(r"[。、，；：！？（）]")
_STRAY_SIGNS = (b"\xe3\x80", b"\xef\xbc")
"""How all of these begin."""

_COMMAS = {"ja": "、", "zh": "，", "yue": "，"}
_LONGEST = 20_000


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
    habit = comma is not None and _western_habit(data.decode("utf-8", "replace"))
    sheet, told = Sheet(pair), False
    for segment in pair.document.segments:
        if segment.text.isascii() or len(segment.text) > _LONGEST:
            continue
        source = sheet.source_of(segment)
        text = visible(pair.document, segment)
        faults = _stray(text, source) if comma is None else _western(text, comma, source)
        for fault in faults:
            if fault.mended == "。" and habit:
                if told:
                    continue
                told = True
            yield Observation(
                fault.message,
                span_in(segment, text, fault.start, fault.end),
                text[fault.start : fault.end][:40],
                severity=fault.severity,
                suggestion=Suggestion(fault.mended),
            )


def _western_habit(text: str) -> bool:
    """Whether a page ends most of its sentences with a Western full stop: that is said once."""
    return len(_STOP.findall(text)) > text.count("。")


def _western(text: str, comma: str, source: Segment | None) -> Iterator[_Fault]:
    """Western marks between characters of Chinese or Japanese, where the text has its own."""
    if "." in text:
        for match in _STOP.finditer(text):
            yield _Fault(
                *match.span(), "A Western full stop ends this sentence", "。", Severity.WARNING
            )
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
