"""Labels that stand before the part of the screen that bears them, as in English.

English says `the **Smart List** tab`; Italian, French, Spanish and Portuguese put the tab first. A
machine that translated word by word left the label between the article and its noun, whatever it
made of the label itself, or began its sentence anew behind the label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bilint.checks.changed import SURE, at_places, target_data
from bilint.checks.tokens.label_nouns import (
    MAYBE_PARTICIPLES,
    MAYBE_VERBS,
    ON_SCREEN,
    Language,
    nouns_of,
)
from bilint.checks.tokens.syntax import unwrapped, word_set
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.segment_text import is_as_stored
from bilint.model.text import Span

_LABEL = (
    r"(?:(?<![\w*])\*{1,2}(?=[^\s*])[^*\r\n]{0,79}[^\s*]\*{1,2}"
    r"|\[!(?:UICONTROL|DNL) [^\[\]\r\n]{1,80}\]|`[^`\r\n]{1,80}`"
    r"|(?<![\w_])_(?=[^\s_])[^_\r\n]{0,59}[^\s_]_(?!\w))"
)
_LABELS = late(_LABEL)
_BEARER = late(
    rf"(?:(?<=[a-z] )|(?<=[ei]\.[eg]\. )|(?<=\b[AI]n ))(?P<label>{_LABEL})"
    r" (?P<first>[a-z][a-z-]*)(?: (?P<second>[a-z]+))?"
)
_VERBS = word_set("can defines has have lets may must shows will")
_BEFORE_NOUNS = word_set(
    "all another any both different each every few first following last main many more most "
    "multiple new next no old one only other previous same second several single some that these "
    "third this those two your"
)
"""Words in emphasis that stand before their noun in all these languages."""

_ENGLISH = word_set("the this your")
"""Before a label they say that the words around it were left as they are."""

_ACTIONS = ("zione", "ción", "ção", "mento", "miento")
_ACTIONS_IN_BYTES = tuple(one.encode() for one in _ACTIONS)
"""How nouns end that say what is done: they stand behind no label without a preposition."""

_OF = late(r"(?:\A|[\s(])([^\W\d_]+) (?:d[aeio]|d[ao]s|del|de la|dello|della|dei)(?: |['’])\Z")

_NUMBER = late(r"[\d.,+%\s]*|[A-Za-z]|[<{][^<>{}/]*[>}]")
"""What may say how many: `N elements`."""

_COUNTS = late(
    r"\b(?:at (?:least|most)|every|(?:fewer|less|more) than|first|last|next|up to) \Z",
    re.IGNORECASE,
)
_COUNT = late(r"`[\w.]+`")
_COUNT_AT_END = late(r"\D+[ \u00a0]\d+")
"""Code that says how many in `at most X items`, and a label that does: `Top 10`."""

_WORD = late(r"[^\W\d_]+")
_SMALL_BEFORE = late(r"(?:\A|[\s(])([^\W\d_]+)(?: |['’]|&#39;)\Z")
_WORD_BEFORE = late(r"[^\W\d_]['’]?(?: |&#39;|['’])\Z")
_ONE_BY_ONE = late(r" (?:a|à|al|par|per|por) ([^\W\d_]+)")
"""`pagina per pagina` belongs to the verb."""

_PAUSE = late(r"[.,;:)]|\Z")
_GOES_ON = late(r" [a-z]")
_ANY_WORD = late(r" [^\W\d_]")
"""The same in German, where a noun has a capital."""

_NEAR = 40
_LONGEST = 20_000
"""Bytes of a segment above which it is no sentence but a heap, and left alone."""


@lru_cache(maxsize=8)
def _between(language: str) -> re.Pattern[str]:
    before = nouns_of(language).articles
    return re.compile(
        rf"(?P<label>{_LABEL}) (?P<article>{before})(?P<noun>[^\W\d_]+)(?![\w'’-]|&#39;)"
    )


def displaced_labels(pair: AlignedPair, language: str) -> Iterator[Observation]:
    """One observation for each label before the noun of what bears it, or before its sentence."""
    words = nouns_of(language)
    page = pair.document.data
    actions = _ACTIONS_IN_BYTES if words.nouns else ()
    if not any(
        not words.known.isdisjoint(found)
        or (actions and any(one.endswith(actions) for one in found))
        for found in (one.findall(page) for one in words.behind)
    ):
        return
    data = target_data(pair)
    places = sorted(
        match.start()
        for one in words.behind
        for match in one.finditer(data)
        if match[1] in words.known or match[1].endswith(actions)
    )
    for source, target, likeness in at_places(pair, data, places):
        if likeness >= SURE and _is_readable(target):
            yield from _in_segment(source, target, language)


def _is_readable(segment: Segment) -> bool:
    """Whether a segment is no heap, and stands in its page as it is read."""
    return segment.end - segment.start <= _LONGEST and is_as_stored(segment)


class _Bearer(NamedTuple):
    """The nouns behind a label of the source, as they are and in their singular."""

    said: frozenset[str]
    nouns: frozenset[str]


class _Source(NamedTuple):
    """What a segment of the source says of its labels."""

    text: str
    bearers: dict[str, _Bearer]
    nouns: frozenset[str]


class _Labels(NamedTuple):
    """Whether words follow the labels of a source: by their names, and by where a segment that
    has as many has them."""

    by_name: dict[str, bool]
    by_place: dict[int, bool]


def _in_segment(source: Segment, target: Segment, language: str) -> Iterator[Observation]:
    words, text, end = nouns_of(language), target.text, 0
    theirs: _Source | None = None
    labels: _Labels | None = None
    for match in _between(language).finditer(text):
        noun, label = match["noun"], _bare(match["label"])
        before, end = text[max(end, match.start() - _NEAR) : match.start()], match.start("noun")
        action = noun.endswith(_ACTIONS) and noun not in words.nouns
        if noun not in words.nouns and noun not in words.begins and not action:
            continue
        if noun in words.nouns and not _may_say(source.text, words.meanings[noun]):
            continue
        theirs = theirs or _read(source)
        if action:
            if match["article"] or not _is_within(label, before, theirs, words):
                continue
            said = f"`{label}` stands before the word `{noun}`, as in English"
            end = match.end()
        elif noun in words.nouns:
            if not _bears(match, before, theirs, words):
                continue
            said = f"`{label}` stands before the word `{noun}`, as in English"
            end = match.end()
        else:
            labels = labels or _laid_out(text, source.text)
            goes_on = (_ANY_WORD if language == "de" else _GOES_ON).match(text, match.end())
            if goes_on is None or not _begins_anew(match, labels):
                continue
            said = f"Behind `{label}` a new sentence begins, where the source goes on"
        start = target.start + len(text[: match.start()].encode())
        span = Span(start, start + len(match["label"].encode()))
        yield Observation(said, span, label, source.span)


def _read(source: Segment) -> _Source:
    from bilint.engines.stopwords import function_words

    no_nouns = function_words("en") | _VERBS
    bearers: dict[str, _Bearer] = {}
    for match in _BEARER.finditer(source.text):
        label, first, second = match["label"], match["first"], match["second"]
        if label[0] in "*_" and label.strip("*_") in _BEFORE_NOUNS:
            continue
        said = {first} if second is None or first in no_nouns else {first, second}
        if any(noun.endswith("s") for noun in said) and _counts(match):
            continue
        known = bearers.get(_bare(label), _Bearer(frozenset(), frozenset()))
        bearers[_bare(label)] = _Bearer(known.said | said, known.nouns | set(map(_singular, said)))
    nouns = frozenset().union(*(one.nouns for one in bearers.values()))
    return _Source(source.text, bearers, nouns)


def _may_say(text: str, nouns: Iterable[str]) -> bool:
    """Whether one of some English nouns may stand in a text, be it in the plural."""
    return any(noun[:-1] in text for noun in nouns)


def _counts(match: re.Match[str]) -> bool:
    """Whether a label says how many of what stands behind it."""
    label, start = match["label"], match.start()
    if _COUNT.fullmatch(label):
        return _COUNTS.search(match.string[max(0, start - _NEAR) : start]) is not None
    return _COUNT_AT_END.fullmatch(_bare(label)) is not None


def _laid_out(text: str, source: str) -> _Labels:
    labels = [
        (_bare(one[0]), _GOES_ON.match(source, one.end()) is not None)
        for one in _LABELS.finditer(source)
    ]
    by_name: dict[str, bool] = {}
    for label, goes_on in labels:
        by_name[label] = goes_on and by_name.get(label, True)
    ours = [one.start() for one in _LABELS.finditer(text)]
    by_place = {}
    if len(ours) == len(labels):
        by_place = {place: goes_on for place, (_, goes_on) in zip(ours, labels, strict=True)}
    return _Labels(by_name, by_place)


def _bears(match: re.Match[str], before: str, source: _Source, words: Language) -> bool:
    """Whether the noun behind a label is the one that the source has there, and has none before."""
    noun, label = match["noun"], _bare(match["label"])
    again = _ONE_BY_ONE.match(match.string, match.end())
    if again is not None and again[1] == noun:
        return False
    meant = words.meanings[noun]
    if meant.isdisjoint(source.nouns) or _NUMBER.fullmatch(label):
        return False
    alike = {form for name in meant for form in words.renderings[name]}
    if not alike.isdisjoint(_WORD.findall(before.lower())):
        return False
    small = _SMALL_BEFORE.search(before)
    joined = small is not None and small[1].lower() in words.small
    if small is not None and small[1].lower() in _ENGLISH:
        return False
    bearer = source.bearers.get(label)
    if bearer is not None and not meant.isdisjoint(bearer.nouns):
        # In Italian `file` is a plural too, and one may stand before its noun.
        if noun in bearer.said and before.endswith("["):
            # The text of a link may be the name of a page in English.
            return False
        if noun in MAYBE_VERBS:
            return not meant.isdisjoint(bearer.said)
        return joined or noun not in bearer.nouns or noun in bearer.said
    return (
        joined
        and (
            noun not in MAYBE_VERBS | MAYBE_PARTICIPLES
            or _PAUSE.match(match.string, match.end()) is not None
        )
        and not match["article"]
        and match["label"][0] != "`"
        # An adjective in emphasis may stand before its noun.
        and label[:1].isupper()
        and label not in source.text
        and not (
            words.adjective
            and words.adjective.fullmatch(label)
            and ON_SCREEN.isdisjoint(meant & source.nouns)
        )
    )


def _is_within(label: str, before: str, source: _Source, words: Language) -> bool:
    """Whether the last of two nouns behind a label was put before it, and the first one left."""
    bearer, of = source.bearers.get(label), _OF.search(before)
    if bearer is None or of is None or len(bearer.nouns) == 1:
        return False
    return any(of[1].lower() in words.renderings.get(noun, ()) for noun in bearer.nouns)


def _begins_anew(match: re.Match[str], labels: _Labels) -> bool:
    """Whether a sentence begins behind a label that has a word before it, unlike in the source."""
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    if not _WORD_BEFORE.search(before):
        return False
    known = labels.by_name.get(_bare(match["label"]))
    return labels.by_place.get(match.start(), False) if known is None else known


def _singular(noun: str) -> str:
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("xes", "sses")):
        return noun[:-2]
    return noun if noun.endswith("ss") else noun.removesuffix("s")


def _bare(label: str) -> str:
    """A label without its marks."""
    return unwrapped(label.strip("*`_"))
