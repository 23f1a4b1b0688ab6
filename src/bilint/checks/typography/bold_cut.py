"""Bold text at the beginning of a text that ends too soon: its last word stands against the next.

`**Pier** NameDet här` for `**Pier Name** This`.
"""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.changed import APART, at_places, target_data
from bilint.checks.typography.sheet import span_in
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation, Severity, Suggestion
from bilint.model.pattern import late
from bilint.model.segment_text import is_as_stored

_SIGN = late(rb"\0\*\*[^*\0\n]+\*\* ?[A-Za-z\x80-\xff]*[a-z\x80-\xff][A-Z\xc3]")
_SOURCE = late(r"\*\*(?P<bold>[^*\n]+[^\W_])\*\* [A-Z]")
_TARGET = late(r"\*\*(?P<bold>[^*\n]*[^\W_]-?)\*\* ?(?P<word>[^\W\d_]+)")
_SHORTEST = 2


def cut_bold(pair: AlignedPair) -> Iterator[Observation]:
    """One observation for each bold text that lost its last word to the next sentence."""
    data = target_data(pair)
    places = (match.end() - 1 for match in _SIGN.finditer(APART.encode() + data))
    for source, target, _likeness in at_places(pair, data, places):
        ours = _SOURCE.match(source.text)
        if ours is None or not is_as_stored(target):
            continue
        found = _cut(ours["bold"], source, target)
        if found is not None:
            yield found


def _cut(bold: str, source: Segment, target: Segment) -> Observation | None:
    theirs = _TARGET.match(target.text)
    if theirs is None or theirs["word"] in source.text:
        return None
    word = theirs["word"]
    at = next(
        (i for i in range(_SHORTEST, len(word)) if word[i - 1].islower() and word[i].isupper()), 0
    )
    rest = word[:at]
    same = bold == f"{theirs['bold']} {rest}"
    # `**Pir-** namnDet här`: a word that was translated.
    if not rest or not (same or theirs["bold"].endswith("-")):
        return None
    start, end = theirs.start(), theirs.start("word") + at
    joined = f"{theirs['bold']} {rest}".replace("- ", "-")
    return Observation(
        f"The bold text ends before `{rest}`, and no blank stands behind that",
        span_in(target, target.text, start, end),
        joined,
        source.span,
        severity=Severity.WARNING,
        suggestion=Suggestion(f"**{joined}** "),
    )
