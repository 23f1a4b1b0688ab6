"""Which words of a page stand twice in a row: several checks ask."""

from __future__ import annotations

from itertools import compress

from bilint.checks.changed import fresh_words
from bilint.checks.recent import last_kept
from bilint.model.alignment import AlignedPair

_CLOSING = b"*_.,;:!?)]\"'"


@last_kept
def repeats(pair: AlignedPair) -> frozenset[str]:
    """The words of a translation that follow themselves; a rule of a table is no word.

    What stands in the source as well is not looked at.
    """
    words = fresh_words(pair)
    after = words[1:]
    # A mark may follow the second: `the the, that`.
    likely = {*compress(zip(words, after, strict=False), map(bytes.startswith, after, words))}
    twice = {word for word, again in likely if again.rstrip(_CLOSING) == word.rstrip(_CLOSING)}
    said = {word.decode("utf-8", "replace").strip("*_.,;:()[]\"'") for word in twice}
    return frozenset(word for word in said if word[:1].isalpha())
