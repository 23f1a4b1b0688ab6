"""`dnl-altered`: a name that must not be translated is not the one of the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.tokens.damage import damaged_tokens
from bilint.checks.tokens.syntax import (
    find_words,
    is_placed,
    placed_tokens,
    plain,
    tokens_of,
    visible,
)
from bilint.model.alignment import AlignedPair, SegmentPair
from bilint.model.document import Document, Segment, Token, TokenKind
from bilint.model.finding import Confidence, Observation, Severity, Suggestion
from bilint.model.record import NamedTuple
from bilint.model.text import Span

_ALIKE = 0.7
"""Likeness from which the name of the source can be put in place of the one found."""


_NEAR = 200
"""Bytes behind a damaged token in which its name may stand."""

_MOST = 50
"""Names of a segment that are told at most."""

_COMPARED = 40
"""Names of a segment that are compared with each other."""

_NESTED = "[!"


class _Page(NamedTuple):
    """What the page as a whole still misses, and has too much of. Both are used up."""

    lost: Counter[str]
    added: Counter[str]
    insides: frozenset[str]
    damaged: list[Span]


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each name that the page as a whole lost or added."""
    if pair.source is None:
        return
    before = [token.value for _, token in placed_tokens(pair.source.document, TokenKind.DNL)]
    after = [token.value for _, token in placed_tokens(pair.document, TokenKind.DNL)]
    if before == after or sorted(before) == sorted(after):
        return
    base, target = _plain(before), _plain(after)
    if base == target:
        return
    page = _Page(
        base - target,
        target - base,
        frozenset(base).union(_by_now(pair)),
        [one.span for one in damaged_tokens(pair.document, context.profile, TokenKind.DNL)],
    )
    after_this = Span(0, 0)
    for segments in pair.segments:
        yield from _compare(segments, pair, page, after_this)
        if segments.target is not None:
            after_this = Span(segments.target.end, segments.target.end)


def _by_now(pair: AlignedPair) -> Iterator[str]:
    """The names of the source now: what is new in it may be translated already, names and all."""
    if pair.now is not None and pair.now.source is not None:
        for _, token in placed_tokens(pair.now.source.document, TokenKind.DNL):
            yield plain(token.value)


def _plain(values: list[str]) -> Counter[str]:
    return Counter(plain(value) for value in values if _NESTED not in value)


def _names(segment: Segment | None) -> dict[str, Token]:
    """The names of a segment; of a token within another one, the inner."""
    tokens = tokens_of(segment, TokenKind.DNL)
    return {plain(token.value): token for token in tokens if _NESTED not in token.value}


def _compare(
    segments: SegmentPair, pair: AlignedPair, page: _Page, before: Span
) -> Iterator[Observation]:
    source = _names(segments.source)
    target = _names(segments.target)
    lost = [inside for inside in source if inside not in target and page.lost[inside] > 0]
    added = [
        inside
        for inside in target
        if inside not in source and inside not in page.insides and page.added[inside] > 0
    ]
    lost, added = lost[:_MOST], added[:_MOST]
    if segments.target is not None:
        _excuse_damaged(lost, page.damaged, segments.target, pair.document)
    for inside in lost:
        page.lost[inside] -= 1
    for inside in added:
        page.added[inside] -= 1
    for wanted, found, likeness in _paired(lost, added):
        yield _altered(source[wanted], target[found], likeness)
        lost.remove(wanted)
        added.remove(found)
    for inside in lost:
        yield _dropped(source[inside], segments, pair, before)
    said = plain(segments.source.text) if added and segments.source is not None else ""
    for inside in added:
        if inside not in said:
            yield Observation(
                f"The source has no `{inside}` that must not be translated",
                Span(target[inside].start, target[inside].end),
                inside,
                source_span=None if segments.source is None else segments.source.span,
                confidence=Confidence.MEDIUM,
            )


def _excuse_damaged(
    lost: list[str], damaged: list[Span], segment: Segment, document: Document
) -> None:
    """Takes off the names that were lost to broken syntax, which `token-broken` tells."""
    for span in [one for one in damaged if segment.start <= one.start < segment.end]:
        if not lost:
            return
        near = plain(document.data[span.start : span.end + _NEAR].decode("utf-8", "ignore"))
        lost.remove(next((name for name in lost if name in near), lost[-1]))
        damaged.remove(span)


def _paired(lost: list[str], added: list[str]) -> list[tuple[str, str, float]]:
    """What was probably made of what, the likest first."""
    if not lost or not added:
        return []
    from bilint.engines.likeness import ratio

    ranked = sorted(
        ((ratio(a, b), a, b) for a in lost[:_COMPARED] for b in added[:_COMPARED]),
        key=lambda one: (-one[0], one[1:]),
    )
    pairs: list[tuple[str, str, float]] = []
    for likeness, wanted, found in ranked:
        if all(wanted != pair[0] and found != pair[1] for pair in pairs):
            pairs.append((wanted, found, likeness))
    return pairs


def _altered(wanted: Token, found: Token, likeness: float) -> Observation:
    span, source_span = Span(found.start, found.end), Span(wanted.start, wanted.end)
    inside, meant = plain(found.value), plain(wanted.value)
    suggestion = Suggestion(wanted.text, safe=likeness >= _ALIKE) if is_placed(found) else None
    if visible(found.value) == visible(wanted.value):
        return Observation(
            f"Invisible characters were put into `{meant}`, which must stay as it is",
            span,
            inside,
            source_span,
            severity=Severity.WARNING,
            suggestion=suggestion,
        )
    if likeness < _ALIKE:
        return Observation(
            f"`{meant}` of the source must not be translated; here stands `{inside}`",
            span,
            inside,
            source_span,
            confidence=Confidence.MEDIUM,
            suggestion=suggestion,
        )
    return Observation(
        f"`{meant}` must not be translated; here it is `{inside}`",
        span,
        inside,
        source_span,
        suggestion=suggestion,
    )


def _dropped(token: Token, segments: SegmentPair, pair: AlignedPair, before: Span) -> Observation:
    inside, source_span = plain(token.value), Span(token.start, token.end)
    if segments.target is None:
        return Observation(
            f"`[!DNL {inside}]` is missing: the text it stands in has no translation",
            before,
            inside,
            source_span,
            confidence=Confidence.MEDIUM,
        )
    words = find_words(pair.document, segments.target, inside, TokenKind.DNL)
    if words is not None:
        return Observation(
            f"`{inside}` is no longer marked as a name that must not be translated",
            words,
            inside,
            source_span,
            severity=Severity.WARNING,
            suggestion=Suggestion(token.text, safe=True),
        )
    return Observation(f"`[!DNL {inside}]` is missing", segments.target.span, inside, source_span)
