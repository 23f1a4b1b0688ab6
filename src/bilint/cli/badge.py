"""`bilint badge`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from bilint.cli.options import Command, Option, places
from bilint.cli.session import (
    CommandError,
    Output,
    check_places,
    execute,
    places_of,
    settings_of,
    warn,
    write,
)
from bilint.pipeline.request import Request, Wants
from bilint.reporters.badge import METRICS

if TYPE_CHECKING:
    from bilint.model.trend import LocaleFigures


@click.command("badge", cls=Command)
@click.argument("locale", metavar="LOCALE")
@click.option(
    "--metric",
    cls=Option,
    type=click.Choice(list(METRICS)),
    default="current",
    metavar="WHAT",
    help="current (the default): pages that are; words: to do; human: share of words; findings:"
    " errors and warnings.",
)
@click.option(
    "--format",
    "output_format",
    cls=Option,
    type=click.Choice(["svg", "json"]),
    default="svg",
    metavar="FORMAT",
    help="svg, a picture (the default); json, what an endpoint badge of shields.io reads.",
)
@click.option(
    "--output",
    cls=Option,
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write to a file, not to the terminal.",
)
@click.option(
    "--history",
    "history_path",
    cls=Option,
    metavar="FILE",
    help="Draw the last run that is kept in this file, and look at no page.",
)
@places
def command(
    locale: str,
    metric: str,
    output_format: str,
    output: str | None,
    history_path: str | None,
    **options: Any,
) -> None:
    """Draw the badge of a locale.

    The picture needs no other file and no service; white on its colours can be read.
    """
    from bilint.reporters.badge import badge, render_endpoint, render_svg

    figures = (
        _measured(locale, metric, options) if history_path is None else _kept(locale, history_path)
    )
    drawn = badge(figures, metric)
    write([render_svg(drawn) if output_format == "svg" else render_endpoint(drawn)], output)
    sys.exit(0)


def _measured(locale: str, metric: str, options: dict[str, Any]) -> LocaleFigures:
    from bilint.figures import run_figures

    where = places_of(options)
    settings = settings_of(where)
    check_places(settings, (locale,))
    wants = Wants(findings=metric == "findings")
    quiet = Output((("text", None),), None, None, True, True, False, "auto")
    report = execute(Request(settings, wants, (locale,)), quiet)
    if report.incidents:
        for incident in report.incidents:
            warn(f"incident: {incident.path or incident.check}: {incident.error}")
        sys.exit(3)
    return run_figures(report, "", report.revisions).locales[0]


def _kept(locale: str, path: str) -> LocaleFigures:
    from bilint.cli.keeping import history

    with history(path, read_only=True) as kept:
        runs = [one for run in kept.runs((locale,)) for one in run.locales]
    if not runs:
        raise CommandError(f"{path}: no run of {locale}")
    return runs[-1]
