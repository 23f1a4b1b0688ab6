"""Front matter: the YAML block at the head of a page, read without trusting it.

We delimit the block ourselves and keep its size in bounds; `front_matter_yaml` reads what is in it.
A block of nothing but plain `key: value` lines, as most are, is the same to every parser: it is
read here at a quarter of the price, and YAML is not even imported. A test holds both equal.
Problems of the block itself are `front-matter-unclosed` and `front-matter-too-large`.
"""

from __future__ import annotations

import re

from bilint.model.config import Limits
from bilint.model.document import Entry, FrontMatter
from bilint.model.pattern import late
from bilint.model.text import Problem, Span

_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?(---[ \t]*)(\r\n|[\r\n])")
_CLOSING = re.compile(rb"[\r\n]---[ \t]*(?:\r\n|[\r\n]|\Z)")
_LOOKS_LIKE_KEY = late(rb"[A-Za-z_][\w .-]*:(?:[ \t\r\n]|\Z)")
# A key, and a value that is bare, or quoted without escapes, or empty.
_PLAIN_LINE = re.compile(
    rb"(?:\r?\n)*([A-Za-z][\w-]{0,99}):"
    rb"(?: (?:([A-Za-z0-9\x80-\xff][^\x00-\x1f\x7f]*)"
    rb"|'([^'\x00-\x1f\x7f]*)'|\"([^\"\\\x00-\x1f\x7f]*)\"))?(?:\r?\n)+"
)
# Characters that YAML takes for line ends or for none at all.
_SPECIAL = re.compile(rb"\xc2[\x80-\x9f]|\xe2\x80[\xa8\xa9]|\xef\xbb\xbf|\xef\xbf[\xbe\xbf]")
_MOST_LINES = 500
_new = tuple.__new__  # half the time of calling the class of a named tuple
_NONE = FrontMatter()


def read_front_matter(data: bytes, limits: Limits) -> FrontMatter:
    """The front matter of a page; empty when it has none. Never raises, whatever the bytes.

    The span runs from the opening `---` to the end of the closing line. Of a key that stands
    twice the last value counts, as everywhere in YAML.
    """
    opening = _OPENING.match(data)
    if opening is None:
        return _NONE
    start, inside = opening.start(1), opening.end()
    closing = _CLOSING.search(data, inside - 1)
    if closing is None:
        return _unclosed(data, start, inside)
    span = Span(start, closing.end())
    block = data[inside : closing.start() + 1]
    if len(block) > limits.front_matter:
        message = f"The front matter has more than {limits.front_matter} bytes; it is not read."
        return FrontMatter(span, {}, (Problem("front-matter-too-large", message, span),))
    if not block:
        return FrontMatter(span)
    plain = read_plain(block, inside)
    if plain is not None:
        return FrontMatter(span, plain)
    from bilint.readers.front_matter_yaml import read_block

    entries, problems = read_block(_decode(block), inside, limits)
    return FrontMatter(span, entries, problems)


def read_plain(block: bytes, start: int) -> dict[str, Entry] | None:
    """The entries of a block that is plain throughout; None where it takes a YAML parser.

    The block begins at byte `start` of the page.
    """
    if not block.isascii() and _SPECIAL.search(block):
        return None
    entries: dict[str, Entry] = {}
    position = 0
    for line in _PLAIN_LINE.finditer(block):
        if line.start() != position or len(entries) == _MOST_LINES:
            return None
        name, bare, single, double = line.groups()
        kind = line.lastindex or 1
        if bare and (b": " in bare or b" #" in bare or bare[-1:] in b": "):
            return None
        begin, end = line.span(kind)
        if kind == 1:
            begin = end = end + 1
        try:
            key, value = name.decode(), (bare or single or double or b"").decode()
        except UnicodeDecodeError:
            return None
        key_span = _new(Span, (start + line.start(1), start + line.end(1)))
        value_span = _new(Span, (start + begin, start + end))
        if key in entries:
            return None
        entries[key] = _new(Entry, (key, value, key_span, value_span))
        position = line.end()
    return entries if position == len(block) else None


def _unclosed(data: bytes, start: int, inside: int) -> FrontMatter:
    if not _LOOKS_LIKE_KEY.match(data, inside):
        return _NONE
    message = "The front matter is never closed by a line of three dashes; it is read as text."
    return FrontMatter(problems=(Problem("front-matter-unclosed", message, Span(start, inside)),))


def _decode(block: bytes) -> str:
    """The block as text; each byte that is not UTF-8 becomes one `?`, so that offsets hold."""
    try:
        return block.decode()
    except UnicodeDecodeError:
        return re.sub("[\udc80-\udcff]", "?", block.decode("utf-8", "surrogateescape"))
