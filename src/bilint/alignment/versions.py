"""Two versions of one page in one language: aligned by what their segments say.

Equal ends are set aside; between them a longest common subsequence over the text of segments,
then over their text without markup, finds what stayed; equal text elsewhere was moved; in the
gaps that remain the most alike are versions of each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from itertools import chain
from operator import itemgetter

from bilint.alignment.layout import (
    Budget,
    body_index,
    identity,
    lay_out,
    match_front_matter,
    shifted,
)
from bilint.engines.likeness import longest_common, ratio
from bilint.engines.sequences import Gap, best_path, common_ends, gaps, unique_anchors
from bilint.model.alignment import Alignment, Match
from bilint.model.document import Document, Segment
from bilint.model.segment_text import normalise, plain

_EDITED = 0.6
"""Likeness from which a segment is an edited version and not another one."""

_MOVED = 0.8
"""Likeness from which a segment found at another place was moved there and edited."""

_SENTENCE = 30
"""Characters from which a likeness at another place is no coincidence."""

_CHARACTERS = 4_000_000_000
"""Largest product of the characters of both sides compared by likeness: some 0.1 s."""

_MANY_CELLS = 1_000
"""Comparisons in a gap that are worth avoiding."""

_MOVE_CELLS = 10_000
"""Comparisons spent on what may have been moved and edited."""

_new = tuple.__new__  # half the time of calling the class of a named tuple

_looks = itemgetter(Segment._fields.index("shape"), Segment._fields.index("text"))
"""What tells that a segment stayed as it was."""

Pairs = list[tuple[int, int]]


def align_versions(old: Document, new: Document) -> Alignment:
    """Two versions of a page in one language; equal ones cost one comparison of bytes.

    Matches that cross others are segments that were moved. A gap too large to be compared
    segment with segment (see `CELLS`) is matched from its ends for as long as shapes agree.
    """
    if old is new or old.data == new.data:
        return identity(len(old.segments))
    olds, news = old.segments, new.segments
    first, second = body_index(olds), body_index(news)
    matches = match_front_matter(olds, news)
    if len(olds) - first == len(news) - second and old.body == new.body:
        matches += shifted(identity(len(olds) - first).matches, first, second)
    else:
        matches += shifted(_match(olds[first:], news[second:]), first, second)
    return lay_out(matches, len(olds), len(news))


def _match(olds: Sequence[Segment], news: Sequence[Segment]) -> list[Match]:
    """Set aside what is the same at both ends and match what lies between."""
    whole = Gap(0, len(olds), 0, len(news))
    old_keys, new_keys = [*map(_looks, olds)], [*map(_looks, news)]
    head, tail = common_ends(old_keys, new_keys, whole)
    inner = Gap(head, len(olds) - tail, head, len(news) - tail)
    matches = list(identity(head).matches)
    matches += shifted(identity(tail).matches, inner.b, inner.d)
    if inner.cells:
        between = _Middle(
            olds[inner.a : inner.b],
            news[inner.c : inner.d],
            old_keys[inner.a : inner.b],
            new_keys[inner.c : inner.d],
        )
        matches += shifted(between.matches(), head, head)
    return matches


class _Middle:
    """What lies between the equal ends of two versions."""

    def __init__(
        self,
        olds: Sequence[Segment],
        news: Sequence[Segment],
        old_keys: Sequence[Hashable],
        new_keys: Sequence[Hashable],
    ) -> None:
        self.olds = olds
        self.news = news
        self._old_keys = old_keys
        self._new_keys = new_keys
        self._old_texts: dict[int, str] = {}
        self._new_texts: dict[int, str] = {}

    def matches(self) -> list[Match]:
        """The matches of the two stretches."""
        whole = Gap(0, len(self.olds), 0, len(self.news))
        stayed = self._stayed(whole)
        moved = self._moved(stayed)
        gone = {i for i, _ in moved}
        come = {j for _, j in moved}
        edited: list[Match] = []
        budget = Budget()
        for gap in gaps(stayed, whole):
            rows = [i for i in range(gap.a, gap.b) if i not in gone]
            columns = [j for j in range(gap.c, gap.d) if j not in come]
            edited += self._edited(rows, columns, budget)
        matches = [_new(Match, (i, j, 1.0)) for i, j in chain(stayed, moved)] + edited
        return matches + self._moved_and_edited(matches)

    def old_text(self, i: int) -> str:
        """The text of an old segment on one line."""
        text = self._old_texts.get(i)
        if text is None:
            text = self._old_texts[i] = normalise(self.olds[i].text)
        return text

    def new_text(self, j: int) -> str:
        """The text of a new segment on one line."""
        text = self._new_texts.get(j)
        if text is None:
            text = self._new_texts[j] = normalise(self.news[j].text)
        return text

    def _stayed(self, whole: Gap) -> Pairs:
        """What is the same, what differs in white space, what differs in markup: in this order."""
        kept = _equal_pairs(self._old_keys, self._new_keys, whole)
        for old_key, new_key in (
            (self.old_text, self.new_text),
            (lambda i: plain(self.olds[i]), lambda j: plain(self.news[j])),
        ):
            found = list(kept)
            for gap in gaps(kept, whole):
                if gap.cells > 1 or (gap.cells and not self._in_place(gap)):
                    old_keys = [old_key(i) for i in range(gap.a, gap.b)]
                    new_keys = [new_key(j) for j in range(gap.c, gap.d)]
                    more = _equal_pairs(old_keys, new_keys, Gap(0, len(old_keys), 0, len(new_keys)))
                    found += [(gap.a + i, gap.c + j) for i, j in more]
            kept = sorted(found)
        return kept

    def _in_place(self, gap: Gap) -> bool:
        """Whether one segment stands where one of its shape stood: no need to look closer."""
        return self.olds[gap.a].shape == self.news[gap.c].shape

    def _moved(self, stayed: Pairs) -> Pairs:
        """The same text elsewhere: where it stands once on either side, and its neighbours."""
        if len(stayed) == min(len(self.olds), len(self.news)):
            return []
        loose = _Loose(self, stayed)
        places = _once(loose.new)
        seeds = [(i, places[t]) for t, i in _once(loose.old).items() if t in places and " " in t]
        return [pair for i, j in sorted(seeds) for pair in loose.stretch(i, j)]

    def _edited(self, rows: list[int], columns: list[int], budget: Budget) -> list[Match]:
        """The most alike of a gap, in order; then what stands in the place of another."""
        whole = Gap(0, len(rows), 0, len(columns))
        if whole.cells == 0:
            return []
        if whole.cells == 1:
            old, new = self.olds[rows[0]], self.news[columns[0]]
            likeness = ratio(old.text, new.text)
            in_place = old.shape == new.shape or likeness >= _EDITED
            return [Match(rows[0], columns[0], likeness)] if in_place else []
        alike = self._alike(rows, columns, budget)
        if alike is None:
            head, tail = common_ends(
                [self.olds[i].shape for i in rows], [self.news[j].shape for j in columns], whole
            )
            ends = [(k, k) for k in range(head)]
            ends += [(len(rows) - k, len(columns) - k) for k in range(tail, 0, -1)]
            alike = [(k, m, self._likeness(rows[k], columns[m])) for k, m in ends]
        matches = [Match(rows[k], columns[m], likeness) for k, m, likeness in alike]
        for a, b, c, d in gaps([(k, m) for k, m, _ in alike], whole):
            places = list(zip(rows[a:b], columns[c:d], strict=False))
            if b - a == d - c and all(self.olds[i].shape == self.news[j].shape for i, j in places):
                matches += [Match(i, j, self._likeness(i, j)) for i, j in places]
        return matches

    def _alike(
        self, rows: list[int], columns: list[int], budget: Budget
    ) -> list[tuple[int, int, float]] | None:
        """Pairs in order whose likeness is that of an edit; None where it would cost too much."""
        olds = [self.old_text(i) for i in rows]
        news = [self.new_text(j) for j in columns]
        if sum(map(len, olds)) * sum(map(len, news)) > _CHARACTERS:
            return None
        whole = Gap(0, len(rows), 0, len(columns))
        found: list[tuple[int, int, float]] = []
        if whole.cells > _MANY_CELLS:
            # Entries of a list or table are known by how they begin.
            anchors = unique_anchors(
                [plain(self.olds[i]).partition(" ")[0] for i in rows],
                [plain(self.news[j]).partition(" ")[0] for j in columns],
                whole,
            )
            rated = [(k, m, ratio(olds[k], news[m], _EDITED)) for k, m in anchors]
            found = [one for one in rated if one[2]]
        for a, b, c, d in gaps([(k, m) for k, m, _ in found], whole):
            width = budget.width(b - a, d - c)
            if width is None:
                return None
            found += [(a + k, c + m, r) for k, m, r in _edits(olds[a:b], news[c:d], width)]
        return sorted(found)

    def _likeness(self, i: int, j: int) -> float:
        return ratio(self.old_text(i), self.new_text(j))

    def _moved_and_edited(self, matches: Sequence[Match]) -> list[Match]:
        """Sentences without partner that stand elsewhere nearly the same, and neighbours."""
        if len(matches) == min(len(self.olds), len(self.news)):
            return []
        loose = _Loose(self, [(m.left, m.right) for m in matches])
        old = [i for i, text in loose.old.items() if len(text) >= _SENTENCE]
        new = [j for j, text in loose.new.items() if len(text) >= _SENTENCE]
        if len(old) * len(new) > _MOVE_CELLS:
            return []
        ranked = sorted(
            (-likeness, i, j)
            for i in old
            for j in new
            if (likeness := self._likeness(i, j)) >= _MOVED
        )
        found: list[Match] = []
        for likeness, i, j in ranked:
            if i in loose.old and j in loose.new:
                del loose.old[i], loose.new[j]
                found.append(Match(i, j, -likeness))
                found += [Match(*pair) for pair in loose.stretch(i, j)]
        return found


class _Loose:
    """Texts of either side that have no partner yet, by index."""

    def __init__(self, middle: _Middle, matched: Sequence[tuple[int | None, int | None]]) -> None:
        olds, news = {i for i, _ in matched}, {j for _, j in matched}
        self.old = {i: middle.old_text(i) for i in range(len(middle.olds)) if i not in olds}
        self.new = {j: middle.new_text(j) for j in range(len(middle.news)) if j not in news}

    def stretch(self, i: int, j: int) -> Pairs:
        """Take out the equal texts at a place, which may be taken itself, and next to it."""
        found: Pairs = []
        for first, step in ((0, 1), (1, 1), (-1, -1)):
            k = first
            while i + k in self.old and self.old[i + k] == self.new.get(j + k):
                found.append((i + k, j + k))
                del self.old[i + k], self.new[j + k]
                k += step
        return found


def _equal_pairs(left: Sequence[Hashable], right: Sequence[Hashable], gap: Gap) -> Pairs:
    """Equal elements of a gap in order: the most there are, or close to it in a huge gap."""
    head, tail = common_ends(left, right, gap)
    inner = Gap(gap.a + head, gap.b - tail, gap.c + head, gap.d - tail)
    pairs = [(gap.a + k, gap.c + k) for k in range(head)]
    if inner.cells:
        common = longest_common(left[inner.a : inner.b], right[inner.c : inner.d])
        if common is not None:
            pairs += [(inner.a + i, inner.c + j) for i, j in common]
        else:
            pairs += _by_anchors(left, right, inner)
    return pairs + [(inner.b + k, inner.d + k) for k in range(tail)]


def _by_anchors(left: Sequence[Hashable], right: Sequence[Hashable], gap: Gap) -> Pairs:
    """Elements that occur only once, and equal ones next to them."""
    anchors = unique_anchors(left, right, gap)
    pairs = list(anchors)
    for inner in gaps(anchors, gap):
        head, tail = common_ends(left, right, inner)
        pairs += [(inner.a + k, inner.c + k) for k in range(head)]
        pairs += [(inner.b - k, inner.d - k) for k in range(tail, 0, -1)]
    return sorted(pairs)


def _edits(olds: Sequence[str], news: Sequence[str], width: int) -> list[tuple[int, int, float]]:
    """The texts in order that are most like each other, and how like."""
    path = best_path(
        [0.0] * len(olds),
        [0.0] * len(news),
        lambda k, m: ratio(olds[k], news[m], _EDITED) - _EDITED,
        width,
    )
    return [(k, m, gain + _EDITED) for k, m, gain in path]


def _once(texts: Mapping[int, str]) -> dict[str, int]:
    """The texts that stand at one place only, and that place."""
    counts = Counter(texts.values())
    return {text: i for i, text in texts.items() if counts[text] == 1}
