"""`bilint terms`."""

# os.path, as in the other commands.
# ruff: noqa: PTH103, PTH110, PTH118, PTH120, PTH121, PTH123

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from bilint.cli.options import Command, Option, places
from bilint.cli.session import CommandError, check_places, lines, places_of, refusals, settings_of
from bilint.cli.session import write as write_out
from bilint.model.record import NamedTuple
from bilint.pipeline.request import Request

if TYPE_CHECKING:
    from bilint.model.config import Settings
    from bilint.model.habit import Habit
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
@click.option(
    "--catalogue/--no-catalogue",
    cls=Option,
    default=True,
    show_default=True,
    help="Write learnt terms and labels into the PO files of the locale as well.",
)
@click.option("--dry-run", cls=Option, is_flag=True, help="Say what was learnt, and write nothing.")
@places
def learn(output: str | None, catalogue: bool, dry_run: bool, **options: Any) -> None:
    """Learn of every locale, and keep it as `locales/LOCALE/learnt.json`.

    It is learnt from all pages as they are, and from the versions that people translated wholly.
    What is kept is what `check`, the hook and `report` go by; where nothing is kept, a report
    over all pages learns for itself, and a check of some pages does without.

    For people the terms and labels stand in `locales/LOCALE/terms.po` and `ui.po` too, with the
    flag `learnt` and their counts. They demand nothing. What people wrote there stays as it is
    and wins; who takes the flag off makes an entry one of them.
    """
    where = places_of(options)
    settings = settings_of(where)
    check_places(settings, where.locales)
    with refusals():
        results = _learnt(Request(settings, locales=where.locales))
    written: dict[str, list[str]] = {}
    refused: list[str] = []
    if not dry_run:
        tops = {one.locale: _top(one, output) for one in results}
        for one in results:
            written[one.locale] = [_write(one, tops[one.locale])]
            if catalogue:
                for file in _catalogues(one, tops[one.locale], settings):
                    try:
                        written[one.locale] += _write_catalogue(one.locale, file)
                    except (CommandError, ValueError) as error:
                        refused.append(f"{file.path}: {error}; nothing was written into it")
    write_out(lines(_told(results, written)))
    if refused:
        raise CommandError("\n".join(refused))


def _learnt(request: Request) -> tuple[Learnt, ...]:
    from bilint.pipeline.teach import learn_locales

    if not sys.stderr.isatty():
        return learn_locales(request)
    from bilint.reporters.progress import ProgressBar

    with ProgressBar(sys.stderr, "pages") as progress:
        return learn_locales(request, progress)


def _top(learnt: Learnt, folder: str | None) -> str:
    """Below what it is kept; raises `CommandError` where nothing is checked out."""
    top = folder or learnt.work_tree
    if top is None:
        raise CommandError(
            f"{learnt.locale} is not checked out: say with --output where to write, or --dry-run"
        )
    return top


def _write(learnt: Learnt, top: str) -> str:
    from bilint.readers.learnt import write_evidence
    from bilint.readers.locations import learnt_path

    path = _below(top, learnt_path(learnt.locale))
    _put(path, write_evidence(learnt.evidence))
    return path


def _below(top: str, path: str) -> str:
    return os.path.join(top, *path.split("/"))


def _put(path: str, data: bytes, expected: bytes | None = None) -> None:
    from bilint.readers.disk import WriteError, write_atomically

    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write_atomically(path, data, expected=expected)
    except WriteError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror or error}") from error


class _Catalogue(NamedTuple):
    """A PO file, what is to be in it, and the files whose entries it must not repeat."""

    path: str
    habits: tuple[Habit, ...]
    named: tuple[str, ...]


def _catalogues(learnt: Learnt, top: str, settings: Settings) -> tuple[_Catalogue, ...]:
    from bilint.readers.locations import catalogue_path, terms_path

    locale = learnt.locale
    return (
        _Catalogue(
            _below(top, terms_path(locale)), learnt.terms, tuple(settings.terms.get(locale, ()))
        ),
        _Catalogue(
            _below(top, catalogue_path(locale)),
            learnt.labels,
            tuple(settings.catalogues.get(locale, ())),
        ),
    )


def _write_catalogue(locale: str, file: _Catalogue) -> list[str]:
    """Write what was learnt beside what people made, and say where."""
    from bilint.readers.catalogue import read_parts
    from bilint.readers.habits import write_habits

    known: set[str] = set()
    for path in file.named:
        other = _content(path)
        if other is None:
            continue
        if not (os.path.exists(file.path) and os.path.samefile(path, file.path)):
            known |= read_parts(other).hand
    data = _content(file.path)
    written = write_habits(data, file.habits, locale, known)
    if written is None:
        return []
    if written.data != data:
        _put(file.path, written.data, data)
    return [f"{file.path} ({written.learnt} learnt, {written.hand} by hand)"]


def _content(path: str) -> bytes | None:
    """What a file holds; None where there is none."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CommandError(f"it cannot be read: {error.strerror or error}") from error


def _told(results: Sequence[Learnt], written: dict[str, list[str]]) -> Iterator[str]:
    from bilint.reporters.escape import visible

    for one in results:
        pages = f"{one.pages} pages, {one.earlier} earlier versions that people translated"
        unknown = f"; {one.unknown} pages whose pin is unknown" if one.unknown else ""
        yield visible(f"{one.locale}: learnt from {pages}{unknown}")
        for what, known in one.evidence._asdict().items():
            if what in ("locale", "machine_words"):
                continue
            yield f"  {what:8} {'too little to learn from' if known is None else len(known)}"
        yield f"  for people: {len(one.terms)} terms, {len(one.labels)} labels"
        for path in written.get(one.locale, ()):
            yield visible(f"  written: {path}")
