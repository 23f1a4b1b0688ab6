"""`bilint` as tests call it: in this process, or in one of its own where that matters."""

from __future__ import annotations

import gc
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bilint.cli import main

SOURCE = Path(__file__).parents[1] / "src"


class Said(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its answer, read."""
        return json.loads(self.out)


def bilint(
    *arguments: str | os.PathLike[str], cwd: Path, env: Mapping[str, str] | None = None
) -> Said:
    """Run a command in this process, as its program would: exit code and both streams."""
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
    err = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(cwd)
        for name in [one for one in os.environ if one.startswith(("GIT_", "PRE_COMMIT_"))]:
            patch.delenv(name)
        for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
            patch.delenv(name, raising=False)
        for name in ("BILINT_DEBUG", "BILINT_STORE", "BILINT_REVIEWER"):
            patch.delenv(name, raising=False)
        for name, value in (env or {}).items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["bilint", *map(str, arguments)])
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        try:
            with pytest.raises(SystemExit) as end:
                main()
        finally:
            gc.unfreeze()
            gc.enable()
    code = end.value.code
    assert isinstance(code, int)
    return Said(code, raw.getvalue().decode(), err.getvalue())


def program(*arguments: str | os.PathLike[str]) -> list[str]:
    """The command line that starts `bilint` in a process of its own."""
    return [sys.executable, "-m", "bilint", *map(str, arguments)]


def environment(**more: str) -> dict[str, str]:
    """An environment with nothing in it but what it takes to find Bilint and git."""
    return {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(SOURCE), "HOME": "/", **more}


def bilint_process(
    *arguments: str | os.PathLike[str], cwd: Path, env: Mapping[str, str] | None = None
) -> Said:
    """Run a command in a process of its own."""
    return run_program(program(*arguments), cwd, environment(**(env or {})))


def run_program(command: Sequence[str], cwd: Path, env: Mapping[str, str]) -> Said:
    """Run any program to its end."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, check=False)
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def script(text: str, *arguments: str) -> list[str]:
    """The command line of a Python program that prepares something and then runs `bilint`."""
    program = f"{text}\nimport sys\nsys.argv[0] = 'bilint'\nfrom bilint.cli import main\nmain()\n"
    return [sys.executable, "-c", program, *arguments]


class Answers:
    """Standard input as a reviewer types it; functions among the answers happen in between."""

    def __init__(self, *answers: str | Callable[[], None]) -> None:
        self._answers = list(answers)

    @property
    def buffer(self) -> Answers:
        """The same, as bytes."""
        return self

    def isatty(self) -> bool:
        """It is no terminal."""
        return False

    def readline(self) -> bytes:
        """The next answer; nothing at the end."""
        while self._answers:
            answer = self._answers.pop(0)
            if isinstance(answer, str):
                return f"{answer}\n".encode()
            answer()
        return b""
