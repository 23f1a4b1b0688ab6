"""Days on a grid that does not depend on when one asks: every Monday, every first of a month."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

_EVERY = re.compile(r"([0-9]{1,3})([dwm])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONDAY = date(1970, 1, 5)
MOST = 20_000
"""Days that one grid may have."""


class DateError(ValueError):
    """A day or a span of time that cannot be understood; the message says what would do."""


def days(every: str, since: str, until: str, now: str) -> tuple[str, ...]:
    """The midnights (UTC) of the grid within two times, both included; none beyond `now`.

    `every` is `1d`, `2w`, `1m` and the like: weeks begin on Mondays, months on their first day.
    Times are ISO 8601. Raises `DateError`.
    """
    start = datetime.fromisoformat(since)
    end = min(datetime.fromisoformat(until), datetime.fromisoformat(now))
    found = []
    day = _first(every, start)
    while day <= end:
        found.append(_said(day))
        if len(found) > MOST:
            raise DateError(f"more than {MOST} runs: take fewer with --every or --since")
        day = _step(every, day)
    return tuple(found)


def following(at: str, every: str) -> str:
    """The first day of the grid at a time or after it."""
    return _said(_first(every, datetime.fromisoformat(at)))


def midnight(day: str) -> str:
    """The beginning of a day, in UTC. Raises `DateError`."""
    try:
        if not _DAY.fullmatch(day):
            raise ValueError
        return _said(datetime.fromisoformat(day).replace(tzinfo=UTC))
    except ValueError:
        raise DateError(f"{day!r} is not a day such as 2024-01-31") from None


def _said(when: datetime) -> str:
    return when.isoformat().replace("+00:00", "Z")


def _understood(every: str) -> tuple[int, str]:
    match = _EVERY.fullmatch(every)
    if match is None or int(match[1]) == 0:
        raise DateError(f"{every!r} is not a span of time: write 1d, 1w, 2w, 1m or the like")
    return int(match[1]), match[2]


def _first(every: str, start: datetime) -> datetime:
    """The first day of the grid at `start` or after it."""
    number, unit = _understood(every)
    start = start.astimezone(UTC)
    day = start.date() + timedelta(days=start.time() != datetime.min.time())
    if unit == "m":
        months = day.year * 12 + day.month - 1 + (day.day > 1)
        months += -months % number
        return datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
    step = number * 7 if unit == "w" else number
    day += timedelta(days=-(day - _MONDAY).days % step)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _step(every: str, day: datetime) -> datetime:
    number, unit = _understood(every)
    if unit == "m":
        months = day.year * 12 + day.month - 1 + number
        return datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)
    return day + timedelta(days=number * 7 if unit == "w" else number)
