"""Which tasks to look at, as a reviewer says it: `family=links severity=error`."""

from __future__ import annotations

from typing import Any

from bilint.model.alignment import SegmentState
from bilint.model.finding import Family, Severity
from bilint.review.tasks import Filter

_VALUES = {
    "severity": tuple(one.value for one in Severity),
    "family": tuple(one.value for one in Family),
    "state": (
        SegmentState.STALE.value,
        SegmentState.NEW.value,
        SegmentState.OBSOLETE.value,
        "finding",
        "page",
    ),
    "status": ("open", "skipped", "rework", "assigned"),
}
_FIELDS = {
    "severity": "severities",
    "family": "families",
    "state": "states",
    "status": "statuses",
}


class FilterError(ValueError):
    """No such filter; the message says what there is."""


def parse_filter(said: str) -> Filter:
    """The filter of words such as `state=stale,new`; of nothing, one that takes everything.

    Raises `FilterError`.
    """
    chosen = Filter()
    for word in said.split():
        key, equals, value = word.partition("=")
        if not equals or not value or key not in (*_VALUES, "path", "locale"):
            raise FilterError(
                "a filter is severity=, family=, state=, status=, locale= or path= with a value"
            )
        if key in ("path", "locale"):
            one: dict[str, Any] = {key: value}
            chosen = chosen._replace(**one)
            continue
        values = value.split(",")
        wrong = [one for one in values if one not in _VALUES[key]]
        if wrong:
            raise FilterError(f"{key} is one of {', '.join(_VALUES[key])}")
        wanted: dict[str, Any] = {_FIELDS[key]: frozenset(values)}
        chosen = chosen._replace(**wanted)
    return chosen


def describe(chosen: Filter) -> str:
    """A filter in the words that make it."""
    parts = []
    for key, field in _FIELDS.items():
        values = getattr(chosen, field)
        if values is not None:
            parts.append(f"{key}={','.join(sorted(values))}")
    if chosen.locale is not None:
        parts.append(f"locale={chosen.locale}")
    if chosen.path is not None:
        parts.append(f"path={chosen.path}")
    if chosen.text is not None:
        parts.append(f"text “{chosen.text}”")
    return " ".join(parts) or "everything"
