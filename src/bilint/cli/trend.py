"""`bilint trend`."""

from __future__ import annotations

import sys
from typing import Any

import click

from bilint.cli.keeping import history
from bilint.cli.options import Command, Option, names_history
from bilint.cli.session import CommandError, Output, lines, view_of, write

FORMATS = ("text", "json", "csv")


@click.command("trend", cls=Command)
@names_history
@click.option(
    "--locale",
    "locales",
    cls=Option,
    metavar="LOCALE",
    multiple=True,
    help="Only this locale; may be repeated.",
)
@click.option(
    "--last",
    cls=Option,
    metavar="N",
    type=click.IntRange(min=1),
    help="Runs in the tables of the text. [default: 12]",
)
@click.option("--all", "everything", cls=Option, is_flag=True, help="All runs in the tables.")
@click.option(
    "--format",
    "output_format",
    cls=Option,
    type=click.Choice(FORMATS),
    default="text",
    metavar="FORMAT",
    help="text for people (the default), json for programs, csv for spreadsheets.",
)
@click.option(
    "--output",
    cls=Option,
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write to a file, not to the terminal.",
)
@click.option("-q", "--quiet", cls=Option, is_flag=True, help="Do not list what is new and fixed.")
@click.option("-v", "--verbose", cls=Option, is_flag=True, help="List all that is new and fixed.")
@click.option(
    "--color", cls=Option, metavar="WHEN", type=click.Choice(["auto", "always", "never"]),
    default="auto", help="auto (the default) minds NO_COLOR, FORCE_COLOR and the terminal.",
)  # fmt: skip
def command(
    history_path: str,
    locales: tuple[str, ...],
    last: int | None,
    everything: bool,
    output_format: str,
    **options: Any,
) -> None:
    """Say how things went over the runs that were kept, and what the last one changed.

    Runs are kept by `bilint report --history`, and rebuilt from git by `bilint history backfill`.
    """
    from bilint.reporters.terminal_trend import SHOWN

    output = Output(formats=(("text", None),), jobs=None, exit_zero=False, **options)
    with history(history_path, read_only=True) as kept:
        known = {locale for run in kept.runs() for locale in run.revisions}
        unknown = [locale for locale in locales if locale not in known]
        if unknown:
            there = ", ".join(sorted(known)) or "none"
            raise CommandError(f"{history_path}: no run of {', '.join(unknown)}; there is: {there}")
        trend, differences = kept.trend(locales), kept.differences(locales)
    if output_format == "json":
        from bilint.reporters.json_trend import render_trend_json

        write(render_trend_json(trend), output.output)
    elif output_format == "csv":
        from bilint.reporters.csv_trend import render_trend_csv

        write(render_trend_csv(trend), output.output)
    else:
        from bilint.reporters.terminal_trend import render_trend

        shown = None if everything else last or SHOWN
        write(lines(render_trend(trend, differences, view_of(output), shown=shown)), output.output)
    sys.exit(0)
