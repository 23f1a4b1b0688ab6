"""One SQLite file of Bilint's own: opened safely, migrated forward, written a transaction at once.

What was acknowledged survives a power cut: write-ahead log, every commit synced. Writers queue up
at `BEGIN IMMEDIATE`, so that none of them finds out in the middle that it may not write.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from bilint.model.record import NamedTuple
from bilint.stores.error import StoreError

__all__ = ["BUSY_SECONDS", "Schema", "StoreError", "opened", "writing"]

BUSY_SECONDS = 30.0
"""How long a writer waits for the others."""


class Schema(NamedTuple):
    """What a kind of store looks like.

    `mark` is written into the file (SQLite's application id), so that no other database is taken
    for one. `migrations` are statements that lead from one version to the next, the first of them
    from an empty file.
    """

    kind: str
    mark: int
    migrations: tuple[tuple[str, ...], ...]

    @property
    def version(self) -> int:
        """The version that this Bilint writes."""
        return len(self.migrations)


@contextmanager
def opened(
    path: str | Path, schema: Schema, *, create: bool = True, read_only: bool = False
) -> Iterator[sqlite3.Connection]:
    """A connection to the store at `path`, brought to the version of `schema`.

    A file that is migrated is kept beside itself first, as `<name>.v<version>`; one that is only
    read is left as it is, and a copy in memory is migrated. Raises
    `StoreError` for what is no store of this kind, was written by a newer Bilint, or cannot be
    opened; and in place of every error of SQLite inside of the block.
    """
    path = Path(path)
    try:
        if not path.exists() and (read_only or not create):
            raise StoreError(f"{path}: there is no {schema.kind} here")
        connecting = _connect_to_read(path) if read_only else _connect(path, "mode=rwc")
        with ExitStack() as closed:
            connection = closed.enter_context(closing(connecting))
            _expect(connection, path, schema)
            if not read_only:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=FULL")
                _migrate(connection, path, schema)
            elif _version(connection) != schema.version:
                connection = closed.enter_context(closing(_brought_forward(connection, schema)))
            _insist_on_shape(connection, path, schema)
            yield connection
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {_said(error)}") from error


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction: all of the block is written for good, or none of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


_HINTS = {
    "SQLITE_CANTOPEN": "it cannot be opened, or nothing may be written beside it",
    "SQLITE_READONLY": "it may not be written to",
    "SQLITE_FULL": "the disk is full; nothing is written",
    "SQLITE_IOERR": "the disk refuses, perhaps because it is full; nothing is written",
    "SQLITE_BUSY": "somebody else has been writing to it for too long; nothing is written",
}


def _said(error: sqlite3.Error) -> str:
    """What SQLite says, and what it means for a person."""
    name = getattr(error, "sqlite_errorname", "")
    hints = [hint for known, hint in _HINTS.items() if name.startswith(known)]
    return f"{error}: {hints[0]}" if hints else str(error)


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that only reads, also where nothing may be written.

    A write-ahead log wants a file for its index even from those who read. Where none can be made,
    and no log is waiting, the file is read as it stands.
    """
    try:
        # Opened as for writing, it takes the index away again when it is closed.
        connection = _connect(path, "mode=rw")
        connection.execute("PRAGMA query_only=ON")
        _version(connection)
    except sqlite3.OperationalError:
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            raise
        return _connect(path, "mode=ro&immutable=1")
    return connection


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"file:{quote(str(path.absolute()))}?{mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA foreign_keys=ON")
    return connection


def _expect(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    mark = _number(connection, "application_id")
    empty = not mark and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if not empty and mark != schema.mark:
        raise StoreError(f"{path}: a database, but no {schema.kind} of Bilint")
    if _version(connection) > schema.version:
        raise StoreError(
            f"{path}: version {_version(connection)} of the {schema.kind} is newer than this"
            f" Bilint, which knows {schema.version}"
        )


def _migrate(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    found = _version(connection)
    if found == schema.version:
        return
    if found:
        _keep_copy(connection, path.with_name(f"{path.name}.v{found}"))
    with writing(connection):
        found = _version(connection)  # another process may have been faster
        for statements in schema.migrations[found:]:
            _run(connection, statements)
        connection.execute(f"PRAGMA application_id={schema.mark}")
        connection.execute(f"PRAGMA user_version={schema.version}")


def _brought_forward(connection: sqlite3.Connection, schema: Schema) -> sqlite3.Connection:
    """A copy in memory of an older store, for those who only read."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    copy.execute("PRAGMA trusted_schema=OFF")
    connection.backup(copy)
    for statements in schema.migrations[_version(copy) :]:
        _run(copy, statements)
    copy.execute("PRAGMA query_only=ON")
    return copy


def _insist_on_shape(connection: sqlite3.Connection, path: Path, schema: Schema) -> None:
    """Refuse a file that has other tables, or views and triggers that would run for its readers.

    A repository may bring a file along that nobody made with Bilint.
    """
    with closing(sqlite3.connect(":memory:")) as sound:
        for statements in schema.migrations:
            _run(sound, statements)
        if _shape(connection) != _shape(sound):
            raise StoreError(f"{path}: a {schema.kind} that somebody else has changed")


def _shape(connection: sqlite3.Connection) -> set[tuple[str, str, str | None]]:
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master")
    return {row for row in rows if not row[1].startswith("sqlite_stat")}


def _run(connection: sqlite3.Connection, statements: Sequence[str]) -> None:
    # One by one: `executescript` commits on its own, and leaves half a migration when killed.
    for statement in statements:
        connection.execute(statement)


def _keep_copy(connection: sqlite3.Connection, copy: Path) -> None:
    if copy.exists():
        return
    unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
    try:
        with closing(sqlite3.connect(unfinished)) as beside:
            connection.backup(beside)
        unfinished.replace(copy)
    except OSError as error:
        raise StoreError(f"{copy} cannot be written: {error.strerror or error}") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _version(connection: sqlite3.Connection) -> int:
    return _number(connection, "user_version")


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
