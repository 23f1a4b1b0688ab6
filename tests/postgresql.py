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
