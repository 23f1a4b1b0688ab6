"""Where a page renders a recurring term otherwise than its locale does.

What was learnt of terms is turned round once: from the words of the target that are odd for some
term to these terms. So a page whose words are none of them costs next to nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

from bilint.checks.base import Context
from bilint.checks.language.prose import Reading, read, without_emphasis, without_quotations
from bilint.model.alignment import AlignedPair, Basis
from bilint.model.document import Segment
from bilint.model.evidence import Renderings
from bilint.model.finding import EvidenceValue
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span
from bilint.model.wording import (
    FUNCTION_WORDS,
    VERB,
    Unit,
    Units,
    Word,
    form_stems,
    holds,
    lemma,
    placed_words,
)

ACCEPTED = 0.15
"""Share from which a rendering is no oddity, whatever else is in use."""

HABIT = 0.7
"""Share of the most frequent rendering that makes it a habit."""

LEAST = 5
"""Occurrences of the most frequent rendering that make it one."""

LEAST_OF_PHRASE = 3

SURE = 0.5
"""Likeness from which a pair of segments is compared."""

LONGEST = 2_000
"""Characters of a segment above which it is a heap, in which nothing stands in place of a term."""


_UNSEEN = late(r"\]\([^()\s]*\)|`[^`]*`|\[![A-Z]+ [^\[\]]*\]")
_TO_BLANKS = str.maketrans(dict.fromkeys('*(["-_>|\n“', " "))
_ENGLISH = late(r"[a-z]+(?:-[a-z]+)*")
_SENTENCE_START = late(r"(?:\A\W*|[.:!?]\s+\W*|\n\W*|[*>|]\s*)[A-Z]")
_OPENING = ("'", '"', "‘", "“", "`", "*", "_", "[", ">", "&#39;", "&quot;", "&lt;")
_CLOSING = ("'", '"', "’", "”", "`", "*", "_", "]", "<", "&#39;", "&quot;", "&gt;")
_MARKED = frozenset("_`%$@#")
_CODE = frozenset(
    (
        "command",
        "class",
        "method",
        "function",
        "field",
        "parameter",
        "argument",
        "option",
        "value",
        "mode",
        "table",
        "column",
        "attribute",
        "property",
        "file",
        "directory",
        "folder",
        "module",
        "object",
        "type",
        "endpoint",
        "flag",
        "key",
        "tag",
        "id",
    )
)
_OPERATORS = frozenset("<>=%/\\+")


class Way(NamedTuple):
    """One way to render a term."""

    form: str
    stems: frozenset[str]
    times: int
    places: tuple[str, ...]


class Term(NamedTuple):
    """A term of the source with its renderings, the habitual one first."""

    name: str
    ways: tuple[Way, ...]
    total: int

    @property
    def habit(self) -> Way:
        """The most frequent rendering."""
        return self.ways[0]

    def accepted(self) -> Iterator[Way]:
        """The renderings that are in common use."""
        for way in self.ways:
            if way is self.ways[0] or way.times >= ACCEPTED * self.total:
                yield way

    @property
    def stems(self) -> frozenset[str]:
        """The stems of what is in common use."""
        return frozenset(stem for way in self.accepted() for stem in way.stems)

    @property
    def foreign(self) -> int:
        """How often the word of the source itself was seen to stand for it."""
        return sum(way.times for way in self.ways if lemma(way.form) == self.name)

    @property
    def settled(self) -> bool:
        """Whether there is one habit."""
        least = LEAST_OF_PHRASE if " " in self.name else LEAST
        return self.habit.times >= max(least, HABIT * self.total)


class Odd(NamedTuple):
    """The first place of a page where a term is rendered unlike its habit.

    `way` is None where the word of the source was left standing. `clear` says that it stands in
    a sense that is known and among translated words. `times` says how often the page does so,
    `usual` how often it keeps to the habit.
    """

    term: Term
    way: Way | None
    span: Span
    text: str
    source_span: Span
    clear: bool = True
    times: int = 1
    usual: int = 0


class Hits:
    """Remembers of each word of the target for which terms it would be odd."""

    def __init__(
        self,
        odd: Mapping[str, Collection[str]],
        standing: Mapping[str, Collection[str]],
        units: Units,
    ) -> None:
        self._odd, self._standing, self._units = odd, standing, units
        self._met: set[str] = set()
        self.names: dict[str, frozenset[str]] = {}

    def of(self, pieces: frozenset[str]) -> frozenset[str]:
        """Those of some words that would be odd for any term."""
        for piece in pieces - self._met:
            names = {
                *self._odd.get(self._units.stem(piece), ()),
                *self._standing.get(piece, ()),
            }
            if names:
                self.names[piece] = frozenset(names)
        self._met |= pieces
        return frozenset([piece for piece in pieces if piece in self.names])


class Index(NamedTuple):
    """The terms; which words are odd for some, which in use for several, which are loans."""

    terms: Mapping[str, Term]
    phrases: tuple[tuple[str, str, str], ...]
    loans: frozenset[str]
    divided: frozenset[str]
    hits: Hits
    units: Units

    def said(self, words: frozenset[str]) -> frozenset[str]:
        """The terms that a page can hold which has these words."""
        phrases = [name for name, one, other in self.phrases if one in words and other in words]
        return frozenset((*(word for word in words if word in self.terms), *phrases))


_Value = TypeVar("_Value")


class Same(Generic[_Value]):
    """A value known by its identity: evidence and pages are looked at by several checks."""

    __slots__ = ("value",)

    def __init__(self, value: _Value) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value


def odd_renderings(pair: AlignedPair, context: Context) -> tuple[Odd, ...]:
    """Where terms are rendered otherwise than they habitually are; of each kind one a page."""
    index = index_of(pair, context)
    return () if index is None else _odd_renderings(Same(pair), Same(index))


@lru_cache(maxsize=8)
def _index(same: Same[Mapping[str, Renderings]], language: str) -> Index:
    terms: dict[str, Term] = {}
    odd: dict[str, set[str]] = defaultdict(set)
    standing: dict[str, set[str]] = defaultdict(set)
    for name, renderings in same.value.items():
        ways = tuple(
            Way(form, form_stems(form, language), one.times, one.places[:1])
            for form, one in sorted(renderings.items(), key=lambda item: (-item[1].times, item[0]))
        )
        if not ways:
            continue
        term = terms[name] = Term(name, ways, sum(way.times for way in ways))
        for way in ways[1:]:
            for one in way.stems:
                odd[one].add(name)
        if not (" " in name or _same_word(term, ways[0])):
            standing[name].add(name)
            standing[f"{name}s"].add(name)
    units = Units(language)
    return Index(
        terms,
        tuple((name, *name.partition(" ")[::2]) for name in terms if " " in name),
        frozenset(way.form.lower() for term in terms.values() for way in term.accepted()),
        frozenset(
            name
            for name, term in terms.items()
            if " " not in name and len(list(term.accepted())) > 1
        ),
        Hits(odd, standing, units),
        units,
    )


def index_of(pair: AlignedPair, context: Context) -> Index | None:
    """What was learnt of terms, turned round; None where it does not hold for this page."""
    evidence = context.evidence
    if evidence is None or not evidence.terms or pair.basis is not Basis.BASE:
        return None
    if primary_language(context.source_language) != "en":
        return None
    return _index(Same(evidence.terms), primary_language(pair.locale))


class Said(NamedTuple):
    """A segment that can be compared; `text` is what a reader sees of the target, in lower case."""

    source: Segment
    target: Segment
    text: str


class Compared(NamedTuple):
    """The segments of a page that can be compared, and the words of both sides."""

    segments: tuple[Said, ...]
    pieces: frozenset[str]
    said: frozenset[str]


def compared(pair: AlignedPair, index: Index) -> Compared:
    """What of a page can be compared. Several checks ask."""
    return _compared(Same(pair), Same(index.units))


@lru_cache(maxsize=2)
def _compared(same: Same[AlignedPair], units: Same[Units]) -> Compared:
    segments = tuple(
        Said(source, target, _shown(target.text).lower())
        for source, target, likeness in same.value.segments
        if source is not None
        and target is not None
        and likeness >= SURE
        and source.text != target.text
        and len(target.text) <= LONGEST
    )
    # Of the whole page at once: on most there is nothing to look at more closely.
    pieces = units.value.pieces("\n".join([one.text for one in segments]))
    said = _ENGLISH.findall("\n".join([one.source.text for one in segments]).lower())
    return Compared(segments, frozenset(pieces), frozenset(map(lemma, set(said))))


@lru_cache(maxsize=2)
def _odd_renderings(pair: Same[AlignedPair], terms: Same[Index]) -> tuple[Odd, ...]:
    index = terms.value
    segments, pieces, said_words = compared(pair.value, index)
    terms_here = index.said(said_words)
    odd_pieces = [
        (piece, names)
        for piece in sorted(index.hits.of(pieces))
        if (names := index.hits.names[piece] & terms_here)
    ]
    found: dict[tuple[str, str], Odd] = {}
    usual = Counter[str]()
    for source, target, text in segments if odd_pieces else ():
        met = [more for piece, more in odd_pieces if piece in text]
        if not met:
            continue
        names = frozenset[str]().union(*met)
        said = source.text
        if not any(name[1:-1] in said for name in names):
            continue
        said = " " + _decapitalised(_shown(said)).translate(_TO_BLANKS)
        stems = index.units.stems(text)
        names = frozenset(
            [
                name
                for name in names
                if f" {name[:-1]}" in said and stems.isdisjoint(index.terms[name].stems)
            ]
        )
        for odd in _in_segment(source, target, names, index) if names else ():
            key = (odd.term.name, odd.way.form if odd.way else "")
            first = found.get(key)
            found[key] = first._replace(times=first.times + 1) if first else odd
    if found:
        habits = {name: index.terms[name].habit.stems for name, _ in found}
        for source, _target, text in segments:
            said = source.text.lower()
            here = [name for name in habits if name[:-1] in said]
            if here:
                stems = index.units.stems(text)
                usual.update(name for name in here if not habits[name].isdisjoint(stems))
    return tuple(odd._replace(usual=usual[odd.term.name]) for odd in found.values())


def _in_segment(
    source: Segment, target: Segment, names: Collection[str], index: Index
) -> Iterator[Odd]:
    ours, theirs = read(source), without_emphasis(without_quotations(read(target)))
    words = placed_words(ours.text)
    placed = index.units.placed(theirs.text)
    for term, word, clear in matched(words, index):
        if term.name not in names:
            continue
        if any(holds(unit.stem, one) for one in term.stems for unit in placed):
            continue
        found = _in_its_place(term, words, placed, index)
        if found is None:
            continue
        way, unit = found
        text = theirs.text[unit.start : unit.end]
        if way is None:
            if _as_code(unit, theirs) or not _left_standing(unit, text, words, placed, index):
                continue
            clear = (
                text.islower()
                and not _in_company(unit, words, placed)
                and not _names_code(word, words)
            )
        yield Odd(
            term,
            way,
            theirs.span(unit.start, unit.end),
            text,
            ours.span(word.start, word.end),
            clear,
        )


def _shown(text: str) -> str:
    """A text without code, tokens and the addresses of its links."""
    return _UNSEEN.sub("]", text) if "](" in text or "`" in text or "[!" in text else text


def _decapitalised(text: str) -> str:
    """A text whose first word, and that of each sentence, has no capital."""
    return _SENTENCE_START.sub(lambda match: match[0].lower(), text)


def _as_code(unit: Unit, reading: Reading) -> bool:
    """Whether a word looks like an identifier: quoted, marked, alone in a link, first in a line."""
    raw = reading.segment.text if reading.mapped else reading.text
    before, after = raw[: unit.start], raw[unit.end :]
    if before[-1:] in _MARKED or after[:1] in _MARKED:
        return True
    if before.endswith(_OPENING) and after.startswith(_CLOSING):
        return True
    if not before.strip(" *-#>|") and reading.text[unit.start : unit.end].islower():
        return True
    return after.lstrip()[:1] in _OPERATORS or before.rstrip()[-1:] in _OPERATORS


def _left_standing(
    unit: Unit, text: str, words: list[Word], placed: list[Unit], index: Index
) -> bool:
    """Whether a word of the source stands among words that were translated, and is no name."""
    single = lemma(unit.text)
    if unit.text in index.loans or single in index.loans or text[1:].isupper():
        return False
    if any(word.lemma == single.capitalize() for word in words):
        return False
    lemmas = {word.lemma.lower() for word in words}
    kept = sum(one.text.isascii() and lemma(one.text) in lemmas for one in placed)
    return kept * 3 <= len(placed) + 2


def _names_code(word: Word, words: list[Word]) -> bool:
    """Whether the next word says that this one is an identifier: `the list command`."""
    after = words.index(word) + 1
    return after < len(words) and words[after].lemma in _CODE


def _in_company(unit: Unit, words: list[Word], placed: list[Unit]) -> bool:
    """Whether the word beside it was left standing as well: some phrases are loans."""
    lemmas = {word.lemma.lower() for word in words if len(word.lemma) > 3}
    at = placed.index(unit)
    return any(
        one.text.isascii() and lemma(one.text) in lemmas
        for one in placed[max(at - 1, 0) : at + 2]
        if one is not unit
    )


def matched(words: list[Word], index: Index) -> Iterator[tuple[Term, Word, bool]]:
    """The terms of a segment, each once; a word in a phrase that is a term is none by itself.

    The sense of a phrase is clear, and that of a word which no other content word stands beside.
    """
    seen: set[str] = set()
    lemmas = ["", *(word.lemma for word in words), ""]
    for number, word in enumerate(words):
        before, own, after = lemmas[number : number + 3]
        term = index.terms.get(f"{own} {after}") or index.terms.get(f"{before} {own}")
        clear = term is not None
        if term is None:
            term = index.terms.get(own)
            clear = not (_content(before) or _content(after))
        if term is not None and term.name not in seen:
            # A phrase with a function word is an idiom: known so that it is left alone.
            seen.add(term.name)
            if " " not in term.name or FUNCTION_WORDS.isdisjoint(term.name.split()):
                yield term, word, clear


def _content(lemma: str) -> bool:
    return lemma.islower() and lemma not in FUNCTION_WORDS and not lemma.endswith(VERB)


def _in_its_place(
    term: Term, words: list[Word], placed: list[Unit], index: Index
) -> tuple[Way | None, Unit] | None:
    for way in term.ways[1:]:
        if way.times >= ACCEPTED * term.total:
            continue
        for unit in placed:
            if unit.text in index.terms and unit.text != term.name:
                continue
            if unit.stem not in way.stems or not way.stems <= {one.stem for one in placed}:
                continue
            if not (accounted(unit, term, words, index) or _spelt_alike(unit, term)):
                return (None if _same_word(term, way) else way), unit
    for unit in placed:
        if unit.text.isascii() and lemma(unit.text) == term.name and not _spelt_alike(unit, term):
            return None, unit
    return None


def _spelt_alike(unit: Unit, term: Term) -> bool:
    """Whether a word differs from a rendering in use by its hyphens alone."""
    return any(unit.stem[:-1] in way.form.replace("-", "") for way in term.accepted())


def accounted(unit: Unit, term: Term, words: list[Word], index: Index) -> bool:
    """Whether another word of the source is rendered so."""
    for word in words:
        other = index.terms.get(word.lemma.lower())
        if other is None or other.name in term.name.split():
            continue
        if any(holds(unit.stem, one) for way in other.ways for one in way.stems):
            return True
    return False


def _same_word(term: Term, way: Way) -> bool:
    form = lemma(way.form.lower())
    return form == term.name or form.replace("-", "") == term.name.replace("-", "")


def again(odd: Odd) -> str:
    """The end of a message where the page does it more than once."""
    return f" ({odd.times} times on this page)" if odd.times > 1 else ""


def proof(odd: Odd) -> dict[str, EvidenceValue]:
    """What a finding rests on."""
    habit = odd.term.habit
    return {
        "habit": habit.form,
        "times": habit.times,
        "of": odd.term.total,
        "place": habit.places[0] if habit.places else None,
        "on_this_page": odd.usual,
    }
