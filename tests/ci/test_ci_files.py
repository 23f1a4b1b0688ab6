"""The action, the templates and this repository's own workflows: valid, careful, and linted."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION = ROOT / "action.yml"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TEMPLATES = sorted((ROOT / "templates" / "github").glob("*.yml"))
GITLAB = ROOT / "templates" / "gitlab" / "bilint.gitlab-ci.yml"
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text())


def schema(name: str) -> Any:
    """A schema that comes with check-jsonschema: nothing is fetched."""
    package = pytest.importorskip("check_jsonschema")
    folder = Path(package.__file__).parent / "builtin_schemas" / "vendor"
    return json.loads((folder / f"{name}.json").read_bytes())


def validate(name: str, instance: Any) -> None:
    """Raises where an instance breaks a schema. GitLab's has patterns that are none of Python."""
    rules = schema(name)
    validator = jsonschema.validators.validator_for(rules)
    validator(rules).validate(json.loads(json.dumps(instance)))


def workflow(path: Path) -> Any:
    """A workflow as JSON has it: YAML reads the key `on` as true."""
    loaded = read(path)
    return {("on" if key is True else key): value for key, value in loaded.items()}


def steps(path: Path) -> Iterator[dict[str, Any]]:
    data = read(path)
    jobs = data["jobs"].values() if "jobs" in data else [data["runs"]]
    for job in jobs:
        yield from job["steps"]


def test_there_is_one_of_each() -> None:
    assert [path.name for path in TEMPLATES] == [
        "nightly.yml", "pull-request-source.yml", "pull-request.yml",
    ]  # fmt: skip
    assert [path.name for path in WORKFLOWS] == ["ci.yml"]


def test_the_action_is_valid() -> None:
    validate("github-actions", read(ACTION))


@pytest.mark.parametrize("path", [*TEMPLATES, *WORKFLOWS], ids=lambda path: path.name)
def test_a_workflow_is_valid(path: Path) -> None:
    validate("github-workflows", workflow(path))


def test_the_template_for_gitlab_is_valid() -> None:
    check = shutil.which("check-jsonschema", path=str(Path(sys.executable).parent))
    if check is None:
        pytest.skip("check-jsonschema is not installed")
    command = [check, "--builtin-schema", "vendor.gitlab-ci", str(GITLAB)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_wrong_is_not_valid() -> None:
    with pytest.raises(jsonschema.ValidationError):
        validate("github-actions", {**read(ACTION), "runs": {"using": "composite"}})
    broken = workflow(TEMPLATES[0])
    broken["permissions"] = {"contents": "everything"}
    with pytest.raises(jsonschema.ValidationError):
        validate("github-workflows", broken)


@pytest.mark.parametrize("path", [*TEMPLATES, *WORKFLOWS], ids=lambda path: path.name)
def test_a_workflow_may_do_little(path: Path) -> None:
    data = read(path)
    assert data["permissions"] == {}, "nothing by default"
    for job in data["jobs"].values():
        rights = set(job["permissions"].items())
        assert ("contents", "read") in rights
        writes = {name for name, right in rights if right == "write"}
        assert writes <= {"security-events", "pull-requests"}
        assert job["timeout-minutes"] <= 60
    for step in steps(path):
        uses = step.get("uses", "")
        if uses.startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
            assert step["with"]["fetch-depth"] == 0, "staleness needs the whole history"
        ours = uses == "./" or uses.startswith("bilint/bilint@")
        assert not uses or ours or PINNED.fullmatch(uses), "pinned by its commit"
    for line in path.read_text().splitlines():
        if PINNED.search(line):
            assert re.search(r"# v\d+\.\d+\.\d+$", line), "the comment tells the version"


@pytest.mark.parametrize("path", [ACTION, *TEMPLATES, *WORKFLOWS], ids=lambda path: path.name)
def test_no_expression_stands_in_a_script(path: Path) -> None:
    """What somebody names a branch would run as a command: values come by the environment."""
    for step in steps(path):
        assert "${{" not in step.get("run", "")


def scripts() -> list[tuple[str, str]]:
    found = [
        (f"{path.name}: {step['name']}", step["run"])
        for path in (ACTION, *TEMPLATES, *WORKFLOWS)
        for step in steps(path)
        if "run" in step
    ]
    found.append((".ci/run", (ROOT / ".ci" / "run").read_text()))
    for job, said in read(GITLAB).items():
        lines = [*said.get("before_script", ()), *said.get("script", ())] if job else []
        if lines:
            found.append((f"gitlab: {job}", "\n".join(lines)))
    return found


@pytest.mark.parametrize(("name", "script"), scripts(), ids=[name for name, _ in scripts()])
def test_shell_parts_are_linted(name: str, script: str, tmp_path: Path) -> None:
    shellcheck = shutil.which("shellcheck", path=str(Path(sys.executable).parent)) or (
        shutil.which("shellcheck")
    )
    if shellcheck is None:
        pytest.skip("shellcheck is not installed")
    file = tmp_path / "script.sh"
    file.write_text(script if script.startswith("#!") else f"#!/usr/bin/env bash\n{script}")
    command = [shellcheck, "--norc", "--severity=style", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_workflows_are_audited(tmp_path: Path) -> None:
    zizmor = shutil.which("zizmor", path=str(Path(sys.executable).parent))
    if zizmor is None:
        pytest.skip("zizmor is not installed")
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    for path in (*TEMPLATES, *WORKFLOWS):
        shutil.copy(path, folder / path.name)
    shutil.copy(ACTION, tmp_path / "action.yml")
    command = [zizmor, "--offline", "--no-progress", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
