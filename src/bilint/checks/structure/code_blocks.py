"""Blocks of code that are lost, not closed or marked otherwise, and the text that follows."""

from __future__ import annotations

from collections.abc import Sequence

from bilint.checks.structure.anatomy import is_body, line_of
from bilint.checks.structure.blocks import CodeDifference, CodeFault
from bilint.checks.structure.comparison import Comparison, are, subject_of
from bilint.model.document import Block
from bilint.model.finding import Observation, Severity
from bilint.model.text import Span

_LEAST = 5
"""Characters by which a line of code is known again in text."""


def find_unclosed(page: Comparison, differences: Sequence[CodeDifference]) -> None:
    """Tells of a block of code that is never closed, so that the rest of its page is code."""
    for one in differences:
        if one.fault is CodeFault.OPEN and one.target is not None:
            # What it swallowed is lost, and nobody can tell the rest of the page from it.
            page.done.update(page.disturbed)
            _say_code(page, "This block of code is never closed: all below is code", one)


def compare_blocks_of_code(page: Comparison, differences: Sequence[CodeDifference]) -> None:
    """Tells of code that is lost, new, marked otherwise, or that runs on into text."""
    broken = []
    for one in differences:
        fault, before, after = one
        if fault is CodeFault.INFO and before and after:
            ours, theirs = before.info.strip(), after.info.strip()
            message = (
                f"This block of code is marked `{theirs}`; in the source `{ours}`"
                if theirs
                else f"This block of code has lost its mark `{ours}`"
            )
            _say_code(page, message, one, Severity.WARNING)
        elif fault is CodeFault.LONGER and after is not None:
            if _swallowed(page, after):
                broken.append(one)
        elif fault is CodeFault.LOST and before is not None:
            if not _in_lost_text(page, before):
                broken.append(one)
        elif fault is CodeFault.EXTRA:
            broken.append(one)
    if broken:
        _broken_code(page, broken[0], broken)


def _in_lost_text(page: Comparison, code: Block) -> bool:
    """Whether a block of code of the source stands among text that is lost, and is its part."""
    last = None
    for i, (source, _, _) in enumerate(page.pairs):
        if source is not None and source.start < code.start:
            last = i
    if last is None or last not in page.open or not page.is_lost(last):
        return False
    return not _turned_into_text(page, code)


def _broken_code(page: Comparison, first: CodeDifference, all_of: list[CodeDifference]) -> None:
    """Blocks of code that are lost, new or too long: where one is, others follow from it."""
    fault, before, after = first
    number = len(all_of)
    inside = _turned_into_text(page, before) if fault is CodeFault.LOST and before else []
    swallowed = _swallowed(page, after) if fault is not CodeFault.LOST and after else []
    if number > 1:
        _done_after(page, first)
    page.done.update((*inside, *swallowed))
    if inside and (text := next((t for i in inside if (t := page.pairs[i].target)), None)):
        message = "This is a block of code in the source, and plain text here"
        _say_code(page, message, first, span=text.span)
    elif swallowed or (number > 1 and any(one.fault is CodeFault.EXTRA for one in all_of)):
        _say_code(page, "From here on text stands as code, or code as text", first)
    elif fault is CodeFault.LOST:
        what = "A block" if number == 1 else f"{number} blocks"
        _say_code(page, f"{what} of code of the source {are(number)} missing", first)
    else:
        what = "This block of code is" if number == 1 else f"{number} blocks of code are"
        _say_code(page, f"{what} not in the source", first)


def _say_code(
    page: Comparison,
    message: str,
    difference: CodeDifference,
    severity: Severity | None = None,
    span: Span | None = None,
) -> None:
    _, before, after = difference
    if span is None and after is not None:
        span = line_of(page.target.data, after.start)
    if span is None and before is not None:
        span = page.place_of_source(before.start)
    block = before or after
    observation = Observation(
        message,
        span or Span(0, 0),
        subject_of(block.text if block else ""),
        None if before is None else line_of(page.source.data, before.start),
        severity=severity,
    )
    page.say("fence-altered", observation)


def _done_after(page: Comparison, first: CodeDifference) -> None:
    """All is explained from the first of several broken blocks of code on."""
    start = first.target.start if first.target else 0
    if first.source is not None:
        start = max(start, page.place_of_source(first.source.start).start)
    page.done.update(i for i in page.disturbed if page.place(i).start >= start)


def _turned_into_text(page: Comparison, code: Block) -> list[int]:
    """The text of the translation that is code in the source, and what it was taken for."""
    inside = "".join(code.text.split())
    found = []
    for i, (_, target, _) in enumerate(page.pairs):
        if target is not None and is_body(target):
            text = "".join(target.text.replace("```", "").split())
            if len(text) >= _LEAST and (text in inside or inside in text):
                found.append(i)
    if not any(i in page.open for near in found for i in (near - 1, near, near + 1)):
        return []
    around = {i for near in found for i in (near - 1, near, near + 1)}
    return found + [i for i in sorted(around) if i in page.open and i not in found]


def _swallowed(page: Comparison, code: Block) -> list[int]:
    """Text of the source that ought to stand where a block of code stands."""
    found = []
    for i in page.disturbed:
        if page.pairs[i].target is None:
            before, after = page.neighbours(i)
            start = before.end if before else page.target.body_start
            if start <= code.start < (after.start if after else len(page.target.data)):
                found.append(i)
    return found
