"""New segments put into a page where the source has them, byte for byte.

Where a segment goes is told by its neighbours: it follows the translation of what it follows in
the source, or else stands before the translation of what it is followed by. Whole lines of the
source go along (blank lines, the sign of a heading or an item, the bars of a row), so that a cell
never comes without its row. The page that comes of it is read, and counts only if it is the old
one and these segments.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from bilint.edits import Edit, apply, edit_of
from bilint.exchange.inline import shown
from bilint.model.document import Block, Document, Segment, SegmentKind, Token
from bilint.model.record import NamedTuple
from bilint.model.text import Span

_NEAR = 50
"""How many segments away a sibling may stand whose margin is taken."""


class Inserted(NamedTuple):
    """A page with new segments, and those that found no place, by their index in the source."""

    document: Document
    edits: tuple[Edit, ...]
    homeless: tuple[int, ...] = ()


class _Work(NamedTuple):
    """What a way of inserting looks at: two pages, what stands where, and what is to come."""

    path: str
    target: Document
    source: Document
    places: Mapping[int, int]
    texts: Mapping[int, str]


class _Draft(NamedTuple):
    """What is to be put into a page, and the blocks and tokens that may come along with it."""

    edit: Edit
    along: Counter[tuple[str, ...]]


_Way = Callable[[_Work, Sequence[int]], _Draft | None]


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
    runs = list(_runs(places, texts))[::-1]
    while runs:
        run = runs.pop()
        work = _Work(path, document, source, places, texts)
        for way in _ways(source, run):
            draft = way(work, run)
            if draft is None:
                continue
            new = read(apply(document.data, (draft.edit,)).data)
            if _as_wanted(work, new, draft, run):
                break
        else:
            parts = _by_line(source, run)
            if len(parts) == 1:
                homeless.extend(run)
            runs += parts[:0:-1] + parts[:1] if len(parts) > 1 else []
            continue
        first = bisect_left(new.segments, draft.edit.span.start, key=_start)
        places = {
            left: right + len(run) if right >= first else right for left, right in places.items()
        }
        places |= {index: first + count for count, index in enumerate(run)}
        document = new
        done.append(draft.edit)
    return Inserted(document, tuple(done), tuple(homeless))


def _start(segment: Segment) -> int:
    return segment.start


def _runs(places: Mapping[int, int], texts: Mapping[int, str]) -> Iterator[tuple[int, ...]]:
    """The new segments in runs that follow each other in the source."""
    run: list[int] = []
    for index in sorted(index for index in texts if index not in places):
        if run and index != run[-1] + 1:
            yield tuple(run)
            run = []
        run.append(index)
    if run:
        yield tuple(run)


def _by_line(source: Document, run: Sequence[int]) -> list[tuple[int, ...]]:
    """A run cut where its lines end: one row may have a place when another has none."""
    parts: dict[int, list[int]] = {}
    for index in run:
        line = _line_start(source.data, _whole(source, index).start)
        parts.setdefault(line, []).append(index)
    return [tuple(part) for part in parts.values()]


def _ways(source: Document, run: Sequence[int]) -> tuple[_Way, ...]:
    """The ways to insert a run, first that on whose side fewer lines stand between: the first
    item of a list belongs to the next and not to the paragraph before."""
    first, last = source.segments[run[0]], source.segments[run[-1]]
    before = source.segments[run[0] - 1].end if run[0] else source.body_start
    data = source.data
    above = len(data[before : first.start].splitlines())
    below = len(data[last.end : _next_start(source, last.end)].splitlines())
    if below < above:
        return _lines_before, _lines_after, _within_line
    return _lines_after, _lines_before, _within_line


def _lines_after(work: _Work, run: Sequence[int]) -> _Draft | None:
    """Whole lines behind the line on which the translation of what stands before ends."""
    target, source, places = work.target, work.source, work.places
    before = next((index for index in range(run[0] - 1, -1, -1) if index in places), None)
    if before is None or target.segments[places[before]].start < target.body_start:
        return None
    whole = _whole(target, places[before])
    here = _line_end(target.data, whole.end)
    between = _blocks(source, _whole(source, before).end, _whole(source, run[0]).start)
    start = _line_end(source.data, _whole(source, run[0] - 1).end)
    if between:
        there = _blocks(target, whole.end, _next_start(target, whole.end))
        same = len(between)
        if [_block(one) for one in there[:same]] == [_block(one) for one in between]:
            here = _line_end(target.data, there[same - 1].end)
            start = max(start, _line_end(source.data, between[-1].end))
        elif there:
            return None
    end = _line_end(source.data, _whole(source, run[-1]).end)
    if not _are_whole_lines(source, run, start, end) or _next_start(target, whole.end) < here:
        return None
    written = _lines(work, run, start, end)
    return _Draft(edit_of(work.path, target.data, Span(here, here), written), _along(work, run))


def _lines_before(work: _Work, run: Sequence[int]) -> _Draft | None:
    """Whole lines before the line on which the translation of what comes next begins."""
    target, source, places = work.target, work.source, work.places
    after = run[-1] + 1
    if after not in places:
        return None
    here = _line_start(target.data, _whole(target, places[after]).start)
    if places[after] and _whole(target, places[after] - 1).end > here:
        return None
    start = _line_start(source.data, _whole(source, run[0]).start)
    end = _line_start(source.data, _whole(source, after).start)
    if not _are_whole_lines(source, run, start, end):
        return None
    last = _line_end(source.data, _whole(source, run[-1]).end)
    if source.data[last:end].strip(b" \t\r\n>"):
        # The head of a table, or the sign of an alert: it is the next segment's.
        return None
    written = _lines(work, run, start, end)
    return _Draft(edit_of(work.path, target.data, Span(here, here), written), _along(work, run))


def _within_line(work: _Work, run: Sequence[int]) -> _Draft | None:
    """Behind what stands before on the same line, as texts of HTML do; never in a row."""
    source, target = work.source, work.target
    before = run[0] - 1
    if before not in work.places or any(_is_in_row(source, index) for index in run):
        return None
    here = _whole(target, work.places[before]).end
    start = _whole(source, before).end
    parts = []
    for index in run:
        whole = _whole(source, index)
        parts.append(_decoded(source.data[start : whole.start]) + _written(work, index))
        start = whole.end
    edit = edit_of(work.path, target.data, Span(here, here), "".join(parts))
    return _Draft(edit, _along(work, run))


def _are_whole_lines(source: Document, run: Sequence[int], start: int, end: int) -> bool:
    """Whether between two line ends there is nothing but a run of segments."""
    first, last = run[0], run[-1]
    if _line_start(source.data, _whole(source, first).start) < start:
        return False
    if first and _whole(source, first - 1).end > start:
        return False
    if last + 1 < len(source.segments) and _whole(source, last + 1).start < end:
        return False
    return source.body_start <= start <= end


def _lines(work: _Work, run: Sequence[int], start: int, end: int) -> str:
    """Lines of the source with the texts in place of its own, and the margins of the target."""
    source = work.source
    parts: list[str] = []
    for index in run:
        whole = _whole(source, index)
        line = max(start, _line_start(source.data, whole.start))
        margin = _margin(work, index)
        if margin is not None and line >= start:
            parts += (_decoded(source.data[start:line]), margin)
        else:
            parts.append(_decoded(source.data[start : whole.start]))
        parts.append(_written(work, index))
        start = whole.end
    parts.append(_decoded(source.data[start:end]))
    return "".join(parts)


def _margin(work: _Work, index: int) -> str | None:
    """What the target has before segments like this one; None where that cannot be told.

    Lists are indented otherwise in the target, or have another sign.
    """
    source, target = work.source, work.target
    own = _before_text(source, index)
    if own is None:
        return None
    shape = source.segments[index].shape
    near = sorted(
        (other for other in work.places if abs(other - index) <= _NEAR),
        key=lambda other: (abs(other - index), other),
    )
    for other in near:
        if source.segments[other].shape == shape and _before_text(source, other) == own:
            theirs = _before_text(target, work.places[other])
            if theirs is not None:
                return theirs
    return None


def _before_text(document: Document, index: int) -> str | None:
    """The margin and the sign before a segment on its line; None where other text stands there."""
    start = _whole(document, index).start
    before = _decoded(document.data[_line_start(document.data, start) : start])
    return before if not any(sign.isalpha() or sign in "|<" for sign in before) else None


def _along(work: _Work, run: Sequence[int]) -> Counter[tuple[str, ...]]:
    """What of the source may come along: pictures, code and the signs of alerts."""
    source = work.source
    first = _whole(source, run[0] - 1).end if run[0] else source.body_start
    end = _next_start(source, _whole(source, run[-1]).end)
    tokens = (one for one in source.tokens if first <= one.start < end)
    return Counter(map(_block, _blocks(source, first, end))) + Counter(map(_token, tokens))


def _whole(document: Document, index: int) -> Span:
    """A segment with what belongs to it: a picture around its alternative text."""
    segment = document.segments[index]
    at = bisect_left(document.blocks, segment.start, key=lambda one: one.start)
    if at:
        block = document.blocks[at - 1]
        if segment.end <= block.end:
            return Span(block.start, block.end)
    return segment.span


def _is_in_row(document: Document, index: int) -> bool:
    segment = document.segments[index]
    if segment.kind is SegmentKind.TABLE_CELL:
        return True
    line = document.data[_line_start(document.data, segment.start) : segment.start]
    return b"|" in line


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _blocks(document: Document, start: int, end: int) -> list[Block]:
    return [one for one in document.blocks if start <= one.start < end]


def _next_start(document: Document, offset: int) -> int:
    at = bisect_left(document.segments, offset, key=_start)
    return document.segments[at].start if at < len(document.segments) else len(document.data)


def _line_start(data: bytes, offset: int) -> int:
    return max(data.rfind(b"\n", 0, offset), data.rfind(b"\r", 0, offset)) + 1


def _line_end(data: bytes, offset: int) -> int:
    """Where the line of a byte ends; a block of code ends behind its line end already."""
    if data[max(0, offset - 1) : offset] in (b"\n", b"\r"):
        return offset - (2 if data[max(0, offset - 2) : offset] == b"\r\n" else 1)
    ends = [at for at in (data.find(b"\n", offset), data.find(b"\r", offset)) if at >= 0]
    return min(ends, default=len(data))


def _written(work: _Work, index: int) -> str:
    """A text with what belongs to it, and the margin of its segment on every further line."""
    text, source = work.texts[index], work.source
    segment, data = source.segments[index], source.data
    whole = _whole(source, index)
    if whole != segment.span:
        return (
            _decoded(data[whole.start : segment.start])
            + text
            + _decoded(data[segment.end : whole.end])
        )
    if "\n" not in text:
        return text
    before = _margin(work, index) or _decoded(
        data[_line_start(data, segment.start) : segment.start]
    )
    margin = "".join(sign if sign in "> \t" else " " for sign in before)
    return text.replace("\n", f"\n{margin}")


def _as_wanted(work: _Work, new: Document, draft: _Draft, run: Sequence[int]) -> bool:
    """Whether a page is the old one and the new segments, and nothing else."""
    old = work.target
    first = bisect_left(old.segments, draft.edit.span.start, key=_start)
    end = first + len(run)
    if len(new.segments) != len(old.segments) + len(run):
        return False
    if _said((*new.segments[:first], *new.segments[end:])) != _said(old.segments):
        return False
    for segment, index in zip(new.segments[first:end], run, strict=True):
        theirs = work.source.segments[index]
        if (segment.kind, segment.shape) != (theirs.kind, theirs.shape):
            return False
        if shown(segment) != work.texts[index]:
            return False
    come = Counter(map(_block, new.blocks)) + Counter(map(_token, new.tokens))
    were = Counter(map(_block, old.blocks)) + Counter(map(_token, old.tokens))
    if were - come or (come - were) - draft.along:
        return False
    if Counter(one.code for one in new.problems) != Counter(one.code for one in old.problems):
        return False
    values = [(key, entry.value) for key, entry in old.front_matter.entries.items()]
    return values == [(key, entry.value) for key, entry in new.front_matter.entries.items()]


def _said(segments: Sequence[Segment]) -> list[tuple[str, str, str]]:
    return [(one.kind.value, one.shape, one.text) for one in segments]


def _block(one: Block) -> tuple[str, ...]:
    return one.kind.value, one.text, one.info


def _token(one: Token) -> tuple[str, ...]:
    return one.kind.value, one.text
