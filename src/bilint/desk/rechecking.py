"""Pages checked again after translations came back: what is found no longer, and what is new."""

# os.path, as everywhere below the commands.
# ruff: noqa: PTH118

from __future__ import annotations

import os
from collections.abc import Callable

from bilint.desk.imported import Imported, Rewritten
from bilint.desk.pages import Desk, OpenPage
from bilint.edits import Edit, Shift, edit_of
from bilint.engines.likeness import SEQUENCE_COST, opcodes
from bilint.fixes import compare_findings
from bilint.model.document import Document
from bilint.model.finding import Finding, Incident
from bilint.model.record import NamedTuple
from bilint.model.segment_text import digest
from bilint.model.text import Span
from bilint.pipeline.request import Request


class RecheckedPage(NamedTuple):
    """What became of the findings of one page."""

    locale: str
    path: str
    gone: tuple[Finding, ...] = ()
    new: tuple[Finding, ...] = ()
    incidents: tuple[Incident, ...] = ()


def recheck(
    request: Request,
    imported: Imported,
    tick: Callable[[int, int], None] = lambda _done, _all: None,
) -> tuple[RecheckedPage, ...]:
    """Check the pages that an import wrote, or would write, as they were and as they are.

    Only these pages are read, and what was learnt of the locale is what is kept of it. A page
    that is yet to come into being cannot be checked. `request` must want findings.
    """
    pages = [one for one in imported.pages if imported.written or one.before is not None]
    if not pages:
        return ()
    places = tuple(os.path.join(imported.top, page.path) for page in pages)
    with Desk(request._replace(locales=(imported.locale,), paths=places), tick) as desk:
        return tuple(_rechecked(desk, page) for page in pages)


def _rechecked(desk: Desk, page: Rewritten) -> RecheckedPage:
    after = desk.recheck(page.locale, page.path, page.after)
    nothing = RecheckedPage(page.locale, page.path, incidents=after.incidents)
    if page.before is None:
        return nothing._replace(new=tuple(one for one in after.findings if one.state.is_open))
    before = desk.recheck(page.locale, page.path, page.before)
    edits = _edits(page.path, page.before, page.after)
    verdict = compare_findings(
        _of_translation(before), _of_translation(after), (), Shift(page.before, edits)
    )
    new = tuple(one for one in verdict.new if _is_measured(one, after.head))
    return nothing._replace(gone=verdict.gone, new=new)


def _is_measured(finding: Finding, head: Document | None) -> bool:
    """Whether what a finding misses is still in the source.

    Where segments were deleted or put in, those at the pin may stand beside others than before:
    what the source says no longer is no measure of what was translated now.
    """
    said = finding.digests.source
    return not said or head is None or any(digest(one.text) == said for one in head.segments)


def _of_translation(page: OpenPage) -> list[Finding]:
    return [one for one in page.findings if one.locale is not None]


def _edits(path: str, before: bytes, after: bytes) -> list[Edit]:
    """What changed from one page to the other, in whole lines."""
    was, now = before.splitlines(keepends=True), after.splitlines(keepends=True)
    first = next((n for n, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), None)
    if first is None:
        first = min(len(was), len(now))
    starts = [0]
    for line in was:
        starts.append(starts[-1] + len(line))
    if (len(was) - first) * (len(now) - first) > SEQUENCE_COST:
        steps = [(first, len(was), first, len(now))]
    else:
        steps = [
            (first + step.a, first + step.b, first + step.c, first + step.d)
            for step in opcodes(was[first:], now[first:])
            if step.tag != "equal"
        ]
    return [
        edit_of(path, before, Span(starts[a], starts[b]), b"".join(now[c:d]).decode())
        for a, b, c, d in steps
    ]
