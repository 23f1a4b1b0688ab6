"""`bilint check`, also as a hook."""

from __future__ import annotations

import sys
from typing import Any

import click

from bilint.cli.checking import Asked, check
from bilint.cli.options import (
    Command,
    Option,
    fail_on_option,
    keeps_history,
    outputs_of_findings,
    paths_argument,
    places,
)
from bilint.cli.session import output_of, places_of
from bilint.stores.baseline import BASELINE_FILE


@click.command("check", cls=Command)
@paths_argument
@click.option(
    "--staged",
    cls=Option,
    is_flag=True,
    help="For a hook: only pages that are staged, as they are staged; all, if none is.",
)
@click.option(
    "--whole-tree",
    cls=Option,
    is_flag=True,
    help="With --staged: all pages, as they are staged.",
)
@click.option(
    "--changed-from",
    cls=Option,
    metavar="REV",
    help="Only pages of the repository around you that differ from REV; what was found in them"
    " there already is shown and does not fail.",
)
@fail_on_option("error; warning where a baseline is in force")
@click.option(
    "--baseline", cls=Option, metavar="FILE", help="Findings that are known and do not fail."
)
@click.option(
    "--write-baseline",
    cls=Option,
    metavar="[FILE]",
    is_flag=False,
    flag_value="",
    help="Write all that is found to a baseline, and fail at nothing. Without FILE, to the one"
    f" that is in force, or to {BASELINE_FILE}.",
)
@keeps_history
@places
@outputs_of_findings
def command(**options: Any) -> None:
    """Find what is broken or untranslated.

    With PATHs, only in these pages and folders. Exits with 1 when something is found that is as
    bad as --fail-on says. What could not be checked is listed as skipped, with the reason.
    """
    where, output = places_of(options), output_of(options)
    sys.exit(check(Asked(**options), where, output))
