"""`emphasis-broken`: asterisks that were meant as emphasis and are shown to the reader."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Check, Context, Need
from bilint.checks.typography.emphasis import Stray, strays
from bilint.checks.typography.sheet import SURE
from bilint.model.alignment import AlignedPair
from bilint.model.document import SegmentKind
from bilint.model.finding import Confidence, Family, Observation, Severity
from bilint.model.pattern import late

# Emphasis that surely is some: most is. It begins after a blank and no letter follows it.
_SOUND = late(r"(?:(?<=\s)|\A)(\*{1,3})[^\s*](?:[^*]*[^\s*])?\1(?![\w*])")

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
            first = shown[0]
            text = pair.document.data[first.span.start : first.span.end].decode()
            yield Observation(
                _message(text, first),
                first.span,
                text,
                source_span=source.span,
                evidence={"shown": len(shown)},
            )


def _message(text: str, stray: Stray) -> str:
    return f"These asterisks are shown to the reader: `{stray.before.strip()}{text}{stray.after.strip()}`"


CHECK = Check(
    id="emphasis-broken",
    family=Family.TYPOGRAPHY,
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    summary="Marks of emphasis are shown to the reader",
    observe=_observe,
    needs=frozenset((Need.SOURCE,)),
)
