"""What a mutation is: a small pure function that does one kind of damage to a translated page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import NamedTuple, TypeVar

from bilint.model.alignment import SegmentPair
from bilint.model.document import Block, BlockKind, Document, Segment, SegmentKind, Token, TokenKind
from bilint.model.evidence import Evidence
from bilint.model.finding import Family
from bilint.model.segment_text import plain
from bilint.model.text import Span

SURE = 0.8
"""Likeness from which two segments are taken for translations of each other."""

UNSPACED = frozenset(("ja", "zh", "ko", "th"))
"""Languages in which what follows a token may stand close to it."""

HEAD = frozenset((SegmentKind.TITLE, SegmentKind.DESCRIPTION))


class Damage(NamedTuple):
    """A damaged page: its bytes, the place that was damaged, and where that stood before."""

    data: bytes
    span: Span
    was: Span


class Place(NamedTuple):
    """The page that is to be damaged, beside its source, and what was learnt of its locale."""

    locale: str
    target: Document
    source: Document
    pairs: tuple[SegmentPair, ...]
    evidence: Evidence | None = None

    @property
    def language(self) -> str:
        """The language without its region."""
        return self.locale.partition("-")[0]

    def both(self, *kinds: SegmentKind) -> list[tuple[Segment, Segment]]:
        """Source and target segments of the body that surely belong together."""
        return [
            (source, target)
            for source, target, likeness in self.pairs
            if source is not None
            and target is not None
            and likeness >= SURE
            and target.kind not in HEAD
            and (not kinds or target.kind in kinds)
        ]

    def prose(self, words: int, *kinds: SegmentKind) -> list[tuple[Segment, Segment]]:
        """Those whose source has so many words at least, and that were translated."""
        return [
            (source, target)
            for source, target in self.both(*kinds)
            if len(_LETTERS.findall(ours := plain(source, code=False))) >= words
            and plain(target, code=False) != ours
        ]

    def tokens(self, *kinds: TokenKind) -> list[tuple[Segment, Token]]:
        """Tokens of the body, each with its segment; those whose segment has a source."""
        return [
            (target, token)
            for _, target in self.both()
            for token in target.tokens
            if token.kind in kinds
        ]

    def blocks(self, *kinds: BlockKind) -> list[Block]:
        """Blocks of these kinds that the source has as well."""
        there = {block.kind for block in self.source.blocks}
        return [one for one in self.target.blocks if one.kind in kinds and one.kind in there]

    def text(self, start: int, end: int) -> str:
        """What the page says there."""
        return self.target.data[start:end].decode("utf-8", "replace")

    def put(self, start: int, end: int, text: str) -> Damage | None:
        """Another text in place of what stands there; None where it is the same."""
        data, new = self.target.data, text.encode()
        if data[start:end] == new:
            return None
        damaged = data[:start] + new + data[end:]
        return Damage(damaged, Span(start, start + len(new)), Span(start, end))


Damaging = Callable[[Place, Random], Damage | None]


class Mutation(NamedTuple):
    """A kind of damage: its function, the checks meant to find it, the families that may.

    `languages` are those in which it is damage, `except_languages` those in which it is none.
    """

    name: str
    family: Family
    damage: Damaging
    checks: tuple[str, ...] = ()
    families: tuple[Family, ...] = ()
    languages: frozenset[str] | None = None
    except_languages: frozenset[str] = frozenset()

    def applies(self, language: str) -> bool:
        """Whether it is damage in a language."""
        if language in self.except_languages:
            return False
        return self.languages is None or language in self.languages


_Any = TypeVar("_Any")

_LETTERS = re.compile(r"[^\W\d_]+")
_FOREIGN = re.compile(r"[^\W\d_]{4,}")


def pick(random: Random, choices: Sequence[_Any]) -> _Any | None:
    """One of them, or None where there is none."""
    return random.choice(choices) if choices else None


def foreign_word(place: Place, random: Random) -> str | None:
    """A word of the translation that the source page has not got."""
    source = {word.lower() for one in place.source.segments for word in _FOREIGN.findall(one.text)}
    words = [
        word[:12]
        for _, target in place.prose(4)
        for word in _FOREIGN.findall(plain(target, code=False))
        if word.lower() not in source
    ]
    return pick(random, words)


def free(segment: Segment) -> list[Span]:
    """The stretches of a body segment that no token covers."""
    spans = []
    at = segment.start
    for token in sorted(segment.tokens, key=lambda one: one.start):
        if token.start > at:
            spans.append(Span(at, token.start))
        at = max(at, token.end)
    if at < segment.end:
        spans.append(Span(at, segment.end))
    return spans


def matches(
    place: Place, segments: Iterator[Segment] | Sequence[Segment], pattern: re.Pattern[str]
) -> list[tuple[Segment, int, re.Match[str]]]:
    """Where a pattern is found outside all tokens: the segment, where the stretch begins, match."""
    found = []
    for segment in segments:
        for start, end in free(segment):
            found += [(segment, start, one) for one in pattern.finditer(place.text(start, end))]
    return found


def put_match(
    place: Place, start: int, match: re.Match[str], text: str, group: int = 0
) -> Damage | None:
    """Another text in place of a match (or of a group) of `matches`."""
    before = len(match.string[: match.start(group)].encode())
    size = len(match[group].encode())
    return place.put(start + before, start + before + size, text)


def lines_of(place: Place, segment: Segment) -> Span:
    """The whole lines on which a segment stands, the line end included."""
    data = place.target.data
    start = data.rfind(b"\n", 0, segment.start) + 1
    end = data.find(b"\n", max(segment.end - 1, segment.start))
    return Span(start, len(data) if end < 0 else end + 1)


def alone(place: Place, segment: Segment) -> bool:
    """Whether no other segment or block stands on the lines of a segment."""
    span = lines_of(place, segment)
    segments = [one.span for one in place.target.segments if one is not segment]
    blocks = [Span(one.start, one.end) for one in place.target.blocks]
    return not any(start < span.end and span.start < end for start, end in (*segments, *blocks))
