"""`space-before-punctuation`: a blank before a comma, a full stop or the like."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Check, Context
from bilint.checks.typography.sheet import Sheet, Spot
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Family, Observation, Severity, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late

_GRAVE = ",.。，、"
"""Marks before which a blank often tells of a word that went missing."""

_MARKS = _GRAVE + ";:!?；：！？"
# The blank first: looking for a literal is ten times faster than looking for a class.
_BLANKS = late(
    rb" (?:[,.;:!?](?=[*_]{0,2}(?:[\s\"'<)\]]|\Z))|"
    + b"|".join(mark.encode() for mark in "。，、；：！？")
    + b")"
)
# After these a mark is no punctuation of a sentence: ` - .`, `( , )`, a cell, a list.
_NO_WORD = frozenset(b"@# \t\r\n\x01>|.,;:!?-([&/=<+\\")

# French and Breton set a narrow blank before some marks.
_SPACED = frozenset(("fr", "br"))
_SPACED_MARKS = b";:!?"


def _observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    data = pair.document.data
    allowed = _SPACED_MARKS if primary_language(pair.locale) in _SPACED else b""
    places = [
        match.span()
        for match in _BLANKS.finditer(data)
        if data[match.end() - 1] not in allowed
        and match.start()
        and data[match.start() - 1] not in _NO_WORD
    ]
    for spot in Sheet(pair).spots(places) if places else ():
        mark = data[spot.start : spot.end].decode().lstrip()
        if _inherited(spot):
            continue
        yield Observation(
            f"No blank belongs before `{mark}`",
            spot.span,
            mark,
            severity=None if mark in _GRAVE else Severity.INFO,
            confidence=None if spot.source is not None else Confidence.MEDIUM,
            suggestion=Suggestion(mark, safe=True),
        )


def _inherited(spot: Spot) -> bool:
    """Whether the source has a blank before a mark too, be it another one."""
    return spot.source is not None and any(f" {mark}" in spot.source.text for mark in _MARKS)


CHECK = Check(
    id="space-before-punctuation",
    family=Family.TYPOGRAPHY,
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    summary="A blank stands before a mark of punctuation",
    observe=_observe,
)
