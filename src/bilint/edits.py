"""Changes of spans of a page, applied byte for byte: what is outside the spans stays as it was.

An `Edit` says what it expects where it stands, so that it can be kept, sent and applied later: on
a page that has changed meanwhile it does not fit, and is told, not forced.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from bilint.model.document import Document, Segment, SegmentKind, Token, TokenKind
from bilint.model.record import NamedTuple
from bilint.model.text import LineIndex, Span

_LINE_END = re.compile(r"\r\n|[\r\n]")
_ENDS = (b"\r\n", b"\n", b"\r")


class Edit(NamedTuple):
    """A change of one span of one page.

    `digest` is the SHA-256 of the bytes expected in the span; `text` is what comes in their place.
    """

    path: str
    span: Span
    digest: str
    text: str


class LeftOut(NamedTuple):
    """An edit that was not applied, and why."""

    edit: Edit
    reason: str


class Applied(NamedTuple):
    """A page after its edits. `done` are those applied, in the order of the page."""

    data: bytes
    done: tuple[Edit, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


class EditError(ValueError):
    """A text that cannot be put where it was meant to go; the message says why."""


OVERLAP = "another edit changes the same place"
MOVED = "the page has something else there by now"
NOT_TEXT = "the page has bytes that are not UTF-8"


def edit_of(path: str, data: bytes, span: Span, text: str) -> Edit:
    """The edit that puts `text` in place of `span` of a page as it is now."""
    return Edit(path, span, _digest(data[span.start : span.end]), text)


def apply(data: bytes, edits: Iterable[Edit]) -> Applied:
    """The page with as many of the edits as do not touch each other; those named first win.

    New lines end as the lines around them do. A page that is not UTF-8 throughout is left alone.
    """
    if not _is_text(data):
        return Applied(data, left_out=tuple(LeftOut(one, NOT_TEXT) for one in edits))
    chosen: list[Edit] = []
    left_out: list[LeftOut] = []
    for edit in edits:
        if not _fits(data, edit):
            left_out.append(LeftOut(edit, MOVED))
        elif any(_touch(edit.span, other.span) for other in chosen):
            left_out.append(LeftOut(edit, OVERLAP))
        else:
            chosen.append(edit)
    chosen.sort(key=lambda edit: edit.span)
    parts: list[bytes] = []
    position = 0
    for edit in chosen:
        parts += (data[position : edit.span.start], inserted(data, edit))
        position = edit.span.end
    parts.append(data[position:])
    return Applied(b"".join(parts), tuple(chosen), tuple(left_out))


def inserted(data: bytes, edit: Edit) -> bytes:
    """The bytes that an edit puts into the page, its line ends being the page's own."""
    text = edit.text
    if "\n" in text or "\r" in text:
        text = _LINE_END.sub(line_end(data, edit.span.start), text)
    return text.encode()


def line_end(data: bytes, offset: int) -> str:
    """What ends the line of a byte; of the last line, what ends the one before."""
    following = re.compile(rb"\r\n|[\r\n]").search(data, offset)
    if following is not None:
        return following[0].decode()
    last = max(data.rfind(b"\n"), data.rfind(b"\r"))
    return next((end.decode() for end in _ENDS if data[: last + 1].endswith(end)), "\n")


def _fits(data: bytes, edit: Edit) -> bool:
    start, end = edit.span
    if not 0 <= start <= end <= len(data):
        return False
    if any(at < len(data) and data[at] & 0xC0 == 0x80 for at in edit.span):
        return False
    return _digest(data[start:end]) == edit.digest


def _touch(one: Span, other: Span) -> bool:
    """Whether two changes have a byte in common; one that only inserts has those around it."""
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


class Shift:
    """Where the bytes of a page stand after its edits.

    `then` are the spans of the edits as they were, `now` what stands there instead.
    """

    __slots__ = ("_ends", "_moves", "now", "then")

    def __init__(self, data: bytes, edits: Sequence[Edit]) -> None:
        """`edits` are those that were applied to `data`, in the order of the page."""
        self.then = [edit.span for edit in edits]
        self.now: list[Span] = []
        self._ends = [span.end for span in self.then]
        self._moves = [0]
        for edit in edits:
            start, size = edit.span.start + self._moves[-1], len(inserted(data, edit))
            self.now.append(Span(start, start + size))
            self._moves.append(start + size - edit.span.end)

    def after(self, offset: int) -> int:
        """Where a byte stands now; one within an edit, as far before its end as it was."""
        return offset + self._moves[bisect_right(self._ends, offset)]

    def before(self, offset: int) -> int:
        """Where a byte stood; of one that an edit brought, where the edit began."""
        for then, now, move in zip(self.then, self.now, self._moves, strict=False):
            if offset < now.start:
                return offset - move
            if offset < now.end:
                return then.start
        return offset - self._moves[-1]


def _near(spans: Iterable[Span], start: int, end: int) -> bool:
    """Whether one of the spans has a byte of this stretch, or stands directly beside it."""
    return any(span.start <= end and start <= span.end for span in spans)


def difference_elsewhere(before: Document, after: Document, edits: Sequence[Edit]) -> str | None:
    """What an edited page says otherwise where nobody edited it; None where it says the same.

    Compared are the segments with their kind, shape, text and tokens, what stands between them,
    the other values of the front matter, and what the parser had to complain of. A segment in a
    block of lines that was edited may get another shape: that may be what the edit was for.
    """
    problems = _problems(after) - _problems(before)
    if problems:
        return f"the page could not be read as before any more ({', '.join(sorted(problems))})"
    shift = Shift(before.data, edits)
    was = [one for one in before.segments if not _near(shift.then, one.start, one.end)]
    now = [one for one in after.segments if not _near(shift.now, one.start, one.end)]
    told = {_told(one, one.start) for one in now}
    lines = LineIndex(before.data)
    edited = _lines(before.data, lines, shift.then)
    for one in was:
        start = shift.after(one.start)
        beside = lines.line(one.start) in edited
        if _told(one, start) not in told and not (beside and _reshaped(one, start, now)):
            return f"the page would read otherwise at line {lines.line(one.start)}"
    # What an edit replaced as a whole may be gone: a mark that was text, and is a mark again. And
    # of a picture with something beside it, the text of the picture may be left.
    part_was, whole_was = _replaced(before.segments, shift.then)
    part_now, whole_now = _replaced(after.segments, shift.now)
    within = [
        Span(shift.after(one.start), shift.after(one.end))
        for one in before.segments
        if _near(shift.then, one.start, one.end)
    ]
    alone = sum(
        one.kind is SegmentKind.ALT_TEXT
        and any(span.start <= one.start and one.end <= span.end for span in within)
        for one in now
    )
    if len(was) != len(now) - alone or part_was != part_now + alone or whole_was < whole_now:
        return "another piece of text would come or go"
    blocks = [b._replace(start=shift.after(b.start), end=shift.after(b.end)) for b in before.blocks]
    there = [b for b in after.blocks if not _near(shift.now, b.start, b.end)]
    if there != [b for b in blocks if not _near(shift.now, b.start, b.end)]:
        return "code, pictures or links outside the text would change"
    return _other_values(before, after, shift)


def _problems(document: Document) -> Counter[str]:
    return Counter(one.code for one in (*document.problems, *document.front_matter.problems))


def _told(segment: Segment, start: int) -> tuple[object, ...]:
    """All that a segment is, standing at another place."""
    tokens = tuple(
        (token.kind, token.start - segment.start, token.text, token.value)
        for token in segment.tokens
    )
    return (segment.kind, segment.shape, start, segment.text, tokens)


def _reshaped(segment: Segment, start: int, now: Sequence[Segment]) -> bool:
    """Whether a segment is still there, with another kind or shape."""
    return any(one.start == start and one.text == segment.text for one in now)


def _replaced(segments: Iterable[Segment], spans: Sequence[Span]) -> tuple[int, int]:
    """How many segments are edited in part, and how many as a whole."""
    near = [one for one in segments if _near(spans, one.start, one.end)]
    whole = sum(any(s.start <= one.start and one.end <= s.end for s in spans) for one in near)
    return len(near) - whole, whole


def _lines(data: bytes, lines: LineIndex, spans: Iterable[Span]) -> set[int]:
    """The lines of the edits, and those around them up to the next blank ones."""
    found: set[int] = set()

    def is_blank(line: int) -> bool:
        span = lines.line_span(line)
        return not data[span.start : span.end].strip()

    for span in spans:
        first, last = lines.line(span.start), lines.line(span.end)
        while first > 1 and not is_blank(first - 1):
            first -= 1
        while last < len(lines) and not is_blank(last + 1):
            last += 1
        found.update(range(first, last + 1))
    return found


def _other_values(before: Document, after: Document, shift: Shift) -> str | None:
    was, now = before.front_matter.entries, after.front_matter.entries
    for key, entry in was.items():
        if _near(shift.then, *entry.key_span) or _near(shift.then, *entry.value_span):
            continue
        if key not in now or now[key].value != entry.value:
            return f"the value of {key} in the front matter would change"
    return None


# ---- one segment ----

_MARGIN = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*")
_WRAPPED = frozenset((SegmentKind.PARAGRAPH, SegmentKind.LIST_ITEM, SegmentKind.ALERT))


def bare_text(document: Document, segment: Segment) -> str:
    """A segment's text as a person edits it: lines end in `\\n`, without what quotes or indents.

    Of front matter it is the value. `segment_edit` is the inverse.
    """
    if segment.start < document.body_start:
        return segment.text
    first, *rest = _LINE_END.split(segment.text)
    return "\n".join((first, *(line[_margin(line) :] for line in rest)))


def segment_edit(path: str, document: Document, segment: Segment, text: str) -> Edit | None:
    """The edit that puts `text` in place of a segment; None when the segment says that already.

    `text` is written as `bare_text` gives it; each further line gets the quote markers and the
    indentation that the segment's lines have. Raises `EditError` for a text that the place
    cannot hold: an empty one, or several lines where the page has room for one.
    """
    if text == bare_text(document, segment):
        return None
    if not text.strip():
        raise EditError("the text is empty")
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise EditError("the text has characters that no page can hold")
    data = document.data
    if segment.start < document.body_start:
        return _value_edit(path, document, segment, text)
    lines = _LINE_END.split(text)
    if len(lines) == 1:
        return edit_of(path, data, segment.span, text)
    if segment.kind not in _WRAPPED:
        raise EditError(f"a {segment.kind.value.replace('_', ' ')} has one line only")
    if any(not line.strip() for line in lines):
        raise EditError("an empty line would make two paragraphs of it")
    margins = [line[: _margin(line)] for line in _LINE_END.split(segment.text)[1:]]
    margins = margins or [_margin_of(data, segment.start)]
    last = margins[-1]
    parts = [lines[0]]
    for index, line in enumerate(lines[1:]):
        parts.append((margins[index] if index < len(margins) else last) + line)
    return edit_of(path, data, segment.span, "\n".join(parts))


def _margin(line: str) -> int:
    match = _MARGIN.match(line)
    return match.end() if match else 0


def _margin_of(data: bytes, start: int) -> str:
    """What a further line of a segment needs before it, told by what stands before the first."""
    line = max(data.rfind(b"\n", 0, start), data.rfind(b"\r", 0, start)) + 1
    before = data[line:start].decode("utf-8", "replace")
    return "".join(sign if sign in "> \t" else " " for sign in before)


def _value_edit(path: str, document: Document, segment: Segment, text: str) -> Edit:
    data = document.data
    if _LINE_END.search(text):
        raise EditError("a value of the front matter has one line only")
    entries = document.front_matter.entries.values()
    entry = next((one for one in entries if one.value_span == segment.span), None)
    if entry is None:
        raise EditError("the value cannot be told from what stands around it")
    span = entry.value_span
    quote = data[span.start - 1 : span.start]
    if quote == b"'" and data[span.end : span.end + 1] == b"'":
        text = text.replace("'", "''")
    elif quote == b'"' and data[span.end : span.end + 1] == b'"':
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    elif not _is_plain(text):
        text = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return edit_of(path, data, span, text)


_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def _is_plain(text: str) -> bool:
    """Whether YAML takes a text as it is for that very text."""
    return (
        text == text.strip()
        and ": " not in text
        and " #" not in text
        and not text.endswith(":")
        and text[0] not in "-?:,[]{}#&*!|>'\"%@`"
        and not _UNPRINTABLE.search(text)
    )


# ---- tokens ----

_BY_VALUE = frozenset(
    (
        TokenKind.DNL,
        TokenKind.CODE,
        TokenKind.PLACEHOLDER,
        TokenKind.ANCHOR,
        TokenKind.VIDEO,
        TokenKind.ATTRIBUTES,
        TokenKind.HTML,
        TokenKind.LINK,
        TokenKind.IMAGE,
        TokenKind.ALERT,
    )
)
_BY_NUMBER = frozenset((TokenKind.UICONTROL, TokenKind.TAB, TokenKind.BADGE, TokenKind.UNKNOWN))


def lost_tokens(before: Iterable[Token], after: Iterable[Token]) -> tuple[Token, ...]:
    """The tokens of `before` that `after` lacks, in their order.

    Names that are not to be translated, code, placeholders, anchors, videos, attribute lists,
    tags, and the addresses of links and pictures must be there as they were, as often as they
    were. Of labels of the user interface, tabs and badges only the number counts: what they say
    is translated. Numbers are words, and not counted.
    """
    there = Counter(map(_identity, after))
    lost = []
    for token in before:
        if token.kind in _BY_VALUE or token.kind in _BY_NUMBER:
            key = _identity(token)
            if there[key]:
                there[key] -= 1
            else:
                lost.append(token)
    return tuple(lost)


def _identity(token: Token) -> tuple[TokenKind, str]:
    return token.kind, token.value if token.kind in _BY_VALUE else ""


def segments_of(document: Document, span: Span) -> Iterator[Segment]:
    """The segments that a stretch of the page has a byte of."""
    for segment in document.segments:
        if segment.start < span.end and span.start < segment.end:
            yield segment
