"""The labels of tabs and badges, beside those of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.checks.recent import last_kept
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment, SegmentKind
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_TAB, _BADGE = _KINDS = (SegmentKind.TAB, SegmentKind.BADGE)
_LIKE = 0.5
_HIDDEN = late(r"\]\([^()\s]*\)|https?://\S+")


class LabelPair(NamedTuple):
    """A tab or badge and the one of the source."""

    source: Segment
    target: Segment

    @property
    def same(self) -> bool:
        """Whether it was left as it was."""
        return " ".join(self.source.text.split()) == " ".join(self.target.text.split())


@last_kept
def label_pairs(pair: AlignedPair) -> list[LabelPair]:
    """The tabs and badges of a page that have a counterpart."""
    return [
        LabelPair(source, target)
        for source, target, likeness in pair.segments
        if target is not None
        and (target[0] is _TAB or target[0] is _BADGE)
        and source is not None
        and source.kind is target.kind
        and likeness >= _LIKE
    ]


def prose_pairs(pair: AlignedPair) -> Iterator[tuple[str, str]]:
    """The texts of all other segments beside each other, without addresses."""
    for source, target, likeness in pair.segments:
        if source is None or target is None or likeness < _LIKE or target.kind in _KINDS:
            continue
        yield _HIDDEN.sub("]", source.text), _HIDDEN.sub("]", target.text)


def as_word(word: str) -> re.Pattern[str]:
    """Finds a word where no letter touches it that could make it another one."""
    return re.compile(rf"(?<![A-Za-z0-9_-]){re.escape(word)}(?![A-Za-z0-9_-])")
