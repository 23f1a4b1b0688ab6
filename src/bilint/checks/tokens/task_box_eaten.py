"""`task-box-eaten`: the box of a task list swallowed words, or is gone."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.model.alignment import AlignedPair, Basis
from bilint.model.document import SegmentKind
from bilint.model.finding import Observation, Suggestion
from bilint.model.pattern import late
from bilint.model.text import Span

_BOXES = (b"[ ] ", b"[x] ")
_ANY_BOX = late(rb"\[[ x]\] ")
_LIKE = 0.5
_APOSTROPHES = ("'", "’")
_BOX_WITH_WORDS = late(
    r"\[[ \u00a0]{0,3}([^\[\]\n!^][^\[\]\n]{0,120}?)?[ \u00a0]{0,3}\](?![(\[])[ \u00a0]{0,3}"
)


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """One observation for each item whose source has a box that the target has not."""
    if pair.source is None:
        return
    data, base = pair.document.data, pair.source.document.data
    if not _ANY_BOX.search(base):
        return
    for source, target, likeness in pair.segments:
        if source is None or target is None or likeness < _LIKE:
            continue
        if source.kind is not SegmentKind.LIST_ITEM or target.kind is not SegmentKind.LIST_ITEM:
            continue
        box = base[source.start - 4 : source.start]
        if box not in _BOXES or data[target.start - 4 : target.start] in _BOXES:
            continue
        place = Span(source.start - 4, source.start)
        empty = box.decode()
        eaten = _BOX_WITH_WORDS.match(target.text)
        if eaten is None:
            if pair.basis is Basis.HEAD or target.text.startswith("["):
                continue
            yield Observation(
                "The box of this task is missing",
                Span(target.start, target.start + len(_first_word(target.text).encode())),
                _first_word(target.text),
                place,
                suggestion=Suggestion(empty + _first_word(target.text), safe=True),
            )
            continue
        words = eaten[1] or ""
        # Before an apostrophe a letter is lost, too, and nobody knows which.
        torn = not words and target.text[eaten.end() : eaten.end() + 1] in _APOSTROPHES
        blank = " " if eaten[0].endswith((" ", "\u00a0")) else ""
        yield Observation(
            f"The box of this task swallowed `{words}`"
            if words
            else "No blank stands behind the box of this task"
            if eaten[0] == empty.rstrip()
            else "The box of this task is broken",
            Span(target.start, target.start + len(eaten[0].encode())),
            words,
            place,
            suggestion=None
            if torn
            else Suggestion(empty + words + blank if words else empty, safe=bool(words)),
        )


def _first_word(text: str) -> str:
    return text.split(None, 1)[0]
