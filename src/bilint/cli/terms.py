"""`bilint terms`."""

# os.path, as in the other commands.
# ruff: noqa: PTH103, PTH118, PTH120

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from bilint.cli.options import Command, Option, places
from bilint.cli.session import CommandError, check_places, lines, places_of, refusals, settings_of
from bilint.cli.session import write as write_out
from bilint.pipeline.request import Request

if TYPE_CHECKING:
    from bilint.pipeline.teach import Learnt


@click.group("terms")
def command() -> None:
    """Learn what is particular to a locale: its names, labels, terms, lengths and quotes."""


@command.command("learn", cls=Command)
@click.option(
    "--output",
    cls=Option,
    metavar="FOLDER",
    type=click.Path(file_okay=False),
    help="Write below this folder, not into the checkout of each locale.",
)
@click.option("--dry-run", cls=Option, is_flag=True, help="Say what was learnt, and write nothing.")
@places
def learn(output: str | None, dry_run: bool, **options: Any) -> None:
    """Learn of every locale, and keep it as `locales/LOCALE/learnt.json`.

    It is learnt from all pages as they are, and from the versions that people translated wholly.
    What is kept is what `check`, the hook and `report` go by; where nothing is kept, a report
    over all pages learns for itself, and a check of some pages does without.
    """
    where = places_of(options)
    settings = settings_of(where)
    check_places(settings, where.locales)
    with refusals():
        results = _learnt(Request(settings, locales=where.locales))
    written = {}
    if not dry_run:
        targets = {one.locale: _path(one, output) for one in results}
        for one in results:
            written[one.locale] = _write(one, targets[one.locale])
    write_out(lines(_told(results, written)))


def _learnt(request: Request) -> tuple[Learnt, ...]:
    from bilint.pipeline.teach import learn_locales

    if not sys.stderr.isatty():
        return learn_locales(request)
    from bilint.reporters.progress import ProgressBar

    with ProgressBar(sys.stderr, "pages") as progress:
        return learn_locales(request, progress)


def _path(learnt: Learnt, folder: str | None) -> str:
    """Where what was learnt is kept; raises `CommandError` where nothing is checked out."""
    from bilint.readers.locations import learnt_path

    top = folder or learnt.work_tree
    if top is None:
        raise CommandError(
            f"{learnt.locale} is not checked out: say with --output where to write, or --dry-run"
        )
    return os.path.join(top, *learnt_path(learnt.locale).split("/"))


def _write(learnt: Learnt, path: str) -> str:
    from bilint.readers.disk import WriteError, write_atomically
    from bilint.readers.learnt import write_evidence

    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write_atomically(path, write_evidence(learnt.evidence))
    except WriteError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror or error}") from error
    return path


def _told(results: Sequence[Learnt], written: dict[str, str]) -> Iterator[str]:
    from bilint.reporters.escape import visible

    for one in results:
        pages = f"{one.pages} pages, {one.earlier} earlier versions that people translated"
        unknown = f"; {one.unknown} pages whose pin is unknown" if one.unknown else ""
        yield visible(f"{one.locale}: learnt from {pages}{unknown}")
        for what, known in one.evidence._asdict().items():
            if what in ("locale", "machine_words"):
                continue
            yield f"  {what:8} {'too little to learn from' if known is None else len(known)}"
        if one.locale in written:
            yield visible(f"  written: {written[one.locale]}")
