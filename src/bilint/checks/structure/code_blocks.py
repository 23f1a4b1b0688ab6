"""Blocks of code that are lost, not closed or marked otherwise, and the text that follows."""

from __future__ import annotations

from bilint.checks.structure.anatomy import is_body, line_of
from bilint.checks.structure.blocks import CodeDifference, CodeFault, compare_code
from bilint.checks.structure.comparison import Comparison, are, subject_of
from bilint.model.document import Block
from bilint.model.finding import Observation, Severity
from bilint.model.text import Span


def compare_blocks_of_code(page: Comparison) -> None:
    """Tells of code that is lost, new, not closed or marked otherwise."""
    differences = compare_code(page.source, page.target)
    broken = [one for one in differences if one.fault is not CodeFault.INFO]
    for one in differences:
        if one.fault is CodeFault.INFO and one.source and one.target:
            ours, theirs = one.source.info.strip(), one.target.info.strip()
            message = (
                f"This block of code is marked `{theirs}`; in the source `{ours}`"
                if theirs
                else f"This block of code has lost its mark `{ours}`"
            )
            _say_code(page, message, one, Severity.WARNING)
    if broken:
        _broken_code(page, broken[0], broken)


def _broken_code(page: Comparison, first: CodeDifference, all_of: list[CodeDifference]) -> None:
    """Blocks of code that are not closed, lost or new: where one is, others follow from it."""
    fault, before, after = first
    number = len(all_of)
    if fault is CodeFault.OPEN and after is not None:
        _done_from(page, after.start)
        _say_code(page, "This block of code is never closed: all below is code", first)
        return
    inside = _turned_into_text(page, before) if before is not None else []
    swallowed = _swallowed(page, after) if after is not None and before is None else []
    if number > 1:
        _done_after(page, first)
    page.done.update((*inside, *swallowed))
    if inside and before is not None and (text := page.pairs[inside[0]].target):
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


def _done_from(page: Comparison, offset: int) -> None:
    """All is explained that stands, or ought to stand, after a place of the translation."""
    after = False
    for i, (_, target, _) in enumerate(page.pairs):
        after = after or (target is not None and is_body(target) and target.end > offset)
        if after or page.place(i).start >= offset:
            page.done.update(range(i, len(page.pairs)))
            return


def _done_after(page: Comparison, first: CodeDifference) -> None:
    """All is explained from the first of several broken blocks of code on."""
    start = first.target.start if first.target else 0
    if first.source is not None:
        start = max(start, page.place_of_source(first.source.start).start)
    page.done.update(i for i in page.disturbed if page.place(i).start >= start)


def _turned_into_text(page: Comparison, code: Block) -> list[int]:
    """Text of the translation that is code in the source."""
    inside = "".join(code.text.split())
    found = []
    for i in page.disturbed:
        source, target, _ = page.pairs[i]
        if source is None and target is not None:
            text = "".join(target.text.replace("```", "").split())
            if text and (text in inside or inside in text):
                found.append(i)
    return found


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
