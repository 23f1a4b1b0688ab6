"""`term-demanded`: a term is not rendered as the term base demands."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.language.prose import read
from bilint.checks.terms.renderings import any_used, find, has, uses
from bilint.checks.terms.scan import SURE_LIKENESS
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation
from bilint.model.segment_text import plain
from bilint.model.term import Term
from bilint.model.text import Span


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each segment and term that has none of its renderings there."""
    terms = {key: one for key, one in (context.terms or {}).items() if one.renderings}
    if pair.source is None or not terms:
        return
    for source, target, likeness in pair.segments:
        if source is None or target is None or likeness < SURE_LIKENESS:
            continue
        if target.text == source.text or not any_used(source.text, terms):
            continue
        theirs = plain(target)
        told = set()
        for use in uses(source, terms):
            term = use.term
            if term.source in told or any(has(theirs, one, term.source) for one in term.renderings):
                continue
            told.add(term.source)
            yield _observation(term, target, read(source).span(use.start, use.end))


def _observation(term: Term, target: Segment, source_span: Span) -> Observation:
    demanded = " or ".join(f"`{one}`" for one in term.renderings)
    reading = read(target)
    left = find(reading.text, term.source)
    if left is None:
        message = f"The term base demands {demanded} for `{term.source}`"
    elif term.source in term.renderings:
        message = f"`{left[0]}` stays as `{term.source}`"
    else:
        message = f"`{left[0]}` stands in English; the term base demands {demanded}"
    return Observation(
        message,
        target.span if left is None else reading.span(left.start(), left.end()),
        term.source,
        source_span,
        evidence={"catalogue": term.catalogue, "demanded": " | ".join(term.renderings)},
    )
