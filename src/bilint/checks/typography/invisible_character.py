"""`invisible-character`: a character without width in code, an address, an anchor or a token."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.model.alignment import AlignedPair
from bilint.model.document import BlockKind, Document, Token, TokenKind
from bilint.model.finding import Observation, Severity, Suggestion
from bilint.model.pattern import late
from bilint.model.text import Span

_CHARACTERS = late(
    rb"\xe2\x80[\x8b-\x8f]|\xe2\x81\xa0|\xef\xbb\xbf"
    rb"|&(?:#(?:820[3-7]|[xX]200[b-fB-F]|8288|[xX]2060|65279|[xX][fF]{2}[eE][fF])"
    rb"|ZeroWidthSpace);"
)
_PADDED = late(
    rb"(?<=[A-Z] )(?:" + _CHARACTERS.pattern + rb")[ ]?|[ ]?(?:" + _CHARACTERS.pattern + rb")(?=\])"
    rb"|" + _CHARACTERS.pattern
)
_SIGNS = (
    (b"\xe2", late(rb"\xe2(?:\x80[\x8b-\x8f]|\x81\xa0)")),
    (b"\xef", late(rb"\xef\xbb\xbf")),
    (b"&", late(rb"&(?:#(?:820|[xX]200|8288|[xX]2060|65279|[xX][fF]{2})|Zero)")),
)
"""How such characters begin, each with the one byte by which most pages are sent away."""
_LABEL = "a token"
_PLACES = {
    TokenKind.CODE: "code",
    TokenKind.ANCHOR: "an anchor",
    TokenKind.UICONTROL: _LABEL,
    TokenKind.VIDEO: "an address",
    TokenKind.PLACEHOLDER: "a placeholder",
    TokenKind.ATTRIBUTES: "an attribute list",
    TokenKind.HTML: "a tag",
}


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """A character without width stands in code, an address, an anchor or a token."""
    data = pair.document.data
    if not _padded(data):
        return
    places = [
        match.span()
        for match in _CHARACTERS.finditer(data, 3 if data[:3] == b"\xef\xbb\xbf" else 0)
    ]
    if not places:
        return
    inherited = None
    for span, where, subject in _harmful(pair.document, places):
        if inherited is None:
            inherited = _known(pair.source.document if pair.source is not None else None)
        if subject not in inherited:
            text = data[span.start : span.end]
            yield Observation(
                f"A character without width in {where}: `{subject}`",
                span,
                subject,
                severity=Severity.INFO if where == _LABEL else None,
                suggestion=Suggestion(_cleaned(text), safe=True),
            )


def _padded(data: bytes) -> bool:
    """Whether a page may have such characters at all."""
    return any(byte in data and signs.search(data) is not None for byte, signs in _SIGNS)


def _cleaned(text: bytes) -> str:
    """A token without such characters, and without the blanks that they padded."""
    return _PADDED.sub(b"", text).decode()


def _known(document: Document | None) -> frozenset[str]:
    if document is None:
        return frozenset()
    places = [match.span() for match in _CHARACTERS.finditer(document.data)]
    return frozenset(subject for _span, _where, subject in _harmful(document, places))


def _harmful(document: Document, places: list[tuple[int, int]]) -> Iterator[tuple[Span, str, str]]:
    """The places that lie within something read by machines: their span, where, and what it is."""
    segments, blocks = document.segments, document.blocks
    starts = [segment.start for segment in segments]
    block_starts = [block.start for block in blocks]
    free = 0
    for start, _end in places:
        if start < free:
            continue
        at = bisect_right(block_starts, start) - 1
        if at >= 0 and start < blocks[at].end:
            block = blocks[at]
            if block.kind is BlockKind.LINK_DEFINITION:
                free = block.end
                yield Span(block.start, block.end), "an address", block.text[:60]
            continue
        at = bisect_right(starts, start) - 1
        if at < 0 or start >= segments[at].end:
            continue
        for token in reversed(segments[at].tokens):
            if token.start <= start < token.end:
                where = _where(token, start)
                if where and _subject(token):
                    free = token.end
                    yield Span(token.start, token.end), where, _subject(token)
                    break


def _where(token: Token, at: int) -> str:
    if token.kind in (TokenKind.LINK, TokenKind.IMAGE):
        address = token.text.rfind("](")
        inside = len(token.text[:address].encode()) if address >= 0 else 0
        return "an address" if at >= token.start + inside and address >= 0 else ""
    return _PLACES.get(token.kind, "")


def _subject(token: Token) -> str:
    return " ".join(_CHARACTERS.sub(b"", token.value.encode()).decode().split())[:60]
