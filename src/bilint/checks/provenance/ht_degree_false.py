"""`ht-degree-false`: the page claims more work of people than can be in it."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.language.tongues import tongues
from bilint.checks.language.unchanged import Looks, unchanged
from bilint.model.alignment import AlignedPair, Basis
from bilint.model.finding import Observation
from bilint.model.segment_text import count_words

_CLAIM = 50.0
"""The human share, in percent, from which a claim is looked at."""

_TOO_MUCH = 125.0
"""Percent that the human share and what is in the source language may not be together."""

_LEAST = 60
"""Words in the source language that are plainly more than names and quotations."""


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """The page claims more work of people than can be in it."""
    if pair.source is None or pair.basis is Basis.HEAD:
        return
    share = _claimed(pair, context)
    if share < _CLAIM:
        return
    languages = tongues(context.source_language, pair.locale)
    if languages is None:
        return
    left = sum(
        one.size for one in unchanged(pair.segments, languages) if one.looks is not Looks.LABEL
    )
    if left < _LEAST:
        return
    words = sum(count_words(one.target) for one in pair.segments if one.target is not None)
    untranslated = 100 * left / max(words, left)
    if share + untranslated < _TOO_MUCH:
        return
    from bilint.checks.provenance.places import entry_span

    profile = context.profile
    key, span = entry_span(
        pair.document.front_matter, (*profile.human_share_keys, *profile.workflow_keys)
    )
    yield Observation(
        f"The page says that people translated {share:g}% of it, "
        f"but {untranslated:.0f}% is in the source language",
        span,
        key,
        evidence={
            "human_share": share,
            "words": words,
            "untranslated_words": left,
        },
    )


def _claimed(pair: AlignedPair, context: Context) -> float:
    """The human share in percent, as the page says it; 0 where it says nothing."""
    said = pair.target.provenance
    if said.ht_degree is not None:
        return said.ht_degree
    return 100.0 if (said.workflow or "").lower() in context.profile.human_workflows else 0.0
