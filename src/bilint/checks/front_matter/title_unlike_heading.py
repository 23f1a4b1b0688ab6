"""`title-unlike-heading`: title and first heading differ, and are the same in the source."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.engines.likeness import ratio
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Segment, TokenKind
from bilint.model.finding import Observation, Severity
from bilint.model.pattern import late
from bilint.model.segment_text import plain

_TITLE, _HEADING = "fm:title", "h1"
_LIKE = 0.5
_UNSEEN = late("[\u200b-\u200d\u2060\ufeff\u00ad]")
_SIGNS = late(r"[\W_]+")
_SEARCHED = 12
_UNBLANKED = "\u2e80"
"""The first character of the scripts in which no blanks part the words."""


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """The title and the first heading differ, though they are the same in the source."""
    if pair.source is None:
        return
    theirs = _both(pair.document)
    if theirs is None or theirs[0].text == theirs[1].text:
        return
    ours = _both(pair.source.document)
    if ours is None or _words(ours[0]) != _words(ours[1]):
        return
    title, heading = theirs
    if not (left := _words(title)) or not (right := _words(heading)) or _same(left, right):
        return
    if _keeps_name(ours, heading, left):
        return
    alike = ratio(left, right)
    minor = alike >= _LIKE or _is_label(heading, ours[1])
    yield Observation(
        f"The title is “{plain(title)}”, and the first heading “{plain(heading)}”;"
        " in the source both are the same",
        heading.span,
        plain(heading)[:60],
        ours[1].span,
        severity=Severity.INFO if minor else None,
        evidence={"title": plain(title), "heading": plain(heading), "likeness": round(alike, 2)},
    )


def _both(document: Document) -> tuple[Segment, Segment] | None:
    """The title of a page and its first heading, if that is of the first level."""
    title = None
    for segment in document.segments[:_SEARCHED]:
        if segment.shape == _TITLE:
            title = segment
        elif segment.shape == _HEADING:
            return None if title is None else (title, segment)
    return None


def _same(left: str, right: str) -> bool:
    """Whether words are the same; where no blanks part them, those beside a sign tell nothing."""
    if max(left) < _UNBLANKED:
        return left == right
    return left.replace(" ", "") == right.replace(" ", "")


def _is_label(heading: Segment, source: Segment) -> bool:
    """Whether a heading is one label or name, kept as it is in the source."""
    tokens = heading.tokens
    return heading.text == source.text and len(tokens) == 1 and tokens[0].text == heading.text


def _keeps_name(ours: tuple[Segment, Segment], heading: Segment, title: str) -> bool:
    """Whether both say the same but for a name that the source marks in its heading alone.

    There it must stay as it is, and in the title it need not.
    """
    kept = {token.text for token in ours[1].tokens if token.kind is TokenKind.DNL}
    names = [token for token in heading.tokens if token.text in kept]
    if any(token.text in ours[0].text for token in names):
        return False
    rest, own = _words(heading), [_folded(token.value) for token in names]
    if not own or any(name in title for name in own):
        return False
    for name in own:
        rest = rest.replace(name, " ")
    said = title if max(title) >= _UNBLANKED else title.split()
    return all(word in said for word in rest.split())


def _words(segment: Segment) -> str:
    """The words of a segment without signs, invisible characters and capitals."""
    return _folded(plain(segment))


def _folded(text: str) -> str:
    return _SIGNS.sub(" ", _UNSEEN.sub("", text)).strip().casefold()
