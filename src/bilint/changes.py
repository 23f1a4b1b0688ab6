"""What lies between two versions of a source page, and of which class each change is.

Segments have their class by `classify`. Outside of them, blocks are code, links or markup, and
what else stands between two segments (markers, pipes, tags, blank lines) is markup or white
space. Where the bytes are equal nobody looks closer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from operator import attrgetter

from bilint.change_class import HTML_ADDRESS, TITLES, classify
from bilint.engines.likeness import longest_common
from bilint.engines.sequences import Gap, gaps, longest_increasing
from bilint.model.alignment import Alignment, Change, ChangeClass
from bilint.model.document import Block, BlockKind, Document, Entry
from bilint.model.record import NamedTuple
from bilint.model.text import Span

_FRONT_MATTER = "fm:"
_start = attrgetter("start")


class Run(NamedTuple):
    """Matches next to each other: `size` segments from `left` of base and `right` of head on."""

    left: int
    right: int
    size: int


class Comparison(NamedTuple):
    """What became of the segments of two aligned versions.

    `pairs` are the matches in the order of the right side. By right index, `classes` are the
    changes of those that changed, and `overtaken` the fewest whose moving explains the order.
    `runs` are what keeps its order in the body; of their segments `touched` are those where
    something differs in it or between it and the one before.
    """

    pairs: list[tuple[int, int]]
    classes: dict[int, ChangeClass]
    overtaken: frozenset[int]
    runs: list[Run]
    touched: list[tuple[int, int]]


def compare_segments(base: Document, head: Document, alignment: Alignment) -> Comparison:
    """Lay the matched segments of two versions side by side; cheap where the bytes are equal."""
    pairs = [(i, j) for i, j, _ in alignment.matches if i is not None and j is not None]
    first, second = _first(base), _first(head)
    body = [pair for pair in pairs if pair[0] >= first and pair[1] >= second]
    kept = [body[k] for k in longest_increasing([i for i, _ in body])]
    overtaken: frozenset[int] = frozenset()
    if len(kept) < len(body):
        overtaken = frozenset(j for _, j in body) - frozenset(j for _, j in kept)
    runs = list(_runs(kept))
    touched = [pair for run in runs for pair in _touched(base, head, run)]
    apart = [(i, j) for i, j in pairs if i < first or j < second or j in overtaken]
    classes: dict[int, ChangeClass] = {}
    for i, j in (*apart, *touched):
        kind = classify(base.segments[i], head.segments[j])
        if kind is not None:
            classes[j] = kind
    return Comparison(pairs, classes, overtaken, runs, touched)


def _runs(pairs: Sequence[tuple[int, int]]) -> Iterator[Run]:
    """Pairs in order, those next to each other on both sides taken together."""
    start = 0
    for k in range(1, len(pairs) + 1):
        i, j = pairs[k - 1]
        if k == len(pairs) or pairs[k] != (i + 1, j + 1):
            yield Run(*pairs[start], k - start)
            start = k


def _touched(base: Document, head: Document, run: Run) -> Iterator[tuple[int, int]]:
    """The pairs of a run where bytes differ, found by halving it."""
    olds, news = base.segments, head.segments
    was, now = base.data, head.data
    halves: list[tuple[int, int, int]] = [run]
    while halves:
        left, right, size = halves.pop()
        if left == run.left:
            old_start, new_start = olds[left].start, news[right].start
        else:
            old_start, new_start = olds[left - 1].end, news[right - 1].end
        old_end, new_end = olds[left + size - 1].end, news[right + size - 1].end
        if was[old_start:old_end] == now[new_start:new_end]:
            continue
        if size == 1:
            yield left, right
        else:
            half = size // 2
            halves.append((left + half, right + half, size - half))
            halves.append((left, right, half))


def compare(
    base: Document, head: Document, alignment: Alignment, comparison: Comparison | None = None
) -> tuple[Change, ...]:
    """Every change from base to head, in the order of the page; none where the bytes are equal.

    `alignment` is that of the two by `align_versions`, `comparison` what was made of it before.
    A change that has no place in one of the two has None there.
    """
    if base.data == head.data:
        return ()
    if comparison is None:
        comparison = compare_segments(base, head, alignment)
    changes = _segments(base, head, alignment, comparison) + _front_matter(base, head)
    if base.body != head.body:
        changes += _between(base, head, comparison)
        if all(change.kind is ChangeClass.FRONT_MATTER for change in changes):
            changes.append(Change(_least(base.body, head.body), _body(base), _body(head)))
    return tuple(sorted(set(changes), key=_place))


def _place(change: Change) -> tuple[int, int, str]:
    span = change.head or change.base or Span(0, 0)
    return span.start, span.end, change.kind


def _body(document: Document) -> Span:
    return Span(document.body_start, len(document.data))


def _segments(
    base: Document, head: Document, alignment: Alignment, comparison: Comparison
) -> list[Change]:
    """What became of each segment."""
    changes: list[Change] = []
    for left, right, _ in alignment.matches:
        if left is None or right is None:
            present = head.segments[right] if right is not None else base.segments[left or 0]
            kind = ChangeClass.TITLE if present.kind in TITLES else ChangeClass.STRUCTURE
            old, new = (None, present.span) if left is None else (present.span, None)
            changes.append(Change(kind, old, new))
    for left, right in comparison.pairs:
        if right in comparison.overtaken or right in comparison.classes:
            old, new = base.segments[left].span, head.segments[right].span
            if right in comparison.overtaken:
                changes.append(Change(ChangeClass.STRUCTURE, old, new))
            if right in comparison.classes:
                changes.append(Change(comparison.classes[right], old, new))
    return changes


def _front_matter(base: Document, head: Document) -> list[Change]:
    """Keys whose value changed; or the whole block where only its form did."""
    was, now = base.front_matter, head.front_matter
    old, new = base.data[was.span.start : was.span.end], head.data[now.span.start : now.span.end]
    if old == new:
        return []
    texts = {s.shape for s in (*base.segments, *head.segments)}
    changes: list[Change] = []
    told: tuple[list[Span], list[Span]] = [], []
    for key in {**was.entries, **now.entries}:
        before, after = was.entries.get(key), now.entries.get(key)
        if before is not None and after is not None and before.value == after.value:
            continue
        spans = _whole(before), _whole(after)
        for side, span in zip(told, spans, strict=True):
            side.extend([span] if span else [])
        if f"{_FRONT_MATTER}{key}" not in texts:
            changes.append(Change(ChangeClass.FRONT_MATTER, *spans))
    rest_old = _without(base.data, was.span, told[0])
    rest_new = _without(head.data, now.span, told[1])
    # A key that came or went took its line with it.
    lines = len(told[0]) != len(told[1])
    if rest_old != rest_new and not (lines and rest_old.split() == rest_new.split()):
        changes.append(Change(ChangeClass.FRONT_MATTER, was.span, now.span))
    return changes


def _whole(entry: Entry | None) -> Span | None:
    """An entry of the front matter with its key."""
    return None if entry is None else Span(entry.key_span.start, entry.value_span.end)


def _between(base: Document, head: Document, comparison: Comparison) -> list[Change]:
    """What changed outside of segments: in the gaps between those that keep their order."""
    olds, news = base.segments, head.segments
    changes: list[Change] = []
    begins = {run.right for run in comparison.runs}
    for i, j in comparison.touched:
        if j not in begins:
            old, new = Span(olds[i - 1].end, olds[i].start), Span(news[j - 1].end, news[j].start)
            if base.data[old.start : old.end] != head.data[new.start : new.end]:
                changes += _gap(base, head, old, new, alone=True)
    # Between runs something came, went or moved.
    left, right = _first(base), _first(head)
    old_at, new_at = base.body_start, head.body_start
    ends = Run(len(olds), len(news), 0)
    for run in (*comparison.runs, ends):
        old_end = olds[run.left].start if run.size else len(base.data)
        new_end = news[run.right].start if run.size else len(head.data)
        if base.data[old_at:old_end] != head.data[new_at:new_end]:
            alone = (run.left, run.right) == (left, right)
            changes += _gap(base, head, Span(old_at, old_end), Span(new_at, new_end), alone=alone)
        if run.size:
            left, right = run.left + run.size, run.right + run.size
            old_at, new_at = olds[left - 1].end, news[right - 1].end
    return changes


def _first(document: Document) -> int:
    """The index of the first segment of the body."""
    start = document.body_start
    for i, segment in enumerate(document.segments):
        if segment.start >= start:
            return i
    return len(document.segments)


def _gap(base: Document, head: Document, old: Span, new: Span, *, alone: bool) -> list[Change]:
    """What changed in a gap that differs; `alone` when no segment came or went there.

    Around a segment that came or went, everything but blocks is explained by that.
    """
    was, now = _inside(base.blocks, old), _inside(head.blocks, new)
    changes: list[Change] = []
    same, others = _paired(was, now)
    for before, after in same:
        # The tag of a picture reaches over several gaps: here only what stands in this one.
        ours, theirs = _clip(base.data, before, old), _clip(head.data, after, new)
        if ours != theirs:
            changes.append(Change(_least(ours, theirs), _span(before), _span(after)))
    changes += [Change(_block_class(b, a), b and _span(b), a and _span(a)) for b, a in others]
    if not alone:
        return changes
    rest_old = _without(base.data, old, map(_span, was))
    rest_new = _without(head.data, new, map(_span, now))
    kind = _least(rest_old, rest_new)
    # A block that came or went took its blank lines with it.
    if rest_old != rest_new and not (kind is ChangeClass.WHITE_SPACE and len(was) != len(now)):
        changes.append(Change(kind, old, new))
    return changes


def _span(block: Block) -> Span:
    return Span(block.start, block.end)


def _clip(data: bytes, block: Block, span: Span) -> bytes:
    return data[max(block.start, span.start) : min(block.end, span.end)]


def _inside(blocks: Sequence[Block], span: Span) -> Sequence[Block]:
    """The blocks that reach into a stretch; a picture reaches around its alternative text."""
    start = bisect_left(blocks, span.start, key=_start)
    while start and blocks[start - 1].end > span.start:
        start -= 1
    return blocks[start : bisect_left(blocks, span.end, lo=start, key=_start)]


def _paired(
    was: Sequence[Block], now: Sequence[Block]
) -> tuple[list[tuple[Block, Block]], list[tuple[Block | None, Block | None]]]:
    """Blocks of one gap: those that are the same, and the others, in order by their kind."""
    if not was and not now:
        return [], []
    old_keys = [(b.kind, b.info, b.text) for b in was]
    new_keys = [(b.kind, b.info, b.text) for b in now]
    if old_keys == new_keys:
        return list(zip(was, now, strict=True)), []
    common = longest_common(old_keys, new_keys) or []
    others: list[tuple[Block | None, Block | None]] = []
    for a, b, c, d in gaps(common, Gap(0, len(was), 0, len(now))):
        for kind in sorted({block.kind for block in (*was[a:b], *now[c:d])}):
            olds = [block for block in was[a:b] if block.kind is kind]
            news = [block for block in now[c:d] if block.kind is kind]
            others += zip_longest(olds, news)
    return [(was[i], now[j]) for i, j in common], others


def _block_class(old: Block | None, new: Block | None) -> ChangeClass:
    """What a fence holds is code, its info string markup; all but comments else are links."""
    kind = old.kind if old is not None else new.kind if new is not None else BlockKind.COMMENT
    if kind is BlockKind.COMMENT:
        return ChangeClass.MARKUP
    if kind is BlockKind.CODE:
        if old is None or new is None or _lines(old.text) != _lines(new.text):
            return ChangeClass.CODE
        return ChangeClass.MARKUP if old.info != new.info else ChangeClass.WHITE_SPACE
    same_text = old is not None and new is not None and old.text == new.text
    same_place = same_text and kind is BlockKind.LINK_DEFINITION
    return ChangeClass.MARKUP if same_place else ChangeClass.LINKS


def _lines(code: str) -> list[str]:
    """The lines of a code block without what nobody sees at their ends."""
    return [line.rstrip() for line in code.rstrip().splitlines()]


def _least(before: bytes, after: bytes) -> ChangeClass:
    """The class of a change outside of segments and blocks."""
    if _addresses(before) != _addresses(after):
        return ChangeClass.LINKS
    if b"".join(before.split()) == b"".join(after.split()):
        return ChangeClass.WHITE_SPACE
    return ChangeClass.MARKUP


def _addresses(data: bytes) -> list[str]:
    return HTML_ADDRESS.findall(data.decode("utf-8", "replace")) if b"=" in data else []


def _without(data: bytes, whole: Span, spans: Iterable[Span]) -> bytes:
    """A stretch of a page with some parts of it left out."""
    pieces: list[bytes] = []
    done = whole.start
    for start, end in sorted(spans):
        pieces.append(data[done : max(done, start)])
        done = max(done, end)
    pieces.append(data[done : max(done, whole.end)])
    return b"".join(pieces)
