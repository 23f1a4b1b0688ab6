"""`marks-unbalanced`: a bracket or a quotation mark has no partner, or nothing stands within."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.changed import (
    Both,
    all_but,
    changed,
    target_data,
    target_parts,
    target_signs,
    target_text,
)
from bilint.checks.typography.sheet import HIDDEN, span_in, visible
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Segment
from bilint.model.finding import Observation
from bilint.model.language import primary_language
from bilint.model.page import Page
from bilint.model.pattern import late

_OPENING, _CLOSING = "(（", ")）"
_CORNERS = (("「", "」"), ("『", "』"), ("【", "】"), ("《", "》"), ("«", "»"))
_QUOTES = ('"', "&quot;", "“", "”", "„")
"""What opens or closes a quotation; which does which differs between languages."""

_RARE = (
    (b"&", late(rb"&quot;")),
    # “ ” „
    (b"\xe2", late(rb"\xe2\x80[\x9c-\x9e]")),
    # « »
    (b"\xc2", late(rb"\xc2[\xab\xbb]")),
    # 《 》 「 」 『 』 【 】
    (b"\xe3", late(rb"\xe3\x80[\x8a-\x91]")),
    # （ ）
    (b"\xef", late(rb"\xef\xbc[\x88\x89]")),
)
"""Marks that most pages have not got, and that are looked for in each segment of those that do:
how they begin, and what finds any of them."""

_ANY_QUOTE = late("|".join(_QUOTES))
_QUOTE_IN_WORDS = frozenset(("he", "iw", "yi"))
"""Languages that set a quotation mark within abbreviations."""

_SINGLE_QUOTE = late(r"(?<!\w)['‘`´]|['’](?!\w)|&(?:apos|#0?39);|``")
_ITEM = late(
    r"(?:\A|[\s>*_(（])(?:[0-9]{0,2}[^\W_]?|[ivx]{2,4})[.]?\Z|[:;]-?\Z"
    r"|[、，。；：・\x01](?:[0-9]{1,2}|[A-Za-z]|[ivx]{2,4})\Z"
)
"""What stands before a bracket that closes nothing: the number of an item, half a smile."""

_ITEM_LENGTH = 6

_INCHES = late(r"\d[\"”]")
_INCH = late(r"(?i:\binch(?:es)?\b)|\d[ \u00a0]?(?:″|'')")
"""What the source says where a mark behind a number may mean inches."""

_INVERTED = frozenset(("es", "gl", "ast"))
"""Languages that open a question and an exclamation as well."""

_ASKED = (
    ("¿", "?", late(r"[^\W\d_]{2,}[)\"'”»]?\?(?=[\s)\"'”»*_]|\Z)")),
    ("¡", "!", late(r"(?!(?:Joomla|Yahoo)!)\b[^\W\d_]{2,}!(?=[\s)\"'”»*_]|\Z)")),
)
_SENTENCE_GOES_ON = late(r"[)\"'”»*_]{0,3} [a-zà-ÿ]")
"""Behind a mark that the source has behind the same word: that of a name, `con Splash! y`."""

_WIDE = frozenset(("ja", "ko", "yue", "zh"))
"""Languages that set marks around a name, of which they may be all that is left."""

_EMPTY = late(r"「[ \u3000]*」|『[ \u3000]*』|（(?<![A-Za-z0-9_\x01]（)[ \u3000]*）|“[ \u3000]*”")
_NOTHING = late(
    r"[\"“‘'`(「（\[{]\s*[\"”’'`)」）\]}]"
    r"|\b(?:empty|blank|zero-length|quot\w+|bracket\w*|parenthes\w+|inverted commas?)\b",
    re.IGNORECASE,
)
"""What the source says where nothing is meant to stand between them."""

_LIKE = 0.5
_BROKEN = ("](", "] (")
_LONGEST = 20_000
_NO_SIGNS = all_but(b'()"')


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """A bracket or a quotation mark has no partner."""
    if pair.source is None:
        return
    language = primary_language(pair.locale)
    if language in _INVERTED and (b"?" in pair.document.data or b"!" in pair.document.data):
        yield from _inverted(pair)
    quoted = language not in _QUOTE_IN_WORDS
    for source, target, _likeness in _suspects(pair, quoted):
        ours, text = source.text, target.text
        if len(text) < _LONGEST and ours.count("(") == ours.count(")"):
            yield from _in_segment(pair.document, target, pair.source.document, source)
    if language in _WIDE and _EMPTY.search(target_text(pair)):
        yield from _empty(pair)


def _empty(pair: AlignedPair) -> Iterator[Observation]:
    """Marks of a pair with nothing between them."""
    for source, target, _likeness in changed(pair):
        if len(target.text) > _LONGEST or not _EMPTY.search(target.text):
            continue
        text = visible(pair.document, target)
        for match in _EMPTY.finditer(text):
            if _NOTHING.search(source.text):
                break
            yield Observation(
                f"Nothing stands within `{match[0]}`",
                span_in(target, text, *match.span()),
                match[0],
                source_span=source.span,
            )


def _inverted(pair: AlignedPair) -> Iterator[Observation]:
    """Questions and exclamations that nothing opens, in languages that open them."""
    for source, target, likeness in pair.segments:
        if source is None or target is None or likeness < _LIKE or source.text == target.text:
            continue
        for opening, closing, asked in _ASKED:
            if closing not in target.text or opening in target.text:
                continue
            text = visible(pair.document, target)
            found = next(
                (
                    one
                    for one in asked.finditer(text)
                    if one[0] not in source.text or not _SENTENCE_GOES_ON.match(text, one.end())
                ),
                None,
            )
            if found is None or pair.source is None or not _same_marks(pair.source, source, asked):
                continue
            place = found.end() - 1
            yield Observation(
                f"`{closing}` has no `{opening}` before it",
                span_in(target, text, place, place + 1),
                closing,
                source_span=source.span,
            )


def _same_marks(page: Page, source: Segment, asked: re.Pattern[str]) -> bool:
    return asked.search(visible(page.document, source)) is not None


def _suspects(pair: AlignedPair, quoted: bool) -> list[Both]:
    """The segments whose marks, counted, do not come in pairs; on most pages none."""
    both, whole = changed(pair), target_data(pair)
    odd = {
        at
        for at, one in enumerate(target_signs(pair, _NO_SIGNS))
        if one and (one.count(b"(") != one.count(b")") or (quoted and one.count(b'"') % 2))
    }
    for byte, signs in _RARE:
        # A single byte is looked for many times faster than several.
        if byte in whole and signs.search(whole):
            odd.update(at for at, part in enumerate(target_parts(pair)) if signs.search(part))
    return [both[at] for at in sorted(odd) if _unpaired(both[at][1].text, quoted)]


def _unpaired(text: str, quoted: bool) -> bool:
    count = text.count
    return (
        count("(") != count(")")
        or "（" in text
        or "）" in text
        or any(_surplus(text, opening, closing) for opening, closing in _CORNERS)
        or (quoted and sum(map(count, _QUOTES)) % 2 == 1)
    )


def _in_segment(
    document: Document, target: Segment, base: Document, source: Segment
) -> Iterator[Observation]:
    text = visible(document, target)
    found = list(_lone(text))
    if not found or any(broken in text for broken in _BROKEN):
        return
    ours = visible(base, source)
    if not ours or any(_lone(ours)):
        return
    inches = _INCHES.search(text) is not None and _INCH.search(ours) is not None
    for start, end in found:
        mark = text[start:end]
        if inches and mark in _QUOTES:
            continue
        if mark in _QUOTES and not _ANY_QUOTE.search(ours) and _SINGLE_QUOTE.search(source.text):
            continue
        yield Observation(
            f"`{mark}` {_lacks(mark)}",
            span_in(target, text, start, end),
            mark,
            source_span=source.span,
        )


def _lacks(mark: str) -> str:
    """What a person looks for: the opening mark, the closing one, or either."""
    if mark in _OPENING or any(mark == opening for opening, _ in _CORNERS):
        return "is not closed"
    if mark in _CLOSING or any(mark == closing for _, closing in _CORNERS):
        return "closes nothing that was opened"
    return "has no partner"


def _lone(text: str) -> Iterator[tuple[int, int]]:
    """Where marks without a partner stand, one of a kind."""
    place = _lone_bracket(text)
    if place >= 0:
        yield place, place + 1
    for opening, closing in _CORNERS:
        more = _surplus(text, opening, closing)
        if more:
            place = text.rfind(opening) if more > 0 else text.find(closing)
            yield place, place + 1
    quotes = [match.span() for match in _ANY_QUOTE.finditer(text)]
    if len(quotes) % 2:
        yield _lone_quote(text, quotes)


def _surplus(text: str, opening: str, closing: str) -> int:
    """How many marks that open have no partner; below nought, how many that close.

    Swedish and Finnish open with `»` what they close with it; paths have it between their steps.
    """
    opened, closed = text.count(opening), text.count(closing)
    return 0 if closing == "»" and not opened and closed % 2 == 0 else opened - closed


def _lone_bracket(text: str) -> int:
    """Where the first round bracket without a partner stands; -1 where there is none."""
    opened: list[int] = []
    for place, char in enumerate(text):
        if char in _OPENING:
            opened.append(place)
        elif char in _CLOSING:
            if opened:
                opened.pop()
            elif not _ITEM.search(text, max(0, place - _ITEM_LENGTH), place):
                return place
    return opened[0] if opened else -1


def _lone_quote(text: str, quotes: list[tuple[int, int]]) -> tuple[int, int]:
    """The one of an odd number of quotation marks that opens after one that opens, or closes so.

    Where all take turns it is the last.
    """
    opened: tuple[int, int] | None = None
    for start, end in quotes:
        opens = (
            end < len(text)
            and not text[end].isspace()
            and (start == 0 or text[start - 1].isspace() or text[start - 1] in "([" + HIDDEN)
        )
        if opens and opened is not None:
            return opened
        if not opens and opened is None:
            return start, end
        opened = (start, end) if opens else None
    return quotes[-1]
