"""`ligature-lost`: a French word is written with `oe` on a page that writes `œ` elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.typography.sheet import Sheet, Spot
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late

_LIGATURES = ("œ".encode(), "Œ".encode())
_LIKELY = (b"oeu", b"noeud", b"oeil")
# No part of an address, a name of a file or a longer word. A capital may be that of a name:
# `Coeur d’Alene`.
_WORD = late(
    rb"(?<![\w/#@=%+.\\-])(?<!\xc3[\x80-\xbf])"
    rb"(?:(?:[mM]an|d\xc3\xa9s)?oeuvr[a-z]*|Oeuvr[a-z]*|[nN]oeuds?|oeil(?:l[a-z]+)?"
    rb"|(?:ch|ranc|c)oeurs?|\xc3\xa9coeur[a-z]*|soeurs?|voeux?|(?:b|m)oeu(?:f|r)s?|oeufs?)"
    rb"(?![\w\x80-\xbf\xc3=/\\-]|[.@]\w)"
)


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """One observation for each word that lost its ligature, at the first place where it has."""
    if primary_language(pair.locale) != "fr":
        return
    data = pair.document.data
    if not any(one in data for one in _LIGATURES) or not any(one in data for one in _LIKELY):
        return
    places: dict[str, list[Spot]] = {}
    for spot in Sheet(pair).spots(match.span() for match in _WORD.finditer(data)):
        word = data[spot.start : spot.end].decode()
        if spot.source is None or word not in spot.source.text:
            places.setdefault(word.lower(), []).append(spot)
    for several in places.values():
        yield _told(data[several[0].start : several[0].end].decode(), several)


def _told(word: str, places: list[Spot]) -> Observation:
    first, number = places[0], len(places)
    right = word.replace("oe", "œ").replace("Oe", "Œ")
    times = f", {number} times on this page" if number > 1 else ""
    return Observation(
        f"`{word}` is written without the ligature of `{right}`{times}",
        first.span,
        word,
        None if first.source is None else first.source.span,
        # One place mended leaves the others.
        suggestion=Suggestion(right, safe=True) if number == 1 else None,
    )
