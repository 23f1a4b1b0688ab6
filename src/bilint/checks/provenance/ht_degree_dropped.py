"""`ht-degree-dropped`: people had translated more of this page before."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.provenance.places import entry_span, floor_tenth
from bilint.model.alignment import AlignedPair, DroppedShare
from bilint.model.finding import Observation, Severity
from bilint.model.segment_text import body_text, normalise

LEAST = 3.0
"""Points of percent from which a drop is told: a new sentence, or rounding, takes one or two."""

NOTEWORTHY = 20.0
"""Points of percent from which a drop is a warning, and the texts are compared: below, a sentence
or two can make it."""

ALIKE = 90.0
"""The chrF from which a few sentences at most were delivered anew, and the rest stayed."""

SAME = 100.0
"""The chrF of one and the same text."""


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """People had translated more of this page in an earlier version."""
    dropped = pair.past.dropped
    share = pair.target.provenance.ht_degree
    if dropped is None or share is None or dropped.share - share < LEAST:
        return
    noteworthy = dropped.share - share >= NOTEWORTHY
    chrf = _chrf(pair, dropped, context) if noteworthy else None
    key, span = entry_span(pair.document.front_matter, context.profile.human_share_keys)
    fell = f"The human share fell from {dropped.share:g}% to {share:g}%"
    told = (
        "" if chrf is None else f"; the two versions are {_likeness(chrf)} (chrF {chrf:.1f} of 100)"
    )
    yield Observation(
        f"{fell}{told}.",
        span,
        key,
        severity=Severity.WARNING if chrf is not None and chrf < ALIKE else Severity.INFO,
        evidence={
            "share_before": dropped.share,
            "share": share,
            "commit": dropped.commit,
            "chrf": chrf,
        },
    )


def _chrf(pair: AlignedPair, dropped: DroppedShare, context: Context) -> float:
    return floor_tenth(context.similarity.chrf(body_text(pair.document), normalise(dropped.text)))


def _likeness(chrf: float) -> str:
    if chrf == SAME:
        return "the same text"
    return "much alike" if chrf >= ALIKE else "different"
