"""`bilint queue`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import click

from bilint.cli.options import Command, Option, fail_on_option, outputs, places
from bilint.cli.session import (
    CommandError,
    answer,
    check_places,
    execute,
    output_of,
    places_of,
    settings_of,
)
from bilint.cli.verdict import code_of, with_verdict
from bilint.model.report import Report
from bilint.pipeline.request import Request, Wants
from bilint.queue import cut, parse_budget
from bilint.reporters.view import View


@click.command("queue", cls=Command)
@click.option(
    "--budget",
    cls=Option,
    metavar="TIME",
    help="Only what fits into 90m, 2h, 1h30m or 1d (8 hours).",
)
@fail_on_option("never")
@places
@outputs
def command(budget: str | None, fail_on: str | None, **options: Any) -> None:
    """List the work of each locale, the most urgent first.

    Every item says why it stands where it does: the points of its reasons add up to its score.
    """
    from bilint.reporters.terminal import render_queue

    where, output = places_of(options), output_of(options)
    settings = settings_of(where)
    check_places(settings, where.locales)
    try:
        minutes = parse_budget(budget) if budget is not None else None
    except ValueError as error:
        raise CommandError(str(error)) from error
    wants = Wants(findings=True, queue=True)
    report = execute(Request(settings, wants, where.locales, jobs=output.jobs), output)
    uncut = report.queue or ()
    if minutes is not None:
        report = report._replace(queue=tuple(cut(uncut, minutes)))

    def render(report: Report, view: View) -> Iterator[str]:
        return render_queue(report, view, uncut)

    report = with_verdict(report, fail_on, output, budgets=False)
    answer(report, output, render)
    sys.exit(code_of(report))
