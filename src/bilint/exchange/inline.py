"""The text of a segment with its codes: what a translator must not damage stands apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from bilint.model.document import Segment, SegmentKind, Token, TokenKind
from bilint.model.exchange import BREAK, CONTROL, Code, Part, Role, Text, flat
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_PAIRS = frozenset(
    (
        TokenKind.UICONTROL,
        TokenKind.TAB,
        TokenKind.BADGE,
        TokenKind.LINK,
        TokenKind.IMAGE,
    )
)
_LABELS = frozenset((TokenKind.UICONTROL, TokenKind.TAB, TokenKind.BADGE))
_VARYING = frozenset(
    (
        TokenKind.LINK.value,
        TokenKind.IMAGE.value,
        TokenKind.HTML.value,
        TokenKind.ANCHOR.value,
        TokenKind.ATTRIBUTES.value,
        BREAK,
    )
)
"""Kinds whose codes may differ between source and target: an address has the locale in it."""

_WRAP = late(r"(\\|[ \t]*)(?:\r\n?|\n)[ \t]*")
_QUOTED_WRAP = late(r"(\\|[ \t]*)(?:\r\n?|\n)[ \t>]*")
_LABEL_HEAD = late(r"\[!\w+\s+")
# What XML 1.0 has no place for. Line ends and tabs pass; a lone CR would come back as LF.
_CONTROL = late("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_BREAKS = frozenset((SegmentKind.TITLE, SegmentKind.DESCRIPTION, SegmentKind.HTML_TEXT))


class Stretch(NamedTuple):
    """A stretch of a text as translators see it, and what the page has in its place."""

    shown: str
    raw: str
    is_break: bool = False


def stretches(segment: Segment) -> Iterator[Stretch]:
    """The text of a segment in stretches: every wrap of a line is one of its own.

    A wrapped line is shown as one, with a blank. A hard break keeps its line end, and nothing of
    the margin after it.
    """
    text = segment.text
    wrap = _QUOTED_WRAP if ">" in segment.shape else _WRAP
    position = 0
    for match in wrap.finditer(text) if "\n" in text or "\r" in text else ():
        start, before = match.start(), match[1]
        hard = ""
        if segment.kind not in _NO_BREAKS:
            if before.endswith("  "):
                hard = "  \n"
            elif before == "\\":
                hard = "" if _is_escaped(text, start) else "\\\n"
        if before == "\\" and not hard:
            start += 1
        if start > position:
            yield Stretch(text[position:start], text[position:start])
        yield Stretch(hard or " ", text[start : match.end()], bool(hard))
        position = match.end()
    if position < len(text):
        yield Stretch(text[position:], text[position:])


def _is_escaped(text: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before a place."""
    before = text[:at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def shown(segment: Segment) -> str:
    """The text of a segment as translators see it."""
    if "\n" not in segment.text and "\r" not in segment.text:
        return segment.text
    return "".join(stretch.shown for stretch in stretches(segment))


class _Cut(NamedTuple):
    """A code in the raw text of a segment: bytes from its beginning."""

    start: int
    end: int
    role: Role
    kind: str
    partner: int = -1


def read_text(segment: Segment) -> Text:
    """The text of a segment with its codes, numbered from 1."""
    cuts = _paired(list(_cuts(segment)))
    raw = segment.text.encode("utf-8", "surrogatepass")
    parts: list[Part] = []
    position = 0
    one_line = _one_line(segment)
    for cut in cuts:
        if cut.start > position:
            parts.extend(one_line(_decoded(raw[position : cut.start])))
        code = flat(one_line(_decoded(raw[cut.start : cut.end])))
        parts.append(Code(0, cut.role, cut.kind, code))
        position = cut.end
    if position < len(raw):
        parts.extend(one_line(_decoded(raw[position:])))
    return _renumbered(_with_controls(parts))


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogatepass")


def _one_line(segment: Segment) -> Callable[[str], Iterator[Part]]:
    def parts(text: str) -> Iterator[Part]:
        for stretch in stretches(segment._replace(text=text)):
            if stretch.is_break:
                yield Code(0, Role.ALONE, BREAK, stretch.shown)
            else:
                yield stretch.shown

    return parts


def _with_controls(parts: Iterable[Part]) -> Iterator[Part]:
    for part in parts:
        if isinstance(part, Code):
            yield part
            continue
        position = 0
        for match in _CONTROL.finditer(part):
            if match.start() > position:
                yield part[position : match.start()]
            yield Code(0, Role.ALONE, CONTROL, match[0])
            position = match.end()
        if position < len(part):
            yield part[position:]


def _renumbered(parts: Iterable[Part]) -> Text:
    """The codes numbered in their order, the texts between them joined."""
    joined: list[Part] = []
    number = 0
    open_: list[int] = []
    for part in parts:
        if isinstance(part, str):
            if joined and isinstance(joined[-1], str):
                joined[-1] += part
            elif part:
                joined.append(part)
            continue
        if part.role is Role.CLOSE:
            joined.append(part._replace(number=open_.pop()))
            continue
        number += 1
        joined.append(part._replace(number=number))
        if part.role is Role.OPEN:
            open_.append(number)
    return tuple(joined)


def _cuts(segment: Segment) -> Iterator[_Cut]:
    """The codes of a segment in order; halves of HTML elements stand alone as yet."""
    base = segment.start
    size = len(segment.text.encode("utf-8", "surrogatepass"))
    found: list[_Cut] = []
    covered = 0
    for token in segment.tokens:
        start, end = token.start - base, token.end - base
        if start < covered or end > size or token.kind is TokenKind.NUMBER:
            continue
        halves = _halves(token) if token.kind in _PAIRS else None
        if halves is None:
            found.append(_Cut(start, end, Role.ALONE, _kind(token)))
            covered = end
        else:
            head, tail = halves
            found.append(_Cut(start, start + head, Role.OPEN, token.kind.value))
            found.append(_Cut(end - tail, end, Role.CLOSE, token.kind.value))
            covered = start + head
    found.sort()
    return iter(_without_overlaps(found))


def _without_overlaps(cuts: list[_Cut]) -> Iterator[_Cut]:
    """Only codes that follow each other; a half whose other half is gone stands alone."""
    position = 0
    for cut in cuts:
        if cut.start >= position:
            yield cut
            position = cut.end


def _kind(token: Token) -> str:
    if token.kind is TokenKind.HTML and token.value != "!--":
        closing = token.value.startswith("/")
        empty = token.text.endswith("/>")
        mark = "/" if closing else "+" if not empty else ""
        return f"{TokenKind.HTML.value}:{mark}{token.value.lstrip('/').lower()}"
    return token.kind.value


def _halves(token: Token) -> tuple[int, int] | None:
    """The bytes before and after the text that a token has inside; None when it has none."""
    text = token.text
    if token.kind in _LABELS:
        head = _LABEL_HEAD.match(text)
        if head is None or not text.endswith("]"):
            return None
        return len(head[0].encode()), 1
    opening = 2 if token.kind is TokenKind.IMAGE else 1
    address = text.rfind("](")
    if address < 0 and text.endswith("]"):
        address = text.rfind("][")
    if address <= opening or text[opening - 1] != "[":
        return None
    return opening, len(text[address:].encode())


def _paired(cuts: list[_Cut]) -> list[_Cut]:
    """Every opening half knows its closing one; what is not properly nested stands alone."""
    plain = [_plain_html(cut) for cut in cuts]
    open_: list[int] = []
    for index, cut in enumerate(cuts):
        name = cut.kind
        if cut.role is Role.OPEN or name.startswith("html:+"):
            open_.append(index)
        elif cut.role is Role.CLOSE:
            while open_ and cuts[open_[-1]].role is not Role.OPEN:
                open_.pop()
            if open_ and cuts[open_[-1]].kind == name:
                plain[index] = plain[index]._replace(partner=open_.pop())
            else:
                plain[index] = plain[index]._replace(role=Role.ALONE)
        elif name.startswith("html:/") and open_ and cuts[open_[-1]].kind == f"html:+{name[6:]}":
            at = open_.pop()
            plain[at] = plain[at]._replace(role=Role.OPEN)
            plain[index] = plain[index]._replace(role=Role.CLOSE, partner=at)
    closed = {cut.partner for cut in plain if cut.role is Role.CLOSE}
    return [
        cut._replace(role=Role.ALONE) if cut.role is Role.OPEN and index not in closed else cut
        for index, cut in enumerate(plain)
    ]


def _plain_html(cut: _Cut) -> _Cut:
    return cut._replace(kind=TokenKind.HTML.value) if cut.kind.startswith("html:") else cut


class _Unit(NamedTuple):
    """A code with its other half, if it has one, by their places in a text."""

    opening: int
    closing: int | None
    kind: str
    text: str


def _units(text: Text) -> list[_Unit]:
    closings = {
        part.number: index
        for index, part in enumerate(text)
        if isinstance(part, Code) and part.role is Role.CLOSE
    }
    units = []
    for index, part in enumerate(text):
        if isinstance(part, Code) and part.role is not Role.CLOSE:
            closing = closings.get(part.number) if part.role is Role.OPEN else None
            whole = part.text if closing is None else f"{part.text}\0{_code(text, closing).text}"
            units.append(_Unit(index, closing, part.kind, whole))
    return units


def _code(text: Text, index: int) -> Code:
    part = text[index]
    assert isinstance(part, Code)  # noqa: S101 (the index is one of a code)
    return part


def number_like(source: Text, target: Text, base: Text = ()) -> Text:
    """The target with the numbers of the source: what is the same there has the same number.

    What varies by its nature, such as the address of a link, is the same when it comes in the
    same order. All else in the target is numbered on, and so is what stands in `base`, the source
    that the target translates, and has gone from the source since.
    """
    theirs = _units(source)
    ours = _units(target)
    if not ours:
        return target
    free = dict(enumerate(theirs))
    taken: dict[int, int] = {}
    gone = {unit.text for unit in _units(base)} - {unit.text for unit in theirs}
    for same in (_alike, _similar):
        for index, unit in enumerate(ours):
            if index in taken or unit.text in gone:
                continue
            for other, candidate in free.items():
                if same(unit, candidate):
                    taken[index] = _code(source, candidate.opening).number
                    del free[other]
                    break
    following = max((_code(source, unit.opening).number for unit in theirs), default=0)
    parts = list(target)
    for index, unit in enumerate(ours):
        number = taken.get(index)
        if number is None:
            following += 1
            number = following
        for at in (unit.opening, unit.closing):
            if at is not None:
                parts[at] = _code(target, at)._replace(number=number)
    return tuple(parts)


def _alike(one: _Unit, other: _Unit) -> bool:
    return one.kind == other.kind and one.text == other.text


def _similar(one: _Unit, other: _Unit) -> bool:
    paired = (one.closing is None) == (other.closing is None)
    return paired and one.kind == other.kind and one.kind in _VARYING


def codes_of(*texts: Text) -> Iterator[Code]:
    """The codes of some texts, those of the first first."""
    return (part for text in texts for part in text if isinstance(part, Code))


def resolve(parts: Iterable[Part], target: Text, source: Text) -> Text | Code:
    """The text that comes back, with codes as the page has them; the code nobody knows if any.

    A number means the code of the translation as it stands, else that of the source. What the
    file holds inside a code only counts where its number says nothing: tools put the source's
    own code there.
    """
    known: dict[tuple[int, Role], Code] = {}
    by_text: dict[tuple[str, Role], Code] = {}
    for code in codes_of(target, source):
        known.setdefault((code.number, code.role), code)
        by_text.setdefault((code.text, code.role), code)
    resolved: list[Part] = []
    for part in parts:
        if isinstance(part, str):
            resolved.append(part)
            continue
        meant = known.get((part.number, part.role)) or by_text.get((part.text, part.role))
        if meant is None:
            return part
        resolved.append(meant)
    return tuple(resolved)
