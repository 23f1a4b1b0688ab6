"""`bilint baseline`: the file of findings that are known and do not fail."""

# os.path, as in the other commands.

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import click

from bilint.cli.options import Command, Option, places, running
from bilint.cli.session import (
    CommandError,
    Output,
    Places,
    check_places,
    execute,
    exit_code,
    lines,
    places_of,
    settings_of,
    warn,
    write,
)
from bilint.model.config import Settings
from bilint.model.finding import Finding
from bilint.pipeline.request import Request, Wants
from bilint.readers.disk import WriteError
from bilint.reporters.layout import count
from bilint.stores.baseline import (
    BASELINE_FILE,
    BaselineError,
    Known,
    baseline_text,
    is_baseline,
    prune_baseline,
    read_baseline,
)
from bilint.stores.baseline import write_baseline as write_file


@click.group("baseline")
def command() -> None:
    """Keep a list of what was found, so that only what is new fails.

    FILE is by default the one that the settings name, else bilint-baseline.txt.
    """


_FILE = click.argument("file", required=False, type=click.Path(dir_okay=False))


@command.command("write", cls=Command)
@_FILE
@places
@running
def write_command(file: str | None, jobs: int | None, quiet: bool, **options: Any) -> None:
    """Write all that is found now, and tell how that differs from the file before."""
    where = places_of(options)
    settings = settings_of(where)
    check_places(settings, where.locales)
    if where.locales:
        raise CommandError("a baseline is of all pages; leave out --locale")
    request = Request(settings, Wants(findings=True), jobs=jobs)
    sys.exit(write_baseline(file or "", request, _output(quiet)))


@command.command("show", cls=Command)
@_FILE
@click.option(
    "--config",
    cls=Option,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="The settings file that names the baseline.",
)
def show(file: str | None, config: str | None) -> None:
    """Count what the file holds, by locale and check. Nothing is looked for."""
    nowhere = Places(None, (), None, config, (), trust_owner=False, allow_alternates=False)
    path = _path(file, settings_of(nowhere))
    write(lines(_told(path, _read(path))))


@command.command("prune", cls=Command)
@_FILE
@click.option(
    "--dry-run", cls=Option, is_flag=True, help="Say what would be taken out, and write nothing."
)
@places
@running
def prune(file: str | None, dry_run: bool, jobs: int | None, quiet: bool, **options: Any) -> None:
    """Take out the lines for which nothing is found any more, and no other byte.

    It never adds a line: the file can only become shorter.
    """
    where = places_of(options)
    settings = settings_of(where)
    check_places(settings, where.locales)
    path = _path(file, settings)
    settings = settings._replace(baseline=path)
    request = Request(settings, Wants(findings=True), where.locales, jobs=jobs)
    report = execute(request, _output(quiet))
    stale = report.stale_baseline
    before = len(_read(path))
    if stale and not dry_run:
        try:
            prune_baseline(path, ((one.line, one.fingerprint) for one in stale))
        except (BaselineError, WriteError) as error:
            raise CommandError(str(error)) from error
    from bilint.reporters.escape import visible

    shown = [] if quiet else [visible(f"- {one}") for one in stale]
    done = "would be taken out" if dry_run else "taken out"
    left = f"{count(len(stale), 'line')} {done}, {count(before - len(stale), 'line')} left"
    write(lines([*shown, visible(f"{path}: {left}")]))
    _tell_incidents(report.incidents)
    sys.exit(exit_code(report, None, exit_zero=False))


def _output(quiet: bool) -> Output:
    return Output((("text", None),), None, None, False, quiet, False, "auto")


def write_baseline(path: str, request: Request, output: Output) -> int:
    """Write what is found to a file, and nothing over a file that is something else."""
    path = path or request.settings.baseline or BASELINE_FILE
    there = os.path.lexists(path)
    if there and not is_baseline(path):
        raise CommandError(f"{path} is there and is no baseline; nothing is written")
    before = _lines_of(path) if there else None
    report = execute(request._replace(settings=request.settings._replace(baseline=None)), output)
    findings = [f for f in report.findings or () if f.state.is_open]
    try:
        write_file(path, findings)
    except WriteError as error:
        raise CommandError(str(error)) from error
    warn(f"{path}: {count(len(findings), 'finding')} written{_difference(before, findings)}")
    _tell_incidents(report.incidents)
    return exit_code(report, None, exit_zero=False)


def _lines_of(path: str) -> Counter[str]:
    with open(path, "rb") as file:  # noqa: PTH123
        return Counter(file.read().decode("utf-8", "replace").splitlines()[1:])


def _difference(before: Counter[str] | None, findings: Iterable[Finding]) -> str:
    if before is None:
        return ""
    now = Counter(baseline_text(findings).splitlines()[1:])
    return f"; {(now - before).total():,} of them new, {(before - now).total():,} gone"


def _tell_incidents(incidents: Iterable[Any]) -> None:
    for incident in incidents:
        warn(f"incident: {incident.path or incident.check}: {incident.error}")


def _path(file: str | None, settings: Settings) -> str:
    return file or settings.baseline or BASELINE_FILE


def _read(path: str) -> tuple[Known, ...]:
    try:
        return read_baseline(path)
    except BaselineError as error:
        raise CommandError(str(error)) from error


def _told(path: str, known: tuple[Known, ...]) -> Iterator[str]:
    from bilint.reporters.escape import visible

    for locale in sorted({one.locale for one in known}, key=lambda name: (name is None, name)):
        ours = Counter(one.check for one in known if one.locale == locale)
        yield visible(f"{locale or 'source'}  {count(ours.total(), 'finding')}")
        wide = len(f"{max(ours.values()):,}")
        for check, number in sorted(ours.items(), key=lambda item: (-item[1], item[0])):
            yield visible(f"  {number:>{wide},}  {check}")
    yield visible(f"{path}: {count(len(known), 'finding')}")
