"""What a page says in bracketed keywords, and where their syntax is damaged."""

from __future__ import annotations

import re

from bilint.checks.recent import last_two_kept
from bilint.model.document import Block, BlockKind, Document, Segment, Token, TokenKind
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
"""Characters without width, which scripts pad tokens with."""

PAIRED_QUOTES = (
    ("“", "”"),
    ("„", "“"),
    ("«", "»"),
    ("‹", "›"),
    ("「", "」"),
    ("『", "』"),
    ("《", "》"),
)
"""Quotation marks of which one opens and another closes."""

_BRACKETS = (("(（", ")）"), ("[［", "]］"))
_KINDS = tuple(TokenKind)
_PLACED = (TokenKind.DNL, TokenKind.UICONTROL, TokenKind.LINK, TokenKind.CODE)
_FRONT_MATTER = "fm:"
_LISTED = late(r"(?:[0-9]{1,2}|[A-Za-z])[)）]")
_NESTED = late(r"\[!\w+ ([^\[\]]*)\]")


def word_set(text: str) -> frozenset[str]:
    """The words of a text, as a set: long lists of words stay readable."""
    return frozenset(text.split())


def decoded(text: str) -> str:
    """Text with its entities decoded, and one kind of blank and apostrophe."""
    if "&" in text:
        from html import unescape

        text = unescape(text)
    if text.isascii():
        return text
    return text.replace("’", "'").replace("‘", "'").replace("\u00a0", " ")


def plain(text: str) -> str:
    """A token's inside as a reader sees it, with single blanks."""
    return " ".join(decoded(text).split())


def visible(text: str) -> str:
    """The same, without characters that have no width."""
    text = plain(text)
    if text.isascii():
        return text
    return " ".join("".join(char for char in text if char not in INVISIBLE).split())


def tokens_of(segment: Segment | None, kind: TokenKind) -> list[Token]:
    """The tokens of one kind in a segment.

    Where YAML escapes or folds a value of the front matter, nobody can say which bytes a token
    is: it then bears the place of the whole value (`is_placed` tells).
    """
    if segment is None:
        return []
    if not segment.tokens and "[!" in segment.text and segment.shape.startswith(_FRONT_MATTER):
        pattern = rf"\[!{kind.name}[ \n]+([^\[\]]+)\]"
        return [
            Token(kind, segment.start, segment.end, match[0], match[1])
            for match in re.finditer(pattern, segment.text)
        ]
    return [token for token in segment.tokens if token.kind is kind]


def is_placed(token: Token) -> bool:
    """Whether the token's place is its own, so that an edit there means the token."""
    return token.end - token.start == len(token.text.encode())


def placed_tokens(document: Document, kind: TokenKind) -> list[tuple[Segment | None, Token]]:
    """The names, labels, links or code of a whole page, each with its segment, if it is in one."""
    return _index(document).placed[kind]


def page_tokens(document: Document, kind: TokenKind) -> list[tuple[Segment, Token]]:
    """The tokens of one kind in all segments of a page, in order, each with its segment."""
    return _index(document).inside[kind]


_Placed = dict[TokenKind, list[tuple[Segment | None, Token]]]


class _Index(NamedTuple):
    inside: dict[TokenKind, list[tuple[Segment, Token]]]
    placed: _Placed


@last_two_kept
def _index(document: Document) -> _Index:
    inside: dict[TokenKind, list[tuple[Segment, Token]]] = {kind: [] for kind in _KINDS}
    placed: _Placed = {kind: [] for kind in _PLACED}
    for segment in document.segments:
        for token in segment[5]:
            inside[token[0]].append((segment, token))
    for segment in document.segments:
        if not segment.shape.startswith(_FRONT_MATTER):
            break
        if not segment.tokens and "[!" in segment.text:
            for kind in (TokenKind.DNL, TokenKind.UICONTROL):
                placed[kind] += [(segment, token) for token in tokens_of(segment, kind)]
    for kind, found in placed.items():
        found += inside[kind]
    for token in document.tokens:
        if token.kind in placed:
            placed[token.kind].append((None, token))
    for block in document.blocks:
        # Markdown takes `[!UICONTROL Amount]: 2` for the definition of a link.
        if block.kind is BlockKind.LINK_DEFINITION and block.info.startswith("!"):
            _add_definition(placed, block)
    return _Index(inside, placed)


def _add_definition(index: _Placed, block: Block) -> None:
    for kind in (TokenKind.DNL, TokenKind.UICONTROL):
        inside = block.info.removeprefix(f"!{kind.name} ")
        known = any(token.start == block.start for _, token in index[kind])
        if inside != block.info and not known:
            token = Token(kind, block.start, block.end, f"[{block.info}]", inside)
            index[kind].append((None, token))


def unwrapped(label: str) -> str:
    """The inside of a token without the brackets and keywords of tokens within it."""
    return _NESTED.sub(r"\1", label) if "[!" in label else label


def picture_text(token: Token) -> str | None:
    """The alternative text of a picture among words, as written; None where it has no place."""
    text = token.text
    end = text.rfind("](" if text.endswith(")") else "][")
    return text[2:end] if end > 0 and text.startswith("![") else None


def is_torn(words: str) -> bool:
    """Whether words begin or end with a blank, or a bracket among them has no partner."""
    listed = _LISTED.match(words)
    rest = words[listed.end() :] if listed else words
    return words != words.strip() or any(
        sum(map(rest.count, opening)) != sum(map(rest.count, closing))
        for opening, closing in _BRACKETS
    )


def find_words(document: Document, segment: Segment, words: str, but_in: TokenKind) -> Span | None:
    """Where words stand in a segment outside code and tokens of one kind; None if nowhere."""
    if not words:
        return None
    pattern = re.compile(
        rb"(?<!\w)" + rb"\s+".join(re.escape(word.encode()) for word in words.split()) + rb"(?!\w)"
    )
    taken = [token for token in segment.tokens if token.kind in (TokenKind.CODE, but_in)]
    for match in pattern.finditer(document.data, segment.start, segment.end):
        start, end = match.span()
        if not any(token.start < end and start < token.end for token in taken):
            return Span(start, end)
    return None


def is_unspaced(char: str) -> bool:
    """Whether a letter belongs to a script that sets no blanks between words, or after names."""
    return "\u0e00" <= char <= "\u0eff" or "\u2e80" <= char <= "\ud7ff" or char >= "\uf900"


def splits_quotes(own: str, source: str, before: str, after: str) -> bool:
    """Whether one quotation mark of a pair stands at the end of words, the other right outside.

    `before` and `after` are what stands beside the words, `source` is what they stand for.
    """
    for opening, closing in PAIRED_QUOTES:
        opens, closes = own.rfind(opening), own.find(closing)
        opened = opens >= 0 and closing not in own[opens + 1 :] and opening not in source
        closed = closes >= 0 and opening not in own[:closes] and closing not in source
        if (opened and after.startswith(closing)) or (closed and before.endswith(opening)):
            return True
    return False
