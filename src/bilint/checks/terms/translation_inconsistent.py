"""`translation-inconsistent`: one segment of the source is rendered in several ways on a site."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.terms.consistency import Other, other_renderings
from bilint.checks.terms.naming import inflected, is_near
from bilint.model.alignment import AlignedPair
from bilint.model.document import TokenKind
from bilint.model.finding import Observation
from bilint.model.pattern import late

_WORD = late(r"[^\W\d_]{2,}")


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """The same text is translated otherwise elsewhere on the site."""
    for other in other_renderings(pair, context):
        if (
            other.leads_there
            or _misspells(other, pair.locale)
            or _keeps_name(other, pair.target.path)
        ):
            continue
        place = other.rendering.places[0] if other.rendering.places else None
        where = f" at {place}" if place else ""
        yield Observation(
            f"The same text is translated as `{other.form}`{where}",
            other.target.span,
            source_span=other.source.span,
            evidence={"elsewhere": other.form, "times": other.rendering.times, "place": place},
        )


def _keeps_name(other: Other, path: str) -> bool:
    """Whether a name that must stay as it is stands here and is missing elsewhere on the page.

    That is its title, where nothing marks the name.
    """
    places = other.rendering.places
    if not places or any(place.rpartition(":")[0] != path for place in places):
        return False
    return any(
        token.kind is TokenKind.DNL
        and token.value not in other.form
        and token.text in other.target.text
        for token in other.source.tokens
    )


def _misspells(other: Other, locale: str) -> bool:
    """Whether the other places have a name of the source with a letter wrong, and this one not."""
    here, there = _words(other.said), _words(other.form)
    return any(
        _is_misspelt(name, word, locale)
        for name in sorted(_words(other.source.text) & here - there)
        if name[0].isupper()
        for word in there
    )


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text))


def _is_misspelt(name: str, word: str, locale: str) -> bool:
    if name.lower() == word.lower() or inflected(name, word, locale):
        return False
    return is_near(name.encode(), word.encode())
