"""`compound-open`: a name and the noun behind it, or its hyphen, stand apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from bilint.checks.base import Context
from bilint.checks.changed import at_places, target_data
from bilint.checks.tokens.syntax import plain, unwrapped
from bilint.checks.typography.sheet import span_in
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.segment_text import is_as_stored
from bilint.model.text import Span

_HYPHENATING = frozenset("da de nb nl nn no sv".split())  # noqa: SIM905
"""Languages that write a hyphen between a name and the noun behind it, and no blank before it, as
Finnish does behind a name of several words."""

_NORDIC = frozenset("da nb nn no sv".split())  # noqa: SIM905

_PARTED = late(rb" -(?<=[\])*_`] -)[A-Za-z\xc3]")
_APART = late(rb"[\])*_`\xae\xa2] (?:-[A-Za-z\xc3]|[A-Z\xc3])")
"""What such a place looks like; the one that is rare begins with what is found fast."""

_HYPHEN = late(r" -(?<=[\])*_`] -)([^\W\d_]{3}[\w-]*)")
_NOUN = late(r" (?<=[\])*_`] )([A-ZÄÖÜ][\w-]{2,})(?![\w*`])")
_TRADE_MARK = late(r"(?<![\w*`-])(?P<name>[A-Z][\w-]*[®™]) (?P<word>[A-ZÄÖÜ][\w-]{2,})(?![\w*`])")
_DASH = late(r"[ \u00a0][-–—]")
_TOKEN = late(
    r"(?P<marks>\*{1,3}|_)?\[!(?:DNL|UICONTROL) (?P<label>[^\[\]\n]+)\](?:(?P=marks))?\Z"
    r"|(?P<outer>\*{1,3}|_)?`(?P<code>[^`\n]+)`(?(outer)(?P=outer))\Z"
    r"|(?<![\w*_\\])(?P<sign>\*{1,3}|_)(?P<words>[^\s*_](?:[^*_\n]*[^\s*_:.!?,])?)(?P=sign)\Z"
    r"|\[(?P<link>[^\[\]\n]+)\]\([^()\s]*\)\Z"
)
_KINDS = ("label", "code", "words", "link")
_REACH = 160
"""Characters in which a token ends that stands before a noun."""

_LONGEST = 20_000
_MOST = 100
"""Places of a segment that are looked at."""


class Place(NamedTuple):
    """A token and the word that stands apart behind it, in a text."""

    start: int
    end: int
    inside: str
    kind: str
    word: str


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """A blank stands where a hyphen should, or before it."""
    language = primary_language(pair.locale)
    if language not in _HYPHENATING or pair.source is None:
        return
    german = language == "de"
    if german:
        from bilint.checks.typography.compound_german import is_open
    for source, target in _suspects(pair, _APART if german else _PARTED):
        text = target.text
        if len(text) > _LONGEST or not is_as_stored(target):
            continue
        if " -" in text:
            yield from _parted(source, target)
        if german:
            for one in islice(chain(_places(_NOUN, text), _trade_marks(text)), _MOST):
                if is_open(one, source.text, text):
                    yield _apart(one, source, target)
    if language in _NORDIC:
        yield from _nordic(pair, language)


def _nordic(pair: AlignedPair, language: str) -> Iterator[Observation]:
    """Nouns of the screen that stand behind a label as in English."""
    from bilint.checks.typography.compound_nordic import nordic_nouns, nordic_sign

    for source, target in _suspects(pair, nordic_sign(language)):
        text = target.text
        if len(text) > _LONGEST or not is_as_stored(target):
            continue
        for one in nordic_nouns(language, source.text, text):
            name = f"{one.inside} {one.word}"
            mended = f"{text[one.start : one.end - len(one.word) - 1]}-{one.word}"
            yield Observation(
                f"No hyphen between the name and its noun: `{name}`",
                span_in(target, text, one.start, one.end),
                name,
                source.span,
                # `lista` for *the list* lacks its article too.
                suggestion=Suggestion(mended) if one.definite else None,
            )


def _suspects(pair: AlignedPair, sign: re.Pattern[bytes]) -> Iterator[tuple[Segment, Segment]]:
    """The segments in which such a place stands; on most pages none."""
    data = target_data(pair)
    places = (match.start() for match in sign.finditer(data))
    for source, target, _likeness in at_places(pair, data, places):
        yield source, target


def _parted(source: Segment, target: Segment) -> Iterator[Observation]:
    """Hyphens with a blank before them, where the source has no dash that became one."""
    places = list(islice(_places(_HYPHEN, target.text), _MOST))
    if not places or len(_DASH.findall(target.text)) - len(places) < len(
        _DASH.findall(source.text)
    ):
        return
    for one in places:
        name = plain(one.inside)
        mended = f"{target.text[one.start : one.end - len(one.word) - 2]}-{one.word}"
        yield Observation(
            f"A blank stands before the hyphen: `{name} -{one.word}`",
            _span(target, one),
            f"{name} -{one.word}",
            source.span,
            suggestion=Suggestion(mended, safe=True),
        )


def _apart(one: Place, source: Segment, target: Segment) -> Observation:
    """A noun behind a name that qualifies it."""
    name = plain(one.inside)
    mended = f"{target.text[one.start : one.end - len(one.word) - 1]}-{one.word}"
    return Observation(
        f"No hyphen between the name and its noun: `{name} {one.word}`",
        _span(target, one),
        f"{name} {one.word}",
        source.span,
        suggestion=Suggestion(mended),
    )


def _places(pattern: re.Pattern[str], text: str) -> Iterator[Place]:
    for match in pattern.finditer(text):
        left = max(0, match.start() - _REACH)
        token = _TOKEN.search(text[left : match.start()])
        if token is not None:
            kind = next(name for name in _KINDS if token[name] is not None)
            inside = unwrapped(token[kind])
            yield Place(left + token.start(), match.end(), inside, kind, match[1])


def _trade_marks(text: str) -> Iterator[Place]:
    """Names in plain text, which their sign shows to be some."""
    if "®" in text or "™" in text:
        for match in _TRADE_MARK.finditer(text):
            yield Place(match.start(), match.end(), match["name"], "label", match["word"])


def _span(segment: Segment, one: Place) -> Span:
    return span_in(segment, segment.text, one.start, one.end)
