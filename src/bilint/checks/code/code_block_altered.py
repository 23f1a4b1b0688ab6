"""`code-block-altered`: a line of a code block is not the one of the source."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.code.masked import decoded, without_language, without_width_marks
from bilint.checks.code.reading import is_prose, messages_removed, strings_removed, uncommented
from bilint.model.alignment import AlignedPair
from bilint.model.document import Block, BlockKind, Document
from bilint.model.finding import Confidence, Observation, Severity, Suggestion
from bilint.model.record import NamedTuple
from bilint.model.text import Span

_MOST_LINES = 2_000
"""Lines of a block up to which its lines are compared; a longer one is told as a whole."""

_MOST_FOUND = 20
"""Lines of a block that are told at most."""

_MOST_BY_LINE = 3
"""Lines in a row that are told one by one."""

_SHOWN = 80
_TAG = ord("<")


class _Line(NamedTuple):
    """A line of code: as written, as it is compared, and what of it no translator may touch.

    `number` counts the lines of its block from 0.
    """

    text: str
    key: str
    bare: str
    number: int


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """One observation for each line of code that differs in more than words for people."""
    if pair.source is None:
        return
    source = [one for one in pair.source.document.blocks if one.kind is BlockKind.CODE]
    if not source:
        return
    target = [one for one in pair.document.blocks if one.kind is BlockKind.CODE]
    for before, after in _beside(source, target):
        if before.text != after.text and _body(before.text) != _body(after.text):
            found = list(_compare(before, after, pair))
            if found and _is_torn(before, pair.source.document):
                return
            yield from found


def _is_torn(block: Block, document: Document) -> bool:
    """Whether a block of the source stands where its text and its code have changed places."""
    from bilint.checks.structure.blocks import torn_code

    torn = torn_code(document)
    return torn is not None and torn.start <= block.start


def _beside(source: list[Block], target: list[Block]) -> Iterator[tuple[Block, Block]]:
    """The blocks that stand for each other; that one is missing is for others to tell."""
    if len(source) == len(target):
        yield from zip(source, target, strict=True)
        return
    from bilint.engines.likeness import SEQUENCE_COST, opcodes

    if len(source) * len(target) > SEQUENCE_COST:
        return
    keys = [[" ".join(_body(one.text)) for one in blocks] for blocks in (source, target)]
    for step in opcodes(*keys):
        if step.tag == "replace" and step.b - step.a == step.d - step.c:
            yield from zip(source[step.a : step.b], target[step.c : step.d], strict=True)


def _body(text: str) -> list[str]:
    """The lines of a block, without indentation, blanks and what has no width."""
    text = without_width_marks(text)
    return [line for raw in text.splitlines() if (line := " ".join(raw.split()))]


def _compare(before: Block, after: Block, pair: AlignedPair) -> Iterator[Observation]:
    language = (before.info or after.info).split()[0:1]
    name = language[0].strip("{}.").lower() if language else ""
    if is_prose(before.text, name):
        return
    source, target = _lines(before.text, name), _lines(after.text, name)
    if [one.bare for one in source] == [one.bare for one in target]:
        return
    if max(len(source), len(target)) > _MOST_LINES:
        yield Observation(
            "This code is not the one of the source",
            Span(after.start, after.end),
            _short(source[0].key) if source else "",
            Span(before.start, before.end),
        )
        return
    places = _Places(pair.document.data, after)
    old = _Places(pair.source.document.data, before) if pair.source else places
    for told, (lost, found) in enumerate(_hunks(source, target)):
        if told == _MOST_FOUND:
            return
        if len(lost) == len(found) <= _MOST_BY_LINE:
            for wanted, there in zip(lost, found, strict=True):
                yield _altered(wanted, there, old, places)
        else:
            yield _hunk(lost, found, old, places)


def _hunks(source: list[_Line], target: list[_Line]) -> Iterator[tuple[list[_Line], list[_Line]]]:
    """The stretches of lines that differ."""
    a = b = 0
    for c, d in (*_matches(source, target), (len(source), len(target))):
        if c > a or d > b:
            yield source[a:c], target[b:d]
        a, b = c + 1, d + 1


def _matches(source: list[_Line], target: list[_Line]) -> Iterator[tuple[int, int]]:
    """Which lines are the same; where none was lost or added, one stands for one."""
    if len(source) == len(target):
        for index, (wanted, found) in enumerate(zip(source, target, strict=True)):
            if wanted.bare == found.bare:
                yield index, index
        return
    from bilint.engines.likeness import opcodes

    for step in opcodes([one.bare for one in source], [one.bare for one in target]):
        if step.tag == "equal":
            yield from zip(range(step.a, step.b), range(step.c, step.d), strict=True)


def _lines(text: str, language: str) -> list[_Line]:
    """The lines of a block that hold code."""
    lines = []
    written = text.split("\n")
    for number, (raw, rest) in enumerate(zip(written, uncommented(text, language), strict=True)):
        key = " ".join(without_width_marks(raw).split())
        bare = messages_removed(without_width_marks(rest), language)
        bare = "".join(without_language(bare).split())
        if key and bare:
            lines.append(_Line(raw, key, bare, number))
    return lines


class _Places:
    """Finds the lines of a block in its page, in order."""

    def __init__(self, data: bytes, block: Block) -> None:
        self._data = data
        self.whole = Span(block.start, block.end)
        self._at = block.start

    def find(self, line: _Line) -> Span:
        """Where a line stands; in HTML it may be written otherwise. The block if nobody knows."""
        wanted = line.text.strip().encode()
        at = self._data.find(wanted, self._at, self.whole.end)
        if at < 0:
            return self._line(line.number) if self._data[self.whole.start] == _TAG else self.whole
        self._at = at + len(wanted)
        return Span(at, self._at)

    def has(self, line: _Line, span: Span) -> bool:
        """Whether a place holds a line as readers see it, and nothing else."""
        return self._data[span.start : span.end] == line.text.strip().encode()

    def _line(self, number: int) -> Span:
        lines = self._data[self.whole.start : self.whole.end].split(b"\n")
        if number >= len(lines):
            return self.whole
        line = lines[number]
        start = self.whole.start + sum(map(len, lines[:number])) + number
        start += len(line) - len(line.lstrip())
        return Span(start, start + len(line.strip()))


def _altered(wanted: _Line, found: _Line, old: _Places, places: _Places) -> Observation:
    span, source_span = places.find(found), old.find(wanted)
    text = wanted.text.strip()
    as_shown = places.has(found, span) and old.has(wanted, source_span)
    if decoded(found.key) == wanted.key and found.key != wanted.key:
        return Observation(
            f"In code entities are shown as they are written: `{_short(found.key)}`",
            span,
            _short(wanted.key),
            source_span,
            suggestion=Suggestion(text, safe=True) if as_shown else None,
        )
    data = strings_removed(wanted.bare) == strings_removed(found.bare)
    said = "not the one of the source"
    if "`" not in wanted.key:
        said = f"`{_short(wanted.key)}` in the source"
    return Observation(
        f"This line of code is {said}",
        span,
        _short(wanted.key),
        source_span,
        severity=Severity.INFO if data else None,
        confidence=Confidence.LOW if data else None,
        suggestion=Suggestion(text) if as_shown else None,
    )


def _hunk(lost: list[_Line], found: list[_Line], old: _Places, places: _Places) -> Observation:
    before = [old.find(one) for one in lost]
    after = [places.find(one) for one in found]
    marks = ("&quot;", "&#39;", "&lbrace;", "&lbrack;", "&grave;", "&lt;", "&amp;")
    if not found:
        what = "A line of code is missing" if len(lost) == 1 else "Lines of code are missing"
        message = f"{what}: `{_short(lost[0].key)}`"
    elif not lost:
        message = f"The source has no such line of code: `{_short(found[0].key)}`"
    elif any(mark in one.key for one in found for mark in marks) and not any(
        mark in one.key for one in lost for mark in marks
    ):
        message = "In code entities are shown as they are written"
    else:
        message = f"These lines of code differ from the source: `{_short(lost[0].key)}`"
    return Observation(
        message,
        Span(after[0].start, after[-1].end) if after else places.whole,
        _short((lost or found)[0].key),
        Span(before[0].start, before[-1].end) if before else old.whole,
    )


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
