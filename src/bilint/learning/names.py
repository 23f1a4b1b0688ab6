"""Which names the source has, and whether the translations keep them letter by letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from bilint.model.pattern import late
from bilint.model.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bilint.model.bitext import Bitext
    from bilint.model.evidence import Usage

LEAST = 3
"""Places where a name must have been seen for anything to be learnt of it."""

HUMAN = 100.0
"""Human share, in percent, from which a page counts as translated by people."""

_OFTEN = 20
"""The same, for names that consist of common words."""

_LOWER = 4
"""How much more often than in lower case a word must stand with a capital within sentences."""

_MOST_NAMES = 5_000
_SENTENCE = 6
"""Words from which capitals within a text mark names; shorter ones may be titles."""

_LONGEST = 60
"""Characters of a name; a longer run of capitals is a heading or a list."""

_WORD = r"(?:[A-Z]|[a-z]{1,2}[A-Z])\w*(?:-\w+)*"
# Begins with the capital, as most letters are none: the small ones before it are added after.
_RUN = late(
    r"[A-Z](?:(?<![\w-].)|(?<=(?<![\w-])[a-z].)|(?<=(?<![\w-])[a-z]{2}.))"
    rf"\w*(?:-\w+)*(?: {_WORD})*"
)
_OPENERS = frozenset(".!?:;•-–—|/>…")
_BRACKETS = frozenset("([{\"'“‘«*")


class Run(NamedTuple):
    """Capitalised words side by side, in one text. `opens` says that a sentence begins there."""

    text: str
    start: int
    opens: bool


def runs(text: str) -> Iterator[Run]:
    """The capitalised words of a text, those side by side together."""
    for start, end in _places(text):
        yield Run(text[start:end], start, _opens(text, start))


def names_within(text: str) -> Iterator[str]:
    """The names that a sentence surely has: its capitalised words but for those it opens with.

    None of a text that is mostly capitals: a title, a list of names, a label.
    """
    if text.count(" ") + 1 < _SENTENCE or text[1:].islower():
        return
    found = _places(text)
    if 2 * sum([end - start for start, end in found]) > len(text):
        return
    for start, end in found:
        if end - start <= _LONGEST and not _opens(text, start):
            yield text[start:end]


def _places(text: str) -> list[tuple[int, int]]:
    """Where the capitalised words of a text stand, those side by side together."""
    places = []
    for match in _RUN.finditer(text):
        start, end = match.span()
        while start and text[start - 1].islower():
            start -= 1
        places.append((start, end))
    return places


def stands_in(name: str, text: str) -> bool:
    """Whether a text has a name, and not as a part of a longer word in Latin letters."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not _goes_on(text[start - 1 : start]) and not _goes_on(text[end : end + 1]):
            return True
        start = text.find(name, start + 1)
    return False


def learn_names(bitexts: Sequence[Bitext]) -> Mapping[str, Usage] | None:
    """What becomes of the names of the source; None where no name was seen often enough.

    What stands in several places in the same words is counted once. What the translation left
    as it was says nothing. A word that the source mostly writes in lower case is no name when it
    stands alone, and words of that kind side by side are one only when they often are.
    """
    counts: dict[str, list[int]] = {}
    given, by_people = _different(bitexts)
    for pair, names in given.items():
        source, target = pair
        for name in dict.fromkeys((*names_within(source), *_given(names))):
            count = counts.setdefault(name, [0, 0, 0, 0])
            lost = not stands_in(name, target)
            count[lost] += 1
            if pair in by_people:
                count[2 + lost] += 1
    from bilint.model.evidence import Usage

    often = {name: Usage(*one) for name, one in counts.items() if sum(one[:2]) >= LEAST}
    asked = {form for name in often for word in name.split() for form in (word, word.lower())}
    said = chain.from_iterable([source.split() for source, _target in given])
    words = Counter(filter(asked.__contains__, said))
    known = [
        (name, usage)
        for name, usage in often.items()
        if _is_name(name, usage.kept + usage.lost, words)
    ]
    known.sort(key=lambda one: (-one[1].kept - one[1].lost, one[0]))
    return dict(sorted(known[:_MOST_NAMES])) or None


def _is_name(name: str, times: int, words: Mapping[str, int]) -> bool:
    """Whether capitalised words that were seen so often within sentences are a name."""
    if " " not in name:
        return name.isupper() or _LOWER * words.get(name.lower(), 0) < times
    common = all(words.get(word.lower(), 0) > words.get(word, 0) for word in name.split())
    return times >= _OFTEN or not common


_Pair = tuple[str, str]
"""A text of the source and its translation."""


class _Different(NamedTuple):
    """What was translated, each pair once: the names that it gives, and what people translated."""

    given: dict[_Pair, tuple[str, ...]]
    by_people: set[_Pair]


def _different(bitexts: Sequence[Bitext]) -> _Different:
    found = _Different({}, set())
    for page in bitexts:
        pairs = {
            (row.source, row.target): row.names for row in page.rows if row.source != row.target
        }
        found.given.update(pairs)
        if page.human is not None and page.human >= HUMAN:
            found.by_people.update(pairs)
    return found


def _given(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        name = " ".join(name.split())
        if 1 < len(name) <= _LONGEST:
            yield name


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip()
    while before and before[-1] in _BRACKETS:
        before = before[:-1].rstrip()
    return not before or before[-1] in _OPENERS


def _goes_on(char: str) -> bool:
    return char.isascii() and char.isalnum()
