"""Bold words that are literals of programs: kept at one place, and translated at another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bilint.checks.changed import at_places, source_data, target_data
from bilint.checks.code.commands import ANY_BOLD, place_of
from bilint.model.alignment import AlignedPair
from bilint.model.english import FUNCTION_WORDS
from bilint.model.finding import Confidence, Observation, Severity, Suggestion
from bilint.model.pattern import late

_WORD = late(rb"\*\*([a-z][a-z0-9]{2,40})\*\*")
_TWICE = 2


def literals(pair: AlignedPair) -> Iterator[Observation]:
    """One observation for each such word where it was translated."""
    data = source_data(pair)
    if b"**" not in data or pair.source is None:
        return
    places = list(_WORD.finditer(data))
    counts = Counter(match[1] for match in places)
    known = {
        word.decode()
        for word, times in counts.items()
        if times >= _TWICE
        and 0 < target_data(pair).count(b"**%b**" % word) < times
        and _is_written_in_code(word, pair.source.document.data)
    } - FUNCTION_WORDS
    if not known:
        return
    starts = [match.start() for match in places if match[1].decode() in known]
    for source, target, _likeness in at_places(pair, data, starts):
        ours, theirs = ANY_BOLD.findall(source.text), ANY_BOLD.findall(target.text)
        if len(ours) != len(theirs):
            continue
        for word, made in zip(ours, theirs, strict=True):
            # Its order may be another one.
            if word not in known or word in theirs or made in ours or " " in made.strip():
                continue
            span = place_of(target, f"**{made}**")
            yield Observation(
                f"The word `{word}` of programs is `{made}` here; elsewhere on the page it is kept",
                span,
                word,
                place_of(source, f"**{word}**"),
                severity=Severity.WARNING,
                confidence=Confidence.MEDIUM,
                suggestion=Suggestion(f"**{word}**"),
            )


def _is_written_in_code(word: bytes, data: bytes) -> bool:
    """Whether code on the page has a word: as a field, a tag, a key, a variable or alone."""
    pattern = rb"`W`|<W[ />]|[$@]W\b|\.W\(|(?<![\w*])W=\S|['\"]W['\"] ?:".replace(b"W", word)
    return re.search(pattern, data) is not None
