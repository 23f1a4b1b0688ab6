"""What `bilint check` does, with the command line read: a hook comes here by the shortest way."""

from __future__ import annotations

import os

from bilint.cli.session import (
    CommandError,
    Output,
    Places,
    answer,
    check_places,
    execute,
    exit_code,
    fail_on_of,
    recognised,
    settings_of,
    warn,
)
from bilint.model.finding import FindingState
from bilint.model.record import NamedTuple
from bilint.pipeline.request import Hook, Request, Wants
from bilint.pipeline.workspace import top_folder

BASELINE_FILE = "bilint-baseline.txt"
"""Where a baseline is written when nothing names another file."""


class Asked(NamedTuple):
    """The options of the command itself."""

    paths: tuple[str, ...] = ()
    staged: bool = False
    whole_tree: bool = False
    changed_from: str | None = None
    fail_on: str | None = None
    baseline: str | None = None
    write_baseline: str | None = None


def check(asked: Asked, where: Places, output: Output) -> int:
    """Check what was asked for, answer, and give the exit code. Raises `CommandError`."""
    from bilint.reporters.terminal import render_check

    if asked.paths and asked.staged:
        raise CommandError("--staged finds its pages itself; leave the paths out")
    if asked.whole_tree and not asked.staged:
        raise CommandError("--whole-tree says something of --staged; give both, or neither")
    if asked.changed_from is not None and (asked.paths or asked.staged):
        raise CommandError("--changed-from finds its pages itself; leave paths and --staged out")
    settings = settings_of(where)
    hook = _hook(asked.whole_tree) if asked.staged else _change(asked.changed_from)
    if hook is not None:
        settings = recognised(settings, os.path.relpath(hook.home))
    check_places(settings, where.locales)
    if asked.baseline is not None:
        settings = settings._replace(baseline=asked.baseline)
    request = Request(
        settings,
        Wants(findings=True, texts=output.wants_texts),
        where.locales,
        asked.paths or None,
        hook=hook,
        history=hook is None or hook.whole or not hook.staged,
        source_optional=asked.staged,
        jobs=output.jobs,
    )
    if asked.write_baseline is not None:
        if asked.paths or hook is not None or where.locales:
            raise CommandError(
                "a baseline is of all pages; leave out paths, --locale, --staged and --changed-from"
            )
        return _write_baseline(asked.write_baseline, request, output)
    report = execute(request, output)
    answer(report, output, render_check)
    fail_on = fail_on_of(asked.fail_on, settings, "error")
    return exit_code(report, fail_on, exit_zero=output.exit_zero)


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


def _change(revision: str | None) -> Hook | None:
    """What differs from a revision in the repository around us."""
    if revision is None:
        return None
    return Hook(top_folder("."), {}, before=revision, staged=False)


def _write_baseline(path: str, request: Request, output: Output) -> int:
    """Write what is found to a file, and nothing over a file that is something else."""
    from bilint.readers.disk import WriteError
    from bilint.reporters.layout import count
    from bilint.stores.baseline import write_baseline

    path = path or request.settings.baseline or BASELINE_FILE
    if os.path.lexists(path) and not _is_baseline(path):
        raise CommandError(f"{path} is there and is no baseline; nothing is written")
    report = execute(request._replace(settings=request.settings._replace(baseline=None)), output)
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
    from bilint.stores.baseline import HEADER

    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.readline(200).rstrip(b"\r\n") == HEADER.encode()
    except OSError:
        return False
