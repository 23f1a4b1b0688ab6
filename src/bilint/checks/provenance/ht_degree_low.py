"""`ht-degree-low`: pages of which people have translated little, measured within their locale."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping

from bilint.checks.base import Context
from bilint.learning.machine_words import machine_words
from bilint.model.alignment import AlignedPair
from bilint.model.finding import EvidenceValue, Observation, Severity

TENTH = 10
"""One page in so many is reported, those with most words that no person translated."""


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """People have translated little of this page, compared with its locale."""
    provenance = pair.target.provenance
    share = provenance.ht_degree
    if share is None:
        return
    words = machine_words(provenance)
    evidence: dict[str, EvidenceValue] = {"human_share": share, "machine_words": None}
    if words is not None:
        evidence["machine_words"] = round(words)
    workflow = (provenance.workflow or "").lower()
    if share == 0 and workflow in context.profile.human_workflows:
        yield _observation(
            pair,
            context,
            f"The page says 0% beside `{provenance.workflow}`, which means that people "
            "translated everything.",
            Severity.ERROR,
            evidence,
        )
        return
    floor = context.human_share_floor
    if floor is not None and share < floor:
        yield _observation(
            pair,
            context,
            f"People translated {share:g}% of this page; the settings ask for {floor:g}%.",
            Severity.WARNING,
            evidence,
        )
        return
    if context.evidence is None or not words:
        return
    spread = context.evidence.machine_words
    above = len(spread) - bisect_right(spread, words)
    if above < len(spread) // TENTH:
        yield _observation(
            pair,
            context,
            f"About {round(words)} words of this page were translated by no person: "
            f"number {above + 1} of {len(spread)} pages in {pair.locale}.",
            Severity.INFO,
            {**evidence, "rank": above + 1, "pages": len(spread)},
        )


def _observation(
    pair: AlignedPair,
    context: Context,
    message: str,
    severity: Severity,
    evidence: Mapping[str, EvidenceValue],
) -> Observation:
    from bilint.checks.provenance.places import entry_span

    key, span = entry_span(pair.document.front_matter, context.profile.human_share_keys)
    return Observation(message, span, key, severity=severity, evidence=evidence)
