"""`emphasis-broken`: asterisks that were meant as emphasis and are shown to the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.checks.base import Check, Context, Need
from bilint.checks.typography.emphasis import strays
from bilint.checks.typography.sheet import SURE
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Segment, SegmentKind
from bilint.model.finding import Confidence, Family, Observation, Severity
from bilint.model.pattern import late
from bilint.model.text import Span

# Emphasis that surely is some: most is. It begins after a blank and no letter follows it.
_SOUND = late(r"(?:(?<=\s)|\A)(\*{1,3})[^\s*](?:[^*]*[^\s*])?\1(?![\w*])")

_UNSEEN = late(r"&#(?:x200[bcd]|820[345]);|[\s>\u200b-\u200d\ufeff]", re.IGNORECASE)

_SHOWN = 60

_UNRENDERED = frozenset((SegmentKind.TITLE, SegmentKind.DESCRIPTION, SegmentKind.ALT_TEXT))


def _observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    if pair.source is None or b"*" not in pair.document.data:
        return
    for source, target, likeness in pair.segments:
        if target is None or "*" not in target.text or source is None or likeness < SURE:
            continue
        if target.kind in _UNRENDERED or target.text == source.text:
            continue
        if "*" not in _SOUND.sub("", target.text):
            continue
        shown = strays(pair.document, target)
        if shown and len(shown) > len(strays(pair.source.document, source)):
            # Where the marks meant each other, what they hold between them is the place.
            place = Span(shown[0].start, shown[1 if len(shown) > 1 else 0].end)
            said = pair.document.data[place.start : place.end].decode("utf-8", "replace")
            marks = pair.document.data[slice(*shown[0])].decode()
            yield Observation(
                f"This `*` begins no item of a list, it is shown to the reader: `{said[:_SHOWN]}`"
                if said.startswith("* ") and _opens_line(pair.document, target, place.start)
                else f"These marks of emphasis are shown to the reader: `{said[:_SHOWN]}`",
                place,
                marks,
                source_span=source.span,
                # One alone may be meant as a star, that of a footnote for one.
                severity=Severity.WARNING if len(shown) == 1 and marks == "*" else None,
                evidence={"shown": len(shown)},
            )


def _opens_line(document: Document, target: Segment, at: int) -> bool:
    """Whether nothing that is seen stands before a place on its line."""
    line = document.data[target.start : at].decode("utf-8", "replace").rpartition("\n")[2]
    return not _UNSEEN.sub("", line)


CHECK = Check(
    id="emphasis-broken",
    family=Family.TYPOGRAPHY,
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    summary="Marks of emphasis are shown to the reader",
    observe=_observe,
    needs=frozenset((Need.SOURCE,)),
    yields_to=frozenset(("token-glued",)),
)
