"""What was learnt of terms, turned round: from the words of a page to the terms they concern."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from bilint.checks.base import Context
from bilint.checks.terms.scan import Scan
from bilint.model.alignment import AlignedPair, Basis
from bilint.model.english import FUNCTION_WORDS, lemma
from bilint.model.evidence import Renderings
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.stems import UNSPACED, Units, form_stems, within

ACCEPTED = 0.15
"""Share from which a rendering is no oddity, whatever else is in use."""

HABIT = 0.7
"""Share of the most frequent rendering that makes it a habit."""

LEAST = 5
"""Occurrences of the most frequent rendering that make it one."""

LEAST_OF_PHRASE = 3

_MOST_WORDS = 20_000
"""Words that are remembered; those of a page are met again on the next one."""

_OPENERS = frozenset(".:!?•\n*>|")
_ENGLISH = late(r"[A-Za-z]+(?:-[A-Za-z]+)*")


class Way(NamedTuple):
    """One way to render a term."""

    form: str
    stems: frozenset[str]
    times: int
    places: tuple[str, ...]


class Term(NamedTuple):
    """A term of the source with its renderings, the habitual one first.

    `accepted` are those in common use, `stems` the stems of these; `each` has those of every one.
    """

    name: str
    ways: tuple[Way, ...]
    total: int
    accepted: tuple[Way, ...]
    stems: frozenset[str]
    each: tuple[frozenset[str], ...]

    @property
    def habit(self) -> Way:
        """The most frequent rendering."""
        return self.ways[0]

    @property
    def settled(self) -> bool:
        """Whether there is one habit."""
        least = LEAST_OF_PHRASE if " " in self.name else LEAST
        return self.habit.times >= max(least, HABIT * self.total)

    def is_own(self, way: Way) -> bool:
        """Whether a rendering is the word of the source itself."""
        form = lemma(way.form.lower())
        return form == self.name or form.replace("-", "") == self.name.replace("-", "")


class _Told(NamedTuple):
    """What a word of the target says: for which terms it would be odd, and its stems in use."""

    odd: frozenset[str]
    stems: frozenset[str]


class Look(NamedTuple):
    """What a pair of pages may have of the terms, by its words: roughly, it may have less.

    `names` are the terms that the source may have, `words` its words that may begin one, by what
    they begin. `odd` are the words of the target that would be odd for some of these terms, with
    these; `stems` its stems of those that divide a term.
    """

    names: frozenset[str]
    words: Mapping[str, Sequence[bytes]]
    odd: Mapping[bytes, frozenset[str]]
    stems: frozenset[str]

    def words_of(self, name: str) -> Sequence[bytes]:
        """The words of the source that may be a term, or the first word of the phrase it is."""
        return self.words.get(_first_part(name.partition(" ")[0]), ())


class Index:
    """The terms of a locale.

    `loans` are words of the source that are renderings in use, `divided` the terms that have
    several of these, `in_phrases` the words of those that are phrases.
    """

    def __init__(self, learnt: Mapping[str, Renderings], language: str) -> None:
        self.units = Units(language)
        self._spaced = language not in UNSPACED
        self.terms: dict[str, Term] = {}
        for name, renderings in learnt.items():
            if renderings:
                self.terms[name] = _term(name, renderings, language)
        everything = self.terms.values()
        self.loans = frozenset(way.form.lower() for one in everything for way in one.accepted)
        self.divided = frozenset(
            one.name for one in everything if " " not in one.name and len(one.accepted) > 1
        )
        self.in_phrases = frozenset(
            word for name in self.terms if " " in name for word in name.split()
        )
        self._singles: dict[str, set[str]] = defaultdict(set)
        self._phrases: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._odd: dict[str, set[str]] = defaultdict(set)
        self._standing: dict[str, set[str]] = defaultdict(set)
        self._in_use: dict[str, set[str]] = defaultdict(set)
        for term in everything:
            self._enter(term)
        self._keys = frozenset(
            (*self._singles, *self._phrases, *(o for m in self._phrases.values() for _, o in m))
        )
        self._key_of = {
            word: key
            for key in sorted(self._keys)
            for form in _numbers(key)
            for word in _cases(form)
        }
        self._said_words = frozenset(self._key_of)
        self._told_by = _Memory(self._tell)
        # Words that the source has as well are looked for as they were learnt.
        forms = {form for key in self._keys for form in _numbers(key)}
        forms.update(part for one in everything for way in one.ways for part in _parts(way.form))
        small = {word: word.decode().lower() for form in forms for word in _cases(form)}
        told = {form: self._tell(form.encode()) for form in {*small.values()}}
        self._left = {word: one for word, form in small.items() if (one := told[form])}
        self._left_words = frozenset(self._left)
        self._looked: tuple[Scan | None, Look | None] = None, None

    def _enter(self, term: Term) -> None:
        first, _, second = term.name.partition(" ")
        if second:
            self._phrases[_first_part(first)].append((term.name, _first_part(second)))
        else:
            self._singles[_first_part(first)].add(term.name)
        # A phrase with a function word is an idiom: known so that it is left alone.
        if term.settled and FUNCTION_WORDS.isdisjoint(term.name.split()):
            self._enter_odd(term)
        if term.name in self.divided:
            for way in term.ways:
                for stem in way.stems:
                    self._in_use[_first_part(stem)].add(stem)
                if "-" in way.form:
                    self._in_use[_first_part(way.form.lower())] |= way.stems

    def _enter_odd(self, term: Term) -> None:
        """What would be odd for a term: a rendering out of use, and the word of the source."""
        for way in term.ways:
            if way in term.accepted or (term.is_own(way) and way.form.lower() in self.loans):
                continue
            # All its stems must be there: the longest is the rarest.
            self._odd[max(way.stems, key=lambda stem: (len(stem), stem))].add(term.name)
            if "-" in way.form:
                self._standing[_first_part(way.form.lower())].add(term.name)
        if not (" " in term.name or term.is_own(term.habit) or term.name in self.loans):
            for form in (term.name, f"{term.name}s"):
                self._standing[_first_part(form)].add(term.name)

    def look(self, page: Scan) -> Look:
        """What a pair of pages may have of the terms. Several checks ask in turn."""
        known, look = self._looked
        if known is not page or look is None:
            look = self._look(page)
            self._looked = page, look
        return look

    def _look(self, page: Scan) -> Look:
        words: dict[str, list[bytes]] = {}
        for word in page.source & self._said_words:
            words.setdefault(self._key_of[word], []).append(word)
        singles, phrases = self._singles.keys() & words, self._phrases.keys() & words
        names = frozenset[str]().union(
            *[self._singles[key] for key in singles],
            [name for key in phrases for name, other in self._phrases[key] if other in words],
        )
        if not self._spaced:
            return self._look_at_unspaced(page, names, words)
        told = self._told_by.of(page.only_target)
        told.update({word: self._left[word] for word in page.target & self._left_words})
        odd = {word: found for word, one in told.items() if (found := one.odd & names)}
        return Look(
            names, words, odd, frozenset[str]().union(*[one.stems for one in told.values()])
        )

    def _look_at_unspaced(
        self, page: Scan, names: frozenset[str], words: Mapping[str, Sequence[bytes]]
    ) -> Look:
        lower = page.target_data.lower()
        odd: dict[bytes, frozenset[str]] = {}
        for known in (self._odd, self._standing):
            for piece, owners in known.items():
                if not names.isdisjoint(owners) and piece.encode() in lower:
                    for form in (piece.encode(), piece.capitalize().encode()):
                        odd[form] = (odd.get(form) or frozenset()) | (owners & names)
        stems = frozenset().union(*self._in_use.values())
        return Look(names, words, odd, frozenset(stem for stem in stems if stem.encode() in lower))

    def odd_places(self, page: Scan) -> Mapping[int, Collection[bytes]]:
        """The pairs of segments whose target may have something odd, with these words."""
        odd = self.look(page).odd
        return page.targets_with(odd) if self._spaced else page.targets_holding(odd)

    def renders(self, stems: Iterable[str], text: str) -> bool:
        """Whether a text in lower case has a rendering with some of these stems, or one like it.

        It says no where it is not sure.
        """
        return any(self._renders(stem, text) for stem in stems)

    def _renders(self, stem: str, text: str) -> bool:
        if stem >= "\u3000":
            return self.units.any_begins(stem[:2], text)
        return within(stem, self.units.bare(text)) or self.units.any_begins(stem[:4], text)

    def _tell(self, word: bytes) -> _Told | None:
        odd: set[str] = set()
        stems: set[str] = set()
        for piece in self.units.pieces(word.decode("utf-8", "replace")):
            stem = self.units.stem(piece)
            odd.update(self._odd.get(stem, ()), self._standing.get(piece, ()))
            stems.update(self._in_use.get(stem, ()), self._in_use.get(piece, ()))
        return _Told(frozenset(odd), frozenset(stems)) if odd or stems else None


def stands_in_source(name: str, text: str) -> bool:
    """Whether a text may have a term, in singular or plural; of a phrase, all its words.

    A word with a capital within a sentence is part of a name, and no term.
    """
    return all(_word_stands(word, text) for word in name.split())


def _word_stands(word: str, text: str) -> bool:
    inside = word[1:-1] if word.endswith("y") else word[1:]
    at = text.find(inside, 1)
    while at > 0:
        if text[at - 1] in (word[0], word[0].upper()) and not _goes_on(text[at - 2 : at - 1]):
            match = _ENGLISH.match(text, at - 1)
            if (
                match
                and lemma(match[0].lower()) == word
                and (match[0][0].islower() or _opens(text, at - 1))
            ):
                return True
        at = text.find(inside, at + 1)
    return False


def _opens(text: str, start: int) -> bool:
    """Whether a word may be the first of a sentence."""
    end = start
    while start and not text[start - 1].isalnum():
        start -= 1
    return not start or not _OPENERS.isdisjoint(text[start:end])


def _goes_on(before: str) -> bool:
    return before == "-" or before.isalnum()


_Value = TypeVar("_Value")


class _Memory(Generic[_Value]):
    """Remembers what words say; of most of them, that they say nothing."""

    def __init__(self, ask: Callable[[bytes], _Value | None]) -> None:
        self._ask = ask
        self._met: set[bytes] = set()
        self._telling: set[bytes] = set()
        self._known: dict[bytes, _Value] = {}

    def of(self, words: frozenset[bytes]) -> dict[bytes, _Value]:
        """Those of some words that say something, and what."""
        if len(self._met) > _MOST_WORDS:
            self._met.clear()
            self._telling.clear()
            self._known.clear()
        new = words - self._met
        for word in new:
            value = self._ask(word)
            if value:
                self._known[word] = value
                self._telling.add(word)
        self._met |= new
        return {word: self._known[word] for word in words & self._telling}


class Same(Generic[_Value]):
    """A value known by its identity: evidence and pages are looked at by several checks."""

    __slots__ = ("value",)

    def __init__(self, value: _Value) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value


def index_of(pair: AlignedPair, context: Context) -> Index | None:
    """What was learnt of terms, turned round; None where it does not hold for this page."""
    evidence = context.evidence
    if evidence is None or not evidence.terms or pair.basis is not Basis.BASE:
        return None
    if primary_language(context.source_language) != "en":
        return None
    return _index(Same(evidence.terms), primary_language(pair.locale))


@lru_cache(maxsize=8)
def _index(learnt: Same[Mapping[str, Renderings]], language: str) -> Index:
    return Index(learnt.value, language)


def _term(name: str, renderings: Renderings, language: str) -> Term:
    ways = tuple(
        Way(form, form_stems(form, language), one.times, one.places[:1])
        for form, one in sorted(renderings.items(), key=lambda item: (-item[1].times, item[0]))
    )
    total = sum(way.times for way in ways)
    accepted = tuple(way for way in ways if way is ways[0] or way.times >= ACCEPTED * total)
    each = tuple(way.stems for way in ways)
    return Term(name, ways, total, accepted, _stems(accepted), each)


def _stems(ways: Iterable[Way]) -> frozenset[str]:
    return frozenset(stem for way in ways for stem in way.stems)


def _numbers(word: str) -> set[str]:
    """A word of the source in singular and plural."""
    forms = {word, f"{word}s", f"{word}es", f"{word[:-1]}ies"}
    return {form for form in forms if form == word or lemma(form) == word}


def _cases(word: str) -> tuple[bytes, ...]:
    return word.encode(), word.capitalize().encode(), word.upper().encode()


def _parts(form: str) -> list[str]:
    return form.lower().replace("-", " ").split()


def _first_part(word: str) -> str:
    return word.partition("-")[0]
