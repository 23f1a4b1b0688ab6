"""Pins that were advanced while the translation stayed: what cannot be right, and only that.

Of a changed source sentence the translation often stays, and rightly: a typing error was mended,
`&` became `and`, a noun its plural. In four locales of a real project, over five years, 99 of
4,728 translations stayed though the words of their source had changed, and whichever of the 99
were read were of this kind. So it takes new content for a translation to be convicted: several
words that nothing in the old text resembles, or a figure that the translation still has as it
was.
"""

from __future__ import annotations

from collections import Counter

from bilint.alignment import align_translation, align_versions
from bilint.changes import compare_segments
from bilint.engines.likeness import ratio
from bilint.model.alignment import ChangeClass, SegmentPair
from bilint.model.document import Document, Segment
from bilint.model.pattern import late
from bilint.model.segment_text import normalise, plain

_WORD = late(r"[^\W_]+")
_CONTENT = 4
"""Letters of a word that carries content; shorter ones are mostly articles and prepositions."""

_SEVERAL = 3
"""Words of new content that no wording of the old translation can cover."""

_SHARE = 0.2
"""The share of a segment's content words that they must be, unless they are `_MANY`."""

_MANY = 8

_SAME_WORD = 0.6
"""Likeness from which two words are one, mistyped or inflected."""

_LIKELY = 0.5
"""Likeness from which a translation surely is that of its source."""

_COMPARED = 40
"""Words compared with those of the other side one by one: these many prove the point."""

_COMPARABLE = 250
"""Words of the other side up to which that is done; in longer segments nothing is told."""


def refreshed(
    old_base: Document, new_base: Document, old_target: Document, new_target: Document
) -> tuple[SegmentPair, ...]:
    """Segments whose source came to say something else while their translation stayed.

    `old_base` and `new_base` are the source at an earlier pin and at the present one,
    `old_target` and `new_target` the translation that bore each. Answers the new segments.
    """
    sources = align_versions(old_base, new_base)
    comparison = compare_segments(old_base, new_base, sources)
    changed = [
        (i, j)
        for i, j in comparison.pairs
        if comparison.classes.get(j) in (ChangeClass.PROSE, ChangeClass.TITLE)
    ]
    if not changed:
        return ()
    translations = align_translation(old_base, old_target)
    likeness = {m.left: m.likeness for m in translations.matches}
    then, now = translations.rights(), align_versions(old_target, new_target).rights()
    found: list[SegmentPair] = []
    for i, j in changed:
        place = then.get(i)
        k = None if place is None else now.get(place)
        if place is None or k is None or likeness[i] < _LIKELY:
            continue
        before, after = old_target.segments[place], new_target.segments[k]
        if normalise(before.text) == normalise(after.text) and reworded(
            old_base.segments[i], new_base.segments[j], after
        ):
            found.append(SegmentPair(new_base.segments[j], after, likeness[i]))
    return tuple(found)


def reworded(old: Segment, new: Segment, translation: Segment) -> bool:
    """Whether a source says so much else that one translation cannot be right for both."""
    was, now = _words(old), _words(new)
    here = _words(translation)
    if _figure_changed(was, now, here):
        return True
    gone = _content(was - now, "".join(now))
    come = _content(now - was, "".join(was) + "".join(here))
    fresh = max(_unlike(gone, come), _unlike(come, gone))
    size = max(len(_content(was)), len(_content(now)))
    return fresh >= _MANY or (fresh >= _SEVERAL and fresh >= _SHARE * size)


def _words(segment: Segment) -> Counter[str]:
    return Counter(_WORD.findall(plain(segment).casefold()))


def _content(words: Counter[str], known: str = "") -> list[str]:
    """Words that carry content, without those that `known` spells together or apart."""
    return [
        word
        for word in words.elements()
        if len(word) >= _CONTENT and not word.isdecimal() and word not in known
    ]


def _unlike(words: list[str], others: list[str]) -> int:
    """How many of the words, but for a long list, resemble none of the others."""
    if len(others) > _COMPARABLE:
        return 0
    return sum(
        all(ratio(word, other, _SAME_WORD) < _SAME_WORD for other in others)
        for word in words[:_COMPARED]
    )


def _figure_changed(was: Counter[str], now: Counter[str], here: Counter[str]) -> bool:
    """A figure gave way to another, and the translation has the old one and not the new."""
    gone = {word for word in was - now if word.isdecimal() and word in here}
    come = {word for word in now - was if word.isdecimal()}
    return bool(gone) and bool(come) and not come & here.keys()
