"""The segments of two texts beside each other, as checks are to see them."""

from __future__ import annotations

from collections.abc import Iterable

from bilint.alignment import align_translation
from bilint.model.alignment import AlignedPair, Alignment, Basis, Judgement, Match, SegmentPair
from bilint.model.document import Document
from bilint.model.page import Page

_LIKELY = 0.5
"""Likeness from which a match says something."""

_new = tuple.__new__
"""Makes a named tuple in half the time of calling its class; each run pairs all its segments."""


def segment_pairs(
    source: Document, target: Document, alignment: Alignment
) -> tuple[SegmentPair, ...]:
    """Segments beside each other as an alignment says."""
    return by_numbers(source, target, alignment.matches)


def by_numbers(
    source: Document | None, target: Document, matches: Iterable[Match]
) -> tuple[SegmentPair, ...]:
    """Segments beside each other, which are known by their numbers."""
    sources, targets = source.segments if source else (), target.segments
    return tuple(
        [
            _new(
                SegmentPair,
                (
                    None if left is None else sources[left],
                    None if right is None else targets[right],
                    likeness,
                ),
            )
            for left, right, likeness in matches
        ]
    )


def matches_of(aligned: AlignedPair) -> tuple[Match, ...]:
    """The numbers of segments beside each other: what `by_numbers` makes them of again."""
    lefts = _numbers(aligned.source.document) if aligned.source is not None else {}
    rights = _numbers(aligned.document)
    return tuple(
        [
            _new(
                Match,
                (
                    None if left is None else lefts[left.start],
                    None if right is None else rights[right.start],
                    likeness,
                ),
            )
            for left, right, likeness in aligned.segments
        ]
    )


def _numbers(document: Document) -> dict[int, int]:
    return {segment.start: index for index, segment in enumerate(document.segments)}


def target_alone(locale: str, target: Page) -> AlignedPair:
    """A target with nothing to compare it with."""
    segments = tuple(SegmentPair(None, segment) for segment in target.document.segments)
    return AlignedPair(locale, target, None, Basis.NOTHING, segments)


def without_answered(
    pairs: tuple[SegmentPair, ...], judgement: Judgement
) -> tuple[SegmentPair, ...]:
    """Segments that were answered translate head already: base is no measure for them any more.

    Nor is anything lost where the source dropped a segment and the translation has fewer too: it
    is being worked on, and which segment of base it lacks cannot be told from base alone.
    """
    answered = {
        unit.target.start for unit in judgement.units if unit.answered and unit.target is not None
    }
    standing = {unit.base.start for unit in judgement.units if unit.base is not None}
    lacking = any(pair.target is None for pair in pairs)
    dropped = lacking and any(
        pair.source is not None and pair.source.start not in standing for pair in pairs
    )
    if not answered and not dropped:
        return pairs
    return tuple(
        SegmentPair(None, pair.target)
        if pair.target is not None and pair.target.start in answered
        else pair
        for pair in pairs
        if pair.target is not None or not dropped
    )


def with_new_of_head(
    pairs: tuple[SegmentPair, ...], target: Document, head: Document, base_head: Alignment
) -> tuple[SegmentPair, ...]:
    """Segments that base lacks and that translate what is new in head are not extra.

    Where the past of a translation is not known, nobody can tell that they are answers.
    """
    known = set(base_head.rights().values())
    new = {
        target.segments[right].start
        for left, right, likeness in align_translation(head, target).matches
        if left is not None and right is not None and left not in known and likeness >= _LIKELY
    }
    return tuple(
        SegmentPair(None, pair.target)
        if pair.is_extra and pair.target is not None and pair.target.start in new
        else pair
        for pair in pairs
    )
