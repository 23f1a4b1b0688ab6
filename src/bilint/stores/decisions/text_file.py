"""A file of decisions: those that can be read, and the lines that are none.

What a person or git made of such a file costs nobody a decision: a line that cannot be read counts
for nothing, is told, and stays where it is until somebody takes it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bilint.model.decision import Decision
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.stores.decisions.text import (
    COLUMNS,
    HEADER,
    decision_of_line,
    in_order,
    line_of,
    merged,
    sorted_once,
)
from bilint.stores.error import StoreError

SIZE_CAP = 256 * 1024 * 1024
"""Bytes of a file of decisions."""

VERSION = 1
MANY = 20
"""Lines that are told of one by one; the rest is only counted."""

_TITLE = late(r"# bilint decisions (\d{1,9})\b")
_KEY = late("[0-9a-f]{20}")
_MARKS = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Stray(NamedTuple):
    """A line that is no decision, by its number and bytes.

    `after` is the key of the decision that it stands behind, empty at the top. `fault` says what
    is wrong with it; a note, which begins with `#`, has none. `key` is that of the decision that it
    once was, as far as it tells. `is_mark` is set where git left it behind.
    """

    number: int
    line: bytes
    after: str
    fault: str = ""
    key: str = ""
    is_mark: bool = False


class TextFile(NamedTuple):
    """What a file holds: decisions in the order of their making, and all other lines in theirs."""

    decisions: tuple[Decision, ...] = ()
    strays: tuple[Stray, ...] = ()

    def with_decisions(self, more: Iterable[Decision]) -> TextFile:
        """The same with further decisions; every other line stays."""
        return self._replace(decisions=merged(self.decisions, more))

    def data(self) -> bytes:
        """The file, sorted; other lines stand behind the decision that they stood behind."""
        behind: dict[str, list[bytes]] = {}
        for stray in self.strays:
            behind.setdefault(stray.after, []).append(stray.line)
        lines = [HEADER.encode(), *behind.get("", ())]
        for one in sorted_once(self.decisions):
            lines += (line_of(one).encode(), *behind.get(one.key, ()))
        return b"".join(line + b"\n" for line in lines)

    def faults(self, name: str) -> Iterator[str]:
        """What is wrong with the file called `name`, one message a line of it."""
        wrong = [one for one in self.strays if one.fault]
        marks = [one.number for one in self.strays if one.is_mark]
        if marks:
            lines = ", ".join(map(str, marks[:MANY])) + (", …" if len(marks) > MANY else "")
            noun = "line" if len(marks) == 1 else "lines"
            yield (
                f"{name}:{marks[0]}: git gave up a merge here and left its marks in {noun} {lines}:"
                " the decisions of both sides count, as far as they do not contradict each other;"
                f" `bilint decisions merge {name}` takes the marks out"
            )
        for one in wrong[:MANY]:
            yield f"{name}:{one.number}: {one.fault}"
        if len(wrong) > MANY:
            yield f"{name}: {len(wrong) - MANY:,} more lines count for nothing"


def read_text(data: bytes, name: str) -> TextFile:
    """What the bytes of a file say, whatever became of some of its lines.

    `name` is that of the file, for messages. Raises `StoreError` for what is no such file, or
    one that a newer Bilint wrote.
    """
    if len(data) > SIZE_CAP:
        raise StoreError(f"{name}: larger than {SIZE_CAP} bytes")
    if b"\x00" in data:
        raise StoreError(f"{name}:1: this is no text of decisions in UTF-8")
    found: dict[str, Decision] = {}
    strays: list[Stray] = []
    titled = False
    last = ""
    for number, raw in enumerate(data.removeprefix(_BYTE_ORDER_MARK).split(b"\n"), 1):
        line = raw.rstrip(b"\r")
        if not line.strip():
            continue
        read = _read(number, line, last)
        if isinstance(read, Decision):
            found.setdefault(read.key, read)
            last = read.key
        elif read is not None:
            strays.append(read)
        else:
            titled = True
            _insist_on_version(line.decode(), f"{name}:{number}")
    if not titled and not found and any(one.fault for one in strays):
        raise StoreError(
            f"{name}:1: this is no file of decisions, which would begin with"
            f" `{HEADER.partition(':')[0]}`"
        )
    return TextFile(in_order(found.values()), tuple(strays))


def _read(number: int, line: bytes, last: str) -> Decision | Stray | None:
    """What a line is; None for the title of the file."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return Stray(number, line, last, "not UTF-8")
    if text.startswith(_MARKS):
        return Stray(number, line, last, is_mark=True)
    if text.startswith("#"):
        return None if _TITLE.match(text) else Stray(number, line, last)
    try:
        decision = decision_of_line(text)
    except ValueError as error:
        return Stray(number, line, last, str(error), _key(text))
    return decision


def _insist_on_version(title: str, place: str) -> None:
    said = _TITLE.match(title)
    if said is not None and int(said[1]) > VERSION:
        raise StoreError(
            f"{place}: version {int(said[1])} of the text of decisions is newer than this Bilint,"
            f" which knows {VERSION}"
        )


def _key(line: str) -> str:
    """The key of the decision that a damaged line once was, as far as it tells."""
    column = COLUMNS.index("key")
    said = "".join(line.split("\t")[column : column + 1])
    return said if _KEY.fullmatch(said) else ""


def mended(*versions: TextFile) -> TextFile:
    """All decisions of several versions, without the marks of git.

    Of the other lines those go that were altered, where one version still has them as they were
    written. What nobody can put back stays.
    """
    decisions = merged(*(one.decisions for one in versions))
    known = {one.key for one in decisions}
    strays: dict[bytes, Stray] = {}
    for version in versions:
        for stray in version.strays:
            if not stray.is_mark and stray.key not in known:
                strays.setdefault(stray.line, stray)
    return TextFile(decisions, tuple(strays.values()))
