"""`link-text-lost`: a link has no words left that a reader could see or choose."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Check, Context
from bilint.checks.links.parts import IMAGE, is_empty, label_of, words
from bilint.checks.links.twins import Twin, compared
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Family, Observation, Severity
from bilint.model.text import Span

_GONE = "This link has lost its words, and nobody can see it"


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each link without words whose source has some."""
    if b"](" not in pair.document.data and b"][" not in pair.document.data:
        return
    emptied = [
        (twin, label)
        for twin in compared(pair, context).twins
        if twin.target.kind is not IMAGE
        and (label := label_of(twin.target)) is not None
        and is_empty(label)
    ]
    for twin, label in emptied:
        observation = _judge(twin, label, pair)
        if observation is not None:
            yield observation


def _judge(twin: Twin, label: str, pair: AlignedPair) -> Observation | None:
    token, source = twin.target, twin.source
    span = Span(token.start, token.end)
    shown = words(label)
    says = f"This link has lost its words, only `{shown}` is left" if shown else _GONE
    if source is not None:
        said = label_of(source)
        if said is None or is_empty(said):
            return None
        return Observation(
            f"{says}; in the source it is `{words(said)}`",
            span,
            token.value,
            Span(source.start, source.end),
        )
    if pair.source is not None and token.text in pair.source.document.data.decode(
        "utf-8", "replace"
    ):
        return None
    if token.value.startswith("#") and not shown:
        return None
    return Observation(says, span, token.value, confidence=Confidence.MEDIUM)


CHECK = Check(
    id="link-text-lost",
    family=Family.LINKS,
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    summary="A link has no words left",
    observe=observe,
)
