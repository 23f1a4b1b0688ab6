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
_RUN = late(rf"(?<![\w-]){_WORD}(?: {_WORD})*")
_OPENERS = frozenset(".!?:;•-–—|/>…")
_BRACKETS = frozenset("([{\"'“‘«*")


class Run(NamedTuple):
    """Capitalised words side by side, in one text. `opens` says that a sentence begins there."""

    text: str
    start: int
    opens: bool


def runs(text: str) -> Iterator[Run]:
    """The capitalised words of a text, those side by side together."""
    for match in _RUN.finditer(text):
        start = match.start()
        yield Run(match[0], start, _opens(text, start))


def names_within(text: str) -> Iterator[str]:
    """The names that a sentence surely has: its capitalised words but for those it opens with.

    None of a text that is mostly capitals: a title, a list of names, a label.
    """
    if text.count(" ") + 1 < _SENTENCE or text[1:].islower():
        return
    found = list(_RUN.finditer(text))
    if 2 * sum([match.end() - match.start() for match in found]) > len(text):
        return
    for match in found:
        start, end = match.span()
        if end - start <= _LONGEST and not _opens(text, start):
            yield match[0]


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
    words: Counter[str] = Counter()
    different = _different(bitexts)
    words.update(chain.from_iterable(source.split() for source, _target in different))
    for (source, target), human in different.items():
        for name in dict.fromkeys((*names_within(source), *_given(human.names))):
            count = counts.setdefault(name, [0, 0, 0, 0])
            lost = not stands_in(name, target)
            count[lost] += 1
            if human.sure:
                count[2 + lost] += 1
    from bilint.model.evidence import Usage

    known = [
        (name, Usage(*count))
        for name, count in counts.items()
        if _is_name(name, sum(count[:2]), words)
    ]
    known.sort(key=lambda one: (-one[1].kept - one[1].lost, one[0]))
    return dict(sorted(known[:_MOST_NAMES])) or None


def _is_name(name: str, times: int, words: Mapping[str, int]) -> bool:
    """Whether capitalised words that were seen so often within sentences are a name."""
    if times < LEAST:
        return False
    if " " not in name:
        return name.isupper() or _LOWER * words.get(name.lower(), 0) < times
    common = all(words.get(word.lower(), 0) > words.get(word, 0) for word in name.split())
    return times >= _OFTEN or not common


class _Human(NamedTuple):
    """The names that a row gives, and whether people alone translated one like it."""

    names: tuple[str, ...]
    sure: bool


def _different(bitexts: Sequence[Bitext]) -> dict[tuple[str, str], _Human]:
    rows: dict[tuple[str, str], _Human] = {}
    for page in bitexts:
        human = page.human is not None and page.human >= HUMAN
        for row in page.rows:
            if row.source != row.target:
                key = (row.source, row.target)
                before = rows.get(key)
                rows[key] = _Human(row.names, human or (before is not None and before.sure))
    return rows


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
