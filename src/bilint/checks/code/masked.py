"""A segment without what is no prose in it, and names and code as they are compared."""

from __future__ import annotations

from bilint.model.document import Segment, TokenKind
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span

MASK = "\x01"
"""Stands for a byte that is hidden."""

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
"""Characters without width, which scripts pad text with."""

MARKUP = frozenset((TokenKind.HTML, TokenKind.ATTRIBUTES, TokenKind.ANCHOR, TokenKind.VIDEO))
"""What nobody reads: tags, attribute lists, anchors, keywords of videos."""

LINKS = frozenset((TokenKind.LINK, TokenKind.IMAGE))
"""What has a text for readers and an address that they do not see."""

_NO_WIDTH = str.maketrans("", "", ZERO_WIDTH)
_NO_WIDTH_ENTITY = late(
    r"&(?:#x(?:200[bcd]|2060|feff|ad)|#(?:8203|8204|8205|8288|65279|173)"
    r"|shy|zwnj|zwj|ZeroWidthSpace|NoBreak);",
    2,
)
_LANGUAGE_STEP = late(r"(?<=[^/])/[a-z]{2}(?:[-_][A-Za-z]{2,4})?(?=/)")
_ADDRESS = late(r"https?://[^\s\x01<>\"'`]+|www\.[^\s\x01<>\"'`]+")


class Masked(NamedTuple):
    """A segment in which what is hidden are `MASK`s, byte for byte.

    Where it is not `mapped` (a value of the front matter with quotes or escapes), nobody can say
    where in the page a character stands.
    """

    segment: Segment
    text: str
    mapped: bool

    def span(self, start: int, end: int) -> Span:
        """The bytes of the page from one character of `text` up to another."""
        if not self.mapped:
            return self.segment.span
        first = self.segment.start + len(self.text[:start].encode())
        return Span(first, first + len(self.text[start:end].encode()))


def masked(segment: Segment, kinds: frozenset[TokenKind], *, addresses: bool = False) -> Masked:
    """A segment without tokens of these kinds, without markup and without addresses.

    The text of a link stays, its destination does not. With `addresses` those stay that are no
    links.
    """
    text = segment.text
    raw = bytearray(text.encode())
    base = segment.start
    mapped = len(raw) == segment.end - base
    if mapped:
        for kind, start, end, written, _value in segment.tokens:
            if kind in kinds or kind in MARKUP:
                raw[start - base : end - base] = b"\x01" * (end - start)
            elif kind in LINKS:
                size = len(written[label_end(written) :].encode())
                raw[end - base - size : end - base] = b"\x01" * size
        text = raw.decode(errors="replace")
    if not addresses and ("://" in text or "www." in text):
        text = _ADDRESS.sub(lambda match: MASK * len(match[0].encode()), text)
    return Masked(segment, text, mapped)


def label_end(link: str) -> int:
    """Where the text of a link ends and its destination begins."""
    if not link.startswith(("[", "!")):
        return 0
    end = link.rfind("](")
    if end < 0:
        end = link.rfind("][")
    return end if end >= 0 else len(link) - 1


def decoded(text: str) -> str:
    """Text with its entities read, and without characters that have no width."""
    if "&" in text:
        from html import unescape

        text = unescape(text)
    return text if text.isascii() else text.translate(_NO_WIDTH)


def without_width_marks(text: str) -> str:
    """Text without characters that have no width, also where entities stand for them."""
    if "&" in text:
        text = _NO_WIDTH_ENTITY.sub("", text)
    return text if text.isascii() else text.translate(_NO_WIDTH)


def without_language(text: str) -> str:
    """Text in whose addresses the language is left out."""
    return _LANGUAGE_STEP.sub("", text) if "/" in text else text
