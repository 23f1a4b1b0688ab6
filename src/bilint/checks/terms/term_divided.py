"""`term-divided`: one page renders one term in two ways that are both in use."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.changed import changed
from bilint.checks.language.prose import Reading, read
from bilint.checks.terms.habits import LONGEST, accounted, comparable, demanded, matched, seen
from bilint.checks.terms.index import Index, Term, Way, index_of, stands_in_source
from bilint.checks.terms.scan import Both, Scan, scan
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.english import Word, likely_verb, placed_words
from bilint.model.finding import Observation
from bilint.model.record import NamedTuple
from bilint.model.text import Span

MANY = 2
"""How many times as often as the other one a rendering is used that the page prefers."""

MOST = 400
"""Segments of a page above which nobody sees both words beside each other."""


class _Use(NamedTuple):
    """A place where a page renders a term in one of the ways that are in use."""

    way: Way
    span: Span
    text: str
    source_span: Span
    source: Segment
    at: int


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One page renders one term in two ways."""
    index = index_of(pair, context)
    if index is None or not index.divided:
        return
    both = changed(pair)
    if len(both) > MOST and sum(len(one[1].text) <= LONGEST for one in both) > MOST:
        return
    page = scan(pair)
    look = index.look(page)
    terms = [index.terms[name] for name in sorted(index.divided & look.names)]
    terms = [one for one in terms if sum(map(look.stems.issuperset, one.each)) > 1]
    words = {term.name: set(look.words_of(term.name)) for term in terms}
    places = page.sources_with(set().union(*words.values()))
    for term in terms:
        said = words[term.name]
        numbers = [number for number, here in places.items() if not said.isdisjoint(here)]
        uses, more = _uses(term, numbers, page, index)
        if uses and not demanded(uses[0].source, uses[0].at, context):
            yield from _judged(
                term, [use for use in uses if not demanded(use.source, use.at, context)], more
            )


def _uses(term: Term, numbers: list[int], page: Scan, index: Index) -> tuple[list[_Use], int]:
    """The uses of a term in some segments of a page; none where all are of one kind.

    Of what the page says most often only as many are looked at as make it the habit; how many
    others there are is told beside.
    """
    likely: dict[Way, dict[int, Both]] = defaultdict(dict)
    for both in comparable(page, numbers):
        number, source, target = both
        if stands_in_source(term.name, seen(source.text)):
            way = _only_way(term, seen(target.text).lower(), index)
            if way is not None:
                likely[way][number] = both
    if len(likely) < 2:
        return [], 0
    # The rarest first: mostly none of it stands for the term, and the others need no look.
    *rare, often = sorted(likely.items(), key=lambda one: (len(one[1]), one[0].form))
    looked: dict[int, _Use | None] = {}
    for _way, places in rare:
        for number, both in places.items():
            if number not in looked:
                looked[number] = _use_of(term.name, both, index)
    counts = Counter(use.way for use in looked.values() if use)
    if not counts:
        return [], 0
    enough = MANY * max(counts.values())
    way, places = often
    left = [number for number in places if number not in looked]
    while left and counts[way] < enough:
        number = left.pop(0)
        use = looked[number] = _use_of(term.name, places[number], index)
        if use:
            counts[use.way] += 1
    return [use for _number, use in sorted(looked.items()) if use], len(left)


def _only_way(term: Term, text: str, index: Index) -> Way | None:
    """The one way in which a text renders a term, if nothing in it is like another."""
    ways = [way for way in term.ways if all(index.units.has(one, text) for one in way.stems)]
    if len(ways) != 1:
        return None
    others = (way for way in term.ways if way is not ways[0])
    return None if any(index.renders(way.stems, text) for way in others) else ways[0]


def _use_of(name: str, said: Both, index: Index) -> _Use | None:
    """How a segment renders a term that stands in it by itself or in a phrase."""
    _number, source, target = said
    ours, theirs = read(source), read(target)
    words = placed_words(ours.text)
    for matching, word, _clear in matched(words, index):
        if matching.name.rpartition(" ")[2] == name and word.lemma in matching.name.split():
            last = words[words.index(word) + matching.name.count(" ")]
            return _use(index.terms[name], last, words, ours, theirs, index)
    return None


def _use(
    term: Term, word: Word, words: list[Word], ours: Reading, theirs: Reading, index: Index
) -> _Use | None:
    """The one way in which a segment renders a term; None where it is none or several."""
    placed = index.units.placed(theirs.text)
    ways = [way for way in term.ways if way.stems <= {unit.stem for unit in placed}]
    if len(ways) != 1:
        return None
    way = ways[0]
    if likely_verb(ours.text, word.start, word.end):
        return None
    if any(other is not way and index.units.any_speaks(placed, other.stems) for other in term.ways):
        return None
    unit = next(unit for unit in placed if unit.stem in way.stems)
    if accounted(unit, term, words, index):
        return None
    return _Use(
        way,
        theirs.span(unit.start, unit.end),
        theirs.text[unit.start : unit.end],
        ours.span(word.start, word.end),
        ours.segment,
        word.start,
    )


def _judged(term: Term, uses: list[_Use], more: int) -> Iterator[Observation]:
    """What the page says less often, where it clearly prefers another way."""
    counts = Counter(use.way for use in uses)
    if len(counts) < 2:
        return
    habit = max(counts, key=lambda way: (counts[way], way.times, way.form))
    for way, times in counts.items():
        if way is habit or counts[habit] < MANY * times:
            continue
        use = next(use for use in uses if use.way is way)
        yield Observation(
            f"`{term.name}` is `{habit.form}` {counts[habit] + more} of {len(uses) + more} times"
            f" on this page, but `{use.text}` here",
            use.span,
            f"{term.name}: {way.form}",
            use.source_span,
            evidence={
                "habit": habit.form,
                "on_this_page": counts[habit] + more,
                "times": habit.times,
                "of": term.total,
            },
        )
