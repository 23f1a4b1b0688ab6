"""`bilint diff`."""

from __future__ import annotations

import sys
from typing import Any

import click

from bilint.cli.options import Command, Option, fail_on_option, outputs, places
from bilint.cli.session import (
    check_places,
    lines,
    output_of,
    places_of,
    refusals,
    settings_of,
    view_of,
    warn,
    write,
)
from bilint.model.finding import Severity
from bilint.pipeline.request import Request, Wants


@click.command("diff", cls=Command)
@click.argument("before", metavar="REV1")
@click.argument("after", metavar="[REV2]", required=False)
@click.option(
    "--side",
    cls=Option,
    metavar="LOCALE|source",
    help="Whose revisions these are. [default: the only target, or the only repository]",
)
@click.option(
    "--as-of",
    cls=Option,
    is_flag=True,
    help="Read the other repositories as they were at the time of each revision, not as they are.",
)
@fail_on_option("never")
@places
@outputs
def command(
    before: str,
    after: str | None,
    side: str | None,
    as_of: bool,
    fail_on: str | None,
    **options: Any,
) -> None:
    """Say what a change caused: what is new, what was fixed, which pages became stale or current.

    REV1 and REV2 are a branch, a tag, a commit or an ancestor of one (main~3) in the repository of
    --side; without REV2, what the settings name, or the working tree. Both are judged by the same
    checks and by what is learnt of the later one. With --fail-on, only what is new counts.
    """
    from bilint.rebuild.between import between

    where, output = places_of(options), output_of(options)
    settings = settings_of(where)
    check_places(settings, where.locales)
    request = Request(settings, Wants(findings=True), where.locales)
    with refusals():
        difference, report = between(request, side, (before, after), as_of=as_of)
    if output.output_format == "json":
        from bilint.reporters.json_difference import render_difference_json

        write(render_difference_json(difference), output.output)
    else:
        from bilint.reporters.terminal_difference import render_difference

        write(lines(render_difference(difference, view_of(output))), output.output)
    for incident in report.incidents:
        warn(f"incident: {incident.path or incident.check}: {incident.error}")
    if report.incidents:
        sys.exit(3)
    if output.exit_zero or fail_on in (None, "never"):
        sys.exit(0)
    worst = Severity(fail_on).rank
    new = (one for locale in difference.locales for page in locale.pages for one in page.new)
    sys.exit(int(any(f.severity.rank <= worst and f.state.is_open for f in new)))
