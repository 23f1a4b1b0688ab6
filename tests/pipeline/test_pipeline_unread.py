"""Pages that are there and cannot be read: unknown, never untranslated, and never whole."""

from __future__ import annotations

from pathlib import Path

from bilint.model.alignment import PageStatus
from bilint.model.config import Limits, Location, Settings
from bilint.model.report import Report
from bilint.pipeline.request import Request, Wants
from bilint.pipeline.run import run
from repositories import Repo

PAGE = "# The lamp\n\nThe lamp is switched on in the morning.\n"


def report(folder: Path, limits: Limits = Limits()) -> Report:
    settings = Settings(
        source=Location(str(folder / "source"), None, "help"),
        targets={"it-IT": Location(str(folder / "it-IT"), None, "help")},
        limits=limits,
    )
    return run(Request(settings, Wants(findings=True, queue=True), jobs=1))


def test_a_symbolic_link_is_no_missing_translation(tmp_path: Path) -> None:
    Repo(tmp_path / "source").commit("one", {"help/lamp.md": PAGE, "help/door.md": PAGE})
    target = Repo(tmp_path / "it-IT")
    target.write({"help/lamp.md": "# La lampada\n\nSi accende al mattino.\n"})
    (target.path / "help/door.md").symlink_to("lamp.md")
    target.commit("two", {})
    pages = {page.path: page for page in report(tmp_path).pages or ()}
    assert pages["help/door.md"].status is PageStatus.UNKNOWN
    assert pages["help/door.md"].reason == "symlink"
    assert pages["help/door.md"].words_to_do is None
    assert None not in pages


def test_a_page_above_the_limit_is_an_incident(tmp_path: Path) -> None:
    pin = Repo(tmp_path / "source").commit("one", {"help/lamp.md": PAGE})
    text = f"---\nsource-git-commit: {pin}\n---\n# La lampada\n\nSi accende al mattino.\n"
    Repo(tmp_path / "it-IT").commit("two", {"help/lamp.md": text})
    said = report(tmp_path, Limits(page=len(PAGE)))
    (page,) = said.pages or ()
    assert (page.status, page.reason) == (PageStatus.UNKNOWN, "too-large")
    assert [one.path for one in said.incidents] == ["help/lamp.md"]
    assert str(len(text.encode())) in said.incidents[0].error
