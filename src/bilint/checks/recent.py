"""The last answers kept: several checks ask the same of one page, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from bilint.model.record import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeVar

    Asked = TypeVar("Asked")
    Answer = TypeVar("Answer")

_NOTHING = object()


def last_kept(function: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """The function, which does not answer twice in a row for the very same value."""
    known: object = _NOTHING
    said: Answer

    @wraps(function)
    def answer(asked: Asked) -> Answer:
        nonlocal known, said
        if asked is not known:
            said = function(asked)
            known = asked
        return said

    return answer


def last_two_kept(function: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """The same for two values in turn: a page and its source."""
    newer: object = _NOTHING
    older: object = _NOTHING
    new_said: Answer
    old_said: Answer

    @wraps(function)
    def answer(asked: Asked) -> Answer:
        nonlocal newer, older, new_said, old_said
        if asked is newer:
            return new_said
        if asked is older:
            return old_said
        said = function(asked)
        if newer is not _NOTHING:
            older, old_said = newer, new_said
        newer, new_said = asked, said
        return said

    return answer
