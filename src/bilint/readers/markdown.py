"""Pages: Markdown to segments and blocks, every one with its bytes.

pyromark parses; this module is the only one that knows it. What the parser says goes as plain
tuples to `segmentation`, which is where a page's text is found in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter, itemgetter

from pyromark import Markdown, Options

from bilint.model.config import Limits
from bilint.model.document import (
    Block,
    BlockKind,
    Document,
    FrontMatter,
    Segment,
    Suppression,
    Token,
    TokenKind,
)
from bilint.model.pattern import late
from bilint.model.profile import Profile
from bilint.model.record import TYPE_CHECKING, NamedTuple
from bilint.model.text import Problem, Span
from bilint.readers import segmentation as seg
from bilint.readers import syntax
from bilint.readers.front_matter import read_front_matter
from bilint.readers.markdown_html import Picture, picture, tag_name

if TYPE_CHECKING:
    from typing import Any

    Events = Iterator[tuple[Any, Any]]

# Only these: with definition lists the parser has split characters, and GFM's own alerts would
# hide the keywords. Footnotes are read as the link references that they look like.
_PARSER = Markdown(
    options=Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH | Options.ENABLE_TASKLISTS
)
_PANIC = "PanicException"
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_KEYWORD_COLON = late(r"(\[![^\[\]]*\]):")
_DEFINITION_MARGIN = b" \t>-+*.)0123456789"
_HEADINGS = {f"H{level}": f"h{level}" for level in range(1, 7)}
_BLOCKS = {name: name for name in (seg.PARAGRAPH, seg.ITEM, seg.CELL, seg.HTML)}
_LINK, _CODE, _HTML = TokenKind.LINK, TokenKind.CODE, TokenKind.HTML
_start = itemgetter(1)

_new = tuple.__new__
"""Makes a named tuple in half the time of calling its class; there are half a million of them."""


def read_document(
    data: bytes, profile: Profile, limits: Limits, front_matter: FrontMatter | None = None
) -> Document:
    """The content of a page. Never raises, whatever the bytes.

    `front_matter` is that of `data` when it was read before. Problems are `too-large`,
    `not-utf-8`, `suppression` and `unreadable` (the parser itself gave up); those of the front
    matter stay there. A page that is too large or in another encoding altogether has no segments.
    """
    if front_matter is None:
        front_matter = read_front_matter(data, limits)
    if len(data) > limits.page:
        message = f"The page has {len(data)} bytes, more than {limits.page}; it is not read."
        return Document(data, front_matter, (), problems=(Problem("too-large", message),))
    start = front_matter.span.end
    if start == 0 and data.startswith(_BOM):
        start = len(_BOM)
    problems: list[Problem] = []
    page = data
    part = 0
    try:
        data[:start].decode()
        part = start
        text = data[start:].decode()
    except UnicodeDecodeError as error:
        problem = _not_utf8(data, part + error.start, part + error.end)
        if data[:2] in _UTF16:
            return Document(data, front_matter, (), problems=(problem,))
        problems.append(problem)
        page = _masked(data)
        text = page[start:].decode()
    suppressions: tuple[Suppression, ...] = ()
    body = Body([], [], [])
    try:
        if syntax.FOR_US in page:
            from bilint.readers.suppressions import read_suppressions

            suppressions, found, page = read_suppressions(page, start, _code(text, start))
            problems.extend(found)
            text = page[start:].decode()
        body = _read_body(page, text, start, profile)
    except BaseException as error:
        if type(error) is not UnicodeDecodeError and type(error).__name__ != _PANIC:
            raise
        message = f"The Markdown parser gave up on this page: {error}."
        problems.append(Problem("unreadable", message, Span(start, start)))
    return Document(
        data,
        front_matter,
        (*_front_matter_segments(page, front_matter, profile), *body.segments),
        tuple(body.blocks),
        suppressions,
        tuple(problems),
        tuple(body.tokens),
    )


class Body(NamedTuple):
    """What stands below the front matter. `tokens` are those outside all segments."""

    segments: list[Segment]
    blocks: list[Block]
    tokens: list[Token]


def _read_body(page: bytes, text: str, start: int, profile: Profile) -> Body:
    """Segments a page from byte `start` on; `text` is that part of it, decoded."""
    definitions = _definitions(page, text, start)
    if any(one.info.startswith("!") for one in definitions):
        # `[!UICONTROL Amount]: *2*` is meant as text, whatever Markdown takes it for.
        text = _KEYWORD_COLON.sub(r"\1.", text)
        definitions = [one for one in definitions if not one.info.startswith("!")]
    parsed = _sort(_PARSER.events_with_range(text), page, start, _video_heads(profile))
    inline = parsed.inline
    layout = seg.lay_out(page, parsed.marks, definitions, profile)
    if layout.html_tokens:
        inline = sorted((*inline, *layout.html_tokens), key=_start)
    if parsed.pictures or layout.pictures:
        layout.pictures.extend(parsed.pictures)
        layout.pictures.sort(key=_start)
        seg.take_pictures(page, layout, inline, profile)
    tokens = seg.merge(inline, syntax.scan(page, start, len(page), profile))
    segments, comments = seg.assemble(page, layout.regions, tokens)
    blocks = sorted((*parsed.code, *layout.blocks, *comments), key=_start)
    return Body(segments, blocks, sorted(layout.tokens, key=_start))


class Parsed(NamedTuple):
    """What the parser says of a page, each in order: blocks, tokens, code, and pictures."""

    marks: list[seg.Mark]
    inline: list[Token]
    code: list[Block]
    pictures: list[Picture]


def _sort(events: Events, data: bytes, base: int, videos: tuple[str, ...]) -> Parsed:
    """Sorts the events of a page whose text begins at byte `base`.

    This loop runs once for every event, so it passes over what is not needed as fast as it can:
    text and ends are four events in five, and the place of a start reaches to its end. `videos`
    are the ways in which a link to a video begins.
    """
    parsed = Parsed([], [], [], [])
    marks, inline, code, pictures = parsed
    shape = "td"
    for event, place in events:
        if "Text" in event or "End" in event:
            continue
        if "Start" in event:
            tag = event["Start"]
            if tag.__class__ is str:
                name = _BLOCKS.get(tag)
                if name is not None:
                    marks.append((name, base + place["start"], base + place["end"], shape))
                elif tag == "TableRow":
                    shape = "td"
                elif tag == "TableHead":
                    shape = "th"
                continue
            if "List" in tag:
                continue
            start, end = base + place["start"], base + place["end"]
            if "Link" in tag:
                text, value = data[start:end].decode(), tag["Link"]["dest_url"]
                inline.append(_new(Token, (_LINK, start, end, text, value)))
                if text[1] == "!" and text.startswith(videos):
                    pictures.append(Picture(BlockKind.VIDEO, start, end, end, end, value))
            elif "Heading" in tag:
                marks.append((seg.HEADING, start, end, _HEADINGS[tag["Heading"]["level"]]))
            elif "BlockQuote" in tag:
                marks.append((seg.QUOTE, start, end, ""))
            elif "CodeBlock" in tag:
                marks.append((seg.CODE, start, end, ""))
                code.append(_code_block(events, tag["CodeBlock"], start, end))
            elif "Image" in tag:
                text, value = data[start:end].decode(), tag["Image"]["dest_url"]
                inline.append(Token(TokenKind.IMAGE, start, end, text, value))
                alt = start + len("![")
                alt_end = _alt_end(events, base, alt)
                pictures.append(Picture(BlockKind.IMAGE, start, end, alt, alt_end, value))
            elif "Table" in tag:
                marks.append((seg.TABLE, start, end, ""))
        elif "Html" in event:
            continue
        elif "Code" in event:
            start, end = base + place["start"], base + place["end"]
            text = data[start:end].decode()
            inline.append(_new(Token, (_CODE, start, end, text, event["Code"])))
        elif "InlineHtml" in event:
            start, end = base + place["start"], base + place["end"]
            text, name = data[start:end].decode(), tag_name(event["InlineHtml"])
            inline.append(_new(Token, (_HTML, start, end, text, name)))
            if name == "img" and (shown := picture(data, start, end)):
                pictures.append(shown)
        elif event == seg.RULE:
            marks.append((seg.RULE, base + place["start"], base + place["end"], ""))
        elif seg.TASK in event:
            start, end = base + place["start"], base + place["end"]
            # The box stands before the block that is announced before it.
            index = len(marks) - (marks[-1][1] > start)
            marks.insert(index, (seg.TASK, start, end, ""))
    return parsed


def _video_heads(profile: Profile) -> tuple[str, ...]:
    kinds = profile.keyword_tokens.items()
    return tuple(f"[!{name}](" for name, kind in kinds if kind is TokenKind.VIDEO)


def _code_block(events: Events, kind: Any, start: int, end: int) -> Block:
    """A block of code; takes the events of its text, up to its end."""
    lines = []
    for event, _ in events:
        if "Text" not in event:
            break
        lines.append(event["Text"])
    info = "" if isinstance(kind, str) else kind["Fenced"]
    return Block(BlockKind.CODE, start, end, "".join(lines), info)


def _alt_end(events: Events, base: int, start: int) -> int:
    """Where the alternative text of an image ends; takes the events of it, up to its end."""
    end = start
    depth = 1
    for event, place in events:
        if "Start" in event and "Image" in event["Start"]:
            depth += 1
        elif "End" in event and "Image" in event["End"]:
            depth -= 1
            if depth == 0:
                break
        end = max(end, base + place["end"])
    return end


def _definitions(data: bytes, text: str, start: int) -> list[Block]:
    """The link definitions of a page; asks the parser only where there may be one."""
    at = data.find(b"]:", start)
    while at >= 0:
        line = max(data.rfind(b"\n", start, at), data.rfind(b"\r", start, at)) + 1 or start
        bracket = data.find(b"[", line, at)
        if bracket <= line or (
            data[bracket - 1] in b" \t>" and not data[line:bracket].strip(_DEFINITION_MARGIN)
        ):
            break
        at = data.find(b"]:", at + 1)
    else:
        return []
    found = []
    for label, definition in _PARSER.reference_definitions(text).items():
        span = definition["span"]
        begin, end = start + span["start"], start + span["end"]
        found.append(Block(BlockKind.LINK_DEFINITION, begin, end, definition["dest"], label))
    return sorted(found, key=_start)


def _front_matter_segments(
    data: bytes, front_matter: FrontMatter, profile: Profile
) -> list[Segment]:
    """The translated values of the front matter, in order.

    Tokens are told where the value stands in the page as it is read, without escapes or folds.
    """
    segments = []
    for key, kind in profile.text_keys.items():
        if key in front_matter.entries and front_matter.text(key) is not None:
            entry = front_matter.entries[key]
            start, end = entry.value_span
            value = str(entry.value)
            tokens: tuple[Token, ...] = ()
            if ("[" in value or "{" in value) and data[start:end] == value.encode():
                tokens = tuple(syntax.scan(data, start, end, profile))
            segments.append(Segment(kind, f"fm:{key}", start, end, value, tokens))
    return sorted(segments, key=attrgetter("start"))


def _code(text: str, base: int) -> list[tuple[int, int]]:
    """Where the code of a page stands, in order."""
    events: Events = _PARSER.events_with_range(text)
    found = []
    for event, place in events:
        if "Code" in event or ("Start" in event and "CodeBlock" in event["Start"]):
            found.append((base + place["start"], base + place["end"]))
    return found


def _not_utf8(data: bytes, start: int, end: int) -> Problem:
    if data[:2] in _UTF16:
        return Problem("not-utf-8", "The page is UTF-16; a page has to be UTF-8.", Span(0, 2))
    message = f"Byte 0x{data[start]:02X} is no UTF-8; it is read as a question mark."
    return Problem("not-utf-8", message, Span(start, end))


def _masked(data: bytes) -> bytes:
    """The page with a question mark for each byte that is not UTF-8, so that offsets hold."""
    text = data.decode("utf-8", "surrogateescape")
    return re.sub("[\udc80-\udcff]", "?", text).encode()
