"""`label-unlike-catalogue`: a label is translated, but not as the product itself does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bilint.checks.base import Context
from bilint.checks.changed import SURE
from bilint.checks.tokens.syntax import is_placed, tokens_of, visible
from bilint.checks.tokens.uicontrol_untranslated import of_catalogue
from bilint.model.alignment import AlignedPair
from bilint.model.document import Token, TokenKind
from bilint.model.finding import Observation, Suggestion
from bilint.model.label import Label
from bilint.model.text import Span


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each label whose translation the catalogue does not have."""
    labels = context.labels
    if b"[!UICONTROL" not in pair.document.data or not labels:
        return
    for source, target, likeness in pair.segments:
        if source is None or target is None or likeness < SURE:
            continue
        ours = tokens_of(source, TokenKind.UICONTROL)
        theirs = tokens_of(target, TokenKind.UICONTROL) if ours else []
        if len(ours) == len(theirs):
            yield from _unlike(ours, theirs, labels)


def _unlike(
    ours: list[Token], theirs: list[Token], labels: Mapping[str, Label]
) -> Iterator[Observation]:
    """What is left once every label that is in the catalogue, or kept, has found its own."""
    left = list(theirs)
    waiting: list[tuple[Token, Label]] = []
    strangers = 0
    for token in ours:
        label = visible(token.value)
        known = of_catalogue(label, labels)
        said = {_folded(label)}
        if known is not None:
            said |= {_folded(one) for one in (known.translation, *known.alternatives)}
        mine = next((one for one in left if _folded(visible(one.value)) in said), None)
        if mine is not None:
            left.remove(mine)
        elif known is not None:
            waiting.append((token, known))
        else:
            strangers += 1
    # Order may differ: with one label left on either side there is no doubt.
    if len(waiting) != 1 or len(left) != 1 or strangers:
        return
    meant, known = waiting[0]
    token = left[0]
    label, said_here = visible(meant.value), visible(token.value)
    yield Observation(
        f"The product calls `{label}` `{known.translation}`, not `{said_here}`",
        Span(token.start, token.end),
        label,
        Span(meant.start, meant.end),
        evidence={"catalogue": known.catalogue, "translation": known.translation},
        suggestion=None
        if known.alternatives or not is_placed(token)
        else Suggestion(f"[!UICONTROL {known.translation}]"),
    )


def _folded(label: str) -> str:
    """A label without what the eye passes over: case, an ellipsis, a colon."""
    return label.casefold().rstrip(" .…:")
