"""`bilint review --plain` with its answers, as a test calls it."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping

import pytest

from command_line import Said, bilint
from lamps import Lamps


class _Input(io.TextIOWrapper):
    def isatty(self) -> bool:
        return False


def review(
    given: Lamps,
    *answers: str,
    options: tuple[str, ...] = ("--locale", "it-IT"),
    by: str = "Ada",
    env: Mapping[str, str] | None = None,
) -> Said:
    """What it says to these answers, a line each; the end of input is `quit`."""
    said = "".join(f"{one}\n" for one in answers)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", _Input(io.BytesIO(said.encode()), encoding="utf-8"))
        return bilint("review", "--plain", "--by", by, *options, cwd=given.folder, env=env)
