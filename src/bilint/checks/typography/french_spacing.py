"""`french-spacing`: no blank before `;`, `:`, `!` or `?` in French."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.typography.sheet import Sheet, Spot
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late

_MARK = late(rb"[;:!?](?=[*_]{0,2}(?:[ \r\n]|\Z|<br))")
_COLON = late(rb":(?=[*_]{0,2}(?:[ \r\n]|\Z|<br))")
_BLANK = (
    b" ",
    b"\xc2\xa0",
    b"\xe2\x80\xaf",
    b"&nbsp;",
    b"&#160;",
    b"&#xa0;",
    b"&#8239;",
    b"&#x202f;",
)
_ENTITY = late(rb"&[#\w]{1,8};\Z")
_WORD_AT_END = late(r"[^\W_]+\Z")
_PART = 4
"""The habit of a page holds when it sets the blank this many times as often as not."""


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """No blank stands before a mark that French sets apart."""
    if primary_language(pair.locale) != "fr":
        return
    pattern = _COLON if pair.locale.upper().endswith("CA") else _MARK
    data = pair.document.data
    spaced, bare = 0, []
    for match in pattern.finditer(data, pair.document.body_start):
        before = data[max(0, match.start() - 10) : match.start()].rstrip(b"*_")
        if before.endswith(_BLANK):
            spaced += 1
        elif _ends_word(before) and not _is_syntax(match[0], before, data, match.start()):
            bare.append(match.span())
    if not bare or spaced < _PART * len(bare):
        return
    for spot in Sheet(pair).spots(bare):
        mark = data[spot.start : spot.end].decode()
        if not _verbatim(spot, data, mark):
            yield Observation(
                f"In French a narrow blank stands before `{mark}`",
                spot.span,
                mark,
                suggestion=Suggestion("\u00a0" + mark, safe=True),
            )


def _is_syntax(mark: bytes, before: bytes, data: bytes, start: int) -> bool:
    """Whether a mark ends an entity, or the name of a footnote or link: `[^1]: text`."""
    if mark == b";":
        return _ENTITY.search(before + b";") is not None
    if mark != b":" or not before.endswith(b"]"):
        return False
    line = data[data.rfind(b"\n", 0, start) + 1 : start].lstrip(b" >")
    return line.startswith(b"[") and b"]" not in line[:-1]


def _ends_word(before: bytes) -> bool:
    last = before[-1:]
    return last.isalpha() or last > b"\x7f" or last in (b")", b"]")


def _verbatim(spot: Spot, data: bytes, mark: str) -> bool:
    """Whether the source has the same word before the same mark: `mailto:`."""
    before = data[max(spot.target.start, spot.start - 40) : spot.start].decode("utf-8", "ignore")
    word = _WORD_AT_END.search(before)
    return word is not None and spot.source is not None and word[0] + mark in spot.source.text
