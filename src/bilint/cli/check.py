"""`bilint check`, also as a hook."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import Any

import click

from bilint.cli.options import Command, Option, fail_on_option, outputs, paths_argument, places
from bilint.cli.session import (
    CommandError,
    Output,
    answer,
    check_places,
    execute,
    exit_code,
    fail_on_of,
    output_of,
    places_of,
    recognised,
    settings_of,
    warn,
)
from bilint.model.finding import FindingState
from bilint.pipeline.request import Hook, Request, Wants
from bilint.pipeline.workspace import top_folder

BASELINE_FILE = "bilint-baseline.txt"
"""Where a baseline is written when nothing names another file."""


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
@fail_on_option("error")
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
@places
@outputs
def command(
    paths: tuple[str, ...],
    staged: bool,
    whole_tree: bool,
    fail_on: str | None,
    baseline: str | None,
    write_baseline: str | None,
    **options: Any,
) -> None:
    """Find what is broken or untranslated.

    With PATHs, only in these pages and folders. Exits with 1 when something is found that is as
    bad as --fail-on says. What could not be checked is listed as skipped, with the reason.
    """
    from bilint.reporters.terminal import render_check

    where, output = places_of(options), output_of(options)
    if paths and staged:
        raise CommandError("--staged finds its pages itself; leave the paths out")
    if whole_tree and not staged:
        raise CommandError("--whole-tree says something of --staged; give both, or neither")
    settings = settings_of(where)
    hook = _hook(whole_tree) if staged else None
    if hook is not None:
        settings = recognised(settings, os.path.relpath(hook.home))
    check_places(settings, where.locales)
    if baseline is not None:
        settings = replace(settings, baseline=baseline)
    request = Request(
        settings,
        Wants(findings=True),
        where.locales,
        paths or None,
        hook=hook,
        history=hook is None or hook.whole,
        source_optional=staged,
        jobs=output.jobs,
    )
    if write_baseline is not None:
        if paths or staged or where.locales:
            raise CommandError("a baseline is of all pages; leave out paths, --locale and --staged")
        sys.exit(_write_baseline(write_baseline, request, output))
    report = execute(request, output)
    answer(report, output, render_check)
    code = exit_code(report, fail_on_of(fail_on, settings, "error"), exit_zero=output.exit_zero)
    sys.exit(code)


def _hook(whole: bool) -> Hook:
    """The repository around us, and what git and pre-commit tell a hook."""
    names = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_COMMON_DIR")
    return Hook(
        top_folder("."),
        {name: os.environ[name] for name in names if name in os.environ},
        os.environ.get("PRE_COMMIT_FROM_REF") or None,
        os.environ.get("PRE_COMMIT_TO_REF") or None,
        whole,
    )


def _write_baseline(path: str, request: Request, output: Output) -> int:
    """Write what is found to a file, and nothing over a file that is something else."""
    from bilint.readers.disk import WriteError
    from bilint.reporters.layout import count
    from bilint.store import write_baseline

    path = path or request.settings.baseline or BASELINE_FILE
    if os.path.lexists(path) and not _is_baseline(path):
        raise CommandError(f"{path} is there and is no baseline; nothing is written")
    report = execute(replace(request, settings=replace(request.settings, baseline=None)), output)
    findings = [f for f in report.findings or () if f.state is not FindingState.SUPPRESSED]
    try:
        write_baseline(path, findings)
    except WriteError as error:
        raise CommandError(str(error)) from error
    warn(f"{path}: {count(len(findings), 'finding')} written")
    for incident in report.incidents:
        warn(f"incident: {incident.path or incident.check}: {incident.error}")
    return exit_code(report, None, exit_zero=False)


def _is_baseline(path: str) -> bool:
    from bilint.store import HEADER

    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.readline(200).rstrip(b"\r\n") == HEADER.encode()
    except OSError:
        return False
