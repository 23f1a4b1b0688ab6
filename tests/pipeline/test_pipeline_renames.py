"""Pages whose source went to another path: by what came after the commit they were made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilint.model.alignment import PageStatus
from bilint.model.config import Location, Settings
from bilint.model.pair import PairedBy
from bilint.model.report import PageResult
from bilint.pipeline.request import Request, Wants
from bilint.pipeline.run import run
from repositories import Repo

LAMP = "# The lamp\n\nThe lamp is switched on in the morning.\n"
DOOR = "# The door\n\nNobody opens it but the keeper, and he is asleep.\n"


@pytest.fixture
def source(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "source")


def translated(tmp_path: Path, pins: dict[str, str | None]) -> dict[str | None, PageResult]:
    """What becomes of pages at some paths that bear some pins."""
    Repo(tmp_path / "it-IT").commit(
        "translated",
        {
            path: (f"---\nsource-git-commit: {pin}\n---\n" if pin else "") + "# Una pagina\n"
            for path, pin in pins.items()
        },
    )
    settings = Settings(
        source=Location(str(tmp_path / "source"), None, "help"),
        targets={"it-IT": Location(str(tmp_path / "it-IT"), None, "help")},
    )
    pages = run(Request(settings, Wants(findings=True), jobs=1)).pages or ()
    return {page.path: page for page in pages}


def test_it_is_followed_to_where_it_went(tmp_path: Path, source: Repo) -> None:
    pin = source.commit("one", {"help/lamp.md": LAMP})
    source.git("mv", "help/lamp.md", "help/light.md")
    source.commit("moved", {})
    page = translated(tmp_path, {"help/lamp.md": pin})["help/lamp.md"]
    assert (page.paired_by, page.source_path) == (PairedBy.RENAME, "help/light.md")


def test_it_did_not_go_where_an_older_page_of_its_name_went(tmp_path: Path, source: Repo) -> None:
    source.commit("one", {"help/lamp.md": LAMP})
    source.git("mv", "help/lamp.md", "help/light.md")
    source.commit("moved", {})
    pin = source.commit("another one", {"help/lamp.md": DOOR})
    source.commit("gone", {"help/lamp.md": None})
    page = translated(tmp_path, {"help/lamp.md": pin})["help/lamp.md"]
    assert (page.status, page.paired_by) == (PageStatus.ORPHAN, None)


@pytest.mark.parametrize("pinned", [True, False])
def test_one_that_did_not_stand_there_is_followed_from_the_beginning(
    tmp_path: Path, source: Repo, pinned: bool
) -> None:
    source.commit("one", {"help/lamp.md": LAMP, "help/door.md": DOOR})
    source.git("mv", "help/lamp.md", "help/light.md")
    pin = source.commit("moved", {})
    source.git("mv", "help/door.md", "help/gate.md")
    source.commit("moved as well", {})
    pages = translated(tmp_path, {"help/lamp.md": pin if pinned else None, "help/door.md": pin})
    assert [page.source_path for page in pages.values()] == ["help/gate.md", "help/light.md"]
    assert {page.paired_by for page in pages.values()} == {PairedBy.RENAME}
