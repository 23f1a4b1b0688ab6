"""The files and pages around a page, out of a commit, the working tree and the index."""

from __future__ import annotations

from pathlib import Path

from bilint.model.config import Location, Settings
from bilint.pipeline.request import Hook, Request, Wants
from bilint.pipeline.run import run
from bilint.pipeline.shelves import Shelves
from bilint.pipeline.site import LibrarySite
from bilint.pipeline.workspace import Workspace
from repositories import Repo

PAGE = "---\nexl-id: 00000000-0000-4000-8000-000000000001\n{}---\n{}\n"


def settings_of(source: Repo, target: Repo) -> Settings:
    return Settings(
        source=Location(str(source.path), root="help"),
        targets={"it-IT": Location(str(target.path), root="help")},
    )


def repositories(folder: Path) -> tuple[Repo, Repo]:
    source, target = Repo(folder / "docs.en"), Repo(folder / "docs.it")
    pin = source.commit(
        "Publish",
        {
            "help/a.md": PAGE.format("", "See [the light](b.md#light) and [c](c.md)."),
            "help/b.md": "# Light\n",
            "help/c.md": "# More\n",
        },
    )
    translated = "Vedi [la luce](b.md#light) e [c](c.md)."
    target.commit(
        "Translate",
        {
            "help/a.md": PAGE.format(f"source-git-commit: {pin}\n", translated),
            "help/b.md": "# Luce\n",
            "help/sub/x.png": "",
            "top.txt": "",
        },
    )
    return source, target


def test_a_site_knows_files_folders_and_fragments(tmp_path: Path) -> None:
    source, target = repositories(tmp_path)
    with Workspace(Request(settings_of(source, target))) as workspace:
        site = LibrarySite(Shelves(workspace).targets["it-IT"])
        there = ("help/a.md", "help", "help/sub", "help/sub/x.png", "top.txt")
        assert all(map(site.exists, there))
        assert not any(map(site.exists, ("help/c.md", "hel", "help/sub/x")))
        assert site.anchors("help/b.md") == frozenset(("luce",))
        assert site.anchors("help/sub/x.png") is None
        assert site.anchors("help/c.md") is None


def links_found(request: Request) -> list[tuple[str, str]]:
    report = run(request)
    assert report.incidents == ()
    return [
        (one.check, one.subject) for one in report.findings or () if one.check.startswith("link-")
    ]


def test_links_are_looked_up_in_commits_and_in_other_processes(tmp_path: Path) -> None:
    request = Request(settings_of(*repositories(tmp_path)), Wants(findings=True), jobs=1)
    expected = [("link-fragment-missing", "b.md#light"), ("link-relative-missing", "c.md")]
    assert links_found(request) == expected
    assert links_found(Request(request.settings, request.wants, jobs=2)) == expected


def test_a_hook_looks_links_up_in_what_is_staged(tmp_path: Path) -> None:
    source, target = repositories(tmp_path)
    target.write({"help/b.md": "# Luce {#light}\n", "help/c.md": "# Altro\n"})
    hook = Hook(str(target.path), {}, whole=True)
    request = Request(settings_of(source, target), Wants(findings=True), hook=hook, jobs=1)
    assert len(links_found(request)) == 2
    target.git("add", "-A")
    assert links_found(request) == []
