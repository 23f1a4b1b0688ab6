"""What the guide says of clones in CI, and of the hooks, tried out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import bilint
from lamps import LAMP_IT, lamps

ROOT = Path(__file__).parents[2]
SETTINGS = 'root = "help"\n[source]\nrepository = "../lamps.en"\n[target.it-IT]\nrepository = "."\n'
GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "HOME": "/nonexistent",
}


def recipe() -> str:
    """The commands of the guide that fetch no pictures."""
    text = (ROOT / "source_docs" / "ci.md").read_text()
    (block,) = [
        block for block in re.findall(r"```shell\n(.*?)```", text, re.S) if "blob:none" in block
    ]
    return str(block)


def test_a_clone_without_pictures_is_as_good_as_a_whole_one(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    given.source.commit("A picture", {"help/plan.svg": "<svg/>"})
    for name in ("uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"):
        given.source.git("config", name, "true")
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", recipe()],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "SOURCE": f"file://{given.source.path}", **GIT},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    clone = tmp_path / "docs.en"
    assert (clone / "help" / "lamp.md").exists()
    assert not (clone / "help" / "plan.svg").exists()
    missing = subprocess.run(
        ["git", "rev-list", "--objects", "--all", "--missing=print"],
        cwd=clone,
        env={"PATH": os.environ["PATH"], **GIT},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert missing.count("?") == 1, "the picture, and no page"

    def answer(source: Path) -> object:
        target = f"it-IT={given.italian.path}"
        options = ("--target", target, "--root", "help", "--format", "json")
        data = bilint("report", "--source", str(source), *options, cwd=tmp_path).json
        return data["pages"], data["findings"]

    assert answer(clone) == answer(given.source.path)


def test_pre_commit_tries_it_from_a_clone(tmp_path: Path) -> None:
    """As a user would who has nothing but a clone: pre-commit installs it and runs the hook."""
    pre_commit = shutil.which("pre-commit", path=str(Path(sys.executable).parent))
    if pre_commit is None or not (ROOT / ".git").exists():
        pytest.skip("needs pre-commit and a clone")
    given = lamps(tmp_path)
    given.italian.commit("Settings", {"bilint.toml": SETTINGS})
    bad = LAMP_IT.format(pin=given.pins[0]) + "\nPremi [!DNL Lampada].\n"
    given.italian.write({"help/lamp.md": bad})
    given.italian.git("add", "-A")
    clone = tmp_path / "bilint"
    subprocess.run(
        ["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(clone)],
        env={**os.environ, **GIT},
        check=True,
    )
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    env |= {"PRE_COMMIT_HOME": str(tmp_path / "home"), "GIT_CONFIG_GLOBAL": os.devnull}
    for name in ("PYTHONPATH", "PIP_CONSTRAINT"):
        env.pop(name, None)
    # Both hooks in one go: they share the environment that takes long to build.
    done = subprocess.run(
        [pre_commit, "try-repo", str(clone), "--ref", "HEAD", "--color", "never"],
        cwd=given.italian.path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    if "No matching distribution" in said or "Failed to establish" in said:
        pytest.skip("the packages it depends on cannot be had here")
    assert done.returncode == 1, said
    told = re.findall(r"(?ms)^- hook id: (\S+)$(.*?)(?=^- hook id: |\Z)", said)
    assert [name for name, _ in told] == ["bilint", "bilint-all"], said
    hooks = dict(told)
    for one in hooks.values():
        assert "- exit code: 1" in one
        assert "dnl-altered" in one
    assert "1 more stood there before" in hooks["bilint"]
    assert "bilint: failed (1): 1 error on 1 page." in hooks["bilint"]
    assert "bilint: failed (1): 2 errors on 1 page." in hooks["bilint-all"]
