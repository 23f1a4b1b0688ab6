"""Signs of Markdown that stand in a text as text: what became of a table, a list, a quotation."""

from __future__ import annotations

import re
from bisect import bisect_right

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
_CONFLICT_LINE = late(rb"(<{7}|>{7}|={7})(?: [^\r\n]*)?(?=[\r\n]|\Z)")


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
    # The sign at the very end is that of the block behind, and not empty.
    if match is None or (match.end() == len(text) and between.end < len(document.data)):
        return None
    start = between.start + len(text[: match.start(1)].encode())
    return Span(start, start + len(match[1].encode()))


def torn_picture(segment: Segment) -> bool:
    """Whether there is a picture among the words of a segment."""
    return any(token.kind is TokenKind.IMAGE for token in segment.tokens)


def conflicts(document: Document) -> list[Span]:
    """The lines that git leaves where two versions contradict each other: each conflict whole.

    One whose end is missing is its first line, one whose beginning is missing begins in its
    middle. Conflicts in code are among them.
    """
    data = document.data
    if b"<<<<<<<" not in data and b"\n>>>>>>>" not in data:
        return []
    found: list[Span] = []
    opening: re.Match[bytes] | None = None
    middle: re.Match[bytes] | None = None
    for line in _CONFLICT_LINE.finditer(data):
        if line.start() and data[line.start() - 1] not in b"\r\n":
            continue
        if line[1] == b"=======":
            middle = line
        elif line[1] == b"<<<<<<<":
            if opening is not None:
                found.append(Span(*opening.span()))
            opening, middle = line, None
        else:
            first = opening or middle
            if first is not None:
                found.append(Span(first.start(), line.end()))
            opening = middle = None
    if opening is not None:
        found.append(Span(*opening.span()))
    return found


def outside_code(document: Document, spans: list[Span]) -> list[Span]:
    """Those of some places that stand in no block of code."""
    code = [block for block in document.blocks if block.kind is BlockKind.CODE]
    starts = [block.start for block in code]
    return [
        span
        for span in spans
        if not (place := bisect_right(starts, span.start)) or code[place - 1].end <= span.start
    ]
