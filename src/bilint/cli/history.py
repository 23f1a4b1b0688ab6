"""`bilint history`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from bilint.cli.keeping import history
from bilint.cli.options import Command, Option, names_history, places
from bilint.cli.session import (
    CommandError,
    check_places,
    lines,
    places_of,
    refusals,
    settings_of,
    warn,
    write,
)
from bilint.pipeline.request import Request, Wants
from bilint.stores.history.store import History

if TYPE_CHECKING:
    from bilint.rebuild.past import Learnt, Past, Snapshot


@click.group("history")
def command() -> None:
    """Rebuild past runs out of git, list the runs that are kept, forget some."""


@command.command("backfill", cls=Command)
@click.option(
    "--every",
    cls=Option,
    default="1w",
    metavar="TIME",
    help="A run every so often: 1d, 1w (Mondays), 2w, 1m (the first of the month). [default: 1w]",
)
@click.option(
    "--since",
    cls=Option,
    metavar="DAY",
    help="The first day, such as 2021-01-31. [default: the first day with pages]",
)
@click.option(
    "--until",
    cls=Option,
    metavar="DAY",
    help="The last day. [default: as far as there are commits]",
)
@click.option(
    "--relearn",
    cls=Option,
    is_flag=True,
    help="Learn anew what rebuilt runs are judged by, and rebuild them all.",
)
@click.option(
    "--jobs",
    cls=Option,
    metavar="N",
    type=click.IntRange(min=1),
    help="Processes; by default as many as pay.",
)
@click.option("-q", "--quiet", cls=Option, is_flag=True, help="No progress, only the last line.")
@names_history
@places
def backfill(
    history_path: str,
    every: str,
    since: str | None,
    until: str | None,
    relearn: bool,
    jobs: int | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Rebuild past runs out of git, so that the first report already shows a trend.

    For each day, source and targets are read as of that day (00:00 UTC, first parents, by commit
    date) and judged by what is known today: the checks and settings in force and what is learnt
    once, from the last of these days. Runs that are there already stay; an interrupted backfill
    goes on where it stopped.
    """
    from bilint.model.dates import DateError, days, following, midnight

    where = places_of(options)
    settings = settings_of(where)
    check_places(settings, where.locales)
    # What the baseline knows today says nothing of what was found then.
    settings = settings._replace(baseline=None)
    wants = Wants(findings=True, queue=True)
    with history(history_path) as kept, refusals():
        from bilint.rebuild.past import Past

        with Past(Request(settings, wants, where.locales)) as past:
            for path in past.shallow:
                warn(f"{path} is a shallow clone: what lies beyond its end cannot be rebuilt")
            try:
                first, last = past.span()
                now = datetime.now(UTC).isoformat()
                wanted = days(
                    every,
                    midnight(since) if since else first,
                    midnight(until) if until else following(last, every),
                    now,
                )
            except DateError as error:
                raise CommandError(str(error)) from error
            snapshots = [one for one in map(past.snapshot, wanted) if _has_target(one)]
            if not snapshots:
                raise CommandError("no page was there on any of these days")
            if relearn:
                kept.forget_evidence()
            done, failed = _rebuild(kept, past, snapshots, jobs, quiet=quiet)
    there = len(snapshots) - done - failed
    from bilint.reporters.layout import count

    said = f"{count(len(snapshots), 'run')} from {snapshots[0].at[:10]} to {snapshots[-1].at[:10]}"
    write(lines([f"{said}: {done:,} rebuilt, {there:,} were there"]))
    sys.exit(3 if failed else 0)


def _has_target(snapshot: Snapshot) -> bool:
    return any(name for name in snapshot.commits)


def _rebuild(
    kept: History, past: Past, snapshots: Sequence[Snapshot], jobs: int | None, *, quiet: bool
) -> tuple[int, int]:
    """Rebuild what is missing; how many runs were kept, and how many could not be."""
    from bilint.rebuild.many import rebuild
    from bilint.stores.history.measure import measure_digest

    past.learn(snapshots[-1], _kept_evidence(kept, past))
    digest = measure_digest(past.measure)
    there = {
        (run.at[:19], tuple(run.revisions.items()), run.source_revision, run.measure)
        for run in kept.runs()
        if run.rebuilt
    }
    missing = [
        one
        for one in snapshots
        if (
            one.at[:19],
            tuple(sorted((name, oid) for name, oid in one.commits.items() if name)),
            one.commits.get(""),
            digest,
        )
        not in there
    ]
    if missing and past.learnt is not None:
        _keep_evidence(kept, past.learnt)
    done = 0
    with _progress(quiet=quiet) as tick:
        for number, one in enumerate(rebuild(past, missing, jobs), 1):
            tick(number, len(missing))
            if one.incidents:
                incident = one.incidents[0]
                what = f"{incident.path or incident.check}: {incident.error}"
                warn(f"{one.figures.at[:10]}: not kept, as something failed: {what}")
                continue
            kept.keep(one.figures, past.measure, one.findings)
            done += 1
    return done, len(missing) - done


def _kept_evidence(kept: History, past: Past) -> Learnt | None:
    """What earlier rebuilt runs were judged by, so that these compare with them."""
    from bilint.model.evidence import Evidence
    from bilint.readers.learnt import read_evidence
    from bilint.rebuild.past import Learnt

    found: dict[str, Evidence] = {}
    days = set()
    for locale in past.workspace.targets:
        stored = kept.evidence(locale)
        if stored is None:
            continue
        at, data = stored
        evidence = read_evidence(data, locale, past.workspace.settings.limits.catalogue)
        if isinstance(evidence, Evidence):
            found[locale] = evidence
            days.add(at)
    return Learnt(max(days), found) if found else None


def _keep_evidence(kept: History, learnt: Learnt) -> None:
    from bilint.readers.learnt import write_evidence

    for locale, evidence in learnt.evidence.items():
        kept.keep_evidence(locale, learnt.at, write_evidence(evidence))


class _progress:  # noqa: N801
    """A progress bar where somebody may be waiting."""

    def __init__(self, *, quiet: bool) -> None:
        self._shown = not quiet and sys.stderr.isatty()

    def __enter__(self) -> Any:
        if not self._shown:
            return lambda _done, _all: None
        from bilint.reporters.progress import ProgressBar

        self._bar = ProgressBar(sys.stderr, "runs")
        return self._bar.__enter__()

    def __exit__(self, *error: Any) -> None:
        if self._shown:
            self._bar.__exit__(*error)


@command.command("list", cls=Command)
@names_history
def list_runs(history_path: str) -> None:
    """List the runs that are kept, oldest first."""
    with history(history_path, read_only=True) as kept:
        runs = kept.runs()
    write(lines(_listed(runs)))


def _listed(runs: Sequence[Any]) -> Iterator[str]:
    from bilint.reporters.escape import visible

    for run in runs:
        locales = ", ".join(
            f"{locale}@{revision[:9] if revision else 'working tree'}"
            for locale, revision in run.revisions.items()
        )
        made = "rebuilt" if run.rebuilt else "made   "
        yield visible(f"{run.at}  {made}  {run.measure}  {locales}")


@command.command("forget", cls=Command)
@click.argument("runs", metavar="[TIME]...", nargs=-1)
@click.option("--before", cls=Option, metavar="DAY", help="All runs before this day.")
@click.option("--rebuilt", cls=Option, is_flag=True, help="All runs that were rebuilt from git.")
@click.option("--dry-run", cls=Option, is_flag=True, help="Say what would be forgotten.")
@names_history
def forget(
    history_path: str, runs: tuple[str, ...], before: str | None, rebuilt: bool, dry_run: bool
) -> None:
    """Forget runs: those of the TIMEs that `bilint history list` shows, or by an option."""
    from bilint.model.dates import DateError, midnight

    if not (runs or before or rebuilt):
        raise CommandError("say which runs: their times, --before DAY, or --rebuilt")
    try:
        day = None if before is None else midnight(before)
    except DateError as error:
        raise CommandError(str(error)) from error
    with history(history_path) as kept:
        known = kept.times()
        unknown = [one for one in runs if one not in known]
        if unknown:
            raise CommandError(f"{history_path}: no run of {', '.join(unknown)}")
        chosen = set(runs)
        if day is not None:
            chosen.update(one for one in known if one < day)
        if rebuilt:
            of_git = set(kept.times(rebuilt=True))
            chosen = chosen & of_git if chosen else of_git
        if not dry_run:
            kept.forget(sorted(chosen))
    said = "would be forgotten" if dry_run else "forgotten"
    write(lines([f"{len(chosen):,} of {len(known):,} runs {said}"]))
