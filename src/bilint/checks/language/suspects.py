"""Which segments of a translated page hold small words of the source language."""

from __future__ import annotations

from bisect import bisect_right

from bilint.checks.changed import fresh_words
from bilint.checks.language.tongues import Tongues, frequent_words, searcher
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment, SegmentKind
from bilint.model.record import NamedTuple

_FEW = 4
"""Words that are faster looked for one by one than all at once."""


class Suspect(NamedTuple):
    """A segment, and how many frequent words of the source it has outside its tokens."""

    segment: Segment
    hits: int


def suspects(pair: AlignedPair, languages: Tongues) -> list[Suspect]:
    """The segments of a target page with a frequent function word of the source language.

    Words within tokens do not count: code, labels and the text of links. What stands in the source
    as well was left as it was, and is not looked at.
    """
    for known, spoken, found in _recent:
        if known is pair and spoken is languages:
            return found
    found = _search(pair, languages)
    # Several checks ask in turn for the same page.
    _recent[:] = [(pair, languages, found)]
    return found


_recent: list[tuple[AlignedPair, Tongues, list[Suspect]]] = []


def _search(pair: AlignedPair, languages: Tongues) -> list[Suspect]:
    words = frequent_words(languages).intersection(fresh_words(pair))
    if not words:
        return []
    document = pair.document
    segments = document.segments
    counts: dict[int, int] = {}
    starts = [segment[2] for segment in segments]
    now = -1
    token = covered = 0
    for at in _places(document.data, words, languages):
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


def _places(data: bytes, words: frozenset[bytes], languages: Tongues) -> list[int]:
    """Where words stand between blanks: the first of the two, in order."""
    if len(words) > _FEW:
        return [match.start() for match in searcher(languages).finditer(data)]
    places = []
    for word in words:
        sought = b" %b " % word
        at = data.find(sought)
        while at >= 0:
            places.append(at)
            at = data.find(sought, at + 1)
    return sorted(places)


def _readable(segment: Segment) -> bool:
    return segment.kind is not SegmentKind.ALT_TEXT and not segment.shape.endswith("!")
