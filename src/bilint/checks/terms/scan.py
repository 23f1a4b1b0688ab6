"""A pair of pages looked through once for all checks of terms: its words, and where they stand.

What a page has none of need not be looked for in its segments, and most pages have little of what
is known of a locale. So the words are told apart in bytes, roughly and in one go; and a text is
looked for in the whole page before it is in a segment.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, filterfalse

from bilint.checks.changed import SURE, alone, changed
from bilint.checks.changed import Both as Pair
from bilint.checks.recent import last_kept
from bilint.engines.stopwords import latin_script
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment

_SHORTEST = 4
_GOES_ON = bytes(range(0x80, 0xC0))
"""With these a character goes on that began before."""

_ASCII_LETTERS = frozenset(byte for byte in range(0x80) if chr(byte).isalpha())


_OF_CODE = frozenset(b"/#=@$`")
"""What is taken for letters: so the words of code and of addresses are none of the text."""


def _letters_only(others: bool) -> bytes:
    """A table that turns into blanks what is no letter; without `others` no Latin one.

    E2 begins curly quotation marks and dashes, C2 no-break spaces: they part words, and what
    follows them of their characters is left at the beginning of the next word.
    """
    letters = set(_ASCII_LETTERS | _OF_CODE)
    if others:
        letters |= set(range(0x80, 0x100)) - {0xC2, 0xE2}
    return bytes(byte if byte in letters else 0x20 for byte in range(256))


_LETTERS, _LATIN_LETTERS = _letters_only(True), _letters_only(False)


Both = tuple[int, Segment, Segment]
"""Two segments that can be compared, and which pair of the page they are."""


class Scan:
    """What several checks ask of one pair of pages.

    `source` and `target` are the words of what was translated, on both sides, in bytes. Of a
    language in another than the Latin script `target` has the Latin ones alone.
    """

    def __init__(self, pair: AlignedPair) -> None:
        self.pair = pair
        self.source_data = pair.source.document.data if pair.source is not None else b""
        self.target_data = pair.document.data
        self._latin = latin_script(pair.locale)
        self._pairs = [*changed(pair), *_unlike(pair)]
        table = _LETTERS if self._latin else _LATIN_LETTERS
        self._sources = _Words(self.source_data, [one[0] for one in self._pairs], table)
        self._targets = _Words(self.target_data, [one[1] for one in self._pairs], table)
        self.source, self.target = self._sources.all, self._targets.all

    @cached_property
    def _targets_in_any_script(self) -> _Words:
        if self._latin:
            return self._targets
        return _Words(self.target_data, self._targets.segments, _LETTERS)

    @cached_property
    def only_target(self) -> frozenset[bytes]:
        """The words that the target alone has, in whatever script, with endings of that script."""
        return self._targets_in_any_script.all - self.source

    @cached_property
    def new(self) -> tuple[bytes, ...]:
        """The words with capitals that the target alone has."""
        new = {
            word.lstrip(_GOES_ON) if word[0] > 0x7F else word
            for word in filterfalse(
                bytes.islower, self.only_target if self._latin else self.target - self.source
            )
        }
        if not self.source_data.isascii():
            others = filterfalse(bytes.isascii, self.source)
            new -= {word.lstrip(_GOES_ON) for word in others if word[0] > 0x7F}
        return tuple(sorted([word for word in new if word and _OF_CODE.isdisjoint(word)]))

    @cached_property
    def odd(self) -> tuple[bytes, ...]:
        """Those with a capital after the first letter that are nowhere in the source page."""
        odd = [word for word in self.new if len(word) > _SHORTEST and not word[1:].islower()]
        return tuple([word for word in odd if not self.is_in_source_page(word)])

    def is_in_source_page(self, word: bytes) -> bool:
        """Whether a word stands anywhere in the source page, in code as well."""
        data = self.source_data
        at = data.find(word)
        while at >= 0:
            around = data[max(at - 1, 0) : at] + data[at + len(word) : at + len(word) + 1]
            if not any(byte in _ASCII_LETTERS for byte in around):
                return True
            at = data.find(word, at + 1)
        return False

    def sources_with(self, words: Iterable[bytes]) -> dict[int, frozenset[bytes]]:
        """The pairs of segments that have some of these words in their source, with those."""
        return self._sources.within(words)

    def targets_with(self, words: Iterable[bytes]) -> dict[int, frozenset[bytes]]:
        """The same for the target, in whatever script."""
        return self._targets_in_any_script.within(words)

    def targets_holding(self, texts: Iterable[bytes]) -> dict[int, list[bytes]]:
        """The pairs of segments that have some texts in their target, with those."""
        return self._targets.holding(texts)

    def sources_holding(self, texts: Iterable[bytes]) -> dict[int, list[bytes]]:
        """The same for the source."""
        return self._sources.holding(texts)

    def both(self, numbers: Iterable[int], likeness: float = SURE) -> Iterator[Both]:
        """The segments of some pairs that are alike enough, in the order of the pairs."""
        for number in sorted(numbers):
            source, target, alike = self._pairs[number]
            if alike >= likeness:
                yield number, source, target


def _unlike(pair: AlignedPair) -> list[Pair]:
    """The pairs of segments that are hardly alike: their words are on the page all the same."""
    return [
        (source, target, likeness)
        for source, target, likeness in alone(pair)
        if source is not None and target is not None and source[4] != target[4]
    ]


class _Words:
    """The words of some segments of a page, segment by segment, known by their numbers."""

    def __init__(self, data: bytes, segments: Sequence[Segment], table: bytes) -> None:
        text = data.translate(table)
        self.segments = segments
        self._data = data
        self._words = [text[one[2] : one[3]].split() for one in segments]
        self.all = frozenset(chain.from_iterable(self._words))

    def within(self, words: Iterable[bytes]) -> dict[int, frozenset[bytes]]:
        """The segments that have some words, with those."""
        words = frozenset(words)
        if not words:
            return {}
        return {
            number: words.intersection(here)
            for number, here in enumerate(self._words)
            if not words.isdisjoint(here)
        }

    @cached_property
    def _places(self) -> list[tuple[int, int, int]]:
        """Where each segment begins and ends, and its number, in the order of the page."""
        return sorted([(one[2], one[3], number) for number, one in enumerate(self.segments)])

    def holding(self, texts: Iterable[bytes]) -> dict[int, list[bytes]]:
        """The segments that have some texts, with those."""
        found: dict[int, list[bytes]] = {}
        data = self._data
        for text in texts:
            places = self._places
            at = data.find(text)
            while at >= 0:
                index = bisect_left(places, (at + 1,)) - 1
                if index >= 0 and at < places[index][1]:
                    found.setdefault(places[index][2], []).append(text)
                    at = data.find(text, places[index][1])
                elif index + 1 < len(places):
                    at = data.find(text, places[index + 1][0])
                else:
                    break
        return found


@last_kept
def scan(pair: AlignedPair) -> Scan:
    """A pair of pages looked through. Several checks ask in turn."""
    return Scan(pair)
