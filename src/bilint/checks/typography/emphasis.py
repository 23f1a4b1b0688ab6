"""Which asterisks and underscores of a segment a reader sees, by CommonMark's rules."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from bilint.checks.typography.sheet import HOMES, hidden_spans, visible
from bilint.model.document import Document, Segment, Token
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.segment_text import is_as_stored
from bilint.model.text import Span

_ESCAPED = late(r"\\[!-/:-@\[-`{-~]")
_ATTRIBUTES = late(r"\{[^{}\n]*\}|<[^<>\n]*>")
_MOST = 200
"""Runs of asterisks above which a segment is left alone: pairing them is quadratic."""

_LONGEST = 20_000


class Stray(NamedTuple):
    """A run of asterisks that no emphasis takes.

    `homes` are the links and labels in whose text it stands, the innermost last. One that is
    `alone` has blanks on both sides: it neither opens nor closes anything.
    """

    span: Span
    homes: tuple[Token, ...]
    alone: bool


class Underscores(NamedTuple):
    """The underscores of a segment that no emphasis takes, but for those within a name of code.

    `pairs` is how many runs of them emphasis does take.
    """

    strays: list[Stray]
    pairs: int


class _Run:
    """A run of asterisks or underscores, and how many of them are still unpaired."""

    __slots__ = ("closes", "homes", "left", "length", "opens", "start", "within")

    def __init__(
        self, start: int, length: int, before: str, after: str, homes: tuple[Token, ...]
    ) -> None:
        self.start = start
        self.length = self.left = length
        self.homes = homes
        before_mark, after_mark = _is_mark(before), _is_mark(after)
        before_blank, after_blank = before.isspace(), after.isspace()
        self.opens = not after_blank and (not after_mark or before_blank or before_mark)
        self.closes = not before_blank and (not before_mark or after_blank or after_mark)
        self.within = before.isalnum() and after.isalnum() and (before + after).isascii()

    def underscored(self, before: str, after: str) -> None:
        """Opens and closes nothing within a word."""
        left, right = self.opens, self.closes
        self.opens = left and (not right or _is_mark(before))
        self.closes = right and (not left or _is_mark(after))


def _is_mark(char: str) -> bool:
    """Whether a character is punctuation to Markdown."""
    if char.isascii():
        return char.isprintable() and not char.isalnum() and char != " "
    from unicodedata import category

    return category(char)[0] in "PS"


def strays(document: Document, segment: Segment) -> list[Stray]:
    """The asterisks of a segment that no emphasis takes, in order.

    Emphasis that begins inside a link or a label and ends outside of it is none: Markdown sets it
    so for a label, of which the platform makes one, and not for a link.
    """
    text = segment.text
    if len(text) > _LONGEST or not is_as_stored(segment):
        return []
    if document.data[segment.start : segment.end] != text.encode():
        return []
    runs = list(islice(_runs(segment), _MOST + 1))
    if len(runs) > _MOST:
        return []
    for homes in {run.homes for run in runs}:
        _pair([run for run in runs if run.homes == homes])
    found = []
    for run in runs:
        if run.left:
            start = segment.start + len(text[: run.start].encode())
            alone = not run.opens and not run.closes
            found.append(Stray(Span(start, start + run.length), run.homes, alone))
    return found


def underscores(document: Document, segment: Segment) -> Underscores:
    """The same of the underscores of a segment, those of bare addresses and attributes left out."""
    text = segment.text
    shown = b"" if len(text) > _LONGEST else visible(document, segment).encode()
    if len(shown) != segment.end - segment.start:
        return Underscores([], 0)
    away = [match.span() for match in _ATTRIBUTES.finditer(text)]
    runs: list[_Run] = []
    for run in islice(_runs(segment, "_"), _MOST + 1):
        if any(start <= run.start < end for start, end in away):
            continue
        place = len(text[: run.start].encode())
        if shown[place : place + 1] == b"_":
            before = text[run.start - 1] if run.start else " "
            run.underscored(before, text[run.start + run.length :][:1] or " ")
            runs.append(run)
    if len(runs) > _MOST:
        return Underscores([], 0)
    for homes in {run.homes for run in runs}:
        _pair([run for run in runs if run.homes == homes])
    strays = []
    for run in runs:
        if run.left and not run.within:
            start = segment.start + len(text[: run.start].encode())
            alone = not run.opens and not run.closes
            strays.append(Stray(Span(start, start + run.length), run.homes, alone))
    return Underscores(strays, sum(not run.left for run in runs))


def _runs(segment: Segment, sign: str = "*") -> Iterator[_Run]:
    text = segment.text
    hidden = hidden_spans(segment)
    starts = [span.start for span in hidden]
    homes = [token for token in segment.tokens if token.kind in HOMES]
    escaped = {match.start() + 1 for match in _ESCAPED.finditer(text)} if "\\" in text else ()
    place = 0
    offset = segment.start
    while True:
        start = text.find(sign, place)
        if start < 0:
            return
        offset += len(text[place:start].encode())
        end = start
        while end < len(text) and text[end] == sign:
            end += 1
        at = bisect_right(starts, offset) - 1
        shown = at < 0 or offset >= hidden[at].end
        if shown and start in escaped:
            start, offset = start + 1, offset + 1
        if shown and start < end:
            before = text[start - 1] if start else " "
            after = text[end] if end < len(text) else " "
            within = tuple(one for one in homes if one.start <= offset < one.end)
            yield _Run(start, end - start, before, after, within)
        offset += end - start
        place = end


def _pair(runs: Sequence[_Run]) -> None:
    """Takes from each run the asterisks that open or close emphasis."""
    stack: list[_Run] = []
    for closer in runs:
        while closer.closes and closer.left:
            opener = _opener(stack, closer)
            if opener is None:
                break
            used = 2 if opener.left >= 2 and closer.left >= 2 else 1
            opener.left -= used
            closer.left -= used
            while stack[-1] is not opener:
                stack.pop()
            if not opener.left:
                stack.pop()
        if closer.opens and closer.left:
            stack.append(closer)


def _opener(stack: Sequence[_Run], closer: _Run) -> _Run | None:
    for opener in reversed(stack):
        both = opener.closes or closer.opens
        odd = (opener.length + closer.length) % 3 == 0 and (
            opener.length % 3 != 0 or closer.length % 3 != 0
        )
        if not (both and odd):
            return opener
    return None
