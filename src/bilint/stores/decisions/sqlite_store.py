"""Decisions in an SQLite file: the default, for one machine."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bilint.model.decision import Decision, Place
from bilint.readers.disk import WriteError, write_atomically
from bilint.stores.decisions import FOLDER, MOST_NEAR, names_of
from bilint.stores.decisions.recording import accepted
from bilint.stores.decisions.text import decision_of, escaped, fields_of, in_order
from bilint.stores.error import StoreError
from bilint.stores.sqlite import Schema, opened, writing

SCHEMA = Schema(
    "store of decisions",
    0x424C4431,
    (
        (
            "CREATE TABLE decision ("
            " sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
            " fingerprint TEXT NOT NULL,"
            " at TEXT NOT NULL,"
            " key TEXT NOT NULL UNIQUE,"
            " verdict TEXT NOT NULL,"
            " reviewer TEXT NOT NULL,"
            " locale TEXT,"
            " check_id TEXT,"
            " subject TEXT NOT NULL,"
            " page_id TEXT,"
            " source_path TEXT,"
            " target_path TEXT,"
            " source_digest TEXT NOT NULL,"
            " target_digest TEXT NOT NULL,"
            " supersedes TEXT NOT NULL,"
            " assignee TEXT NOT NULL,"
            " reason TEXT NOT NULL"
            ") STRICT",
            "CREATE INDEX decision_by_fingerprint ON decision (fingerprint)",
            "CREATE INDEX decision_by_id ON decision (page_id)",
            "CREATE INDEX decision_by_source ON decision (source_path)",
            "CREATE INDEX decision_by_target ON decision (target_path)",
        ),
    ),
)

_COLUMNS = (
    "fingerprint, at, key, verdict, reviewer, locale, check_id, subject, page_id, source_path,"
    " target_path, source_digest, target_digest, supersedes, assignee, reason"
)
_ALL = f"SELECT {_COLUMNS} FROM decision ORDER BY sequence"  # noqa: S608
_SAME = f"SELECT {_COLUMNS} FROM decision WHERE fingerprint = ? ORDER BY sequence"  # noqa: S608
_NEAR = (
    f"SELECT {_COLUMNS} FROM decision WHERE fingerprint IN (SELECT fingerprint FROM decision"  # noqa: S608
    " WHERE page_id IN ({}) OR source_path IN ({}) OR target_path IN ({})) ORDER BY sequence"
)
_INSERT = f"INSERT INTO decision ({_COLUMNS}) VALUES ({', '.join('?' * 16)})"  # noqa: S608


class SqliteStore:
    """The decisions of an open SQLite file. See `DecisionStore`."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        self._name = name

    @property
    def faults(self) -> tuple[str, ...]:
        """Nothing: a row that is no decision is an error."""
        return ()

    def read(self, near: Collection[Place] | None = None) -> tuple[Decision, ...]:
        """All decisions, or those that may be on some pages, in the order of their making."""
        if near is None or len(near) > MOST_NEAR:
            return tuple(self._made(row) for row in self._connection.execute(_ALL))
        names = names_of(near)
        marks = (", ".join("?" * len(one)) for one in names)
        rows = self._connection.execute(
            _NEAR.format(*marks), [escaped(name) for one in names for name in one]
        )
        return tuple(self._made(row) for row in rows)

    def record(self, decision: Decision) -> Decision:
        """Write one decision; raises `ConflictError`."""
        with writing(self._connection):
            rows = self._connection.execute(_SAME, (decision.fingerprint,))
            earlier = [self._made(row) for row in rows]
            decision = accepted(decision, earlier)
            if decision not in earlier:
                self._connection.execute(_INSERT, fields_of(decision))
        return decision

    def add(self, decisions: Iterable[Decision]) -> int:
        """Take over decisions that were made elsewhere, and count those that are new."""
        with writing(self._connection):
            known = {key for (key,) in self._connection.execute("SELECT key FROM decision")}
            new = [one for one in in_order(decisions) if one.key not in known]
            self._connection.executemany(_INSERT, map(fields_of, new))
        return len(new)

    def _made(self, row: tuple[str | None, ...]) -> Decision:
        try:
            return decision_of(row)
        except ValueError as error:
            raise StoreError(f"{self._name}: holds what is no decision: {error}") from error


@contextmanager
def sqlite_store(
    path: str, *, create: bool = True, read_only: bool = False
) -> Iterator[SqliteStore]:
    """The store of an SQLite file; raises `StoreError`."""
    if create and not read_only:
        _make_folder(Path(path).parent)
    with opened(path, SCHEMA, create=create, read_only=read_only) as connection:
        yield SqliteStore(connection, path)


def _make_folder(folder: Path) -> None:
    """The folder of the default store, which keeps itself out of git."""
    if folder.name != FOLDER:
        return
    try:
        folder.mkdir(exist_ok=True)
        if not any(folder.iterdir()):
            write_atomically(folder / ".gitignore", b"*\n")
    except OSError as error:
        raise StoreError(f"{folder}: {error.strerror or error}") from error
    except WriteError as error:
        raise StoreError(str(error)) from error
