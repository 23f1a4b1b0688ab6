"""Pages for tests of alignment and staleness, built from a few marks without the real reader.

A piece is one block: `# Heading`, `- item`, `> quote`, a fence, `[!VIDEO](url)`, or a paragraph;
a list of strings is a table row. Tokens are inline code, links, `[!DNL x]` and `{#anchor}`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import strategies as st

from bilint.model.document import (
    Block,
    BlockKind,
    Document,
    Entry,
    FrontMatter,
    Segment,
    SegmentKind,
    Token,
    TokenKind,
)
from bilint.model.text import Span

Piece = str | list[str]

_TOKENS = (
    (TokenKind.CODE, re.compile(r"`([^`]+)`")),
    (TokenKind.DNL, re.compile(r"\[!DNL ([^\]]+)\]")),
    (TokenKind.LINK, re.compile(r"\[[^\]!]+\]\(([^)]*)\)")),
    (TokenKind.ANCHOR, re.compile(r"\{#([^}]+)\}")),
    (TokenKind.ATTRIBUTES, re.compile(r"\{([^}#]+)\}")),
)


def page(
    *pieces: Piece, title: str | None = None, fields: Sequence[tuple[str, str]] = ()
) -> Document:
    """A document of these pieces, one after the other, with blank lines between."""
    values = [("title", title)] if title is not None else []
    head, front_matter, segments = _front_matter([*values, *fields])
    out = bytearray(head)
    blocks: list[Block] = []
    for piece in pieces:
        if isinstance(piece, list):
            _row(out, piece, segments)
        elif piece.startswith("```"):
            info, _, body = piece[3:].partition("\n")
            block = body.removesuffix("```")
            blocks.append(_block(out, BlockKind.CODE, piece, block, info))
        elif piece.startswith("[!VIDEO]"):
            blocks.append(_block(out, BlockKind.VIDEO, piece, piece[9:-1]))
        elif piece.startswith("<!--"):
            blocks.append(_block(out, BlockKind.COMMENT, piece, piece[4:-3]))
        else:
            _text(out, piece, segments)
        out += b"\n\n"
    return Document(bytes(out), front_matter, tuple(segments), tuple(blocks))


def _front_matter(
    values: Sequence[tuple[str, str]],
) -> tuple[bytes, FrontMatter, list[Segment]]:
    if not values:
        return b"", FrontMatter(), []
    out = bytearray(b"---\n")
    entries: dict[str, Entry] = {}
    segments: list[Segment] = []
    for key, written in values:
        start = len(out)
        out += f"{key}: {written}\n".encode()
        end = len(out) - 1
        begin = end - len(written.encode())
        value = written.strip("'\"")
        entries[key] = Entry(key, value, Span(start, start + len(key)), Span(begin, end))
        if key in ("title", "description"):
            kind = SegmentKind(key)
            segments.append(Segment(kind, f"fm:{key}", begin, end, value))
    out += b"---\n"
    return bytes(out), FrontMatter(Span(0, len(out)), entries), segments


def _block(out: bytearray, kind: BlockKind, piece: str, text: str, info: str = "") -> Block:
    start = len(out)
    out += piece.encode()
    return Block(kind, start, len(out), text, info)


def _row(out: bytearray, cells: list[str], segments: list[Segment]) -> None:
    while out.endswith(b"\n\n") and segments and segments[-1].kind is SegmentKind.TABLE_CELL:
        del out[-1:]
    out += b"|"
    for cell in cells:
        out += b" "
        if cell:
            segments.append(_segment(out, SegmentKind.TABLE_CELL, "td", cell))
        out += b" |"


_MARKS = (
    (re.compile(r"(#{1,6}) "), SegmentKind.HEADING, "h"),
    (re.compile(r"(-) "), SegmentKind.LIST_ITEM, "li"),
    (re.compile(r"(>) "), SegmentKind.ALERT, "p>"),
)


def _text(out: bytearray, piece: str, segments: list[Segment]) -> None:
    for mark, kind, shape in _MARKS:
        found = mark.match(piece)
        if found:
            out += found.group().encode()
            level = str(len(found[1])) if kind is SegmentKind.HEADING else ""
            segments.append(_segment(out, kind, shape + level, piece[found.end() :]))
            return
    segments.append(_segment(out, SegmentKind.PARAGRAPH, "p", piece))


def _segment(out: bytearray, kind: SegmentKind, shape: str, text: str) -> Segment:
    start = len(out)
    out += text.encode()
    tokens: list[Token] = []
    for token_kind, pattern in _TOKENS:
        for found in pattern.finditer(text):
            begin = start + len(text[: found.start()].encode())
            end = begin + len(found.group().encode())
            tokens.append(Token(token_kind, begin, end, found.group(), found[1]))
    return Segment(kind, shape, start, len(out), text, tuple(sorted(tokens, key=lambda t: t.start)))


_VOCABULARY = [
    *("amber", "basket", "candle", "dapper", "ember", "fabric", "garden", "harbour", "island"),
    *("jumper", "kettle", "lantern", "meadow", "needle", "orchard", "paddle", "quarry", "ribbon"),
    *("saddle", "timber", "umbrella", "velvet", "walnut", "yonder", "zephyr"),
]


def sentence(number: int, words: int = 6) -> str:
    """A sentence of its own for each number, unlike its neighbours."""
    picked = [_VOCABULARY[(number * 7 + k * (number % 11 + 3)) % 25] for k in range(words - 1)]
    return " ".join([*picked, letters(number)]).capitalize() + "."


def letters(number: int) -> str:
    """A word of its own for each number."""
    return "".join(chr(ord("a") + int(digit)) * 2 for digit in str(number))


def translated(piece: Piece) -> Piece:
    """The piece in an invented language: every word outside of tokens is spelt backwards."""
    if isinstance(piece, list):
        return [str(translated(cell)) for cell in piece]
    parts = re.split(r"(`[^`]*`|\[!DNL [^\]]*\]|\]\([^)]*\)|\{[^}]*\}|^[#>-]+ |^```.*)", piece)
    return "".join(
        part if k % 2 else re.sub(r"[a-z]+", lambda m: m.group()[::-1] + "o", part)
        for k, part in enumerate(parts)
    )


def translate(pieces: list[Piece]) -> list[Piece]:
    """Each piece in the invented language."""
    return [translated(piece) for piece in pieces]


PIECES: st.SearchStrategy[list[Piece]] = st.lists(
    st.tuples(st.sampled_from(["# ", "## ", "- ", "> ", ""]), st.integers(0, 400)),
    max_size=14,
    unique_by=lambda item: item[1],
).map(lambda items: [f"{mark}{sentence(number)}" for mark, number in items])

SOME_PIECES = PIECES.filter(lambda pieces: len(pieces) > 1)


TABLE: list[Piece] = [
    "# Limits of the service",
    "What each plan may hold.",
    ["Plan", "Seats", "Storage for pictures and drawings"],
    ["Small", "5", "A drawer that closes"],
    ["Middle", "25", "Half of the cupboard under the stairs"],
    ["Large", "250", "The whole cupboard and [the shelf](shelf.md) above it"],
    ["Huge", "2500", "`unlimited`"],
    "## After the table",
    "Ask before you store anything heavy.",
    "- first of all the scales",
    "- then the keeper",
]
