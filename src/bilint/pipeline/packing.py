"""Parsed pages made small for a while.

The pages of a whole corpus are too much for one process, and to parse them twice costs too much.
What was parsed is mostly text that stands in the bytes of the page: places are enough to find it.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable

from bilint.model.document import Block, BlockKind, Document, Segment, SegmentKind, Token, TokenKind
from bilint.model.record import NamedTuple

_SEGMENT_KINDS, _TOKEN_KINDS = tuple(SegmentKind), tuple(TokenKind)
_SEGMENT_NUMBERS = {kind: number for number, kind in enumerate(_SEGMENT_KINDS)}
_TOKEN_NUMBERS = {kind: number for number, kind in enumerate(_TOKEN_KINDS)}
_new = tuple.__new__
"""Makes a named tuple in half the time of calling its class."""


class Packed(NamedTuple):
    """A document whose segments, blocks and tokens are bytes."""

    rest: Document
    content: bytes


def pack(document: Document) -> Packed:
    """A document made small."""
    data = document.data
    content = (
        [
            (
                _SEGMENT_NUMBERS[kind],
                shape,
                start,
                end,
                _unless_there(text, data, start, end),
                _packed(tokens, data),
            )
            for kind, shape, start, end, text, tokens in document.segments
        ],
        [(block.kind.value, *block[1:]) for block in document.blocks],
        _packed(document.tokens, data),
    )
    return Packed(document._replace(segments=(), blocks=(), tokens=()), marshal.dumps(content))


def unpack(packed: Packed) -> Document:
    """The very document that was packed."""
    document, content = packed
    data = document.data
    segments, blocks, tokens = marshal.loads(content)  # noqa: S302 (our own, out of this process)
    return document._replace(
        segments=tuple(
            [
                _new(
                    Segment,
                    (
                        _SEGMENT_KINDS[kind],
                        shape,
                        start,
                        end,
                        data[start:end].decode() if text is None else text,
                        _unpacked(inside, data) if inside else (),
                    ),
                )
                for kind, shape, start, end, text, inside in segments
            ]
        ),
        blocks=tuple([Block(BlockKind(kind), *place) for kind, *place in blocks]),
        tokens=_unpacked(tokens, data),
    )


_PackedToken = tuple[int, int, int, str | None, str]


def _packed(tokens: Iterable[Token], data: bytes) -> list[_PackedToken]:
    return [
        (_TOKEN_NUMBERS[kind], start, end, _unless_there(text, data, start, end), value)
        for kind, start, end, text, value in tokens
    ]


def _unpacked(tokens: Iterable[_PackedToken], data: bytes) -> tuple[Token, ...]:
    return tuple(
        [
            _new(
                Token,
                (
                    _TOKEN_KINDS[kind],
                    start,
                    end,
                    data[start:end].decode() if text is None else text,
                    value,
                ),
            )
            for kind, start, end, text, value in tokens
        ]
    )


def _unless_there(text: str, data: bytes, start: int, end: int) -> str | None:
    """A text, unless it stands at a place of the page letter by letter."""
    return None if text.encode(errors="surrogatepass") == data[start:end] else text
