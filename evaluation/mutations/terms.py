"""Damage to names and terms."""

from __future__ import annotations

import re
from random import Random

from bilint.model.document import Segment, SegmentKind
from bilint.model.finding import Family
from evaluation.mutations.base import (
    Damage,
    Mutation,
    Place,
    foreign_word,
    matches,
    pick,
    put_match,
)

_NAME = re.compile(r"(?<![\w.-])[A-Z][a-z]{3,}(?: [A-Z][a-z]{2,}){1,3}(?![\w-])")
_WELL_KNOWN = 3
_MAJORITY = 3


def _names(place: Place) -> list[tuple[Segment, int, re.Match[str]]]:
    """Names of several words that source and target share, and that stand on the page often."""
    page = "\n".join(one.text for one in place.source.segments)
    found = []
    for source, target in place.both():
        ours = set(_NAME.findall(source.text))
        found += [
            (segment, start, match)
            for segment, start, match in matches(place, [target], _NAME)
            if match[0] in ours and page.count(match[0]) >= _WELL_KNOWN
        ]
    return found


def _renamed(place: Place, random: Random, shape: str) -> Damage | None:
    """Another name in place of one; `shape` says how it is made."""
    chosen = pick(random, _names(place))
    if chosen is None:
        return None
    _, start, match = chosen
    words = match[0].split()
    name = shape.format(
        first=words[0],
        rest=" ".join(words[1:]),
        glued="".join(words),
        capitals=match[0].upper(),
        near=_near(words[0], random),
    )
    return put_match(place, start, match, name)


def _near(word: str, random: Random) -> str:
    """A word with its last letter changed, or one letter within it gone."""
    if random.random() < 0.5:
        return word[:-1] + ("i" if word[-1] != "i" else "o")
    at = random.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1 :]


def near_miss(place: Place, random: Random) -> Damage | None:
    """`Experience Platform` becomes `Experienci Platform`."""
    return _renamed(place, random, "{near} {rest}")


def capitals(place: Place, random: Random) -> Damage | None:
    """`Experience Platform` becomes `EXPERIENCE PLATFORM`."""
    return _renamed(place, random, "{capitals}")


def glued(place: Place, random: Random) -> Damage | None:
    """`Experience Platform` becomes `ExperiencePlatform`."""
    return _renamed(place, random, "{glued}")


def translated(place: Place, random: Random) -> Damage | None:
    """A word of a name is translated."""
    word = foreign_word(place, random)
    return None if word is None else _renamed(place, random, f"{word} {{rest}}")


def cut(place: Place, random: Random) -> Damage | None:
    """Of a name its first word is left."""
    return _renamed(place, random, "{first}")


def lost(place: Place, random: Random) -> Damage | None:
    """A heading, a cell or an item loses the name in it."""
    kinds = (SegmentKind.HEADING, SegmentKind.TABLE_CELL, SegmentKind.LIST_ITEM)
    names = [one for one in _names(place) if one[0].kind in kinds and len(one[0].text) < 120]
    chosen = pick(random, names)
    if chosen is None:
        return None
    _, start, match = chosen
    return put_match(place, start, match, "")


def _terms(place: Place) -> list[tuple[Segment, int, re.Match[str], str]]:
    """Renderings of known terms in the target, each with its term."""
    known = place.evidence.terms if place.evidence is not None else None
    if not known:
        return []
    found = []
    for source, target in place.both():
        text, translation = source.text.lower(), target.text.lower()
        for term, renderings in known.items():
            if term not in text:
                continue
            best, rendering = max(renderings.items(), key=lambda one: (one[1].times, one[0]))
            if rendering.times < _MAJORITY or best.lower() not in translation:
                continue
            pattern = re.compile(rf"(?<!\w){re.escape(best)}(?!\w)", re.IGNORECASE)
            found += [(*one, term) for one in matches(place, [target], pattern)]
    return found


def term_replaced(place: Place, random: Random) -> Damage | None:
    """A term is rendered by the word for another."""
    terms = _terms(place)
    chosen = pick(random, terms)
    others = [one[2][0] for one in terms if chosen and one[3] != chosen[3]]
    other = pick(random, others)
    if chosen is None or other is None or other == chosen[2][0]:
        return None
    return put_match(place, chosen[1], chosen[2], other)


def term_left(place: Place, random: Random) -> Damage | None:
    """A term that is always translated stands in the source language."""
    chosen = pick(random, _terms(place))
    if chosen is None or chosen[2][0].lower() == chosen[3]:
        return None
    return put_match(place, chosen[1], chosen[2], chosen[3])


_T = Family.TERMS
_ALSO = (_T, Family.TOKENS)

MUTATIONS = (
    Mutation("name-near-miss", _T, near_miss, (), _ALSO),
    Mutation("name-in-capitals", _T, capitals, (), _ALSO),
    Mutation("name-glued", _T, glued, (), _ALSO),
    Mutation("name-translated", _T, translated, (), _ALSO),
    Mutation("name-cut", _T, cut, (), _ALSO),
    Mutation("name-lost", _T, lost, (), (_T, Family.TOKENS, Family.STRUCTURE, Family.LANGUAGE)),
    Mutation("term-replaced", _T, term_replaced, (), (_T,)),
    Mutation("term-left", _T, term_left, (), (_T, Family.LANGUAGE)),
)
