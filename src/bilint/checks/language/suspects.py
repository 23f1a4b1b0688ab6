"""Which segments of a translated page hold small words of the source language."""

from __future__ import annotations

from bisect import bisect_right

from bilint.checks.language.tongues import Tongues, searcher
from bilint.model.document import Document, Segment, SegmentKind
from bilint.model.record import NamedTuple


class Suspect(NamedTuple):
    """A segment, and how many frequent words of the source it has outside its tokens."""

    segment: Segment
    hits: int


def suspects(document: Document, languages: Tongues) -> list[Suspect]:
    """The segments of a target page with a frequent function word of the source language.

    Words within tokens do not count: code, labels and the text of links.
    """
    for known, spoken, found in _recent:
        if known is document and spoken is languages:
            return found
    found = _search(document, languages)
    # Several checks ask in turn for the same page.
    _recent[:] = [(document, languages, found)]
    return found


_recent: list[tuple[Document, Tongues, list[Suspect]]] = []


def _search(document: Document, languages: Tongues) -> list[Suspect]:
    segments = document.segments
    counts: dict[int, int] = {}
    starts: list[int] = []
    now = -1
    token = covered = 0
    for match in searcher(languages).finditer(document.data):
        at = match.start()
        starts = starts or [segment.start for segment in segments]
        index = bisect_right(starts, at) - 1
        if index < 0 or at >= segments[index].end:
            continue
        segment = segments[index]
        if index != now:
            now, token, covered = index, 0, 0
        tokens = segment.tokens
        while token < len(tokens) and tokens[token].start <= at:
            covered = max(covered, tokens[token].end)
            token += 1
        if at >= covered and _readable(segment):
            counts[index] = counts.get(index, 0) + 1
    return [Suspect(segments[index], count) for index, count in counts.items()]


def _readable(segment: Segment) -> bool:
    return segment.kind is not SegmentKind.ALT_TEXT and not segment.shape.endswith("!")
