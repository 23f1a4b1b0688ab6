"""`marks-unbalanced`: a bracket or a quotation mark without its partner."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.typography.sheet import HIDDEN, SURE, span_in, visible
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Segment
from bilint.model.finding import Observation
from bilint.model.language import primary_language
from bilint.model.pattern import late

_OPENING, _CLOSING = "(（", ")）"
_CORNERS = (("「", "」"), ("『", "』"), ("【", "】"), ("《", "》"), ("«", "»"))
_PLAIN_QUOTES = ('"', "&quot;")
_CURLY_QUOTES = ("“", "”", "„")
_CURLY = late(rb"\xe2\x80[\x9c-\x9e]")
_QUOTES = (*_PLAIN_QUOTES, *_CURLY_QUOTES)
"""What opens or closes a quotation; which does which differs between languages."""

_ANY_QUOTE = late("|".join(_QUOTES))
_QUOTE_IN_WORDS = frozenset(("he", "iw", "yi"))
"""Languages that set a quotation mark within abbreviations."""

_SINGLE_QUOTE = late(r"(?<!\w)['‘`´]|['’](?!\w)|&(?:apos|#0?39);|``")
_ITEM = late(r"(?:\A|[\s>*_(（])[0-9]{0,2}[^\W_]?[.]?\Z|[:;]-?\Z")
"""What stands before a bracket that closes nothing: the number of an item, half a smile."""

_BROKEN = ("](", "] (")
_LONGEST = 20_000


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """A bracket or a quotation mark has no partner."""
    if pair.source is None:
        return
    data = pair.document.data
    wide, corners, quotes = _marks(data)
    if primary_language(pair.locale) in _QUOTE_IN_WORDS:
        quotes = []
    for source, target, likeness in pair.segments:
        if source is None or target is None or likeness < SURE:
            continue
        text = target.text
        count = text.count
        if (
            (count("(") != count(")") or (wide and ("（" in text or "）" in text)))
            or (quotes and sum(map(count, quotes)) % 2)
            or (corners and any(count(opening) != count(closing) for opening, closing in corners))
        ):
            ours = source.text
            if ours != text and len(text) < _LONGEST and ours.count("(") == ours.count(")"):
                yield from _in_segment(pair.document, target, pair.source.document, source)


def _marks(data: bytes) -> tuple[bool, list[tuple[str, str]], list[str]]:
    """Which marks a page has at all: wide brackets, corners, quotation marks."""
    quotes = [mark for mark in _PLAIN_QUOTES if mark.encode() in data]
    if data.isascii():
        return False, [], quotes
    if _CURLY.search(data):
        quotes += _CURLY_QUOTES
    corners = list(_CORNERS[:-1]) if b"\xe3\x80" in data else []
    if b"\xc2\xab" in data or b"\xc2\xbb" in data:
        corners.append(_CORNERS[-1])
    return b"\xef\xbc" in data, corners, quotes


def _in_segment(
    document: Document, target: Segment, base: Document, source: Segment
) -> Iterator[Observation]:
    text = visible(document, target)
    found = list(_lone(text))
    if not found or any(broken in text for broken in _BROKEN):
        return
    ours = visible(base, source)
    if not ours or any(_lone(ours)):
        return
    for start, end in found:
        mark = text[start:end]
        if mark in _QUOTES and not _ANY_QUOTE.search(ours) and _SINGLE_QUOTE.search(source.text):
            continue
        yield Observation(
            f"`{mark}` has no partner",
            span_in(target, text, start, end),
            mark,
            source_span=source.span,
        )


def _lone(text: str) -> Iterator[tuple[int, int]]:
    """Where marks without a partner stand, one of a kind."""
    place = _lone_bracket(text)
    if place >= 0:
        yield place, place + 1
    for opening, closing in _CORNERS:
        more = text.count(opening) - text.count(closing)
        if more:
            place = text.rfind(opening) if more > 0 else text.find(closing)
            yield place, place + 1
    quotes = [match.span() for match in _ANY_QUOTE.finditer(text)]
    if len(quotes) % 2:
        yield _lone_quote(text, quotes)


def _lone_bracket(text: str) -> int:
    """Where the first round bracket without a partner stands; -1 where there is none."""
    opened: list[int] = []
    for place, char in enumerate(text):
        if char in _OPENING:
            opened.append(place)
        elif char in _CLOSING:
            if opened:
                opened.pop()
            elif not _ITEM.search(text, max(0, place - 5), place):
                return place
    return opened[0] if opened else -1


def _lone_quote(text: str, quotes: list[tuple[int, int]]) -> tuple[int, int]:
    """The one of an odd number of quotation marks that opens after one that opens, or closes so.

    Where all take turns it is the last.
    """
    opened: tuple[int, int] | None = None
    for start, end in quotes:
        opens = (
            end < len(text)
            and not text[end].isspace()
            and (start == 0 or text[start - 1].isspace() or text[start - 1] in "([" + HIDDEN)
        )
        if opens and opened is not None:
            return opened
        if not opens and opened is None:
            return start, end
        opened = (start, end) if opens else None
    return quotes[-1]
