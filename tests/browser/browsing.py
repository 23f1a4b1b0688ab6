"""What the fixtures of this folder give to its tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Opened(NamedTuple):
    """A page of a browser, and all that it said or asked for."""

    page: Any
    said: list[str]
    asked: list[str]


Open = Callable[..., Opened]
