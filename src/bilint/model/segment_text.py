"""The text of a segment as people read it: without its markup, in words, in numbers.

These are called for every segment of a corpus: a cheap test stands before whatever is not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from bilint.model.document import Document, Segment, Token, TokenKind
from bilint.model.pattern import late
from bilint.model.text import Span

# A line end with the blanks around it and the quote markers of the next line.
_WRAP = late(r"[ \t]*[\r\n][ \t\r\n>]*")
# Emphasis; a lone `*` between blanks is none, nor is `_` within a word.
_EMPHASIS = late(r"\*(?:(?<=\S\*)\**|\**(?!\s))|_(?:(?<!\w_)_*(?=\w)|(?<=[^\s_]_)_*(?!\w))|~~")
# The same, where signs are escaped: an escaped one stays.
_ESCAPED_EMPHASIS = late(rf"\\([!-/:-@\[-`{{-~])|{_EMPHASIS.pattern}")
# Of markup, and white space but for a single blank: what is plain already has none of it.
_UNUSUAL = late(
    "[\\[\\\\*_~&\ue000\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
_PLAIN_KEYWORD = late(r"\[!\w+\s+([^\[\]]*)\]")
_WORD = late(r"[^\W_]\S*")
# Thai, Lao, Burmese, Khmer, Kana, Bopomofo and Han put no blanks between words.
_UNSPACED = late(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3100-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
_UNSPACED_PER_WORD = 2
_UNSEEN = late(r"(?:<br */?>|&(?:nbsp|#160|#xA0|#x200B|#8203);|[\W_])*+", re.IGNORECASE)
_DIGIT = late("[0-9]")
_NUMBER = late(r"(?<!\w)(?<!\w[.,])(?<!&#)[+\-\u2212]?[0-9]+(?:[.,'\u2019\u00a0\u202f][0-9]+)*")

_LINKS = frozenset((TokenKind.LINK, TokenKind.IMAGE))
_LABELS = frozenset((TokenKind.DNL, TokenKind.UICONTROL, TokenKind.TAB, TokenKind.BADGE))
_INVISIBLE = frozenset(
    (TokenKind.HTML, TokenKind.ANCHOR, TokenKind.ATTRIBUTES, TokenKind.VIDEO, TokenKind.ALERT)
)
_PARTING = frozenset(
    f"{slash}{name}"
    for name in ("br", "dd", "div", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
                 "pre", "table", "td", "th", "tr", "ul")
    for slash in ("", "/")
)  # fmt: skip
"""Tags, of which a reader sees a gap between two texts."""

_CODE, _IMAGE, _PLACEHOLDER = TokenKind.CODE, TokenKind.IMAGE, TokenKind.PLACEHOLDER
_CODE_MARK = "\ue000"

_Piece = tuple[int, int, str]
"""Start and end of a part of the text, and what is read in its place."""


def says_anything(text: str) -> bool:
    """Whether a reader finds a word or a number in a text: not in a line break, or a blank."""
    return _UNSEEN.fullmatch(text) is None


def plain(segment: Segment, code: bool = True) -> str:
    """The visible text of a segment, on one line.

    Of keywords and links the inside is left; tags, anchors, attribute lists, emphasis and
    addresses go; entities are read. Inline code stays as written, or goes without `code`.
    """
    text = segment.text
    if segment.tokens:
        text = _cut(segment, code)
    elif not (_UNUSUAL.search(text) or "  " in text or text[:1] == " " or text[-1:] == " "):
        return text
    elif "[!" in text:
        text = _PLAIN_KEYWORD.sub(r"\1", text)
    if "\n" in text or "\r" in text:
        text = _WRAP.sub(" ", text)
    if "\\" in text:
        text = _ESCAPED_EMPHASIS.sub(r"\1", text)
    elif "*" in text or "_" in text or "~" in text:
        text = _EMPHASIS.sub("", text)
    if "&" in text:
        from html import unescape

        text = unescape(text)
    if code and _CODE_MARK in text:
        codes = iter([one.value for one in segment.tokens if one.kind is _CODE])
        text = re.sub(_CODE_MARK, lambda _: next(codes, ""), text)
    return " ".join(text.split())


def normalise(text: str) -> str:
    """Text in which only what matters differs: white space and line wrapping do not.

    Quote markers at the beginning of wrapped lines are dropped; Unicode is in NFC.
    """
    if "\n" in text or "\r" in text:
        text = _WRAP.sub(" ", text)
    text = " ".join(text.split())
    return text if text.isascii() else normalize("NFC", text)


def body_text(document: Document) -> str:
    """All segments of a page as one line, to compare two versions of it."""
    return " ".join([normalise(segment.text) for segment in document.segments])


def count_words(segment: Segment) -> int:
    """The words of a segment that a translator has to read; inline code is not among them.

    A word is what stands between blanks and has a letter or digit. In scripts without blanks
    two characters count as a word, which is about what they take to read and to write.
    """
    text = plain(segment, code=False)
    if text.isascii():
        return len(_WORD.findall(text))
    rest, unspaced = _UNSPACED.subn(" ", text)
    return len(_WORD.findall(rest)) + -(-unspaced // _UNSPACED_PER_WORD)


@lru_cache(maxsize=16)
def digest(text: str) -> str:
    """A short stable name for a text, the same for all that `normalise` holds equal."""
    data = normalise(text).encode("utf-8", "surrogatepass")
    import hashlib

    return hashlib.blake2b(data, digest_size=8).hexdigest()


def numbers(segment: Segment) -> tuple[Token, ...]:
    """The numbers in the visible text of a segment, as written, in order.

    Not those in code, tags, addresses and placeholders, nor such as end a name (`H2`). Where
    the text is not what the page holds byte for byte (front matter with escapes), they bear the
    span of the whole segment.
    """
    text = segment.text
    found = list(_NUMBER.finditer(text)) if _DIGIT.search(text) else None
    if not found:
        return ()
    as_stored = is_as_stored(segment)
    hidden = [(start, end) for start, end, _ in _pieces(segment, "")]
    hidden += [
        (one.start - segment.start, one.end - segment.start)
        for one in segment.tokens
        if one.kind is _PLACEHOLDER
    ]
    hidden.sort()
    tokens = []
    index = position = offset = covered = 0
    for match in found:
        offset += len(text[position : match.start()].encode())
        position = match.start()
        while index < len(hidden) and hidden[index][0] <= offset:
            covered = max(covered, hidden[index][1])
            index += 1
        if offset < covered:
            continue
        number = match[0]
        start, end = segment.start, segment.end
        if as_stored:
            start += offset
            end = start + len(number.encode())
        tokens.append(Token(TokenKind.NUMBER, start, end, number, number))
    return tuple(tokens)


def _cut(segment: Segment, code: bool) -> str:
    """The text of a segment without what its tokens hide; a mark stands where code is kept."""
    text = segment.text
    raw = None if text.isascii() else text.encode()
    parts: list[str] = []
    position = 0
    for start, end, shown in _pieces(segment, _CODE_MARK if code else " "):
        if start >= position:
            parts.append(text[position:start] if raw is None else raw[position:start].decode())
            if shown:
                parts.append(shown)
            position = end
    parts.append(text[position:] if raw is None else raw[position:].decode())
    return "".join(parts)


def _pieces(segment: Segment, code: str) -> list[_Piece]:
    """The parts of a segment that are not read as they are written, in order."""
    base = segment.start
    pieces: list[_Piece] = []
    for kind, start, end, text, value in segment.tokens:
        start -= base
        end -= base
        if kind in _LABELS:
            pieces.append((start, start + len(text.split(None, 1)[0]) + 1, ""))
            pieces.append((end - 1, end, ""))
        elif kind in _LINKS:
            pieces.append((start, start + (2 if kind is _IMAGE else 1), ""))
            address = text.rfind("](")
            if address < 0:
                address = text.rfind("][")
            if address < 0:
                address = len(text) - 1
            hidden = text[address:]
            pieces.append((end - len(hidden if hidden.isascii() else hidden.encode()), end, ""))
        elif kind is _CODE:
            pieces.append((start, end, code))
        elif kind in _INVISIBLE:
            pieces.append((start, end, " " if value in _PARTING else ""))
    if len(pieces) > 1:
        pieces.sort()
    return pieces


def is_as_stored(segment: Segment) -> bool:
    """Whether a segment's text is as long as what stands in the page: a place in it is one there.

    It is not where the page has marks of a quotation or a list between its lines.
    """
    return len(segment.text.encode(errors="replace")) == segment.end - segment.start


def stretch(segment: Segment, start: int, end: int) -> Span:
    """The bytes of the page where a stretch of a text stands; the whole segment where it is not
    as stored."""
    if not is_as_stored(segment):
        return segment.span
    before = segment.start + len(segment.text[:start].encode(errors="replace"))
    return Span(before, before + len(segment.text[start:end].encode(errors="replace")))
