"""`text-escaped`: escape sequences that readers see as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from bilint.checks.base import Context
from bilint.checks.typography.sheet import Sheet
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation, Suggestion
from bilint.model.pattern import late

_ENTITY = late(rb"&amp;(?:#\d{1,6}|#[xX][0-9A-Fa-f]{1,5}|[A-Za-z]{2,8});")
_SEQUENCE = late(rb"\\{1,2}(?:[nrt]|u[0-9A-Fa-f]{4})")
_SIGN = late(rb"\\[nrtu]")
_QUOTE_MARK = late(rb"^[ \t]*(?:>[ \t]*)+(&gt;|&#62;)", re.MULTILINE)
_ANGLE = late(rb"&(?=gt;|#62;)")
_OF_THE_SOURCE = late(r"\\[A-Za-z]")
_ESCAPED = ("&amp;", "\\&")
_ANGLES = ("&gt;", "&#62;", "\\>")
_SIGNS = frozenset("'\"&\u2018\u2019\u201c\u201d\u00ab\u00bb\u00a0\u200b\u2013\u2014\u2026")
"""What a translation writes as an entity; `<` and `>` may be meant to be shown."""


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """Readers see an escape sequence, such as `&#39;` or `\n`, as it is written.

    Or the sign that marks the lines of a quote: behind the one that does, another was escaped.
    """
    yield from _escapes(pair)
    yield from _marks(pair)


def _escapes(pair: AlignedPair) -> Iterator[Observation]:
    data = pair.document.data
    places: list[tuple[int, int]] = []
    if b"&" in data:
        places += [match.span() for match in _ENTITY.finditer(data)]
    if b"\\" in data and _SIGN.search(data):
        places += [match.span() for match in _SEQUENCE.finditer(data)]
    for spot in Sheet(pair).spots(sorted(places)) if places else ():
        text = data[spot.start : spot.end].decode()
        # In quotes of YAML a sequence is what it stands for, and no text.
        if spot.source is None or text not in spot.target.text:
            continue
        entity = text.startswith("&")
        source = spot.source.text
        if entity and any(sign in source for sign in _ESCAPED):
            continue
        if not entity and _OF_THE_SOURCE.search(source):
            continue
        shown = text.replace("&amp;", "&", 1)
        yield Observation(
            f"Readers see `{shown}` here"
            + (": it was escaped twice" if entity else ", as it is written"),
            spot.span,
            text,
            spot.source.span,
            suggestion=Suggestion(shown, safe=unescape(shown) in _SIGNS) if entity else None,
        )


def _marks(pair: AlignedPair) -> Iterator[Observation]:
    data = pair.document.data
    if not _ANGLE.search(data):
        return
    places = [match.span(1) for match in _QUOTE_MARK.finditer(data)]
    for spot in Sheet(pair).spots(places) if places else ():
        if spot.source is None or any(sign in spot.source.text for sign in _ANGLES):
            continue
        yield Observation(
            "Readers see `>` here: the mark of a quote was escaped",
            spot.span,
            data[spot.start : spot.end].decode(),
            spot.source.span,
        )
