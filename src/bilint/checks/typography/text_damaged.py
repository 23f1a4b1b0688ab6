"""`text-damaged`: characters that a wrong encoding left behind, or that nobody can print."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document
from bilint.model.finding import Observation, Suggestion
from bilint.model.pattern import late
from bilint.model.text import Span

_CONTROLS = bytes((*range(9), 11, 12, *range(14, 32), 127))
_CONTROL = late(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_HIGH_CONTROL = late(rb"\xc2[\x80-\x9f]")
_REPLACED = late("(?:\ufffd)+".encode())
_REPLACED_BY_ENTITY = late(rb"&#(?:65533|[xX][fF]{3}[dD]);")
# UTF-8 read as Latin-1 or Windows-1252 and written as UTF-8 again: a lead byte, then one to
# three characters that stand for continuation bytes.
_TAIL = (
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014"
    "\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
)
_MOJIBAKE = late(
    rf"(?:[\u00c3-\u00c5\u00d0\u00d1]{_TAIL}|\u00c2[\u0080-\u00bf]|[\u00e2-\u00e9\u00ef]{_TAIL}{_TAIL})+"
)
_SIGNS = late(
    rb"\xc3(?:\x83[\xc2\xc3\xc5\xc6\xcb\xe2]|\x82\xc2|\xa2(?:\xe2\x82|\xc2\x80)|\xaf\xc2)"
)
_LEADS = tuple(chr(code).encode() for code in (*range(0xC2, 0xF0),))
"""What a control character of the upper range stands after where it is part of mojibake."""

_WIDEST = 4
_SUBJECT = 24
_MOST = 50


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """Characters were damaged by a wrong encoding, or cannot be printed."""
    data = pair.document.data
    if data.isascii() and len(data.translate(None, _CONTROLS)) == len(data):
        return
    found = sorted(_damage(data))[:_MOST]
    if not found:
        return
    inherited = _known(pair.source.document) if pair.source is not None else frozenset()
    for span, what, mended in found:
        text = data[span.start : span.end]
        if text in inherited:
            continue
        shown = text.decode("utf-8", "backslashreplace")
        name = shown if shown.isprintable() else shown.encode("unicode_escape").decode()
        yield Observation(
            f"{what}: `{name[:_SUBJECT]}`",
            span,
            name[:_SUBJECT],
            suggestion=Suggestion(mended) if mended else None,
        )


def _known(document: Document) -> frozenset[bytes]:
    data = document.data
    return frozenset(data[span.start : span.end] for span, _what, _mended in _damage(data))


def _damage(data: bytes) -> Iterator[tuple[Span, str, str]]:
    lost = list(_REPLACED_BY_ENTITY.finditer(data)) if b"&" in data else []
    if b"\xef" in data:
        lost += _REPLACED.finditer(data)
    for match in lost:
        yield Span(*match.span()), "Characters were lost here", ""
    if len(data.translate(None, _CONTROLS)) != len(data):
        for match in _CONTROL.finditer(data):
            yield Span(*match.span()), "A control character", ""
    for match in _HIGH_CONTROL.finditer(data):
        if not data[max(0, match.start() - _WIDEST) : match.start()].endswith(_LEADS):
            yield Span(*match.span()), "A control character", ""
    if _SIGNS.search(data):
        text = data.decode("utf-8", "replace")
        if len(text.encode()) == len(data):
            yield from _mojibake(text)


def _mojibake(text: str) -> Iterator[tuple[Span, str, str]]:
    place = offset = 0
    for match in _MOJIBAKE.finditer(text):
        mended = _mended(match[0])
        if mended is None:
            continue
        offset += len(text[place : match.start()].encode())
        place = match.start()
        yield (
            Span(offset, offset + len(match[0].encode())),
            f"`{mended}` in a wrong encoding",
            mended,
        )


def _mended(text: str) -> str | None:
    """What was meant; None where the text is no UTF-8 read as something else."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    try:
        return bytes(
            ord(char) if ord(char) < 256 else char.encode("cp1252")[0] for char in text
        ).decode("utf-8")
    except UnicodeError:
        return None
