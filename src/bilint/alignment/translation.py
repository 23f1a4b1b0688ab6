"""A page and its translation: aligned by structure, lasting tokens and length.

Where the sequence of shapes is the same and no token stands at another's place, the alignment is
one to one: so it is for 97 pages in 100. Where that holds for the headings alone, it is looked at
section by section; where not even that, as a whole. What is left is searched for the path on
which most speaks for every match (`agreement`), the cells of a table row going together.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from bilint.alignment.layout import Budget, body_index, identity, lay_out, match_front_matter
from bilint.alignment.traits import (
    Traits,
    agreement,
    lasting_tokens,
    likeness_of,
    same_values,
    traits,
)
from bilint.engines.likeness import common_share
from bilint.engines.sequences import Gap, best_path, common_ends, gaps, unique_anchors
from bilint.model.alignment import Alignment, Match
from bilint.model.document import Document, Segment, SegmentKind
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_LEFT_OUT = 0.5
"""What leaving a segment without partner costs, in units of `agreement`."""

_LARGE = 10_000
"""Comparisons from which a section is first divided by segments known by their tokens."""

_TELLING = 8
"""Segments from which shapes alone tell a page from a stranger."""

_FEWEST_CUT = 3
"""Segments that the end of a page must have lost to be taken for cut off."""

_CUT, _CUT_EACH = 1.0, 0.05
"""How much less may speak for a page that was cut off than for one with gaps all over."""

_UNPROVEN = 0.8
"""Likeness of a match in its place whose tokens contradict it."""


_LIKELY = 0.5
"""Likeness below which tokens contradict a match."""

_MOST_CONTRADICTED = 0.34
"""Share of the matches of a stretch above which it is no translation of the other one."""

_ALERT = late(r">[a-z?!]+")

_Place = tuple[int | None, int | None]


def align_translation(source: Document, target: Document) -> Alignment:
    """A page and its translation; those of equal structure cost one pass over their segments.

    A likeness of 1 says that structure and tokens agree; below 0.5 little speaks for the match.
    A stretch too large to be compared segment with segment (see `CELLS`) is searched near the
    diagonal only, one beyond that is matched from its ends for as long as shapes agree.
    """
    if source is target or source.data == target.data:
        return identity(len(source.segments))
    sources, targets = source.segments, target.segments
    doubts = _doubts(sources, targets)
    if doubts is None:
        matches = match_front_matter(sources, targets) + _Sections(source, target).matches()
        return lay_out(matches, len(sources), len(targets))
    one_to_one = identity(len(sources))
    if not doubts:
        return one_to_one
    changed = list(one_to_one.matches)
    for i in doubts:
        changed[i] = Match(i, i, _UNPROVEN)
    return Alignment(tuple(changed))


class Structure(NamedTuple):
    """A page as its structure: the shapes of its segments and its lasting tokens, in order."""

    shapes: tuple[str, ...]
    tokens: tuple[str, ...]

    @classmethod
    def of(cls, document: Document) -> Structure:
        """The structure of a document."""
        segments = document.segments
        return cls(
            tuple([segment.shape for segment in segments]),
            tuple([key for one in segments for key in sorted(lasting_tokens(one.tokens))]),
        )

    def likeness(self, other: Structure) -> float:
        """How alike two pages are, 0..1, whatever their languages.

        Where neither has tokens only the shapes speak.
        """
        shapes = common_share(self.shapes, other.shapes)
        if not self.tokens and not other.tokens:
            return shapes
        return (shapes + common_share(self.tokens, other.tokens)) / 2

    def at_most(self, other: Structure) -> float:
        """What the likeness of two pages cannot exceed, by how long they are."""
        shapes = _at_most(self.shapes, other.shapes)
        if not self.tokens and not other.tokens:
            return shapes
        return (shapes + _at_most(self.tokens, other.tokens)) / 2

    @property
    def telling(self) -> bool:
        """Whether it can tell the page from a stranger: the shapes of a short page cannot."""
        return bool(self.tokens) or len(self.shapes) >= _TELLING


def _at_most(left: Sequence[str], right: Sequence[str]) -> float:
    total = len(left) + len(right)
    return 2 * min(len(left), len(right)) / total if total else 1.0


def structure_likeness(left: Document, right: Document) -> float:
    """The likeness of the structures of two documents."""
    return Structure.of(left).likeness(Structure.of(right))


def _doubts(sources: Sequence[Segment], targets: Sequence[Segment]) -> list[int] | None:
    """Where tokens contradict a one-to-one match; None when it does not hold.

    It does not when the shapes differ, or when a token that one place misses has turned up at
    another: then something was dropped here and something else added there.
    """
    if len(sources) != len(targets):
        return None
    differing: list[tuple[int, frozenset[str], frozenset[str]]] = []
    for i, source in enumerate(sources):
        target = targets[i]
        if source.shape != target.shape and _unframed(source.shape) != _unframed(target.shape):
            return None
        if (source.tokens or target.tokens) and not same_values(source.tokens, target.tokens):
            ours, theirs = lasting_tokens(source.tokens), lasting_tokens(target.tokens)
            if ours != theirs:
                differing.append((i, ours, theirs))
    turned_up: dict[str, set[int]] = {}
    for i, ours, theirs in differing:
        for key in theirs - ours:
            turned_up.setdefault(key, set()).add(i)
    if any(turned_up.get(key, ()) for i, ours, theirs in differing for key in ours - theirs):
        return None
    return [i for i, ours, theirs in differing if ours and theirs and not ours & theirs]


def _unframed(shape: str) -> str:
    """A shape without the kind of its alert: one that became another is at its place."""
    return _ALERT.sub(">", shape) if ">" in shape else shape


class _Sections:
    """Two pages whose structure differs, matched section by section."""

    def __init__(self, source: Document, target: Document) -> None:
        self.source = source
        self.target = target
        self.sources = source.segments
        self.targets = target.segments
        self.budget = Budget()
        self.expected = (_size(target) + 1) / (_size(source) + 1)
        self._ours: dict[int, Traits] = {}
        self._theirs: dict[int, Traits] = {}

    def matches(self) -> list[Match]:
        """The matches of the two bodies."""
        whole = Gap(
            body_index(self.sources), len(self.sources), body_index(self.targets), len(self.targets)
        )
        ours, theirs = _headings(self.sources, whole.a), _headings(self.targets, whole.c)
        doubts = _doubts([self.sources[i] for i in ours], [self.targets[j] for j in theirs])
        if doubts is None:
            return self._section(whole)
        headings = list(zip(ours, theirs, strict=True))
        found = [
            Match(i, j, _UNPROVEN if k in doubts else 1.0) for k, (i, j) in enumerate(headings)
        ]
        for section in gaps(headings, whole):
            found += self._section(section)
        return found

    def _section(self, section: Gap) -> list[Match]:
        """A stretch of both pages, one to one where it agrees."""
        a, b, c, d = section
        if section.cells == 0:
            return []
        doubts = _doubts(self.sources[a:b], self.targets[c:d])
        if doubts is not None:
            return [Match(a + k, c + k, _UNPROVEN if k in doubts else 1.0) for k in range(b - a)]
        return self._in_step(section, self._looked_for(section))

    def _looked_for(self, section: Gap) -> list[Match]:
        """The matches of a stretch that does not agree."""
        if section.cells <= _LARGE:
            return self._cut_short(section) or self._searched(section)
        anchors = self._anchors(section)
        found = [Match(i, j) for i, j in anchors]
        for gap in gaps(anchors, section):
            found += self._searched(gap)
        return found

    def _in_step(self, section: Gap, found: list[Match]) -> list[Match]:
        """The matches, with those surer that stand in their places whatever became of their tokens.

        Unless what they miss has turned up at another place.
        """
        weak = {(i, j) for i, j, likeness in found if likeness < _UNPROVEN}
        contradicted = sum(one.likeness < _LIKELY for one in found)
        if not weak or contradicted > len(found) * _MOST_CONTRADICTED:
            return found
        weak &= self._by_shape(section) | _between_proven(section, sorted(found, key=_left))
        weak -= self._moved(section, found)
        return [
            one._replace(likeness=_UNPROVEN) if (one.left, one.right) in weak else one
            for one in found
        ]

    def _moved(self, section: Gap, found: list[Match]) -> set[_Place]:
        """The matches of which a token turns up at another place."""
        partners = {j: i for i, j, _ in found}
        lost: dict[str, list[_Place]] = {}
        for i, j, _ in found:
            if i is not None and j is not None:
                ours, theirs = self.sources[i].tokens, self.targets[j].tokens
                for key in lasting_tokens(ours) - lasting_tokens(theirs):
                    lost.setdefault(key, []).append((i, j))
        moved: set[_Place] = set()
        for j in range(section.c, section.d) if lost else ():
            own = partners.get(j)
            there = lasting_tokens(self.targets[j].tokens)
            if own is not None:
                there -= lasting_tokens(self.sources[own].tokens)
            for key in there:
                moved.update(lost.pop(key, ()))
        return moved

    def _by_shape(self, section: Gap) -> set[_Place]:
        """The places before and behind all that was lost or added, by their shapes.

        Where one row of a table is missing the paragraphs around the table still stand in theirs.
        """
        a, b, c, d = section
        ours = [_unframed(one.shape) for one in self.sources[a:b]]
        theirs = [_unframed(one.shape) for one in self.targets[c:d]]
        places: set[_Place] = set()
        places.update((a + k, c + k) for k in range(_steps_in(ours, theirs)))
        behind = _steps_in(ours[::-1], theirs[::-1])
        places.update((b - 1 - k, d - 1 - k) for k in range(behind))
        return places

    def _cut_short(self, section: Gap) -> list[Match]:
        """The matches of a stretch of which the end is lost; none where more speaks for others.

        A page that was cut off agrees nearly as well with blocks picked from all of its source.
        """
        a, b, c, d = section
        size = d - c
        if not size or b - a < size + _FEWEST_CUT:
            return []
        shapes = [one.shape for one in self.targets[c:d]]
        if self.sources[a + size].kind is SegmentKind.TABLE_CELL:
            # Of a table any row may be lost.
            return []
        if shapes != [one.shape for one in self.sources[a : a + size]]:
            return []
        gains = [self._agreement(a + k, c + k) for k in range(size)]
        searched = self._searched(section)
        spread = sum(
            self._agreement(i, j) for i, j, _ in searched if i is not None and j is not None
        )
        spread -= _LEFT_OUT * 2 * (size - len(searched))
        if sum(gains) < spread - _CUT - _CUT_EACH * size:
            return searched
        return [Match(a + k, c + k, likeness_of(gain)) for k, gain in enumerate(gains)]

    def _anchors(self, section: Gap) -> list[tuple[int, int]]:
        """Segments known by their tokens, once on either side."""
        a, b, c, d = section
        ours: list[Hashable] = [
            lasting_tokens(s.tokens) or (0, i) for i, s in enumerate(self.sources[a:b])
        ]
        theirs: list[Hashable] = [
            lasting_tokens(s.tokens) or (1, j) for j, s in enumerate(self.targets[c:d])
        ]
        anchors = unique_anchors(ours, theirs, Gap(0, b - a, 0, d - c))
        return [(a + i, c + j) for i, j in anchors]

    def _searched(self, gap: Gap) -> list[Match]:
        """The matches of a stretch that agree best; the cells of a table row go together."""
        if gap.cells == 0:
            return []
        ours = _lines(self.source, gap.a, gap.b)
        theirs = _lines(self.target, gap.c, gap.d)
        each = max(map(len, ours)) * max(map(len, theirs))
        width = self.budget.width(len(ours), len(theirs), each)
        if width is None:
            return self._from_ends(gap)
        path = best_path(
            [_LEFT_OUT * len(line) for line in ours],
            [_LEFT_OUT * len(line) for line in theirs],
            lambda k, m: self._line_agreement(ours[k], theirs[m]),
            width,
        )
        return [
            Match(i, j, likeness_of(gain))
            for k, m, _ in path
            for i, j, gain in self._within(ours[k], theirs[m])
        ]

    def _line_agreement(self, ours: range, theirs: range) -> float:
        pairs = self._within(ours, theirs)
        left_out = len(ours) + len(theirs) - 2 * len(pairs)
        return sum(gain for _, _, gain in pairs) - _LEFT_OUT * left_out

    def _within(self, ours: range, theirs: range) -> list[tuple[int, int, float]]:
        """The matches of two lines."""
        if len(ours) == len(theirs):
            return [(i, j, self._agreement(i, j)) for i, j in zip(ours, theirs, strict=True)]
        path = best_path(
            [_LEFT_OUT] * len(ours),
            [_LEFT_OUT] * len(theirs),
            lambda k, m: self._agreement(ours[k], theirs[m]),
            len(theirs),
        )
        return [(ours[k], theirs[m], gain) for k, m, gain in path]

    def _agreement(self, i: int, j: int) -> float:
        ours = self._ours.get(i)
        if ours is None:
            ours = self._ours[i] = traits(self.sources[i], self.source)
        theirs = self._theirs.get(j)
        if theirs is None:
            theirs = self._theirs[j] = traits(self.targets[j], self.target)
        return agreement(ours, theirs, self.expected)

    def _from_ends(self, gap: Gap) -> list[Match]:
        """What agrees in shape from either end of a stretch too large to search."""
        a, b, c, d = gap
        head, tail = common_ends(
            [s.shape for s in self.sources[a:b]],
            [s.shape for s in self.targets[c:d]],
            Gap(0, b - a, 0, d - c),
        )
        found = [Match(a + k, c + k, _UNPROVEN) for k in range(head)]
        return found + [Match(b - k, d - k, _UNPROVEN) for k in range(tail, 0, -1)]


def _left(match: Match) -> int:
    """Where a match stands in the source; those without a place there come first."""
    return -1 if match.left is None else match.left


def _between_proven(section: Gap, found: Sequence[Match]) -> set[_Place]:
    """The matches between two that are proven, or the ends, with as many segments on both sides."""
    a, b, c, d = section
    places: set[_Place] = set()
    row: list[tuple[int, int]] = []
    last = (a - 1, c - 1)
    anchored = True
    for i, j, likeness in [*found, Match(b, d)]:
        if i is None or j is None:
            continue
        if (i, j) != (last[0] + 1, last[1] + 1):
            row, anchored = [], False
        if likeness >= _UNPROVEN:
            if anchored:
                places.update(row)
            row, anchored = [], True
        else:
            row.append((i, j))
        last = (i, j)
    return places


def _steps_in(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How many shapes are the same from the start, up to the run of equal ones that differs.

    Which of such a run is missing its shapes do not tell.
    """
    most = min(len(ours), len(theirs))
    same = next((k for k in range(most) if ours[k] != theirs[k]), most)
    last = ours[same - 1] if same else ""
    if any(side[same] == last for side in (ours, theirs) if same < len(side)):
        while same and ours[same - 1] == last:
            same -= 1
    return same


def _size(document: Document) -> int:
    """The characters of a page. In bytes, one script counts for more than another."""
    return len(document.body.decode("utf-8", "replace"))


def _headings(segments: Sequence[Segment], start: int) -> list[int]:
    return [i for i in range(start, len(segments)) if segments[i].kind is SegmentKind.HEADING]


def _lines(document: Document, start: int, end: int) -> list[range]:
    """Segments that stand on one line, as those of a table row do, taken together."""
    lines: list[range] = []
    begin = start
    for i in range(start + 1, end):
        between = document.data[document.segments[i - 1].end : document.segments[i].start]
        if b"\n" in between or b"\r" in between:
            lines.append(range(begin, i))
            begin = i
    lines.append(range(begin, end))
    return lines
