"""Acknowledged decisions last: killed writers, cut power, full disks, ten reviewers at once."""

from __future__ import annotations

import multiprocessing
import os
import pwd
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bilint.model.decision import Decision, Verdict, standings
from bilint.stores.decisions import ConflictError, StoreError, open_store
from bilint.stores.decisions.sqlite_store import SCHEMA, SqliteStore, sqlite_store
from bilint.stores.decisions.text import text_of
from command_line import environment
from deciding import decision
from examples import THOROUGH
from postgresql import fresh

NAMES = ("decisions.db", "decisions.txt")
TESTS = str(Path(__file__).parents[1])


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory where there is some: what is tested here is not the disk."""
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(dir=memory) as name:
        yield Path(name)


def of_number(number: int) -> Decision:
    return decision(fingerprint=f"{number:016x}", at=number % 3600, reason=f"number {number}")


def read(place: str | Path) -> tuple[Decision, ...]:
    with open_store(str(place), create=False, read_only=True) as store:
        return store.read()


WRITER = """
import sys
sys.path.insert(0, sys.argv[4])
from bilint.stores.decisions import open_store
from stores.test_stores_decisions_last import of_number
with open_store(sys.argv[1]) as store:
    for number in range(int(sys.argv[2]), int(sys.argv[3])):
        sys.stdout.write(store.record(of_number(number)).key + "\\n")
        sys.stdout.flush()
"""


@pytest.mark.parametrize(
    ("name", "most"), [("decisions.db", 1000), ("decisions.txt", 60), ("postgresql", 300)]
)
def test_no_acknowledged_decision_is_lost_by_a_kill(folder: Path, name: str, most: int) -> None:
    place = fresh() if name == "postgresql" else str(folder / name)
    random = Random(5)
    told: list[str] = []
    kills = 0
    while len(told) < most:
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, place, str(len(told)), str(most), TESTS],
            env=environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        told += [line.strip() for line in islice(writer.stdout, random.randrange(1, most // 5))]
        writer.send_signal(signal.SIGKILL)
        # What it had said before it died counts as well; half a line does not.
        told += [line.strip() for line in writer.stdout if line.endswith("\n")]
        writer.wait()
        kills += 1
        keys = {one.key for one in read(place)} if told or os.path.exists(place) else set()
        assert keys >= set(told)
        # One that was written and not told of may be written again by the next: it is the same.
        assert len(keys) - len(told) <= 1
    assert kills >= 3
    found = read(place)
    assert sorted(one.reason for one in found) == sorted(
        of_number(number).reason for number in range(most)
    )


def cut_power(folder: Path, random: Random, synchronous: str) -> tuple[int, int]:
    """Decide until the power goes; how many decisions were acknowledged, and how many are lost."""
    pytest.importorskip("apsw")
    from power_cut import Disk

    before, after = folder / "before", folder / "after"
    for one in (before, after):
        one.mkdir()
    with sqlite_store(str(before / "decisions.db")):
        pass
    disk = Disk()
    connection: Any = disk.connect(before / "decisions.db", synchronous)
    store = SqliteStore(connection, "decisions.db")
    told = [store.record(of_number(number)).key for number in range(random.randrange(1, 40))]
    disk.cut(after, random)
    connection.close()
    disk.unregister()
    with sqlite3.connect(after / "decisions.db") as found:
        assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    found.close()
    keys = {one.key for one in read(after / "decisions.db")}
    return len(told), len(set(told) - keys)


@pytest.fixture(autouse=True)
def helpers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


def test_no_acknowledged_decision_is_lost_when_the_power_is_cut(folder: Path) -> None:
    with sqlite_store(str(folder / "decisions.db")) as store:
        level = store._connection.execute("PRAGMA synchronous").fetchone()[0]
    random = Random(7)
    for cut in range(40):
        (folder / str(cut)).mkdir()
        assert cut_power(folder / str(cut), random, str(level))[1] == 0


def test_the_power_cut_is_one(folder: Path) -> None:
    """With less syncing the same cuts do lose decisions, or the test above would prove nothing."""
    random = Random(7)
    lost = 0
    for cut in range(40):
        (folder / str(cut)).mkdir()
        lost += cut_power(folder / str(cut), random, "NORMAL")[1]
    assert lost > 0


def review(place: str, name: str, most: int, seconds: float, told: Any) -> None:
    """A reviewer who looks, decides, and when somebody was faster looks again.

    Until `most` decisions are made, or the time is over. Tells the decisions, and for each time
    that somebody was faster who that was and whether it was seen before.
    """
    random = Random(name)
    made: list[str] = []
    conflicts: list[str] = []
    end = time.monotonic() + seconds
    with open_store(place) as store:
        while len(made) < most and time.monotonic() < end:
            fingerprint = f"{random.randrange(SUBJECTS):016x}"
            known = [one for one in standings(store.read()) if one.fingerprint == fingerprint]
            seen = tuple(one.key for each in known for one in each.verdicts)
            draft = decision(
                random.choice((Verdict.ACCEPTED, Verdict.REWORK)),
                name,
                fingerprint=fingerprint,
                after=seen,
                reason=f"{name} {len(made)}",
            )
            try:
                made.append(store.record(draft).key)
            except ConflictError as conflict:
                assert conflict.others
                assert all(one.by != name and one.key not in seen for one in conflict.others)
                conflicts += (one.key for one in conflict.others)
    told.put((name, made, conflicts))


SUBJECTS = 25 if THOROUGH else 5
SECONDS = 60.0
"""How long ten reviewers decide with `BILINT_THOROUGH=1`; by default a few times each."""


@pytest.mark.parametrize(
    ("name", "each"), [("decisions.db", 20), ("decisions.txt", 5), ("postgresql", 10)]
)
def test_ten_reviewers_at_once_never_write_over_each_other(
    folder: Path, name: str, each: int, record_property: Callable[[str, object], None]
) -> None:
    place = fresh() if name == "postgresql" else str(folder / name)
    with open_store(place):
        pass
    processes = multiprocessing.get_context("fork")
    told = processes.Queue()
    most, seconds = (10**6, SECONDS) if THOROUGH else (each, 600.0)
    reviewers = [
        processes.Process(target=review, args=(place, f"reviewer {number}", most, seconds, told))
        for number in range(10)
    ]
    for one in reviewers:
        one.start()
    said = [told.get(timeout=seconds + 120) for _ in reviewers]
    for one in reviewers:
        one.join()
    found = read(place)
    assert Counter(one.key for one in found) == Counter(key for _, made, _ in said for key in made)
    if THOROUGH:
        assert all(made for _, made, _ in said)
        assert any(conflicts for _, _, conflicts in said)
    else:
        assert len(found) == 10 * each
    # Who was told of a decision of somebody else was told of one that is there.
    conflicts = [key for _, _, keys in said for key in keys]
    assert {one.key for one in found} >= set(conflicts)
    for subject in standings(found):
        # One after the other, each knowing of the one before it.
        assert len(subject.verdicts) == 1
        assert [made.supersedes for made in subject.history] == [
            (),
            *((made.key,) for made in subject.history[:-1]),
        ]
    record_property("decisions", len(found))
    record_property("conflicts", len(conflicts))


FULL = """
import resource, signal, sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[3])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from bilint.stores.decisions import StoreError, open_store
from stores.test_stores_decisions_last import of_number
with open_store(sys.argv[1]) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
    for number in range(100, 10_000):
        print(store.record(of_number(number)).key, flush=True)
"""


@pytest.mark.parametrize(("name", "most"), [("decisions.db", 64), ("decisions.txt", 12)])
def test_a_full_disk_is_told_and_leaves_nothing_half_written(
    folder: Path, name: str, most: int
) -> None:
    place = folder / name
    with open_store(str(place)) as store:
        for number in range(20):
            store.record(of_number(number))
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(place), str(most * 1024), TESTS],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    last = done.stderr.strip().splitlines()[-1]
    assert "StoreError" in last
    assert str(place) in last
    told = done.stdout.split()
    assert told
    found = read(place)
    assert [one.key for one in found][20:] == told
    if name.endswith(".db"):
        with sqlite3.connect(place) as store_file:
            assert store_file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        store_file.close()
    assert {one.name for one in folder.iterdir()} <= {name, f"{name}-wal", f"{name}-shm"}
    # And when there is room again, it goes on.
    with open_store(str(place)) as store:
        store.record(of_number(9_999))
    assert len(read(place)) == len(found) + 1


def as_nobody(work: Any) -> str:
    """What a function says when a user without any rights runs it, in a process of its own."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.setgid(pwd.getpwnam("nobody").pw_gid)
            os.setuid(pwd.getpwnam("nobody").pw_uid)
            said = str(work())
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(into, said.encode())
        os._exit(0)
    os.close(into)
    os.waitpid(child, 0)
    with os.fdopen(out) as stream:
        return stream.read()


@pytest.mark.skipif(os.geteuid() != 0, reason="takes root, to be somebody else")
@pytest.mark.parametrize("name", NAMES)
def test_a_store_that_may_only_be_read_is_read_and_not_written(folder: Path, name: str) -> None:
    place = str(folder / name)
    with open_store(place) as store:
        made = store.record(of_number(1))
    folder.chmod(0o755)
    os.chmod(place, 0o644)

    def write() -> None:
        with open_store(place) as other:
            other.record(of_number(2))

    assert as_nobody(lambda: [one.key for one in read(place)]) == f"['{made.key}']"
    said = as_nobody(write)
    assert said.startswith("StoreError")
    assert place in said
    assert read(place) == (made,)


def test_an_older_store_is_brought_forward_and_a_copy_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = str(tmp_path / "decisions.db")
    with open_store(place) as store:
        made = store.record(of_number(1))
    newer = SCHEMA._replace(
        migrations=(*SCHEMA.migrations, ("ALTER TABLE decision ADD COLUMN minutes INTEGER",))
    )
    monkeypatch.setattr("bilint.stores.decisions.sqlite_store.SCHEMA", newer)
    with open_store(place) as store:
        assert store.read() == (made,)
        store.record(of_number(2))
    assert (tmp_path / "decisions.db.v1").exists()
    monkeypatch.undo()
    with pytest.raises(StoreError, match="version 2 of the store of decisions is newer"):
        read(place)
    assert read(tmp_path / "decisions.db.v1") == (made,)


FROZEN = Path(__file__).parent / "frozen"
"""Stores as they were once written, never to be written anew."""


@pytest.mark.parametrize("kind", ["text", "sqlite", "postgresql"])
def test_what_the_first_version_wrote_is_read_and_written_on(tmp_path: Path, kind: str) -> None:
    text = (FROZEN / "decisions-1.txt").read_text("utf-8")
    if kind == "text":
        place = str(tmp_path / "decisions.txt")
        Path(place).write_text(text, "utf-8")
    elif kind == "sqlite":
        place = str(tmp_path / "decisions.db")
        with sqlite3.connect(place) as made:
            made.executescript((FROZEN / "decisions-1.sqlite.sql").read_text("utf-8"))
        made.close()
    else:
        place = fresh()
        import psycopg

        with psycopg.connect(place) as connection:
            connection.execute((FROZEN / "decisions-1.postgresql.sql").read_bytes())
    with open_store(place, create=False, read_only=True) as store:
        found = store.read()
        assert text_of(found) == text
        assert not store.faults
    assert len(found) == 5
    with open_store(place) as store:
        last = store.record(of_number(1))
        assert set(store.read()) == {*found, last}
