"""`anchor-altered`: an explicit anchor `{#id}` of the source is lost, damaged or another one."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.tokens.syntax import find_words, page_tokens
from bilint.model.alignment import AlignedPair, Basis
from bilint.model.anchors import written_anchors
from bilint.model.document import Document, Segment, SegmentKind, Token, TokenKind
from bilint.model.finding import Observation, Suggestion
from bilint.model.pattern import late
from bilint.model.text import Span

_KIND = TokenKind.ANCHOR
_LIKE = 0.5
_MOST = 20
"""Anchors of a segment that are told."""
_DAMAGED = late(
    r"(?:\\?\{|｛|&lbrace;|&lcub;|&#123;)\s*(?:#|＃|&num;|&#35;)[^{}\n]{1,200}?"
    r"(?:\\?\}|｝|&rbrace;|&rcub;|&#125;)"
)

_ATTRIBUTES = late(r"\{[^{}]*\}|<!--.*?-->|<[^<>]*>")


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """One observation for each anchor of the source that the page does not have any more."""
    if pair.source is None or pair.basis is Basis.HEAD:
        return
    yield from _within(pair)
    before = _anchors(pair.source.document)
    lost = before - _anchors(pair.document) if before else before
    if lost:
        written = written_anchors(pair.document)
        lost = {one for one in lost if one.lower() not in written}
    if not lost:
        return
    for source, target, likeness in pair.segments:
        if source is None or target is None or likeness < _LIKE or not source.tokens:
            continue
        gone = [one for one in source.tokens if one.kind is _KIND and one.value in lost]
        for token in gone[:_MOST]:
            yield _observation(token, target, pair.document, before)


def _within(pair: AlignedPair) -> Iterator[Observation]:
    """The anchors that end a heading of the source and stand in the middle of one here.

    There they are no anchors, but words of the heading.
    """
    inside = [one for one in page_tokens(pair.document, _KIND) if _words_behind(*one)]
    if not inside or pair.source is None:
        return
    last: dict[str, Token] = {}
    as_here: set[str] = set()
    for segment, token in page_tokens(pair.source.document, _KIND):
        if _words_behind(segment, token):
            as_here.add(token.value)
        elif segment.kind is SegmentKind.HEADING:
            last[token.value] = token
    for segment, token in inside[:_MOST]:
        twin = last.get(token.value)
        if twin is None or token.value in as_here:
            continue
        data = pair.document.data
        before = data[segment.start : token.start].decode("utf-8", "replace")
        behind = data[token.end : segment.end].decode("utf-8", "replace")
        blank = "" if before.endswith(" ") or not behind.startswith(" ") else " "
        yield Observation(
            f"The anchor `{token.text}` stands within the heading: "
            "links to it lead nowhere, and it is shown",
            Span(token.start, segment.end),
            token.value,
            Span(twin.start, twin.end),
            suggestion=Suggestion(f"{blank}{behind.strip()} {token.text}", safe=True),
        )


def _words_behind(segment: Segment, token: Token) -> bool:
    """Whether words of a heading follow an anchor in it."""
    if segment.kind is not SegmentKind.HEADING or token.end >= segment.end:
        return False
    behind = segment.text.rpartition(token.text)[2]
    return any(map(str.isalnum, _ATTRIBUTES.sub("", behind)))


def _anchors(document: Document) -> set[str]:
    found = {token.value for _, token in page_tokens(document, _KIND)}
    return found.union([token.value for token in document.tokens if token.kind is _KIND])


def _observation(
    wanted: Token, target: Segment, document: Document, known: set[str]
) -> Observation:
    place = Span(wanted.start, wanted.end)
    for token in target.tokens:
        if token.kind is _KIND and token.value not in known:
            escaped = document.data[token.start - 1 : token.start] == b"\\"
            return Observation(
                f"The anchor `{wanted.text}` was changed to `{token.text}`: "
                "links to it lead nowhere",
                Span(token.start - escaped, token.end),
                wanted.value,
                place,
                suggestion=Suggestion(wanted.text, safe=True),
            )
    damaged = _DAMAGED.search(target.text)
    span = None if damaged is None else find_words(document, target, damaged[0], _KIND)
    if damaged is not None:
        return Observation(
            f"The anchor `{wanted.text}` is damaged: `{damaged[0]}`",
            span or target.span,
            wanted.value,
            place,
            suggestion=Suggestion(wanted.text, safe=True) if span else None,
        )
    text = document.data[target.start : target.end].decode("utf-8", "replace")
    heading = target.kind is SegmentKind.HEADING and text == target.text
    return Observation(
        f"The anchor `{wanted.text}` is missing: links to it lead nowhere",
        target.span,
        wanted.value,
        place,
        suggestion=Suggestion(f"{text.rstrip()} {wanted.text}", safe=True) if heading else None,
    )
