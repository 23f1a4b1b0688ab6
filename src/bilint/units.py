"""Translation units: the segments of base, target and head that belong together, and their state.

A segment of base has a *fate*: its place in head and the class of what changed. A segment of
target has a *partner* in base. Where the target was worked on since its pin came, the partner is
found by way of the target as it was then, and what was edited answers the changes of the source.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from bilint.alignment import align_translation, align_versions
from bilint.changes import Comparison
from bilint.engines.sequences import longest_increasing
from bilint.model.alignment import Alignment, ChangeClass, SegmentState, Unit
from bilint.model.document import Document, Segment, SegmentKind
from bilint.model.record import NamedTuple
from bilint.model.segment_text import count_words, normalise

_new = tuple.__new__
"""Makes a named tuple in half the time of calling its class: there is one for every segment."""

_ALONE = (None, None, 0.0)


class Texts(NamedTuple):
    """The three texts of a page, and the target as it was when its pin came, if that is known."""

    base: Document
    target: Document
    head: Document
    at_pin: Document | None = None


def kept_units(
    base: Document, target: Document, base_target: Alignment, head: Document | None
) -> tuple[Unit, ...]:
    """Units of a page whose source is as it was, or has gone altogether."""
    sources, targets = base.segments, target.segments
    heads: Sequence[Segment | None] = head.segments if head else [None] * len(sources)
    current = SegmentState.CURRENT
    units: list[Unit] = []
    for left, right, likeness in base_target.matches:
        source, now = (None, None) if left is None else (sources[left], heads[left])
        translation = None if right is None else targets[right]
        units.append(_new(Unit, (source, translation, now, current, None, False, 0, likeness)))
    return tuple(units)


def changed_units(texts: Texts, base_target: Alignment, comparison: Comparison) -> tuple[Unit, ...]:
    """Units of a page whose source changed; `comparison` is that of base and head.

    They stand in the order of the target; what it lacks stands where head has it.
    """
    fates = _fates(texts.base, comparison)
    partners = _partners(texts, base_target, fates)
    return _Units(texts, fates, partners).in_order()


class _Fates(NamedTuple):
    """What became of each segment of base, by index: its place in head, and how it changed."""

    heads: list[int | None]
    changes: dict[int, ChangeClass]


def _fates(base: Document, comparison: Comparison) -> _Fates:
    heads: list[int | None] = [None] * len(base.segments)
    for i, j in comparison.pairs:
        heads[i] = j
    by_head = {
        **comparison.classes,
        **{
            j: ChangeClass.STRUCTURE
            for j in comparison.overtaken
            if j not in comparison.classes or not comparison.classes[j].stale
        },
    }
    changes = {i: by_head[j] for i, j in comparison.pairs if j in by_head} if by_head else {}
    return _Fates(heads, changes)


Place = tuple[int | None, int | None, float]
"""Where a segment of target belongs: its segment of base, that of head, the likeness to base."""


class _Partners(NamedTuple):
    """The place of each segment of target, and those edited since the pin came."""

    places: list[Place]
    edited: frozenset[int] = frozenset()


def _partners(texts: Texts, base_target: Alignment, fates: _Fates) -> _Partners:
    direct = _places(base_target, fates)
    at_pin, target = texts.at_pin, texts.target
    if at_pin is None or at_pin.data == target.data:
        return _Partners(direct)
    since = align_versions(at_pin, target).lefts()
    edited = frozenset(
        j
        for j, segment in enumerate(target.segments)
        if j not in since or normalise(at_pin.segments[since[j]].text) != normalise(segment.text)
    )
    # A target that was worked on is no longer built like base: go by way of what it was.
    then = _places(align_translation(texts.base, at_pin), fates)
    places = [then[since[j]] if j in since else _ALONE for j in range(len(target.segments))]
    if edited:
        places = _answered(texts, places, direct, edited, fates)
    return _Partners(places, edited)


def _places(alignment: Alignment, fates: _Fates) -> list[Place]:
    """The places of the right side, by an alignment of base with it."""
    return [
        (left, None if left is None else fates.heads[left], likeness)
        for left, right, likeness in alignment.matches
        if right is not None
    ]


def _answered(
    texts: Texts,
    places: list[Place],
    direct: list[Place],
    edited: frozenset[int],
    fates: _Fates,
) -> list[Place]:
    """The places when edited segments have taken those that were to be filled.

    Where the whole target is built like head, and nothing unedited says otherwise, that settles
    all. Otherwise an edited segment takes a place in head that nothing else has, and one that
    came since may be a row that had been lost.
    """
    bases = _bases(fates)
    by_head = align_translation(texts.head, texts.target).lefts()
    size = len(places)
    if len(by_head) == size == len(texts.head.segments) and all(
        by_head[j] == places[j][1] for j in range(size) if j not in edited
    ):
        return [
            (bases.get(by_head[j]), by_head[j], place[2]) if j in edited else place
            for j, place in enumerate(places)
        ]
    places = list(places)
    lefts, heads = {left for left, _, _ in places}, {at for _, at, _ in places}
    for j in sorted(edited):
        at = by_head.get(j)
        if places[j][1] is None and at is not None and at not in heads:
            places[j] = bases.get(at), at, places[j][2]
            heads.add(at)
            lefts.add(places[j][0])
    for j in sorted(edited):
        left, at, _ = direct[j]
        if places[j] == _ALONE and left not in lefts and (at is None or at not in heads):
            places[j] = direct[j]
            heads.add(at)
            lefts.add(left)
    return places


def _bases(fates: _Fates) -> dict[int, int]:
    """From a segment of head to that of base."""
    return {at: i for i, at in enumerate(fates.heads) if at is not None}


class _Units:
    """Builds the units of one page."""

    def __init__(self, texts: Texts, fates: _Fates, partners: _Partners) -> None:
        self.texts = texts
        self.fates = fates
        self.places = partners.places
        self.edited = partners.edited

    def in_order(self) -> tuple[Unit, ...]:
        """All units, in the order of the target; what it lacks stands where head has it."""
        base, target, head, _ = self.texts
        olds, news, changes = base.segments, head.segments, self.fates.changes
        current = SegmentState.CURRENT
        units: list[Unit] = []
        for j, (left, at, likeness) in enumerate(self.places):
            if left is None or at is None or left in changes:
                units.append(self._unit(left, j, at, likeness))
            else:
                same = olds[left], target.segments[j], news[at]
                units.append(_new(Unit, (*same, current, None, False, 0, likeness)))
        return self._with_lacking(units)

    def _with_lacking(self, units: list[Unit]) -> tuple[Unit, ...]:
        """Adds what the target lacks."""
        present = {at for _, at, _ in self.places}
        lacking: dict[int, list[Unit]] = {}
        anchor = -1
        for i in range(len(self.texts.head.segments)):
            if i in present:
                anchor = i
            else:
                unit = self._unit(self._bases.get(i), None, i, 0.0)
                lacking.setdefault(anchor, []).append(unit)
        if not lacking:
            return tuple(units)
        ordered = lacking.get(-1, [])
        for (_, at, _), unit in zip(self.places, units, strict=True):
            ordered.append(unit)
            if at is not None:
                ordered.extend(lacking.get(at, ()))
        return tuple(ordered)

    def _unit(self, left: int | None, right: int | None, at: int | None, likeness: float) -> Unit:
        base, target, head, _ = self.texts
        old = None if left is None else base.segments[left]
        new = None if at is None else head.segments[at]
        state, change = self._verdict(left, old, new)
        answered = False
        if state is SegmentState.NEW:
            answered = right is not None
        elif state is SegmentState.STALE:
            moved = change is ChangeClass.STRUCTURE
            answered = at in self._in_place if moved else right in self.edited
        work = state is SegmentState.NEW or change in (ChangeClass.PROSE, ChangeClass.TITLE)
        words = count_words(new) if work and new is not None and not answered else 0
        translation = None if right is None else target.segments[right]
        return Unit(old, translation, new, state, change, answered, words, likeness)

    def _verdict(
        self, left: int | None, old: Segment | None, new: Segment | None
    ) -> tuple[SegmentState, ChangeClass | None]:
        """The state of a unit, and the class of what changed."""
        if left is not None and old is not None:
            change = self.fates.changes.get(left)
            if new is None:
                return SegmentState.OBSOLETE, _came_or_went(old)
            stale = change is not None and change.stale
            return SegmentState.STALE if stale else SegmentState.CURRENT, change
        if new is not None:
            return SegmentState.NEW, _came_or_went(new)
        return SegmentState.CURRENT, None

    @cached_property
    def _bases(self) -> dict[int, int]:
        return _bases(self.fates)

    @cached_property
    def _in_place(self) -> frozenset[int]:
        """Segments of head that the target has in the order of head."""
        pairs = sorted((at, j) for j, (_, at, _) in enumerate(self.places) if at is not None)
        return frozenset(pairs[k][0] for k in longest_increasing([j for _, j in pairs]))


def _came_or_went(segment: Segment) -> ChangeClass:
    title = segment.kind in (SegmentKind.TITLE, SegmentKind.DESCRIPTION)
    return ChangeClass.TITLE if title else ChangeClass.STRUCTURE
