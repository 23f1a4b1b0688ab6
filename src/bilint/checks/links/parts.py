"""What a link is made of: its text, its address, and what is left of one that is torn apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from bilint.checks.links.addresses import is_address
from bilint.checks.recent import last_two_kept
from bilint.checks.tokens.syntax import INVISIBLE, page_tokens
from bilint.model.document import Document, Segment, Token, TokenKind
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span

LINK, IMAGE, HTML, CODE = TokenKind.LINK, TokenKind.IMAGE, TokenKind.HTML, TokenKind.CODE

_NO_WIDTH = str.maketrans(dict.fromkeys(INVISIBLE, ""))
_KEYWORD = late(r"\[!\w+ ([^\[\]]*)\]")
_TAG = late(r"<[^<>]*>")
_MARKS = late(r"[*_~`\\]+")
_WORD = late(r"[^\W_]")
_ATTRIBUTE = late(r"\b(?:href|src)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')", re.IGNORECASE)

_NEAR = 400
"""Characters around a piece of a link in which its other pieces are looked for."""

_MOST = 200
"""Pieces of links in one segment that are told."""

# A pattern that begins with a class of characters is found faster than one with a choice.
_RESIDUE = late(
    r"[\]］】](?:(?<=\])(?<!\\\])[ \u00a0\u3000]{0,3}[(（]"
    r"|(?<=］)[ \u3000]?[(（]|(?<=】)[ \u3000]?\()"
)
_SWAPPED = late(r"[)）][ \u3000]?[\[［]([^\[\]［］\s\ufffc]+)[\]］]")
_ADDRESS_FIRST = late(
    r"[(（](?<!\].)(?<!\] .)([^\s()（）\ufffc]+)[)）] ?\[([^\[\]\r\n\ufffc]{1,200})\](?! ?[(（\[])"
)
_CLOSING = late(r"[)）\s]")
_BRACKET = late(r"[\[\]]")


class Piece(NamedTuple):
    """What is left of a link whose syntax is broken: where it stands, and its address.

    `mended` is the link as it should be, where there is no doubt about it.
    """

    span: Span
    address: str
    mended: str | None


def link_tokens(segment: Segment | None) -> list[Token]:
    """The links and pictures of a segment in order, those written in HTML included."""
    if segment is None or not segment.tokens:
        return []
    found: list[Token] = []
    for token in segment.tokens:
        kind = token.kind
        if kind is LINK or kind is IMAGE:
            found.append(token)
        elif kind is HTML and token.value in ("a", "img") and "=" in token.text:
            match = _ATTRIBUTE.search(token.text)
            if match is not None:
                what = LINK if token.value == "a" else IMAGE
                said = match[1] if match[1] is not None else match[2] or ""
                if "&" in said:
                    from html import unescape

                    said = unescape(said)
                found.append(Token(what, token.start, token.end, token.text, said))
    return found


@last_two_kept
def page_links(document: Document) -> dict[int, list[Token]]:
    """The links and pictures of each segment that has some, by where the segment starts."""
    found: dict[int, list[Token]] = {}
    apart = page_tokens(document, LINK), page_tokens(document, IMAGE), page_tokens(document, HTML)
    for segment, token in apart[0]:
        found.setdefault(segment.start, []).append(token)
    mixed = [segment for segment, _ in apart[1]]
    mixed += [segment for segment, token in apart[2] if token.value in ("a", "img")]
    for segment in mixed:
        found[segment.start] = link_tokens(segment)
    return found


def label_of(token: Token) -> str | None:
    """The text of a link as written; None for a bare address or one in HTML."""
    text = token.text
    if not text.startswith("["):
        return None
    end = text.rfind("](") if text.endswith(")") else -1
    if end < 0:
        end = text.rfind("][")
    return text[1 : end if end > 0 else -1]


def label_span(token: Token, label: str) -> Span:
    """Where the text of a link stands."""
    start = token.start + 1
    return Span(start, start + len(label.encode()))


def is_inline(token: Token) -> bool:
    """Whether a link bears its own address, and no name of a definition."""
    return token.text.endswith(")") and "](" in token.text


def has_address(token: Token) -> bool:
    """Whether a link leads anywhere: an address, or what stands between angle brackets."""
    return is_address(token.value) or token.text.startswith("<")


def words(label: str) -> str:
    """The text of a link as a reader sees it, without markup and characters without width."""
    if "[!" in label:
        label = _KEYWORD.sub(r"\1", label)
    if "<" in label:
        label = _TAG.sub(" ", label)
    if "&" in label:
        from html import unescape

        label = unescape(label)
    if not label.isascii():
        label = label.translate(_NO_WIDTH)
    return " ".join(_MARKS.sub("", label).split())


def is_empty(label: str) -> bool:
    """Whether a reader finds no word in the text of a link, and no picture either."""
    if "&" not in label and "<" not in label and "[" not in label:
        return _WORD.search(label) is None
    if "![" in label or "<img" in label:
        return False
    return not any(map(str.isalnum, words(label)))


def broken_links(segment: Segment | None) -> list[Piece]:
    """What is left of links that Markdown does not take for links any more."""
    if segment is None:
        return []
    text = segment.text
    swapped = _SWAPPED.search(text) is not None
    first = _ADDRESS_FIRST.search(text) is not None
    if not swapped and not first and not _RESIDUE.search(text):
        return []
    shown = _without_tokens(segment)
    found = list(_swapped(shown, segment)) if swapped else []
    if first:
        found += _turned(shown, segment)
    free = 0
    for match in _RESIDUE.finditer(shown):
        if match.start() < free:
            continue
        if len(found) == _MOST:
            break
        piece = _piece(shown, match, segment)
        if piece is not None:
            free = piece[1]
            found.append(piece[0])
    return found


def _piece(shown: str, match: re.Match[str], segment: Segment) -> tuple[Piece, int] | None:
    """What is left of the link whose middle is `match`; None where it is no link's."""
    after = match.end()
    closing = _CLOSING.search(shown, after, after + _NEAR)
    end = closing.start() if closing else min(len(shown), after + _NEAR)
    address = shown[after:end].strip("<>")
    plain = match[0] == "]("
    if not is_address(address) or "\ufffc" in address:
        return None
    closed = closing is not None and closing[0] in ")）"
    if closed:
        end += 1
    start = _opening(shown, match.start())
    mended = None
    if start is None:
        start = match.start()
        if plain and closed:
            end = _reversed_end(shown, end)
    elif closed and not plain:
        label = segment.text[start + 1 : match.start()]
        mended = f"[{label}]({address})"
    text = segment.text
    place = len(text[:start].encode())
    span = Span(segment.start + place, segment.start + place + len(text[start:end].encode()))
    return Piece(span, address, mended), end


def _swapped(shown: str, segment: Segment) -> Iterator[Piece]:
    """Links whose brackets and parentheses changed places: `(words)[address]`."""
    for match in islice(_SWAPPED.finditer(shown), _MOST):
        start = _opening(shown, match.start(), "(（", ")）")
        if start is None or not is_address(match[1]):
            continue
        text = segment.text
        place = segment.start + len(text[:start].encode())
        span = Span(place, place + len(text[start : match.end()].encode()))
        yield Piece(span, match[1], f"[{text[start + 1 : match.start()]}]({match[1]})")


def _turned(shown: str, segment: Segment) -> Iterator[Piece]:
    """Links whose address stands before their words: `(address)[words]`."""
    for match in islice(_ADDRESS_FIRST.finditer(shown), _MOST):
        if is_address(match[1]) and not is_address(match[2]):
            text = segment.text
            place = segment.start + len(text[: match.start()].encode())
            span = Span(place, place + len(text[match.start() : match.end()].encode()))
            yield Piece(span, match[1], f"[{text[slice(*match.span(2))]}]({match[1]})")


def _opening(shown: str, close: int, left: str = "[［【", right: str = "]］】") -> int | None:
    """The bracket that opens what is closed at `close`, if one does and is no token's."""
    depth = 0
    for index in range(close - 1, max(-1, close - _NEAR), -1):
        char = shown[index]
        if char in right:
            depth += 1
        elif char in left:
            if not depth:
                return index
            depth -= 1
    return None


def _reversed_end(shown: str, end: int) -> int:
    """Where a link ends that was turned round: its text stands behind its address."""
    for match in _BRACKET.finditer(shown, end, end + _NEAR):
        if match[0] == "[":
            rest = shown[match.end() : match.end() + _NEAR]
            follows = _BRACKET.search(rest)
            if follows is None or follows[0] == "[":
                return match.end()
        return end
    return end


def _without_tokens(segment: Segment) -> str:
    """The text of a segment with an object sign for each character in its links, code and tags."""
    text = segment.text
    if not segment.tokens:
        return text
    raw = text.encode()
    parts: list[str] = []
    position = 0
    for token in segment.tokens:
        start, end = token.start - segment.start, token.end - segment.start
        if start < position or token.kind is TokenKind.UNKNOWN or token.kind is TokenKind.NUMBER:
            continue
        parts.append(raw[position:start].decode("utf-8", "replace"))
        parts.append("\ufffc" * len(token.text))
        position = end
    parts.append(raw[position:].decode("utf-8", "replace"))
    shown = "".join(parts)
    return shown if len(shown) == len(text) else text


def text_of(document: Document, span: Span) -> str:
    """The text of a page between two bytes."""
    return document.data[span.start : span.end].decode("utf-8", "replace")
