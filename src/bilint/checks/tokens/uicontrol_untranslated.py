"""`uicontrol-untranslated`: a label stands in English although it is translated elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bilint.checks.base import Check, Context, Need
from bilint.checks.tokens.syntax import is_placed, tokens_of, visible
from bilint.model.alignment import AlignedPair
from bilint.model.document import Token, TokenKind
from bilint.model.evidence import Renderings
from bilint.model.finding import Confidence, Family, Observation, Severity, Suggestion
from bilint.model.label import Label
from bilint.model.text import Span

_HABIT = 3
"""How often a translation of a label must be seen to be one."""

_MANY_TIMES = 4
"""How many translated labels it takes for one in English to be a slip."""

_STEP = " > "
_VERBATIM = "!"
"""What the shape of a segment ends with that is not to be translated."""


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each label that equals its source and that has a translation.

    That of the product's catalogue counts, and where it says nothing the habit of the locale.
    """
    catalogue = context.labels or {}
    learnt = (context.evidence and context.evidence.labels) or {}
    if not catalogue and not learnt:
        return
    for source, target, _likeness in pair.segments:
        if source is None or target is None or source.shape.endswith(_VERBATIM):
            continue
        labels = {visible(token.value): token for token in tokens_of(source, TokenKind.UICONTROL)}
        if not labels:
            continue
        for token in tokens_of(target, TokenKind.UICONTROL):
            label = visible(token.value)
            meant = labels.get(label)
            if meant is None:
                continue
            known = _known(label, catalogue)
            if known is None:
                if label in learnt and label not in catalogue:
                    yield from _unusual(label, token, meant, learnt[label])
                continue
            yield Observation(
                f"The product calls `{label}` `{known.translation}`",
                Span(token.start, token.end),
                label,
                Span(meant.start, meant.end),
                evidence={"catalogue": known.catalogue, "translation": known.translation},
                suggestion=None
                if known.alternatives or not is_placed(token)
                else Suggestion(f"[!UICONTROL {known.translation}]"),
            )


def _unusual(
    label: str, token: Token, meant: Token, renderings: Renderings
) -> Iterator[Observation]:
    """A label in English that nearly all other places translate."""
    kept = renderings[label].times if label in renderings else 0
    others = sum(one.times for one in renderings.values()) - kept
    usual = max(
        (one for one in renderings if one != label),
        key=lambda one: (renderings[one].times, one),
        default="",
    )
    if not usual or renderings[usual].times < _HABIT or others < _MANY_TIMES * kept:
        return
    yield Observation(
        f"Elsewhere `{label}` is translated, mostly as `{usual}`",
        Span(token.start, token.end),
        label,
        Span(meant.start, meant.end),
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        evidence={"usual": usual, "translated": others, "kept": kept},
        suggestion=Suggestion(f"[!UICONTROL {usual}]") if is_placed(token) else None,
    )


def _known(label: str, labels: Mapping[str, Label]) -> Label | None:
    """What the catalogue says of a label, or of the steps of a path; None unless it differs."""
    whole = labels.get(label)
    if whole is not None:
        return whole if _differs(whole) else None
    if _STEP not in label:
        return None
    steps = [labels.get(step.strip()) for step in label.split(">")]
    known = [step for step in steps if step is not None]
    if len(known) < len(steps) or not any(_differs(step) for step in known):
        return None
    return Label(
        label,
        _STEP.join(step.translation for step in known),
        known[0].catalogue,
        tuple(other for step in known for other in step.alternatives),
    )


def _differs(label: Label) -> bool:
    return label.source not in (label.translation, *label.alternatives)


CHECK = Check(
    id="uicontrol-untranslated",
    family=Family.TOKENS,
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    summary="A label of the user interface is in English though it is translated elsewhere",
    observe=observe,
    needs=frozenset((Need.SOURCE,)),
    uses=frozenset((Need.CATALOGUE, Need.LABELS)),
)
