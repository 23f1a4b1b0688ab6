"""`bilint report`."""

from __future__ import annotations

import sys
from typing import Any

import click

from bilint.cli.options import (
    Command,
    Option,
    fail_on_option,
    keeps_history,
    outputs_of_findings,
    places,
)
from bilint.cli.session import (
    answer,
    check_places,
    execute,
    output_of,
    places_of,
    settings_of,
)
from bilint.cli.verdict import code_of, with_verdict
from bilint.pipeline.request import Request, Wants


@click.command("report", cls=Command)
@fail_on_option("never")
@click.option(
    "--diff", cls=Option, is_flag=True, help="Show what changed in the source, word by word."
)
@click.option(
    "--quality",
    cls=Option,
    is_flag=True,
    help="Measure machine translation as well, for the report as a page.",
)
@keeps_history
@places
@outputs_of_findings
def command(
    fail_on: str | None, diff: bool, quality: bool, history: str | None, **options: Any
) -> None:
    """Do all of it in one run: pages, findings, the queue, and what could not be done.

    As JSON it keeps to the contract bilint/1, whose schema `bilint config schema --report` prints.
    """
    from bilint.reporters.terminal import render_report

    where, output = places_of(options), output_of(options)
    settings = settings_of(where)
    check_places(settings, where.locales)
    if history is not None:
        from bilint.cli.keeping import check_history, keep

        check_history(history)
    wants = Wants(
        findings=True,
        queue=True,
        diffs=diff,
        measure=history is not None,
        texts=output.wants_texts,
    )
    report = execute(Request(settings, wants, where.locales, jobs=output.jobs), output)
    if history is not None:
        report = keep(report, history)
    if quality:
        from bilint.cli.measuring import with_quality

        report = with_quality(report, Request(settings, locales=where.locales), output)
    report = with_verdict(report, fail_on, output, baseline=settings.baseline is not None)
    answer(report, output, render_report)
    sys.exit(code_of(report))
