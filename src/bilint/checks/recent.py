"""The last answer kept: several checks ask the same of one page, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


def last_kept(function: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """The function, which does not answer twice in a row for the very same value."""
    kept: list[tuple[Asked, Answer]] = []

    @wraps(function)
    def answer(asked: Asked) -> Answer:
        if not kept or kept[0][0] is not asked:
            kept[:] = [(asked, function(asked))]
        return kept[0][1]

    return answer
