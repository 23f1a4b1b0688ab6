"""`bilint quality`."""

# os.path, as in the other commands.
# ruff: noqa: PTH103, PTH113, PTH118, PTH123

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from bilint.cli.options import Command, Option, outputs, paths_argument, places
from bilint.cli.session import (
    CommandError,
    Output,
    check_places,
    lines,
    output_of,
    places_of,
    refusals,
    settings_of,
    view_of,
    write,
)
from bilint.model.config import Location, Settings
from bilint.model.quality import By, Period, Unit
from bilint.pipeline.request import Request

if TYPE_CHECKING:
    from bilint.pipeline.quality import Asked, Measured

_DAY = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")


@click.command("quality", cls=Command)
@paths_argument
@click.option(
    "--by",
    cls=Option,
    multiple=True,
    type=click.Choice([one.value for one in By] + ["locale"]),
    default=(By.PERIOD.value, By.AREA.value, By.CLAIM.value),
    metavar="WHAT",
    help="Figures by period, area, page, claim (what ht-degree says), or by locale alone;"
    " may be repeated. [default: period, area and claim]",
)
@click.option(
    "--since", cls=Option, metavar="DAY", help="Only what was handed over since 2024-01-31."
)
@click.option(
    "--period",
    cls=Option,
    type=click.Choice([one.value for one in Period]),
    default=Period.YEAR.value,
    metavar="LENGTH",
    help="year (the default), quarter or month.",
)
@click.option(
    "--area",
    cls=Option,
    metavar="DEPTH",
    type=click.IntRange(min=1),
    help="Folders below the root that make an area; by default as many as tell areas apart.",
)
@click.option(
    "--top",
    cls=Option,
    metavar="N",
    type=click.IntRange(min=0),
    default=10,
    help="How many replacements and edited segments to list. [default: 10]",
)
@click.option(
    "--all-text",
    cls=Option,
    is_flag=True,
    help="Also segments that people had translated before: not the machine's, but handed over.",
)
@click.option(
    "--partial",
    cls=Option,
    is_flag=True,
    help="Also hand-offs in which only the human share rose.",
)
@click.option(
    "--reference",
    "references",
    cls=Option,
    multiple=True,
    metavar="FILE|[LOCALE=]REPO[@REV][::ROOT]",
    help="Compare the pages as they are with another translation of them, in place of history.",
)
@click.option(
    "--bootstrap",
    cls=Option,
    metavar="N",
    type=click.IntRange(min=0, max=10_000),
    default=1000,
    help="Random draws for the confidence intervals; 0 for none. [default: 1000]",
)
@click.option(
    "--export",
    cls=Option,
    metavar="FOLDER",
    type=click.Path(file_okay=False),
    help="Write the segments as text, a line each, for other tools.",
)
@places
@outputs
def command(
    paths: tuple[str, ...],
    by: tuple[str, ...],
    since: str | None,
    period: str,
    area: int | None,
    top: int,
    all_text: bool,
    partial: bool,
    references: tuple[str, ...],
    bootstrap: int,
    export: str | None,
    **options: Any,
) -> None:
    """Measure machine translation by what people made of it.

    The history of a translated page often holds it twice at one pin: as a machine handed it over,
    and as people corrected it. The two are compared segment by segment: chrF, chrF++, BLEU and TER
    by sacrebleu, what was left untouched, how many words were edited, what was edited most.
    """
    from bilint.pipeline.quality import Asked
    from bilint.quality import Telling

    if since is not None and not _DAY.fullmatch(since):
        raise CommandError(f"--since {since!r} is not a day such as 2024-01-31")
    where, output = places_of(options), output_of(options)
    settings = settings_of(where)
    check_places(settings, where.locales)
    file, repositories = _references(references, settings, where.locales)
    asked = Asked(
        Telling(
            tuple(dict.fromkeys(By(one) for one in by if one != "locale")),
            Period(period),
            area,
            top,
            all_text,
        ),
        bootstrap,
        since,
        partial,
        repositories,
        file,
        ", ".join(references) or None,
    )
    with refusals():
        measured = _measured(Request(settings, locales=where.locales, paths=paths or None), asked,
                             output)  # fmt: skip
    if export is not None:
        for locale, units in measured.units.items():
            _export(export, locale, units)
    _answer(measured, output)


def _measured(request: Request, asked: Asked, output: Output) -> Measured:
    from bilint.pipeline.quality import measure_quality

    if output.quiet or not sys.stderr.isatty():
        return measure_quality(request, asked)
    from bilint.reporters.progress import ProgressBar

    with ProgressBar(sys.stderr, "hand-offs") as progress:
        return measure_quality(request, asked, progress)


def _answer(measured: Measured, output: Output) -> None:
    if output.output_format == "json":
        from bilint.reporters.json_quality import render_quality_json

        write(render_quality_json(measured.quality), output.output)
        return
    from bilint.reporters.terminal_quality import render_quality

    write(lines(render_quality(measured.quality, view_of(output))), output.output)


def _references(
    said: Sequence[str], settings: Settings, locales: Sequence[str]
) -> tuple[tuple[str, bytes] | None, Mapping[str, Location]]:
    """A page, or repositories by locale. Raises `CommandError`."""
    from bilint.readers.locations import LocationError, parse_source, parse_target

    known = list(locales or settings.targets)
    if len(said) == 1 and os.path.isfile(said[0]):
        if len(known) > 1:
            raise CommandError(f"{said[0]} is one page: say with --locale in which language")
        return (said[0], _content(said[0], settings.limits.page)), {}
    found: dict[str, Location] = {}
    for one in said:
        try:
            if one.partition("=")[0] in settings.targets and "=" in one:
                locale, place = parse_target(one, settings.root)
            elif len(known) == 1:
                locale, place = known[0], parse_source(one, settings.root)
            else:
                raise CommandError(f"--reference {one}: write it as LOCALE={one}")
        except LocationError as error:
            raise CommandError(f"--reference: {error}") from error
        if "::" not in one:
            place = place._replace(root=settings.targets[locale].root)
        found[locale] = place
    return None, found


def _content(path: str, limit: int) -> bytes:
    try:
        with open(path, "rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror or error}") from error
    if len(data) > limit:
        raise CommandError(f"{path} is larger than {limit} bytes, the limit of a page")
    return data


def _export(folder: str, locale: str, units: Sequence[Unit]) -> None:
    """Three files with a line a segment: what `sacrebleu` and others read."""
    from bilint.readers.disk import WriteError, write_atomically

    try:
        os.makedirs(folder, exist_ok=True)
        for name in ("source", "before", "after"):
            text = "".join(f"{getattr(one, name) or ''}\n" for one in units)
            place = os.path.join(folder, f"{locale}.{name}.txt")
            write_atomically(place, text.encode("utf-8", "replace"))
    except WriteError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"{folder} cannot be written: {error.strerror or error}") from error
