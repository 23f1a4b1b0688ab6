"""A pair of pages looked through once for all checks of terms: its words, and where they stand.

What a page has none of need not be looked for in its segments, and most pages have little of what
is known of a locale. So the words are told apart in bytes, roughly and in one go; and a text is
looked for in the whole page before it is in a segment.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from bilint.checks.recent import last_kept
from bilint.engines.stopwords import latin_script
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.record import NamedTuple

SURE_LIKENESS = 0.5
"""Likeness from which a pair of segments can be compared word by word."""

_SHORTEST = 4
_GOES_ON = bytes(range(0x80, 0xC0))
"""With these a character goes on that began before."""


def _letters_only(others: bool) -> bytes:
    """A table that turns into blanks what is no letter; without `others` no Latin one.

    E2 begins curly quotation marks and dashes, C2 no-break spaces: they part words, and what
    follows them of their characters is left at the beginning of the next word.
    """
    letters = frozenset(range(0x80, 0x100)) - {0xC2, 0xE2} if others else frozenset[int]()
    return bytes(
        byte if byte in letters or (byte < 0x80 and chr(byte).isalpha()) else 0x20
        for byte in range(256)
    )


_LETTERS, _LATIN_LETTERS = _letters_only(True), _letters_only(False)


class Both(NamedTuple):
    """Two segments that can be compared, and which pair of the page they are."""

    number: int
    source: Segment
    target: Segment


class Scan:
    """What several checks ask of one pair of pages.

    `source` and `target` are the words of the two pages, in bytes. Of a language in another than
    the Latin script `target` has the Latin ones alone.
    """

    def __init__(self, pair: AlignedPair) -> None:
        self.pair = pair
        self.source_data = pair.source.document.data if pair.source is not None else b""
        self.target_data = pair.document.data
        self._table = _LETTERS if latin_script(pair.locale) else _LATIN_LETTERS
        self.source = _whole(self.source_data.translate(self._table).split(), self.source_data)
        self.target = frozenset(self.target_data.translate(self._table).split())

    @cached_property
    def target_in_any_script(self) -> frozenset[bytes]:
        """The words of the target; an ending may be written to a word of another script."""
        if self._table is _LETTERS:
            return self.target
        return frozenset(self.target_data.translate(_LETTERS).split())

    @cached_property
    def new(self) -> tuple[bytes, ...]:
        """The words with capitals that the target alone has."""
        new = {word.lstrip(_GOES_ON) for word in self.target - self.source if not word.islower()}
        return tuple(sorted([word for word in new - self.source if word and not word.islower()]))

    @cached_property
    def odd(self) -> tuple[bytes, ...]:
        """Of these the ones that have a capital after the first letter."""
        return tuple(
            [word for word in self.new if len(word) > _SHORTEST and not word[1:].islower()]
        )

    def with_source(self, texts: Iterable[bytes]) -> Mapping[int, list[bytes]]:
        """The pairs of segments that have some of these texts in their source, with those."""
        return _with(texts, self.source_data, self._sources)

    def with_target(self, texts: Iterable[bytes]) -> Mapping[int, list[bytes]]:
        """The same for the target."""
        return _with(texts, self.target_data, self._targets)

    def both(self, numbers: Iterable[int], likeness: float = SURE_LIKENESS) -> Iterator[Both]:
        """The segments of some pairs that are alike enough, in the order of the pairs."""
        pairs = self.pair.segments
        for number in sorted(numbers):
            source, target, alike = pairs[number]
            if source is not None and target is not None and alike >= likeness:
                yield Both(number, source, target)

    @cached_property
    def _sources(self) -> _Places:
        return _places(
            (one.source, number)
            for number, one in enumerate(self.pair.segments)
            if one.target is not None
        )

    @cached_property
    def _targets(self) -> _Places:
        return _places(
            (one.target, number)
            for number, one in enumerate(self.pair.segments)
            if one.source is not None
        )


class _Places(NamedTuple):
    """Where segments begin and end, in the order of the page, and of which pair each is."""

    starts: list[int]
    ends: list[int]
    numbers: list[int]


def _places(segments: Iterable[tuple[Segment | None, int]]) -> _Places:
    places = sorted([(one.start, one.end, number) for one, number in segments if one is not None])
    starts, ends, numbers = zip(*places, strict=True) if places else ((), (), ())
    return _Places(list(starts), list(ends), list(numbers))


def _with(texts: Iterable[bytes], data: bytes, places: _Places) -> dict[int, list[bytes]]:
    found: dict[int, list[bytes]] = {}
    starts, ends, numbers = places
    for text in texts:
        at = data.find(text)
        while at >= 0:
            index = bisect_right(starts, at) - 1
            if index >= 0 and at < ends[index]:
                found.setdefault(numbers[index], []).append(text)
                at = data.find(text, ends[index])
            elif index + 1 < len(starts):
                at = data.find(text, starts[index + 1])
            else:
                break
    return found


def _whole(words: list[bytes], data: bytes) -> frozenset[bytes]:
    """Words less what is left of the marks before them."""
    if data.isascii():
        return frozenset(words)
    return frozenset([word.lstrip(_GOES_ON) if 0x7F < word[0] < 0xC0 else word for word in words])


@last_kept
def scan(pair: AlignedPair) -> Scan:
    """A pair of pages looked through. Several checks ask in turn."""
    return Scan(pair)
