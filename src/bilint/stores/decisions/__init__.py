"""Where decisions are kept: one small protocol, and who speaks it.

A store is an SQLite file (the default), a text file that merges in git, or a PostgreSQL database
that a team shares. All three refuse a decision that was made without knowledge of an earlier one,
and say whose; none of them changes or deletes anything.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from bilint.model.decision import Decision, Place
from bilint.stores.error import StoreError

__all__ = ["ConflictError", "DecisionStore", "StoreError", "is_url", "open_store"]

URL_SCHEMES = ("postgresql://", "postgresql+psycopg://")
_SQLITE = b"SQLite format 3\x00"
_SQLITE_NAMES = (".db", ".sqlite", ".sqlite3")


class ConflictError(Exception):
    """A decision was made without knowledge of others on its subject; nothing was written."""

    def __init__(self, decision: Decision, others: tuple[Decision, ...]) -> None:
        self.decision = decision
        self.others = others
        said = "; ".join(f"{one.verdict} by {one.by} at {one.at}" for one in others)
        super().__init__(f"{decision.fingerprint}: {said or 'nothing stands any more'}")


class DecisionStore(Protocol):
    """Decisions that last. Every method raises `StoreError` where the store fails."""

    @property
    def faults(self) -> tuple[str, ...]:
        """What a person has to know of the store itself, a message each.

        Lines of a text that count for nothing, as of the last reading; or that nobody has decided
        anything yet.
        """

    def read(self, near: Collection[Place] | None = None) -> tuple[Decision, ...]:
        """All decisions, in the order in which they were made.

        With `near`, only the whole histories of what may be on one of these pages, whatever
        their locale; more of them does no harm.
        """

    def record(self, decision: Decision) -> Decision:
        """Write one decision for good, and answer it with its key.

        `supersedes` has to name what stands of its track on the same subject: all that the
        decider has seen. Raises `ConflictError` when something else stands there.
        """

    def add(self, decisions: Iterable[Decision]) -> int:
        """Take over decisions that were made elsewhere, all or none, and count those that are new.

        Whatever contradicts each other stands beside each other.
        """


def is_url(place: str) -> bool:
    """Whether a store is named by the address of a database."""
    return place.startswith(URL_SCHEMES)


class NoStore:
    """A store that is not there yet: it holds nothing, and is only read. See `DecisionStore`."""

    def __init__(self, place: str) -> None:
        self._place = place

    @property
    def faults(self) -> tuple[str, ...]:
        """That it is not there."""
        return (f"{self._place}: {NOT_YET}",)

    def read(self, near: Collection[Place] | None = None) -> tuple[Decision, ...]:  # noqa: ARG002
        """Nothing."""
        return ()

    def record(self, decision: Decision) -> Decision:  # noqa: ARG002
        """Raises `StoreError`."""
        raise StoreError(f"{self._place}: opened to be read")

    def add(self, decisions: Iterable[Decision]) -> int:  # noqa: ARG002
        """Raises `StoreError`."""
        raise StoreError(f"{self._place}: opened to be read")


NOT_YET = "nothing was decided here yet; the first decision makes the store"

MOST_NEAR = 100
"""Beyond so many pages it is simpler to read all decisions."""


def names_of(near: Collection[Place]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The ids, source paths and target paths by which pages may be known."""
    return (
        tuple(sorted({one.id for one in near if one.id is not None})),
        tuple(sorted({one.source_path for one in near if one.source_path is not None})),
        tuple(sorted({one.target_path for one in near if one.target_path is not None})),
    )


@contextmanager
def open_store(
    place: str, *, create: bool = True, read_only: bool = False, text_only: bool = False
) -> Iterator[DecisionStore]:
    """The store at a path or an address.

    What a file is tells its beginning; what is still to be made tells its name: `.db`, `.sqlite`
    and `.sqlite3` are SQLite, everything else is text. Without `create`, one that is not there
    yet is empty. With `text_only` nothing but a text is opened. Raises `StoreError`.
    """
    if _is_address(place) and not is_url(place):
        # Without the rest of it, which may hold a password.
        raise StoreError(f"no store is named so: {place.partition(':')[0]}:…; try postgresql://")
    if not is_url(place) and not is_there(place):
        _insist_on_folder(place)
        if not create or read_only:
            yield NoStore(place)
            return
    if text_only:
        from bilint.stores.decisions.text_store import TextStore

        yield TextStore(place)
    elif is_url(place):
        from bilint.stores.decisions.postgresql import postgresql_store

        with postgresql_store(place, create=create and not read_only) as shared:
            yield shared
    elif _is_sqlite(place):
        from bilint.stores.decisions.sqlite_store import sqlite_store

        with sqlite_store(place, create=create, read_only=read_only) as store:
            yield store
    else:
        from bilint.stores.decisions.text_store import TextStore

        yield TextStore(place)


FOLDER = ".bilint"
"""Where the default store is; it is made when it is needed."""


def is_there(place: str) -> bool:
    """Whether anything stands at a path; a file that is empty is one that nobody got to write."""
    try:
        status = os.lstat(place)
    except OSError:
        return False
    return bool(status.st_size) or not stat.S_ISREG(status.st_mode)


def _is_address(place: str) -> bool:
    """Whether a store is named by something like an address, be it mistyped."""
    scheme, colon, rest = place.partition(":")
    # One letter is a drive of Windows.
    known = len(scheme) > 1 and scheme.replace("+", "").isalnum()
    return bool(colon) and known and (rest.startswith("/") or scheme.startswith("postgres"))


def _insist_on_folder(place: str) -> None:
    folder = os.path.dirname(place)  # noqa: PTH120
    if folder and os.path.basename(folder) != FOLDER and not os.path.isdir(folder):  # noqa: PTH112, PTH119
        raise StoreError(f"{place}: there is no folder {folder}")


def _is_sqlite(path: str) -> bool:
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            start = file.read(len(_SQLITE))
    except FileNotFoundError:
        start = b""
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error
    if start:
        return start == _SQLITE
    return os.path.splitext(path)[1] in _SQLITE_NAMES  # noqa: PTH122
