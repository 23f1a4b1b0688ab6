"""`bilint decisions`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from bilint.cli.options import Command, Option, places
from bilint.cli.session import CommandError, lines, places_of, settings_of, warn, write

if TYPE_CHECKING:
    from bilint.model.decision import Decision, Standing
    from bilint.stores.decisions import DecisionStore


@click.group("decisions")
def command() -> None:
    """What was decided: listed, carried from store to store, merged."""


@command.command("list", cls=Command)
@click.argument("names", metavar="[FINGERPRINT|PAGE]...", nargs=-1)
@click.option(
    "--history", cls=Option, is_flag=True, help="All decisions, also what was superseded since."
)
@places
def list_(names: tuple[str, ...], history: bool, **options: Any) -> None:
    """List what stands, or the whole history, of all pages or of those that are named."""
    from bilint.model.decision import standings

    where = places_of(options)
    with _store(where, create=False) as store:
        found = standings(store.read())
    chosen = [
        one
        for one in found
        if (not names or any(_is_meant(one, name) for name in names))
        and (not where.locales or one.place.locale in where.locales)
    ]
    write(lines(_listed(sorted(chosen, key=_order), history=history)))


@command.command("export", cls=Command)
@click.argument("file", metavar="[FILE]", default="-")
@places
def export(file: str, **options: Any) -> None:
    """Write all decisions as sorted text, a line each, to a file or to standard output."""
    from bilint.stores.decisions.text import text_of

    with _store(places_of(options), create=False) as store:
        text = text_of(store.read())
    write([text.encode()], file)


@command.command("import", cls=Command)
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False))
@places
def import_(file: str, **options: Any) -> None:
    """Take over the decisions of another store, text or SQLite.

    What is there already stays as it is. Exits with 1 when decisions contradict each other.
    """
    from bilint.stores.decisions import open_store

    with _told():
        with open_store(file, create=False, read_only=True) as other:
            decisions = other.read()
        with _store(places_of(options), create=True) as store:
            added = store.add(decisions)
            every = store.read()
    warn(f"{len(decisions):,} decisions read, {added:,} of them new")
    sys.exit(_tell_contradictions(every))


@command.command("merge", cls=Command)
@click.argument("base", metavar="BASE", type=click.Path(dir_okay=False))
@click.argument("ours", metavar="OURS", type=click.Path(exists=True, dir_okay=False))
@click.argument("theirs", metavar="THEIRS", type=click.Path(exists=True, dir_okay=False))
def merge(base: str, ours: str, theirs: str) -> None:
    """Merge two versions of the text form into OURS, as git asks its merge drivers to.

    Every decision of both is kept. Exits with 1 when decisions contradict each other: then none
    of them holds, until somebody supersedes them.
    """
    from bilint.readers.disk import WriteError, write_atomically
    from bilint.stores.decisions.text import merged, text_of
    from bilint.stores.decisions.text_store import TextStore

    with _told():
        versions = [TextStore(one, create=one == base).read() for one in (base, ours, theirs)]
        every = merged(*versions)
        try:
            write_atomically(ours, text_of(every).encode())
        except WriteError as error:
            raise CommandError(str(error)) from error
    sys.exit(_tell_contradictions(every))


@contextmanager
def _told() -> Iterator[None]:
    """Turns what a store refuses into a message."""
    from bilint.stores.decisions import StoreError

    try:
        yield
    except StoreError as error:
        raise CommandError(str(error)) from error


@contextmanager
def _store(where: Any, *, create: bool) -> Iterator[DecisionStore]:
    from bilint.pipeline.decided import is_out_of_settings, store_of
    from bilint.stores.decisions import open_store

    settings = settings_of(where)
    with (
        _told(),
        open_store(
            store_of(settings),
            create=create,
            read_only=not create,
            text_only=is_out_of_settings(settings),
        ) as store,
    ):
        yield store


def _tell_contradictions(decisions: Sequence[Decision]) -> int:
    from bilint.model.decision import standings
    from bilint.stores.decisions.settle import contradictions

    told = sorted(contradictions(standings(decisions)))
    for one in told:
        warn(f"these contradict each other, and none of them holds: {one}")
    if told:
        warn("decide again with `bilint decide`, and name what you supersede by --after")
    return int(bool(told))


def _is_meant(standing: Standing, name: str) -> bool:
    place = standing.place
    if name in (standing.fingerprint, place.id):
        return True
    path = os.path.normpath(name).replace(os.sep, "/")
    return any(
        known is not None and (f"/{path}".endswith(f"/{known}") or known.startswith(f"{path}/"))
        for known in (place.source_path, place.target_path)
    )


def _order(standing: Standing) -> tuple[str, str, str]:
    place = standing.place
    return (
        place.locale or "",
        place.target_path or place.source_path or "",
        standing.fingerprint,
    )


def _listed(standings: Sequence[Standing], *, history: bool) -> Iterator[str]:
    from bilint.reporters.escape import visible

    for one in standings:
        place = one.place
        path = place.target_path or place.source_path or ""
        what = one.history[0].check or "segment"
        yield visible(f"{one.fingerprint} {place.locale or 'source'} {path}: {what}")
        if one.contradicting:
            yield "  these contradict each other, and none of them holds:"
        standing = {each.key for each in one.verdicts}
        standing |= {one.assignment.key} if one.assignment is not None else set()
        for each in one.history:
            if history or each.key in standing or each.verdict.track == "remark":
                mark = " " if each.key in standing or each.verdict.track == "remark" else "-"
                yield visible(f"{mark} {_said(each)}")


def _said(decision: Decision) -> str:
    nobody = " to nobody" if decision.verdict == "assigned" else ""
    to = f" to {decision.to}" if decision.to else nobody
    reason = f": {decision.reason}" if decision.reason else ""
    at = decision.at[:16].replace("T", " ")
    return f"{at} {decision.key} {decision.verdict}{to} by {decision.by}{reason}"
