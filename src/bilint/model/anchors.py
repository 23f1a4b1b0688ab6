"""The fragments that a page offers to links: what may stand behind the `#` of an address."""

from __future__ import annotations

import re

from bilint.model.document import Document, Segment, SegmentKind, TokenKind
from bilint.model.pattern import late
from bilint.model.segment_text import plain

_NAMED = re.compile(rb"""\b(?:id|name)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>{}]+))""")
_ATTRIBUTES = re.compile(rb"\{[^{}\r\n]*?#([^\s{}]+)")
_PUNCTUATION = late(r"[^\w\s-]")
_BLANK = late(r"\s")
_RUN = late(r"[\s-]+")
_HEADINGS = frozenset((SegmentKind.HEADING,))


def anchors(document: Document) -> frozenset[str]:
    """All fragments that a page offers, in lower case.

    Identifiers that are written down (`{#id}`, `id="..."`, `name="..."`), and what generators of
    pages make of each heading, in every way that is in use: a heading with an identifier of its
    own is known by its words as well, and one that stands twice bears a number.
    """
    data = document.data
    found = set[str]()
    if b"{" in data:
        found.update(match.decode("utf-8", "replace") for match in _ATTRIBUTES.findall(data))
    if b"id" in data or b"name" in data:
        for match in _NAMED.finditer(data):
            found.add((match[1] or match[2] or match[3] or b"").decode("utf-8", "replace"))
    times: dict[str, int] = {}
    for segment in document.segments:
        if segment.kind in _HEADINGS or segment.shape.startswith("html:h"):
            for slug in slugs(segment):
                count = times.get(slug, 0)
                times[slug] = count + 1
                found.add(f"{slug}-{count}" if count else slug)
    return frozenset([one.lower() for one in found if one])


def slugs(heading: Segment) -> tuple[str, ...]:
    """The identifiers that are made of a heading's words, the most usual first.

    Generators differ in what they do with the blanks beside a sign that they drop, and with
    underscores and full stops.
    """
    words = plain(heading).lower().strip()
    bare = _PUNCTUATION.sub("", words).strip()
    usual = _BLANK.sub("-", bare)
    single = _RUN.sub("-", bare).strip("-")
    made = (
        usual,
        single,
        _RUN.sub("-", _PUNCTUATION.sub(" ", words)).strip("-"),
        single.replace("_", "-"),
        single.replace("_", ""),
    )
    return tuple(dict.fromkeys(one for one in made if one))


def written_anchor(heading: Segment) -> str | None:
    """The identifier that a heading bears of its own, if it does."""
    for token in heading.tokens:
        if token.kind is TokenKind.ANCHOR:
            return token.value
    return None
