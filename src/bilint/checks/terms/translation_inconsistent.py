"""`translation-inconsistent`: one segment of the source is rendered in several ways on a site."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Check, Context, Need
from bilint.checks.terms.consistency import other_renderings
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Family, Observation, Severity


def _observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
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


CHECK = Check(
    id="translation-inconsistent",
    family=Family.TERMS,
    severity=Severity.INFO,
    confidence=Confidence.MEDIUM,
    summary="The same text is translated otherwise elsewhere on the site",
    observe=_observe,
    needs=frozenset((Need.SOURCE, Need.REPEATS)),
    yields_to=frozenset(
        ("source-language-sentence", "title-unlike-heading", "untranslated-segment")
    ),
)
