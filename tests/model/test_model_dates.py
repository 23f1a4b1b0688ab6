"""Days on a grid that does not depend on when one asks."""

from __future__ import annotations

import pytest

from bilint.model.dates import DateError, days, following, midnight

LATER = "2030-01-01T00:00:00+00:00"


def shown(every: str, since: str, until: str, now: str = LATER) -> list[str]:
    return [day[:10] for day in days(every, since, until, now)]


@pytest.mark.parametrize(
    ("every", "found"),
    [
        ("1w", ["2024-05-06", "2024-05-13", "2024-05-20"]),
        ("2w", ["2024-05-13"]),
        ("1m", ["2024-05-01"]),
        ("3m", []),
        ("10d", ["2024-05-01", "2024-05-11", "2024-05-21"]),
    ],
)
def test_a_grid(every: str, found: list[str]) -> None:
    assert shown(every, "2024-04-30T10:00:00Z", "2024-05-26T23:00:00Z") == found


def test_where_one_begins_does_not_move_the_grid() -> None:
    whole = shown("2w", "2020-01-01T00:00:00Z", "2024-12-31T00:00:00Z")
    assert shown("2w", "2022-03-09T07:08:09Z", "2024-12-31T00:00:00Z") == [
        day for day in whole if day > "2022-03-09"
    ]


def test_a_month_of_a_year_to_come() -> None:
    assert shown("1m", "2023-11-02T00:00:00Z", "2024-02-01T00:00:00Z") == [
        "2023-12-01", "2024-01-01", "2024-02-01",
    ]  # fmt: skip
    assert following("2023-12-02T00:00:00Z", "1m") == "2024-01-01T00:00:00Z"


def test_both_ends_are_in_it_and_nothing_is_to_come() -> None:
    ends = ("2024-05-06T00:00:00Z", "2024-05-20T00:00:00Z")
    assert shown("1w", *ends) == ["2024-05-06", "2024-05-13", "2024-05-20"]
    assert shown("1w", *ends, now="2024-05-19T23:59:59+00:00") == ["2024-05-06", "2024-05-13"]


@pytest.mark.parametrize("every", ["", "0w", "w", "1", "1y", "-1d", "1 w"])
def test_what_is_no_span_of_time(every: str) -> None:
    with pytest.raises(DateError, match="is not a span of time"):
        shown(every, "2024-05-06T00:00:00Z", "2024-05-20T00:00:00Z")


@pytest.mark.parametrize("day", ["yesterday", "2024-02-30", "2024-1-1", "20240101"])
def test_what_is_no_day(day: str) -> None:
    with pytest.raises(DateError, match="is not a day"):
        midnight(day)


def test_too_many_days_are_refused() -> None:
    with pytest.raises(DateError, match="more than"):
        shown("1d", "1900-01-01T00:00:00Z", "2024-05-20T00:00:00Z")
