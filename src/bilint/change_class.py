"""The class of the change between two versions of one segment.

The first that applies:

1. words that differ, codes aside: prose, or title for values of the front matter;
2. destinations of links and images that differ: links;
3. inline code or placeholders that differ: code. Nothing is to be translated anew, only copied;
4. punctuation or case alone: punctuation. A sign, a decimal mark or a symbol such as `%` or `<`
   makes a word here, so that `1.5` and `15` are never taken for the same;
5. emphasis, bracketed keywords around the same words, attribute lists, anchors, HTML attributes,
   comments, alert keywords, the level of a heading: markup;
6. anything else, such as a paragraph wrapped elsewhere: white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bilint.model.alignment import ChangeClass
from bilint.model.document import Segment, SegmentKind, TokenKind
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.segment_text import normalise

TITLES = (SegmentKind.TITLE, SegmentKind.DESCRIPTION)
_ADDRESSES = frozenset((TokenKind.LINK, TokenKind.IMAGE, TokenKind.VIDEO))
_SILENT = frozenset((TokenKind.HTML, TokenKind.ANCHOR, TokenKind.ATTRIBUTES, TokenKind.ALERT))
_KEYWORDS = frozenset(
    (TokenKind.DNL, TokenKind.UICONTROL, TokenKind.TAB, TokenKind.BADGE, TokenKind.UNKNOWN)
)
_KEYWORD = late(r"\[ ?![A-Za-z]+[ \t]*")
_COPIED = frozenset((TokenKind.CODE, TokenKind.PLACEHOLDER))


_WORD = re.compile(r"[^\W_]+(?:[.,](?=\d)[^\W_]+)*|(?<![^\W_])[-−](?=\d)|[%+=<>≤≥≠±×÷$€£¥°@#&\x00]")
_INVISIBLE = late("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_MARKS = str.maketrans("", "", "*_`~\\[]\x00")
HTML_ADDRESS = late(r"""\b(?:href|src|data)\s?=\s?["']?([^"'\s>]*)""", re.IGNORECASE)


class _Face(NamedTuple):
    """A segment taken apart.

    `text` is what a reader sees, `without_codes` the same with a mark for each code.
    """

    text: str
    without_codes: str
    codes: list[str]
    addresses: list[str]


def classify(old: Segment, new: Segment) -> ChangeClass | None:
    """The class of the change between two versions of a segment; None when there is none."""
    if old.text == new.text:
        return None if old.shape == new.shape else ChangeClass.MARKUP
    was, now = _face(old), _face(new)
    same_codes = len(was.codes) == len(now.codes)
    if not _same_words(was.text, now.text) and not (
        same_codes and _same_words(was.without_codes, now.without_codes)
    ):
        return ChangeClass.TITLE if new.kind in TITLES else ChangeClass.PROSE
    if was.addresses != now.addresses:
        return ChangeClass.LINKS
    if same_codes and was.codes != now.codes:
        return ChangeClass.CODE
    if _visible(was.text) != _visible(now.text):
        return ChangeClass.PUNCTUATION
    if old.shape != new.shape or normalise(old.text) != normalise(new.text):
        return ChangeClass.MARKUP
    return ChangeClass.WHITE_SPACE


def _face(segment: Segment) -> _Face:
    raw = segment.text.encode("utf-8", "surrogatepass")
    cuts: list[tuple[int, int, str]] = []
    codes: list[str] = []
    addresses: list[str] = []
    for kind, start, end, written, value in segment.tokens:
        start, end = start - segment.start, end - segment.start
        if raw[start:end] != written.encode("utf-8", "surrogatepass"):
            continue
        if kind in _ADDRESSES:
            addresses.append(value)
            cuts.append((start + _label_end(written), end, ""))
        elif kind in _KEYWORDS:
            keyword = _KEYWORD.match(written)
            cuts.append((start, start + (keyword.end() if keyword else 0), ""))
        elif kind in _COPIED:
            codes.append(value)
            cuts.append((start, end, value))
        elif kind in _SILENT:
            cuts.append((start, end, ""))
            if kind is TokenKind.HTML:
                addresses.extend(HTML_ADDRESS.findall(written))
    cuts.sort()
    text = without_codes = _clean(_cut(raw, cuts))
    if codes:
        marked = [(start, end, "\x00" if shown else "") for start, end, shown in cuts]
        without_codes = _clean(_cut(raw, marked))
    return _Face(text, without_codes, codes, addresses)


def _label_end(token: str) -> int:
    """The byte of a link or image where its label ends and what nobody reads begins."""
    for mark in ("](", "]["):
        at = token.rfind(mark)
        if at >= 0:
            return len(token[:at].encode("utf-8", "surrogatepass"))
    return len(token.encode("utf-8", "surrogatepass")) if token.endswith("]") else 0


def _cut(raw: bytes, cuts: Iterable[tuple[int, int, str]]) -> str:
    """The text with some stretches replaced; of nested ones the outer counts."""
    pieces: list[str] = []
    done = 0
    for start, end, text in cuts:
        if start >= done:
            pieces += (raw[done:start].decode("utf-8", "surrogatepass"), text)
            done = end
    pieces.append(raw[done:].decode("utf-8", "surrogatepass"))
    return "".join(pieces)


def _clean(text: str) -> str:
    """The text as a reader sees it, on one line: entities resolved, nothing invisible."""
    if "&" in text:
        from html import unescape

        text = unescape(text)
    text = normalise(text)
    return text if text.isascii() else _INVISIBLE.sub("", text)


def _same_words(old: str, new: str) -> bool:
    """Whether two texts differ in punctuation, case and markup at most."""
    return old == new or _WORD.findall(old.casefold()) == _WORD.findall(new.casefold())


def _visible(text: str) -> str:
    return " ".join(text.translate(_MARKS).split())
