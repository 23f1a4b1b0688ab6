"""What changed between two texts, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from bilint.engines.likeness import SEQUENCE_COST, opcodes
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.reporters.layout import words

_ADDRESS_PART = late(r"(?<=[/()#])(?! |$)")


class Change(Enum):
    """What became of a stretch of words."""

    EQUAL = "equal"
    REMOVED = "removed"
    ADDED = "added"


class Stretch(NamedTuple):
    """Some words in a row, with the blanks between and behind them."""

    change: Change
    text: str


def word_diff(old: str, new: str) -> Iterator[Stretch]:
    """The words of both texts in order; what was replaced comes as removed, then added."""
    before, after = list(_parts(old)), list(_parts(new))
    if len(before) * len(after) > SEQUENCE_COST:
        yield Stretch(Change.REMOVED, old)
        yield Stretch(Change.ADDED, new)
        return
    removed: list[str] = []
    added: list[str] = []
    # The last word has no blank behind it and is the same word all the same.
    for step in opcodes(*([word.rstrip(" ") for word in side] for side in (before, after))):
        if step.tag != "equal":
            removed += before[step.a : step.b]
            added += after[step.c : step.d]
            continue
        yield from _changed(removed, added)
        removed, added = [], []
        yield Stretch(Change.EQUAL, "".join(after[step.c : step.d]))
    yield from _changed(removed, added)


def _parts(text: str) -> Iterator[str]:
    """Words; and addresses in their parts, so that one other folder is one change."""
    for word in words(text):
        yield from _ADDRESS_PART.split(word) if "/" in word else (word,)


def _changed(removed: Sequence[str], added: Sequence[str]) -> Iterator[Stretch]:
    if removed:
        yield Stretch(Change.REMOVED, "".join(removed))
    if added:
        yield Stretch(Change.ADDED, "".join(added))
