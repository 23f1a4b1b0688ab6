"""Signs of Markdown that stand in a text as text: what became of a table, a list, a quotation."""

from __future__ import annotations

import re

from bilint.checks.structure.anatomy import Form
from bilint.model.document import BlockKind, Document, Segment, TokenKind
from bilint.model.pattern import late
from bilint.model.text import Span

_PAD = r"(?:&#x200[bB];|\u200b)*"
_ROW = late(r"\|[^|\r\n]+\|[^|\r\n]*\|")
_DASHES = late(r"\|[ \t:]*(?:-{2,}|\u2014|\u2013)[ \t:-]*\|")
_ITEM_LINE = late(rf"(?:\A|[\r\n])[ \t>]*+{_PAD}(?:[-+*\u2022]|[0-9]{{1,3}}[.)])[ \t]+\S")
_QUOTE_SIGN = late(r"(?:\A|[\r\n])[ \t]*(?:&gt;|\\>)")
_EMPTY = {
    "heading": late(rf"(?:\A|[\r\n])[ \t>]*+(#{{1,6}})[ \t]*+{_PAD}+[ \t]*+(?=[\r\n]|\Z)"),
    "item": late(
        rf"(?:\A|[\r\n])[ \t>]*+([-+*]|[0-9]{{1,9}}[.)])[ \t]*+{_PAD}+[ \t]*+(?=[\r\n]|\Z)"
    ),
}
_OURS = re.compile(rb"<<<<<<<(?: [^\r\n]*)?(?:\r?\n|\Z)")
_THEIRS = re.compile(rb">>>>>>>(?: [^\r\n]*)?(?:\r?\n|\Z)")
_BETWEEN = re.compile(rb"=======\r?\n")


def holds_rows(text: str) -> bool:
    """Whether a text holds rows of a table that is none."""
    return "|" in text and bool(_DASHES.search(text) or (text.count("|") > 5 and _ROW.search(text)))


def count_items(text: str) -> int:
    """How many lines of a text begin as list items do."""
    return sum(1 for _ in _ITEM_LINE.finditer(text))


def holds_quote_signs(text: str) -> bool:
    """Whether lines of a text begin with a sign of quotation that is none."""
    return _QUOTE_SIGN.search(text) is not None


def empty_marker(document: Document, between: Span, what: Form) -> Span | None:
    """The sign of a heading or item with nothing after it, where something of its kind belongs."""
    pattern = _EMPTY.get(what.name)
    if pattern is None:
        return None
    text = document.data[between.start : between.end].decode("utf-8", "replace")
    match = pattern.search(text)
    if match is None:
        return None
    start = between.start + len(text[: match.start(1)].encode())
    return Span(start, start + len(match[1].encode()))


def torn_picture(segment: Segment) -> bool:
    """Whether there is a picture among the words of a segment."""
    return any(token.kind is TokenKind.IMAGE for token in segment.tokens)


def conflicts(document: Document) -> list[Span]:
    """The lines that git leaves where two versions contradict each other: each conflict whole.

    One whose end is missing is its first line. Conflicts in code are among them.
    """
    data = document.data
    found: list[Span] = []
    at = data.find(b"<<<<<<<")
    while at >= 0:
        opening = _OURS.match(data, at) if _begins_line(data, at) else None
        end = at + 7
        if opening is not None:
            end = opening.end()
            closing = _line(data, _THEIRS, b">>>>>>>", end)
            following = _line(data, _OURS, b"<<<<<<<", end)
            if closing is not None and (following is None or closing.start < following.start):
                end = closing.end
            found.append(Span(at, at + len(data[at:end].rstrip())))
        at = data.find(b"<<<<<<<", end)
    if not found:
        found = _halves(data)
    return found


def _halves(data: bytes) -> list[Span]:
    """What is left of a conflict when its first line was taken out and the others were not."""
    if b"\n>>>>>>>" not in data:
        return []
    closing = _line(data, _THEIRS, b">>>>>>>", 0)
    middle = _line(data, _BETWEEN, b"=======", 0)
    if closing is None or middle is None or middle.start > closing.start:
        return []
    return [Span(middle.start, closing.start + len(data[closing.start : closing.end].rstrip()))]


def _line(data: bytes, pattern: re.Pattern[bytes], sign: bytes, start: int) -> Span | None:
    at = data.find(sign, start)
    while at >= 0:
        match = pattern.match(data, at)
        if match is not None and _begins_line(data, at):
            return Span(*match.span())
        at = data.find(sign, at + len(sign))
    return None


def _begins_line(data: bytes, at: int) -> bool:
    return at == 0 or data[at - 1] in b"\r\n"


def in_code(document: Document, span: Span) -> bool:
    """Whether a place stands in a block of code."""
    return any(
        block.kind is BlockKind.CODE and block.start <= span.start < block.end
        for block in document.blocks
    )
