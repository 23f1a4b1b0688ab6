"""Which capitalised words of a page are names: learnt from the page itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from bilint.checks.language.prose import BREAK, Reading, Word, read
from bilint.model.alignment import AlignedPair
from bilint.model.document import TokenKind
from bilint.model.record import NamedTuple

_PROSE = 6
"""Words from which a segment is prose, whose capitals mark names."""

_MOST = 3_000
"""Segments read for names; a longer page has told them by then."""


class _Learnt(NamedTuple):
    names: frozenset[str]
    common: frozenset[str]


class PageNames:
    """The names of one page, read when first asked for.

    A name is what the source writes with capitals within a sentence, what stands in a DNL token,
    and several capitalised words that a translated segment kept. A word that the source also
    writes in lower case is common wherever it is not part of a name.
    """

    def __init__(self, pair: AlignedPair) -> None:
        self._pair = pair

    def common_words(self, reading: Reading) -> int:
        """How many words of a segment are surely not part of a name."""
        names, common = self._learnt
        count = 0
        for run in _runs(reading.placed_words()):
            for word in _outside(run, names):
                count += word.islower() or word.lower() in common
        return count

    @cached_property
    def _learnt(self) -> _Learnt:
        names: set[str] = set()
        common: set[str] = set()
        source = self._pair.source
        for segment in source.document.segments[:_MOST] if source else ():
            names.update(token.value for token in segment.tokens if token.kind is TokenKind.DNL)
            reading = read(segment)
            words = reading.words()
            lower = {word for word in words if word.islower()}
            common |= lower
            if len(words) >= _PROSE and 2 * len(lower) >= len(words):
                names.update(_names_in(reading))
        for ours, theirs, _likeness in self._pair.segments[:_MOST]:
            if ours and theirs and ours.text != theirs.text:
                names.update(name for name in _names_in(read(theirs)) if " " in name)
        return _Learnt(frozenset(names), frozenset(common))


def _names_in(reading: Reading) -> Iterator[str]:
    """Capitalised words in a row within a sentence; the one that opens it says nothing."""
    for run in _runs(reading.capitalised()):
        inside = run[1:] if _opens(reading.text, run[0]) else run
        if inside:
            yield " ".join(word.text for word in inside)


def _runs(words: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    """Capitalised words side by side, together; a word in lower case, alone."""
    run: list[Word] = []
    for word in words:
        upper = word.text[0].isupper()
        if run and (not upper or word.start - run[-1].end > 1):
            yield tuple(run)
            run = []
        if upper:
            run.append(word)
        else:
            yield (word,)
    if run:
        yield tuple(run)


def _opens(text: str, word: Word) -> bool:
    before = text[: word.start].rstrip(" \r\n\"'“‘([")
    return not before or before[-1] in ".!?:;•-–—|" + BREAK


def _outside(run: tuple[Word, ...], names: frozenset[str]) -> list[str]:
    """The words of a run that belong to none of the names within it; the longest name first."""
    words = [word.text for word in run]
    left = []
    start = 0
    while start < len(words):
        end = len(words)
        while end > start and " ".join(words[start:end]) not in names:
            end -= 1
        if end == start:
            left.append(words[start])
            end += 1
        start = end
    return left
