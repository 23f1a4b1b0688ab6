"""What the action prints: its own steps are run here, as a runner would run them."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from command_line import SOURCE
from lamps import DOOR_EN, LAMP_IT, Lamps, lamps

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")

SETTINGS = """\
root = "help"
[source]
repository = "{source}"
[target.it-IT]
repository = "{italian}"
"""

GH = """\
#!{python}
import json, pathlib, sys
folder = pathlib.Path({folder!r})
arguments = sys.argv[1:]
with (folder / "gh.log").open("a") as log:
    log.write(json.dumps(arguments) + "\\n")
store = folder / "comment.md"
if "--method" in arguments:
    if (folder / "read-only").exists():
        sys.exit("HTTP 403")
    (body,) = [one for one in arguments if one.startswith("body=@")]
    store.write_bytes(pathlib.Path(body[6:]).read_bytes())
elif store.exists():
    print(4711)
"""


class Runner(NamedTuple):
    """A machine that runs the steps of the action in one folder."""

    folder: Path
    work: Path
    number: str = ""

    def run(self, **inputs: str) -> dict[str, Any]:
        """Run the action; its outputs, what it printed, and the code of its last step."""
        said = {name: one.get("default", "") for name, one in ACTION["inputs"].items()}
        assert set(inputs) <= {name.replace("-", "_") for name in said}
        said |= {name.replace("_", "-"): value for name, value in inputs.items()}
        values = {f"inputs.{name}": str(value) for name, value in said.items()}
        values |= {"github.event.pull_request.number": self.number, "github.token": "none"}
        self._install()
        printed = ""
        code = 0
        for step in ACTION["runs"]["steps"][1:]:
            if not _holds(step.get("if", "true"), values):
                continue
            env = {name: _filled(text, values) for name, text in step.get("env", {}).items()}
            output = self.folder / "output"
            output.write_text("")
            where = self.work / _filled(step.get("working-directory", "."), values)
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=where,
                env=self._environment(output) | env,
                capture_output=True,
                text=True,
                check=False,
            )
            printed += done.stdout + done.stderr
            code = done.returncode
            for line in output.read_text().splitlines():
                name, _, value = line.partition("=")
                values[f"steps.{step['id']}.outputs.{name}"] = value
            if code:
                break
        outputs = {name: _filled(one["value"], values) for name, one in ACTION["outputs"].items()}
        summary = self.folder / "summary"
        return {
            **outputs,
            "printed": printed,
            "exit": code,
            "summary": summary.read_text() if summary.exists() else "",
        }

    def _environment(self, output: Path) -> dict[str, str]:
        return {
            "PATH": f"{self.folder}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder),
            "RUNNER_TEMP": str(self.folder / "temp"),
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "GITHUB_REPOSITORY": "example/docs",
            "PYTHONPATH": str(SOURCE),
        }

    def _install(self) -> None:
        """In place of the first step: this very checkout, and a `gh` that keeps what it is told."""
        program = self.folder / "temp" / "bilint" / "venv" / "bin" / "bilint"
        program.parent.mkdir(parents=True, exist_ok=True)
        _write_program(program, f'#!/bin/sh\nexec {sys.executable} -P -m bilint "$@"\n')
        gh = GH.format(python=sys.executable, folder=str(self.folder))
        _write_program(self.folder / "gh", gh)

    def calls(self) -> list[list[str]]:
        """How `gh` was called, and forget it."""
        log = self.folder / "gh.log"
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return [json.loads(line) for line in lines]


def _write_program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def _filled(text: str, values: dict[str, str]) -> str:
    return EXPRESSION.sub(lambda match: values.get(match[1], ""), str(text))


def _holds(condition: str, values: dict[str, str]) -> bool:
    """The conditions that the action has: `a == 'b'`, `a`, and `&&` between them."""
    for part in condition.split(" && "):
        name, equals, wanted = part.partition(" == ")
        value = {"true": "true", **values}[name]
        if (value != wanted.strip("'")) if equals else not value:
            return False
    return True


@pytest.fixture
def given(tmp_path: Path) -> Lamps:
    given = lamps(tmp_path / "docs")
    for repo, source, italian in (
        (given.source, ".", "../lamps.it-IT"),
        (given.italian, "../lamps.en", "."),
    ):
        settings = SETTINGS.format(source=source, italian=italian)
        repo.commit("Settings", {"bilint.toml": settings})
    return given


def runner(tmp_path: Path, work: Path, number: str = "") -> Runner:
    folder = tmp_path / "runner"
    folder.mkdir()
    return Runner(folder, work, number)


def test_a_report(given: Lamps, tmp_path: Path) -> None:
    said = runner(tmp_path, given.italian.path).run()
    assert (said["exit"], said["code"]) == (0, "0")
    assert "━━ Pages ━━" in said["printed"]
    assert "::error file=help/lamp.md,line=10" in said["printed"]
    assert said["summary"].startswith("# Bilint\n\n**Passed.**\n")
    assert "dnl-altered" in said["summary"]
    assert json.loads(Path(said["json"]).read_text())["counts"]["findings"]["severity"]["error"]
    assert json.loads(Path(said["sarif"]).read_text())["version"] == "2.1.0"
    names = {path.name for path in Path(said["folder"]).iterdir()}
    assert names >= {"bilint.json", "summary.md", "comment.md", "findings.csv", "bilint.sarif"}
    assert (Path(said["folder"]) / "index.html").read_text().startswith("<!doctype html>")


def test_a_history_is_rebuilt_once_and_then_carried_on(given: Lamps, tmp_path: Path) -> None:
    machine = runner(tmp_path, given.italian.path)
    history = "../kept/past runs.db"
    said = machine.run(history=history, annotations="false")
    assert said["exit"] == 0
    first = json.loads(Path(said["json"]).read_text())["trend"]
    assert first["runs"][0]["rebuilt"]
    again = machine.run(history=history, annotations="false")
    second = json.loads(Path(again["json"]).read_text())["trend"]
    assert len(second["runs"]) == len(first["runs"]) + 1
    assert "\n## Since " in again["summary"]


def test_a_history_that_cannot_be_rebuilt_begins_tonight(given: Lamps, tmp_path: Path) -> None:
    for folder in (given.italian.path, given.folder):
        (folder / "bilint.toml").unlink(missing_ok=True)
    places = "--source=../lamps.en\n--target=it-IT=.\n--root=help"
    said = runner(tmp_path, given.italian.path).run(history="runs.db", arguments=places)
    assert "::notice::past runs were not rebuilt" in said["printed"]
    assert (said["exit"], (given.italian.path / "runs.db").exists()) == (0, True)


def test_arguments_come_one_a_line(given: Lamps, tmp_path: Path) -> None:
    said = runner(tmp_path, given.folder).run(
        working_directory="lamps.it-IT",
        arguments="--fail-on=error\n\n  \n--locale=it-IT\n",
        annotations="false",
        summary="false",
    )
    assert (said["exit"], said["code"]) == (1, "1")
    assert "bilint: failed (1): 1 error on 1 page." in said["printed"]
    assert "::error" not in said["printed"]
    assert said["summary"] == ""


def test_what_fails_may_be_left_to_a_later_step(given: Lamps, tmp_path: Path) -> None:
    said = runner(tmp_path, given.italian.path).run(command="check", fail="false")
    assert (said["exit"], said["code"]) == (0, "1")


def test_nothing_of_an_input_is_run(given: Lamps, tmp_path: Path) -> None:
    evil = "$(touch evil)`touch evil`;touch evil"
    said = runner(tmp_path, given.italian.path).run(changed_from=evil, arguments=f"--locale={evil}")
    assert said["exit"] == 2
    assert not (given.italian.path / "evil").exists()
    said = Runner(tmp_path / "runner", given.italian.path).run(command="explain")
    assert said["exit"] == 2
    assert "command must be report or check" in said["printed"]


def test_a_comment_is_written_once_and_then_updated(given: Lamps, tmp_path: Path) -> None:
    machine = runner(tmp_path, given.italian.path, number="7")
    text = LAMP_IT.format(pin=given.pins[0]) + "\nApri [!DNL Negozio].\n"
    given.italian.write({"help/lamp.md": text})
    said = machine.run(changed_from="HEAD", comment="true")
    assert said["code"] == "1"
    look, create = machine.calls()
    assert look[:3] == ["api", "--paginate", "repos/example/docs/issues/7/comments"]
    assert create[:5] == ["api", "--silent", "--method", "POST", look[2]]
    comment = machine.folder / "comment.md"
    assert comment.read_text().startswith("<!-- bilint -->\n## Bilint\n\n**Failed**: ")
    given.italian.write({"help/lamp.md": LAMP_IT.format(pin=given.pins[0])})
    assert machine.run(changed_from="HEAD", comment="true")["code"] == "0"
    _, update = machine.calls()
    assert update[:5] == [
        "api", "--silent", "--method", "PATCH", "repos/example/docs/issues/comments/4711",
    ]  # fmt: skip
    assert "Nothing was found." in comment.read_text()


def test_nothing_to_say_makes_no_comment(given: Lamps, tmp_path: Path) -> None:
    machine = runner(tmp_path, given.italian.path, number="7")
    machine.run(changed_from="HEAD", comment="true")
    assert len(machine.calls()) == 1
    assert not (machine.folder / "comment.md").exists()


def test_a_token_that_may_not_write_fails_nothing(given: Lamps, tmp_path: Path) -> None:
    machine = runner(tmp_path, given.source.path, number="7")
    (machine.folder / "read-only").write_text("")
    given.source.write({"help/door.md": DOOR_EN.replace("nine", "ten")})
    said = machine.run(changed_from="HEAD", comment="true")
    assert (said["exit"], said["code"]) == (0, "0")
    assert "::notice::no comment: the token may not write" in said["printed"]


def test_the_source_is_told_what_becomes_stale(given: Lamps, tmp_path: Path) -> None:
    machine = runner(tmp_path, given.source.path, number="7")
    given.source.write({"help/door.md": DOOR_EN.replace("nine", "ten")})
    said = machine.run(changed_from="HEAD", comment="true")
    assert said["exit"] == 0
    assert "::notice file=help/door.md,line=1,title=translations::this change" in said["printed"]
    comment = (machine.folder / "comment.md").read_text()
    assert "**This change makes 1 segment, 8 words stale in 1 locale.** That is no err" in comment
    assert "| help/door.md | 1 segment, 8 words | it-IT: 1 segment, 8 words |" in comment


def test_outside_of_a_pull_request_there_is_no_comment(given: Lamps, tmp_path: Path) -> None:
    machine = runner(tmp_path, given.italian.path)
    machine.run(comment="true")
    assert machine.calls() == []
