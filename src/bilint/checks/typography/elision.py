"""Blanks behind words that have lost their last letter before another one: `all’ app`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.checks.typography.sheet import Sheet
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late

_BEHIND = tuple(
    late(re.escape(sign) + rb"(?=[\[*`A-Za-z\xc3])")
    for sign in (b"' ", "’ ".encode(), b"&#39; ", b"&rsquo; ")
)
_WORDS = {
    "fr": late(rb"(?<![\w\x80-\xff'\"/;-])(?:[cdjlmnst]|(?:lors|puis|jus|quoi)?qu)\Z", 2),
    "it": late(
        rb"(?<![\w\x80-\xff'\"/;-])(?:[dl]|un|(?:a|co|da|de|ne|su|be|que)ll|quest|anch|tutt|senz)\Z",
        2,
    ),
}
_REACH = 10


def elided(pair: AlignedPair) -> Iterator[Observation]:
    """One observation for each such blank."""
    words = _WORDS.get(primary_language(pair.locale))
    if words is None:
        return
    data = pair.document.data
    places = []
    for sign in _BEHIND:
        for match in sign.finditer(data, pair.document.body_start):
            word = words.search(data, max(0, match.start() - _REACH), match.start())
            if word:
                places.append((word.start(), match.end()))
    for spot in Sheet(pair).spots(sorted(places)) if places else ():
        said = data[spot.start : spot.end - 1].decode()
        if spot.source is None or f"{said} " in spot.source.text:
            continue
        yield Observation(
            f"No blank belongs behind `{said}`",
            spot.span,
            said,
            suggestion=Suggestion(said, safe=True),
        )
