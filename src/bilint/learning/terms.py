"""How recurring terms of the source are habitually rendered, out of segment pairs alone.

Words that stand in the same segments belong together: what a term's segments share in the target
is its habitual rendering. In those that lack it something else stands in its place: a piece that
no other word of the source accounts for, and that stands elsewhere beside the same term again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from zlib import crc32

from bilint.model.bitext import Bitext, Row
from bilint.model.english import BARRIER, FUNCTION_WORDS, VERB, hide, likely_noun, source_words
from bilint.model.evidence import Rendering, Renderings
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.stems import Units, holds, same_family

WORDS = 45_000
"""Source words that are looked at: more teach little and cost time."""

LONGEST = 400
"""Characters of a source segment above which it says too little of a single word."""

LEAST_ROWS = 8
LEAST_PAGES = 3
HABIT = 0.6
"""Share of its segments in which a term must have the renderings that are its habit."""

TELLING = 0.6
"""Share of the unaccounted occurrences of a rendering that stand beside its term."""

IN_PHRASE = 0.4
"""Share from which a rendering that is odd for a word is no longer so in a phrase."""

LEAST_IN_PHRASE = 3
"""Segments in which a phrase of two content words is a term of its own."""

IN_IDIOM = 0.6
"""The same, where one of the words is a mere function word: `to take into account`."""

CHANCE = 0.05
"""How many renderings may be taken for odd ones of a term by mere chance."""

FEW = 3
"""With so few segments no other word may be common to them: it could be that word's rendering."""

COMPANY = 0.8
"""Share of the places of a rendering in which a word stands beside it that belongs to it."""

LEAST_COMPANY = 5
MOST_COMPANY = 40
PLACES = 3
CLOSE = 0.8
"""Share of the closest tie from which another stem may be the rendering as well."""

_WORDS = late(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TIE = 0.1
_OWNED = 0.25


class _Pair(NamedTuple):
    """A segment pair, as often as it stands in the corpus."""

    words: tuple[str, ...]
    known: frozenset[str]
    stems: frozenset[str]
    target: str
    places: tuple[str, ...]
    pages: frozenset[str]


class _Line(NamedTuple):
    """The words of a target in small letters, and where they stand in it."""

    text: str
    words: Sequence[str]
    spans: Sequence[tuple[int, int]]


class _Place(NamedTuple):
    """Where a rendering stands: the line of a row, and which of its words it is."""

    row: int
    line: _Line
    at: int


class _Corpus(NamedTuple):
    """All pairs, and in which of them what stands.

    `ties` says how closely a stem of the target keeps to a word of the source; `owners` which
    words may account for a stem.
    """

    pairs: Sequence[_Pair]
    words: Mapping[str, set[int]]
    stems: Mapping[str, set[int]]
    nouns: Collection[str]
    ties: Mapping[str, Mapping[str, float]]
    owners: Mapping[str, set[str]]
    forms: Mapping[str, str]
    units: Units
    lines: dict[int, _Line]

    def line(self, row: int) -> _Line:
        """The words of the target of a row; asked for many terms."""
        line = self.lines.get(row)
        if line is None:
            text = self.pairs[row].target.lower()
            matches = list(_WORDS.finditer(text))
            words, spans = [one[0] for one in matches], [one.span() for one in matches]
            line = self.lines[row] = _Line(text, words, spans)
        return line


def learn_terms(bitexts: Sequence[Bitext]) -> dict[str, Renderings]:
    """The renderings of recurring nouns, the most frequent one first.

    Of a word that is rendered in several ways its frequent phrases are terms as well: what is odd
    for the word may be usual there, or be a sense that the word has elsewhere.
    """
    if not bitexts:
        return {}
    corpus = _corpus(bitexts)
    terms: dict[str, Renderings] = {}
    for term in sorted(corpus.nouns):
        rows = corpus.words[term]
        if _on_enough_pages(rows, corpus):
            terms.update(_Term(term, corpus).renderings())
    return terms


def _on_enough_pages(rows: Collection[int], corpus: _Corpus) -> bool:
    pages: set[str] = set()
    for row in rows:
        pages.update(corpus.pairs[row].pages)
        if len(pages) >= LEAST_PAGES:
            return True
    return False


class _Term:
    """One term while its renderings are looked for."""

    def __init__(self, term: str, corpus: _Corpus) -> None:
        self.term = term
        self.corpus = corpus
        self.rows = corpus.words[term]
        self.groups: dict[str, set[int]] = {}
        self.left = set(self.rows)

    def renderings(self) -> Iterator[tuple[str, Renderings]]:
        ties = self.corpus.ties.get(self.term)
        if not ties:
            return
        self._take(self._habitual(ties))
        self._take_source_word()
        while self.left:
            odd = self._odd()
            if odd is None:
                break
            self._take(odd)
        if sum(map(len, self.groups.values())) < HABIT * len(self.rows):
            return
        # What one page alone says of a term may be another sense that it has there.
        if not _on_enough_pages(next(iter(self.groups.values())), self.corpus):
            return
        yield from self._phrases()
        yield self.term, self._counted(self.rows)

    def _take(self, stem: str) -> None:
        """What has this stem, or another of the same word, is accounted for."""
        self.groups[stem] = found = self._rows_of(stem)
        self.left -= found

    def _rows_of(self, stem: str) -> set[int]:
        """The rows that are left and have this stem, or another of the same word."""
        pairs = self.corpus.pairs
        relatives = {other for other in self.corpus.ties[self.term] if same_family(stem, other)} | {
            stem
        }
        found = {row for row in self.left if not relatives.isdisjoint(pairs[row].stems)}
        for row in self.left - found:
            if any(holds(other, stem) for other in pairs[row].stems):
                found.add(row)
        return found

    def _habitual(self, ties: Mapping[str, float]) -> str:
        """The stem that keeps most closely to the term; of several as close, that of most rows.

        Inflection divides a word into stems, so that an article beside it may seem the closer one.
        Where the word of the source itself stands in most rows, it is a loanword: no neighbour that
        is always beside it takes its place.
        """
        own = self.corpus.units.stem(self.term)
        if own in ties and len(self._rows_of(own)) >= HABIT * len(self.rows):
            return own
        best = max(ties, key=lambda stem: (ties[stem], stem))
        close = [stem for stem in ties if ties[stem] >= CLOSE * ties[best]]
        if len(close) == 1 or best >= "\u3000":
            return best
        rows = {stem: len(self._rows_of(stem)) for stem in close}
        return max(close, key=lambda stem: (rows[stem], ties[stem], stem))

    def _take_source_word(self) -> None:
        """Where the word of the source itself was left standing, it needs no proof."""
        habit = next(iter(self.groups))
        for form in (self.term, f"{self.term}s"):
            own = self.corpus.units.stem(form)
            if own != habit and any(own in self.corpus.pairs[row].stems for row in self.left):
                self._take(own)

    def _odd(self) -> str | None:
        """The stem that takes the place of the term in most of the rows that are left."""
        counts: dict[str, set[int]] = defaultdict(set)
        for row in self.left:
            for stem in self.corpus.pairs[row].stems:
                if len(stem) > 2 - (stem > "\u3000") and not self._explained(stem, row):
                    counts[stem].add(row)
        best, most = None, 1
        for stem, rows in sorted(counts.items()):
            if len(rows) > most and self._telling(stem, rows, len(counts)):
                best, most = stem, len(rows)
        return best

    def _telling(self, stem: str, rows: set[int], candidates: int) -> bool:
        """Whether a stem stands beside the term more than by chance, and beside nothing else."""
        free = [row for row in self.corpus.stems[stem] if not self._explained(stem, row)]
        beside = sum(row in self.rows for row in free)
        if beside < TELLING * len(free) or any(holds(stem, one) for one in self.groups):
            return False
        expected = len(self.rows) / len(self.corpus.pairs)
        if candidates * expected ** len(rows) > CHANCE:
            return False
        shared = set.intersection(*[set(self.corpus.pairs[row].words) for row in rows])
        limit = len(self.rows)
        shared = {word for word in shared if word in self.corpus.words and word != self.term}
        if len(rows) <= FEW:
            return not shared
        return all(len(self.corpus.words[word]) > limit for word in shared)

    def _explained(self, stem: str, row: int) -> bool:
        owners = self.corpus.owners.get(stem)
        known = self.corpus.pairs[row].known
        if not owners or owners.isdisjoint(known):
            return False
        return self.term not in owners or not (owners - {self.term}).isdisjoint(known)

    def _phrases(self) -> Iterator[tuple[str, Renderings]]:
        """Phrases with a term that is rendered in several ways: it may have several senses."""
        if len(self.groups) < 2:
            return
        phrases: dict[str, set[int]] = defaultdict(set)
        for row in self.rows:
            for left, right in pairwise(self.corpus.pairs[row].words):
                if self.term in (left, right) and left.islower() and right.islower():
                    phrases[f"{left} {right}"].add(row)
        habit = next(iter(self.groups))
        for phrase, rows in sorted(phrases.items()):
            common = FUNCTION_WORDS.isdisjoint(phrase.split())
            if common and len(rows) >= LEAST_IN_PHRASE:
                yield phrase, self._counted(rows)
                continue
            least = IN_PHRASE if common else IN_IDIOM
            for stem, group in self.groups.items():
                inside = len(rows & group)
                if stem != habit and inside > 1 and inside >= least * len(rows):
                    yield phrase, self._counted(rows)
                    break

    def _counted(self, rows: set[int]) -> Renderings:
        counted: dict[str, Rendering] = {}
        for stem, group in self.groups.items():
            places = sorted(p for row in group & rows for p in self.corpus.pairs[row].places)
            if places:
                form = self._with_company(self.corpus.forms[stem], group)
                more = counted.get(form)
                counted[form] = Rendering(
                    len(places) + (more.times if more else 0), tuple(places[:PLACES])
                )
        return dict(sorted(counted.items(), key=lambda item: (-item[1].times, item[0])))

    def _with_company(self, form: str, rows: Collection[int]) -> str:
        """A word of a rendering with those that nearly always stand beside it: `mise en œuvre`."""
        if form >= "\u3000" or len(rows) < LEAST_COMPANY:
            return form
        places: list[_Place] = []
        for row in sorted(rows)[:MOST_COMPANY]:
            line = self.corpus.line(row)
            if form in line.words:
                places.append(_Place(row, line, line.words.index(form)))
        if len(places) < LEAST_COMPANY:
            return form
        first, last = self._reach(places, -1), self._reach(places, 1)
        whole = Counter(
            line.text[line.spans[at + first][0] : line.spans[at + last][1]]
            for _row, line, at in places
            if at + first >= 0 and at + last < len(line.spans)
        )
        return min(whole.items(), key=lambda item: (-item[1], item[0]))[0]

    def _reach(self, places: Sequence[_Place], step: int) -> int:
        """How many words on one side belong to it; mere small ones at the end do not."""
        reach = 0
        for far in (step, 2 * step):
            beside = Counter[str]()
            for row, line, at in places:
                if 0 <= at + far < len(line.words):
                    word = line.words[at + far]
                    if not self._explained(self.corpus.units.stem(word), row):
                        beside[word] += 1
            word, times = min(beside.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
            if times < COMPANY * len(places):
                break
            if len(word) > 3:
                reach = far
        return reach


def _corpus(bitexts: Sequence[Bitext]) -> _Corpus:
    units = Units(primary_language(bitexts[0].locale), counting=True)
    pairs = list(_pairs(bitexts, units))
    words: dict[str, set[int]] = defaultdict(set)
    stems: dict[str, set[int]] = defaultdict(set)
    before: dict[str, list[str]] = defaultdict(list)
    after: dict[str, list[str]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        left = BARRIER
        for right in pair.words:
            before[right].append(left)
            after[left].append(right)
            left = right
        after[left].append(BARRIER)
        for word in pair.known:
            words[word].add(number)
        for stem in pair.stems:
            stems[stem].add(number)
    for word in (*FUNCTION_WORDS, BARRIER):
        words.pop(word, None)
    kept = {word: rows for word, rows in words.items() if len(rows) >= 4 and len(word) > 2}
    nouns = {
        word
        for word, rows in kept.items()
        if len(rows) >= LEAST_ROWS
        and len(words.get(word + VERB, ())) * 4 <= len(rows)
        and len(words.get(f"{word.removesuffix('e')}ed", ())) * 4 <= len(rows)
        and likely_noun(word, Counter(before[word]), Counter(after[word]))
    }
    ties: dict[str, dict[str, float]] = {}
    owners: dict[str, set[str]] = defaultdict(set)
    for word, rows in kept.items():
        together = Counter(chain.from_iterable([pairs[row].stems for row in rows]))
        best = ties[word] = {}
        least = max(2, len(rows) / 8)
        for stem, times in [one for one in together.items() if one[1] >= least]:
            tie = 2 * times / (len(rows) + len(stems[stem]))
            if tie >= _TIE:
                best[stem] = tie
                if tie >= _OWNED:
                    owners[stem].add(word)
    return _Corpus(pairs, words, stems, nouns, ties, owners, units.forms(), units, {})


_Places = list[tuple[str, Row]]
"""The paths of pages, each with a row of it."""


def _drawn(bitexts: Sequence[Bitext]) -> dict[tuple[str, str], _Places]:
    """Where each pair of texts stands: of as many as are looked at, drawn by their checksum."""
    places: dict[tuple[str, str], _Places] = {}
    for bitext in bitexts:
        for row in bitext.rows:
            if len(row.source) <= LONGEST and row.source != row.target:
                places.setdefault((row.source, row.target), []).append((bitext.path, row))
    words = {pair: pair[0].count(" ") + 1 for pair in places}
    # Twice as many as wanted, as most that are drawn stand in several places.
    share = 2 * WORDS / (1 + sum([words[pair] * len(there) for pair, there in places.items()]))
    while True:
        drawn = {pair: there for pair, there in places.items() if _chance(pair[0]) < share}
        if share >= 1 or sum([words[pair] for pair in drawn]) > WORDS:
            return drawn
        share *= 2


def _chance(source: str) -> float:
    """A number between 0 and 1 that says nothing of a text, but is always the same."""
    return crc32(source.encode()) / 2**32


def _pairs(bitexts: Sequence[Bitext], units: Units) -> Iterator[_Pair]:
    seen = _drawn(bitexts)
    words = 0
    for _number, source, target in sorted([(_chance(key[0]), *key) for key in seen]):
        words += source.count(" ") + 1
        if words > WORDS:
            break
        rows = seen[source, target]
        row = rows[0][1]
        lemmas = tuple(source_words(hide(source, {*row.names, *(one for one, _ in row.labels)})))
        yield _Pair(
            lemmas,
            frozenset(lemmas),
            units.stems(hide(target, {*row.names, *(one for _, one in row.labels)})),
            target,
            tuple(f"{path}:{row.line}" for path, row in rows),
            frozenset([path for path, _ in rows]),
        )
