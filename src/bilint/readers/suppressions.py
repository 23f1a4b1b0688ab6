"""Bilint's own comments in a page, and how they are taken out before the page is segmented.

    <!-- bilint-disable-next-line CHECK CHECK: reason -->
    <!-- bilint-disable CHECK: reason -->  ...  <!-- bilint-enable CHECK -->
    <!-- bilint-disable-file CHECK: reason -->

Without a check, all are meant. `bilint-enable` ends what the nearest `bilint-disable` of the same
checks began; without checks it ends all; what is never ended lasts to the end of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilint.model.document import Suppression
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Problem, Span
from bilint.readers.syntax import FOR_US

_OPEN, _CLOSE = b"<!--", b"-->"
_DIRECTIVE = late(r"bilint-([a-z-]+)([^:]*)(?::(.*))?", re.DOTALL)
_CHECK = late(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LINE_END = late(rb"\r\n|[\r\n]")
_MARGIN = b" \t>"
_NAMES = ("disable", "disable-file", "disable-next-line", "enable")


class Suppressions(NamedTuple):
    """What the comments of a page say, and the page with blanks in their place."""

    suppressions: tuple[Suppression, ...]
    problems: tuple[Problem, ...]
    masked: bytes


class _Line(NamedTuple):
    """A line without its end, and the next that is not blank."""

    start: int
    end: int
    following: Span


def read_suppressions(data: bytes, start: int, code: Sequence[tuple[int, int]]) -> Suppressions:
    """The comments from byte `start` on, but for those that begin within a span of `code`.

    `code` is sorted. `masked` has the length of `data`; a comment on a line of its own takes the
    line end before it along, so that a table or a list around it stays whole.
    """
    masked = bytearray(data)
    found: list[Suppression] = []
    problems: list[Problem] = []
    open_: dict[frozenset[str], list[tuple[Span, str]]] = {}
    line = _Line(start, start, Span(start, start))
    for span in _comments(data, start, code):
        masked[span.start : span.end] = b" " * (span.end - span.start)
        if span.end > line.end or line.end == start:
            line = _line_of(data, line.end, span)
            if line.start > start:
                _mask_own_line(masked, data, span, line)
        text = data[span.start + len(_OPEN) : span.end - len(_CLOSE)].decode("utf-8", "replace")
        directive = _DIRECTIVE.fullmatch(text.strip())
        names = directive[2].replace(",", " ").split() if directive else []
        if directive is None or directive[1] not in _NAMES:
            problems.append(_problem(f"`{text.strip()}` is no comment that Bilint knows", span))
            continue
        if wrong := [name for name in names if not _CHECK.fullmatch(name)]:
            problems.append(_problem(f"`{wrong[0]}` is no name of a check", span))
            continue
        checks, reason = frozenset(names), (directive[3] or "").strip()
        if directive[1] == "disable-file":
            found.append(Suppression(span, Span(0, len(data)), checks, reason))
        elif directive[1] == "disable-next-line":
            found.append(Suppression(span, line.following, checks, reason))
        elif directive[1] == "disable":
            open_.setdefault(checks, []).append((span, reason))
        elif checks in open_ or (open_ and not checks):
            ended = {checks: [open_[checks].pop()]} if checks else open_
            found.extend(_ended(ended, span.start))
            open_ = {key: left for key, left in open_.items() if left} if checks else {}
        else:
            problems.append(_problem("There is nothing here that could be enabled", span))
    found.extend(_ended(open_, len(data)))
    return Suppressions(tuple(sorted(found)), tuple(problems), bytes(masked))


def _ended(begun: dict[frozenset[str], list[tuple[Span, str]]], end: int) -> Iterator[Suppression]:
    for checks, places in begun.items():
        for span, reason in places:
            yield Suppression(span, Span(span.end, end), checks, reason)


def _comments(data: bytes, start: int, code: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Where the comments are that speak to Bilint, outside of code."""
    spans = iter((*code, (len(data), len(data))))
    code_start, code_end = next(spans)
    at = data.find(_OPEN, start)
    while at >= 0:
        while code_end <= at:
            code_start, code_end = next(spans)
        inside = at + len(_OPEN)
        if at >= code_start:
            at = data.find(_OPEN, inside)
            continue
        close = data.find(_CLOSE, inside)
        if close < 0:
            return
        end = close + len(_CLOSE)
        if data[inside : inside + 64].lstrip().startswith(FOR_US):
            yield Span(at, end)
        at = data.find(_OPEN, end)


def _line_of(data: bytes, known: int, span: Span) -> _Line:
    """The line on which a comment ends; `known` is the end of an earlier line."""
    start = max(data.rfind(b"\n", known, span.start), data.rfind(b"\r", known, span.start), known)
    start += data[start : start + 1] in (b"\n", b"\r")
    end = _LINE_END.search(data, span.end)
    if end is None:
        return _Line(start, len(data), Span(len(data), len(data)))
    until = end.start()
    while end:
        begin = end.end()
        end = _LINE_END.search(data, begin)
        stop = end.start() if end else len(data)
        if data[begin:stop].strip(_MARGIN):
            return _Line(start, until, Span(begin, stop))
    return _Line(start, until, Span(len(data), len(data)))


def _mask_own_line(masked: bytearray, data: bytes, span: Span, line: _Line) -> None:
    """Masks the line end before a comment that has its line to itself."""
    if data[line.start : span.start].strip(_MARGIN) or data[span.end : line.end].strip():
        return
    before = line.start
    if data[before - 1 : before] in (b"\n", b"\r"):
        before -= 2 if data[before - 2 : before] == b"\r\n" else 1
        masked[before : span.start] = b" " * (span.start - before)


def _problem(message: str, span: Span) -> Problem:
    return Problem("suppression", f"{message}.", span)
