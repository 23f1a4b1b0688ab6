"""Pages in Swedish, Danish or Norwegian that hold many texts in another of the three."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bilint.checks.changed import changed, fresh_words
from bilint.checks.language.prose import legal, read, without_links, without_quotations
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation
from bilint.model.record import NamedTuple

_LANGUAGES = {"da": "da", "nb": "no", "no": "no", "sv": "sv"}
"""The languages, and what the two names of one of them stand for."""

_NAMES = {"da": "Danish", "no": "Norwegian", "sv": "Swedish"}
_SAID = {
    "da": """
        af og ikke til når hvis hvor hvordan efter gennem mellem uden indtil mere nogle noget nu
        op ud ind blev bliver havde være dig mig sig også bruge bruger brugere vælg vælger klik
        fra jeg hvilke hvilken hver skal der derefter hvad hvem gøre oprette oprettet tilføj
        tilføje slette flere
        """,
    "no": """
        av og ikke til når hvis hvor hvordan etter gjennom mellom uten mer noen noe opp ut inn
        ble bli blir hadde være deg meg seg også bruke bruker brukere velg velger klikk fra jeg
        hvilke hvilken hver skal der deretter hva hvem gjøre opprette opprettet slette flere
        """,
    "sv": """
        och att är inte från för till när här där hur ett utan eftersom mycket genom än använda
        använder användare användaren välj väljer klicka mellan upp varje vilka vilken också ska
        finns sidan vara vid något några kommer innehåller därefter vad vem göra gör skapa
        skapar lägg lägga fler innan
        """,
}
"""What nearly each text says."""

_ALSO = {
    "da": "ble kommer mer vad vid",
    "no": "ett kommer vid",
    "sv": "av blev bli blir deg dig efter hver mer mig nu op seg sig skal ut",
}
"""Of the words of the others those that the language has too."""

_TYPES = 5
"""Different words of the other language that a page must have, and of that alone."""

_TEXTS = 3
"""Texts with two of these words or more, and none of the page's own language alone."""

_MANY = 8
"""The same with one of these words or more."""

_FEW = 8
"""Where so many texts are in the other language, one may have a word of the page's own alone."""


class _Text(NamedTuple):
    source: Segment
    target: Segment
    told: frozenset[str]


def in_kin(pair: AlignedPair, language: str) -> Iterator[Observation]:
    """Where a page begins to speak another language of the three, and how many texts do."""
    own = _LANGUAGES[language]
    words = {word.decode("utf-8", "replace").lower() for word in fresh_words(pair)}
    best: tuple[int, str, list[_Text]] = (0, "", [])
    for other in _NAMES:
        if other != own and len(words & _telling(other, own)) >= _TYPES:
            texts = _texts(pair, other, own)
            best = max(best, (_types(texts), other, texts), key=lambda one: one[0])
    types, other, found = best
    if types < _TYPES:
        return
    name, first = _NAMES[other], found[0]
    yield Observation(
        f"This is in {name}, and so are {len(found) - 1} more texts of the page",
        first.target.span,
        name,
        first.source.span,
        evidence={"texts": len(found), "function_words": types},
    )


@lru_cache(maxsize=16)
def _telling(other: str, own: str) -> frozenset[str]:
    """What one language says and another does not."""
    theirs = f"{_SAID[own]} {_ALSO[own]}".split()
    return frozenset(_SAID[other].split()).difference(theirs)


def _texts(pair: AlignedPair, other: str, own: str) -> list[_Text]:
    """The texts of a page that are in the other language; none where they are too few."""
    ours, theirs = _telling(own, other), _telling(other, own)
    found = []
    others = 0
    for source, target, _likeness in changed(pair):
        if legal(target.text):
            continue
        reading = without_links(without_quotations(read(target)))
        words = frozenset(word.lower() for word in reading.words())
        told = words & theirs
        if not ours.isdisjoint(words):
            others += 1
        elif told:
            found.append(_Text(source, target, told))
    if len(found) >= _MANY and _FEW * others <= len(found):
        return found
    found = [one for one in found if len(one.told) > 1]
    return found if len(found) >= _TEXTS else []


def _types(texts: list[_Text]) -> int:
    return len(frozenset().union(*(one.told for one in texts)))
