"""`bilint report --format html`: where the page goes."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from command_line import bilint, bilint_process
from lamps import Lamps, lamps


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Lamps:
    """Repositories that no test writes to."""
    return lamps(tmp_path_factory.mktemp("lamps"))


def core(page: Path) -> Any:
    """What a page holds at its beginning."""
    found = re.search(rb'id="core">([^<]+)<', page.read_bytes())
    assert found is not None
    return json.loads(zlib.decompress(b64decode(found[1])))


def is_page(file: Path) -> bool:
    return file.read_bytes().startswith(b"<!doctype html>")


def test_into_a_file(given: Lamps, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    said = bilint("report", "--format", "html", "--output", file, cwd=given.folder)
    assert said.code == 0 and said.out == ""
    assert is_page(file)


def test_into_a_folder_that_is_there_or_is_made(given: Lamps, tmp_path: Path) -> None:
    bilint("report", "--format", "html", "--output", tmp_path, cwd=given.folder)
    assert is_page(tmp_path / "index.html")
    bilint("report", "--format", f"html={tmp_path}/new/deep/", cwd=given.folder)
    assert is_page(tmp_path / "new" / "deep" / "index.html")


def test_beside_other_formats(given: Lamps, tmp_path: Path) -> None:
    said = bilint(
        "report",
        *("--format", f"html={tmp_path}/", "--format", f"sarif={tmp_path}/x.sarif"),
        cwd=given.folder,
    )
    assert said.code == 0 and "1 error" in said.out
    assert is_page(tmp_path / "index.html") and (tmp_path / "x.sarif").is_file()


def test_check_makes_a_page_too(given: Lamps, tmp_path: Path) -> None:
    said = bilint("check", "--format", f"html={tmp_path}/", "--exit-zero", cwd=given.folder)
    assert said.code == 0
    assert is_page(tmp_path / "index.html")


def test_a_folder_that_cannot_be_made_is_told(given: Lamps, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    said = bilint("report", "--format", f"html={tmp_path}/file/sub/", cwd=given.folder)
    assert said.code == 2
    assert "cannot be made: Not a directory" in said.err


def test_a_folder_is_no_file_for_other_formats(given: Lamps, tmp_path: Path) -> None:
    said = bilint("report", "--format", "json", "--output", tmp_path, cwd=given.folder)
    assert said.code == 2
    assert "cannot be written: Is a directory" in said.err


def test_the_same_bytes_however_it_runs(given: Lamps, tmp_path: Path) -> None:
    pages = []
    for jobs, seed, zone in (("1", "0", "UTC"), ("3", "7", "Asia/Tokyo")):
        file = tmp_path / f"{jobs}.html"
        env = {"PYTHONHASHSEED": seed, "TZ": zone}
        said = bilint_process(
            "report", "--jobs", jobs, "--format", f"html={file}", cwd=given.folder, env=env
        )
        assert said.code == 0
        pages.append(file.read_bytes())
    assert pages[0] == pages[1]


def test_with_a_history_it_shows_a_trend(given: Lamps, tmp_path: Path) -> None:
    for _ in range(2):
        bilint(
            "report",
            *("--history", tmp_path / "runs.db", "--format", f"html={tmp_path}/"),
            cwd=given.folder,
        )
    assert len(core(tmp_path / "index.html")["trend"]["runs"]) == 2


def test_the_quality_of_machine_translation_goes_into_the_page(
    given: Lamps, tmp_path: Path
) -> None:
    said = bilint("report", "--quality", "--format", f"html={tmp_path}/", cwd=given.folder)
    assert said.code == 0
    quality = core(tmp_path / "index.html")["quality"]
    assert [one["locale"] for one in quality["locales"]] == ["it-IT", "ja-JP"]
