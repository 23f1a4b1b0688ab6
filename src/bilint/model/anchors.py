"""The fragments that a page offers to links: what may stand behind the `#` of an address."""

from __future__ import annotations

from bilint.model.document import Document, Segment, SegmentKind
from bilint.model.pattern import late
from bilint.model.segment_text import plain

_NAMED = late(rb"""\b(?:id|name)=[ \t]*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>{}]+))""")
_ATTRIBUTES = late(rb"\{[^{}\r\n]*?#([^\s{}]+)")
_PUNCTUATION = late(r"[^\w\s-]")
_BLANK = late(r"\s")
_RUN = late(r"[\s-]+")
_PICTURE = late(r"!\[[^\[\]]*\]\([^()]*\)")
_LINK = late(r"\[([^\[\]]*)\]\([^()]*\)")


def anchors(document: Document) -> frozenset[str]:
    """All fragments that a page offers, in lower case.

    Identifiers that are written down, and what generators of pages make of each heading, in
    every way that is in use: a heading with an identifier of its own is known by its words as
    well, and one that stands twice bears a number.
    """
    found = set(written_anchors(document))
    times: dict[str, int] = {}
    for segment in document.segments:
        if segment.kind is SegmentKind.HEADING or segment.shape.startswith("html:h"):
            for slug in slugs(segment):
                count = times.get(slug, 0)
                times[slug] = count + 1
                found.add(f"{slug}-{count}" if count else slug)
    return frozenset(found)


def written_anchors(document: Document) -> frozenset[str]:
    """The identifiers that are written down on a page, in lower case.

    `{#id}`, `id="..."` and `name="..."`, wherever they stand.
    """
    data = document.data
    found = list[bytes]()
    if b"{" in data:
        found += _ATTRIBUTES.findall(data)
    if b"id=" in data or b"name=" in data:
        found += [m[1] or m[2] or m[3] or b"" for m in _NAMED.finditer(data)]
    return frozenset([one.decode("utf-8", "replace").lower() for one in found if one])


def slugs(heading: Segment) -> tuple[str, ...]:
    """The identifiers that are made of a heading's words, the most usual first.

    Generators differ in what they do with the blanks beside a sign that they drop, and with
    underscores and full stops.
    """
    if "![" in heading.text:
        text = _LINK.sub(r"\1", _PICTURE.sub("", heading.text))
        bare = heading._replace(text=text, tokens=())
        return tuple(dict.fromkeys((*_slugs(plain(bare)), *_slugs(plain(heading)))))
    return _slugs(plain(heading))


def _slugs(text: str) -> tuple[str, ...]:
    words = text.lower().strip()
    if words.replace(" ", "").isalnum() and "  " not in words:
        # All ways lead to the same.
        return (words.replace(" ", "-"),)
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
