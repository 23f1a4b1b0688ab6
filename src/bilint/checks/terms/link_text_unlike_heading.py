"""`link-text-unlike-heading`: a link is named otherwise than what it leads to."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.terms.consistency import other_renderings
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation, Severity
from bilint.model.wording import unlike


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
            severity=Severity.WARNING if unlike(other.said, other.form) else Severity.INFO,
            evidence={"heading": other.form, "place": place},
        )
