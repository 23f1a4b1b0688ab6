"""Segments of three texts laid beside each other, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bilint.model.document import Document, Segment
from bilint.model.page import Page
from bilint.model.record import NamedTuple
from bilint.model.text import Span


class Match(NamedTuple):
    """Two segments by their index, or one that has no partner.

    `likeness` in 0..1 says how sure the match is; 1 where structure and tokens agree.
    """

    left: int | None
    right: int | None
    likeness: float = 1.0


class Alignment(NamedTuple):
    """The matches of two documents, in the order of the right one, left-only ones in place."""

    matches: tuple[Match, ...]

    def rights(self) -> dict[int, int]:
        """Left index to right index, for those that match."""
        return {m.left: m.right for m in self.matches if m.left is not None and m.right is not None}

    def lefts(self) -> dict[int, int]:
        """Right index to left index, for those that match."""
        return {m.right: m.left for m in self.matches if m.left is not None and m.right is not None}


class ChangeClass(StrEnum):
    """What kind of change lies between base and head. The first five make a page stale."""

    PROSE = "prose"
    TITLE = "title"
    STRUCTURE = "structure"
    LINKS = "links"
    CODE = "code"
    MARKUP = "markup"
    PUNCTUATION = "punctuation"
    FRONT_MATTER = "front_matter"
    WHITE_SPACE = "white_space"

    @property
    def stale(self) -> bool:
        """Whether it makes a page stale; otherwise cosmetic."""
        return self in _STALE


_STALE = frozenset(
    (
        ChangeClass.PROSE,
        ChangeClass.TITLE,
        ChangeClass.STRUCTURE,
        ChangeClass.LINKS,
        ChangeClass.CODE,
    )
)


class Change(NamedTuple):
    """One change between base and head: where, in bytes of each, and of which class."""

    kind: ChangeClass
    base: Span | None
    head: Span | None


class SegmentState(StrEnum):
    """What became of a segment's source since the pin."""

    CURRENT = "current"
    STALE = "stale"
    OBSOLETE = "obsolete"
    NEW = "new"


class Unit(NamedTuple):
    """A translation unit: one segment in each of the three texts, where it has one.

    `words` are the source words that a person has to work on: of head for stale and new ones,
    0 for all others and for answered ones. `likeness` is that of base and target.
    """

    base: Segment | None
    target: Segment | None
    head: Segment | None
    state: SegmentState
    change: ChangeClass | None = None
    answered: bool = False
    words: int = 0
    likeness: float = 1.0


class PageStatus(StrEnum):
    """The status of a page: the first that applies, in this order."""

    UNTRANSLATED = "untranslated"
    CLASH = "clash"
    UNKNOWN = "unknown"
    UNPINNED = "unpinned"
    ORPHAN = "orphan"
    STALE = "stale"
    COSMETIC = "cosmetic"
    CURRENT = "current"


class Judgement(NamedTuple):
    """What staleness says of one page. Without a base, `units` is empty and the words unknown.

    `blocks_to_do` counts code blocks, pictures, videos and link definitions that changed in the
    source and that the target still has as they were: no words, but work. `expired` counts the
    segments that somebody had settled, and that are open again as a text of theirs changed.
    """

    status: PageStatus
    reason: str | None = None
    units: tuple[Unit, ...] = ()
    changes: tuple[Change, ...] = ()
    words_to_do: int | None = None
    blocks_to_do: int = 0
    expired: int = 0

    def counts(self) -> Mapping[SegmentState, int]:
        """How many units are in each state."""
        counts = dict.fromkeys(SegmentState, 0)
        for unit in self.units:
            counts[unit.state] += 1
        return counts


class Drift(NamedTuple):
    """How far a target without a known pin seems to lie behind head, by structure alone.

    `new` segments of head have no counterpart, `lost` ones of the target neither; `changed`
    stand in the same place with other links, names or code. `words` are those of the new ones.
    What was reworded in place cannot be seen, so all zero does not mean fresh.
    """

    likeness: float
    new: int
    lost: int
    changed: int
    words: int


class Basis(StrEnum):
    """What a target was compared with."""

    BASE = "base"
    HEAD = "head"
    NOTHING = "nothing"


class SegmentPair(NamedTuple):
    """A target segment beside its source segment, for checks; one of them may be missing."""

    source: Segment | None
    target: Segment | None
    likeness: float = 1.0

    @property
    def is_extra(self) -> bool:
        """Whether the target has a segment that translates nothing, neither of base nor of head."""
        return self.source is None and self.likeness == 0.0


class DroppedShare(NamedTuple):
    """An earlier version of the target in which the human share was higher, in percent."""

    share: float
    commit: str
    text: str


class FakeRefresh(NamedTuple):
    """The pin went from `pin` to the present one in `commit`, yet these segments stayed.

    Each of `segments` has a source that changed between the two pins and a translation that did
    not. `text` is the target's body before.
    """

    pin: str
    commit: str
    segments: tuple[SegmentPair, ...]
    text: str


class Past(NamedTuple):
    """What the target's own history says, gathered before the checks run.

    `known` is False where there was no history to ask (a hook, a folder without git): checks
    that need it are then skipped, not passed.
    """

    known: bool = False
    dropped: DroppedShare | None = None
    refresh: FakeRefresh | None = None


class AlignedPair(NamedTuple):
    """What pair checks see: the target beside its base, never beside head.

    Where the pin is unknown and head is close enough by structure, `basis` is HEAD and every
    finding is of low confidence; where there is nothing to compare with, `source` is None and
    `segments` holds target segments alone. `now` is the page beside head, where some of it was
    brought up to date: what is wrong beside base alone may be right by now.
    """

    locale: str
    target: Page
    source: Page | None
    basis: Basis
    segments: tuple[SegmentPair, ...]
    source_revision: str | None = None
    past: Past = Past()
    now: AlignedPair | None = None

    @property
    def document(self) -> Document:
        """The target's content."""
        return self.target.document
