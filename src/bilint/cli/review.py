"""`bilint review`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from bilint.cli.options import Command, Option, paths_argument, places, running
from bilint.cli.session import (
    CommandError,
    check_places,
    places_of,
    refusals,
    settings_of,
    warn,
)
from bilint.model.finding import Severity
from bilint.pipeline.request import Request, Wants

if TYPE_CHECKING:
    from collections.abc import Callable

    from bilint.desk.pages import Desk
    from bilint.model.config import Settings
    from bilint.review.plain import Lines
    from bilint.review.session import Session
    from bilint.review.suggestions import Remembered, Suggestions


@click.command("review", cls=Command)
@paths_argument
@click.option(
    "--plain",
    cls=Option,
    is_flag=True,
    help="Line by line, a question and a letter: for screen readers, dumb terminals and scripts.",
)
@click.option(
    "--memory",
    "memories",
    cls=Option,
    metavar="FILE.tmx",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    help="Suggest translations out of this memory too; may be repeated.",
)
@click.option(
    "--budget",
    cls=Option,
    metavar="TIME",
    help="Only what fits into 90m, 2h, 1h30m or 1d (8 hours).",
)
@click.option("--notes", cls=Option, is_flag=True, help="Also show findings at level info.")
@click.option(
    "--filter",
    "filtered",
    cls=Option,
    metavar="FILTER",
    default="",
    help="Begin with this filter, such as `family=links severity=error`.",
)
@click.option(
    "--no-stamp",
    cls=Option,
    is_flag=True,
    help="Leave the pin of a page as it is when nothing is left to do on it.",
)
@click.option(
    "--human-share",
    cls=Option,
    metavar="PERCENT",
    type=click.IntRange(0, 100),
    help="Write this human share into a page that is finished and stamped.",
)
@click.option(
    "--by",
    cls=Option,
    metavar="NAME",
    help="Who decides, in place of BILINT_REVIEWER, of your name in git and on this machine.",
)
@places
@running
def command(
    paths: tuple[str, ...],
    plain: bool,
    memories: tuple[str, ...],
    budget: str | None,
    notes: bool,
    filtered: str,
    no_stamp: bool,
    human_share: int | None,
    by: str | None,
    quiet: bool,
    jobs: int | None,
    **options: Any,
) -> None:
    """Go through the queue: accept, edit, fix, and lose nothing.

    Shows one segment after the other with its source then and now, its findings and what could
    be written in its place. What you decide and edit is on disk at once; a page on which nothing
    is left is stamped. With PATHs, only these pages and folders.
    """
    from bilint.cli.decide import reviewer as named
    from bilint.cli.stores import decision_store
    from bilint.review.filtering import FilterError, parse_filter
    from bilint.review.session import Session
    from bilint.review.suggestions import Suggestions
    from bilint.review.values import ALWAYS, Rules

    where = places_of(options)
    settings = settings_of(where)
    check_places(settings, where.locales)
    try:
        chosen = parse_filter(filtered)
        minutes = _minutes(budget)
    except FilterError as error:
        raise CommandError(f"--filter: {error}") from error
    reviewer = " ".join(named(by).split())
    severities = tuple(Severity) if notes else ALWAYS
    rules = Rules(reviewer, severities, stamp=not no_stamp, human_share=human_share)
    memory = _memory(memories, settings)
    show = _plain if plain else _screen()
    wants = Wants(findings=True, queue=True, texts=True)
    request = Request(settings, wants, where.locales, paths or None, jobs=jobs)
    with (
        refusals(),
        decision_store(settings, quiet=quiet) as store,
        _desk(request, quiet=quiet) as desk,
    ):
        if minutes is not None:
            from bilint.queue import cut

            queue = cut(desk.report.queue or (), minutes)
            desk.report = desk.report._replace(queue=queue)
        for incident in desk.report.incidents:
            warn(f"{incident.path or incident.check or ''}: {incident.error}")
        desk.clear_folders()
        session = Session(desk, store, rules, _now)
        session.agenda.filter = chosen
        show(session, Suggestions(desk, memory))


def _minutes(budget: str | None) -> int | None:
    from bilint.queue import parse_budget

    try:
        return parse_budget(budget) if budget is not None else None
    except ValueError as error:
        raise CommandError(str(error)) from error


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _desk(request: Request, *, quiet: bool) -> Desk:
    from bilint.desk.pages import Desk

    if quiet or not sys.stderr.isatty():
        return Desk(request)
    from bilint.reporters.progress import ProgressBar

    with ProgressBar(sys.stderr, "pages") as progress:
        return Desk(request, progress)


def _memory(files: tuple[str, ...], settings: Settings) -> list[Remembered]:
    """The units of all memories that were named. Raises `CommandError`."""
    from bilint.exchange.tmx import read_memory
    from bilint.model.exchange import ExchangeError
    from bilint.pipeline.learnt import read_file
    from bilint.review.suggestions import Remembered

    found: list[Remembered] = []
    for path in files:
        data = read_file(path, _LARGEST, "it")
        if isinstance(data, str):
            raise CommandError(f"{path}: {data}")
        try:
            units = read_memory(data, settings.source_language, _LARGEST)
        except ExchangeError as error:
            raise CommandError(f"{path}: {error}") from error
        if not units:
            warn(f"{path} has no unit with a text in {settings.source_language}")
        name = os.path.basename(path)  # noqa: PTH119
        found += (Remembered(one.source, one.target, one.locale, name) for one in units)
    return found


_LARGEST = 256 * 1024 * 1024


def _screen() -> Callable[[Session, Suggestions], None]:
    """The full screen. Raises `CommandError` where there is none, or Textual is missing."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise CommandError("the full screen needs a terminal; --plain works without one")
    if os.environ.get("TERM", "") == "dumb":
        raise CommandError("this terminal calls itself dumb; --plain works with it")
    try:
        from bilint.review.screen import Desk as Screen
    except ImportError as error:
        raise CommandError(
            'the full screen comes with pip install "bilint[review]"; --plain works without it'
        ) from error

    def show(session: Session, suggestions: Suggestions) -> None:
        from bilint.cli.session import say
        from bilint.review.showing import summary

        _forget_typed()
        Screen(session, suggestions).run()
        say(f"Done: {summary(session)}.")

    return show


def _forget_typed() -> None:
    """What was typed before there was anything to see answers nothing."""
    try:
        import termios
    except ImportError:  # there is no such thing as a line discipline here
        return
    termios.tcflush(sys.stdin, termios.TCIFLUSH)


# ---- line by line ----


def _plain(session: Session, suggestions: Suggestions) -> None:
    from bilint.review.plain import Plain

    Plain(session, suggestions, _lines()).run()


def _lines() -> Lines:
    from bilint.cli.session import say
    from bilint.review.plain import Lines

    if not (sys.stdin.isatty() and sys.stdout.isatty()):

        def read(prompt: str, _prefill: str) -> str | None:
            line = sys.stdin.buffer.readline()
            if not line:
                return None
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            from bilint.review.showing import text_of

            # What was answered stands in a log as it would on a terminal.
            say(f"{prompt}{text_of(text)}")
            return text

        return Lines(read, say)

    def ask(prompt: str, prefill: str) -> str | None:
        try:
            with _prefilled(prefill):
                return input(prompt)
        except EOFError:
            say("")
            return None
        except UnicodeDecodeError:
            say("That was not UTF-8.")
            return ""

    return Lines(ask, say, is_terminal=True)


class _prefilled:  # noqa: N801
    """A line that begins with a text, where the terminal can do that."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._readline: Any = None

    def __enter__(self) -> None:
        try:
            import readline
        except ImportError:
            return
        self._readline = readline
        text = self._text
        readline.set_startup_hook(lambda: readline.insert_text(text) if text else None)

    def __exit__(self, *_error: object) -> None:
        if self._readline is not None:
            self._readline.set_startup_hook(None)
