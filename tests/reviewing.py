"""A reviewer at the lamps: `bilint review --plain` with its answers, and a session by itself."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from bilint.desk.pages import Desk
from bilint.model.config import Location, Settings
from bilint.pipeline.request import Request, Wants
from bilint.review.session import Session
from bilint.review.suggestions import Suggestions
from bilint.review.values import Rules
from bilint.stores.decisions import open_store
from command_line import Said, bilint
from lamps import Lamps

PAGE = "lamps.it-IT/help/lamp.md"
STALE = "La lampada si accende la sera, quando è buio."
NEW = "Nessuno deve occuparsene."


def page(given: Lamps) -> str:
    """The Italian page of the lamp as it stands."""
    return (given.folder / PAGE).read_text("utf-8")


@contextmanager
def session(given: Lamps, store: str) -> Iterator[tuple[Session, Suggestions]]:
    """Ada at the Italian pages, at nine in the morning and a second later with each decision."""
    places = {
        name: Location(str(given.folder / f"lamps.{name}"), None, "help")
        for name in ("en", "it-IT")
    }
    settings = Settings(source=places.pop("en"), targets=places)
    request = Request(settings, Wants(findings=True, queue=True, texts=True))
    times = (f"2026-01-01T09:00:{second:02}.000000Z" for second in range(60))
    with open_store(str(given.folder / store)) as opened, Desk(request) as desk:
        yield Session(desk, opened, Rules("Ada"), lambda: next(times)), Suggestions(desk)


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
