"""`bilint export`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bilint.cli.options import Command, Option, outputs_to_folder, paths_argument, places
from bilint.cli.session import (
    CommandError,
    Output,
    check_places,
    execute,
    places_of,
    refusals,
    settings_of,
    warn,
    write,
)
from bilint.exchange.formats import FORMATS
from bilint.model.exchange import ExchangeError, UnitState
from bilint.pipeline.request import Request, Wants
from bilint.queue import cut, parse_budget

if TYPE_CHECKING:
    from bilint.desk.gathering import Gathered
    from bilint.model.config import Settings
    from bilint.model.exchange import Bundle
    from bilint.model.report import QueueItem


@click.command("export", cls=Command)
@paths_argument
@click.option(
    "--to",
    "name",
    cls=Option,
    metavar="FORMAT",
    type=click.Choice(list(FORMATS)),
    required=True,
    help=f"{', '.join(list(FORMATS)[:-1])} or {list(FORMATS)[-1]}.",
)
@click.option(
    "--all",
    "everything",
    cls=Option,
    is_flag=True,
    help="All segments, not only those that are new, stale, or with an error or a warning.",
)
@click.option(
    "--budget",
    cls=Option,
    metavar="TIME",
    help="Only pages of the queue that fit into 90m, 2h, 1h30m or 1d (8 hours).",
)
@places
@outputs_to_folder
def command(
    paths: tuple[str, ...], name: str, everything: bool, budget: str | None, **options: Any
) -> None:
    """Write segments to a file for a translator's own tool.

    Without PATHs of all pages. With one locale the file goes to --output or to standard output;
    with several, --output names a folder and every locale gets a file of its own. `bilint import`
    brings back what was translated.
    """
    where = places_of(options)
    output = Output((("text", None),), **options)
    settings = settings_of(where)
    check_places(settings, where.locales)
    try:
        minutes = parse_budget(budget) if budget is not None else None
    except ValueError as error:
        raise CommandError(str(error)) from error
    locales = where.locales or tuple(settings.targets)
    folder = _folder(output.output, locales)
    wants = Wants(findings=True, queue=minutes is not None)
    request = Request(settings, wants, where.locales, paths or None, jobs=output.jobs)
    from bilint.cli.stores import going_by_decisions
    from bilint.desk.gathering import gather

    request = going_by_decisions(request)
    report = execute(request, output)

    only = None
    if minutes is not None:
        only = _pages(cut(report.queue or (), minutes))
    with refusals():
        gathered = gather(
            request,
            report.findings or (),
            everything=everything,
            obsolete_too=FORMATS[name].decides,
            only=only,
        )
    for bundle in gathered.bundles:
        _write(bundle, name, folder, output, settings)
    if not output.quiet:
        warn("\n".join(_told(gathered, name, everything=everything)))
    sys.exit(3 if report.incidents else 0)


def _folder(output: str | None, locales: Sequence[str]) -> str | None:
    """The folder that files go to; None for a single file."""
    if output is not None and output != "-" and (output.endswith("/") or Path(output).is_dir()):
        return output
    if len(locales) > 1:
        raise CommandError(
            f"there are {len(locales)} locales: name one by --locale, or a folder by --output DIR/"
        )
    return None


def _pages(queue: Sequence[QueueItem]) -> set[tuple[str, str | None, str | None]]:
    return {(item.locale, item.path, item.source_path) for item in queue}


def _write(
    bundle: Bundle, name: str, folder: str | None, output: Output, settings: Settings
) -> None:
    try:
        data = FORMATS[name].write(bundle)
    except ExchangeError as error:
        raise CommandError(str(error)) from error
    path = output.output
    if folder is not None:
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(f"{folder}: {error.strerror or error}") from error
        path = str(Path(folder) / f"{bundle.locale}{FORMATS[name].suffix}")
    elif path is None and name == "xlsx" and sys.stdout.isatty():
        raise CommandError("a workbook is nothing for a terminal: name a file by --output")
    write([data], path)
    limit = settings.limits.catalogue
    if len(data) > limit:
        warn(
            f"{bundle.locale}: the file has {len(data)} bytes, and `bilint import` reads {limit}:"
            " export a part of the pages, by PATH or --budget"
        )


def _told(gathered: Gathered, name: str, *, everything: bool) -> list[str]:
    lines = []
    for bundle in gathered.bundles:
        units = bundle.units
        states = ", ".join(
            f"{count} {state.value}"
            for state in UnitState
            if (count := sum(unit.state is state for unit in units))
        )
        words = sum(u.words for u in units if u.state in (UnitState.NEW, UnitState.STALE))
        pages = len({unit.path for unit in units})
        lines.append(
            f"{bundle.locale}: {len(units)} segments of {pages} pages ({states or 'none'}),"
            f" {words} words to translate"
        )
        if name == "tmx":
            current = sum(unit.state is UnitState.CURRENT for unit in units)
            lines.append(
                f"{bundle.locale}: a memory holds what is current: {current} of them are in it"
                + ("" if everything else "; --all adds the rest")
            )
    if gathered.alone:
        lines.append(
            f"{len(gathered.alone)} pages have nothing to be compared with and are not in it"
        )
    if gathered.obsolete:
        lines.append(
            f"{gathered.obsolete} segments whose source is gone are not in it: delete them by"
            " `bilint review`, or by a table (--to csv, --to xlsx)"
        )
    if gathered.elsewhere:
        lines.append(
            f"{gathered.elsewhere} findings stand outside of any segment: see `bilint check`"
        )
    return lines
