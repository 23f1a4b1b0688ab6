"""The only place of Bilint that starts a process, and the process is git.

Git runs with an environment made from scratch, with settings that outrank the repository's own,
in a session of its own, with a deadline and a cap on what it may say.
"""
# os.path, because a hook has no time for the import of pathlib
# ruff: noqa: PTH111, PTH113, PTH117, PTH118

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping

from bilint.model.record import NamedTuple
from bilint.readers.git_objects import GitError

_OPTIONS = (
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    "--no-optional-locks",
    *(
        word
        for setting in (
            "core.fsmonitor=false",
            "core.untrackedCache=false",
            "core.hooksPath=/dev/null",
            "protocol.allow=never",
            "core.commitGraph=false",
            "core.multiPackIndex=false",
            "core.useReplaceRefs=false",
            "gc.auto=0",
            "maintenance.auto=false",
            "log.showSignature=false",
            "core.attributesFile=/dev/null",
            "core.excludesFile=/dev/null",
            "submodule.recurse=false",
            "diff.ignoreSubmodules=all",
            "core.bigFileThreshold=8m",
            "core.alternateRefsCommand=false",
            "core.quotePath=true",
            "safe.bareRepository=explicit",
        )
        for word in ("-c", setting)
    ),
)

_ENVIRONMENT = {
    "LC_ALL": "C",
    "TZ": "UTC",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": "/dev/null",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_COUNT": "0",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "/bin/false",
    "SSH_ASKPASS": "/bin/false",
    "GIT_SSH_COMMAND": "/bin/false",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_PROTOCOL_FROM_USER": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_PAGER": "cat",
    "GIT_EDITOR": ":",
    "GIT_CEILING_DIRECTORIES": "/",
    "GIT_ADVICE": "0",
}

_NOTHING: Mapping[str, str] = {}
_CHUNK = 64 * 1024
_OUTPUT_BYTES = 512 * 1024 * 1024
_COMPLAINT_BYTES = 4 * 1024
_NAME_SECONDS = 5


def git_program() -> str:
    """The git of the absolute folders of PATH: never one out of the current folder."""
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        program = os.path.join(folder, name)
        if os.path.isabs(folder) and os.access(program, os.X_OK):
            return program
    raise GitError("git was not found on PATH; install it, version 2.31 or newer")


class Answer(NamedTuple):
    """What a command ended with."""

    code: int
    output: bytes
    complaint: str


class GitProcess:
    """A process in a session of its own, read with a deadline, killed with all it started.

    `path` is the repository, for messages.
    """

    def __init__(
        self,
        path: str,
        command: list[str],
        environment: Mapping[str, str],
        *,
        seconds: float,
        piped: bool,
    ) -> None:
        self._path = path
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds
        self._poll = select.poll() if hasattr(select, "poll") else None
        watched = self._poll is not None and not piped
        self._popen = subprocess.Popen(  # noqa: S603 - a fixed program, no shell
            command,
            stdin=subprocess.PIPE if piped else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if watched else subprocess.DEVNULL,
            cwd="/",
            env=environment,
            bufsize=0,
            start_new_session=True,
        )
        self._in = self._popen.stdin.fileno() if self._popen.stdin else -1
        self._out = self._popen.stdout.fileno() if self._popen.stdout else -1
        self._errors = self._popen.stderr.fileno() if self._popen.stderr else -1
        self._complaint = b""
        if self._poll is not None:
            self._poll.register(self._out, select.POLLIN)
            if watched:
                self._poll.register(self._errors, select.POLLIN)

    def write(self, data: bytes) -> None:
        """Put `data` into the input."""
        os.write(self._in, data)

    def read(self, *, renew: bool = False) -> bytes:
        """The next of the output, nothing at its end. Raises `GitError` when it takes too long.

        With `renew` the time begins anew: then it bounds the silence, not the whole.
        """
        if renew:
            self._deadline = time.monotonic() + self._seconds
        if self._poll is None:
            return self._read_guarded()
        while True:
            if self._ready() == self._out:
                return os.read(self._out, _CHUNK)
            self._listen()

    def finish(self) -> tuple[int, str]:
        """The exit code and the first complaint, once all output was read."""
        if self._poll is not None:
            self._poll.unregister(self._out)
            while self._errors >= 0:
                self._ready()
                self._listen()
        # Both outputs are closed: git is gone, or about to be.
        return self._popen.wait(), _first_complaint(self._complaint)

    def kill(self) -> None:
        """End the process and all that it may have started; nothing when it has ended."""
        if self._popen.returncode is None:
            if hasattr(os, "killpg"):
                try:
                    os.killpg(self._popen.pid, signal.SIGKILL)
                except (ProcessLookupError, PermissionError):
                    self._popen.kill()
            else:
                self._popen.kill()
            self._popen.wait()
        for stream in (self._popen.stdin, self._popen.stdout, self._popen.stderr):
            if stream is not None:
                stream.close()

    def _ready(self) -> int:
        """The stream that has something to read."""
        assert self._poll is not None  # noqa: S101 - for the type checker
        seconds = self._deadline - time.monotonic()
        events = self._poll.poll(max(0.0, seconds) * 1000)
        if not events:
            raise self._too_late()
        return events[0][0]

    def _too_late(self) -> GitError:
        return GitError(f"{self._path}: git did not answer within {self._seconds:g} seconds")

    def _listen(self) -> None:
        """Take in what git complains of."""
        chunk = os.read(self._errors, _CHUNK)
        self._complaint += chunk[: _COMPLAINT_BYTES - len(self._complaint)]
        if not chunk and self._poll is not None:
            self._poll.unregister(self._errors)
            self._errors = -1

    def _read_guarded(self) -> bytes:
        """As `read`, where pipes cannot be polled (Windows): a timer ends the process."""
        import threading

        late = threading.Event()

        def end() -> None:
            late.set()
            self._popen.kill()

        timer = threading.Timer(max(0.0, self._deadline - time.monotonic()), end)
        timer.start()
        try:
            chunk = os.read(self._out, _CHUNK)
        finally:
            timer.cancel()
        if not chunk and late.is_set():
            raise self._too_late()
        return chunk


def _first_complaint(output: bytes) -> str:
    """What git said of its failure, on one line and without control characters."""
    lines = output.decode("utf-8", "replace").splitlines() or ["git gave no reason"]
    line = next((line for line in lines if line.startswith("fatal: ")), lines[0])
    line = line.removeprefix("fatal: ").removeprefix("error: ")
    return "".join(char if char.isprintable() else "?" for char in line)


class Git:
    """Starts git on one git directory at a time.

    `path` is the repository, for messages; `home` a folder of our own, without settings.
    """

    def __init__(self, path: str, home: str, seconds: float) -> None:
        self._path = path
        self._program = git_program()
        self._seconds = seconds
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        self._environment = {**kept, **_ENVIRONMENT, "HOME": home, "XDG_CONFIG_HOME": home}

    def start(
        self,
        git_dir: str,
        *arguments: str,
        environment: Mapping[str, str] = _NOTHING,
        piped: bool = False,
    ) -> GitProcess:
        """A command that runs; `environment` comes on top. `piped`: it reads from us."""
        return GitProcess(
            self._path,
            [self._program, *_OPTIONS, f"--git-dir={git_dir}", *arguments],
            {**self._environment, **environment},
            seconds=self._seconds,
            piped=piped,
        )

    def run(
        self, git_dir: str, *arguments: str, environment: Mapping[str, str] = _NOTHING
    ) -> Answer:
        """A command's exit code, its output, and what it complained of."""
        process = self.start(git_dir, *arguments, environment=environment)
        try:
            chunks: list[bytes] = []
            size = 0
            while chunk := process.read():
                chunks.append(chunk)
                size += len(chunk)
                if size > _OUTPUT_BYTES:
                    raise GitError(
                        f"{self._path}: git {arguments[0]} says more than {_OUTPUT_BYTES} bytes"
                    )
            code, complaint = process.finish()
            return Answer(code, b"".join(chunks), complaint)
        finally:
            process.kill()


def user_name() -> str | None:
    """The name that a person gave to git for all their work; None where there is none.

    Only their own settings are asked, never those of a repository, and nothing that these include.
    """
    home = os.path.expanduser("~")
    ours = os.environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")
    files = (os.path.join(home, ".gitconfig"), os.path.join(ours, "git", "config"))
    named = os.environ.get("GIT_CONFIG_GLOBAL")
    for file in files if named is None else (named,):
        if not os.path.isfile(file):
            continue
        try:
            git = Git(file, os.sep, _NAME_SECONDS)
            answer = git.run(os.sep, "config", "--file", file, "--get", "user.name")
        except (GitError, OSError):
            return None
        name = " ".join(answer.output.decode("utf-8", "replace").split())
        if answer.code == 0 and name and name.isprintable():
            return name
    return None


def object_folder_list(folders: Iterable[str]) -> str:
    """Folders as git reads them in GIT_ALTERNATE_OBJECT_DIRECTORIES."""
    return os.pathsep.join(map(_quoted, folders))


def _quoted(folder: str) -> str:
    """A folder as git reads it in a list of folders."""
    if os.pathsep not in folder and not folder.startswith('"'):
        return folder
    escaped = folder.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
