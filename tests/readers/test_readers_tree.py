"""Snapshots: of a commit, of the index, of the working tree, with and without an overlay."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bilint.model.config import Limits
from bilint.model.text import Problem
from bilint.readers.git import GitError, Repository
from bilint.readers.tree import Snapshot, open_snapshot
from handmade import commit_of, loose, tree
from repositories import Repo

LIMITS = Limits()


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "pages")
    repo.commit("first", {"help/a.md": "a1\n", "help/b/c.md": "c1\n", "README.md": "read\n"})
    return repo


@pytest.fixture
def repository(repo: Repo) -> Iterator[Repository]:
    with Repository.open(str(repo.path), limits=LIMITS) as repository:
        yield repository


def read(snapshot: Snapshot, *paths: str) -> dict[str, bytes | str]:
    """Contents by path, or the code of the problem; the ids must be those of the contents."""
    found: dict[str, bytes | str] = {}
    for path, blob, data in snapshot.read(paths or snapshot.paths):
        if isinstance(data, Problem):
            found[path] = data.code
        else:
            found[path] = data
            assert snapshot.blob(path) == blob
    return found


class TestCommit:
    def test_a_revision(self, repo: Repo, repository: Repository) -> None:
        first = repository.head()
        repo.commit("second", {"help/a.md": "a2\n"})
        snapshot = open_snapshot(repository, first, "help", limits=LIMITS)
        assert snapshot.revision == first
        assert snapshot.root == "help"
        assert snapshot.paths == ("help/a.md", "help/b/c.md")
        assert snapshot.problems == ()
        assert read(snapshot) == {"help/a.md": b"a1\n", "help/b/c.md": b"c1\n"}
        assert open_snapshot(repository, "main", limits=LIMITS).blob("help/a.md") is not None

    def test_existence_is_that_of_the_whole_repository(self, repository: Repository) -> None:
        snapshot = open_snapshot(repository, "HEAD", "help", limits=LIMITS)
        assert snapshot.exists("README.md")
        assert not snapshot.exists("help")
        assert not snapshot.exists("help/x.md")
        assert not snapshot.exists("../pages/README.md")
        assert snapshot.blob("help") is None
        assert read(snapshot, "help/x.md", "README.md") == {
            "help/x.md": "absent",
            "README.md": b"read\n",
        }

    def test_links_and_unsafe_names_are_no_pages(self, repo: Repo, repository: Repository) -> None:
        link, page = loose(repo, "blob", b"/etc/passwd"), loose(repo, "blob", b"page\n")
        inner = tree(repo, ("120000", b"link.md", link), ("120000", b"logo.png", link))
        top = tree(
            repo, ("40000", b"help", inner), ("100644", b"..", page), ("100644", b".git.md", page)
        )
        commit = commit_of(repo, top)
        snapshot = open_snapshot(repository, commit, limits=LIMITS)
        assert snapshot.paths == (".git.md",)
        assert [(path, problem.code) for path, problem in snapshot.problems] == [
            ("help/link.md", "symlink")
        ]
        assert snapshot.exists("help/link.md")
        assert snapshot.blob("help/link.md") is None
        assert read(snapshot, "help/link.md") == {"help/link.md": "symlink"}

    def test_too_large_and_missing(self, repo: Repo) -> None:
        big = loose(repo, "blob", b"x" * 101)
        commit = commit_of(
            repo, tree(repo, ("100644", b"big.md", big), ("100644", b"gone.md", "1" * 40))
        )
        limits = Limits(page=100)
        with Repository.open(str(repo.path), limits=limits) as repository:
            snapshot = open_snapshot(repository, commit, limits=limits)
            problems = {path: data for path, _, data in snapshot.read(snapshot.paths)}
        assert problems == {
            "big.md": Problem("too-large", "the page has 101 bytes, more than 100; it is not read"),
            "gone.md": Problem(
                "missing-object", "the content is not in this clone, and nothing is fetched"
            ),
        }

    def test_head_of_a_bare_repository(self, repo: Repo, tmp_path: Path) -> None:
        repo.git("clone", "-q", "--bare", str(repo.path), str(tmp_path / "bare.git"))
        with Repository.open(str(tmp_path / "bare.git"), limits=LIMITS) as repository:
            snapshot = open_snapshot(repository, None, limits=LIMITS)
            assert snapshot.revision == repository.head()
            assert read(snapshot, "help/a.md") == {"help/a.md": b"a1\n"}

    def test_a_bare_repository_without_commits(self, tmp_path: Path) -> None:
        repo = Repo(tmp_path / "pages")
        repo.git("init", "-q", "--bare", str(tmp_path / "bare.git"))
        with (
            Repository.open(str(tmp_path / "bare.git"), limits=LIMITS) as repository,
            pytest.raises(GitError, match="HEAD leads to no commit"),
        ):
            open_snapshot(repository, None, limits=LIMITS)

    def test_changed(self, repo: Repo, repository: Repository) -> None:
        first = str(repository.head())
        repo.commit("second", {"help/a.md": "a2\n", "help/n.md": "n\n", "README.md": "more\n"})
        snapshot = open_snapshot(repository, "main", "help", limits=LIMITS)
        assert snapshot.changed(first) == ("help/a.md", "help/n.md")
        assert snapshot.changed_against(None) == ("help/a.md", "help/b/c.md", "help/n.md")
        with pytest.raises(GitError, match="no branch, tag or commit"):
            snapshot.changed("nothing")

    def test_a_root_that_leads_out(self, repository: Repository) -> None:
        with pytest.raises(GitError, match="leads out of the repository"):
            open_snapshot(repository, None, "help/../..", limits=LIMITS)

    def test_a_root_is_cleaned(self, repository: Repository) -> None:
        snapshot = open_snapshot(repository, "HEAD", "./help//b/", limits=LIMITS)
        assert snapshot.root == "help/b"
        assert snapshot.paths == ("help/b/c.md",)

    def test_a_root_that_is_not_there(self, repository: Repository) -> None:
        assert open_snapshot(repository, "HEAD", "nowhere", limits=LIMITS).paths == ()


class TestIndex:
    def test_staged_content(self, repo: Repo, repository: Repository) -> None:
        repo.write({"help/a.md": "a2\n", "help/new.md": "new\n", "help/b/c.md": None})
        repo.git("add", "-A")
        repo.write({"help/a.md": "a3\n", "help/untracked.md": "u\n"})
        snapshot = open_snapshot(repository, None, "help", staged=True, limits=LIMITS)
        assert snapshot.revision is None
        assert read(snapshot) == {"help/a.md": b"a2\n", "help/new.md": b"new\n"}
        assert snapshot.changed() == ("help/a.md", "help/new.md")
        assert snapshot.exists("README.md")
        assert not snapshot.exists("help/untracked.md")
        assert read(snapshot, "help/untracked.md") == {"help/untracked.md": "absent"}

    def test_nothing_staged(self, repository: Repository) -> None:
        assert open_snapshot(repository, None, staged=True, limits=LIMITS).changed() == ()

    def test_a_change_of_mode_is_no_change(self, repo: Repo, repository: Repository) -> None:
        repo.git("update-index", "--chmod=+x", "help/a.md")
        assert open_snapshot(repository, None, staged=True, limits=LIMITS).changed() == ()

    def test_a_link_turned_into_a_page(self, repo: Repo) -> None:
        (repo.path / "help" / "link.md").symlink_to("a.md")
        repo.commit("link", {})
        (repo.path / "help" / "link.md").unlink()
        repo.write({"help/link.md": "a.md"})
        repo.git("add", "-A")
        with Repository.open(str(repo.path), limits=LIMITS) as repository:
            snapshot = open_snapshot(repository, None, staged=True, limits=LIMITS)
            assert snapshot.changed() == ("help/link.md",)

    def test_a_conflict(self, repo: Repo) -> None:
        repo.git("checkout", "-q", "-b", "side")
        repo.commit("side", {"help/a.md": "side\n"})
        repo.git("checkout", "-q", "main")
        repo.commit("main", {"help/a.md": "main\n"})
        with pytest.raises(Exception, match="merge"):
            repo.git("merge", "-q", "side")
        with Repository.open(str(repo.path), limits=LIMITS) as repository:
            for staged in (True, False):
                snapshot = open_snapshot(repository, None, staged=staged, limits=LIMITS)
                assert "help/a.md" not in snapshot.paths
                assert [(path, one.code) for path, one in snapshot.problems] == [
                    ("help/a.md", "conflict")
                ]
                assert snapshot.exists("help/a.md")
                assert read(snapshot, "help/a.md") == {"help/a.md": "conflict"}

    def test_links(self, repo: Repo) -> None:
        (repo.path / "help" / "link.md").symlink_to("a.md")
        repo.git("add", "-A")
        with Repository.open(str(repo.path), limits=LIMITS) as repository:
            snapshot = open_snapshot(repository, None, staged=True, limits=LIMITS)
            assert "help/link.md" not in snapshot.paths
            assert [(path, one.code) for path, one in snapshot.problems] == [
                ("help/link.md", "symlink")
            ]
            assert read(snapshot, "help/link.md") == {"help/link.md": "symlink"}


class TestWorkingTree:
    def test_tracked_files_as_they_are_on_disk(self, repo: Repo, repository: Repository) -> None:
        repo.write({"help/a.md": "a2\r\n", "help/new.md": "new\n", "help/b/c.md": None})
        snapshot = open_snapshot(repository, None, "help", limits=LIMITS)
        assert snapshot.revision is None
        assert read(snapshot) == {"help/a.md": b"a2\r\n"}
        assert snapshot.problems == ()
        assert snapshot.exists("help/b/c.md")
        assert not snapshot.exists("help/new.md")
        assert read(snapshot, "help/b/c.md", "help/a.md") == {
            "help/b/c.md": "vanished",
            "help/a.md": b"a2\r\n",
        }
        assert snapshot.changed() == ("help/a.md",)

    def test_an_untracked_file_only_when_named(self, repo: Repo, repository: Repository) -> None:
        repo.write({"help/new.md": "new\n"})
        snapshot = open_snapshot(repository, None, limits=LIMITS)
        assert "help/new.md" not in snapshot.paths
        assert read(snapshot, "help/new.md") == {"help/new.md": b"new\n"}
        assert snapshot.blob("help/new.md") == repository.blob_id(b"new\n")
        assert snapshot.blob("help/none.md") is None

    def test_a_clean_checkout_has_the_committed_ids(self, repository: Repository) -> None:
        disk = open_snapshot(repository, None, limits=LIMITS)
        head = open_snapshot(repository, "HEAD", limits=LIMITS)
        assert disk.paths == head.paths
        assert [disk.blob(path) for path in disk.paths] == [head.blob(path) for path in head.paths]
        assert disk.changed() == ()

    def test_sparse_entries_come_from_their_objects(self, repo: Repo) -> None:
        repo.git("sparse-checkout", "set", "--no-cone", "/README.md")
        assert not (repo.path / "help").exists()
        with Repository.open(str(repo.path), limits=LIMITS) as repository:
            assert {entry.path for entry in repository.index() if entry.sparse} == {
                "help/a.md",
                "help/b/c.md",
            }
            snapshot = open_snapshot(repository, None, limits=LIMITS)
            assert read(snapshot) == {
                "README.md": b"read\n",
                "help/a.md": b"a1\n",
                "help/b/c.md": b"c1\n",
            }
            assert read(snapshot, "help/b/c.md", "README.md", "help/a.md") == read(snapshot)
            assert snapshot.changed() == ()

    @pytest.mark.parametrize("what", ["file", "folder"])
    def test_symbolic_links_are_never_followed(
        self, repo: Repo, repository: Repository, tmp_path: Path, what: str
    ) -> None:
        (tmp_path / "secret" / "b").mkdir(parents=True)
        (tmp_path / "secret" / "a.md").write_text("secret\n")
        (tmp_path / "secret" / "b" / "c.md").write_text("secret\n")
        if what == "file":
            (repo.path / "help" / "a.md").unlink()
            (repo.path / "help" / "a.md").symlink_to(tmp_path / "secret" / "a.md")
        else:
            (repo.path / "help").rename(tmp_path / "old")
            (repo.path / "help").symlink_to(tmp_path / "secret")
        snapshot = open_snapshot(repository, None, "help", limits=LIMITS)
        links = ["help/a.md"] if what == "file" else ["help/a.md", "help/b/c.md"]
        assert [(path, one.code) for path, one in snapshot.problems] == [
            (path, "symlink") for path in links
        ]
        assert not set(links) & set(snapshot.paths)
        for path in links:
            assert read(snapshot, path) == {path: "symlink"}
            assert snapshot.blob(path) is None

    def test_names_that_lead_elsewhere(self, repo: Repo, repository: Repository) -> None:
        outside = repo.path.parent / "outside.md"
        outside.write_text("outside\n")
        snapshot = open_snapshot(repository, None, limits=LIMITS)
        for path in ("../outside.md", str(outside), ".git/config", "help/../README.md", ""):
            assert read(snapshot, path) == {path: "unsafe-path"}

    def test_no_regular_file(self, repo: Repo, repository: Repository) -> None:
        (repo.path / "help" / "a.md").unlink()
        os.mkfifo(repo.path / "help" / "a.md")
        (repo.path / "help" / "b" / "c.md").unlink()
        (repo.path / "help" / "b" / "c.md").mkdir()
        snapshot = open_snapshot(repository, None, "help", limits=LIMITS)
        assert snapshot.paths == ()
        assert [(path, one.code) for path, one in snapshot.problems] == [
            ("help/a.md", "not-a-file"),
            ("help/b/c.md", "not-a-file"),
        ]
        assert read(snapshot, "help/a.md", "help/b/c.md") == {
            "help/a.md": "not-a-file",
            "help/b/c.md": "not-a-file",
        }

    def test_too_large(self, repo: Repo) -> None:
        repo.write({"help/a.md": "x" * 101})
        limits = Limits(page=100)
        with Repository.open(str(repo.path), limits=limits) as repository:
            snapshot = open_snapshot(repository, None, limits=limits)
            assert read(snapshot, "help/a.md", "README.md") == {
                "help/a.md": "too-large",
                "README.md": b"read\n",
            }

    @pytest.mark.skipif(os.geteuid() == 0, reason="root can read everything")
    def test_unreadable(self, repo: Repo, repository: Repository) -> None:
        (repo.path / "README.md").chmod(0)
        assert read(open_snapshot(repository, None, limits=LIMITS), "README.md") == {
            "README.md": "unreadable"
        }

    def test_a_system_without_opening_in_folders(
        self, repo: Repo, repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("bilint.readers.work_files._HAS_DIR_FD", False)
        (tmp_path / "secret").mkdir()
        (tmp_path / "secret" / "c.md").write_text("secret\n")
        (repo.path / "help" / "b").rename(tmp_path / "old")
        (repo.path / "help" / "b").symlink_to(tmp_path / "secret")
        snapshot = open_snapshot(repository, None, limits=LIMITS)
        assert read(snapshot) == {"README.md": b"read\n", "help/a.md": b"a1\n"}
        assert read(snapshot, "help/b/c.md", "help/x.md") == {
            "help/b/c.md": "symlink",
            "help/x.md": "vanished",
        }

    def test_open_files_do_not_pile_up(self, repo: Repo, repository: Repository) -> None:
        snapshot = open_snapshot(repository, None, limits=LIMITS)
        before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
        for _ in range(50):
            read(snapshot)
            read(snapshot, "help/none/deep/er.md")
        after = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
        assert after <= before + 3


class TestOverlay:
    @pytest.mark.parametrize("kind", ["commit", "index", "disk"])
    def test_lies_over_all(self, repository: Repository, kind: str) -> None:
        snapshot = open_snapshot(
            repository,
            "HEAD" if kind == "commit" else None,
            "help",
            staged=kind == "index",
            overlay={"help/a.md": b"over\n", "help/z.md": b"z\n", "other.md": b"o\n"},
            limits=LIMITS,
        )
        assert snapshot.paths == ("help/a.md", "help/b/c.md", "help/z.md")
        assert read(snapshot) == {
            "help/a.md": b"over\n",
            "help/b/c.md": b"c1\n",
            "help/z.md": b"z\n",
        }
        assert read(snapshot, "other.md", "help/b/c.md") == {
            "other.md": b"o\n",
            "help/b/c.md": b"c1\n",
        }
        assert snapshot.exists("other.md")
        assert snapshot.blob("help/a.md") == repository.blob_id(b"over\n")
        assert snapshot.changed() == ("help/a.md", "help/z.md")

    def test_equal_to_what_lies_below(self, repository: Repository) -> None:
        snapshot = open_snapshot(repository, None, overlay={"help/a.md": b"a1\n"}, limits=LIMITS)
        assert snapshot.changed() == ()

    def test_too_large(self, repo: Repo) -> None:
        limits = Limits(page=3)
        with Repository.open(str(repo.path), limits=limits) as repository:
            snapshot = open_snapshot(
                repository, "HEAD", overlay={"help/a.md": b"1234"}, limits=limits
            )
            assert read(snapshot, "help/a.md") == {"help/a.md": "too-large"}

    def test_in_place_of_a_link_or_a_file_that_is_gone(
        self, repo: Repo, repository: Repository
    ) -> None:
        (repo.path / "help" / "a.md").unlink()
        snapshot = open_snapshot(
            repository, None, "help", overlay={"help/a.md": b"over\n"}, limits=LIMITS
        )
        assert snapshot.paths == ("help/a.md", "help/b/c.md")
        assert snapshot.problems == ()


def test_a_folder_inside_of_a_checkout(repo: Repo) -> None:
    with Repository.open(str(repo.path / "help" / "b"), limits=LIMITS) as repository:
        snapshot = open_snapshot(repository, None, repository.prefix, limits=LIMITS)
        assert snapshot.paths == ("help/b/c.md",)
        assert snapshot.exists("README.md")
