"""Patterns that are compiled when they are first used: a hook needs few of them."""

from __future__ import annotations

import re

from bilint.model.record import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any, AnyStr


class _Late:
    """Stands for a compiled pattern, and has its methods from the first question on."""

    def __init__(self, pattern: Any, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, value)
        return value


def late(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, later. For patterns that are not used in the innermost loops."""
    return _Late(pattern, flags)  # type: ignore[return-value]
