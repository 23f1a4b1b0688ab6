"""An hour's real queue, gone through by keyboard at a real terminal.

`BILINT_SHARED` names the folder that holds `corpora/`. Without it these tests are skipped.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import environment, program

SHARED = os.environ.get("BILINT_SHARED", "")
CHECKOUT = Path(SHARED or os.devnull).resolve() / "corpora" / "checkout.sh"
UNTIL = "--before=2026-03-24T23:59:59Z"
TEXT = "Testo riveduto dal revisore."
ANSWERS = ("t 1", "f", f"e! {TEXT}", "a resta come nella fonte")
PROMPT = "Decide ["

pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not CHECKOUT.is_file(), reason="BILINT_SHARED names no corpora"),
    pytest.mark.skipif(sys.platform == "win32", reason="there is no pty"),
]


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def italian(tmp_path: Path) -> Path:
    """The pages of the snapshot, checked out to be written to."""
    subprocess.run(["bash", str(CHECKOUT), str(tmp_path)], check=True, capture_output=True)
    copy = tmp_path / "it"
    git(tmp_path, "clone", "-q", "-n", str(tmp_path / "blueprints-learn.it-IT.git"), str(copy))
    # Pictures are not among the corpora.
    git(copy, "sparse-checkout", "set", "--no-cone", "*.md")
    git(copy, "checkout", "-q", git(copy, "rev-list", "-1", UNTIL, "HEAD"))
    return copy


def test_ten_pages_by_keyboard_and_the_diff_is_what_was_done(italian: Path) -> None:
    pexpect = pytest.importorskip("pexpect")
    source = italian.parent / "blueprints-learn.en.git"
    commit = git(source, "rev-list", "-1", UNTIL, "HEAD")
    command = program(
        "review", "--plain", "--by", "Ada", "--root", "help",
        "--source", f"{source}@{commit}", "--target", f"it-IT={italian}",
    )  # fmt: skip
    env = environment(TERM="dumb", LANG="C.UTF-8", PYTHONUTF8="1")
    child = pexpect.spawn(
        command[0], command[1:], cwd=str(italian.parent), env=env, encoding="utf-8",
        timeout=600, echo=False, dimensions=(24, 400),
    )  # fmt: skip
    said = []
    for number in range(10):
        for answer in (*(ANSWERS[(number + step) % 4] for step in range(2)), "N"):
            child.expect_exact(PROMPT)
            said.append(child.before)
            child.sendline(answer)
    child.expect_exact(PROMPT)
    said.append(child.before)
    child.sendline("q")
    child.expect(pexpect.EOF)
    said.append(child.before)
    child.close()
    assert child.exitstatus == 0
    text = "".join(said)
    told = {
        (path, int(line)) for path, line in re.findall(r"(?:edited|fixed): (\S+):(\d+)\r?\n", text)
    }
    assert len(told) >= 8
    assert {path for path, _line in told} == set(git(italian, "diff", "--name-only").split())
    changed = set()
    path = ""
    for line in git(italian, "diff", "-U0").split("\n"):
        if line.startswith("+++ b/"):
            path = line.removeprefix("+++ b/")
        place = re.match(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", line)
        if place:
            assert place[2] is None, "a segment of one line changes one line"
            assert place[4] is None
            changed.add((path, int(place[3])))
    assert changed == told
    assert "accepted: " in text
