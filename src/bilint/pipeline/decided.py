"""What reviewers decided, read once at the beginning of a run."""

# os.path, because a hook has no time for the import of pathlib.
# ruff: noqa: PTH118, PTH120

from __future__ import annotations

import os
from collections.abc import Callable, Collection

from bilint.model.config import Settings
from bilint.model.record import TYPE_CHECKING
from bilint.pipeline.request import Request, UsageError

if TYPE_CHECKING:
    from bilint.model.decision import Decisions, Place

DEFAULT_STORE = os.path.join(".bilint", "decisions.db")
"""Beside the settings file; without one, in the folder one is in."""


def store_of(settings: Settings) -> str:
    """The store that a run goes by, and that a decision is written to, be it there or not."""
    if settings.store is not None:
        return settings.store
    if settings.decisions is not None:
        return settings.decisions
    return os.path.join(os.path.dirname(settings.path or ""), DEFAULT_STORE)


def is_out_of_settings(settings: Settings) -> bool:
    """Whether a repository named its own store: it may name a text and no database."""
    return settings.store is None and settings.decisions is not None


def with_decisions(
    request: Request, near: Callable[[], Collection[Place]] | None = None
) -> Request:
    """The request with the decisions of its store, unless it has some already.

    With `near`, those on the pages that it tells are enough. Raises `UsageError` for a store that
    cannot be read.
    """
    if request.decisions is not None:
        return request
    return request._replace(decisions=_decisions(request.settings, near))


def _decisions(
    settings: Settings, near: Callable[[], Collection[Place]] | None
) -> Decisions | None:
    place = store_of(settings)
    # Before the first decision there is nothing to read, and nothing to load for it.
    if settings.store is None and not os.path.lexists(place):
        return None
    from bilint.model.decision import Decisions
    from bilint.stores.decisions import StoreError, open_store

    try:
        with open_store(
            place, create=False, read_only=True, text_only=is_out_of_settings(settings)
        ) as store:
            found = store.read(near() if near is not None else None)
            return Decisions.of(found, store.faults)
    except StoreError as error:
        raise UsageError(str(error)) from error
