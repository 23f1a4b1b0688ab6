"""Damage to numbers."""

from __future__ import annotations

import re
from random import Random

from bilint.model.document import Segment, Token
from bilint.model.finding import Family
from bilint.model.segment_text import numbers
from evaluation.mutations.base import Damage, Mutation, Place, matches, pick, put_match


def _shared(place: Place, pattern: str) -> list[tuple[Segment, Token]]:
    """Numbers that the source has letter for letter."""
    found = []
    for source, target in place.both():
        ours = {token.text for token in numbers(source)}
        found += [
            (target, token)
            for token in numbers(target)
            if token.text in ours and re.fullmatch(pattern, token.text)
        ]
    return found


def digit_changed(place: Place, random: Random) -> Damage | None:
    """One digit is another."""
    chosen = pick(random, _shared(place, r"[0-9]*[2-9][0-9]*"))
    if chosen is None:
        return None
    token = chosen[1]
    at = random.randrange(len(token.text))
    digit = str((int(token.text[at]) + random.randrange(2, 8)) % 10 or 9)
    return place.put(token.start, token.end, token.text[:at] + digit + token.text[at + 1 :])


def magnitude_changed(place: Place, random: Random) -> Damage | None:
    """A number is ten times as large."""
    chosen = pick(random, _shared(place, r"[1-9][0-9]*"))
    return (
        None if chosen is None else place.put(chosen[1].start, chosen[1].end, chosen[1].text + "0")
    )


def number_dropped(place: Place, random: Random) -> Damage | None:
    """A number goes."""
    chosen = pick(random, _shared(place, r"[0-9]{2,}|[2-9]"))
    return None if chosen is None else place.put(chosen[1].start, chosen[1].end, "")


def number_split(place: Place, random: Random) -> Damage | None:
    """A blank stands within a number."""
    chosen = pick(random, _shared(place, r"[0-9]{3,}"))
    if chosen is None:
        return None
    text = chosen[1].text
    # `5 000` is how some write `5000`.
    at = 2 if len(text) == _THOUSANDS else 1
    return place.put(chosen[1].start, chosen[1].end, f"{text[:at]} {text[at:]}")


def number_added(place: Place, random: Random) -> Damage | None:
    """A number stands in a sentence that has none."""
    targets = [
        target
        for source, target in place.prose(6)
        if not re.search(r"[0-9]", source.text + target.text)
    ]
    chosen = pick(random, matches(place, targets, re.compile(r"(?<= )(?=[^\W\d_]{3,} )")))
    return None if chosen is None else put_match(place, chosen[1], chosen[2], "47 ")


def version_changed(place: Place, random: Random) -> Damage | None:
    """A version is another."""
    found = [
        (start, match)
        for source, target in place.both()
        for _, start, match in matches(place, [target], re.compile(r"\bv([0-9])\b"))
        if match[0] in source.text
    ]
    chosen = pick(random, found)
    if chosen is None:
        return None
    start, match = chosen
    return put_match(place, start, match, str((int(match[1]) + 4) % 10), 1)


_THOUSANDS = 4
_N = Family.NUMBERS
_ALSO = (_N, Family.CODE, Family.TOKENS)

MUTATIONS = (
    Mutation("number-digit-changed", _N, digit_changed, ("number-altered",), _ALSO),
    Mutation("number-magnitude-changed", _N, magnitude_changed, ("number-altered",), _ALSO),
    Mutation("number-dropped", _N, number_dropped, ("number-lost",), _ALSO),
    Mutation("number-split", _N, number_split, ("number-torn",), (_N, Family.TYPOGRAPHY)),
    Mutation("number-added", _N, number_added, ("number-added",), (_N,)),
    Mutation(
        "version-changed",
        _N,
        version_changed,
        ("number-altered",),
        (_N, Family.TERMS, Family.TOKENS),
    ),
)
