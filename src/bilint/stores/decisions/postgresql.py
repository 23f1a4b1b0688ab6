"""Decisions in a PostgreSQL database, which a team shares."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bilint.model.decision import Decision, Place
from bilint.stores.decisions import MOST_NEAR, NOT_YET, names_of
from bilint.stores.decisions.recording import accepted
from bilint.stores.decisions.text import decision_of, escaped, fields_of, in_order
from bilint.stores.error import StoreError

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

_COLUMNS = (
    "fingerprint, at, key, verdict, reviewer, locale, check_id, subject, page_id, source_path,"
    " target_path, source_digest, target_digest, supersedes, assignee, reason"
)
_NAMES = tuple(_COLUMNS.replace(",", "").split())

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE bilint_decision ("
        " sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
        " fingerprint text NOT NULL,"
        " at text NOT NULL,"
        " key text NOT NULL UNIQUE,"
        " verdict text NOT NULL,"
        " reviewer text NOT NULL,"
        " locale text,"
        " check_id text,"
        " subject text NOT NULL,"
        " page_id text,"
        " source_path text,"
        " target_path text,"
        " source_digest text NOT NULL,"
        " target_digest text NOT NULL,"
        " supersedes text NOT NULL,"
        " assignee text NOT NULL,"
        " reason text NOT NULL"
        ")",
        "CREATE INDEX bilint_decision_by_fingerprint ON bilint_decision (fingerprint)",
        "CREATE INDEX bilint_decision_by_id ON bilint_decision (page_id)",
        "CREATE INDEX bilint_decision_by_source ON bilint_decision (source_path)",
        "CREATE INDEX bilint_decision_by_target ON bilint_decision (target_path)",
    ),
)
"""What leads from one version of the tables to the next, the first from none."""

BUSY_SECONDS = 30.0
"""How long a writer waits for the others."""

_LOCK = 0x424C4431
"""Held by who makes or migrates the tables."""

_READ = f"SELECT {_COLUMNS} FROM bilint_decision"  # noqa: S608
_SAME = f"{_READ} WHERE fingerprint = :fingerprint ORDER BY sequence"
_NEAR = (
    f"{_READ} WHERE fingerprint IN (SELECT fingerprint FROM bilint_decision WHERE"  # noqa: S608
    " page_id = ANY(:ids) OR source_path = ANY(:sources) OR target_path = ANY(:targets))"
    " ORDER BY sequence"
)
_INSERT = (
    f"INSERT INTO bilint_decision ({_COLUMNS})"  # noqa: S608
    f" VALUES ({', '.join(f':{name}' for name in _NAMES)})"
)


class PostgresqlStore:
    """The decisions of a PostgreSQL database. See `DecisionStore`."""

    def __init__(self, engine: Engine, name: str, *, prepared: bool = True) -> None:
        self._engine = engine
        self._name = name
        self._prepared = prepared

    @property
    def faults(self) -> tuple[str, ...]:
        """That nobody has decided anything yet."""
        return () if self._prepared else (f"{self._name}: {NOT_YET}",)

    def read(self, near: Collection[Place] | None = None) -> tuple[Decision, ...]:
        """All decisions, or those that may be on some pages, in the order of their making."""
        if not self._prepared:
            return ()
        with _failing_well(self._name), self._engine.begin() as connection:
            if near is None or len(near) > MOST_NEAR:
                return self._made(connection, f"{_READ} ORDER BY sequence")
            ids, sources, targets = (list(map(escaped, names)) for names in names_of(near))
            return self._made(connection, _NEAR, ids=ids, sources=sources, targets=targets)

    def record(self, decision: Decision) -> Decision:
        """Write one decision; raises `ConflictError`."""
        with _failing_well(self._name), _writing(self._engine) as connection:
            # Behind who takes decisions over, and alone among those who decide of the same.
            _do(connection, "LOCK TABLE bilint_decision IN ROW EXCLUSIVE MODE")
            _do(
                connection,
                "SELECT pg_advisory_xact_lock(hashtextextended(:one, 0))",
                one=decision.fingerprint,
            )
            earlier = self._made(connection, _SAME, fingerprint=decision.fingerprint)
            decision = accepted(decision, earlier)
            if decision not in earlier:
                _insert(connection, [decision])
        return decision

    def add(self, decisions: Iterable[Decision]) -> int:
        """Take over decisions that were made elsewhere, and count those that are new."""
        with _failing_well(self._name), _writing(self._engine) as connection:
            _do(connection, "LOCK TABLE bilint_decision IN SHARE ROW EXCLUSIVE MODE")
            known = {row[0] for row in _do(connection, "SELECT key FROM bilint_decision")}
            new = [one for one in in_order(decisions) if one.key not in known]
            if new:
                _insert(connection, new)
        return len(new)

    def _made(self, connection: Connection, query: str, **values: Any) -> tuple[Decision, ...]:
        try:
            return tuple(decision_of(tuple(row)) for row in _do(connection, query, **values))
        except ValueError as error:
            raise StoreError(f"{self._name}: holds what is no decision: {error}") from error


@contextmanager
def postgresql_store(url: str, *, create: bool = True) -> Iterator[PostgresqlStore]:
    """The store of a database, with its tables made or brought forward where that is due.

    Without `create` nothing is made, and a database without tables holds no decisions yet. Raises
    `StoreError`.
    """
    try:
        import psycopg  # noqa: F401  # asked for here, so that what is missing can be told
        from sqlalchemy import create_engine, make_url
        from sqlalchemy.exc import ArgumentError
    except ImportError as error:
        raise StoreError(
            "a PostgreSQL store takes more: pip install 'bilint[postgresql]'"
        ) from error
    try:
        address = make_url(url).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as error:
        raise StoreError(_UNREADABLE) from error
    if "@" in (address.host or ""):
        raise StoreError(_UNREADABLE)
    name = _name(address)
    # A connection that died meanwhile is made anew before anybody relies on it.
    engine = create_engine(address, connect_args={"connect_timeout": 10}, pool_pre_ping=True)
    try:
        with _failing_well(name):
            prepared = _prepare(engine, name, create=create)
        yield PostgresqlStore(engine, name, prepared=prepared)
    finally:
        engine.dispose()


_UNREADABLE = (
    "the address of the store cannot be read: it is postgresql://USER:PASSWORD@HOST:PORT/DATABASE,"
    " with @ in a password as %40, / as %2F, : as %3A"
)


def _name(address: URL) -> str:
    """The address as it may be shown."""
    secret = [key for key in address.query if "pass" in key]
    shown = address.set(drivername="postgresql").difference_update_query(secret)
    return shown.render_as_string(hide_password=True)


def _prepare(engine: Engine, name: str, *, create: bool) -> bool:
    """Look at the tables, and make or migrate them with `create`; whether they are there."""
    with engine.begin() as connection:
        found = _version(connection)
        if found is None and not create:
            return False
        if found is not None and found > len(MIGRATIONS):
            raise StoreError(
                f"{name}: version {found} of the store of decisions is newer than this Bilint,"
                f" which knows {len(MIGRATIONS)}"
            )
        if found == len(MIGRATIONS):
            return True
        if not create:
            raise StoreError(
                f"{name}: an older store of decisions; whoever decides next with this version of"
                " Bilint brings it forward"
            )
    with _writing(engine) as connection:
        _do(connection, "SELECT pg_advisory_xact_lock(:one)", one=_LOCK)
        _migrate(connection, _version(connection) or 0)
    return True


def _migrate(connection: Connection, found: int) -> None:
    """All in one transaction; what was there is kept beside, as a table of its own."""
    if found == len(MIGRATIONS):
        return
    if found:
        _do(connection, f"CREATE TABLE bilint_decision_v{found} AS TABLE bilint_decision")
    else:
        _do(connection, "CREATE TABLE bilint_decision_version (version integer NOT NULL)")
        _do(connection, "INSERT INTO bilint_decision_version VALUES (0)")
    for statements in MIGRATIONS[found:]:
        for statement in statements:
            _do(connection, statement)
    _do(connection, "UPDATE bilint_decision_version SET version = :new", new=len(MIGRATIONS))


def _version(connection: Connection) -> int | None:
    there = _do(connection, "SELECT to_regclass('bilint_decision_version') IS NOT NULL").scalar()
    if not there:
        return None
    version = _do(connection, "SELECT max(version) FROM bilint_decision_version").scalar()
    if version is None:
        raise StoreError(
            "the table bilint_decision_version is empty: it was not Bilint that did so"
        )
    return int(version)


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    """One transaction, which does not wait for others for ever."""
    with engine.begin() as connection:
        _do(connection, f"SET LOCAL lock_timeout = '{int(BUSY_SECONDS * 1000)}ms'")
        yield connection


def _insert(connection: Connection, decisions: Iterable[Decision]) -> None:
    from sqlalchemy import text

    rows = [dict(zip(_NAMES, fields_of(one), strict=True)) for one in decisions]
    connection.execute(text(_INSERT), rows)


def _do(connection: Connection, statement: str, **values: Any) -> Any:
    from sqlalchemy import text

    return connection.execute(text(statement), values)


@contextmanager
def _failing_well(name: str) -> Iterator[None]:
    """Turns what the database refuses into a message, without the password."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None) or error
        reason = str(cause).strip().split("\n")[0]
        hint = _HINTS.get(getattr(cause, "sqlstate", None) or "", "")
        raise StoreError(f"{name}: {reason}{hint}") from error


_HINTS = {
    "42501": "; to read takes SELECT on bilint_decision and bilint_decision_version, to decide"
    " INSERT on bilint_decision as well; who decides first makes them, which takes CREATE",
    "42P01": "; somebody has taken it away, and with it what was decided",
    "42P07": "; it is none of Bilint's",
    "55P03": ": somebody else has held the store for too long; nothing is written",
    "53100": ": the disk of the database is full; nothing is written",
}
"""What some errors (SQLSTATE) mean for a person."""
