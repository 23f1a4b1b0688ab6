"""From the blocks of a page to its segments.

A Markdown parser says where blocks begin and end. Here every block becomes *regions*, each the
place of one piece of text, and regions become segments with their tokens. Positions are bytes of
the page throughout.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter

from bilint.model.document import (
    DAMAGED_ALERT,
    Block,
    BlockKind,
    Segment,
    SegmentKind,
    Token,
    TokenKind,
)
from bilint.model.pattern import late
from bilint.model.profile import Profile
from bilint.model.record import NamedTuple
from bilint.readers import syntax
from bilint.readers.markdown_html import Picture, read_html

Region = tuple[SegmentKind, str, int, int]
"""Kind, shape, start and end of a piece of text, white space around it included."""

Mark = tuple[str, int, int, str]
"""The name of a block (one of those below, the very same string), its start and end, and the shape
of a heading or cell."""

PARAGRAPH, ITEM, CELL, HEADING = "Paragraph", "Item", "TableCell", "Heading"
HTML, CODE, QUOTE = "HtmlBlock", "CodeBlock", "BlockQuote"
TABLE, RULE, TASK = "Table", "Rule", "TaskListMarker"

# The parser lets an item begin in the margin before its marker, or at the line end before that.
_ITEM_MARKER = late(rb"[ \t\r\n>]*(?:[-+*]|[0-9]{1,9}[.)])")
_ALERT = re.compile(rb">[ \t]*\[!([A-Za-z]+)\]")
_QUOTE_HEAD = late(rb">[ \t]*(?=\[!)")
_DAMAGED_ALERT = late(rb"\[![^\[\]! \t\r\n]{1,60}\][ \t]*(?=[\r\n])")
"""A keyword alone on a line at the head of a quote, in whatever script: meant for an alert."""

_MARGIN = re.compile(rb"[ \t\r\n>]*")
_NEXT_MARGIN = late(rb"[ \t]*(?:[\r\n][ \t>]*)*")
_LINE_END = late(rb"[\r\n]")
_WHITE = late(rb"[ \t\r\n]*")
_HEAD_ATTRIBUTES = late(rb"(?:\{[^{}\r\n]*\})?")
_HEAD_END = late(rb"[ \t]*(?=[\r\n]|\Z|\[!)")
_CLOSING_SIGNS = late(rb"(?<=[ \t])#+\Z")
_ATTRIBUTES = re.compile(rb"\{[^{}\r\n]*\}")
_MARGIN_BYTES = b" \t\r\n>"
_WHITE_BYTES = frozenset(b" \t\n\r\x0b\x0c")
_VERBATIM = "!"
_LONGEST_SHAPE = 100

# Looking up a member of an enumeration takes as long as making a token.
_PARAGRAPH, _LIST_ITEM = SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM
_TABLE_CELL, _HEADING = SegmentKind.TABLE_CELL, SegmentKind.HEADING
_HTML_TEXT = SegmentKind.HTML_TEXT
_LINK, _IMAGE, _CODE, _HTML = TokenKind.LINK, TokenKind.IMAGE, TokenKind.CODE, TokenKind.HTML

_start = itemgetter(1)
_new = tuple.__new__
"""Makes a named tuple in half the time of calling its class; there are half a million of them."""


class Layout(NamedTuple):
    """What the blocks of a page come to. `tokens` stand outside of all text."""

    regions: list[Region]
    blocks: list[Block]
    tokens: list[Token]
    html_tokens: list[Token]
    pictures: list[Picture]


def lay_out(
    data: bytes, marks: Sequence[Mark], definitions: Sequence[Block], profile: Profile
) -> Layout:
    """The regions of a page in order, and what stands beside them.

    `marks` come in the order in which they begin, a container (item, quote) before what it holds.
    The parser announces no paragraph for the text of a tight list item: it is whatever no block
    takes between `loose`, where it may begin, and the next block; -1 means nowhere.
    """
    layout = Layout([], list(definitions), [], [], [])
    regions = layout.regions
    outer: list[tuple[int, int, SegmentKind, str, str, str, int]] = []
    end, loose, depth = len(data) + 2, -1, 0
    kind, shape, later, quote = _PARAGRAPH, "p", "p", ""
    for name, start, stop, detail in (*marks, (RULE, len(data) + 1, len(data) + 1, "")):
        while start >= end:
            if loose >= 0:
                if quote or definitions:
                    _add_loose(regions, data, (kind, shape, loose, end), quote, definitions)
                else:
                    regions.append((kind, shape, loose, end))
            end, loose, kind, shape, later, quote, depth = outer.pop()
        if name is CELL:
            regions.append((_TABLE_CELL, detail + quote, start, stop))
            continue
        if name is PARAGRAPH:
            loose = -1
            if data.startswith(b"[!", start):
                start = _take_heads(layout, data, (start, stop), quote, profile)
            regions.append((kind, shape, start, stop))
            if kind is _LIST_ITEM:
                kind, shape = _PARAGRAPH, later
            continue
        if loose >= 0:
            if _add_loose(regions, data, (kind, shape, loose, start), quote, definitions):
                kind, shape = _PARAGRAPH, later
            loose = stop
        if name is ITEM:
            outer.append((end, loose, kind, shape, later, quote, depth))
            end, loose, depth = stop, start + 1, depth + 1
            if data[start] not in b"-+*":
                marker = _ITEM_MARKER.match(data, start)
                loose = marker.end() if marker else start
            kind, (shape, later) = _LIST_ITEM, _item_shapes(depth, quote)
        elif name is HEADING:
            regions.append(_heading(data, start, stop, detail, quote))
        elif name is HTML:
            _add_html(layout, data, start, stop, quote)
        elif name is QUOTE:
            outer.append((end, loose, kind, shape, later, quote, depth))
            end, loose = stop, -1
            kind, quote = _quote(data, start, quote, profile)
            shape = later = f"li{depth}.p{quote}" if depth else f"p{quote}"
    return layout


@lru_cache(maxsize=256)
def _item_shapes(depth: int, quote: str) -> tuple[str, str]:
    """The shape of an item, and that of its further paragraphs."""
    return f"li{depth}{quote}", f"li{depth}.p{quote}"


def _quote(data: bytes, start: int, outer: str, profile: Profile) -> tuple[SegmentKind, str]:
    """The kind of the paragraphs in a quote, and what it adds to their shape."""
    if len(outer) > _LONGEST_SHAPE:
        return _PARAGRAPH, outer
    verbatim = _VERBATIM if outer.endswith(_VERBATIM) else ""
    shape = f"{outer.removesuffix(_VERBATIM)}>"
    alert = _ALERT.match(data, start)
    keyword = alert[1].decode() if alert else ""
    if keyword not in profile.alerts:
        head = None if keyword in profile.keyword_tokens else _QUOTE_HEAD.match(data, start)
        if head is not None and _DAMAGED_ALERT.match(data, head.end()):
            return SegmentKind.ALERT, shape + DAMAGED_ALERT + verbatim
        return _PARAGRAPH, shape + verbatim
    if keyword in profile.verbatim_alerts:
        verbatim = _VERBATIM
    return SegmentKind.ALERT, shape + keyword.lower() + verbatim


def _take_heads(
    layout: Layout, data: bytes, place: tuple[int, int], quote: str, profile: Profile
) -> int:
    """Takes the keywords of alerts, tabs and badges off a paragraph; where its text begins."""
    start, stop = place
    margin = _MARGIN if quote else _WHITE
    while data.startswith(b"[!", start, stop):
        one = syntax.keyword(data, start, stop)
        if quote and start == place[0] and _is_unknown(one, profile):
            damaged = _damaged_alert(data, start, stop)
            if damaged is not None:
                layout.tokens.append(damaged)
                white = margin.match(data, damaged.end, stop)
                return white.end() if white else damaged.end
        if one is None:
            break
        after = one.end
        kind = profile.keyword_tokens.get(one.name)
        if quote and one.name in profile.alerts and one.inside == one.inside_end:
            token = Token(TokenKind.ALERT, start, after, data[start:after].decode(), one.name)
        elif kind in (TokenKind.TAB, TokenKind.BADGE) and one.inside < one.inside_end:
            attributes = _HEAD_ATTRIBUTES.match(data, after, stop)
            after = attributes.end() if attributes else after
            if not _HEAD_END.match(data, after, stop):
                break
            label = data[one.inside : one.inside_end].decode()
            token = Token(kind, start, one.end, data[start : one.end].decode(), label)
            segment = SegmentKind.TAB if kind is TokenKind.TAB else SegmentKind.BADGE
            layout.regions.append((segment, segment.value, one.inside, one.inside_end))
            layout.tokens.extend(syntax.scan(data, one.end, after, profile))
        else:
            break
        layout.tokens.append(token)
        white = margin.match(data, after, stop)
        start = white.end() if white else after
    return start


def _is_unknown(one: syntax.Keyword | None, profile: Profile) -> bool:
    return one is None or not (one.name in profile.alerts or one.name in profile.keyword_tokens)


def _damaged_alert(data: bytes, start: int, stop: int) -> Token | None:
    """What was meant for the keyword of an alert, so that the text below it is that of one."""
    match = _DAMAGED_ALERT.match(data, start, stop + 1)
    if match is None:
        return None
    text = match[0].rstrip()
    said = text.decode("utf-8", "replace")
    return Token(TokenKind.UNKNOWN, start, start + len(text), said, said[2:-1])


def _add_loose(
    regions: list[Region], data: bytes, region: Region, quote: str, definitions: Sequence[Block]
) -> bool:
    """Adds the text of a tight item, if there is any between two of its blocks."""
    kind, shape, start, stop = region
    if not data[start:stop].strip(_MARGIN_BYTES if quote else None):
        return False
    if definitions:
        start = _after_definitions(data, start, stop, definitions)
    if quote:
        start, stop = _without_margin(data, start, stop)
    if not data[start:stop].strip():
        return False
    regions.append((kind, shape, start, stop))
    return True


def _after_definitions(data: bytes, start: int, stop: int, definitions: Sequence[Block]) -> int:
    """Link definitions are no blocks to the parser: the text of an item begins after them."""
    index = bisect_left(definitions, start, key=_start)
    while index < len(definitions) and definitions[index].end <= stop:
        if data[start : definitions[index].start].strip(_MARGIN_BYTES):
            break
        start = definitions[index].end
        index += 1
    return start


def _without_margin(data: bytes, start: int, stop: int) -> tuple[int, int]:
    """A place in a quote without quote markers before it and lines of nothing else after it."""
    at_line = start > 0 and data[start - 1] in b"\r\n"
    margin = (_MARGIN if at_line else _NEXT_MARGIN).match(data, start, stop)
    start = margin.end() if margin else start
    last = start + len(data[start:stop].rstrip(_MARGIN_BYTES))
    line_end = _LINE_END.search(data, last, stop)
    # A `>` that ends the last line of text is text.
    return start, line_end.start() if line_end else stop


def _heading(data: bytes, start: int, stop: int, shape: str, quote: str) -> Region:
    """The text of a heading: without its signs, or without the line under it."""
    raw = data[start:stop].rstrip()
    signs = int(shape[1])
    underline = max(raw.rfind(b"\n"), raw.rfind(b"\r"))
    if underline >= 0:
        signs, stop = 0, start + underline
    elif raw.endswith(b"#") and (closing := _CLOSING_SIGNS.search(raw, signs)):
        stop = start + closing.start()
    return _HEADING, shape + quote, start + signs, stop


def _add_html(layout: Layout, data: bytes, start: int, stop: int, quote: str) -> None:
    parts = read_html(data, start, stop)
    for run in parts.runs:
        begin, end = run.start, run.end
        if quote:
            begin, end = _without_margin(data, begin, end)
        shape = f"html:{run.tag}{quote}" if run.tag else f"html{quote}"
        layout.regions.append((_HTML_TEXT, shape, begin, end))
    layout.html_tokens.extend(parts.tags)
    layout.blocks.extend(parts.blocks)
    layout.pictures.extend(parts.pictures)


def take_pictures(data: bytes, layout: Layout, inline: Sequence[Token], profile: Profile) -> None:
    """Turns text that is nothing but pictures into blocks, and their alternative text into regions.

    `inline` are all tokens of the page and `layout.pictures` all pictures, both in order.
    """
    regions: list[Region] = []
    pictures = layout.pictures
    first = last = 0
    for region in layout.regions:
        start, stop = region[2], region[3]
        while first < len(pictures) and pictures[first].start < start:
            first += 1
        last = first
        while last < len(pictures) and pictures[last].start < stop:
            last += 1
        shown = pictures[first:last]
        first = last
        links = _beside(data, region, shown, inline) if shown else None
        if links is None:
            regions.append(region)
            continue
        scanned = syntax.scan(data, start, stop, profile)
        layout.tokens.extend(one for one in scanned if one.kind is TokenKind.ATTRIBUTES)
        shape = "alt!" if region[1].endswith(_VERBATIM) else "alt"
        for one in shown:
            link = links.get(one.start, "")
            layout.blocks.append(Block(one.kind, one.start, one.end, one.destination, link))
            if one.alt < one.alt_end:
                regions.append((SegmentKind.ALT_TEXT, shape, one.alt, one.alt_end))
    layout.regions[:] = regions


def _beside(
    data: bytes, region: Region, pictures: Sequence[Picture], inline: Sequence[Token]
) -> dict[int, str] | None:
    """The addresses of the links around the pictures of a region, by the start of the picture.

    None when there is text beside the pictures.
    """
    start, stop = region[2], region[3]
    taken = [(one.start, one.end) for one in pictures]
    links: dict[int, str] = {}
    shown = 0
    for index in range(bisect_left(inline, start, key=_start), len(inline)):
        token = inline[index]
        if token.start >= stop:
            break
        if token.kind is _LINK:
            address = token.text.rfind("](")
            if address < 0:
                return None
            taken.append((token.start, token.start + 1))
            taken.append((token.end - len(token.text[address:].encode()), token.end))
            while shown < len(pictures) and pictures[shown].start < token.end:
                if pictures[shown].start > token.start:
                    links[pictures[shown].start] = token.value
                shown += 1
        elif token.kind is _HTML:
            taken.append((token.start, token.end))
    rest = []
    for begin, end in sorted(taken):
        rest.append(data[start:begin])
        start = max(start, end)
    rest.append(data[start:stop])
    text = _ATTRIBUTES.sub(b"", b" ".join(rest))
    return None if text.strip(_MARGIN_BYTES) else links


def assemble(
    data: bytes, regions: Sequence[Region], tokens: Sequence[Token]
) -> tuple[list[Segment], list[Block]]:
    """The segments that regions come to; and the comments of those that come to nothing else.

    A region that holds nothing but HTML tags is no text. `tokens` are all tokens of the page, in
    order; each goes to the segment in which it begins.
    """
    segments: list[Segment] = []
    comments: list[Block] = []
    starts = [*map(_start, tokens), len(data) + 1]
    index, following = 0, starts[0]
    free = 0
    for kind, shape, start, stop in regions:
        if start < free:  # noqa: PLR1730 (calling max takes longer than all else in this line)
            start = free
        text = data[start:stop].strip()
        if not text:
            continue
        if len(text) < stop - start:
            while data[start] in _WHITE_BYTES:
                start += 1
            stop = start + len(text)
        free = stop
        while following < start:
            index += 1
            following = starts[index]
        inside: tuple[Token, ...] = ()
        if following < stop:
            first = index
            while following < stop:
                index += 1
                following = starts[index]
            inside = tuple(tokens[first:index])
            for token in inside:
                if token[2] > stop:
                    inside = _closed(inside, data, stop)
                    break
            if inside[0].kind is _HTML and _only_markup(data, start, stop, inside):
                comments.extend(_comment(one) for one in inside if one.value == "!--")
                continue
        segments.append(_new(Segment, (kind, shape, start, stop, text.decode(), inside)))
    return segments, comments


def _only_markup(data: bytes, start: int, stop: int, tokens: Sequence[Token]) -> bool:
    """Whether there is nothing but HTML tags and blanks between two bytes."""
    for token in tokens:
        if token.kind is not _HTML or data[start : token.start].strip():
            return False
        start = token.end
    return start == stop


def _comment(token: Token) -> Block:
    return Block(BlockKind.COMMENT, token.start, token.end, token.text[4:-3])


def _closed(tokens: tuple[Token, ...], data: bytes, stop: int) -> tuple[Token, ...]:
    """The tokens of a segment that ends at `stop`, those of them that reach further cut short."""
    return tuple(syntax.unclosed(one, data) if one.end > stop else one for one in tokens)


def merge(inline: Sequence[Token], others: Sequence[Token]) -> Sequence[Token]:
    """The tokens of Markdown and of our syntax in one order.

    Those of our syntax that stand in code, in a tag or in the address of a link are left out.
    """
    if not others:
        return inline
    merged = [*inline, *others]
    merged.sort(key=_start)
    kept: list[Token] = []
    keep = kept.append
    covered = 0
    link: Token | None = None
    for token in merged:
        kind = token[0]
        if kind is _LINK or kind is _IMAGE:
            link = token
        elif kind is _CODE or kind is _HTML:
            covered = token[2]
        elif token[1] < covered or (link and token[1] < link[2] and _in_address(token, link)):
            continue
        keep(token)
    return kept


def _in_address(token: Token, link: Token) -> bool:
    """Whether a token stands in the address of a link, and not in its text."""
    inside = link.text.rfind("](")
    return inside < 0 or token.start >= link.end - len(link.text[inside:].encode())
