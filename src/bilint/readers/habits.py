"""What was learnt, written into a PO file among what people made, of which no byte is touched."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from unicodedata import category

from bilint.model.habit import Habit
from bilint.model.record import NamedTuple
from bilint.model.text import LineIndex, Span
from bilint.readers.catalogue import LEARNT, Parts, read_parts
from bilint.readers.po import PoEntry, entry_text, header_of, header_text

_CONTROLS = frozenset(("Cc", "Cs", "Zl", "Zp"))
_BLANK = b" \t\r\n"


class HabitsError(ValueError):
    """A PO file that nothing can be written into without a risk; the message says where and why."""


class Written(NamedTuple):
    """The content of a file, and how many of its entries were learnt, and made by people."""

    data: bytes
    learnt: int
    hand: int


def write_habits(
    data: bytes | None, habits: Sequence[Habit], locale: str, known: Collection[str] = ()
) -> Written | None:
    """The file with these habits in place of those it had; None where there is nothing to write.

    `data` is what the file holds, None where there is none. What people made stays as it is, in
    its order, and wins: no habit is written for a source that it has, nor for one of `known`,
    which other files have. Raises `HabitsError` where the file is damaged.
    """
    parts = read_parts(data) if data is not None else Parts(frozenset(), (), (), ())
    if data is not None and parts.problems:
        problem = parts.problems[0]
        line = LineIndex(data).position(problem.span.start).line
        raise HabitsError(f"line {line}: {problem.message}")
    taken = {_folded(one) for one in (*parts.hand, *known)}
    kept = [one for one in habits if _folded(one.source) not in taken and _writable(one)]
    if data is None and not kept:
        return None
    hand = _without(data, parts.places) if data is not None else b""
    written = _with(hand, kept, locale)
    _verify(written, data or b"", parts, kept)
    return Written(written, len(kept), len(parts.hand))


def _folded(source: str) -> str:
    return " ".join(source.split()).casefold()


def _writable(habit: Habit) -> bool:
    """Whether nothing in it could be taken for the end of a line, or harm a terminal."""
    return not any(category(one) in _CONTROLS for one in habit.source + habit.rendering)


def _without(data: bytes, places: Sequence[Span]) -> bytes:
    """The file without some entries and the empty lines before each."""
    kept: list[bytes] = []
    start = 0
    for place in places:
        before = data[start : place.start]
        bare = before.rstrip(_BLANK)
        if bare:
            kept.append(before[: len(bare) + before[len(bare) :].find(b"\n") + 1])
        start = place.end
    rest = data[start:]
    return b"".join((*kept, rest if rest.strip(_BLANK) or not places else b""))


def _with(hand: bytes, habits: Sequence[Habit], locale: str) -> bytes:
    if not hand.strip(_BLANK):
        hand = header_text(header_of(locale)).encode()
    if not habits:
        return hand
    if not hand.endswith(b"\n"):
        hand += b"\n"
    added = "".join(f"\n{_entry(one)}" for one in habits).encode()
    if b"\r\n" in hand:
        added = added.replace(b"\n", b"\r\n")
    return hand + added


def _entry(habit: Habit) -> str:
    entry = PoEntry(habit.source, habit.rendering, flags=(LEARNT,), comment=_comment(habit))
    return entry_text(entry)


def _comment(habit: Habit) -> str:
    said = f"{habit.times} of {habit.places} {habit.unit}"
    if habit.human:
        said += f", {habit.human} of them translated by people"
    if habit.others:
        said += "; else " + ", ".join(f'"{text}" {times}' for text, times in habit.others)
    return "".join(" " if category(one) in _CONTROLS else one for one in said)


def _verify(written: bytes, data: bytes, before: Parts, habits: Sequence[Habit]) -> None:
    """Reads what is to be written again; raises where it does not say what it should."""
    after = read_parts(written)
    wanted = tuple((_single(one.source), _single(one.rendering)) for one in habits)
    if after.problems or after.learnt != wanted:
        raise HabitsError("what would be written cannot be read again as it is meant")
    theirs = _rest(data, before.places)
    if after.hand != before.hand or (theirs and _rest(written, after.places) != theirs):
        raise HabitsError("what people made in it would be changed")


def _rest(data: bytes, places: Sequence[Span]) -> list[bytes]:
    """The lines beside some entries that are not empty."""
    ends = [0, *(place.end for place in places)]
    starts = [*(place.start for place in places), len(data)]
    rest = b"\n".join(data[end:start] for end, start in zip(ends, starts, strict=True))
    return [line for line in rest.splitlines() if line.strip(_BLANK)]


def _single(text: str) -> str:
    return " ".join(text.split())
