"""A change of one segment tried before a byte is written: what it would do to the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bilint.desk.judging import controls
from bilint.desk.page_units import Placed
from bilint.desk.pages import Desk, OpenPage
from bilint.desk.removal import without
from bilint.desk.required_tokens import missing_tokens
from bilint.edits import (
    Edit,
    EditError,
    Shift,
    apply,
    difference_elsewhere,
    edit_of,
    segment_edit,
)
from bilint.exchange.inline import shown
from bilint.exchange.weave import tidy, weave
from bilint.fixes import compare_findings
from bilint.model.alignment import Unit
from bilint.model.document import Segment, SegmentKind, Token
from bilint.model.exchange import ExchangeUnit, UnitState
from bilint.model.finding import Finding
from bilint.model.record import NamedTuple
from bilint.model.text import Span
from bilint.review.tasks import Task


class Trial(NamedTuple):
    """A page as it would be. With an `objection` it must not be written.

    `lost` are tokens that the text lacks: the objection to them can be overruled. `gone` and
    `new` are findings; `still` are checks that find something else in the place of what is gone.
    `data` are the bytes that would be written.
    """

    data: bytes
    objection: str | None = None
    lost: tuple[Token, ...] = ()
    gone: tuple[Finding, ...] = ()
    new: tuple[Finding, ...] = ()
    edits: tuple[Edit, ...] = ()
    still: frozenset[str] = frozenset()

    @property
    def solved(self) -> tuple[str, ...]:
        """The checks that find nothing any more where they did, sorted."""
        return tuple(sorted({one.check for one in self.gone} - self.still))


def edited_text(segment: Segment) -> str:
    """The text of a segment as a reviewer edits it: one line, but for hard breaks."""
    return shown(segment)


def try_text(desk: Desk, page: OpenPage, task: Task, text: str, *, force: bool) -> Trial:
    """The page with another text for a segment; laid over it on the desk.

    For a segment that is not there yet the text is put in where it belongs.
    """
    new = tidy((text,))
    if not new:
        return Trial(page.data, "the text is empty")
    if controls(new) - controls(edited_text(task.target) if task.target else ""):
        return Trial(page.data, "the text holds control characters")
    if task.unit is None or (task.target is None and task.unit.head is None):
        return Trial(page.data, "there is no segment here to edit; P edits the page")
    if task.target is None:
        from bilint.review.insertion import try_insertion

        return try_insertion(desk, page, task, new, force=force)
    if new == edited_text(task.target):
        return Trial(page.data, "the text is as it was")
    first: Trial | None = None
    for edit in _ways(page, task.target, new):
        if isinstance(edit, EditError):
            return Trial(page.data, str(edit))
        trial = _tried(desk, page, task, new, edit, force=force)
        if trial.objection is None:
            return trial
        first = first or trial
    return first or Trial(page.data, "the text is as it was")


def _ways(page: OpenPage, segment: Segment, text: str) -> Sequence[Edit | EditError]:
    """The text with the line ends of the old one, and on one line, should these not fit."""
    document = page.document
    try:
        if segment.kind is SegmentKind.HTML_TEXT and "\n" not in text:
            woven = weave(segment, text, with_margins=True)
            return [edit_of(page.path, document.data, segment.span, woven)]
        found = [
            segment_edit(page.path, document, segment, way)
            for way in dict.fromkeys((weave(segment, text), text))
        ]
    except EditError as error:
        return [error]
    return [one for one in found if one is not None]


def _tried(desk: Desk, page: OpenPage, task: Task, text: str, edit: Edit, *, force: bool) -> Trial:
    applied = apply(page.data, (edit,))
    if applied.left_out:
        return Trial(page.data, applied.left_out[0].reason)
    after = desk.recheck(page.locale, page.path, applied.data)
    trial = Trial(applied.data, edits=applied.done)
    old, unit = task.target, task.unit
    if old is None or unit is None:
        raise ValueError("there is nothing to edit")
    difference = difference_elsewhere(page.document, after.document, applied.done)
    if difference is not None:
        return trial._replace(objection=difference)
    place = page.document.segments.index(old)
    new = after.document.segments[place]
    if (new.kind, new.shape) != (old.kind, old.shape) or shown(new) != text:
        return trial._replace(objection="Markdown would read something else in this text")
    return judged(trial, page, after, lacking(unit, new.tokens), force=force)


def lacking(unit: Unit, tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens that a text with these would lack as the translation of a unit."""
    source = unit.head or unit.base
    if source is None:
        return ()
    return missing_tokens(Placed(_UNIT, unit.target, source, unit.base), tokens)


_UNIT = ExchangeUnit("", "", 1, SegmentKind.PARAGRAPH, UnitState.UNKNOWN, (), ())


def judged(
    trial: Trial, before: OpenPage, after: OpenPage, lost: tuple[Token, ...], *, force: bool
) -> Trial:
    """The trial with what it changes for the checks."""
    if after.incidents:
        error = after.incidents[0].error
        return trial._replace(objection=f"the page could not be checked then: {error}")
    shift = Shift(before.data, trial.edits)
    verdict = compare_findings(before.findings, after.findings, (), shift)
    still = Counter((one.check, one.fingerprint) for one in after.findings)
    gone = []
    for finding in before.findings:
        name = (finding.check, finding.fingerprint)
        if still[name]:
            still[name] -= 1
        elif finding.state.is_open:
            gone.append(finding)
    objection = None
    if lost and not force:
        objection = f"it lacks {', '.join(token.text for token in lost)}"
    known = {(one.check, one.fingerprint) for one in before.findings}
    fresh = {one.check for one in after.findings if (one.check, one.fingerprint) not in known}
    return trial._replace(
        objection=objection,
        lost=lost,
        gone=tuple(gone),
        new=verdict.new,
        still=frozenset(fresh & {one.check for one in gone}),
    )


def try_removal(desk: Desk, page: OpenPage, task: Task) -> Trial:
    """The page without a segment whose source is gone, and without the lines it stood on."""
    segment = task.target
    if segment is None or segment.start < page.document.body_start:
        return Trial(page.data, "there is nothing here that could be taken out")
    removed = without(page.path, page.document, (segment,), desk.read)
    if removed is None:
        return Trial(
            page.data,
            "it cannot be taken out without changing what stands around it; P edits the page",
        )
    after = desk.recheck(page.locale, page.path, removed.document.data)
    trial = Trial(after.data, edits=(removed.edit,))
    return judged(trial, page, after, (), force=True)


def try_page(desk: Desk, page: OpenPage, data: bytes) -> Trial:
    """The page with other bytes, as somebody edited it as a whole."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return Trial(page.data, "the page would not be UTF-8 any more")
    if b"\0" in data:
        return Trial(page.data, "the page would hold a NUL")
    after = desk.recheck(page.locale, page.path, data)
    edit = whole_change(page.path, page.data, data)
    return judged(Trial(data, edits=(edit,)), page, after, (), force=True)


def whole_change(path: str, before: bytes, after: bytes) -> Edit:
    """One edit that says the whole of a change, from its first byte to its last."""
    most = min(len(before), len(after))
    start = next((at for at in range(most) if before[at] != after[at]), most)
    most -= start
    tail = next((at for at in range(most) if before[-1 - at] != after[-1 - at]), most)
    while start and before[start : start + 1] and before[start] & 0xC0 == 0x80:
        start -= 1
    end = len(before) - tail
    while end < len(before) and before[end] & 0xC0 == 0x80:
        end += 1
    stop = len(after) - (len(before) - end)
    return edit_of(path, before, Span(start, end), after[start:stop].decode("utf-8", "replace"))
