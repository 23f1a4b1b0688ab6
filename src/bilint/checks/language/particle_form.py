"""`particle-form`: a particle of Korean in both forms or the wrong one, or behind a blank."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.changed import fresh_words
from bilint.checks.language.hangul import ANY, LIKE_WORDS, form, is_syllable, stranded, torn_from
from bilint.checks.language.wrong_form import in_wrong_form
from bilint.checks.typography.sheet import HIDDEN, Sheet, Spot, span_in, visible
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

# What begins with a sign that is rare in Korean is found many times faster.
_BOTH = late(
    "\\((?:으\\)로|(?:를|가|는|과)\\)(?<=(?:을\\(를|이\\(가|은\\(는|와\\(과)\\)))".encode()
)
_BEFORE_BRACKET = _SYLLABLE = len("을".encode())
_WORD = late(
    rb"([\xea-\xed][\x80-\xbf]{2})"
    rb"(?:[*_\]]|\]\([^()\s]*\)(?:\{[^{}]*\})?|&#x200[bB];|&#8203;|\xe2\x80\x8b|</\w+>)*\Z"
)
"""The last syllable of a word, and what may stand between it and its particle."""

_BLANK = late(b" (?:" + b"|".join(map(re.escape, sorted(ANY))) + b")(?= )")
_EMPHASIS = "*_"
_ENDS = HIDDEN + ")\"'”’」"
"""What a blank stands behind that parts a word from its particle, beside letters."""

_TOKEN_ENDS = (b"]", b")", b"}", b"`")
"""How a link, a label and code end: the blank behind a bare address belongs there."""

_REACH = 600
"""Bytes of marks and addresses that may stand between a word and its particle."""

_NEAR = 20
"""Characters before a blank by which it is judged."""

_LONGEST = 20_000
_LAST_OF_WORD = frozenset(("을(를)", "이(가)", "은(는)"))
"""Particles behind which no other stands."""

_HABIT = 3
"""Blanks before the particles of a page above which somebody writes so: one of them is told."""


class _Fault(NamedTuple):
    """Where a particle stands with the blank before it, and whether it is sure to have its word."""

    start: int
    end: int
    word: str
    safe: bool


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """Particles that have not the form, or not the place, that their word asks for."""
    if primary_language(pair.locale) != "ko":
        return
    sheet = Sheet(pair)
    yield from _in_both_forms(sheet)
    yield from in_wrong_form(sheet)
    if not ANY.isdisjoint(fresh_words(pair)):
        blanks = list(_behind_blanks(sheet))
        if len(blanks) > _HABIT:
            message = f"{blanks[0].message}; so do {len(blanks) - 1} others"
            blanks = [blanks[0]._replace(message=message, suggestion=None)]
        yield from blanks


def _in_both_forms(sheet: Sheet) -> Iterator[Observation]:
    """Particles in both forms behind a word of Korean, marks and the end of a link between."""
    data = sheet.document.data
    words = {}
    for match in _BOTH.finditer(data):
        start, end = match.span()
        start -= _BEFORE_BRACKET if data[end - 1 : end] == b")" else 0
        words[start, end] = _syllable_before(data, start)
    for spot in sheet.spots(words):
        if (
            is_syllable(words[spot.start, spot.end])
            and _is_changed(spot)
            and not _stands_for_any(data, spot.start, spot.end)
        ):
            word, both = words[spot.start, spot.end], data[spot.start : spot.end].decode()
            right = form(both, word)
            yield Observation(
                f"`{both}` stands in both forms; behind `{word}` it is `{right}`",
                spot.span,
                both,
                suggestion=Suggestion(right, safe=True),
            )


def _stands_for_any(data: bytes, start: int, end: int) -> bool:
    """Whether a place is no particle of the word before it: `[이름]이(가)`, or `높이(가)는`."""
    follows = data[end : end + _SYLLABLE].decode(errors="replace")[:1]
    if is_syllable(follows) and data[start:end].decode() in _LAST_OF_WORD:
        return True
    if data[start - 1 : start] == b"*":
        return data[start - 2 : start - 1] != b"*"
    opening = data.rfind(b"[", 0, start) if data[start - 1 : start] == b"]" else -1
    return opening >= 0 and data[opening + 1 : opening + 2] != b"!"


def _syllable_before(data: bytes, at: int) -> str:
    """The syllable that a word of Korean ends with before a place; empty where none does."""
    found = _WORD.search(data, max(0, at - _REACH), at)
    return "" if found is None else found[1].decode(errors="replace")


def _behind_blanks(sheet: Sheet) -> Iterator[Observation]:
    """Particles that a blank parts from their word."""
    document, data = sheet.document, sheet.document.data
    places = [match.span() for match in _BLANK.finditer(data)]
    targets = {spot.target.start: spot.target for spot in sheet.spots(places) if _is_changed(spot)}
    for segment in targets.values():
        text = visible(document, segment) if len(segment.text) <= _LONGEST else ""
        for fault in _apart(text):
            span = span_in(segment, text, fault.start, fault.end)
            hidden = text[fault.start - 1] == HIDDEN
            if hidden and data[span.start - 1 : span.start] not in _TOKEN_ENDS:
                continue
            right = form(fault.word, _syllable_before(data, span.start))
            yield Observation(
                f"The particle `{fault.word}` stands behind a blank",
                span,
                fault.word,
                suggestion=Suggestion(right, safe=fault.safe),
            )


def _is_changed(spot: Spot) -> bool:
    return spot.source is None or spot.source.text != spot.target.text


def _apart(text: str) -> Iterator[_Fault]:
    """Particles with a blank before them that their word stands before."""
    for match in stranded(text):
        word, before = match[1], text[max(0, match.start() - _NEAR) : match.start()]
        if not _is_its_word(before, word) or torn_from(text, match):
            continue
        yield _Fault(match.start(), match.end(), word, not is_syllable(before[-1]))


def _is_its_word(before: str, word: str) -> bool:
    """Whether a text ends in a word that a particle may belong to."""
    bare = before.rstrip(_EMPHASIS)
    last = bare[-1:]
    if bare != before:
        # Behind a mark of punctuation, emphasis is no emphasis if a letter follows at once.
        return last.isalnum()
    if is_syllable(last):
        return word not in LIKE_WORDS
    return last != "" and (last.isalnum() or last in _ENDS)
