"""Which of the recurring terms deserve a place in a term base, and what their whole rendering is.

What checks go by may be a part of a rendering, and of any word. A person who keeps a term base
wants nouns and compounds of the trade, each with all words of its rendering, and nothing doubtful.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from unicodedata import combining, normalize
from zlib import crc32

from bilint.engines.stopwords import function_words
from bilint.learning.names import HUMAN
from bilint.model.bitext import Bitext, Row
from bilint.model.english import (
    BARRIER,
    FUNCTION_WORDS,
    VERB,
    Word,
    hide,
    likely_noun,
    placed_words,
)
from bilint.model.evidence import Evidence
from bilint.model.habit import Habit
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.stems import UNSPACED, stem_of

WORDS = 250_000
"""Source words that are looked at."""

LEAST_ROWS = 8
LEAST_PAGES = 3

HABIT = 0.75
"""Share of the segments with a term that must have its rendering."""

UNSEEN = 0.85
"""The same, where no person translated any of them."""

TELLING = 0.6
"""Share of the segments with a rendering that must have its term."""

WHOLE = 0.8
"""Share of its places in which a rendering must go on in the same way, to be longer."""

LONGEST_TERM = 3
LONGEST_RENDERING = 5
MOST_OTHERS = 3
LABEL_PLACES = 5
LABEL_HABIT = 0.9
_LIKELY = 0.4
"""Share of its segments in which a rendering must stand as a word of its own, not in a compound."""

_NOUN = 0.03
"""Share of its places in which a noun must stand between an article and the end of its phrase."""

_BARE_NOUN = 0.15
"""The same for nouns that have no article, after another small word."""

_SHARED = 0.7
"""Share of its segments in which no other word may stand beside a term: it could be the one that
is rendered so."""

_LOWER = 0.1
"""Share of its places from which a rendering without a capital is the usual form."""

_ALIKE = 5
"""Segments with the very form of a term that say how its rendering is written."""

_SINGLE = 0.75
"""How long one word must be beside the phrase that it renders."""

_SINGULAR = 0.2
"""Share of the places of a noun from which its singular is the usual form."""

_GENERAL = frozenset(
    """
    ability acceptable additional amount answer approach appropriate area aspect available average
    basic benefit best better bit bottom business case challenge change changes choice choose
    clear common complete complex current custom day days default detail detailed difference
    different early easy effort end entire example existing extra fact fast feature following form
    full further general goal good great half help high higher highest hour idea important
    individual information initial issue item key kind large larger last late latest learn left
    level list little long longer look lot low lower main major manual maximum minimum minute
    moment month multiple name native need new note number official old open optional order
    original overall overview part particular people percent person piece place plan point
    position possible potential problem process proper question quick range real reason recent
    relevant required requirement result right same section separate set short side similar simple
    simpler single situation size small sort special specific standard start step strong success
    sure table task thing time times today top total type typical typically understanding unique
    unknown user users usual value various version view way week whole wide work world year
    """.split()  # noqa: SIM905
)
"""English words that are of no trade: no term when they stand alone, nor before another."""

_ARTICLES = frozenset(("a", "an", "each", "every", "its", "no", "of", "our", "the", "this", "your"))
_BEFORE_NOUN = frozenset(
    """
    across and any between by for from in into more multiple on or per their these those through
    to with within without
    """.split()  # noqa: SIM905
)
_NO_NOUN = ("ous", "ible", "able", "est")
_AFTER_HEAD = frozenset((BARRIER, "of", "and", "or"))
"""What stands behind a noun that others specify, and not behind a verb."""

_COMPOUNDING = frozenset(("da", "de", "fi", "hu", "is", "nb", "nl", "nn", "no", "sv"))
_ENDING = late(r"(?:[aeiouy]{1,2}|en)?[sx]?\Z")
_SHORTEST_STEM = 3
_SURFACE = late(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+|[^\w\s]|_")
_RUN = late(r"[\u30a1-\u30fa\u30fc]+|[\u3400-\u9fff々]+|[A-Za-z]+|[^\s]")
_JOINTS = frozenset("'’")
_EASTERN, _HAN = "\u3000", "\u3400"
_LONGEST_HAN = 6
_SMALL_HAN = frozenset(
    "的了在是和与與或将將为為以及可被把对對从從到这這那您你我其中等个個该該此有于於并並而"
)


class _Row(NamedTuple):
    """A segment pair, once however often it stands: its words, and where it stands."""

    source: str
    words: tuple[Word, ...]
    target: str
    pages: frozenset[str]
    human: bool


class _Piece(NamedTuple):
    """A word of a target text: what its forms have in common, or nothing where none is."""

    stem: str
    start: int
    end: int


Key = tuple[str, ...]
"""The stems of the words of a rendering."""


def learn_glossary(bitexts: Sequence[Bitext], evidence: Evidence) -> tuple[Habit, ...]:
    """The terms that a term base would hold, sorted by their source."""
    if not bitexts:
        return ()
    rows = list(_rows(bitexts))
    corpus = _Targets(rows, primary_language(bitexts[0].locale))
    found: dict[str, Habit] = {}
    for lemmas, places in _candidates(rows).items():
        source = _usual(rows, lemmas, places)
        rendering = corpus.rendering(places, source)
        if rendering is None:
            continue
        key, times = rendering
        human = sum(rows[row].human for row in places)
        known = found.get(source)
        if times < (HABIT if human else UNSEEN) * len(places) or (
            known and known.places >= len(places)
        ):
            continue
        alike = [row for row in places if {*_said(rows[row], lemmas)} == {source}]
        shown = corpus.form(key, alike if len(alike) >= _ALIKE else places)
        others = _others(evidence, lemmas, shown)
        found[source] = Habit(source, shown, times, len(places), "segments", human, others)
    return tuple(found[source] for source in sorted(found))


def learn_label_habits(evidence: Evidence) -> tuple[Habit, ...]:
    """The labels that are nearly always rendered in one way, sorted by their source."""
    found = []
    for label, renderings in sorted((evidence.labels or {}).items()):
        ranked = sorted(renderings.items(), key=lambda one: (-one[1].times, one[0]))
        places = sum(one.times for one in renderings.values())
        (rendering, most), others = ranked[0], ranked[1:]
        if places >= LABEL_PLACES and most.times >= LABEL_HABIT * places:
            rest = tuple((said, one.times) for said, one in others[:MOST_OTHERS])
            found.append(Habit(label, rendering, most.times, places, "places", None, rest))
    return tuple(found)


def _rows(bitexts: Sequence[Bitext]) -> Iterator[_Row]:
    seen: dict[tuple[str, str], list[tuple[Bitext, Row]]] = {}
    for bitext in bitexts:
        for row in bitext.rows:
            if row.source != row.target:
                seen.setdefault((row.source, row.target), []).append((bitext, row))
    words = 0
    # By chance, but always the same.
    for _chance, source, target in sorted([(crc32(key[0].encode()), *key) for key in seen]):
        words += source.count(" ") + 1
        if words > WORDS:
            return
        here = seen[source, target]
        row = here[0][1]
        source = hide(source, {*row.names, *(one for one, _ in row.labels)})
        yield _Row(
            source,
            tuple(placed_words(source)),
            hide(target, {*row.names, *(one for _, one in row.labels)}),
            frozenset([bitext.path for bitext, _ in here]),
            any(bitext.human is not None and bitext.human >= HUMAN for bitext, _ in here),
        )


def _candidates(rows: Sequence[_Row]) -> dict[Key, list[int]]:
    """Nouns and compounds that recur, with the rows in which they stand."""
    before: dict[str, Counter[str]] = defaultdict(Counter)
    after: dict[str, Counter[str]] = defaultdict(Counter)
    nouns: Counter[str] = Counter()
    bare: Counter[str] = Counter()
    places: dict[Key, dict[int, None]] = defaultdict(dict)
    for number, row in enumerate(rows):
        lemmas = [word.lemma for word in row.words]
        around = (BARRIER, *lemmas, BARRIER)
        for at, word in enumerate(lemmas):
            left, right = around[at], around[at + 2]
            before[word][left] += 1
            after[word][right] += 1
            if not right or right in FUNCTION_WORDS:
                nouns[word] += left in _ARTICLES
                bare[word] += left in _BEFORE_NOUN
            if right in _AFTER_HEAD and _content(left):
                nouns[word] += not _ARTICLES.isdisjoint(lemmas[max(0, at - 2) : at])
        for start in range(len(lemmas)):
            for size in range(1, LONGEST_TERM + 1):
                run = tuple(lemmas[start : start + size])
                if len(run) < size or not _content(run[-1]):
                    break
                places[run][number] = None
    known = {
        word
        for (word, *more), here in places.items()
        if not more
        and len(here) >= LEAST_ROWS
        and not word.endswith(_NO_NOUN)
        and likely_noun(word, before[word], after[word])
        and (
            nouns[word] >= max(2, _NOUN * before[word].total())
            or bare[word] >= max(2, _BARE_NOUN * before[word].total())
        )
    }
    kept = {
        lemmas: list(here)
        for lemmas, here in places.items()
        if lemmas[-1] in known
        and len(here) >= LEAST_ROWS
        and not any(word in _GENERAL for word in (lemmas if len(lemmas) == 1 else lemmas[:1]))
        and len({page for row in here for page in rows[row].pages}) >= LEAST_PAGES
    }
    kept = {lemmas: here for lemmas, here in kept.items() if not _shared(rows, lemmas, here)}
    longer: dict[Key, int] = {}
    for term, here in kept.items():
        for part in (term[1:], term[:-1]):
            longer[part] = max(longer.get(part, 0), len(here))
    # What nearly always stands within one longer term is a piece of it.
    return {
        lemmas: here for lemmas, here in sorted(kept.items())
        if longer.get(lemmas, 0) < WHOLE * len(here)
    }  # fmt: skip


def _shared(rows: Sequence[_Row], lemmas: Key, places: Sequence[int]) -> bool:
    """Whether another word stands beside a term nearly always."""
    beside = Counter(
        word
        for row in places
        for word in {one.lemma for one in rows[row].words}
        if _content(word) and word not in lemmas
    )
    return any(times >= _SHARED * len(places) for times in beside.values())


def _content(word: str) -> bool:
    return (
        len(word) > 2
        and word.islower()
        and not word.endswith((VERB, "ly"))
        and word not in FUNCTION_WORDS
    )


def _usual(rows: Sequence[_Row], lemmas: Key, places: Sequence[int]) -> str:
    """A term as the source mostly writes it: in the singular, where it has one."""
    said: Counter[str] = Counter()
    for row in places:
        said.update(_said(rows[row], lemmas))
    singular = " ".join(lemmas)
    if said[singular] >= _SINGULAR * said.total():
        return singular
    return min(said.items(), key=lambda one: (-one[1], one[0]))[0]


def _said(row: _Row, lemmas: Key) -> Iterator[str]:
    words = row.words
    for at in range(len(words) - len(lemmas) + 1):
        if tuple(word.lemma for word in words[at : at + len(lemmas)]) == lemmas:
            start, end = words[at].start, words[at + len(lemmas) - 1].end
            yield " ".join(row.source[start:end].lower().split())


def _others(evidence: Evidence, lemmas: Key, shown: str) -> tuple[tuple[str, int], ...]:
    """The other renderings that were learnt of a word."""
    known = (evidence.terms or {}).get(" ".join(lemmas), {}) if len(lemmas) == 1 else {}
    ranked = sorted(known.items(), key=lambda one: (-one[1].times, one[0]))[1:]
    return tuple((said, one.times) for said, one in ranked if said != shown)[:MOST_OTHERS]


class _Targets:
    """The targets of all rows, and in which of them which words stand side by side."""

    def __init__(self, rows: Sequence[_Row], language: str) -> None:
        self._language = language
        self._texts = [row.target for row in rows]
        self._small = function_words(language)
        self._stems: dict[str, str] = {}
        self._pieces = [self._taken_apart(row.target) for row in rows]
        self._keys = [frozenset(self._keys_of(row)) for row in range(len(rows))]
        self._times: Counter[Key] = Counter(key for keys in self._keys for key in keys)

    def rendering(self, places: Sequence[int], source: str) -> tuple[Key, int] | None:
        """The words that stand where a term does and mostly there alone, and in how many rows."""
        together: Counter[Key] = Counter(key for row in places for key in self._keys[row])
        best: tuple[float, int, Key] | None = None
        least = _LIKELY if self._language in _COMPOUNDING else HABIT
        for key, times in together.items():
            if times < least * len(places) or times < TELLING * self._times[key]:
                continue
            likeness = 2 * times / (len(places) + self._times[key])
            if (best is None or (likeness, _size(key), key) > best) and self._sound(key):
                best = (likeness, _size(key), key)
        if best is None:
            return None
        key = self._grown(best[2], together)
        if not self._whole(key, places, source):
            return None
        return key, together[key] + self._in_compounds(key, places)

    def _whole(self, key: Key, places: Sequence[int], source: str) -> bool:
        """Whether a rendering may stand for all words of a term."""
        if len(key) > 1 or source.isalpha():
            return True
        if self._language in UNSPACED:
            return True
        size = len(self.form(key, places))
        return self._language in _COMPOUNDING and size >= _SINGLE * len(source)

    def _in_compounds(self, key: Key, places: Sequence[int]) -> int:
        """In how many rows it stands as a part of a longer word alone."""
        if len(key) > 1 or self._language not in _COMPOUNDING or len(key[0]) <= _SHORTEST_STEM:
            return 0
        return sum(
            key not in self._keys[row] and any(key[0] in one.stem for one in self._pieces[row])
            for row in places
        )

    def form(self, key: Key, places: Sequence[int]) -> str:
        """A rendering as it is mostly written."""
        said: Counter[str] = Counter(
            self._shown(self._texts[row][start:end])
            for row in places
            for start, end in self._spans(row, key)
        )
        best = min(said.items(), key=lambda one: (-one[1], one[0]))[0]
        lower = best[0].lower() + best[1:]
        return lower if said[lower] >= _LOWER * said.total() else best

    def _shown(self, text: str) -> str:
        head, blank, last = " ".join(text.split()).rpartition(" ")
        if self._language == "ko":
            last = stem_of(last, "ko") if last >= _EASTERN else last
        return head + blank + last

    def _grown(self, key: Key, together: Mapping[Key, int]) -> Key:
        """The same with words that nearly always go on with it, on either side."""
        longer = [
            other
            for other, times in together.items()
            if other != key
            and times >= WHOLE * together[key]
            and self._within(key, other)
            and times >= TELLING * self._times[other]
            and self._sound(other)
        ]
        return max(longer, key=lambda other: (_size(other), together[other], other), default=key)

    def _within(self, key: Key, other: Key) -> bool:
        """Whether a rendering is a part of a longer one."""
        if self._language in UNSPACED:
            return "".join(key) in "".join(other)
        return any(other[at : at + len(key)] == key for at in range(len(other) - len(key) + 1))

    def _sound(self, key: Key) -> bool:
        """Whether it begins and ends with words that say something."""
        if self._language in UNSPACED:
            text = "".join(key)
            return len(text) > 1 and _SMALL_HAN.isdisjoint((text[0], text[-1]))
        ends = (key[0], key[-1])
        return all(one not in self._small and (len(one) > 2 or one >= _EASTERN) for one in ends)

    def _stem(self, word: str) -> str:
        lower = word.lower()
        found = self._stems.get(lower)
        if found is None:
            if lower >= _EASTERN:
                found = stem_of(lower, self._language)
            elif lower in self._small or not lower[0].isalpha():
                found = lower
            else:
                found = _without_ending(lower)
            self._stems[lower] = found
        return found

    def _taken_apart(self, text: str) -> list[_Piece]:
        unspaced = self._language in UNSPACED
        pieces: list[_Piece] = []
        for match in (_RUN if unspaced else _SURFACE).finditer(text):
            word = match[0]
            if word in _JOINTS:
                continue
            stem = self._stem(word) if word[0].isalpha() else ""
            pieces.append(_Piece(stem, *match.span()))
        return pieces

    def _keys_of(self, row: int) -> Iterator[Key]:
        for key, _start, _end in self._runs(row):
            yield key

    def _spans(self, row: int, wanted: Key) -> Iterator[tuple[int, int]]:
        for key, start, end in self._runs(row):
            if key == wanted:
                yield start, end

    def _runs(self, row: int) -> Iterator[tuple[Key, int, int]]:
        pieces = self._pieces[row]
        for first in range(len(pieces)):
            if self._language in UNSPACED and pieces[first].stem >= _HAN:
                yield from _parts(pieces[first])
            key: list[str] = []
            for piece in pieces[first : first + LONGEST_RENDERING]:
                if not piece.stem or (key and not self._beside(pieces, piece, first + len(key))):
                    break
                key.append(piece.stem)
                yield tuple(key), pieces[first].start, piece.end

    def _beside(self, pieces: Sequence[_Piece], piece: _Piece, at: int) -> bool:
        gap = piece.start - pieces[at - 1].end
        return gap <= (0 if self._language in UNSPACED else 1)


def _size(key: Key) -> int:
    return sum(map(len, key)) if key[0] >= _EASTERN else len(key)


def _parts(piece: _Piece) -> Iterator[tuple[Key, int, int]]:
    """The parts of a run of Han characters, which no blanks divide into words."""
    run = piece.stem
    for size in range(2, min(_LONGEST_HAN, len(run) - 1) + 1):
        for at in range(len(run) - size + 1):
            yield (run[at : at + size],), piece.start + at, piece.start + at + size


def _without_ending(word: str) -> str:
    """What the singular and the plural of a word mostly have in common."""
    plain = "".join(one for one in normalize("NFD", word) if not combining(one))
    stem = _ENDING.sub("", plain, count=1)
    if len(stem) < _SHORTEST_STEM:
        return plain
    return stem.removesuffix("h") if stem.endswith(("ch", "gh")) else stem
