"""What became of a translation's source since its pin: the status of a page and its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bilint.alignment import align_translation, structure_likeness
from bilint.alignment.traits import lasting_tokens
from bilint.changes import compare, compare_segments
from bilint.model.alignment import (
    Alignment,
    Change,
    ChangeClass,
    Drift,
    Judgement,
    PageStatus,
    SegmentState,
    Unit,
)
from bilint.model.document import BlockKind, Document
from bilint.model.segment_text import count_words, normalise
from bilint.units import Texts, changed_units, kept_units

__all__ = [
    "COMPARABLE",
    "judge",
    "likely_drift",
    "may_be_answered",
    "may_stamp",
    "outstanding",
]

COMPARABLE = 0.85
"""Likeness of structure from which two pages can be compared without knowing the pin."""


def judge(
    base: Document,
    target: Document,
    head: Document | None,
    base_target: Alignment,
    base_head: Alignment | None,
    at_pin: Document | None = None,
) -> Judgement:
    """The status of a page whose base is known, and the state of each of its segments.

    `head` is None when the source page has gone: an orphan, whose segments are kept as they
    are. `at_pin` is the target as it was when its present pin first appeared; without it, or
    where the target is still the same, no segment is answered.

    Units stand in the order of the target; what the target lacks stands where head has it.
    A segment that the target lost (base has it, target does not) is no new one: it has the
    state of its source. Segments that were reordered are stale, with class structure and no
    words, until the target has them in the order of head.
    """
    if head is None or base_head is None:
        units = kept_units(base, target, base_target, None)
        return Judgement(PageStatus.ORPHAN, None, units, (), 0)
    if base.data == head.data:
        units = kept_units(base, target, base_target, head)
        return Judgement(PageStatus.CURRENT, None, units, (), 0)
    comparison = compare_segments(base, head, base_head)
    changes = compare(base, head, base_head, comparison)
    units = changed_units(Texts(base, target, head, at_pin), base_target, comparison)
    return Judgement(
        _status(changes),
        None,
        units,
        changes,
        sum(unit.words for unit in units),
        _blocks_to_do(base, target, head),
    )


def _status(changes: Iterable[Change]) -> PageStatus:
    """By the gravest change."""
    kinds = {change.kind for change in changes}
    if any(kind.stale for kind in kinds):
        return PageStatus.STALE
    return PageStatus.COSMETIC if kinds else PageStatus.CURRENT


def _blocks_to_do(base: Document, target: Document, head: Document) -> int:
    """Blocks that head no longer has and that the target still has as base had them."""
    then, now = _blocks(base), _blocks(head)
    if then == now:
        return 0
    gone = Counter(then) - Counter(now)
    return (gone & (Counter(_blocks(target)) - Counter(now))).total() if gone else 0


def _blocks(document: Document) -> list[tuple[BlockKind, str]]:
    return [(b.kind, b.text) for b in document.blocks if b.kind is not BlockKind.COMMENT]


def outstanding(judgement: Judgement) -> tuple[Unit, ...]:
    """What a person still has to do: stale, new and obsolete segments that nobody answered."""
    return tuple(
        unit
        for unit in judgement.units
        if unit.state is not SegmentState.CURRENT and not unit.answered
    )


def may_be_answered(judgement: Judgement, target: Document, then: bytes) -> bool:
    """Whether judging again with the target's past can change anything; cheaper than reading it.

    `judgement` was made without that past; `then` are the bytes of the target as it was when its
    present pin first appeared. Nothing is answered where nothing was written or removed since.
    """
    left = outstanding(judgement)
    if not left or target.data == then:
        return False
    # What went or moved is answered by what is no longer there: no line need be new.
    for unit in left:
        moved = unit.state is SegmentState.STALE and unit.change is ChangeClass.STRUCTURE
        if moved or unit.state is SegmentState.OBSOLETE:
            return True
    known = set(then.splitlines())
    if any(line not in known for line in target.body.splitlines()):
        return True
    start = target.body_start
    values = (target.data[s.start : s.end] for s in target.segments if s.start < start)
    return any(value not in then for value in values)


_COMPLAINTS = {
    SegmentState.STALE: "its source changed and the translation did not",
    SegmentState.OBSOLETE: "its source is gone and the translation still stands",
    SegmentState.NEW: "it is not translated",
}
_EXCERPT = 60


def may_stamp(judgement: Judgement) -> tuple[str, ...]:
    """Why the pin must not be moved to head yet, one sentence a reason; empty when it may be."""
    if judgement.status is PageStatus.ORPHAN:
        return ("The source page is gone: there is nothing to pin the translation to.",)
    if judgement.words_to_do is None:
        return ("What was translated is not known, so nobody can tell whether it is complete.",)
    reasons = [
        f"\u201c{_excerpt(unit)}\u201d: {_COMPLAINTS[unit.state]}."
        for unit in outstanding(judgement)
    ]
    blocks = judgement.blocks_to_do
    if blocks:
        what = (
            "block of code, picture or link is"
            if blocks == 1
            else ("blocks of code, pictures or links are")
        )
        reasons.append(f"{blocks} {what} still as at the pin, and changed in the source.")
    return tuple(reasons)


def _excerpt(unit: Unit) -> str:
    """The beginning of the source text that a reason is about."""
    segment = unit.head or unit.base
    text = normalise(segment.text) if segment else ""
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rstrip()}\u2026"


def likely_drift(target: Document, head: Document) -> Drift | None:
    """How far a target of unknown pin seems to lie behind head; None where nobody can say.

    A statement of low confidence: see `Drift` for what it cannot see.
    """
    likeness = structure_likeness(head, target)
    if likeness < COMPARABLE:
        return None
    new = lost = changed = words = 0
    for left, right, _ in align_translation(head, target).matches:
        if right is None and left is not None:
            new += 1
            words += count_words(head.segments[left])
        elif left is None:
            lost += 1
        elif right is not None:
            ours = lasting_tokens(head.segments[left].tokens)
            theirs = lasting_tokens(target.segments[right].tokens)
            changed += bool(ours and theirs and not ours & theirs)
    return Drift(likeness, new, lost, changed, words)
