"""Real repositories for tests, made by git itself with an identity of their own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

_ENVIRONMENT = {
    "PATH": os.environ.get("PATH", ""),
    "HOME": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "Test",
    "GIT_AUTHOR_EMAIL": "test@example.org",
    "GIT_COMMITTER_NAME": "Test",
    "GIT_COMMITTER_EMAIL": "test@example.org",
    "LC_ALL": "C",
}


class Repo:
    """A repository with a working tree, in which every commit is a day later than the last."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._day = 0
        path.mkdir(parents=True, exist_ok=True)
        if not (path / ".git").exists():
            # Without the sample hooks, which every copy and removal would have to pay for.
            self.git("init", "-q", "--template=", "-b", "main")

    @classmethod
    def at(cls, path: Path) -> Repo:
        """The repository that is there already."""
        assert (path / ".git").exists()
        return cls(path)

    def copied(self, path: Path) -> Repo:
        """The copy of it that was made at `path`, whose next commit is as late as its own."""
        copy = Repo.at(path)
        copy._day = self._day
        return copy

    def git(self, *arguments: str, **environment: str) -> str:
        """What a git command prints."""
        done = subprocess.run(
            ["git", "-C", str(self.path), *arguments],
            env={**_ENVIRONMENT, **environment},
            capture_output=True,
            check=True,
        )
        return done.stdout.decode()

    def write(self, files: Mapping[str, bytes | str | None]) -> None:
        """Write files; None deletes."""
        for name, content in files.items():
            path = self.path / name
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, message: str, files: Mapping[str, bytes | str | None]) -> str:
        """Commit files and answer the commit's full id."""
        self.write(files)
        self.git("add", "-A")
        self._day += 1
        when = f"{1_700_000_000 + self._day * 86_400} +0000"
        self.git(
            "commit", "-q", "--no-verify", "--allow-empty", "-m", message,
            GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when,
        )  # fmt: skip
        return self.git("rev-parse", "HEAD").strip()

    def switch(self, branch: str) -> None:
        """Check out a branch; one that is not there begins at the present commit."""
        known = self.git("branch", "--list", branch, "--format=%(refname:short)").split()
        self.git("checkout", "-q", *([] if branch in known else ["-b"]), branch)

    def merge(self, branch: str, message: str) -> str:
        """Merge a branch into the present one and answer the commit's full id."""
        self._day += 1
        when = f"{1_700_000_000 + self._day * 86_400} +0000"
        self.git(
            "merge", "-q", "--no-ff", "-m", message, branch,
            GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when,
        )  # fmt: skip
        return self.git("rev-parse", "HEAD").strip()

    def clone(self, path: Path, *options: str) -> Path:
        """Clone it to `path`, as from another machine, with options such as `--depth=1`."""
        self.git("clone", "-q", *options, self.path.as_uri(), str(path))
        return path
