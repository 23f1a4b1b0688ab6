from __future__ import annotations

import io

from bilint.reporters.progress import PATIENCE, PAUSE, ProgressBar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def last_line(stream: Terminal) -> str:
    return stream.getvalue().rsplit("\r", 1)[-1]


def test_it_waits_then_draws_not_too_often_and_goes_away() -> None:
    stream, clock = Terminal(), Clock()
    with ProgressBar(stream, "pages", columns=40, clock=clock) as progress:
        progress(1, 10)
        assert stream.getvalue() == ""
        clock.now += PATIENCE
        progress(2, 10)
        drawn = stream.getvalue()
        assert drawn == "\rpages ━━━━────────────────────  2 of 10"
        progress(3, 10)
        assert stream.getvalue() == drawn
        clock.now += PAUSE
        progress(10, 10)
        assert last_line(stream) == "pages ━━━━━━━━━━━━━━━━━━━━━━━━ 10 of 10"
    assert stream.getvalue().endswith("\r" + " " * 39 + "\r")


def test_it_is_silent_where_nobody_looks() -> None:
    for stream, quiet in ((Terminal(), True), (io.StringIO(), False)):
        clock = Clock()
        with ProgressBar(stream, "pages", quiet=quiet, clock=clock) as progress:
            clock.now += 10
            progress(1, 2)
        assert stream.getvalue() == ""


def test_it_copes_with_little_room_and_odd_counts() -> None:
    stream, clock = Terminal(), Clock()
    progress = ProgressBar(stream, "pag\x1bes", columns=16, clock=clock)
    for done, total, shown in (
        (5, 1000, "pag␛es     5 o…"),
        (0, 0, "pag␛es …"),
        (7, 3, "pag␛es 3 of 3"),
    ):
        clock.now += 1
        progress(done, total)
        assert last_line(stream).rstrip() == shown.rstrip()
