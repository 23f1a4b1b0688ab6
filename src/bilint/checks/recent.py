"""The last answers kept: several checks ask the same of one page, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


def last_kept(function: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """The function, which does not answer twice in a row for the very same value."""
    return _kept(function, 1)


def last_two_kept(function: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """The same for two values in turn: a page and its source."""
    return _kept(function, 2)


def _kept(function: Callable[[Asked], Answer], most: int) -> Callable[[Asked], Answer]:
    kept: list[tuple[Asked, Answer]] = []

    @wraps(function)
    def answer(asked: Asked) -> Answer:
        for known, said in kept:
            if known is asked:
                return said
        said = function(asked)
        kept.insert(0, (asked, said))
        del kept[most:]
        return said

    return answer
