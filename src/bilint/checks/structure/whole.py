"""Pages that are wrong as a whole: another page, next to nothing, or only the beginning."""

from __future__ import annotations

from bilint.alignment import Structure
from bilint.checks.structure.anatomy import counted, form, is_body, size
from bilint.checks.structure.markers import holds_rows
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Segment
from bilint.model.finding import Confidence, Observation
from bilint.model.text import Span

_LARGE = 8
"""Segments from which a page can be told from a stranger."""

_TOKENS = 4
_STRANGE = 0.25
_EMPTIED = 0.3
_SURE = 0.5
_END = 0.15
_LEAST_END = 3
_FEW = 3
_CUT = 0.7
"""Share of its expected length below which the last block of a page was cut off."""


def verdict(pair: AlignedPair) -> tuple[str, Observation] | None:
    """The check and what it says of a page that is wrong as a whole; None where it is not."""
    if pair.source is None:
        return None
    ours = [one for one in pair.source.document.segments if is_body(one)]
    theirs = [one for one in pair.document.segments if is_body(one)]
    if not ours:
        return None
    if len(theirs) < len(ours) and (said := _emptied(pair, ours, theirs)):
        return "page-emptied", said
    if (
        len(ours) >= _LARGE
        and len(theirs) >= _LARGE // 2
        and (said := _wrong(pair, pair.source.document, ours))
    ):
        return "page-wrong", said
    if len(theirs) < len(ours) and (said := _truncated(pair, ours, theirs)):
        return "page-truncated", said
    return None


def blank(document: Document) -> bool:
    """Whether there is nothing at all below the front matter of a page."""
    return not document.body.strip(b" \t\r\n\xef\xbb\xbf")


def _emptied(pair: AlignedPair, ours: list[Segment], theirs: list[Segment]) -> Observation | None:
    if blank(pair.document) or not (theirs or pair.document.blocks):
        return Observation(
            f"Nothing is left of the page; the source has {counted(len(ours), 'block')} of text",
            Span(0, 0),
            "page",
            Span(ours[0].start, ours[-1].end),
        )
    if len(ours) < _LARGE or len(theirs) > len(ours) / 2:
        return None
    if size(theirs) > _EMPTIED * size(ours):
        return None
    return Observation(
        f"Little is left of the page: {counted(len(theirs), 'block')} of text,"
        f" and {len(ours)} in the source",
        Span(pair.document.body_start, pair.document.body_start),
        "page",
        Span(ours[0].start, ours[-1].end),
        confidence=Confidence.MEDIUM if len(theirs) > len(ours) / 4 else None,
    )


def _wrong(pair: AlignedPair, source: Document, ours: list[Segment]) -> Observation | None:
    fitting = sum(
        one is not None
        and target is not None
        and likeness >= _SURE
        and one.shape == target.shape
        and is_body(one)
        for one, target, likeness in pair.segments
    )
    theirs = [one for one in pair.document.segments if is_body(one)]
    if fitting > 0.6 * max(len(ours), len(theirs)) or any(holds_rows(s.text) for s in theirs):
        return None
    left, right = Structure.of(source), Structure.of(pair.document)
    if min(len(left.tokens), len(right.tokens)) < _TOKENS or left.likeness(right) > _SURE:
        return None
    shared = set(left.tokens) & set(right.tokens)
    if len(shared) > _STRANGE * min(len(set(left.tokens)), len(set(right.tokens))):
        return None
    return Observation(
        "This is no translation of the source page: another page seems to stand here",
        Span(pair.document.body_start, pair.document.body_start),
        "page",
        ours[0].span,
    )


def _end_lost(pair: AlignedPair) -> int:
    """How many of the last segments of the source are missing in a row."""
    number = 0
    for source, target, _ in reversed(pair.segments):
        if source is None or target is not None or not is_body(source):
            break
        number += 1
    return number


def _truncated(pair: AlignedPair, ours: list[Segment], theirs: list[Segment]) -> Observation | None:
    number = _end_lost(pair)
    if number < _LEAST_END or number >= len(ours):
        return None
    lost = ours[-number:]
    if size(lost) < _END * size(ours) or _may_be_elsewhere(lost, ours, theirs):
        return None
    end = theirs[-1].end if theirs else pair.document.body_start
    return Observation(
        f"The page ends here; in the source {counted(number, 'block')} of text follow",
        Span(end, end),
        "end",
        Span(_begin_of_loss(pair, lost[0].start), lost[-1].end),
    )


def _begin_of_loss(pair: AlignedPair, start: int) -> int:
    """Where the source goes on; in the block before where that was cut off in its middle."""
    both = [
        (source, target)
        for source, target, _ in pair.segments
        if source is not None and target is not None and source.start < start and is_body(source)
    ]
    if len(both) < _FEW:
        return start
    source, target = both[-1]
    own, whole = size([one for one, _ in both]), size([other for _, other in both])
    cut = own * size([target]) < _CUT * whole * size([source])
    return source.start if cut else start


def _may_be_elsewhere(lost: list[Segment], ours: list[Segment], theirs: list[Segment]) -> bool:
    """Whether what is lost is one table or list, or stands in the text that is left."""
    if size(theirs) > 0.9 * size(ours) or any(holds_rows(one.text) for one in theirs[-2:]):
        return True
    names = {form(one.shape).name for one in lost}
    return names == {"cell"} and form(theirs[-1].shape).name == "cell"
