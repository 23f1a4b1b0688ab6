"""`bilint decisions`."""

# os.path, as in the other commands.
# ruff: noqa: PTH113

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from bilint.cli.options import Command, Option, places
from bilint.cli.session import CommandError, lines, places_of, settings_of, warn, write
from bilint.cli.stores import decision_store, store_errors

if TYPE_CHECKING:
    from bilint.model.decision import Decision, Standing
    from bilint.stores.decisions.text_file import TextFile


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
    with decision_store(settings_of(where), create=False) as store:
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
    from bilint.pipeline.decided import store_of
    from bilint.stores.decisions import NoStore
    from bilint.stores.decisions.text import text_of

    settings = settings_of(places_of(options))
    place = store_of(settings)
    if file != "-" and os.path.realpath(file) == os.path.realpath(place):
        raise CommandError(f"{file} is the store itself")
    with decision_store(settings, create=False) as store:
        if isinstance(store, NoStore):
            # An empty file must not come to stand in place of a good one.
            raise CommandError(f"{place}: there are no decisions here, so nothing is written")
        text = text_of(store.read())
    write([text.encode()], file)


@command.command("import", cls=Command)
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False))
@places
def import_(file: str, **options: Any) -> None:
    """Take over the decisions of another store, text or SQLite.

    What is there already stays as it is. Exits with 1 when decisions contradict each other, or
    when lines of FILE could not be read.
    """
    from bilint.stores.decisions import open_store

    with store_errors(), open_store(file, create=False, read_only=True) as other:
        decisions, faults = other.read(), other.faults
    with decision_store(settings_of(places_of(options))) as store:
        added = store.add(decisions)
        every = store.read()
    for fault in faults:
        warn(fault)
    warn(f"{len(decisions):,} decisions read, {added:,} of them new")
    sys.exit(_tell_contradictions(every) or int(bool(faults)))


@command.command("merge", cls=Command)
@click.argument(
    "files", metavar="BASE OURS THEIRS", nargs=-1, type=click.Path(dir_okay=False), required=True
)
def merge(files: tuple[str, ...]) -> None:
    """Merge two versions of the text form into OURS, as git asks its merge drivers to.

    Every decision of both is kept. Exits with 1 when decisions contradict each other: then none
    of them holds, until somebody supersedes them. A line that was altered by hand is put back
    where one version still has it as it was written. With one FILE alone, the marks are taken out
    that git left in it when it gave up a merge.
    """
    from bilint.stores.decisions.text_store import TextStore

    if len(files) not in (1, 3):
        raise CommandError("merge takes the three files BASE OURS THEIRS, or one that git left")
    base, ours, theirs = files if len(files) == 3 else files * 3
    for one in (ours, theirs):
        if not os.path.isfile(one):
            raise CommandError(f"{one}: there is no such file")
    with store_errors():
        others = [TextStore(one).file() for one in dict.fromkeys((base, theirs)) if one != ours]
        store = TextStore(ours)
        before = store.file()
        after = store.mend(others)
    _tell_mended(ours, (before, *others), after)
    sys.exit(_tell_contradictions(after.decisions))


def _tell_mended(name: str, versions: Sequence[TextFile], after: TextFile) -> None:
    left = {one.line for one in after.strays}
    mended = {
        one.line
        for version in versions
        for one in version.strays
        if one.fault and one.line not in left
    }
    if mended:
        noun = "line that was" if len(mended) == 1 else "lines that were"
        warn(f"{name}: {len(mended):,} {noun} altered by hand put back as written")
    if any(one.is_mark for version in versions for one in version.strays):
        warn(f"{name}: the marks of git are taken out, and the decisions of both sides are in it")
    for fault in after.faults(name):
        warn(fault)


def _tell_contradictions(decisions: Sequence[Decision]) -> int:
    """Say who decided what and when, and what to type; 1 where there is something to say."""
    from bilint.model.decision import standings

    told = sorted((one for one in standings(decisions) if one.contradicting), key=_order)
    for one in told:
        warn(f"{_subject(one)}: these contradict each other, and none of them holds:")
        for each in one.contradicting:
            warn(f"  {_said(each)}")
        warn(f"  to settle it: {_settling(one)}")
    return int(bool(told))


def _settling(standing: Standing) -> str:
    """The command that supersedes what contradicts each other."""
    from shlex import quote

    place = standing.place
    path = place.target_path or place.source_path
    where = f" --path {quote(path)}" if path else ""
    where += f" --locale {place.locale}" if place.locale else ""
    after = "".join(f" --after {one.key}" for one in standing.verdicts)
    return f"bilint decide {standing.fingerprint} --as WHAT --reason WHY{where}{after}"


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
        yield visible(_subject(one))
        if one.contradicting:
            yield "  these contradict each other, and none of them holds:"
        standing = {each.key for each in one.verdicts}
        standing |= {one.assignment.key} if one.assignment is not None else set()
        for each in one.history:
            if history or each.key in standing or each.verdict.track == "remark":
                mark = " " if each.key in standing or each.verdict.track == "remark" else "-"
                yield visible(f"{mark} {_said(each)}")


def _subject(standing: Standing) -> str:
    place = standing.place
    path = place.target_path or place.source_path or ""
    what = standing.history[0].check or "segment"
    return f"{standing.fingerprint} {place.locale or 'source'} {path}: {what}"


def _said(decision: Decision) -> str:
    nobody = " to nobody" if decision.verdict == "assigned" else ""
    to = f" to {decision.to}" if decision.to else nobody
    reason = f": {decision.reason}" if decision.reason else ""
    at = decision.at[:16].replace("T", " ")
    return f"{at} {decision.key} {decision.verdict}{to} by {decision.by}{reason}"
