"""`emphasis-broken`: marks that were meant as emphasis and are shown to the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilint.checks.base import Context
from bilint.checks.changed import APART, changed, target_text
from bilint.checks.tokens.syntax import is_unspaced
from bilint.checks.typography.bold_cut import cut_bold
from bilint.checks.typography.cut_emphasis import cut_spans
from bilint.checks.typography.emphasis import Stray, strays
from bilint.checks.typography.overrun import overrun_spans
from bilint.checks.typography.sheet import visible
from bilint.checks.typography.underscores import shown_underscores
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Segment, SegmentKind
from bilint.model.finding import Observation, Severity, Suggestion
from bilint.model.pattern import late
from bilint.model.text import Span

# Emphasis that surely is some: most is. It begins after a blank and no letter follows it; the
# asterisk comes first, since what begins with a literal is found many times faster. What it holds
# of links it holds whole.
_SOUND = late(
    r"\*(?<![^\s\0]\*)(\*{0,2})(?![\s*])[^*\0\[\]]*(?:\[[^*\0\[\]]*\][^*\0\[\]]*)*(?<!\s)"
    r"\*\1(?![\w*])"
)

_UNSEEN = late(r"&#(?:x200[bcd]|820[345]);|[\s>\u200b-\u200d\ufeff]", re.IGNORECASE)

_MEANT = late(r"(?:\\\*|&(?:#0*42|#[xX]0*2[aA]|ast);)+")
_STAR = late(r"\\\*|&[^;]*;")
"""Stars that are written so as to be seen, and one of them."""

_EMPHASIS = late(r"[*_]|</?(?:b|i|em|strong)\b", re.IGNORECASE)
_OPENING = late(rb"!?\[(?:![A-Za-z]+ )?")
_CLOSING = ord("]")
_TWO = 2
_SHOWN = 60

_EDGES = late(r"\A(?:\s|&#x200[bB];|\u200b)+|(?:\s|&#x200[bB];|\u200b)+\Z")

_UNRENDERED = frozenset((SegmentKind.TITLE, SegmentKind.DESCRIPTION, SegmentKind.ALT_TEXT))


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """Marks of emphasis are shown to the reader."""
    if pair.source is None:
        return
    yield from shown_underscores(pair)
    yield from overrun_spans(pair)
    cut = list(cut_bold(pair))
    yield from cut
    told = {one.span.start for one in cut}
    yield from (one for one in cut_spans(pair) if one.span.start not in told)
    for source, target in _suspects(pair):
        if target.kind in _UNRENDERED:
            continue
        shown = strays(pair.document, target)
        if shown:
            yield from _in_segment(pair.document, target, shown, pair.source.document, source)


def _in_segment(
    document: Document, target: Segment, found: list[Stray], base: Document, source: Segment
) -> Iterator[Observation]:
    ours = visible(base, source)
    meant = _meant(strays(base, source), ours, visible(document, target))
    shown = [one for kind in _of_kinds(found, meant) for one in kind]
    if not shown:
        return
    shown.sort()
    # A star for any value or for a multiplication, where the source emphasises nothing.
    stars = all(map(_single, shown)) and _EMPHASIS.search(_MEANT.sub("", ours)) is None
    if stars and any(one.alone for one in shown):
        shown = [one for one in shown if one.alone][:1]
    sure = not any(meant[_single(one)] for one in shown)
    mended = _mended(document.data, target, shown) if sure else None
    # Where the marks meant each other, what they hold between them is the place.
    last = -1 if mended is not None or not sure else 1 if len(shown) > 1 else 0
    place = Span(shown[0].span.start, shown[last].span.end)
    if mended is None and len(shown) == _TWO:
        place, mended = _carried(document.data, target, shown) or (place, None)
    said = document.data[place.start : place.end].decode("utf-8", "replace")
    marks = document.data[slice(*shown[0].span)].decode()
    yield Observation(
        _message(document, target, shown, said, place),
        place,
        marks,
        source_span=source.span,
        # One alone may be meant as a star, that of a footnote for one.
        severity=Severity.WARNING if len(shown) == 1 and marks == "*" else None,
        evidence={"shown": len(shown)},
        suggestion=None if mended is None else Suggestion(mended, safe=True),
    )


def _message(
    document: Document, target: Segment, shown: Sequence[Stray], said: str, place: Span
) -> str:
    if len(shown) > 1 and shown[0].homes != shown[1].homes:
        return f"This emphasis crosses the edge of a link or a label: `{said[:_SHOWN]}`"
    if said.startswith("* ") and _opens_line(document, target, place.start):
        return f"This `*` begins no item of a list, it is shown to the reader: `{said[:_SHOWN]}`"
    return f"These marks of emphasis are shown to the reader: `{said[:_SHOWN]}`"


def _single(one: Stray) -> bool:
    return one.span.end - one.span.start == 1


def _meant(theirs: list[Stray], ours: str, shown: str) -> dict[bool, int]:
    """How many stars the source means to be seen, single ones apart, that the target has not."""
    meant = {True: 0, False: 0}
    for one in theirs:
        meant[_single(one)] += 1
    for text, sign in ((ours, 1), (shown, -1)):
        for match in _MEANT.finditer(text):
            meant[_STAR.fullmatch(match[0]) is not None] += sign
    return {single: max(0, count) for single, count in meant.items()}


def _of_kinds(found: list[Stray], meant: dict[bool, int]) -> Iterator[list[Stray]]:
    """The single stars, where there are more of them than are meant; and then the others."""
    for single in (True, False):
        kind = [one for one in found if _single(one) == single]
        if len(kind) > meant[single]:
            yield kind


def _mended(data: bytes, target: Segment, shown: Sequence[Stray]) -> str | None:
    """The text from the first mark to the last, so that each pair of marks is taken as such.

    Blanks within move out; where a mark touches a letter across a bracket or a quote, a sign
    without width parts the two. None where the marks are no pairs around words.
    """
    if len(shown) % 2 or any(one.homes != shown[0].homes for one in shown):
        return None
    parts: list[str] = []
    position = shown[0].span.start
    for (first, _, _), (second, _, _) in zip(shown[::2], shown[1::2], strict=True):
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


def _carried(data: bytes, target: Segment, shown: Sequence[Stray]) -> tuple[Span, str] | None:
    """The place and the text of two marks of which one is to be carried over the edge of a link.

    None where words stand between that mark and the edge.
    """
    first, second = shown
    (start, opened), (closes, end) = first.span, second.span
    marks = data[start:opened]
    if data[closes:end] != marks or data[opened : opened + 1].isspace():
        return None
    if data[closes - 1 : closes].isspace():
        return None
    if len(second.homes) == 1 and not first.homes and data[end] == _CLOSING:
        last = second.homes[0].end
        inside = data[opened:closes] + data[end:last]
        end = last
    elif (
        len(first.homes) == 1
        and not second.homes
        and _OPENING.fullmatch(data, first.homes[0].start, start)
    ):
        inside = data[first.homes[0].start : start] + data[opened:closes]
        start = first.homes[0].start
    else:
        return None
    words = inside.decode("utf-8", "replace")
    left = data[target.start : start].decode("utf-8", "replace")[-1:]
    right = data[end : target.end].decode("utf-8", "replace")[:1]
    before = _apart(left, words, words[0], moved=False)
    after = _apart(right, words, words[-1], moved=False)
    return Span(start, end), f"{before}{marks.decode()}{words}{marks.decode()}{after}"


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
