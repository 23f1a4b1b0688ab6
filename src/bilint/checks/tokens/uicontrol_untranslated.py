"""`uicontrol-untranslated`: a label stands in English although the product translates it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bilint.checks.base import Context, Doubt
from bilint.checks.tokens.syntax import is_placed, placed_tokens, tokens_of, visible
from bilint.model.alignment import AlignedPair
from bilint.model.document import Token, TokenKind
from bilint.model.evidence import Evidence, Renderings
from bilint.model.finding import Confidence, Observation, Severity, Suggestion
from bilint.model.label import Label
from bilint.model.text import Span

_STEP = " > "
_OFTEN = 4
"""Places in which other pages must have translated a label in one way."""

_NEARLY_ALL = 0.8
"""The part of all places in which they did."""

_VERBATIM = "!"
"""What the shape of a segment ends with that is not to be translated."""


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each label that equals its source and that is translated elsewhere.

    What the catalogue says goes before what the pages do.
    """
    learnt = context.evidence.labels if context.evidence is not None else None
    if not (context.labels or learnt):
        return
    for label, token, meant in _left(pair):
        found = _by_catalogue(label, token, context.labels or {})
        if found is None and label not in (context.labels or {}):
            found = _by_pages(label, token, learnt or {})
        if found is not None:
            yield found._replace(source_span=Span(meant.start, meant.end))


def doubt(pair: AlignedPair, context: Context) -> Doubt:
    """Whether the pages of a locale translate a label that this one leaves in English."""
    left = {label: token for label, token, _ in _left(pair) if label not in (context.labels or {})}

    def differs(evidence: Evidence) -> bool:
        learnt = evidence.labels or {}
        return any(_by_pages(label, token, learnt) for label, token in left.items())

    return differs


def _left(pair: AlignedPair) -> Iterator[tuple[str, Token, Token]]:
    """The labels of the target that equal one of their source, with their tokens on both sides."""
    placed = placed_tokens(pair.document, TokenKind.UICONTROL)
    if not placed or pair.source is None:
        return
    there = placed_tokens(pair.source.document, TokenKind.UICONTROL)
    ours = {visible(token.value) for _, token in there}
    labelled = {
        segment.start
        for segment, token in placed
        if segment is not None and visible(token.value) in ours
    }
    for source, target, _likeness in pair.segments:
        if source is None or target is None or target[2] not in labelled:
            continue
        if source.shape.endswith(_VERBATIM):
            continue
        labels = {visible(token.value): token for token in tokens_of(source, TokenKind.UICONTROL)}
        if not labels:
            continue
        for token in tokens_of(target, TokenKind.UICONTROL):
            label = visible(token.value)
            meant = labels.get(label)
            if meant is not None:
                yield label, token, meant


def _by_catalogue(label: str, token: Token, labels: Mapping[str, Label]) -> Observation | None:
    known = _known(label, labels)
    if known is None:
        return None
    return Observation(
        f"The product calls `{label}` `{known.translation}`",
        Span(token.start, token.end),
        label,
        evidence={"catalogue": known.catalogue, "translation": known.translation},
        suggestion=None
        if known.alternatives or not is_placed(token)
        else Suggestion(f"[!UICONTROL {known.translation}]"),
    )


def _by_pages(label: str, token: Token, learnt: Mapping[str, Renderings]) -> Observation | None:
    """What the other pages say, where nearly all of them translate the label, and alike."""
    renderings = learnt.get(label)
    if not renderings:
        return None
    kept = renderings[label].times if label in renderings else 0
    best = max(renderings, key=lambda one: (one != label, renderings[one].times, one))
    times = renderings[best].times
    if best == label or times < _OFTEN or times < _NEARLY_ALL * (times + kept):
        return None
    return Observation(
        f"`{label}` is `{best}` in {times} other places",
        Span(token.start, token.end),
        label,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        evidence={"translation": best, "times": times, "kept": kept},
        suggestion=Suggestion(f"[!UICONTROL {best}]") if is_placed(token) else None,
    )


def _known(label: str, labels: Mapping[str, Label]) -> Label | None:
    """What the catalogue says of a label, or of the steps of a path; None unless it differs."""
    known = of_catalogue(label, labels)
    return known if known is not None and _differs(known) else None


def of_catalogue(label: str, labels: Mapping[str, Label]) -> Label | None:
    """What the catalogue says of a label, or of a path of which it knows all steps."""
    whole = labels.get(label)
    if whole is not None or _STEP not in label:
        return whole
    steps = [labels.get(step.strip()) for step in label.split(">")]
    known = [step for step in steps if step is not None]
    if len(known) < len(steps):
        return None
    return Label(
        label,
        _STEP.join(step.translation for step in known),
        known[0].catalogue,
        tuple(other for step in known for other in step.alternatives),
    )


def _differs(label: Label) -> bool:
    return label.source not in (label.translation, *label.alternatives)
