"""A real PostgreSQL server for tests: one for all of them, private, on a socket of its own."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from itertools import count
from pathlib import Path

import pytest

_PATH = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}
_numbers = count()


def fresh() -> str:
    """The address of an empty place on the server; skips the test where there is no server."""
    address = _cluster()
    if address is None:
        pytest.skip("no PostgreSQL server on this machine")
    psycopg = pytest.importorskip("psycopg")
    pytest.importorskip("sqlalchemy")
    schema = f"place_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(address) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    return f"{address}&options=-csearch_path%3D{schema}"


class Database:
    """A database of its own on the server, and what may go wrong with it."""

    def __init__(self) -> None:
        fresh()  # skips the test where there is no server
        self.server = _cluster() or ""
        self.name = f"docs_{os.getpid()}_{next(_numbers)}"
        self.on_server(f"CREATE DATABASE {self.name}")
        self.address = self.of("bilint", "")

    def of(self, user: str, password: str, name: str = "") -> str:
        """Its address for somebody."""
        host = self.server.partition("?")[2]
        secret = f":{password}" if password else ""
        return f"postgresql://{user}{secret}@/{name or self.name}?{host}"

    def role(self, name: str, password: str) -> str:
        """The address for a new user, who has no rights."""
        user = f"{name}_{self.name}"
        self.on_server(f"CREATE ROLE {user} LOGIN PASSWORD '{password}'")
        return self.of(user, password)

    def on_server(self, statement: str) -> None:
        """Do something to the server."""
        self._do(self.server, statement)

    def do(self, statement: str) -> list[tuple[object, ...]]:
        """Do something to the database; its rows."""
        return self._do(self.address, statement)

    def go_away(self) -> None:
        """Cut all who are connected, and let nobody in."""
        self.on_server(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS false")
        self.cut()

    def cut(self) -> None:
        """Cut all who are connected."""
        self.on_server(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            f" WHERE datname = '{self.name}'"
        )

    def come_back(self) -> None:
        """Let everybody in again."""
        self.on_server(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS true")

    @staticmethod
    def _do(address: str, statement: str) -> list[tuple[object, ...]]:
        import psycopg

        with psycopg.connect(address, autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []


@cache
def _cluster() -> str | None:
    """The address of the server, which is started for it and stopped at the end."""
    programs = _programs()
    if programs is None:
        return None
    user = _unprivileged()
    folder = tempfile.mkdtemp(prefix="pg-", dir="/tmp")
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
    data = f"{folder}/data"

    def run(program: str, *arguments: str) -> None:
        more = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid}
        subprocess.run(
            [str(programs / program), *arguments],
            env=_PATH,
            cwd=folder,
            check=True,
            capture_output=True,
            **more,  # type: ignore[call-overload]
        )

    run("initdb", "-D", data, "-U", "bilint", "-A", "trust", "-E", "UTF8", "--no-sync")
    # All others have a password.
    with open(f"{data}/pg_hba.conf", "w") as rules:
        rules.write("local all bilint trust\nlocal all all scram-sha-256\n")
    options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=50"
    run("pg_ctl", "-D", data, "-l", f"{folder}/log", "-w", "-o", options, "start")

    def stop(started_by: int = os.getpid()) -> None:
        if os.getpid() == started_by:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return f"postgresql://bilint@/postgres?host={folder}"


def _programs() -> Path | None:
    """Where the programs of the newest server are; Debian keeps them out of the way."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return debian[-1].parent if debian else None


def _unprivileged() -> pwd.struct_passwd | None:
    """Somebody else than root, which PostgreSQL refuses to run as."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None
