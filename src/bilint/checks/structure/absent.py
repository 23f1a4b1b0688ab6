"""Blocks that are not there, or not in the source, or there twice."""

from __future__ import annotations

from bisect import bisect_right

from bilint.checks.structure.anatomy import form, line_of, size
from bilint.checks.structure.blocks import moved_pictures
from bilint.checks.structure.comparison import Comparison, subject_of
from bilint.checks.structure.kinds import missing, named
from bilint.checks.structure.markers import empty_marker
from bilint.model.document import Block, BlockKind, Document, Segment
from bilint.model.finding import Confidence, Observation, Severity
from bilint.model.segment_text import normalise
from bilint.model.text import Span

_NEAR = 2000
"""Bytes in which a comment that divides a text ends."""

_COMMENT = ("&lt;!", "<!\u2014", "< !--", "\\<!--")


def say_lost(page: Comparison, group: list[int], *, sure: bool) -> None:
    """Tells of blocks of the source, one after the other, that have no counterpart."""
    segments = [s for i in group if (s := page.pairs[i].source)]
    forms = [form(s.shape) for s in segments]
    if all(one.name == "alt" for one in forms):
        _lost_alternatives(page, group, segments)
        return
    span = page.place(group[0])
    if len(group) == 1:
        before, after = page.neighbours(group[0])
        between = Span(
            before.end if before else page.target.body_start,
            after.start if after else len(page.target.data),
        )
        marker = empty_marker(page.target, between, forms[0])
        if marker is not None:
            message = f"{named(forms[0])} is empty; there is text in the source"
            _observe_lost(page, message, marker, group, None)
            return
    message = missing(forms)
    if page.unsure(group[0]) or page.unsure(group[-1]):
        message += ", here or nearby"
    _observe_lost(page, message, span, group, None if sure else Confidence.MEDIUM)


def _observe_lost(
    page: Comparison, message: str, span: Span, group: list[int], confidence: Confidence | None
) -> None:
    observation = Observation(
        message,
        span,
        page.source_subject(group),
        page.source_span(group),
        confidence=confidence,
    )
    page.say("block-lost", observation)


def _lost_alternatives(page: Comparison, group: list[int], segments: list[Segment]) -> None:
    """Alternative texts without their pictures are told with the pictures."""
    gone = {block.start: block for block in page.gone}
    starts = sorted(gone)
    for i, segment in zip(group, segments, strict=True):
        place = bisect_right(starts, segment.start) - 1
        if place >= 0 and segment.start < gone[starts[place]].end:
            continue
        page.say(
            "block-lost",
            Observation(
                "The alternative text of a picture is missing",
                page.place(i),
                subject_of(segment.text),
                segment.span,
                severity=Severity.WARNING,
            ),
        )


def say_extra(page: Comparison, group: list[int]) -> None:
    """Tells of blocks of the translation, one after the other, that have no counterpart."""
    segments = [t for i in group if (t := page.pairs[i].target)]
    first, last = segments[0], segments[-1]
    if all(_divided_by_comment(page.target, one) for one in segments):
        return
    span, subject = Span(first.start, last.end), subject_of(first.text)
    if first.text.startswith(_COMMENT):
        message = "A comment of the source has become text"
        page.say("html-altered", Observation(message, span, subject))
        return
    if (code := _part_of_code(page, group)) is not None:
        message = "In the source this is part of the block of code above"
        source_span = line_of(page.source.data, code.start)
        page.say("fence-altered", Observation(message, span, subject, source_span))
        return
    again = [_stands_twice(page, one) for one in segments]
    if all(again):
        what = "This text stands" if len(group) == 1 else f"These {len(group)} blocks stand"
        message = f"{what} twice on the page, and once in the source"
        page.say("block-extra", Observation(message, span, subject))
        return
    message = (
        "This block is not in the source"
        if len(group) == 1
        else f"These {len(group)} blocks are not in the source"
    )
    confidence = Confidence.MEDIUM
    page.say("block-extra", Observation(message, span, subject, confidence=confidence))


def _divided_by_comment(document: Document, segment: Segment) -> bool:
    """Whether nothing but a comment on the same line parts a text from what follows it."""
    rest = document.data[segment.end : segment.end + _NEAR].lstrip(b" \t")
    if not rest.startswith(b"<!--") or b"-->" not in rest:
        return False
    follows = rest[rest.find(b"-->") + 3 :].lstrip(b" \t")
    return follows[:1] not in b"\r\n" and not follows.startswith((b"</", b"<li", b"<t"))


def _part_of_code(page: Comparison, group: list[int]) -> Block | None:
    """The block of code of the source whose end has become text."""
    ours, theirs = (
        [block for block in one.blocks if block.kind is BlockKind.CODE]
        for one in (page.source, page.target)
    )
    segments = [t for i in group if (t := page.pairs[i].target)]
    before, _ = page.neighbours(group[0])
    place = bisect_right([block.start for block in theirs], segments[0].start) - 1
    if len(ours) != len(theirs) or place < 0:
        return None
    code, here = ours[place], len(theirs[place].text.encode())
    if before is not None and theirs[place].start < before.end:
        return None
    there = len(code.text.encode())
    return code if there > 2 * here and there >= (here + size(segments)) / 2 else None


def _stands_twice(page: Comparison, segment: Segment) -> bool:
    text = normalise(segment.text)
    here, sources = page.repeats.get(text, (0, frozenset()))
    return bool(sources) and here > sum(page.said[one] for one in sources)


def say_pictures(page: Comparison) -> None:
    """Tells of pictures that stand in another order; of lost ones their own check tells."""
    moved = moved_pictures(page.source, page.target)
    if moved is not None and "block-moved" not in page.found:
        page.say(
            "block-moved",
            Observation(
                "The pictures of the page stand in another order than in the source",
                Span(moved.start, moved.end),
                subject_of(moved.text),
            ),
        )
