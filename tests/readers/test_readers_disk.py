"""A file is replaced whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from bilint.readers import disk
from bilint.readers.disk import WriteError, write_atomically


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

    def replacing(old: str, new: str) -> None:
        steps.append("replace")
        replace(old, new)

    monkeypatch.setattr(os, "fsync", lambda _: steps.append("fsync"))
    monkeypatch.setattr(os, "replace", replacing)
    disk.write_atomically(tmp_path / "page.md", b"new")
    assert steps == ["fsync", "replace", "fsync"]
