"""What a pre-commit hook sees: the content that is about to be committed, and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bilint.model.config import Limits
from bilint.readers.git import GitError, Repository
from handmade import program
from repositories import Repo

SOURCE = Path(__file__).parents[2] / "src"

DUMP = """
import json, os, sys
sys.path.insert(0, {source!r})
from bilint.model.config import Limits
from bilint.readers.git import Repository
from bilint.readers.tree import open_snapshot

def seen(path, environment):
    with Repository.open(path, limits=Limits(), environment=environment) as repository:
        snapshot = open_snapshot(repository, None, staged=True, limits=Limits())
        read = snapshot.read(snapshot.paths)
        return dict(
            files={{path: data.decode() for path, _, data in read}},
            changed=snapshot.changed(),
            head=repository.head(),
        )

here = seen(os.getcwd(), os.environ)
there = seen({other!r}, None)
variables = sorted(name for name in os.environ if name in ("GIT_DIR", "GIT_INDEX_FILE"))
json.dump(dict(here=here, there=there, variables=variables), open({note!r}, "w"))
"""


class Hooked:
    """A repository with a hook that notes what Bilint sees in it, and in another repository."""

    def __init__(self, folder: Path) -> None:
        self.other = Repo(folder / "other")
        self.other.commit("other", {"other.md": "other\n"})
        self.repo = Repo(folder / "pages")
        self.head = self.repo.commit("first", {"a.md": "a1\n", "b.md": "b1\n", "c.md": "c1\n"})
        self.note = folder / "note.json"
        text = DUMP.format(source=str(SOURCE), other=str(self.other.path), note=str(self.note))
        hooks = self.repo.path / ".git" / "hooks"
        hooks.mkdir(exist_ok=True)
        program(hooks / "pre-commit", text)

    def commit(self, *arguments: str, at: Path | None = None) -> dict[str, Any]:
        """Commit, and what the hook noted."""
        self.repo.git("-C", str(at or self.repo.path), "commit", "-q", "-m", "next", *arguments)
        noted: dict[str, Any] = json.loads(self.note.read_text())
        assert noted["there"]["files"] == {"other.md": "other\n"}
        assert noted["there"]["changed"] == []
        return noted


@pytest.fixture
def hooked(tmp_path: Path) -> Hooked:
    return Hooked(tmp_path)


def test_what_is_staged_and_not_what_is_on_disk(hooked: Hooked) -> None:
    hooked.repo.write({"a.md": "a2\n", "d.md": "d1\n"})
    hooked.repo.git("add", "a.md", "d.md")
    hooked.repo.write({"a.md": "a3\n", "b.md": "b3\n"})
    noted = hooked.commit()
    assert noted["here"]["files"] == {
        "a.md": "a2\n",
        "b.md": "b1\n",
        "c.md": "c1\n",
        "d.md": "d1\n",
    }
    assert noted["here"]["changed"] == ["a.md", "d.md"]
    assert noted["here"]["head"] == hooked.head


def test_commit_all(hooked: Hooked) -> None:
    hooked.repo.write({"a.md": "a2\n", "b.md": "b2\n", "c.md": None})
    noted = hooked.commit("-a")
    assert "GIT_INDEX_FILE" in noted["variables"]
    assert noted["here"]["files"] == {"a.md": "a2\n", "b.md": "b2\n"}
    assert noted["here"]["changed"] == ["a.md", "b.md"]


def test_commit_of_one_file(hooked: Hooked) -> None:
    hooked.repo.write({"a.md": "a2\n", "b.md": "b2\n"})
    hooked.repo.git("add", "b.md")
    noted = hooked.commit("a.md")
    assert "GIT_INDEX_FILE" in noted["variables"]
    assert noted["here"]["files"] == {"a.md": "a2\n", "b.md": "b1\n", "c.md": "c1\n"}
    assert noted["here"]["changed"] == ["a.md"]


@pytest.mark.parametrize("arguments", [(), ("-a",), ("a.md",)])
def test_a_linked_worktree(hooked: Hooked, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    linked = tmp_path / "linked"
    hooked.repo.git("worktree", "add", "-q", "-b", "side", str(linked))
    hooked.repo.write({"b.md": "main\n"})
    hooked.repo.git("add", "b.md")
    (linked / "a.md").write_text("a2\n")
    if not arguments:
        hooked.repo.git("-C", str(linked), "add", "a.md")
    noted = hooked.commit(*arguments, at=linked)
    assert noted["variables"] == ["GIT_DIR", "GIT_INDEX_FILE"]
    assert noted["here"]["files"] == {"a.md": "a2\n", "b.md": "b1\n", "c.md": "c1\n"}
    assert noted["here"]["changed"] == ["a.md"]


def test_the_first_commit(tmp_path: Path) -> None:
    hooked = Hooked(tmp_path)
    hooked.repo.git("checkout", "-q", "--orphan", "fresh")
    hooked.repo.git("rm", "-q", "--cached", "b.md", "c.md")
    noted = hooked.commit()
    assert noted["here"] == {"files": {"a.md": "a1\n"}, "changed": ["a.md"], "head": None}


def test_the_commit_in_progress_is_left_alone(hooked: Hooked) -> None:
    hooked.repo.write({"a.md": "a2\n"})
    hooked.commit("-a")
    assert hooked.repo.git("show", "HEAD:a.md") == "a2\n"
    assert hooked.repo.git("status", "--porcelain") == ""
    assert not list((hooked.repo.path / ".git").glob("*.lock"))


class TestPoison:
    """Variables of a hook that belong to another repository, or lie."""

    @pytest.fixture
    def repo(self, tmp_path: Path) -> Repo:
        repo = Repo(tmp_path / "pages")
        repo.commit("first", {"a.md": "A\n"})
        return repo

    @pytest.fixture
    def other(self, tmp_path: Path) -> Repo:
        other = Repo(tmp_path / "other")
        other.commit("first", {"other.md": "B\n"})
        return other

    def paths(self, repo: Repo, **environment: str) -> list[str]:
        with Repository.open(str(repo.path), limits=Limits(), environment=environment) as opened:
            return [entry.path for entry in opened.index()]

    def test_without_a_hook_the_variables_are_not_heard(
        self, repo: Repo, other: Repo, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GIT_DIR", str(other.path / ".git"))
        monkeypatch.setenv("GIT_INDEX_FILE", str(other.path / ".git" / "index"))
        with Repository.open(str(repo.path), limits=Limits()) as opened:
            assert [entry.path for entry in opened.index()] == ["a.md"]

    def test_another_repository_s_directory(self, repo: Repo, other: Repo) -> None:
        directory = str(other.path / ".git")
        assert self.paths(repo, GIT_DIR=directory, GIT_INDEX_FILE=f"{directory}/index") == ["a.md"]

    def test_relative_names_count_from_the_top(self, repo: Repo) -> None:
        (repo.path / ".git" / "index").rename(repo.path / ".git" / "index.next")
        assert self.paths(repo) == []
        assert self.paths(repo, GIT_DIR=".git", GIT_INDEX_FILE=".git/index.next") == ["a.md"]

    @pytest.mark.parametrize("place", ["../other/.git/index", "/etc/passwd", "a.md", ".git/out"])
    def test_an_index_outside_of_the_git_directory(
        self, repo: Repo, other: Repo, place: str
    ) -> None:
        (repo.path / ".git" / "out").symlink_to(other.path / ".git" / "index")
        with pytest.raises(GitError, match=r"GIT_INDEX_FILE names .* outside of the git directory"):
            self.paths(repo, GIT_INDEX_FILE=place)

    def test_a_directory_that_only_the_hook_knows(self, repo: Repo, tmp_path: Path) -> None:
        (repo.path / ".git").rename(tmp_path / "hidden.git")
        assert self.paths(repo, GIT_DIR=str(tmp_path / "hidden.git")) == ["a.md"]
        with pytest.raises(GitError, match="neither a git repository"):
            self.paths(repo)


def test_a_loop_of_readers_does_not_disturb_commits(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "pages")
    repo.commit("first", {"a.md": "A\n"})
    loop = (
        f"import sys; sys.path.insert(0, {str(SOURCE)!r})\n"
        "from bilint.model.config import Limits\n"
        "from bilint.readers.git import Repository\n"
        "while True:\n"
        f"    with Repository.open({str(repo.path)!r}, limits=Limits()) as repository:\n"
        "        repository.index()\n"
    )
    environment = {"PATH": os.environ["PATH"], "TMPDIR": str(tmp_path)}
    reader = subprocess.Popen([sys.executable, "-c", loop], env=environment)
    try:
        for number in range(25):
            repo.commit("more", {"a.md": f"{number}\n"})
        assert reader.poll() is None
    finally:
        reader.kill()
        reader.wait()
    assert repo.git("rev-list", "--count", "HEAD").strip() == "26"
