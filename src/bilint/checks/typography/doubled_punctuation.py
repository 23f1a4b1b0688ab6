"""`doubled-punctuation`: two marks where one is meant."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.typography.sheet import Sheet
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Observation, Suggestion
from bilint.model.pattern import late

_STOPS = late(rb"\.(?:\.|[ ]\.)(?![\w/\\.])")
_COMMAS = late(rb",[ ]?[,.](?![\w/\\.,])")
# A whole run; `？！` may be meant, and behind Latin letters a mark is part of a name (`Yahoo！`).
_WIDE = late(
    r"(?:？|！)(?<![A-Za-z0-9]...)。+|。(?:(?:。|、|，|；)+|\.)|(?:、|，|；|：)(?:、|，|；|。)+".encode()
)
_NO_WORD = frozenset(b" \t\r\n\x01>|.,;:!?-([{&/\\=<+\"'")


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """Two marks of punctuation stand where one is meant."""
    data = pair.document.data
    places = [
        match.span()
        for pattern in (_STOPS, _COMMAS)
        for match in pattern.finditer(data)
        if match.start() and data[match.start() - 1] not in _NO_WORD
    ]
    if b"\xe3" in data or b"\xef" in data:
        places += [match.span() for match in _WIDE.finditer(data)]
    for spot in Sheet(pair).spots(sorted(places)) if places else ():
        text = data[spot.start : spot.end].decode()
        if spot.source is not None and any(two in spot.source.text for two in _DOUBLED):
            continue
        yield Observation(
            f"Two marks where one is meant: `{text}`",
            spot.span,
            text,
            confidence=None if spot.source is not None else Confidence.LOW,
            suggestion=Suggestion(text[-1] if text[0] in ",、，；：" else text[0]),
        )


_DOUBLED = ("..", ". .", ",,", ", ,", ",.", ", .", "?.", "!.")
