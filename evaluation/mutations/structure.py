"""Damage to the structure of a page: blocks lost, doubled, moved, or no longer what they were."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random

from bilint.model.document import BlockKind, Segment, SegmentKind
from bilint.model.finding import Family
from bilint.model.text import Span
from evaluation.mutations.base import Damage, Mutation, Place, alone, lines_of, pick

_PARAGRAPH, _ITEM, _CELL = SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM, SegmentKind.TABLE_CELL
_HEADING = SegmentKind.HEADING


def _standing_alone(place: Place, words: int, *kinds: SegmentKind) -> list[Segment]:
    return [one for _, one in place.prose(words, *kinds) if alone(place, one)]


def _block(place: Place, segment: Segment) -> Span:
    """The lines of a segment and the blank lines after it."""
    start, end = lines_of(place, segment)
    data = place.target.data
    while data[end : end + 1] == b"\n":
        end += 1
    return Span(start, end)


def paragraph_deleted(place: Place, random: Random) -> Damage | None:
    """A paragraph goes."""
    one = pick(random, _standing_alone(place, 8, _PARAGRAPH))
    return None if one is None else place.put(*_block(place, one), "")


def item_deleted(place: Place, random: Random) -> Damage | None:
    """An item of a list goes."""
    one = pick(random, _standing_alone(place, 3, _ITEM))
    return None if one is None else place.put(*lines_of(place, one), "")


def heading_deleted(place: Place, random: Random) -> Damage | None:
    """A heading goes."""
    one = pick(random, _standing_alone(place, 2, _HEADING))
    return None if one is None else place.put(*_block(place, one), "")


def row_deleted(place: Place, random: Random) -> Damage | None:
    """A row of a table goes."""
    cells = [one for _, one in place.prose(2, _CELL) if one.shape.startswith("td")]
    one = pick(random, cells)
    if one is None or not place.text(*lines_of(place, one)).startswith("|"):
        return None
    return place.put(*lines_of(place, one), "")


def paragraph_doubled(place: Place, random: Random) -> Damage | None:
    """A paragraph stands twice."""
    one = pick(random, _standing_alone(place, 8, _PARAGRAPH))
    return None if one is None else _doubled(place, _block(place, one))


def item_doubled(place: Place, random: Random) -> Damage | None:
    """An item of a list stands twice."""
    one = pick(random, _standing_alone(place, 3, _ITEM))
    return None if one is None else _doubled(place, lines_of(place, one))


def row_doubled(place: Place, random: Random) -> Damage | None:
    """A row of a table stands twice."""
    cells = [one for _, one in place.prose(2, _CELL) if one.shape.startswith("td")]
    one = pick(random, cells)
    if one is None or not place.text(*lines_of(place, one)).startswith("|"):
        return None
    return _doubled(place, lines_of(place, one))


def _doubled(place: Place, span: Span) -> Damage | None:
    text = place.text(*span)
    damage = place.put(span.end, span.end, text) if text.endswith("\n") else None
    return None if damage is None else damage._replace(where=Span(span.start, damage.span.end))


def paragraphs_swapped(place: Place, random: Random) -> Damage | None:
    """Two paragraphs, one after the other, change places."""
    segments = place.target.segments
    single = {id(one) for one in _standing_alone(place, 8, _PARAGRAPH)}
    two = [
        (one, other)
        for one, other in pairwise(segments)
        if id(one) in single and id(other) in single
    ]
    chosen = pick(random, two)
    if chosen is None:
        return None
    one, other = chosen
    between = place.text(one.end, other.start)
    if between.strip():
        return None
    return place.put(one.start, other.end, f"{other.text}{between}{one.text}")


def page_truncated(place: Place, random: Random) -> Damage | None:
    """The last third of a page is not there, from the middle of a sentence on."""
    segments = [one for _, one in place.prose(8, _PARAGRAPH, _ITEM)]
    late = [one for one in segments if one.start > 0.4 * len(place.target.data)]
    one = pick(random, late[: len(late) // 2])
    blank = -1 if one is None else place.target.data.find(b" ", one.start + 12, one.end)
    if one is None or blank < 0:
        return None
    damage = place.put(blank, len(place.target.data), "\n")
    return damage and Damage(damage.data, Span(one.start, len(damage.data)), damage.was)


def heading_level(place: Place, random: Random) -> Damage | None:
    """A heading is one level deeper."""
    one = pick(random, _standing_alone(place, 1, _HEADING))
    if one is None:
        return None
    start = lines_of(place, one).start
    return place.put(start, start, "#") if place.text(start, start + 1) == "#" else None


def heading_unmarked(place: Place, random: Random) -> Damage | None:
    """The blank after the signs of a heading goes, so that it is none."""
    one = pick(random, _standing_alone(place, 1, _HEADING))
    if one is None or place.text(one.start - 2, one.start) != "# ":
        return None
    return place.put(one.start - 1, one.start, "")


def item_unmarked(place: Place, random: Random) -> Damage | None:
    """The mark of a list item is escaped."""
    one = pick(random, _standing_alone(place, 3, _ITEM))
    if one is None:
        return None
    start = lines_of(place, one).start
    mark = re.match(r"([*+-]) ", place.text(start, start + 2))
    return None if mark is None else place.put(start, start + 1, f"\\{mark[1]}")


def cell_emptied(place: Place, random: Random) -> Damage | None:
    """A cell of a table is empty."""
    one = pick(random, [one for _, one in place.prose(2, _CELL)])
    return None if one is None else place.put(one.start, one.end, " ")


def cell_split(place: Place, random: Random) -> Damage | None:
    """A cell of a table becomes two."""
    one = pick(random, [one for _, one in place.prose(3, _CELL) if one.shape.startswith("td")])
    if one is None or one.tokens or not place.text(*lines_of(place, one)).startswith("|"):
        return None
    blank = place.target.data.find(b" ", one.start, one.end)
    return None if blank < 0 else place.put(blank, blank + 1, " | ")


def table_collapsed(place: Place, random: Random) -> Damage | None:
    """The line below the head of a table goes, so that it is none."""
    rows = [*re.finditer(rb"(?m)^\|[ :|-]*-[ :|-]*\|[ \t]*\n", place.target.data)]
    row = pick(random, rows)
    return None if row is None else place.put(row.start(), row.end(), "")


def emptied(place: Place, random: Random) -> Damage | None:
    """A list item has its mark and nothing else."""
    one = pick(random, _standing_alone(place, 3, _ITEM))
    return None if one is None else place.put(one.start, one.end, "")


def quote_unmarked(place: Place, random: Random) -> Damage | None:
    """A line of an alert loses the sign that makes it part of it."""
    one = pick(random, [one for _, one in place.prose(3, SegmentKind.ALERT)])
    if one is None:
        return None
    start = lines_of(place, one).start
    mark = re.match(r">\s*", place.text(start, one.start))
    if mark is None or "[!" in place.text(start, one.start):
        return None
    return place.put(start, start + len(mark[0]), "\n")


def tag_dropped(place: Place, random: Random) -> Damage | None:
    """A closing tag goes."""
    tags = [
        match
        for match in re.finditer(
            rb"</(?:b|strong|em|i|a|p|ul|li|td|tr|sub|sup)>", place.target.data
        )
        if match[0] in place.source.data
    ]
    match = pick(random, tags)
    return None if match is None else place.put(match.start(), match.end(), "")


def tag_escaped(place: Place, random: Random) -> Damage | None:
    """A tag is escaped, so that it is read as text."""
    match = pick(random, _tags(place, rb"<(?:br|b|strong|em|i|p|ul|li|td|sub|sup)>"))
    if match is None:
        return None
    return place.put(match.start(), match.end(), f"&lt;{match[0][1:-1].decode()}&gt;")


def _tags(place: Place, pattern: bytes) -> list[re.Match[bytes]]:
    """Tags that the source has as well."""
    found = re.finditer(pattern, place.target.data)
    return [match for match in found if match[0] in place.source.data]


def emphasis_emptied(place: Place, random: Random) -> Damage | None:
    """`**text**` becomes `****`."""
    found = _emphasised(place)
    one = pick(random, found)
    return None if one is None else place.put(*one, "****")


def emphasis_padded(place: Place, random: Random) -> Damage | None:
    """`**text**` becomes `** text **`."""
    one = pick(random, _emphasised(place))
    if one is None:
        return None
    return place.put(*one, f"** {place.text(*one)[2:-2]} **")


def emphasis_unclosed(place: Place, random: Random) -> Damage | None:
    """`**text**` becomes `**text`."""
    one = pick(random, _emphasised(place))
    if one is None:
        return None
    return place.put(one.start, one.end, place.text(*one)[:-2])


def _emphasised(place: Place) -> list[Span]:
    return [
        Span(segment.start + match.start(), segment.start + match.end())
        for _, segment in place.both()
        for match in re.finditer(
            rb"\*\*[^*\s\[\]`][^*\[\]`\n]*[^*\s\[\]`]\*\*",
            place.target.data[segment.start : segment.end],
        )
    ]


def conflict_markers(place: Place, random: Random) -> Damage | None:
    """A merge that nobody finished."""
    one = pick(random, _standing_alone(place, 6, _PARAGRAPH))
    if one is None:
        return None
    text = place.text(one.start, one.end)
    both = f"<<<<<<< HEAD\n{text}\n=======\n{text[: len(text) // 2]}\n>>>>>>> update"
    return place.put(one.start, one.end, both)


def section_deleted(place: Place, random: Random) -> Damage | None:
    """A heading and all that belongs to it go."""
    headings = [one for _, one in place.both(_HEADING) if alone(place, one) and one.shape > "h1"]
    ends = [one.start for one in place.target.segments if one.kind is _HEADING]
    one = pick(random, headings)
    if one is None:
        return None
    after = next((at for at in ends if at > one.start), len(place.target.data))
    end = place.target.data.rfind(b"\n", 0, after) + 1 if after < len(place.target.data) else after
    return place.put(lines_of(place, one).start, end, "")


def picture_as_text(place: Place, random: Random) -> Damage | None:
    """The sign that makes a link a picture goes."""
    block = pick(random, place.blocks(BlockKind.IMAGE))
    if block is None or place.text(block.start, block.start + 2) != "![":
        return None
    return place.put(block.start, block.start + 1, "")


def paragraph_divided(place: Place, random: Random) -> Damage | None:
    """A paragraph is two."""
    one = pick(random, _standing_alone(place, 14, _PARAGRAPH))
    blank = (
        -1 if one is None or one.tokens else place.target.data.find(b" ", one.start + 30, one.end)
    )
    return None if blank < 0 else place.put(blank, blank + 1, "\n\n")


def paragraphs_merged(place: Place, random: Random) -> Damage | None:
    """Two paragraphs are one."""
    single = {id(one) for one in _standing_alone(place, 6, _PARAGRAPH)}
    two = [
        (one, other)
        for one, other in pairwise(place.target.segments)
        if id(one) in single and id(other) in single
    ]
    chosen = pick(random, two)
    if chosen is None or place.text(chosen[0].end, chosen[1].start).strip():
        return None
    return place.put(chosen[0].end, chosen[1].start, " ")


def page_emptied(place: Place, random: Random) -> Damage | None:
    """Nothing is left below the front matter."""
    if not place.prose(4):
        return None
    damage = place.put(place.target.body_start, len(place.target.data), "\n")
    return None if damage is None else damage._replace(where=Span(0, len(damage.data)))


_S = Family.STRUCTURE
_L = Family.LANGUAGE

MUTATIONS = (
    Mutation("paragraph-deleted", _S, paragraph_deleted, ("block-lost",), (_S, _L)),
    Mutation("item-deleted", _S, item_deleted, ("block-lost", "list-damaged"), (_S, _L)),
    Mutation("heading-deleted", _S, heading_deleted, ("block-lost",), (_S,)),
    Mutation("section-deleted", _S, section_deleted, ("block-lost", "page-truncated"), (_S,)),
    Mutation("row-deleted", _S, row_deleted, ("table-damaged",), (_S,)),
    Mutation("paragraph-doubled", _S, paragraph_doubled, ("block-extra",), (_S, _L)),
    Mutation("item-doubled", _S, item_doubled, ("block-extra",), (_S, _L)),
    Mutation("row-doubled", _S, row_doubled, ("table-damaged",), (_S, _L)),
    Mutation("paragraphs-swapped", _S, paragraphs_swapped, ("block-moved",), (_S,)),
    Mutation("page-truncated", _S, page_truncated, ("page-truncated",), (_S, _L)),
    Mutation("heading-level-changed", _S, heading_level, ("heading-altered",), (_S,)),
    Mutation("heading-unmarked", _S, heading_unmarked, ("heading-altered",), (_S,)),
    Mutation("item-unmarked", _S, item_unmarked, ("list-damaged",), (_S,)),
    Mutation("item-emptied", _S, emptied, ("block-lost",), (_S, _L)),
    Mutation("cell-emptied", _S, cell_emptied, ("block-lost",), (_S, _L)),
    Mutation("cell-split", _S, cell_split, ("table-damaged",), (_S,)),
    Mutation("table-collapsed", _S, table_collapsed, ("table-damaged",), (_S,)),
    Mutation("quote-unmarked", _S, quote_unmarked, ("quote-altered",), (_S,)),
    Mutation("tag-dropped", _S, tag_dropped, ("html-altered",), (_S,)),
    Mutation("tag-escaped", _S, tag_escaped, ("html-altered",), (_S, Family.CODE)),
    Mutation(
        "emphasis-emptied", _S, emphasis_emptied, ("emphasis-broken",), (_S, Family.TYPOGRAPHY)
    ),
    Mutation("emphasis-padded", _S, emphasis_padded, ("emphasis-broken",), (_S, Family.TYPOGRAPHY)),
    Mutation(
        "emphasis-unclosed", _S, emphasis_unclosed, ("emphasis-broken",), (_S, Family.TYPOGRAPHY)
    ),
    Mutation(
        "conflict-markers", _S, conflict_markers, ("merge-conflict",), (_S, Family.FRONT_MATTER)
    ),
    Mutation("picture-as-text", _S, picture_as_text, ("image-lost",), (_S, Family.LINKS)),
    Mutation("paragraph-divided", _S, paragraph_divided, ("block-divided",), (_S,)),
    Mutation("paragraphs-merged", _S, paragraphs_merged, ("block-divided", "block-lost"), (_S,)),
    Mutation("page-emptied", _S, page_emptied, ("page-emptied",), (_S,)),
)
