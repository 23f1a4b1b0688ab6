"""`translation-inconsistent`: one segment of the source is rendered in several ways on a site."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.terms.consistency import other_renderings
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """The same text is translated otherwise elsewhere on the site."""
    for other in other_renderings(pair, context):
        if other.leads_there:
            continue
        place = other.rendering.places[0] if other.rendering.places else None
        where = f" at {place}" if place else ""
        yield Observation(
            f"The same text is translated as `{other.form}`{where}",
            other.target.span,
            source_span=other.source.span,
            evidence={"elsewhere": other.form, "times": other.rendering.times, "place": place},
        )
