"""By what runs are measured, and where two of them differ."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

Measure = Mapping[str, Any]
"""All that a run was judged by, as JSON can say it: settings, versions, what was learnt."""


def measure_digest(measure: Measure) -> str:
    """What stands for a measure."""
    return sha256(plain(measure).encode()).hexdigest()[:12]


def unlike(one: Measure, other: Measure) -> Iterator[str]:
    """By what two runs were measured differently, in words; of locales that both looked at."""
    one, other = _of_shared(one, other), _of_shared(other, one)
    for key in sorted({*one, *other}):
        left, right = one.get(key), other.get(key)
        if left == right:
            continue
        if isinstance(left, list) and isinstance(right, list):
            gone = [f"-{name}" for name in left if name not in right]
            come = [f"+{name}" for name in right if name not in left]
            yield f"{key}: {_short(', '.join((*come, *gone)))}"
        elif isinstance(left, dict) and isinstance(right, dict):
            for name in sorted({*left, *right}):
                if left.get(name) != right.get(name):
                    yield f"{key} {name}: {_said(left.get(name))}, then {_said(right.get(name))}"
        else:
            yield f"{key}: {_said(left)}, then {_said(right)}"


_OF_LOCALES = ("root", "learnt from", "catalogue", "term base")


def _of_shared(one: Measure, other: Measure) -> Measure:
    """What is said of all locales, and of those that stand in both."""
    left, right = one.get("root"), other.get("root")
    if not isinstance(left, dict) or not isinstance(right, dict):
        return one
    shared = left.keys() & right.keys()
    said = dict(one)
    for key in _OF_LOCALES:
        value = said.get(key)
        if isinstance(value, dict):
            said[key] = {name: value[name] for name in value if name in shared}
        elif isinstance(value, list):
            said[key] = [name for name in value if name in shared]
    return said


def _said(value: object) -> str:
    return "nothing" if value is None else _short(value if isinstance(value, str) else plain(value))


def _short(text: str) -> str:
    return text if len(text) <= 200 else text[:199] + "…"


def plain(value: object) -> str:
    """A value as JSON that is the same wherever the value is."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
