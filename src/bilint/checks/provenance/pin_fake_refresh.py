"""`pin-fake-refresh`: the pin was advanced, and a changed segment's translation stayed."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.provenance.places import entry_span, floor_tenth
from bilint.model.alignment import AlignedPair
from bilint.model.finding import EvidenceValue, Observation
from bilint.model.segment_text import body_text, normalise
from bilint.model.text import Span

MOST_SHOWN = 3
"""Segments that the evidence quotes."""

_QUOTED = 160


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """The pin was advanced, and the translation of a changed segment stayed as it was."""
    refresh = pair.past.refresh
    if refresh is None or not refresh.segments:
        return
    chrf = floor_tenth(context.similarity.chrf(body_text(pair.document), normalise(refresh.text)))
    evidence: dict[str, EvidenceValue] = {
        "pin_before": refresh.pin,
        "commit": refresh.commit,
        "segments": len(refresh.segments),
        "chrf": chrf,
    }
    source_span: Span | None = None
    for number, (source, target, _likeness) in enumerate(refresh.segments[:MOST_SHOWN], 1):
        if source is not None:
            evidence[f"source_{number}"] = _quote(source.text)
            source_span = source_span or source.span
        if target is not None:
            evidence[f"target_{number}"] = _quote(target.text)
    count = len(refresh.segments)
    stayed = (
        "1 segment whose source changed reads"
        if count == 1
        else (f"{count} segments whose source changed read")
    )
    key, span = entry_span(pair.document.front_matter, context.profile.pin_keys)
    yield Observation(
        f"The pin was advanced from {refresh.pin[:9]}, yet {stayed} as before "
        f"(chrF of the two versions {chrf:.1f} of 100).",
        span,
        key,
        source_span=source_span,
        evidence=evidence,
    )


def _quote(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _QUOTED else plain[:_QUOTED] + "…"
