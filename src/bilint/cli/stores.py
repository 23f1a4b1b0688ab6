"""The store of decisions, as commands open it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bilint.cli.session import CommandError, refusals, warn
from bilint.model.config import Settings
from bilint.pipeline.decided import is_out_of_settings, store_of, with_decisions
from bilint.pipeline.request import Request

if TYPE_CHECKING:
    from bilint.stores.decisions import DecisionStore


@contextmanager
def decision_store(
    settings: Settings, *, create: bool = True, quiet: bool = False
) -> Iterator[DecisionStore]:
    """The store that decisions are written to, or without `create` only read from.

    What in it counts for nothing is told at the end; that a person named one which is new, at the
    beginning, unless `quiet`. Raises `CommandError` for all that the store refuses.
    """
    from bilint.stores.decisions import is_there, is_url, open_store

    place = store_of(settings)
    is_new = create and settings.store is not None and not (is_url(place) or is_there(place))
    with (
        store_errors(),
        open_store(
            place, create=create, read_only=not create, text_only=is_out_of_settings(settings)
        ) as store,
    ):
        if is_new and not quiet:
            warn(f"{place}: a new store of decisions")
        yield store
        for fault in store.faults:
            warn(fault)


@contextmanager
def store_errors() -> Iterator[None]:
    """Turns what a store refuses into a message."""
    from bilint.stores.decisions import StoreError

    try:
        yield
    except StoreError as error:
        raise CommandError(str(error)) from error


def going_by_decisions(request: Request) -> Request:
    """The request with what was decided, for a command that prints no report.

    What in the store counts for nothing is told.
    """
    with refusals():
        request = with_decisions(request)
    for fault in request.decisions.faults if request.decisions is not None else ():
        warn(fault)
    return request
