"""How long something takes, in English, and what it is in other units: a week, `1 時間 30 分`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from bilint.checks.numbers.values import Number, Value
from bilint.model.pattern import late

_UNITS = "second|minute|hour|day|week|month|year"
_UNIT = late(rf"[ \u00a0-]?({_UNITS})s?\b", 2)
_AND = late(r",?(?: and)? ")
_SMALLER = {
    "second": (1000.0,),
    "minute": (60.0,),
    "hour": (60.0,),
    "day": (24.0,),
    "week": (7.0,),
    "month": (30.0,),
    "year": (12.0,),
}
_LARGER = {
    "second": (60.0, 3600.0),
    "minute": (60.0,),
    "hour": (24.0,),
    "day": (7.0, 30.0),
    "week": (),
    "month": (12.0,),
    "year": (),
}
_BELOW = {"minute": "second", "hour": "minute", "day": "hour", "week": "day", "year": "month"}
_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_VALUES = {word: float(at + 1) for at, word in enumerate(_WORDS.split())} | {"a": 1.0, "an": 1.0}
_WORDED = late(
    rf"\b({'|'.join(_VALUES)})( and a half)?[ -](?:(dozen)|({_UNITS})s?( and a half)?)\b", 2
)
_DOZEN = 12
_HALF = 0.5


def same_times(number: Number, text: str) -> set[Value]:
    """What a span of time such as `14 days` is in other units: two weeks, 336 hours.

    One of a unit is not among it, because words for one stand everywhere. Of `1990s` it is 90.
    """
    if text.startswith("s", number.end):
        return {value % 100 for value in number.values if isinstance(value, float)}
    unit = _UNIT.match(text, number.end)
    if unit is None:
        return set()
    return _other_units(number.values, unit[1].lower())


def _other_units(values: Iterable[Value], unit: str) -> set[Value]:
    found: set[Value] = set()
    for value in values:
        if isinstance(value, float):
            found.update(value * by for by in _SMALLER[unit])
            found.update(value / by for by in _LARGER[unit] if value % (by / 2) == 0)
            if value % 1:
                found.update((value // 1, round(value % 1 * _SMALLER[unit][0], 6)))
    return found - {1.0}


def in_two_units(number: Number, text: str) -> Iterator[tuple[float, float]]:
    """What a span of time is in a larger unit and its own: 90 minutes, one hour and 30 minutes."""
    unit = _UNIT.match(text, number.end)
    if unit is None:
        return
    for value in number.values:
        if isinstance(value, float):
            for by in _LARGER[unit[1].lower()]:
                larger, rest = divmod(value, by)
                if larger and rest:
                    yield larger, rest


def is_a_minute(number: Number, text: str) -> bool:
    """Whether this is what hardly any language calls sixty seconds."""
    unit = _UNIT.match(text, number.end)
    return 60.0 in number.values and unit is not None and unit[1].lower() == "second"


def together(numbers: Sequence[Number], text: str) -> Iterator[tuple[Number, Number, Number]]:
    """Spans of time in two units, `1 hour and 30 minutes`: both numbers, and all in the smaller."""
    for first, second in pairwise(numbers):
        unit = _UNIT.match(text, first.end)
        if unit is None or not _AND.fullmatch(text, unit.end(), second.start):
            continue
        below = _UNIT.match(text, second.end)
        if below is None or below[1].lower() != _BELOW.get(unit[1].lower()):
            continue
        by = _SMALLER[unit[1].lower()][0]
        values = frozenset[Value](
            one * by + other
            for one in first.values
            for other in second.values
            if isinstance(one, float) and isinstance(other, float)
        )
        yield first, second, second._replace(values=values)


def in_words(text: str) -> set[Value]:
    """What spans of time and dozens that are said in words may be in figures: `two weeks`, 14."""
    found: set[Value] = set()
    for match in _WORDED.finditer(text):
        value = _VALUES[match[1].lower()] + (_HALF if match[2] or match[5] else 0.0)
        found.add(value * _DOZEN if match[3] else value)
        if match[4]:
            found |= _other_units((value,), match[4].lower())
    return found
