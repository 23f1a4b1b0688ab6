"""`merge-conflict`: the lines that git leaves where two versions contradict each other."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.structure.markers import conflicts, outside_code
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document
from bilint.model.finding import Observation
from bilint.model.profile import Profile
from bilint.model.text import Span

_MESSAGE = "A merge conflict was left here: both versions, and git's lines around them"


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """A merge conflict was left in the page."""
    document = pair.document
    spans = conflicts(document)
    if not spans:
        return
    inherited = set()
    if pair.source is not None:
        source = pair.source.document
        inherited = {_text(source, span) for span in conflicts(source)}
    if pair.source is None:
        # A page about git shows conflicts in code.
        spans = outside_code(document, spans)
    for span in spans:
        if _text(document, span) not in inherited:
            yield _observation(document, span)


def observe_source(document: Document, _profile: Profile) -> Iterator[Observation]:
    """The same of a source page."""
    for span in outside_code(document, conflicts(document)):
        yield _observation(document, span)


def _text(document: Document, span: Span) -> bytes:
    return document.data[span.start : span.end].splitlines()[0]


def _observation(document: Document, span: Span) -> Observation:
    return Observation(_MESSAGE, span, _text(document, span).decode("utf-8", "replace")[:60])
