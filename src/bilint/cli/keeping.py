"""`--history FILE`: keeps a run, and tells how things went since the runs before it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from bilint.cli.session import CommandError, warn
from bilint.model.report import Report
from bilint.stores.history.seen import seen
from bilint.stores.history.store import History, open_history
from bilint.stores.sqlite import StoreError


@contextmanager
def history(path: str, *, read_only: bool = False) -> Iterator[History]:
    """The history at `path`. Raises `CommandError` for all that the store refuses."""
    try:
        with open_history(path, read_only=read_only) as found:
            yield found
    except StoreError as error:
        raise CommandError(str(error)) from error


def check_history(path: str) -> None:
    """Make sure, before a long run, that it can be kept. Raises `CommandError`."""
    with history(path):
        pass


def keep(report: Report, path: str) -> Report:
    """Keep a run over all pages; the report with its trend.

    One in which something failed is not kept: what it did not find would look fixed. Raises
    `CommandError`.
    """
    from bilint.figures import run_figures

    if report.incidents or report.measure is None:
        warn(f"{path}: not kept, as something failed in this run")
        return report
    at = datetime.now(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    figures = run_figures(report, at, report.revisions)
    with history(path) as kept:
        kept.keep(figures, report.measure, seen(report.findings or ()))
        return report._replace(trend=kept.trend(sorted(report.revisions)))
