"""`term-demanded`: a term is not rendered as the term base demands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bilint.checks.base import Context
from bilint.checks.changed import SURE
from bilint.checks.language.prose import kept_stretches, read
from bilint.checks.terms.renderings import Use, any_used, has, left_standing, uses
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.english import VERB, may_be_verb, placed_words
from bilint.model.finding import Confidence, Observation, Severity
from bilint.model.record import NamedTuple
from bilint.model.segment_text import plain
from bilint.model.term import Term

_ANAPHORIC = frozenset("other another others such same both either neither each".split())  # noqa: SIM905
"""Words with which a language may say a noun again by a mere pronoun."""


class _Missing(NamedTuple):
    """A term of a pair of segments that has none of its renderings there."""

    use: Use
    number: int
    source: Segment
    target: Segment


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each segment and term that has none of its renderings there."""
    terms = {key: one for key, one in (context.terms or {}).items() if one.renderings}
    if pair.source is None or not terms:
        return
    missing: list[_Missing] = []
    nouns: set[str] = set()
    for number, (source, target, likeness) in enumerate(pair.segments):
        if source is None or target is None or likeness < SURE:
            continue
        if not any_used(source.text, terms):
            continue
        found = list(_missing(number, source, target, terms, nouns))
        if target.text != source.text or _alone(found, source):
            missing += found
    for one in missing:
        told = _judged(one, pair, nouns)
        if told is not None:
            yield told


def _missing(
    number: int, source: Segment, target: Segment, terms: Mapping[str, Term], nouns: set[str]
) -> Iterator[_Missing]:
    """What is missing in a segment; the terms that are nouns in it are added to `nouns`."""
    theirs = plain(target)
    text = read(source).text
    told = set()
    kept = None
    for use in uses(source, terms):
        name = use.term.source
        if not may_be_verb(text, use.start, use.end):
            nouns.add(name)
        if name in told or any(has(theirs, one, name) for one in use.term.renderings):
            continue
        kept = kept_stretches(source, target) if kept is None else kept
        if any(stretch.start <= use.start and use.end <= stretch.end for stretch in kept):
            continue
        told.add(name)
        yield _Missing(use, number, source, target)


def _alone(found: list[_Missing], source: Segment) -> bool:
    """Whether a segment is nothing but a term: of more words other checks tell."""
    return len(found) == 1 and found[0].use.end - found[0].use.start == len(source.text.strip())


def _judged(one: _Missing, pair: AlignedPair, nouns: set[str]) -> Observation | None:
    term, source, target = one.use.term, one.source, one.target
    ours, reading = read(source), read(target)
    demanded = " or ".join(f"`{rendering}`" for rendering in term.renderings)
    left = left_standing(reading.text, term.source)
    doubtful = target.text == source.text
    if left is None:
        verb = may_be_verb(ours.text, one.use.start, one.use.end)
        if verb and term.source in nouns and _is_verb(ours.text, one.use.start):
            return None
        message = f"The term base demands {demanded} for `{term.source}`"
        doubtful = verb or _said_again(one, ours.text, pair)
    elif term.source in term.renderings:
        message = f"`{left[0]}` stays as `{term.source}`"
    else:
        message = f"`{left[0]}` stands in English; the term base demands {demanded}"
    return Observation(
        message,
        target.span if left is None else reading.span(left.start(), left.end()),
        term.source,
        ours.span(one.use.start, one.use.end),
        severity=Severity.INFO if doubtful else None,
        confidence=Confidence.LOW if doubtful else None,
        evidence={"catalogue": term.catalogue, "demanded": " | ".join(term.renderings)},
    )


def _is_verb(text: str, start: int) -> bool:
    return any(word.start == start and word.lemma.endswith(VERB) for word in placed_words(text))


def _said_again(one: _Missing, text: str, pair: AlignedPair) -> bool:
    """Whether a pronoun may stand for a term that the text right before has: `no other one`."""
    before = text[: one.use.start].lower().split()
    if not before or before[-1] not in _ANAPHORIC:
        return False
    beside = pair.segments[max(0, one.number - 1) : one.number + 2]
    texts = [plain(target) for _source, target, _likeness in beside if target is not None]
    return any(
        has(said, rendering, one.use.term.source)
        for said in texts
        for rendering in one.use.term.renderings
    )
