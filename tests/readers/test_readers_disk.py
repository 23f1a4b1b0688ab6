"""A file is replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bilint.readers import disk
from bilint.readers.disk import WriteError, write_atomically
from command_line import environment


def test_a_new_file_gets_the_mode_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "new.txt", b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "new.txt").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o640


def test_a_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_bytes(b"old")
    file.chmod(0o604)
    write_atomically(str(file), b"new", expected=b"old")
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o604
    assert os.listdir(tmp_path) == ["page.md"]


def test_a_name_without_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_atomically("page.md", b"new")
    assert (tmp_path / "page.md").read_bytes() == b"new"


def test_a_name_as_long_as_the_system_allows(tmp_path: Path) -> None:
    file = tmp_path / ("x" * 255)
    write_atomically(file, b"new")
    assert file.read_bytes() == b"new"


@pytest.mark.parametrize("now", [b"older", b"ol", b""])
def test_a_file_that_holds_something_else_stays(tmp_path: Path, now: bytes) -> None:
    file = tmp_path / "page.md"
    file.write_bytes(now)
    with pytest.raises(WriteError, match="was changed by somebody else meanwhile"):
        write_atomically(file, b"new", expected=b"old")
    assert file.read_bytes() == now
    assert os.listdir(tmp_path) == ["page.md"]


def test_an_edit_at_the_very_last_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "page.md"
    file.write_bytes(b"old")

    def late(handle: int) -> None:
        file.write_bytes(b"theirs")

    monkeypatch.setattr(os, "fsync", late)
    with pytest.raises(WriteError):
        write_atomically(file, b"new", expected=b"old")
    assert file.read_bytes() == b"theirs"


def test_links_and_folders_are_no_files(tmp_path: Path) -> None:
    real = tmp_path / "real.md"
    real.write_bytes(b"real")
    (tmp_path / "link.md").symlink_to(real)
    (tmp_path / "gone.md").symlink_to("nowhere")
    (tmp_path / "folder.md").mkdir()
    for name in ("link.md", "gone.md", "folder.md"):
        with pytest.raises(WriteError, match="is not a regular file; nothing is written"):
            write_atomically(tmp_path / name, b"new")
    assert real.read_bytes() == b"real"


def test_a_link_that_is_put_there_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = tmp_path / "page.md", tmp_path / "other"
    file.write_bytes(b"old")
    other.write_bytes(b"old")

    def late(handle: int) -> None:
        file.unlink()
        file.symlink_to(other)

    monkeypatch.setattr(os, "fsync", late)
    with pytest.raises(WriteError, match="cannot be written"):
        write_atomically(file, b"new", expected=b"old")
    assert other.read_bytes() == b"old"


def test_a_disk_that_refuses_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "page.md"
    file.write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match=r"page\.md cannot be written: No space left on device"):
        write_atomically(file, b"new")
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["page.md"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="cannot be written: No such file or directory"):
        write_atomically(tmp_path / "nowhere" / "page.md", b"new")


def test_the_content_is_on_disk_before_the_name_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    replace = os.replace

    def replacing(old: str, new: str, **where: int | None) -> None:
        steps.append("replace")
        replace(old, new, **where)

    monkeypatch.setattr(os, "fsync", lambda _: steps.append("fsync"))
    monkeypatch.setattr(os, "replace", replacing)
    disk.write_atomically(tmp_path / "page.md", b"new")
    assert steps == ["fsync", "replace", "fsync"]


# ---- two versions change places ----


def exchanging(monkeypatch: pytest.MonkeyPatch, *saved: bytes | None) -> list[str]:
    """Let an editor save the page before each exchange; None lets it be. Tells of each."""
    exchange, told, left = disk._exchange, [], list(saved)

    def exchanged(folder: int, one: str, other: str) -> bool:
        told.append(other)
        content = left.pop(0) if left else None
        if content is not None:
            handle = os.open(other, os.O_WRONLY | os.O_TRUNC, dir_fd=folder)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
        return exchange(folder, one, other)

    monkeypatch.setattr(disk, "_exchange", exchanged)
    return told


can_exchange = pytest.mark.skipif(
    sys.platform not in {"linux", "darwin"}, reason="no exchange of two names"
)


@can_exchange
def test_what_is_saved_at_the_very_last_moment_is_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "page.md"
    file.write_bytes(b"old")
    told = exchanging(monkeypatch, b"theirs")
    with pytest.raises(WriteError, match="was changed by somebody else meanwhile; nothing written"):
        write_atomically(file, b"new", expected=b"old")
    assert told == ["page.md", "page.md"]
    assert file.read_bytes() == b"theirs"
    assert os.listdir(tmp_path) == ["page.md"]


@can_exchange
def test_a_third_version_is_kept_beside_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "page.md"
    file.write_bytes(b"old")
    exchanging(monkeypatch, b"theirs", b"a third one")
    with pytest.raises(WriteError, match=r"saved last stands in page\.md\.conflict-[0-9a-f]{8}$"):
        write_atomically(file, b"new", expected=b"old")
    assert file.read_bytes() == b"theirs"
    (kept,) = [name for name in os.listdir(tmp_path) if name != "page.md"]
    assert (tmp_path / kept).read_bytes() == b"a third one"


@can_exchange
def test_a_link_that_is_put_there_at_the_very_last_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = tmp_path / "page.md", tmp_path / "other"
    file.write_bytes(b"old")
    other.write_bytes(b"old")
    exchange, links = disk._exchange, [other]

    def exchanged(folder: int, one: str, name: str) -> bool:
        if links:
            file.unlink()
            file.symlink_to(links.pop())
        return exchange(folder, one, name)

    monkeypatch.setattr(disk, "_exchange", exchanged)
    with pytest.raises(WriteError):
        write_atomically(file, b"new", expected=b"old")
    assert file.is_symlink()
    assert other.read_bytes() == b"old"
    assert sorted(os.listdir(tmp_path)) == ["other", "page.md"]


def test_a_page_that_is_deleted_at_the_very_last_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "page.md"
    file.write_bytes(b"old")
    exchange = disk._exchange

    def exchanged(folder: int, one: str, name: str) -> bool:
        file.unlink()
        return exchange(folder, one, name)

    monkeypatch.setattr(disk, "_exchange", exchanged)
    with pytest.raises(WriteError, match="was changed by somebody else"):
        write_atomically(file, b"new", expected=b"old")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS])
def test_a_file_system_without_exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    file = tmp_path / "page.md"
    file.write_bytes(b"old")
    monkeypatch.setattr(disk, "_exchange", lambda *_: False)
    write_atomically(file, b"new", expected=b"old")
    assert file.read_bytes() == b"new"

    def edited(*_: object) -> bool:
        file.write_bytes(b"theirs")
        return False

    monkeypatch.setattr(disk, "_exchange", edited)
    with pytest.raises(WriteError, match="was changed by somebody else"):
        write_atomically(file, b"newer", expected=b"new")
    assert file.read_bytes() == b"theirs"
    assert os.listdir(tmp_path) == ["page.md"]


def test_no_link_is_followed_below_the_top(tmp_path: Path) -> None:
    top, outside = tmp_path / "top", tmp_path / "outside"
    (top / "help").mkdir(parents=True)
    outside.mkdir()
    (outside / "page.md").write_bytes(b"old")
    (top / "link").symlink_to(outside)
    (top / "help" / "page.md").write_bytes(b"old")
    write_atomically(top / "help" / "page.md", b"new", expected=b"old", top=str(top))
    assert (top / "help" / "page.md").read_bytes() == b"new"
    with pytest.raises(WriteError):
        write_atomically(top / "link" / "page.md", b"new", expected=b"old", top=str(top))
    with pytest.raises(WriteError, match="does not lie in"):
        write_atomically(outside / "page.md", b"new", expected=b"old", top=str(top))
    assert (outside / "page.md").read_bytes() == b"old"


def test_the_longest_name_there_is(tmp_path: Path) -> None:
    file = tmp_path / ("è" * 127)
    file.write_bytes(b"old")
    write_atomically(file, b"new", expected=b"old")
    assert file.read_bytes() == b"new"
    assert len(os.listdir(tmp_path)) == 1


# ---- what others left behind ----


def dead() -> int:
    """The id of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_what_a_killed_process_left_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "_reaped", set())
    pid, node = dead(), disk._node()
    half = tmp_path / f".bilint-{node}-{pid}-00"
    half.write_bytes(b"hal")
    old = tmp_path / disk._telling(f".bilint-{node}-{pid}-01", "page.md", b"old", b"new")
    old.write_bytes(b"old")
    work = tmp_path / disk._telling(f".bilint-{node}-{pid}-02", "page.md", b"old", b"new")
    work.write_bytes(b"the work of an hour")
    mine = tmp_path / f".bilint-{node}-{os.getpid()}-03"
    theirs = tmp_path / f".bilint-0a0a0a-{pid}-04"
    other = tmp_path / ".bilint-cache"
    for file in (mine, theirs, other):
        file.write_bytes(b"kept")
    write_atomically(tmp_path / "page.md", b"x")
    names = set(os.listdir(tmp_path))
    assert not names & {half.name, old.name, work.name}
    assert {mine.name, theirs.name, other.name} < names
    (kept,) = [name for name in names if name.startswith("page.md.conflict-")]
    assert (tmp_path / kept).read_bytes() == b"the work of an hour"


def test_what_another_machine_left_is_removed_after_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "_reaped", set())
    theirs = tmp_path / ".bilint-0a0a0a-1-04"
    theirs.write_bytes(b"half")
    day = time.time() - 90_000
    os.utime(theirs, (day, day))
    write_atomically(tmp_path / "page.md", b"x")
    assert os.listdir(tmp_path) == ["page.md"]


KILL_LOOP = """
import os, signal, sys, time
from bilint.readers import disk
path, old, new = sys.argv[1], b"A" * 90_000, b"B" * 60_000
whole, kills = {old, new}, 0
disk.write_atomically(path, old)
for number in range(300):
    with open(path, "rb") as file:
        content = file.read()
    started, start = os.pipe()
    child = os.fork()
    if child == 0:
        disk._reaped.clear()
        other = (whole - {content}).pop()
        os.write(start, b".")
        while True:
            disk.write_atomically(path, other, expected=content)
            content, other = other, content
    os.close(start)
    os.read(started, 1)
    os.close(started)
    time.sleep(number % 50 * 0.0001)
    os.kill(child, signal.SIGKILL)
    kills += os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    with open(path, "rb") as file:
        assert file.read() in whole, "torn"
disk._reaped.clear()
disk.write_atomically(path, b"done")
print(kills, os.listdir(os.path.dirname(path)))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_writer_that_is_killed_leaves_one_whole_version(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-S", "-c", KILL_LOOP, str(tmp_path / "page.md")],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.stdout, said.stderr) == ("300 ['page.md']\n", "")


KILLED_WITHIN = """
import os, signal, sys
from bilint.readers import disk
step, path = int(sys.argv[1]), sys.argv[2]
calls = 0
def counted(function):
    def call(*arguments, **named):
        global calls
        calls += 1
        if calls == step:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*arguments, **named)
        return result
    return call
for name in ("open", "fsync", "replace", "unlink", "fchmod", "stat"):
    setattr(os, name, counted(getattr(os, name)))
disk._HAS_DIR_FD = True
disk._exchange = counted(disk._exchange)
disk.write_atomically(path, b"new", expected=b"old")
"""


def test_killed_at_each_step_in_turn(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    seen = []
    for step in range(1, 40):
        file.write_bytes(b"old")
        done = subprocess.run(
            [sys.executable, "-S", "-c", KILLED_WITHIN, str(step), str(file)],
            env=environment(),
            check=False,
        )
        seen.append(file.read_bytes())
        disk._reaped.clear()
        write_atomically(tmp_path / "other.md", b"")
        assert sorted(os.listdir(tmp_path)) == ["other.md", "page.md"]
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    assert done.returncode == 0
    assert len(seen) > 10
    change = seen.index(b"new")
    assert seen == [b"old"] * change + [b"new"] * (len(seen) - change)


# ---- a disk that refuses ----


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_bytes(b"old")
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(WriteError, match="cannot be written: Permission denied"):
            write_atomically(file, b"new", expected=b"old")
    finally:
        tmp_path.chmod(0o755)
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["page.md"]


TOO_BIG = """
import resource, signal, sys
sys.dont_write_bytecode = True
from bilint.readers.disk import WriteError, write_atomically
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_atomically(sys.argv[1], b"x" * 100_000, expected=b"old")
except WriteError as error:
    print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="no limit of the size of files")
def test_a_file_that_grows_too_large(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_bytes(b"old")
    said = subprocess.run(
        [sys.executable, "-S", "-c", TOO_BIG, str(file)],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == f"{file} cannot be written: File too large\n"
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["page.md"]


OWN_DISK = """
set -e
mount -t tmpfs -o size=64k none "$1"
printf old > "$1/page.md"
$3
"$2" -S -c 'import os, sys
from bilint.readers.disk import WriteError, write_atomically
try:
    write_atomically(sys.argv[1] + "/page.md", b"x" * 100_000, expected=b"old")
except WriteError as error:
    print(error)
print(open(sys.argv[1] + "/page.md").read(), sorted(os.listdir(sys.argv[1])))' "$1"
"""


@pytest.mark.parametrize(
    ("prepare", "told", "names"),
    [
        (
            'head -c 49152 /dev/zero > "$1/ballast"',
            "No space left on device",
            ["ballast", "page.md"],
        ),
        ('mount -o remount,ro "$1"', "Read-only file system", ["page.md"]),
    ],
    ids=["full", "read-only"],
)
def test_a_disk_that_takes_nothing(
    tmp_path: Path, prepare: str, told: str, names: list[str]
) -> None:
    shell = OWN_DISK.replace("$3", prepare)
    try:
        said = subprocess.run(
            ["unshare", "-rm", "sh", "-c", shell, "sh", str(tmp_path), sys.executable],
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("no unshare here")
    if said.returncode != 0:
        pytest.skip(f"no file system of our own: {said.stderr.strip()}")
    assert said.stdout == f"{tmp_path}/page.md cannot be written: {told}\nold {names}\n"
