"""Parsed pages made small for a while.

The pages of a whole corpus are too much for one process, and to parse them twice costs too much.
What was parsed is mostly text that stands in the bytes of the page: places are enough to find it.
It is kept field by field, not value by value, so that no step is taken for each of the values.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, repeat
from typing import Any

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
    kinds, shapes, starts, ends, texts, inside = _fields(document.segments, 6)
    tokens = (*chain.from_iterable(inside), *document.tokens)
    token_kinds, token_starts, token_ends, token_texts, values = _fields(tokens, 5)
    content = (
        bytes(map(_SEGMENT_NUMBERS.__getitem__, kinds)),
        shapes,
        starts,
        ends,
        _unless_there(texts, data, starts, ends),
        tuple(map(len, inside)),
        bytes(map(_TOKEN_NUMBERS.__getitem__, token_kinds)),
        token_starts,
        token_ends,
        _unless_there(token_texts, data, token_starts, token_ends),
        values,
        [(block.kind.value, *block[1:]) for block in document.blocks],
    )
    return Packed(document._replace(segments=(), blocks=(), tokens=()), marshal.dumps(content))


def unpack(packed: Packed) -> Document:
    """The very document that was packed."""
    document, content = packed
    data = document.data
    (
        kinds, shapes, starts, ends, texts, sizes,
        token_kinds, token_starts, token_ends, token_texts, values, blocks,
    ) = marshal.loads(content)  # fmt: skip  # noqa: S302 (our own, out of this process)
    tokens: Iterator[Token] = map(
        _new,
        repeat(Token),
        zip(
            map(_TOKEN_KINDS.__getitem__, token_kinds),
            token_starts,
            token_ends,
            _there(token_texts, data, token_starts, token_ends),
            values,
            strict=True,
        ),
    )
    segments: Iterator[Segment] = map(
        _new,
        repeat(Segment),
        zip(
            map(_SEGMENT_KINDS.__getitem__, kinds),
            shapes,
            starts,
            ends,
            _there(texts, data, starts, ends),
            [tuple(islice(tokens, size)) if size else () for size in sizes],
            strict=True,
        ),
    )
    return document._replace(
        segments=tuple(segments),
        blocks=tuple([Block(BlockKind(kind), *place) for kind, *place in blocks]),
        tokens=tuple(tokens),
    )


def _fields(values: Sequence[tuple[Any, ...]], size: int) -> tuple[tuple[Any, ...], ...]:
    """The fields of many values of one class, each with those of all values."""
    return tuple(zip(*values, strict=True)) if values else ((),) * size


def _unless_there(
    texts: Sequence[str], data: bytes, starts: Sequence[int], ends: Sequence[int]
) -> list[str | None] | None:
    """Each text, unless it stands at its place of the page letter by letter; None if all do."""
    there = _at(data, starts, ends)
    written = [text.encode(errors="surrogatepass") for text in texts]
    if written == there:
        return None
    return [
        None if ours == theirs else text
        for ours, theirs, text in zip(written, there, texts, strict=True)
    ]


def _there(
    texts: list[str | None] | None, data: bytes, starts: Iterable[int], ends: Iterable[int]
) -> list[str]:
    """The texts again, those that are not kept out of the page."""
    there = _at(data, starts, ends)
    if texts is None:
        return list(map(bytes.decode, there))
    return [
        read.decode() if text is None else text for text, read in zip(texts, there, strict=True)
    ]


def _at(data: bytes, starts: Iterable[int], ends: Iterable[int]) -> list[bytes]:
    return list(map(data.__getitem__, map(slice, starts, ends)))
