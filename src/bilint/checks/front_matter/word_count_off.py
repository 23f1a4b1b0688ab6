"""`word-count-off`: the pipeline counted a page of another size than the source is."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document
from bilint.model.finding import Observation
from bilint.model.pattern import late
from bilint.model.segment_text import count_words
from bilint.model.text import Span

_FACTOR = 2.5
_DIFFERENCE = 150
_BLANKS_AND_OTHERS = bytes(32 if one in b" \t\n\r\v\f" else 120 for one in range(256))
_RUNS = late(rb"[A-Za-z0-9]+")


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """The word count of the front matter is far from that of the source."""
    said = pair.target.provenance.word_count
    if pair.source is None or not said:
        return
    # Blanks are counted in a moment, and only what they cannot explain is looked at closely.
    if not _off(said, _chunks(pair.source.document)):
        return
    counted = sum(count_words(segment) for segment in pair.source.document.segments)
    if not _off(said, counted) or counted < said <= len(_RUNS.findall(pair.source.document.body)):
        # The latter counts what stands between the signs of an address too.
        return
    entries = pair.document.front_matter.entries
    entry = next((entries[key] for key in context.profile.word_count_keys if key in entries), None)
    if entry is not None:
        yield Observation(
            f"`{entry.key}` says {said} words; the source has about {counted}",
            entry.value_span if entry.value_span.end > entry.value_span.start else Span(0, 0),
            entry.key,
            evidence={"said": said, "counted": counted},
        )


def _chunks(document: Document) -> int:
    """How much stands between blanks in the body of a page: each ends at a blank, or at the end."""
    marked = document.data.translate(_BLANKS_AND_OTHERS)
    return marked.count(b"x ", document.body_start) + marked.endswith(b"x")


def _off(said: int, counted: int) -> bool:
    larger, smaller = max(said, counted), min(said, counted)
    return larger > _FACTOR * smaller and larger - smaller > _DIFFERENCE
