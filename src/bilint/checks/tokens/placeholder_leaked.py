"""`placeholder-leaked`: what a machine put in place of a token was left in the translation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bilint.checks.base import Context
from bilint.checks.typography.sheet import Sheet
from bilint.model.alignment import AlignedPair, SegmentPair
from bilint.model.document import Document, Segment, Token, TokenKind
from bilint.model.finding import Confidence, Observation
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span

_LIKE = 0.5
"""Likeness of two segments below which their signs are not compared."""

_MACHINE = (
    (b"_", late(rb"_(?=_)"), late(rb"__(?:[A-Z]{2,12}_?|x)[0-9]{1,4}__")),
    (b"@", late(rb"@(?=@)"), late(rb"@@[A-Z_]{0,12}[0-9]{1,4}@@")),
    (b"\xe2", late(rb"\xe2(?=\x9f\xa6)"), late("⟦[^\n]{1,20}?⟧".encode())),
    (
        b"=",
        late(rb"=(?<= id=)"),
        late(rb"(?:<|&lt;)/?(?:x|g|bx|ex|ph|bpt|ept|mrk|it) id=[^<>&\n]{1,60}?/?(?:>|&gt;)"),
    ),
)
"""What machines put in place of a token, each with a sign by which most pages are sent away: one
byte, and the same with what stands beside it."""

_TAG_ENDS = (b"/>", b"/&gt;")
_TAG_END = late(rb"/(?:>|&gt;)")
_ANY_TAG_END = late(r"/(?:>|&gt;)")
_NUMBERED = late(rb"(?:(?<=[\s\[(*])|(?<=[\x80-\xff])|\A)[A-Za-z]?[0-9]{0,3}\Z")
_OPENED = late(r"(?:<|&lt;|\{)[^<>]*\Z")
"""The end of a tag that a machine put in place of a link, what is left before it, and what begins
a tag of its own."""

_NEAR_TAG = 5
"""Bytes before the end of a tag in which its number stands."""

_BRACE = late(r"\{|\}|｛|｝|&[lr]brace;|&lcub;|&rcub;|&#12[35];")
_ENTITY = b"brace;"
_OPENING = frozenset(("{", "｛", "&lbrace;", "&lcub;", "&#123;"))
_DIGITS_BEFORE = late(r"(?<![\w.,:%$#=/-])[0-9]{1,3}\s?\Z")
_DIGITS_AFTER = late(r"[0-9]{1,3}(?![\w,:%])")
_NEAR = 8
_MOST = 500
"""Braces of a segment that are looked at."""

_OWN = frozenset((TokenKind.ATTRIBUTES, TokenKind.ANCHOR))


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """One observation for each placeholder of a machine, one a segment for stray braces."""
    yield from _machine(pair)
    if pair.source is None:
        return
    yield from _tag_ends(pair, pair.source.document)
    data = pair.document.data
    if _lacks_none(data, pair.source.document.data):
        return
    for segments in pair.segments:
        target = segments.target
        if target is None or not _BRACE.search(target.text):
            continue
        seen = _stray(segments, pair.source.document, pair.document)
        if seen is not None:
            yield seen


def _lacks_none(data: bytes, source: bytes) -> bool:
    """Whether the source has as many braces, whatever they belong to: so it is on most pages."""
    here = len(data) - len(data.translate(None, b"{}"))
    if b"&" in data:
        here += data.count(_ENTITY)
    if not here:
        return True
    there = len(source) - len(source.translate(None, b"{}"))
    return here <= there or here <= there + source.count(_ENTITY)


def _machine(pair: AlignedPair) -> Iterator[Observation]:
    data = pair.document.data
    source = None if pair.source is None else pair.source.document.data
    for byte, sign, pattern in _MACHINE:
        if byte not in data or not sign.search(data):
            continue
        for match in pattern.finditer(data):
            if source is not None and match[0] in source:
                continue
            found = match[0].decode("utf-8", "replace")
            yield Observation(
                f"`{found}` is a placeholder of the machine that translated",
                Span(*match.span()),
                found,
                confidence=None if source is not None else Confidence.MEDIUM,
            )


def _tag_ends(pair: AlignedPair, source: Document) -> Iterator[Observation]:
    """The ends of tags that begin nowhere, where the source has none."""
    data = pair.document.data
    if not any(one in data for one in _TAG_ENDS):
        return
    places = []
    for match in _TAG_END.finditer(data):
        near = _NUMBERED.search(data[max(0, match.start() - _NEAR_TAG) : match.start()])
        if near is not None:
            places.append((match.start() - len(near[0]), match.end()))
    for spot in Sheet(pair).spots(places):
        theirs = spot.source
        if theirs is None or _ANY_TAG_END.search(theirs.text):
            continue
        if _OPENED.search(data[spot.target.start : spot.start].decode("utf-8", "replace")):
            continue
        found = data[slice(*spot.span)].decode()
        if found.encode() in source.data and found[0] != "/":
            continue
        yield Observation(
            f"`{found}` was left over by the machine that translated: the source has no such tag",
            spot.span,
            found,
            theirs.span,
        )


def _stray(segments: SegmentPair, source: Document, target: Document) -> Observation | None:
    """The brace of a segment that the source has not; one tells for all of them."""
    own, theirs = segments.target, segments.source
    if own is None or (theirs is not None and segments.likeness < _LIKE):
        return None
    found = list(_braces(own, target))
    known = [] if theirs is None else list(_braces(theirs, source))
    extra = []
    for opening in (True, False):
        here = [one for one in found if one.opening is opening]
        if len(here) > sum(one.opening is opening for one in known):
            extra += here
    if not extra:
        return None
    numbered = [one for one in extra if one.numbered]
    if theirs is None and not numbered:
        return None
    if numbered:
        first, confidence = numbered[0], Confidence.HIGH
    else:
        first, confidence = extra[0], Confidence.MEDIUM
        # A pair of braces around words may be meant.
        if len({one.opening for one in extra}) == 2:
            return None
    return Observation(
        f"`{first.text}` was left over by the machine that translated: "
        "the source has no such brace",
        first.span,
        first.text,
        None if theirs is None else theirs.span,
        confidence=confidence,
    )


class _Brace(NamedTuple):
    """A brace of a segment, with the number beside it."""

    text: str
    span: Span
    opening: bool
    numbered: bool


def _braces(segment: Segment, document: Document) -> Iterator[_Brace]:
    """The braces of a segment that belong to no anchor and no attribute list."""
    raw = document.data[segment.start : segment.end]
    text = raw.decode("utf-8", "replace")
    own = [token for token in segment.tokens if token.kind in _OWN]
    code = [token for token in segment.tokens if token.kind is TokenKind.CODE]
    position = offset = 0
    for match in islice(_BRACE.finditer(text), _MOST):
        start, end = match.span()
        offset += len(text[position:start].encode())
        position = start
        at = segment.start + offset
        if _within(at, own):
            continue
        opening = match[0] in _OPENING
        number = None
        if not _within(at, code):
            near = text[max(0, start - _NEAR) : start]
            number = _DIGITS_AFTER.match(text, end) if opening else _DIGITS_BEFORE.search(near)
        first = last = 0
        if number is not None and opening:
            last = number.end() - end
        elif number is not None:
            first = len(number[0])
        span = Span(
            at - len(text[start - first : start].encode()),
            at + len(text[start : end + last].encode()),
        )
        yield _Brace(text[start - first : end + last], span, opening, number is not None)


def _within(at: int, tokens: list[Token]) -> bool:
    return any(token.start <= at < token.end for token in tokens)
