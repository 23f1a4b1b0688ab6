"""Disks that are full, or that may only be read: what every command that writes says and leaves.

A small disk in memory is mounted for it, which takes root; others are limited in the size of the
files that they write.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import polib
import pytest

from command_line import Answers, Said, bilint, environment, run_program, script
from lamps import Lamps, lamps

STORES = ("decisions.db", "decisions.txt", ".bilint/decisions.db")
FULL = "No space left on device"
FORBIDDEN = "Read-only file system"


class Disk:
    """A disk of three megabytes with the lamps on it."""

    def __init__(self, folder: Path) -> None:
        self.site = lamps(folder)
        self.folder = folder

    def fill(self) -> None:
        with (self.folder / "rest").open("wb", buffering=0) as file:
            for size in (65536, 1024, 1):
                try:
                    while file.write(bytes(size)):
                        pass
                except OSError:
                    continue

    def free(self) -> None:
        (self.folder / "rest").unlink()

    def only_read(self) -> None:
        subprocess.run(["mount", "-o", "remount,ro", str(self.folder)], check=True)

    def writable(self) -> None:
        subprocess.run(["mount", "-o", "remount,rw", str(self.folder)], check=True)

    def run(self, *arguments: str, **env: str) -> Said:
        return bilint(*arguments, cwd=self.folder, env=env)

    def files(self) -> Mapping[str, bytes]:
        """All files but git's own, the filling, and what SQLite keeps beside a store."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
            and ".git/" not in path.as_posix()
            and not path.name.endswith(("-wal", "-shm", "rest"))
        }


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    if os.geteuid() != 0:
        pytest.skip("takes root, to mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fingerprint(disk: Disk) -> str:
    found = disk.run("check", "--format", "json").json["findings"]
    return str(next(one["fingerprint"] for one in found if one["check"] == "dnl-altered"))


def state(disk: Disk, store: str) -> str:
    said = disk.run("check", "--format", "json", "--store", store)
    assert said.code in (0, 1), said.err
    return str(next(o["state"] for o in said.json["findings"] if o["check"] == "dnl-altered"))


TROUBLE = {
    "full": (Disk.fill, Disk.free, (FULL, "the disk is full", "perhaps because it is full")),
    "forbidden": (
        Disk.only_read,
        Disk.writable,
        (FORBIDDEN, "it may not be written to", "nothing may be written beside it"),
    ),
}


@pytest.fixture(params=TROUBLE)
def trouble(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def begin(disk: Disk, trouble: str) -> None:
    TROUBLE[trouble][0](disk)


def end(disk: Disk, trouble: str) -> None:
    TROUBLE[trouble][1](disk)


def is_told(said: str, trouble: str) -> bool:
    return any(reason in said for reason in TROUBLE[trouble][2])


@pytest.mark.parametrize("store", STORES)
def test_a_decision_is_refused_and_the_store_stays_whole(
    disk: Disk, trouble: str, store: str
) -> None:
    name = fingerprint(disk)
    accept = ("decide", name, "--as", "accepted", "--reason", "ours", "--by", "Ada")
    rework = ("decide", name, "--as", "rework", "--reason", "no", "--by", "Ada")
    where = () if store.startswith(".bilint") else ("--store", store)
    # A store that is new.
    begin(disk, trouble)
    said = disk.run(*accept, *where)
    assert (said.code, said.out) == (2, "")
    assert store.split("/", maxsplit=1)[0] in said.err
    assert is_told(said.err, trouble), said.err
    assert disk.run("check", *where).code == 1
    end(disk, trouble)
    # One that is there.
    assert disk.run(*accept, *where).code == 0
    if store.startswith(".bilint"):
        assert (disk.folder / ".bilint" / ".gitignore").read_text() == "*\n"
    before = disk.files()
    begin(disk, trouble)
    for _ in range(2):
        said = disk.run(*rework, *where)
        assert (said.code, said.out) == (2, "")
        assert is_told(said.err, trouble), said.err
    assert state(disk, store) == "accepted"
    assert disk.files() == before
    end(disk, trouble)
    assert disk.run(*rework, *where).code == 0
    assert state(disk, store) == "open"


def test_a_repair_is_refused_and_the_page_stays_whole(disk: Disk, trouble: str) -> None:
    before = disk.files()
    begin(disk, trouble)
    said = disk.run("fix", "--unsafe")
    assert said.code == 1
    assert "it-IT help/lamp.md: not written: " in said.out
    assert is_told(said.out, trouble), said.out
    assert disk.files() == before
    end(disk, trouble)
    assert "1 finding repaired" in disk.run("fix", "--unsafe").out


@pytest.mark.parametrize("beside", [True, False])
def test_an_import_is_refused_and_nothing_is_lost(
    disk: Disk, trouble: str, beside: bool, tmp_path: Path
) -> None:
    file = (disk.folder if beside else tmp_path) / "out.po"
    export = ("export", "--to", "po", "--locale", "it-IT", "--output", str(file))
    assert disk.run(*export).code == 0
    catalogue = polib.pofile(str(file), wrapwidth=0)
    for entry in catalogue:
        if entry.msgid.startswith("The lamp is"):
            entry.msgstr, entry.flags = "La lampada si accende la sera, quando è buio.", []
    catalogue.save(str(file))
    before = disk.files()
    begin(disk, trouble)
    said = disk.run("import", str(file))
    assert "not written to help/lamp.md:8: " in said.out
    assert is_told(said.out, trouble), said.out
    assert said.out.splitlines()[-1].startswith("0 segments written in 0 pages, 1 refused")
    if beside:
        assert said.code == 2
        assert f"what was not written stands in {file} alone" in said.err
    else:
        assert said.code == 1
        assert "La lampada si accende la sera" in (tmp_path / "out.rejected.po").read_text()
    assert disk.files() == before
    end(disk, trouble)
    assert "1 segment written in 1 page" in disk.run("import", str(file)).out


def test_what_a_table_decides_is_told_beside_what_it_wrote(
    disk: Disk, trouble: str, tmp_path: Path
) -> None:
    """The store is on the disk in trouble, the pages are not."""
    site = lamps(tmp_path / "elsewhere")
    store = str(disk.folder / "decisions.db")

    def run(*arguments: str) -> Said:
        return bilint(*arguments, "--store", store, cwd=site.folder)

    name = fingerprint(disk)
    assert run("decide", name, "--as", "skipped", "--by", "Ada").code == 0
    file = site.folder / "out.csv"
    assert run("export", "--to", "csv", "--locale", "it-IT", "--output", str(file)).code == 0
    text = file.read_text("utf-8")
    stale = "La lampada si accende al mattino.,"
    edited = text.replace(stale, '"La lampada si accende la sera, quando è buio.",')
    edited = edited.replace("per il salone.,,,", "per il salone.,accepted,ours,")
    file.write_text(edited, "utf-8")
    begin(disk, trouble)
    said = run("import", str(file), "--by", "Ada")
    assert said.code == 2
    assert "help/lamp.md: 1 segment written" in said.out
    assert is_told(said.err, trouble), said.err
    end(disk, trouble)
    said = run("import", str(file), "--by", "Ada")
    assert said.code == 0
    assert "1 there already" in said.out
    assert "1 decision made" in said.out


def test_a_reviewer_is_told_and_goes_on_when_there_is_room_again(
    disk: Disk, trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = disk.files()
    middle: list[Mapping[str, bytes]] = []
    text = "La lampada si accende la sera, quando è buio."
    answers = Answers(
        *(lambda: begin(disk, trouble), "a", "still right", "e", text),
        *(lambda: middle.append(disk.files()), lambda: end(disk, trouble), "e", text, "q"),
    )
    monkeypatch.setattr("sys.stdin", answers)
    said = disk.run("review", "--plain", "--store", "decisions.txt", "--by", "Ada")
    assert said.code == 0, said.err
    told = [line for line in said.out.splitlines() if line.startswith("not written: ")]
    assert len(told) == 2
    assert all(is_told(line, trouble) for line in told)
    assert middle == [before]
    assert "Done: 1 edited." in said.out
    assert text in (disk.site.italian.path / "help/lamp.md").read_text()
    assert "edited" in (disk.folder / "decisions.txt").read_text()


# ---- without root ----

LIMITED = """
import resource, signal, sys
sys.dont_write_bytecode = True
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
"""


@pytest.fixture
def given(tmp_path: Path) -> Lamps:
    return lamps(tmp_path)


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (2, ("decide", "{}", "--as", "skipped", "--by", "Ada")),
        (2, ("decide", "{}", "--as", "skipped", "--by", "Ada", "--store", "d.txt")),
        (1, ("fix", "--unsafe")),
    ],
)
def test_a_file_that_may_not_grow(given: Lamps, code: int, arguments: tuple[str, ...]) -> None:
    found = bilint("check", "--format", "json", cwd=given.folder).json["findings"]
    name = next(one["fingerprint"] for one in found if one["check"] == "dnl-altered")
    page = (given.italian.path / "help/lamp.md").read_bytes()
    command = script(LIMITED, *(one.format(name) for one in arguments))
    said = run_program(command, given.folder, environment())
    assert said.code == code
    assert any(
        reason in said.out + said.err
        for reason in ("File too large", "the disk is full", "the disk refuses")
    ), said
    assert (given.italian.path / "help/lamp.md").read_bytes() == page
    assert not list(given.folder.rglob(".bilint-*"))
    assert "Traceback" not in said.err
