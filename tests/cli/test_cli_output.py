"""How an answer looks: colours, width, quiet and verbose, and that the same input gives the same
bytes wherever and however Bilint runs."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from command_line import bilint, bilint_process, environment, program
from lamps import Lamps, lamps

ESCAPE = "\x1b["


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Lamps:
    """Repositories that no test writes to."""
    return lamps(tmp_path_factory.mktemp("lamps"))


@pytest.mark.parametrize(
    ("options", "env", "coloured"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours(given: Lamps, options: Sequence[str], env: dict[str, str], coloured: bool) -> None:
    said = bilint("status", *options, cwd=given.folder, env=env)
    assert (ESCAPE in said.out) is coloured


def on_a_terminal(command: list[str], cwd: Path, env: dict[str, str]) -> str:
    """What a command prints when a terminal reads both streams."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, cwd=cwd, env=env, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True
    ) as process:
        os.close(theirs)
        parts = []
        while True:
            try:
                part = os.read(ours, 65_536)
            except OSError:
                break
            if not part:
                break
            parts.append(part)
        process.wait()
    os.close(ours)
    return b"".join(parts).decode().replace("\r\n", "\n")


def test_a_terminal_gets_colours_and_lines_that_fit(given: Lamps) -> None:
    env = environment(TERM="xterm", COLUMNS="80", LINES="24")
    said = on_a_terminal(program("check"), given.folder, env)
    assert ESCAPE in said
    env["NO_COLOR"] = "1"
    plain = on_a_terminal(program("check"), given.folder, env)
    assert ESCAPE not in plain
    assert "dnl-altered" in plain
    *lines, last = plain.splitlines()
    assert max(map(len, lines)) <= 80
    assert last.startswith("bilint: failed (1): 1 error on 1 page.")


def test_no_progress_where_nobody_looks(given: Lamps) -> None:
    said = bilint_process("report", cwd=given.folder)
    assert said.err == ""


@pytest.mark.parametrize("command", ["status", "check", "report"])
def test_quiet_is_the_answer_and_its_last_line(given: Lamps, command: str) -> None:
    whole = bilint(command, cwd=given.folder).out.splitlines()
    quiet = bilint(command, "--quiet", cwd=given.folder).out.splitlines()
    assert quiet[-1] == whole[-1]
    assert set(quiet) <= set(whole)
    assert not [line for line in quiet if line.startswith(("skipped", "hidden", "unknown"))]
    assert "help/lamp.md" in "\n".join(quiet)
    if command != "check":
        assert not [line for line in quiet if line.startswith("locale ")], "no totals"


def test_quiet_hides_what_was_not_asked_for(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    page = given.italian.path / "help" / "door.md"
    page.write_text(page.read_text().replace("title: La porta", "title: 'La porta '"))
    assert "hidden    1 at level info" in bilint("check", cwd=tmp_path).out
    assert "hidden" not in bilint("check", "-q", cwd=tmp_path).out
    assert "title-whitespace" not in bilint("check", "-q", cwd=tmp_path).out
    assert "title-whitespace" in bilint("check", "-v", cwd=tmp_path).out


def runs(given: Lamps, tmp_path: Path) -> dict[str, str]:
    """The same report, asked for in many ways."""
    source = ["--source", str(given.source.path)]
    italian = ["--target", f"it-IT={given.italian.path}"]
    japanese = ["--target", f"ja-JP={given.japanese.path}"]
    rest = ["--root", "help", "--format", "json"]
    plain = [*source, *italian, *japanese, *rest]
    said: dict[str, str] = {}

    def run(name: str, arguments: list[str], cwd: Path = tmp_path, **env: str) -> None:
        done = bilint_process("report", *arguments, cwd=cwd, env=env)
        assert (done.code, done.err) == (0, "")
        said[name] = done.out

    run("once", plain)
    run("two processes", [*plain, "--jobs", "2"])
    run("seven processes", [*plain, "--jobs", "7"])
    run("hash seed 0", plain, PYTHONHASHSEED="0")
    run("hash seed 1", plain, PYTHONHASHSEED="1")
    run("time zone", plain, TZ="Pacific/Auckland")
    run("locale", plain, LC_ALL="tr_TR.UTF-8", LANG="tr_TR.UTF-8")
    run("no locale", plain, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    run("order of targets", [*source, *japanese, *italian, *rest])
    run("another folder", plain, cwd=given.folder / "lamps.en")
    return said


def test_the_same_bytes_however_it_runs(given: Lamps, tmp_path: Path) -> None:
    said = runs(given, tmp_path)
    assert len(json.loads(said["once"])["pages"]) == 7
    assert {name for name, answer in said.items() if answer != said["once"]} == set()


def test_the_same_text_however_it_runs(given: Lamps) -> None:
    said = {
        bilint_process("report", "--jobs", jobs, cwd=given.folder, env={"PYTHONHASHSEED": seed}).out
        for jobs, seed in (("1", "0"), ("2", "1"))
    }
    assert len(said) == 1
