"""`tab-untranslated`: the label of a tab or badge stands in English among translated ones."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.tokens.tab_label import label_pairs, prose_pairs
from bilint.engines.stopwords import function_words
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation
from bilint.model.pattern import late

_WORD = late(r"[A-Za-z]{4,}")
_LOWER = late(r"(?<![\w.`/-])[a-z]{4,}(?![\w`/-])")
_LEAST = 2
"""Words that a label needs to speak for itself, and labels beside it that are translated."""


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each label left as it was though it has common words."""
    if pair.source is None:
        return
    labels = label_pairs(pair)
    kept = [one for one in labels if one.same and len(one.source.text.split()) >= _LEAST]
    if not kept or sum(not one.same for one in labels) < _LEAST:
        return
    small = function_words(context.source_language)
    ours: set[str] = set()
    theirs: set[str] = set()
    for source, target in prose_pairs(pair):
        if source != target:
            ours.update(_LOWER.findall(source))
            theirs.update(word.lower() for word in _WORD.findall(target))
    common = ours - theirs - small
    for label in kept:
        words = [word.lower() for word in _WORD.findall(label.source.text)]
        if any(word in common for word in words) and all(word not in theirs for word in words):
            yield Observation(
                f"The label `{label.target.text}` was left in the source language, "
                "unlike its neighbours",
                label.target.span,
                label.target.text,
                label.source.span,
            )
