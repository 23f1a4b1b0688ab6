"""What was learnt of a locale, as a file beside its catalogues.

The file is JSON, sorted and one value a line, so that it merges in git. Like all that comes out
of a repository it is not trusted: what is not of the right kind is refused as a whole.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from bilint.model.evidence import Evidence, Rendering, Renderings, Spread, Usage
from bilint.model.text import Problem

SCHEMA = "bilint-evidence/1"

Value = TypeVar("Value")


class _WrongError(ValueError):
    """A value that is not of the kind expected."""


def write_evidence(evidence: Evidence) -> bytes:
    """The content of the file."""
    said = {"schema": SCHEMA, **evidence._asdict()}
    # Renderings stay in their order, the most frequent first: it is part of what was learnt.
    known = {
        key: dict(sorted(value.items())) if isinstance(value, Mapping) else value
        for key, value in sorted(said.items())
        if value is not None
    }
    return (json.dumps(known, ensure_ascii=False, indent=1) + "\n").encode()


def read_evidence(data: bytes, locale: str, limit: int) -> Evidence | Problem:
    """The evidence in the content of a file, or what is wrong with it."""
    if len(data) > limit:
        return Problem("too-large", f"the file has {len(data)} bytes; the limit is {limit}")
    try:
        said = json.loads(data)
        return _evidence(_table(said), locale)
    except RecursionError:
        return Problem("evidence-unreadable", "what was learnt cannot be read: too deep")
    except ValueError as error:
        return Problem("evidence-unreadable", f"what was learnt cannot be read: {error}")


def _evidence(said: Mapping[str, Any], locale: str) -> Evidence:
    if said.get("schema") != SCHEMA:
        raise _WrongError(f"its schema is not {SCHEMA}")
    if said.get("locale") != locale:
        raise _WrongError(f"it is not of {locale}")
    return Evidence(
        locale,
        tuple(sorted(map(_number, _list(said.get("machine_words", []))))),
        _optional(said, "names", _usage),
        _optional(said, "labels", _renderings),
        _optional(said, "terms", _renderings),
        _optional(said, "repeats", _renderings),
        _optional(said, "alike", _renderings),
        _optional(said, "lengths", _spread),
        _optional(said, "quotes", _count),
    )


def _optional(
    said: Mapping[str, Any], key: str, read: Callable[[Any], Value]
) -> dict[str, Value] | None:
    if key not in said:
        return None
    return {name: read(value) for name, value in _table(said[key]).items()}


def _usage(value: Any) -> Usage:
    return Usage(*_counts(value, 4))


def _renderings(value: Any) -> Renderings:
    return {name: _rendering(one) for name, one in _table(value).items()}


def _rendering(value: Any) -> Rendering:
    parts = _list(value)
    if len(parts) != 2:
        raise _WrongError("a rendering is a count and a list of places")
    return Rendering(_count(parts[0]), tuple(map(_text, _list(parts[1]))))


def _spread(value: Any) -> Spread:
    parts = _list(value)
    if len(parts) != 3:
        raise _WrongError("a spread is two numbers and a count")
    return Spread(_number(parts[0]), _number(parts[1]), _count(parts[2]))


def _counts(value: Any, size: int) -> list[int]:
    parts = _list(value)
    if len(parts) != size:
        raise _WrongError(f"{size} counts were expected")
    return list(map(_count, parts))


def _table(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _WrongError("a table was expected")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _WrongError("a list was expected")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _WrongError("a text was expected")
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _WrongError("a number was expected")
    return float(value)


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _WrongError("a count was expected")
    return value
