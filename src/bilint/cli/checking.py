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
    fail_on_of,
    recognised,
    settings_of,
)
from bilint.cli.verdict import code_of, with_verdict
from bilint.model.record import NamedTuple
from bilint.model.report import Report
from bilint.pipeline.request import Hook, Request, Wants
from bilint.pipeline.workspace import top_folder


class Asked(NamedTuple):
    """The options of the command itself."""

    paths: tuple[str, ...] = ()
    staged: bool = False
    whole_tree: bool = False
    changed_from: str | None = None
    fail_on: str | None = None
    baseline: str | None = None
    write_baseline: str | None = None
    history: str | None = None


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
    kept = asked.history is not None
    request = Request(
        settings,
        Wants(findings=True, queue=kept, measure=kept, texts=output.wants_texts),
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
        from bilint.cli.baseline import write_baseline

        return write_baseline(asked.write_baseline, request, output)
    baseline = settings.baseline is not None
    fail_on = fail_on_of(asked.fail_on, settings, "warning" if baseline else "error")
    if asked.history is not None:
        report = _kept(asked.history, asked, request, output)
    else:
        report = execute(request, output)
    report = with_verdict(report, fail_on, output, baseline=baseline)
    answer(report, output, render_check)
    return code_of(report)


def _kept(path: str, asked: Asked, request: Request, output: Output) -> Report:
    """Run over all pages and keep it in a history."""
    from bilint.cli.keeping import check_history, keep

    if asked.paths or request.hook is not None:
        raise CommandError(
            "--history keeps runs over all pages; leave out paths, --staged and --changed-from"
        )
    check_history(path)
    return keep(execute(request, output), path)


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
