"""`link-text-unlike-heading`: a link is named otherwise than what it leads to."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.terms.consistency import other_renderings
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation, Severity
from bilint.model.wording import differing, folded, unlike

FEW = 7
"""Words of a link of which any other one makes another name."""

MUCH = 0.25
"""Share of the words that differ, above which a longer one is another name."""


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """A link is named otherwise than the page or heading that it leads to."""
    for other in other_renderings(pair, context):
        if not other.leads_there:
            continue
        place = other.rendering.places[0]
        yield Observation(
            f"The link says `{other.said}`, but what it leads to is called `{other.form}`",
            other.target.span,
            source_span=other.source.span,
            severity=Severity.WARNING if _otherwise(other.said, other.form) else Severity.INFO,
            evidence={"heading": other.form, "place": place},
        )


def _otherwise(said: str, heading: str) -> bool:
    """Whether it is another name, and not the same one with a word of many exchanged."""
    if not unlike(said, heading):
        return False
    ours, theirs = folded(said), folded(heading)
    return len(ours.split()) <= FEW or differing(ours, theirs) > MUCH
