"""Options that several commands share, and how a command's help groups them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from bilint.model.finding import Severity
from bilint.reporters.formats import FORMATS

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

OWN, PLACES, OUTPUT = "Options", "Where things are", "How to answer"
"""The groups of options in the help of a command, in this order."""


class Option(click.Option):
    """An option that knows its group."""

    group = OWN


class _Place(Option):
    group = PLACES


class _Output(Option):
    group = OUTPUT


class Command(click.Command):
    """A command whose help lists its own options first, then those that all commands share."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, group by group."""
        groups: dict[str, list[tuple[str, str]]] = {OWN: [], PLACES: [], OUTPUT: []}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                groups[getattr(parameter, "group", OWN)].append(record)
        for title, records in groups.items():
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)


_REPOSITORIES = (
    click.option(
        "--source",
        cls=_Place,
        metavar="REPO[@REV][::ROOT]",
        help="The source: a repository, a revision of it, and the folder of its pages.",
    ),
    click.option(
        "--target",
        "targets",
        cls=_Place,
        metavar="LOCALE=REPO[@REV][::ROOT]",
        multiple=True,
        help="A locale and where its pages are; may be repeated.",
    ),
    click.option(
        "--root", cls=_Place, metavar="FOLDER", help="The folder of the pages in every repository."
    ),
)

_PLACES = (
    *_REPOSITORIES,
    click.option(
        "--config",
        "config_path",
        cls=_Place,
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False),
        help="The settings file, in place of the bilint.toml or pyproject.toml found upwards.",
    ),
    click.option(
        "--locale",
        "locales",
        cls=_Place,
        metavar="LOCALE",
        multiple=True,
        help="Only this locale; may be repeated.",
    ),
    click.option(
        "--store",
        cls=_Place,
        metavar="FILE|URL",
        help="Where decisions are kept, in place of BILINT_STORE, of what the settings name and of"
        " .bilint/decisions.db.",
    ),
    click.option(
        "--trust-owner",
        cls=_Place,
        is_flag=True,
        help="Read repositories that belong to another user.",
    ),
    click.option(
        "--allow-alternates",
        cls=_Place,
        is_flag=True,
        help="Follow objects borrowed from other repositories.",
    ),
)

_JOBS = click.option(
    "--jobs",
    cls=_Output,
    metavar="N",
    type=click.IntRange(min=1),
    help="Processes; by default as many as pay.",
)
_QUIET = click.option(
    "-q",
    "--quiet",
    cls=_Output,
    is_flag=True,
    help="Only what was asked for and the last line: no progress, no notes.",
)

_OUTPUT = (
    click.option(
        "--output",
        cls=_Output,
        metavar="FILE",
        type=click.Path(),
        help="Write to a file, not to the terminal; a page goes into a folder as index.html.",
    ),
    _JOBS,
    click.option(
        "--exit-zero", cls=_Output, is_flag=True, help="Exit with 0 even at findings that count."
    ),
    _QUIET,
    click.option(
        "-v",
        "--verbose",
        cls=_Output,
        is_flag=True,
        help="Also what is otherwise only counted, such as findings at level info.",
    ),
    click.option(
        "--color",
        cls=_Output,
        metavar="WHEN",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="auto (the default) minds NO_COLOR, FORCE_COLOR and the terminal; always; never.",
    ),
)


def _format_option(known: Sequence[str], *, several: bool) -> Callable[[Decorated], Decorated]:
    """`--format`: one of those that are known; with `several`, any number, each to its file."""

    def read(
        _context: click.Context, _option: click.Parameter, said: tuple[str, ...]
    ) -> tuple[tuple[str, str | None], ...]:
        return _formats(said, known, several=several)

    return click.option(
        "--format",
        "formats",
        cls=_Output,
        metavar="FORMAT[=FILE]" if several else "FORMAT",
        multiple=True,
        callback=read,
        help=(
            f"text for people (the default), or {', '.join(known[1:])}; may be repeated, each with"
            " its own file."
            if several
            else "text for people (the default), json for programs."
        ),
    )


def _formats(
    said: Sequence[str], known: Sequence[str], *, several: bool
) -> tuple[tuple[str, str | None], ...]:
    formats = []
    for one in said or ("text",):
        name, equals, file = one.partition("=")
        if name not in known or (equals and not (file and several)):
            raise click.BadParameter(f"{one!r} is not one of {', '.join(known)}")
        formats.append((name, file or None))
    if sum(file is None for _name, file in formats) > 1:
        raise click.BadParameter("only one format can go without a file of its own")
    return tuple(formats)


def fail_on_option(default: str) -> Callable[[Decorated], Decorated]:
    """`--fail-on SEVERITY`."""
    return click.option(
        "--fail-on",
        cls=Option,
        metavar="SEVERITY",
        type=click.Choice([*(severity.value for severity in Severity), "never"]),
        help="Exit with 1 at findings as bad as that: error, warning, info, or never."
        f" [default: {default}]",
    )


HISTORY_FILE = "bilint-history.db"
"""Where runs are kept unless another file is named."""

keeps_history = click.option(
    "--history",
    cls=Option,
    metavar="[FILE]",
    is_flag=False,
    flag_value=HISTORY_FILE,
    help=f"Keep the run and tell what changed since the last one. Without FILE: {HISTORY_FILE}.",
)
"""The option of commands whose run can be kept."""

names_history = click.option(
    "--history",
    "history_path",
    cls=Option,
    metavar="FILE",
    default=HISTORY_FILE,
    help=f"The file that the runs are kept in. [default: {HISTORY_FILE}]",
)
"""The option of commands that are about a history."""


def places(command: Decorated) -> Decorated:
    """The options that say where things are."""
    for option in reversed(_PLACES):
        command = option(command)
    return command


def repositories(command: Decorated) -> Decorated:
    """Those of them that settings are made of."""
    for option in reversed(_REPOSITORIES):
        command = option(command)
    return command


def outputs(command: Decorated) -> Decorated:
    """The options that say how and where to answer."""
    for option in reversed((_format_option(("text", "json"), several=False), *_OUTPUT)):
        command = option(command)
    return command


def running(command: Decorated) -> Decorated:
    """The options of commands that run, and answer in their own way only."""
    for option in (_QUIET, _JOBS):
        command = option(command)
    return command


def outputs_to_folder(command: Decorated) -> Decorated:
    """The same for a command that has formats of its own and writes a file a locale."""
    output = click.option(
        "--output",
        cls=_Output,
        metavar="FILE|DIR/",
        type=click.Path(),
        help="Write to a file, or to a folder, a file for each locale.",
    )
    for option in reversed((output, *_OUTPUT[1:])):
        command = option(command)
    return command


def outputs_of_findings(command: Decorated) -> Decorated:
    """The same for commands that answer in every format of findings, several at once."""
    for option in reversed((_format_option(("text", *FORMATS), several=True), *_OUTPUT)):
        command = option(command)
    return command


def paths_argument(command: Decorated) -> Decorated:
    """`[PATH]...`: pages or folders of pages."""
    return click.argument("paths", metavar="[PATH]...", nargs=-1)(command)
