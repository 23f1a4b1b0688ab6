"""`placeholder-altered`: a placeholder of the source is another in the target, or is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.code.masked import Masked, decoded, masked, without_language
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment, TokenKind
from bilint.model.finding import Confidence, Observation, Suggestion
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span

_SURE = 0.5
"""Likeness of two segments from which they are compared."""

_MOST = 50
"""Placeholders of a segment that are looked at."""

_PLACEHOLDER = TokenKind.PLACEHOLDER
_HIDDEN = frozenset((TokenKind.CODE, TokenKind.DNL))
_SAID = late(
    r"(?<!\{)[$%#]?\{(?:[A-Za-z_][\w.-]*|[0-9]{1,3})\}(?!\})"
    r"|%\([A-Za-z_]\w*\)[sdifr]|(?<![\w%])%(?:[0-9]+\$)?[sd@](?![\w%])"
    r"|(?<![\w%])%[A-Za-z0-9_]+%(?![\w%])"
)
_LIKE = late(
    r"[$%#＄％]?[{｛]{1,2}[ \u00a0]?[^{}｛｝\r\n\x01=#]{1,100}[}｝]{1,2}"
    r"|[%％][ ]?\w{1,40}[ \u00a0]?[%％](?![\w%])"
    r"|[%％][ ]?\([^()\r\n]{1,40}\)[ ]?[a-z]?|[%％][ ]?(?:[0-9]+[ ]?\$[ ]?)?[sSdD@](?!\w)"
)
_NUMBERED = late(r"\{[0-9]{1,3}\}")


class _Place(NamedTuple):
    """A placeholder, and where it stands in the text of its segment."""

    text: str
    start: int
    end: int


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """One observation for each placeholder that a segment lost or altered."""
    if pair.source is None:
        return
    data = pair.source.document.data
    if b"{" not in data and b"%" not in data:
        return
    for source, target, likeness in pair.segments:
        if source is None or target is None or likeness < _SURE:
            continue
        text = source.text
        if ("{" in text or "%" in text) and text != target.text:
            yield from _compare(source, target)


def _compare(source: Segment, target: Segment) -> Iterator[Observation]:
    said = masked(source, _HIDDEN)
    wanted = _places(said)
    if not wanted:
        return
    there = masked(target, _HIDDEN)
    lost = Counter(_key(one.text) for one in wanted)
    lost -= Counter(_key(one.text) for one in _places(there))
    if not lost:
        return
    whole = decoded(target.text).replace("\\", "")
    known = {_said(one.text) for one in wanted}
    others = [
        _Place(match[0], *match.span())
        for match in _LIKE.finditer(there.text)
        if _said(match[0]) not in known and not _NUMBERED.fullmatch(match[0])
    ][:_MOST]
    for place in wanted:
        key = _key(place.text)
        if lost[key] <= 0:
            continue
        lost[key] -= 1
        # Escaped, or in code: it is there. Said twice in the source, once may do.
        if place.text in whole or ("{" in key and key in _key(whole)):
            continue
        found = _nearest(place.text, others)
        if found is not None:
            others.remove(found)
        yield _observation(place, found, said, there)


def _places(text: Masked) -> list[_Place]:
    found = [_Place(match[0], *match.span()) for match in _SAID.finditer(text.text)]
    if not text.mapped:
        return found[:_MOST]
    # Where the page is read as it stands, its tokens tell; `{width=50}` is none of them.
    starts = {one.start for one in text.segment.tokens if one.kind is _PLACEHOLDER}
    return [
        one for one in found if one.text[0] == "%" or text.span(one.start, one.end).start in starts
    ][:_MOST]


def _key(text: str) -> str:
    return without_language("".join(text.split()))


def _said(text: str) -> str:
    """A placeholder as it works: blanks within braces do not matter, in other ones they do."""
    return _key(text) if "{" in text else text


def _nearest(text: str, others: list[_Place]) -> _Place | None:
    """What in the target was probably made of a placeholder: of the same dialect, the likest."""
    from bilint.engines.likeness import ratio

    alike = [one for one in others if ("{" in text) == any(sign in one.text for sign in "{｛")]
    return max(alike, key=lambda one: ratio(text, one.text), default=None)


def _observation(place: _Place, found: _Place | None, said: Masked, there: Masked) -> Observation:
    source_span = said.span(place.start, place.end)
    if found is None:
        target = there.segment
        return Observation(
            f"The placeholder `{place.text}` is missing",
            Span(target.start, target.end),
            place.text,
            source_span,
            confidence=Confidence.MEDIUM,
        )
    return Observation(
        f"The placeholder `{place.text}` is `{found.text}` here",
        there.span(found.start, found.end),
        place.text,
        source_span,
        suggestion=Suggestion(place.text) if there.mapped else None,
    )
