"""`space-before-punctuation`: a blank before a comma, a full stop or the like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.typography.elision import elided
from bilint.checks.typography.sheet import Sheet, Spot
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Observation, Severity, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late

_GRAVE = ",.。，、"
"""Marks before which a blank often tells of a word that went missing."""

_MARKS = _GRAVE + ";:!?；：！？"
# All marks as one: a blank before it is a literal, found ten times faster than one of a class.
_AS_STOPS = bytes(46 if one in b",.;:!?" else one for one in range(256))
_BLANKS = late(rb" \.(?=[*_]{0,2}(?:[\s\"'<)\]]|\Z))")
_WIDE = late(b" (?:" + b"|".join(mark.encode() for mark in "。，、；：！？") + b")")
# The bracket comes first: a blank is found at every word.
_OPENED = late(rb"\((?= [^\s()])")
_CLOSED = late(rb"\)(?<=[^\s()] \))")
# After these a mark is no punctuation of a sentence: ` - .`, `( , )`, a cell, a list.
_NO_WORD = frozenset(b"@# \t\r\n\x01>|.,;:!?-([&/=<+\\")

# French and Breton set a narrow blank before some marks.
_SPACED = frozenset(("fr", "br"))
_SPACED_MARKS = b";:!?"


_NAMES = (
    (",，、", late(r"\bcommas?\b(?!-)", re.IGNORECASE)),
    # A period is mostly one of time.
    (
        ".。",
        late(
            r"\bdots?\b|\bfull[ -]stops?\b|\b(?:a|by|decimal|with) (?:periods?|points?)\b(?! of)"
            r"|\bperiod (?:character|sign|symbol)",
            re.IGNORECASE,
        ),
    ),
    (";；", late(r"\bsemi-?colons?\b", re.IGNORECASE)),
    (":：", late(r"\bcolons?\b", re.IGNORECASE)),
    ("?？", late(r"\bquestion[ -]marks?\b", re.IGNORECASE)),
    ("!！", late(r"\bexclamation[ -](?:mark|point|sign)s?\b", re.IGNORECASE)),
    ("()", late(r"\b(?:bracket|parenthes[ei]s|parens?\b)", re.IGNORECASE)),
)
"""What English calls the marks: a text that names one shows it as a sign of its own."""


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """A blank stands before a mark of punctuation, or inside brackets."""
    data = pair.document.data
    allowed = _SPACED_MARKS if primary_language(pair.locale) in _SPACED else b""
    flat = data.translate(_AS_STOPS)
    found = [match.span() for match in _BLANKS.finditer(flat)] if b" ." in flat else []
    if b"\xe3" in data or b"\xef" in data:
        found += [match.span() for match in _WIDE.finditer(data)]
    places = sorted(
        (start, end)
        for start, end in found
        if start and data[end - 1] not in allowed and data[start - 1] not in _NO_WORD
    )
    for spot in Sheet(pair).spots(places) if places else ():
        mark = data[spot.start : spot.end].decode().lstrip()
        if _inherited(spot) or _is_named(mark, spot):
            continue
        yield Observation(
            f"No blank belongs before `{mark}`",
            spot.span,
            mark,
            severity=None if mark in _GRAVE else Severity.INFO,
            confidence=None if spot.source is not None else Confidence.MEDIUM,
            suggestion=Suggestion(mark, safe=True),
        )
    yield from _inside_brackets(pair)
    yield from elided(pair)


def _inside_brackets(pair: AlignedPair) -> Iterator[Observation]:
    """A blank stands right after a bracket that opens, or before the one that closes."""
    data, start = pair.document.data, pair.document.body_start
    if b"( " not in data and b" )" not in data:
        return
    opened = [match.start() for match in _OPENED.finditer(data, start)]
    closed = [match.end() for match in _CLOSED.finditer(data, start)]
    places = [(at, at + 2) for at in opened] + [(at - 2, at) for at in closed]
    for spot in Sheet(pair).spots(sorted(places)) if places else ():
        blank = data[spot.start : spot.end].decode()
        mark = blank.strip()
        if spot.source is None or blank in spot.source.text or _is_named(mark, spot):
            continue
        if not _has_partner(data, spot, mark):
            continue
        yield Observation(
            f"No blank belongs {'after' if mark == '(' else 'before'} `{mark}`",
            spot.span,
            mark,
            severity=Severity.INFO,
            suggestion=Suggestion(mark, safe=True),
        )


def _has_partner(data: bytes, spot: Spot, mark: str) -> bool:
    """Whether a bracket is one of a pair: half a smile is none, nor is the number of an item."""
    if mark == "(":
        rest = data[spot.end : spot.target.end]
        return rest.count(b")") > rest.count(b"(")
    rest = data[spot.target.start : spot.start]
    return rest.count(b"(") > rest.count(b")")


def _is_named(mark: str, spot: Spot) -> bool:
    """Whether the source speaks of a mark."""
    if spot.source is None:
        return False
    return any(mark in marks and names.search(spot.source.text) for marks, names in _NAMES)


def _inherited(spot: Spot) -> bool:
    """Whether the source has a blank before a mark too, be it another one."""
    return spot.source is not None and any(f" {mark}" in spot.source.text for mark in _MARKS)
