"""`uicontrol-dropped`: a label of the user interface in the source is not marked in the target."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.tokens.damage import damaged_tokens
from bilint.checks.tokens.syntax import (
    find_words,
    placed_tokens,
    plain,
    tokens_of,
    unwrapped,
    visible,
)
from bilint.model.alignment import AlignedPair, SegmentPair
from bilint.model.document import Segment, Token, TokenKind
from bilint.model.finding import Confidence, Observation, Severity, Suggestion
from bilint.model.pattern import late
from bilint.model.text import Span

_SHORT = 0.6
"""Share of the source's length below which a translation lacks a part of it."""

_MOST = 50
"""Labels of a segment that are told at most."""

_COMPARED = 40
"""Labels of a segment that are compared with each other."""

_DESTINATION = late(r"\]\([^()\s]*\)")


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each label that its segment, and the page as a whole, lost."""
    if pair.source is None:
        return
    kind = TokenKind.UICONTROL
    labels = placed_tokens(pair.source.document, kind)
    missing = len(labels) - len(placed_tokens(pair.document, kind))
    if missing <= 0:
        return
    damaged = [one.span.start for one in damaged_tokens(pair.document, context.profile, kind)]
    missing -= len(damaged)
    before = Span(0, 0)
    for segments in pair.segments:
        if missing <= 0:
            return
        lost, sure = _lost(segments, damaged)
        lost = lost[:missing]
        sure = sure and bool(lost) and _cut(segments)
        for token in lost:
            if segments.target is None:
                yield _untranslated(token, before)
            else:
                yield _observation(token, segments.target, pair, context, sure)
        missing -= len(lost)
        if segments.target is not None:
            before = Span(segments.target.end, segments.target.end)


def _lost(segments: SegmentPair, damaged: list[int]) -> tuple[list[Token], bool]:
    """Labels without a counterpart, and whether it is certain that it is these.

    A label that the source repeats may be said once.
    """
    labels = {
        plain(token.value): token for token in tokens_of(segments.source, TokenKind.UICONTROL)
    }
    found = [plain(token.value) for token in tokens_of(segments.target, TokenKind.UICONTROL)]
    kept = frozenset(found)
    target = segments.target
    broken = 0
    if target is not None:
        broken = sum(target.start <= start < target.end for start in damaged)
    count = len(labels) - len(found) - broken
    if count <= 0:
        return [], True
    rest = [label for label in labels if label not in kept]
    others = [label for label in found if label not in labels]
    translated = _translated(rest, others)
    rest = [label for label in rest if label not in translated]
    sure = not others and not broken and len(rest) == count
    return [labels[label] for label in rest[: min(count, _MOST)]], sure


def _translated(labels: list[str], found: list[str]) -> set[str]:
    """Which labels the ones found most probably translate, by likeness."""
    if not labels or not found:
        return set()
    from bilint.engines.likeness import ratio

    pairs = sorted(
        (-ratio(a, b), i, a, j)
        for i, a in enumerate(labels[:_COMPARED])
        for j, b in enumerate(found[:_COMPARED])
    )
    taken: set[str] = set()
    used = set()
    for _, _, label, index in pairs:
        if label not in taken and index not in used:
            taken.add(label)
            used.add(index)
    return taken


def _cut(segments: SegmentPair) -> bool:
    """Whether the target is so much shorter than its source that something must be missing."""
    source, target = segments.source, segments.target
    if source is None or target is None or _is_dense(target.text):
        return False
    return len(_prose(target)) < _SHORT * len(_prose(source))


def _prose(segment: Segment) -> str:
    return _DESTINATION.sub("]", unwrapped(segment.text))


def _is_dense(text: str) -> bool:
    """Whether a text is written in a script that needs fewer characters than English."""
    return any(char > "\u2e7f" for char in text)


def _untranslated(token: Token, before: Span) -> Observation:
    label = unwrapped(visible(token.value))
    return Observation(
        f"The label `{label}` is missing: the text it stands in has no translation",
        before,
        label,
        Span(token.start, token.end),
        confidence=Confidence.MEDIUM,
    )


def _observation(
    token: Token, target: Segment, pair: AlignedPair, context: Context, sure: bool
) -> Observation:
    label, source_span = unwrapped(visible(token.value)), Span(token.start, token.end)
    known = context.labels.get(label) if context.labels else None
    for words in (label, known.translation if known else ""):
        span = find_words(pair.document, target, words, TokenKind.UICONTROL)
        if span is not None:
            return Observation(
                f"`{words}` is no longer marked as a label of the user interface",
                span,
                label,
                source_span,
                severity=Severity.WARNING,
                confidence=Confidence.MEDIUM,
                suggestion=None if "[!" in token.value else Suggestion(f"[!UICONTROL {words}]"),
            )
    if sure:
        message = f"The label `{label}` of the user interface is missing"
    else:
        message = f"The label `{label}` of the user interface is missing, or no longer marked"
    return Observation(
        message,
        target.span,
        label,
        source_span,
        confidence=Confidence.HIGH if sure else Confidence.MEDIUM,
    )
