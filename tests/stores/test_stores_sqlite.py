"""One SQLite file: what is opened, migrated and refused."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bilint.stores.sqlite import Schema, StoreError, opened, writing

FIRST = ("CREATE TABLE lamp (name TEXT PRIMARY KEY) STRICT",)
SECOND = ("ALTER TABLE lamp ADD COLUMN watt INTEGER",)
LAMPS = Schema("list of lamps", 0x424C0001, (FIRST,))


def names(path: Path, schema: Schema = LAMPS) -> list[str]:
    with opened(path, schema, read_only=True) as store:
        return [row[0] for row in store.execute("SELECT name FROM lamp ORDER BY name")]


def add(path: Path, name: str) -> None:
    with opened(path, LAMPS) as store, writing(store):
        store.execute("INSERT INTO lamp (name) VALUES (?)", (name,))


def test_what_was_written_is_there(tmp_path: Path) -> None:
    path = tmp_path / "a lamp? #1.db"
    add(path, "desk")
    add(path, "floor")
    assert names(path) == ["desk", "floor"]


def test_every_commit_is_synced(tmp_path: Path) -> None:
    with opened(tmp_path / "lamps.db", LAMPS) as store:
        assert store.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert store.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_transaction_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "lamps.db"
    add(path, "desk")
    with pytest.raises(RuntimeError), opened(path, LAMPS) as store, writing(store):
        store.execute("INSERT INTO lamp (name) VALUES ('floor')")
        raise RuntimeError
    assert names(path) == ["desk"]


def test_an_older_file_is_brought_forward_and_a_copy_kept(tmp_path: Path) -> None:
    path = tmp_path / "lamps.db"
    add(path, "desk")
    newer = LAMPS._replace(migrations=(FIRST, SECOND))
    # Who only reads brings a copy in memory forward, and leaves the file alone.
    with opened(path, newer, read_only=True) as store:
        assert store.execute("SELECT name, watt FROM lamp").fetchall() == [("desk", None)]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            store.execute("DELETE FROM lamp")
    assert names(path) == ["desk"]
    assert [one.name for one in tmp_path.iterdir()] == ["lamps.db"]
    with opened(path, newer) as store:
        assert store.execute("SELECT name, watt FROM lamp").fetchall() == [("desk", None)]
    assert names(tmp_path / "lamps.db.v1") == ["desk"]


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "lamps.db"
    add(path, "desk")
    broken = LAMPS._replace(migrations=(FIRST, (*SECOND, "no SQL")))
    with pytest.raises(StoreError), opened(path, broken):
        pass
    assert names(path) == ["desk"]


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lamps.db"
    with opened(path, LAMPS._replace(migrations=(FIRST, SECOND))):
        pass
    with pytest.raises(StoreError, match=r"lamps\.db: version 2 .* newer than this Bilint"):
        add(path, "desk")


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE song (name TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"other\.db: a database, but no list of lamps"):
        add(path, "desk")
    assert path.read_bytes() == before


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, however one looks at it\n" * 40)
    with pytest.raises(StoreError, match=r"notes\.txt"):
        add(path, "desk")


def test_nothing_is_made_where_something_is_only_read(tmp_path: Path) -> None:
    path = tmp_path / "lamps.db"
    with pytest.raises(StoreError, match="there is no list of lamps here"):
        names(path)
    assert not path.exists()
