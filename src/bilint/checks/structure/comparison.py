"""Two pages under comparison: their pairs, what is explained already, and what was said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from bilint.checks.structure.anatomy import has_words, is_body
from bilint.checks.structure.blocks import lost_pictures
from bilint.checks.structure.kinds import Change
from bilint.model.alignment import AlignedPair, SegmentPair
from bilint.model.document import Block, Document, Segment
from bilint.model.finding import Observation
from bilint.model.segment_text import normalise
from bilint.model.text import Span

_SUBJECT = 60
_CERTAIN = 0.8
"""Likeness from which more than length speaks for a match."""


class Comparison:
    """Two pages that are built differently.

    `disturbed` are the pairs, by index, that do not stand opposite one of their own kind; `done`
    those that a cause explains already; `found` is what is said, by check; `changed` are blocks
    that have become blocks of another kind.
    """

    def __init__(self, pair: AlignedPair, source: Document, disturbed: list[int]) -> None:
        self.pair = pair
        self.source = source
        self.target = pair.document
        self.pairs = pair.segments
        self.disturbed = disturbed
        self.open = frozenset(disturbed)
        self.done: set[int] = set()
        self.found: dict[str, list[Observation]] = {}
        self.changed: dict[Change, list[list[int]]] = {}

    @cached_property
    def _by_place(self) -> dict[int, int]:
        pairs = self.pairs
        return {target.start: i for i in self.disturbed if (target := pairs[i].target) is not None}

    def disturbed_at(self, starts: Iterable[int]) -> list[int]:
        """The disturbed pairs whose target begins at one of some bytes, in order."""
        return sorted(self._by_place[start] for start in starts if start in self._by_place)

    def say(self, check: str, observation: Observation) -> None:
        """Keeps what a check has to say."""
        self.found.setdefault(check, []).append(observation)

    @cached_property
    def ratio(self) -> float:
        """The length of the translation over that of the source, where both are built alike."""
        ours = theirs = 0
        for source, target, _ in self.pairs:
            if source is not None and target is not None and source.shape == target.shape:
                ours += source.end - source.start
                theirs += target.end - target.start
        return min(max((theirs + 60) / (ours + 60), 0.7), 1.8)

    def unsure(self, index: int) -> bool:
        """Whether a block may as well be missing before or after its neighbour of the same kind."""
        source = self.pairs[index].source
        for i in (index - 1, index + 1):
            if source is not None and 0 <= i < len(self.pairs):
                other, target, likeness = self.pairs[i]
                if other is None or target is None or other.shape != source.shape:
                    continue
                if likeness < _CERTAIN:
                    return True
        return False

    def is_lost(self, index: int) -> bool:
        """Whether a pair lacks its translation."""
        return self.pairs[index].target is None

    def has_words(self, index: int) -> bool:
        """Whether a reader sees anything of a pair."""
        source, target, _ = self.pairs[index]
        segment = source or target
        return segment is not None and has_words(segment)

    def neighbours(self, index: int) -> tuple[Segment | None, Segment | None]:
        """The segments of the translation before and after a place."""
        before, after = self._around
        return before[index], after[index]

    @cached_property
    def _around(self) -> tuple[list[Segment | None], list[Segment | None]]:
        before: list[Segment | None] = []
        last = None
        for _, target, _ in self.pairs:
            before.append(last)
            if target is not None and is_body(target):
                last = target
        after: list[Segment | None] = []
        last = None
        for _, target, _ in reversed(self.pairs):
            after.append(last)
            if target is not None and is_body(target):
                last = target
        return before, after[::-1]

    def place(self, index: int) -> Span:
        """Where a lost segment ought to stand: after what stands before it."""
        before, after = self.neighbours(index)
        if before is not None:
            return Span(before.end, before.end)
        return Span(after.start, after.start) if after else Span(0, 0)

    def place_of_source(self, offset: int) -> Span:
        """Where something of the source that is no segment ought to stand."""
        place = None
        for source, target, _ in self.pairs:
            if source is not None and target is not None and source.start < offset:
                place = target
        if place is None or not is_body(place):
            return Span(self.target.body_start, self.target.body_start)
        return Span(place.end, place.end)

    def source_span(self, indexes: list[int]) -> Span | None:
        """From the first to the last of several pairs, in the source."""
        segments = [s for i in indexes if (s := self.pairs[i].source)]
        return Span(segments[0].start, segments[-1].end) if segments else None

    def source_subject(self, indexes: list[int]) -> str:
        """What to know several pairs by: the beginning of their source."""
        return next((subject_of(s.text) for i in indexes if (s := self.pairs[i].source)), "")

    @cached_property
    def repeats(self) -> Mapping[str, tuple[int, frozenset[str]]]:
        """How often each text stands in the translation, and the texts it stands for."""
        number: Counter[str] = Counter()
        sources: dict[str, set[str]] = {}
        for source, target, _ in self.pairs:
            if target is not None:
                text = normalise(target.text)
                number[text] += 1
                if source is not None:
                    sources.setdefault(text, set()).add(normalise(source.text))
        return {text: (times, frozenset(sources.get(text, ()))) for text, times in number.items()}

    @cached_property
    def said(self) -> Counter[str]:
        """How often each text stands in the source."""
        return Counter(normalise(one.text) for one in self.source.segments)

    @cached_property
    def gone(self) -> list[Block]:
        """The pictures of the source that the translation has nowhere."""
        return lost_pictures(self.source, self.target)

    def open_groups(
        self, wanted: Callable[[SegmentPair], bool] = lambda _: True
    ) -> list[list[int]]:
        """What no cause explains yet, those that follow each other together."""
        return groups(i for i in self.disturbed if i not in self.done and wanted(self.pairs[i]))


def groups(indexes: Iterable[int]) -> list[list[int]]:
    """Indexes that follow each other, together."""
    groups: list[list[int]] = []
    for i in indexes:
        if groups and groups[-1][-1] == i - 1:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def subject_of(text: str) -> str:
    """The beginning of a text, to know it by."""
    return normalise(text[: 4 * _SUBJECT])[:_SUBJECT].rstrip()


def are(number: int) -> str:
    """The verb for so many."""
    return "is" if number == 1 else "are"
