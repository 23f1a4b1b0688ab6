"""`merge-conflict`: the lines that git leaves where two versions contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Check, Context, SourceCheck
from bilint.checks.structure.markers import conflicts, in_code
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document
from bilint.model.finding import Confidence, Family, Observation, Severity
from bilint.model.profile import Profile
from bilint.model.text import Span

_MESSAGE = "A merge conflict was left here: both versions, and git's lines around them"


def _observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    document = pair.document
    if not _may_hold(document.data):
        return
    inherited = set()
    if pair.source is not None:
        source = pair.source.document
        inherited = {_text(source, span) for span in conflicts(source)}
    for span in conflicts(document):
        if _text(document, span) in inherited:
            continue
        # A page about git shows conflicts in code; its source then shows them too.
        if pair.source is None and in_code(document, span):
            continue
        yield _observation(document, span)


def _observe_source(document: Document, _profile: Profile) -> Iterator[Observation]:
    if _may_hold(document.data):
        for span in conflicts(document):
            if not in_code(document, span):
                yield _observation(document, span)


def _may_hold(data: bytes) -> bool:
    return b"<<<<<<<" in data or b"\n>>>>>>>" in data


def _text(document: Document, span: Span) -> bytes:
    return document.data[span.start : span.end].splitlines()[0]


def _observation(document: Document, span: Span) -> Observation:
    return Observation(_MESSAGE, span, _text(document, span).decode("utf-8", "replace")[:60])


CHECK = Check(
    id="merge-conflict",
    family=Family.STRUCTURE,
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    summary="A merge conflict was left in the page.",
    observe=_observe,
)

SOURCE_CHECK = SourceCheck("merge-conflict", _observe_source)
