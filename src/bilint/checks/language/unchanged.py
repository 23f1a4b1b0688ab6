"""Segments that stand in the translation as they stand in the source, and what they look like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from bilint.checks.language.prose import Reading, legal, read, without_quotations
from bilint.checks.language.tongues import Tongues, clear, in_own_script
from bilint.model.alignment import SegmentPair
from bilint.model.document import Segment
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

LEAST = 4
"""Words that must be left once tokens and code are out for a segment to speak for itself."""

_LONG = 8
"""Words from which a segment may differ in a word or two and still be untranslated."""

_CODE_SIGNS = ("{", "}", "brace;", "```", "$", "=", ":")
_END = 8
"""Characters at either end by which most translated segments are told at once."""

_HIDDEN = late(r"<[^<>]*>|\]\([^()]*\)|&[a-z#0-9]{2,5};|[\"'’&]")
"""What says nothing about two texts being the same: tags, addresses, quotes and entities."""


_QUERY = late(
    r"\bSELECT\b.{1,400}?\bFROM\b|\bINSERT INTO\b|\bDELETE FROM\b|\bUPDATE\b.{1,200}?\bSET\b"
    r"|\b(?:CREATE|ALTER|DROP) (?:TABLE|VIEW|INDEX|DATABASE)\b|[a-z]%(?:'|&#39;)\)? (?:as|AS) ",
    re.DOTALL,
)
_DUMMY = late(r"\b(?:lorem ipsum|dolor sit amet|consectetu?r adipis)", re.IGNORECASE)

_QUERY_SIGNS = ("SELECT", "INSERT", "DELETE", "UPDATE", "CREATE", "ALTER", "DROP", "%'", "%&#39;")
_DUMMY_SIGNS = ("ipsum", "dolor", "consect")

_Same = tuple[int, Segment, Segment]


class Looks(Enum):
    """What an unchanged segment looks like.

    Prose has function words of the source; a phrase has common nouns or verbs of some language;
    a label has too few of either to speak for itself: a name, a short heading.
    """

    PROSE = "prose"
    PHRASE = "phrase"
    LABEL = "label"


class Unchanged(NamedTuple):
    """A segment that stands in the target as in the source. `place` counts the page's pairs."""

    place: int
    source: Segment
    target: Segment
    reading: Reading
    words: tuple[str, ...]
    looks: Looks

    @property
    def size(self) -> int:
        """How many words it has, single letters not counted."""
        return _count(self.words)


_ANCHOR = late(r"\{#[\w:.-]*\}")


def unchanged(segments: Sequence[SegmentPair], languages: Tongues) -> list[Unchanged]:
    """The unchanged segments of a page in its order; without labels where there is no prose.

    What is unchanged on most pages are names and code: they are read only where they may keep
    prose company.
    """
    speaking: list[_Same] = []
    silent: list[_Same] = []
    for place, (source, target, _likeness) in enumerate(segments):
        if source is None or target is None:
            continue
        ours, theirs = source[4], target[4]
        if ours != theirs:
            # One character tells most of them apart, and costs less than several.
            if (ours[:1] != theirs[:1] or ours[:_END] != theirs[:_END]) and (
                ours[-1:] != theirs[-1:] or ours[-_END:] != theirs[-_END:]
            ):
                continue
            if not _alike(ours, theirs):
                continue
        if " " in theirs:
            same = (place, source, target)
            (speaking if _may_speak(theirs, languages) else silent).append(same)
    found = list(_read(speaking, languages))
    if any(one.looks is Looks.PROSE for one in found):
        found = sorted((*found, *_read(silent, languages)), key=lambda one: one.place)
    return found


def _alike(ours: str, theirs: str) -> bool:
    """Whether two texts that differ may be nearly the same, without looking closely."""
    if not _same_third(ours, theirs):
        return False
    words = theirs.split()
    if 2 * len({*ours.split()}.intersection(words)) < len(words):
        return False
    left, right = _HIDDEN.sub(" ", ours).split(), _HIDDEN.sub(" ", theirs).split()
    return len({*left} ^ {*right}) <= (2 if len(right) < _LONG else 6)


def _same_third(ours: str, theirs: str) -> bool:
    """Whether the first or the last third is the same: one of them is, if one place differs.

    An entity in the first is read; a link at the end is passed over.
    """
    third = min(len(ours), len(theirs)) // 3
    if ours[:third] == theirs[:third]:
        return True
    entity = theirs.find("&", 0, third)
    if entity >= 0 and ours[:entity] == theirs[:entity]:
        theirs = theirs.replace("&#39;", "'").replace("&quot;", '"').replace("&amp;", "&")
        return ours[:third] == theirs[:third]
    if theirs.endswith(")"):
        ours, theirs = ours.rpartition("](")[0], theirs.rpartition("](")[0]
        third = min(len(ours), len(theirs)) // 3
    return third > 0 and ours[-third:] == theirs[-third:]


def _may_speak(text: str, languages: Tongues) -> bool:
    """Whether a text may be more than names and code, without looking closely."""
    words = text.split()
    if len(words) < LEAST:
        return any(word.islower() for word in words[1:])
    if not languages.ours.isdisjoint(words):
        return True
    return len([word for word in words if word.islower() and word.isalpha()]) >= 2


def _read(same: Iterable[_Same], languages: Tongues) -> Iterator[Unchanged]:
    for place, source, target in same:
        if target.shape.endswith("!") or _code(target.text) or legal(target.text):
            continue
        if _filler(target.text) or _commands(source.text):
            continue
        reading = without_quotations(read(target))
        words = reading.words()
        if _count(words) < 2 or in_own_script(languages, reading.text):
            continue
        if source.text == target.text or _nearly(without_quotations(read(source)).words(), words):
            yield Unchanged(place, source, target, reading, words, _looks(words, languages))


def _count(words: Iterable[str]) -> int:
    return sum(len(word) > 1 for word in words)


def _code(text: str) -> bool:
    """Whether a quarter of it or more is code that no backticks mark: a query, a command."""
    if "{" not in text and "brace;" not in text and "```" not in text and "$" not in text:
        return False
    chunks = _ANCHOR.sub("", text).split()
    coded = sum(any(sign in chunk for sign in _CODE_SIGNS) for chunk in chunks)
    return 4 * coded >= len(chunks)


def _commands(text: str) -> bool:
    """Whether it is lines of commands, which begin with one word."""
    if not text[0].islower() or text.count("\n") < LEAST - 1:
        return False
    return len({line.split(" ", 1)[0] for line in text.splitlines()}) == 1


def _filler(text: str) -> bool:
    """Whether it is a query that no backticks mark, or the Latin of a dummy text."""
    if any(sign in text for sign in _QUERY_SIGNS) and _QUERY.search(text):
        return True
    low = text.lower()
    return any(sign in low for sign in _DUMMY_SIGNS) and _DUMMY.search(text) is not None


def _nearly(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether two segments have the same words but for one or two in one place."""
    if [word.lower() for word in ours] == [word.lower() for word in theirs]:
        return True
    shorter, longer = sorted((len(ours), len(theirs)))
    same = 0
    while same < shorter and ours[same] == theirs[same]:
        same += 1
    end = 0
    while end < shorter - same and ours[-1 - end] == theirs[-1 - end]:
        end += 1
    return shorter >= _LONG and longer - same - end <= 2


def _looks(words: tuple[str, ...], languages: Tongues) -> Looks:
    if _count(words) < LEAST:
        return Looks.LABEL
    common = sum(map(languages.common, words))
    if common >= 2 and clear(languages, words):
        return Looks.PROSE
    ours, theirs = languages.weigh(words)
    said = common + ours - theirs
    return Looks.PHRASE if said >= 3 and 2 * said >= _count(words) else Looks.LABEL
