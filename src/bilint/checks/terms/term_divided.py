"""`term-divided`: one page renders one term in two ways that are both in use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.language.prose import Reading, read
from bilint.checks.terms.habits import (
    Index,
    Said,
    Term,
    Way,
    accounted,
    compared,
    index_of,
    matched,
)
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation
from bilint.model.record import NamedTuple
from bilint.model.text import Span
from bilint.model.wording import Word, holds, placed_words

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


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One page renders one term in two ways."""
    index = index_of(pair, context)
    if index is None or not index.divided:
        return
    segments, pieces, said_words = compared(pair, index)
    if len(segments) > MOST:
        return
    names = [name for name in sorted(index.divided) if name in said_words]
    stems = index.units.stems_of(pieces) if names else frozenset()
    names = [name for name in names if _both(index.terms[name], stems)]
    if not names:
        return
    likely: dict[str, dict[Way, list[Said]]] = defaultdict(lambda: defaultdict(list))
    for one in segments:
        said = one.source.text
        here = [name for name in names if name[1:] in said]
        if here:
            own = index.units.stems(one.text)
            for name in here:
                for way in index.terms[name].ways:
                    if way.stems <= own:
                        likely[name][way].append(one)
    for name, ways in likely.items():
        if len(ways) > 1:
            asked = dict.fromkeys(one for found in ways.values() for one in found)
            uses = [use for one in asked if (use := _use_of(name, one, index)) is not None]
            yield from _judged(index.terms[name], uses)


def _both(term: Term, stems: frozenset[str]) -> bool:
    """Whether a page has the words of two renderings at all."""
    return sum(way.stems <= stems for way in term.ways) > 1


def _use_of(name: str, said: Said, index: Index) -> _Use | None:
    """How a segment renders a term that stands in it by itself or in a phrase."""
    ours, theirs = read(said.source), read(said.target)
    words = placed_words(ours.text)
    for matching, word, _clear in matched(words, index):
        if matching.name.rpartition(" ")[2] == name and word.lemma in matching.name.split():
            return _use(index.terms[name], word, words, ours, theirs, index)
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
    for other in term.ways:
        if other is not way and any(holds(u.stem, one) for u in placed for one in other.stems):
            return None
    unit = next(unit for unit in placed if unit.stem in way.stems)
    if accounted(unit, term, words, index):
        return None
    return _Use(
        way,
        theirs.span(unit.start, unit.end),
        theirs.text[unit.start : unit.end],
        ours.span(word.start, word.end),
    )


def _judged(term: Term, uses: list[_Use]) -> Iterator[Observation]:
    """What the page says less often, where it clearly prefers another way."""
    counts: dict[Way, int] = defaultdict(int)
    for use in uses:
        counts[use.way] += 1
    if len(counts) < 2:
        return
    habit = max(counts, key=lambda way: (counts[way], way.times, way.form))
    for way, times in counts.items():
        if way is habit or (counts[habit] < MANY * times and counts[habit] > 1):
            continue
        use = next(use for use in uses if use.way is way)
        yield Observation(
            f"`{term.name}` is `{habit.form}` {counts[habit]} of {len(uses)} times on this page,"
            f" but `{use.text}` here",
            use.span,
            f"{term.name}: {way.form}",
            use.source_span,
            evidence={
                "habit": habit.form,
                "on_this_page": counts[habit],
                "times": habit.times,
                "of": term.total,
            },
        )
