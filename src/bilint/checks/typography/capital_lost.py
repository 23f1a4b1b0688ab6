"""`capital-lost`: a text begins with a small letter, on a page whose texts begin with capitals."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.changed import Both, changed
from bilint.checks.typography.sheet import span_in
from bilint.engines.stopwords import latin_script
from bilint.model.alignment import AlignedPair
from bilint.model.document import SegmentKind
from bilint.model.finding import Observation, Suggestion
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.segment_text import is_as_stored

_SURE = 0.7
_LEAST, _SHARE = 5, 0.8
"""Texts with a capital that make it the habit of a page, and the share of all that they have."""

_ZERO_WIDTH = r"(?:&#x200[bB];|&#8203;|\u200b)"
# What may stand before the first letter; code, pictures and labels have their own.
_BEFORE = late(rf"(?:[\s*_>(“„«‘]|{_ZERO_WIDTH}|\[(?!!)|['\"](?![st]\s))*")
_WORD = late(r"([^\W\d_]+)(?![\w.@/\\(=:-]*[\w@/\\(=])")
_DATE = late(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
_ENDS = (";", ",")
"""How the items end of a list that is one sentence, in which no item has a capital."""


class _Start(NamedTuple):
    """The first word of a target segment, and the character at which it begins."""

    both: Both
    word: str
    at: int


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """One observation for each text that lost the capital which the source begins with."""
    if not latin_script(pair.locale):
        return
    small: list[_Start] = []
    capitals = 0
    goes_on = False
    for both in changed(pair):
        first = both[1][4][:1]
        # The last item of a list that is one sentence ends as a sentence does.
        followed, goes_on = goes_on, both[1][4].endswith(_ENDS)
        if followed or goes_on:
            continue
        if first.isupper():
            capitals += 1
        elif first.islower() or not first.isalnum():
            start = _start(both)
            if start is not None:
                small.append(start)
    if len(small) > (1 - _SHARE) * (len(small) + capitals) or capitals < _LEAST:
        return
    for (source, target, _likeness), word, at in small:
        yield Observation(
            f"This text begins with a small letter: `{word}`",
            span_in(target, target.text, at, at + len(word)),
            word,
            source_span=source.span,
            suggestion=Suggestion(word[0].upper() + word[1:]),
        )


def _start(both: Both) -> _Start | None:
    """The first word of a target segment, if it is small and that of its source is not."""
    source, target, likeness = both
    text = target.text
    opening = _BEFORE.match(text)
    at = opening.end() if opening else 0
    if likeness < _SURE or target.kind is SegmentKind.ALT_TEXT or not text[at : at + 1].islower():
        return None
    word = _WORD.match(text, at)
    before, theirs = text[:at], _BEFORE.match(source.text)
    said = source.text[theirs.end() if theirs else 0 :]
    if ("(" in before) != (theirs is not None and "(" in theirs[0]):
        return None
    # `k. A.` and `p. es.` begin a text as they stand within one.
    if word is None or text.startswith(".", word.end()):
        return None
    if not word[1].islower() or not said[:1].isupper() or _DATE.match(said):
        return None
    if word[1] in source.text or not is_as_stored(target):
        return None
    return _Start(both, word[1], at)
