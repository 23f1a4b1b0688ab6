"""The demo: quick, without a home, and its guide says what the report says."""

from __future__ import annotations

import json
import os
import shlex
from collections import defaultdict
from pathlib import Path

import pytest

from bilint.checks.registry import BY_ID
from bilint.demo import NEXT, TOUR, build, what_to_look_at
from bilint.model.config import Location, Settings
from bilint.model.report import Report
from bilint.pipeline.request import Request, Wants
from bilint.pipeline.run import run
from command_line import bilint, environment, program, run_program
from repositories import Repo


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def report(folder: Path) -> Report:
    demo = build(folder)
    settings = Settings(
        source=Location(str(demo.source), root="help"),
        targets={locale: Location(str(path), root="help") for locale, path in demo.targets.items()},
    )
    return run(Request(settings, Wants(findings=True, queue=True), jobs=1))


def test_every_stop_of_the_tour_is_what_the_report_says(report: Report) -> None:
    statuses = {(p.locale, p.path or p.source_path): p.status.value for p in report.pages or ()}
    checks: dict[tuple[str, str], set[str]] = defaultdict(set)
    for finding in report.findings or ():
        assert finding.locale is not None, "the source of the demo is sound"
        checks[finding.locale, finding.path].add(finding.check)
    for stop in TOUR:
        place = (stop.locale, stop.path)
        assert statuses[place] == stop.status, place
        assert checks.pop(place, set()) == set(stop.checks), place
    assert not checks, "what is found is on the tour"


def test_nothing_fails_in_the_demo(report: Report) -> None:
    assert report.incidents == ()


def test_the_demo_shows_most_of_what_there_is(report: Report) -> None:
    found = {finding.check for finding in report.findings or ()}
    assert found <= set(BY_ID)
    assert {
        "dnl-altered",
        "front-matter-value-altered",
        "ht-degree-dropped",
        "ht-degree-low",
        "link-relative-missing",
        "pin-fake-refresh",
        "pin-malformed",
        "pin-unknown",
        "source-language-sentence",
        "title-whitespace",
        "token-broken",
        "token-glued",
        "uicontrol-dropped",
        "uicontrol-untranslated",
        "untranslated-segment",
    } == found
    statuses = {page.status.value for page in report.pages or ()}
    assert statuses == {"stale", "cosmetic", "current", "unknown", "untranslated"}


def test_the_tour_fits_into_80_columns() -> None:
    assert max(map(len, what_to_look_at("bilint-demo"))) <= 80


def test_git_finds_the_repositories_sound(folder: Path, report: Report) -> None:
    for path in sorted(folder.iterdir()):
        repo = Repo.at(path)
        assert repo.git("fsck", "--strict", "--full") == ""
        assert repo.git("status", "--porcelain") == ""
        assert repo.git("rev-parse", "--abbrev-ref", "HEAD") == "main\n"


def test_the_same_ids_every_time(tmp_path: Path, folder: Path, report: Report) -> None:
    build(tmp_path)
    for path in sorted(tmp_path.iterdir()):
        ours = Repo.at(path).git("rev-parse", "HEAD")
        assert ours == Repo.at(folder / path.name).git("rev-parse", "HEAD")


def test_from_a_bare_machine(tmp_path: Path) -> None:
    env = {name: value for name, value in environment().items() if name != "HOME"}
    said = run_program(program("demo"), tmp_path, env)
    assert (said.code, said.err) == (0, "")
    for part in ("━━ Pages ━━", "━━ Findings ━━", "━━ Queue ━━", "━━ Totals ━━"):
        assert part in said.out
    assert said.out.endswith("\n".join(what_to_look_at("bilint-demo")) + "\n")
    assert os.listdir(tmp_path) == ["bilint-demo"]


def test_what_it_proposes_works(tmp_path: Path) -> None:
    assert bilint("demo", "here", cwd=tmp_path).code == 0
    for command, _ in NEXT:
        name, *arguments = shlex.split(command)
        assert name == "bilint"
        said = bilint(*arguments, cwd=tmp_path / "here")
        assert (said.code, said.err) == (0, ""), command
        assert said.out


def test_for_programs(tmp_path: Path) -> None:
    said = bilint("demo", "--format", "json", cwd=tmp_path)
    assert said.code == 0
    assert len(json.loads(said.out)["pages"]) == 10


def test_quiet(tmp_path: Path) -> None:
    assert "What to look at" not in bilint("demo", "-q", cwd=tmp_path).out


def test_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    assert bilint("demo", "here", "-q", cwd=tmp_path).code == 0, "an empty one will do"
    said = bilint("demo", "here", cwd=tmp_path)
    assert said == (
        2,
        "",
        "bilint: here is there and not empty; name another folder, or remove it\n",
    )
    (tmp_path / "file").touch()
    assert bilint("demo", "file", cwd=tmp_path).code == 2


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = bilint("demo", "file/demo", cwd=tmp_path)
    assert said.code == 2
    assert said.err.startswith("bilint: file/demo: the demo cannot be built: ")
