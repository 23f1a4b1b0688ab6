"""`emphasis-broken`: asterisks that were meant as emphasis and are shown to the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilint.checks.base import Context
from bilint.checks.changed import APART, changed, target_text
from bilint.checks.tokens.syntax import is_unspaced
from bilint.checks.typography.emphasis import strays
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Segment, SegmentKind
from bilint.model.finding import Observation, Severity, Suggestion
from bilint.model.pattern import late
from bilint.model.text import Span

# Emphasis that surely is some: most is. It begins after a blank and no letter follows it; the
# asterisk comes first, since what begins with a literal is found many times faster.
_SOUND = late(r"\*(?<![^\s\0]\*)(\*{0,2})[^\s*\0](?:[^*\0]*[^\s*\0])?\*\1(?![\w*])")

_UNSEEN = late(r"&#(?:x200[bcd]|820[345]);|[\s>\u200b-\u200d\ufeff]", re.IGNORECASE)

_SHOWN = 60

_EDGES = late(r"\A(?:\s|&#x200[bB];|\u200b)+|(?:\s|&#x200[bB];|\u200b)+\Z")

_UNRENDERED = frozenset((SegmentKind.TITLE, SegmentKind.DESCRIPTION, SegmentKind.ALT_TEXT))


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """Marks of emphasis are shown to the reader."""
    if pair.source is None:
        return
    for source, target in _suspects(pair):
        if target.kind in _UNRENDERED:
            continue
        shown = strays(pair.document, target)
        if shown and len(shown) > len(strays(pair.source.document, source)):
            mended = _mended(pair.document.data, target, shown)
            # Where the marks meant each other, what they hold between them is the place.
            last = -1 if mended is not None else 1 if len(shown) > 1 else 0
            place = Span(shown[0].start, shown[last].end)
            said = pair.document.data[place.start : place.end].decode("utf-8", "replace")
            marks = pair.document.data[slice(*shown[0])].decode()
            yield Observation(
                f"This `*` begins no item of a list, it is shown to the reader: `{said[:_SHOWN]}`"
                if said.startswith("* ") and _opens_line(pair.document, target, place.start)
                else f"These marks of emphasis are shown to the reader: `{said[:_SHOWN]}`",
                place,
                marks,
                source_span=source.span,
                # One alone may be meant as a star, that of a footnote for one.
                severity=Severity.WARNING if len(shown) == 1 and marks == "*" else None,
                evidence={"shown": len(shown)},
                suggestion=None if mended is None else Suggestion(mended, safe=True),
            )


def _mended(data: bytes, target: Segment, shown: Sequence[Span]) -> str | None:
    """The text from the first mark to the last, so that each pair of marks is taken as such.

    Blanks within move out; where a mark touches a letter across a bracket or a quote, a sign
    without width parts the two. None where the marks are no pairs around words.
    """
    if len(shown) % 2:
        return None
    parts: list[str] = []
    position = shown[0].start
    for first, second in zip(shown[::2], shown[1::2], strict=True):
        marks = data[first.start : first.end]
        inside = data[first.end : second.start].decode("utf-8", "replace")
        words = _EDGES.sub("", inside)
        if data[second.start : second.end] != marks or not words or "*" in inside:
            return None
        if not any(map(str.isalnum, words)):
            return None
        left = data[target.start : first.start].decode("utf-8", "replace")[-1:]
        right = data[second.end : target.end].decode("utf-8", "replace")[:1]
        before = _apart(left, inside, words[0], moved=not inside.startswith(words))
        after = _apart(right, inside, words[-1], moved=not inside.endswith(words))
        parts.append(data[position : first.start].decode("utf-8", "replace"))
        parts.append(f"{before}{marks.decode()}{words}{marks.decode()}{after}")
        position = second.end
    return "".join(parts)


def _apart(neighbour: str, inside: str, edge: str, *, moved: bool) -> str:
    """What must stand between a mark and what is beside it outside."""
    if not neighbour.isalnum():
        return ""
    if moved and any(map(str.isspace, inside)) and not is_unspaced(neighbour):
        return " "
    return "" if edge.isalnum() else "&#x200B;"


def _suspects(pair: AlignedPair) -> list[tuple[Segment, Segment]]:
    """The segments with an asterisk that is no part of what surely is emphasis."""
    both, whole = changed(pair), target_text(pair)
    if "*" not in whole or "*" not in (left := _SOUND.sub("", whole)):
        return []
    rest = left.split(APART)
    if len(rest) != len(both):
        rest = [_SOUND.sub("", one[1].text) for one in both]
    return [(one[0], one[1]) for one, signs in zip(both, rest, strict=True) if "*" in signs]


def _opens_line(document: Document, target: Segment, at: int) -> bool:
    """Whether nothing that is seen stands before a place on its line."""
    line = document.data[target.start : at].decode("utf-8", "replace").rpartition("\n")[2]
    return not _UNSEEN.sub("", line)
