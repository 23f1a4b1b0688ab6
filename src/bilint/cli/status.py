"""`bilint status`."""

from __future__ import annotations

import sys
from typing import Any

import click

from bilint.cli.options import Command, Option, fail_on_option, outputs, paths_argument, places
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


@click.command("status", cls=Command)
@paths_argument
@click.option(
    "--diff", cls=Option, is_flag=True, help="Show what changed in the source, word by word."
)
@fail_on_option("never")
@places
@outputs
def command(paths: tuple[str, ...], diff: bool, fail_on: str | None, **options: Any) -> None:
    """Say of every page whether it is current, stale or unknown, and what is to do.

    With PATHs, only of these pages and folders; of a source page, what became of its
    translations. Work is counted in source words.
    """
    from bilint.reporters.terminal import render_status

    where, output = places_of(options), output_of(options)
    settings = settings_of(where)
    check_places(settings, where.locales)
    wants = Wants(findings=fail_on not in (None, "never"), diffs=diff)
    request = Request(settings, wants, where.locales, paths or None, jobs=output.jobs)
    report = execute(request, output)
    report = with_verdict(report, fail_on, output, budgets=False)
    answer(report, output, render_status)
    sys.exit(code_of(report))
