"""What is wrong with the structure of a page, for the checks of this family to tell.

Where source and translation are built alike, as nearly all pages are, this costs one pass over
their segments. Only where they are not, the causes are looked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bilint.checks.recent import last_kept
from bilint.model.alignment import AlignedPair, SegmentPair
from bilint.model.document import Block, BlockKind
from bilint.model.finding import Observation

Told = Mapping[str, tuple[Observation, ...]]
"""What is wrong with the structure of a page, by the check that says it."""

_NOTHING: Told = {}
_COMMENT, _CODE, _IMAGE = BlockKind.COMMENT, BlockKind.CODE, BlockKind.IMAGE


def told(pair: AlignedPair, check: str) -> tuple[Observation, ...]:
    """What a check of this family has to say of a page."""
    return diagnose(pair).get(check, ())


@last_kept
def diagnose(pair: AlignedPair) -> Told:
    """What is wrong with the structure of a page. The last answer is kept: many checks ask."""
    if pair.source is None or (
        _built_alike(pair.segments)
        and _same_blocks(pair.source.document.blocks, pair.document.blocks)
    ):
        return _NOTHING
    from bilint.checks.structure.causes import find_causes

    return find_causes(pair, pair.source.document)


def _built_alike(pairs: Sequence[SegmentPair]) -> bool:
    """The cheap test, on which nearly all pages end."""
    for source, target, _ in pairs:
        if source is None or target is None or source[1] != target[1]:
            return False
    return True


def _same_blocks(ours: Sequence[Block], theirs: Sequence[Block]) -> bool:
    """Whether there is the same code, marked alike, and as many pictures, in the same order."""
    if not ours and not theirs:
        return True
    return _signs(ours) == _signs(theirs)


def _signs(blocks: Sequence[Block]) -> list[tuple[BlockKind, str]]:
    return [
        (b[0], b[4] if b[0] is _CODE else b[3].rpartition("/")[2] if b[0] is _IMAGE else "")
        for b in blocks
        if b[0] is not _COMMENT
    ]
