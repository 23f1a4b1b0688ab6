"""HTML inside Markdown: what of it is text, and where its tags, comments and pictures stand.

Not a parser of HTML: text runs between tags that begin a block; tags within a line stay in their
run as tokens; what `pre`, `script`, `style` and comments hold is no text, that of `pre` is code.
Linear in the input, whatever it is: no pattern looks beyond the next `<` that may begin a tag.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bilint.model.document import Block, BlockKind, Token, TokenKind
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_QUOTED = rb"\"[^<\"]*(?:<(?![A-Za-z/!])[^<\"]*)*\"|'[^<']*(?:<(?![A-Za-z/!])[^<']*)*'"
_MARKUP = late(
    rb"<(?:(!--)|(/?)([A-Za-z][A-Za-z0-9:-]*)"
    rb"([^<>\"']*(?:(?:" + _QUOTED + rb")[^<>\"']*)*)>|[!?][^<>]*>)"
)
_ATTRIBUTE = late(rb"([A-Za-z:-]+)[ \t\r\n]*=[ \t\r\n]*(?:\"([^\"]*)\"|'([^']*)'|([^ \t\r\n>]+))")
_TAG_NAME = late(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)")
_CODE = b"pre"
_OPAQUE = frozenset((_CODE, b"script", b"style", b"textarea"))
_BLOCK_TAGS = frozenset(
    b"address article aside blockquote body caption center col colgroup dd details dialog dir div"
    b" dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header"
    b" hr html iframe legend li link main menu menuitem meta nav noframes ol optgroup option p"
    b" param section source summary table tbody td template tfoot th thead title tr track ul video"
    b" br".split()
) - {b"br"}


class Picture(NamedTuple):
    """An image or video in a page: where it and its alternative text stand, what it shows.

    `alt` is `alt_end` when it has none.
    """

    kind: BlockKind
    start: int
    end: int
    alt: int
    alt_end: int
    destination: str


class Run(NamedTuple):
    """Text between two tags that begin a block. `tag` is the one it stands in, if that is seen."""

    start: int
    end: int
    tag: str


class HtmlParts(NamedTuple):
    """What a block of HTML holds; `blocks` are its comments and what is code in it."""

    runs: list[Run]
    tags: list[Token]
    blocks: list[Block]
    pictures: list[Picture]


@lru_cache(maxsize=4096)
def tag_name(tag: str) -> str:
    """The name of an HTML tag, in lower case, with a leading `/` when it closes.

    A comment is called `!--`, any other markup `!`.
    """
    match = _TAG_NAME.match(tag)
    if match:
        return match[1] + match[2].lower()
    return "!--" if tag.startswith("<!--") else "!"


def picture(data: bytes, start: int, end: int) -> Picture | None:
    """The picture that an `<img>` tag shows; None where it is no whole tag."""
    match = _MARKUP.match(data, start, end)
    if match is None or match[4] is None:
        return None
    alt = alt_end = match.end()
    source = ""
    for attribute in _ATTRIBUTE.finditer(data, match.start(4), match.end(4)):
        name = attribute[1].lower()
        value = attribute.lastindex or 1
        if name == b"alt":
            alt, alt_end = attribute.span(value)
        elif name == b"src":
            from html import unescape

            source = unescape(attribute[value].decode())
    return Picture(BlockKind.IMAGE, start, match.end(), alt, alt_end, source)


def read_html(data: bytes, start: int, end: int) -> HtmlParts:
    """Takes a block of HTML apart."""
    parts = HtmlParts([], [], [], [])
    if data.startswith(b"<!--", start):
        start = _comment(data, start, end, parts.blocks)
        if not data[start:end].strip():
            return parts
    tag = ""
    run, visible = start, False
    inside: list[Token] = []
    position = start
    while True:
        match = _MARKUP.search(data, position, end)
        until = match.start() if match else end
        if not visible and data[position:until].strip():
            visible = True
        name = match[3].lower() if match and match[3] else b""
        comment = match is not None and match[1] is not None
        if match is None or comment or name in _BLOCK_TAGS or name in _OPAQUE:
            if visible:
                parts.runs.append(Run(run, until, tag))
                parts.tags.extend(inside)
            inside, visible = [], False
            if match is None:
                return parts
            if comment:
                run = _comment(data, match.start(), end, parts.blocks)
            elif name in _OPAQUE and not match[2]:
                run = _after(data, name, match.end(), end)
                if name == _CODE:
                    parts.blocks.append(_code(data, match.start(), match.end(), run))
            else:
                run = match.end()
                tag = "" if match[2] else name.decode()
            position = run
            continue
        position = match.end()
        text = match[0].decode()
        inside.append(Token(TokenKind.HTML, match.start(), position, text, tag_name(text)))
        if name == b"img":
            shown = picture(data, match.start(), position)
            if shown is not None:
                parts.pictures.append(shown)
                visible = True


def _comment(data: bytes, start: int, limit: int, blocks: list[Block]) -> int:
    """Keeps a comment and tells where it ends; one that is never closed takes all that is left."""
    inside = start + len(b"<!--")
    close = data.find(b"-->", inside, limit)
    inside_end, end = (limit, limit) if close < 0 else (close, close + len(b"-->"))
    text = data[inside:inside_end].decode()
    blocks.append(Block(BlockKind.COMMENT, start, end, text))
    return end


def _code(data: bytes, start: int, inside: int, end: int) -> Block:
    """A block of code as readers see it; `inside` is where its opening tag ends."""
    from html import unescape

    text = unescape(_MARKUP.sub(b"", data[inside:end]).decode())
    return Block(BlockKind.CODE, start, end, text)


def _after(data: bytes, name: bytes, position: int, limit: int) -> int:
    """Where the element that began before `position` ends."""
    close = re.compile(b"</" + name + rb"[ \t\r\n]*>", re.IGNORECASE).search(data, position, limit)
    return close.end() if close else limit
