"""New segments put into a page where the source has them, byte for byte.

Where a segment goes is told by its neighbours: it follows the translation of what it follows in
the source, or else stands before the translation of what it is followed by. What the source has
between the two (blank lines, the sign of a heading or an item, the bar of a cell) goes along. The
page that comes of it is read, and counts only if it is the old one and these segments.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence

from bilint.edits import Edit, apply, edit_of
from bilint.exchange.inline import shown
from bilint.model.document import Block, Document, Segment
from bilint.model.record import NamedTuple
from bilint.model.text import Span

_LINE_END = re.compile(r"\r\n?|\n")


class Inserted(NamedTuple):
    """A page with new segments, and those of them that found no place, by their index in the
    source."""

    document: Document
    edits: tuple[Edit, ...]
    homeless: tuple[int, ...] = ()


def insert(
    path: str,
    target: Document,
    source: Document,
    places: Mapping[int, int],
    texts: Mapping[int, str],
    read: Callable[[bytes], Document],
) -> Inserted:
    """Put texts into a page.

    `places` leads from the segments of the source to those of the target that translate them, by
    index; `texts` are the new translations, by the index of their segment in the source.
    """
    homeless: list[int] = []
    places = dict(places)
    document = target
    done: list[Edit] = []
    for group in _groups(source, places, texts):
        for way in (_after, _before):
            edit = way(path, document, source, places, group, texts)
            if edit is None:
                continue
            new = read(apply(document.data, (edit,)).data)
            if _as_wanted(document, new, source, edit, group, texts):
                break
        else:
            homeless.extend(group)
            continue
        first = bisect_left(new.segments, edit.span.start, key=lambda one: one.start)
        places = {
            left: right + len(group) if right >= first else right for left, right in places.items()
        }
        places |= {index: first + count for count, index in enumerate(group)}
        document = new
        done.append(edit)
    return Inserted(document, tuple(done), tuple(homeless))


def _groups(
    source: Document, places: Mapping[int, int], texts: Mapping[int, str]
) -> Iterator[tuple[int, ...]]:
    """The new segments in runs that nothing in the source parts but what is not translated yet."""
    group: list[int] = []
    for index in range(len(source.segments)):
        if index in texts and index not in places:
            group.append(index)
        elif index in places and group:
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)


def _after(
    path: str,
    target: Document,
    source: Document,
    places: Mapping[int, int],
    group: Sequence[int],
    texts: Mapping[int, str],
) -> Edit | None:
    """The edit that puts a group behind the translation of what it follows."""
    before = next((index for index in range(group[0] - 1, -1, -1) if index in places), None)
    if before is None:
        return None
    gaps = [_gap(source, index - 1, index) for index in group]
    here = target.segments[places[before]].end
    between = _blocks(source, source.segments[before].end, source.segments[group[0]].start)
    if between:
        there = _blocks(target, here, _next_start(target, here))
        if [one.kind for one in there[: len(between)]] != [one.kind for one in between]:
            return None
        here = _line_end(target.data, there[len(between) - 1].end)
        last = _line_end(source.data, between[-1].end)
        gaps[0] = source.data[last : source.segments[group[0]].start]
    for gap, index in zip(gaps[1:], group[1:], strict=True):
        if _blocks(source, source.segments[index].start - len(gap), source.segments[index].start):
            return None
    written = "".join(
        _text(gap) + _written(source, index, texts) for gap, index in zip(gaps, group, strict=True)
    )
    return edit_of(path, target.data, Span(here, here), written)


def _before(
    path: str,
    target: Document,
    source: Document,
    places: Mapping[int, int],
    group: Sequence[int],
    texts: Mapping[int, str],
) -> Edit | None:
    """The edit that puts a group before the translation of what it is followed by."""
    size = len(source.segments)
    after = next((index for index in range(group[-1] + 1, size) if index in places), None)
    if after is None or after != group[-1] + 1:
        return None
    if _blocks(source, source.segments[group[0]].end, source.segments[after].start):
        return None
    here = target.segments[places[after]].start
    gaps = [_gap(source, index, index + 1) for index in group]
    written = "".join(
        _written(source, index, texts) + _text(gap) for gap, index in zip(gaps, group, strict=True)
    )
    return edit_of(path, target.data, Span(here, here), written)


def _gap(source: Document, left: int, right: int) -> bytes:
    """What the source has between two segments that follow each other."""
    start = source.segments[left].end if left >= 0 else source.body_start
    return source.data[start : source.segments[right].start]


def _text(gap: bytes) -> str:
    return gap.decode("utf-8", "replace")


def _blocks(document: Document, start: int, end: int) -> list[Block]:
    return [one for one in document.blocks if start <= one.start < end]


def _next_start(document: Document, offset: int) -> int:
    return next((one.start for one in document.segments if one.start >= offset), len(document.data))


def _line_end(data: bytes, offset: int) -> int:
    """Where the line of a byte ends; a block of code ends behind its line end already."""
    if data[max(0, offset - 1) : offset] in (b"\n", b"\r"):
        offset -= 2 if data[max(0, offset - 2) : offset] == b"\r\n" else 1
        return offset
    match = re.compile(rb"[\r\n]").search(data, offset)
    return match.start() if match else len(data)


def _written(source: Document, index: int, texts: Mapping[int, str]) -> str:
    """A text with the margin of its segment on every further line."""
    text = texts[index]
    if "\n" not in text:
        return text
    segment = source.segments[index]
    data = source.data
    line = max(data.rfind(b"\n", 0, segment.start), data.rfind(b"\r", 0, segment.start)) + 1
    before = data[line : segment.start].decode("utf-8", "replace")
    margin = "".join(sign if sign in "> \t" else " " for sign in before)
    return text.replace("\n", f"\n{margin}")


def _as_wanted(
    old: Document,
    new: Document,
    source: Document,
    edit: Edit,
    group: Sequence[int],
    texts: Mapping[int, str],
) -> bool:
    """Whether a page is the old one and the new segments, and nothing else."""
    first = bisect_left(old.segments, edit.span.start, key=lambda one: one.start)
    end = first + len(group)
    if len(new.segments) != len(old.segments) + len(group):
        return False
    if _said((*new.segments[:first], *new.segments[end:])) != _said(old.segments):
        return False
    for segment, index in zip(new.segments[first:end], group, strict=True):
        theirs = source.segments[index]
        if (segment.kind, segment.shape) != (theirs.kind, theirs.shape):
            return False
        if shown(segment) != texts[index]:
            return False
    if [_block(one) for one in new.blocks] != [_block(one) for one in old.blocks]:
        return False
    if {one.code for one in new.problems} != {one.code for one in old.problems}:
        return False
    values = [(key, entry.value) for key, entry in old.front_matter.entries.items()]
    return values == [(key, entry.value) for key, entry in new.front_matter.entries.items()]


def _said(segments: Sequence[Segment]) -> list[tuple[str, str, str]]:
    return [(one.kind.value, one.shape, one.text) for one in segments]


def _block(one: Block) -> tuple[str, str, str]:
    return one.kind.value, one.text, one.info
