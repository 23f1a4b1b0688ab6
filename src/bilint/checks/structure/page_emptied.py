"""`page-emptied`: a page with nothing, or next to nothing, below its front matter."""

from __future__ import annotations

from collections.abc import Iterable

from bilint.checks.base import Context
from bilint.checks.structure.diagnosis import told
from bilint.model.alignment import AlignedPair, Basis
from bilint.model.finding import Confidence, Observation
from bilint.model.text import Span


def observe(pair: AlignedPair, _context: Context) -> Iterable[Observation]:
    """Nothing, or next to nothing, is left of the page."""
    document = pair.document
    if pair.basis is Basis.BASE:
        return told(pair, "page-emptied")
    from bilint.checks.structure.whole import blank

    if not blank(document) or not document.front_matter.entries or document.problems:
        return ()
    if pair.source is not None and blank(pair.source.document):
        return ()
    message = "There is nothing below the front matter of this page"
    return (Observation(message, Span(0, 0), "page", confidence=Confidence.MEDIUM),)
