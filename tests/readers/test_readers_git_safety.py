"""No repository can make git execute, fetch or hang, or lead the reader elsewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from bilint.model.config import Limits
from bilint.readers.git import GitError, Repository
from handmade import Call, Spy, program
from repositories import Repo

LIMITS = Limits()
GIT = shutil.which("git") or "git"

STAGE_A = (
    r"rev-parse --show-object-format --is-shallow-repository --verify --end-of-options"
    r" HEAD\^\{commit\}",
    r"for-each-ref --format=%\(objectname\) %\(refname\)( refs/[a-z/-]+)+",
    r"ls-files -s -t -z",
)
STAGE_B = (
    r"cat-file --batch",
    r"log --raw -z --no-abbrev -M100% --no-ext-diff --no-textconv .* --end-of-options"
    r" [0-9a-f]{40} --",
    r"rev-list -1 --end-of-options [0-9a-f]{40} -- \S+",
    r"rev-parse --disambiguate=[0-9a-f]{7,39}",
)
ENVIRONMENT = {
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
OPTIONS = (
    "--no-pager --no-replace-objects --literal-pathspecs --no-optional-locks"
    " -c core.fsmonitor=false -c core.untrackedCache=false -c core.hooksPath=/dev/null"
    " -c protocol.allow=never -c core.commitGraph=false -c core.multiPackIndex=false"
    " -c core.useReplaceRefs=false -c gc.auto=0 -c maintenance.auto=false"
    " -c log.showSignature=false -c core.attributesFile=/dev/null"
    " -c core.excludesFile=/dev/null -c submodule.recurse=false -c diff.ignoreSubmodules=all"
    " -c core.bigFileThreshold=8m -c core.alternateRefsCommand=false -c core.quotePath=true"
    " -c safe.bareRepository=explicit"
)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "pages")


def use_everything(path: Path, *, allow_alternates: bool = False) -> None:
    """Call whatever there is to call on a repository."""
    with Repository.open(str(path), limits=LIMITS, allow_alternates=allow_alternates) as repository:
        commit = repository.resolve("main")
        files = repository.files(commit)
        list(repository.read(file.blob for file in files))
        repository.index()
        repository.find_commit("1" * 40)
        repository.find_commit(commit[:8])
        repository.versions(commit, "", message_pin="x(y)", robot_message="z")
        repository.renames(commit)
        repository.last_touched(commit, files[0].path)
        repository.changed(None, commit)


def hostile(repo: Repo, canary: Path) -> None:
    """Set everything known by which a repository makes git run a program."""
    run = program(canary.with_suffix(".sh"), f"open({str(canary)!r}, 'a').write('ran ')\n")
    repo.write({".gitattributes": "* filter=evil diff=evil merge=evil\n", "b.md": "B\n"})
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", "attributes")
    hooks = repo.path / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-index-change", "reference-transaction", "pre-auto-gc", "post-checkout"):
        shutil.copy(run, hooks / name)
    settings = {
        "core.fsmonitor": run,
        "core.hooksPath": hooks,
        "core.pager": run,
        "core.editor": run,
        "core.sshCommand": run,
        "core.askPass": run,
        "core.gitProxy": run,
        "core.alternateRefsCommand": run,
        "core.attributesFile": repo.path / ".gitattributes",
        "core.bare": "false",
        "core.worktree": "/",
        "filter.evil.clean": run,
        "filter.evil.smudge": run,
        "filter.evil.process": run,
        "filter.evil.required": "true",
        "diff.evil.textconv": run,
        "diff.evil.command": run,
        "diff.external": run,
        "merge.evil.driver": run,
        "alias.log": f"!{run}",
        "alias.ls-files": f"!{run}",
        "credential.helper": run,
        "gpg.program": run,
        "log.showSignature": "true",
        "pager.log": run,
        "uploadpack.packObjectsHook": run,
        "remote.origin.url": f"ext::{run}",
        "remote.origin.promisor": "true",
        "remote.origin.uploadpack": run,
        "extensions.partialClone": "origin",
        "protocol.ext.allow": "always",
        "trailer.x.command": run,
        "hook.evil.command": run,
        "hook.evil.event": "post-index-change",
        "gc.auto": "1",
        "maintenance.auto": "true",
    }
    with (repo.path / ".git" / "config").open("a") as file:
        for name, value in settings.items():
            section, _, key = name.rpartition(".")
            head, dot, sub = section.partition(".")
            heading = f'[{head} "{sub}"]' if dot else f"[{head}]"
            file.write(f"{heading}\n\t{key} = {value}\n")
        file.write("[core]\n\trepositoryFormatVersion = 1\n")


class TestExecution:
    def test_a_hostile_repository_runs_nothing(self, repo: Repo, tmp_path: Path) -> None:
        repo.commit("first", {"help/a.md": "A\n"})
        canary = tmp_path / "canary"
        hostile(repo, canary)
        use_everything(repo.path)
        assert not canary.exists()

    @pytest.mark.parametrize("command", [("status",), ("diff", "HEAD^"), ("fetch",)])
    def test_plain_git_would_have_run_it(
        self, repo: Repo, tmp_path: Path, command: tuple[str, ...]
    ) -> None:
        repo.commit("first", {"help/a.md": "A\n"})
        canary = tmp_path / "canary"
        hostile(repo, canary)
        subprocess.run(["git", "-C", repo.path, *command], check=False, capture_output=True)
        assert canary.exists()

    def test_alternates_do_not_run_their_command(self, repo: Repo, tmp_path: Path) -> None:
        repo.commit("first", {"help/a.md": "A\n"})
        repo.git("clone", "-q", "--shared", str(repo.path), str(tmp_path / "borrower"))
        canary = tmp_path / "canary"
        borrower = Repo(tmp_path / "borrower")
        hostile(borrower, canary)
        use_everything(borrower.path, allow_alternates=True)
        assert not canary.exists()

    def test_objects_are_not_replaced(self, repo: Repo) -> None:
        first = repo.commit("first", {"a.md": "A\n"})
        second = repo.commit("second", {"a.md": "AA\n"})
        blob = repo.git("rev-parse", f"{first}:a.md").strip()
        repo.git("replace", first, second)
        repo.git("replace", blob, f"{second}:a.md")
        (repo.path / ".git" / "info").mkdir(exist_ok=True)
        (repo.path / ".git" / "info" / "grafts").write_text(f"{second}\n")
        with Repository.open(str(repo.path), limits=LIMITS) as repository:
            assert [data for _, data in repository.read([blob])] == [b"A\n"]
            assert [file.blob for file in repository.files(first)] == [blob]
            found = repository.commit(second)
            assert found is not None
            assert found.parents == (first,)
            versions = repository.versions(second, "", message_pin="x(y)", robot_message="z")
            assert [version.commit for version in versions["a.md"]] == [second, first]


class TestCommands:
    @pytest.fixture
    def calls(self, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Call]:
        repo.commit("first", {"help/a.md": "A\n"})
        repo.commit("second", {"help/a.md": "AA\n"})
        spy = Spy(tmp_path / "bin", GIT)
        monkeypatch.setenv("PATH", f"{spy.folder}{os.pathsep}{os.environ['PATH']}")
        for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY"):
            monkeypatch.setenv(name, "/poison")
        monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'core.pager=evil'")
        monkeypatch.setenv("LD_PRELOAD", "")
        use_everything(repo.path)
        return spy.calls()

    def test_only_those_of_the_two_stages(self, repo: Repo, calls: list[Call]) -> None:
        assert len(calls) == 8
        for call in calls:
            line = " ".join(call.arguments)
            head, _, rest = line.partition(" --git-dir=")
            folder, _, command = rest.partition(" ")
            assert head == OPTIONS
            allowed = STAGE_A if folder == str(repo.path / ".git") else STAGE_B
            assert any(re.fullmatch(one, command) for one in allowed), command

    def test_only_the_environment_made_from_scratch(self, calls: list[Call]) -> None:
        shell = {"PWD", "_", "SHLVL", "OLDPWD"}
        for call in calls:
            env = {name: text for name, text in call.environment.items() if name not in shell}
            borrowed = env.pop("GIT_ALTERNATE_OBJECT_DIRECTORIES", None)
            home = env.pop("HOME")
            assert env.pop("XDG_CONFIG_HOME") == home
            assert env.pop("PATH")
            assert env == ENVIRONMENT
            assert call.environment["PWD"] == "/"
            folder = next(one for one in call.arguments if one.startswith("--git-dir="))
            assert (borrowed is not None) == folder.startswith(f"--git-dir={home}/")

    def test_few_processes_for_a_hook(
        self, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        repo.commit("first", {"help/a.md": "A\n"})
        spy = Spy(tmp_path / "bin", GIT)
        monkeypatch.setenv("PATH", f"{spy.folder}{os.pathsep}{os.environ['PATH']}")
        with Repository.open(str(repo.path), limits=LIMITS) as repository:
            entries = repository.index()
            repository.files(str(repository.head()))
            list(repository.read(entry.blob for entry in entries))
        assert len(spy.calls()) == 3


class TestHanging:
    LIMITS = Limits(git_seconds=0.5)

    def test_settings_out_of_a_pipe(self, repo: Repo) -> None:
        repo.commit("first", {"a.md": "A\n"})
        os.mkfifo(repo.path / "pipe")
        with (repo.path / ".git" / "config").open("a") as file:
            file.write(f"[include]\n\tpath = {repo.path / 'pipe'}\n")
        with pytest.raises(GitError, match=r"pages: git did not answer within 0\.5 seconds"):
            Repository.open(str(repo.path), limits=self.LIMITS)

    @pytest.mark.parametrize("name", [".git", "commondir", "shallow", "objects/info/alternates"])
    def test_a_pipe_in_place_of_a_file_of_git(self, repo: Repo, name: str, tmp_path: Path) -> None:
        repo.commit("first", {"a.md": "A\n"})
        place = repo.path / ".git" / name
        if name == ".git":
            place = tmp_path / ".git"
        place.parent.mkdir(exist_ok=True)
        os.mkfifo(place)
        with pytest.raises(GitError):
            Repository.open(str(place.parents[name.count("/")]), limits=self.LIMITS)

    def test_an_object_out_of_a_pipe(self, repo: Repo) -> None:
        commit = repo.commit("first", {"a.md": "A\n"})
        folder = repo.path / ".git" / "objects" / "11"
        folder.mkdir(exist_ok=True)
        os.mkfifo(folder / ("1" * 38))
        with Repository.open(str(repo.path), limits=self.LIMITS) as repository:
            (file,) = repository.files(commit)
            with pytest.raises(GitError, match=r"pages: git did not answer within 0\.5 seconds"):
                list(repository.read([file.blob, "1" * 40]))
            with pytest.raises(GitError, match=r"pages: git did not answer within 0\.5 seconds"):
                list(repository.read([file.blob]))

    def test_what_git_started_ends_with_it(
        self, repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        repo.commit("first", {"a.md": "A\n"})
        (tmp_path / "bin").mkdir()
        note = tmp_path / "child"
        program(
            tmp_path / "bin" / "git",
            "import subprocess\n"
            "child = subprocess.Popen(['sleep', '600'])\n"
            f"open({str(note)!r}, 'w').write(str(child.pid))\n"
            "child.wait()\n",
        )
        monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
        with pytest.raises(GitError, match="pages: git did not answer within 2 seconds"):
            Repository.open(str(repo.path), limits=Limits(git_seconds=2))
        child = int(note.read_text())
        assert _ends(child)

    def test_a_platform_without_poll(
        self, repo: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.delattr("select.poll")
        repo.commit("first", {"help/a.md": "A\n" * 50_000})
        use_everything(repo.path)
        (tmp_path / "bin").mkdir()
        program(tmp_path / "bin" / "git", "import time\ntime.sleep(600)\n")
        monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
        with pytest.raises(GitError, match=r"pages: git did not answer within 0\.5 seconds"):
            Repository.open(str(repo.path), limits=self.LIMITS)


def _ends(process: int) -> bool:
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{process}/stat")
        if state.exists() and state.read_text().split()[2] == "Z":
            return True
        time.sleep(0.05)
    return False


class TestTrust:
    def test_what_another_user_owns(self, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
        repo.commit("first", {"a.md": "A\n"})
        mine = os.geteuid()
        monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
        with pytest.raises(GitError, match=rf"another user \(number {mine}\).*--trust-owner"):
            Repository.open(str(repo.path), limits=LIMITS)
        with Repository.open(str(repo.path), limits=LIMITS, trust_owner=True) as repository:
            assert repository.head()

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
    @pytest.mark.parametrize("place", [".", ".git", ".git/objects"])
    def test_a_part_that_another_user_owns(self, repo: Repo, place: str) -> None:
        repo.commit("first", {"a.md": "A\n"})
        os.chown(repo.path / place, 12345, -1)
        with pytest.raises(GitError, match=r"another user \(number 12345\)"):
            Repository.open(str(repo.path), limits=LIMITS)

    def test_borrowed_objects(self, repo: Repo, tmp_path: Path) -> None:
        commit = repo.commit("first", {"a.md": "A\n"})
        repo.git("clone", "-q", "--shared", str(repo.path), str(tmp_path / "borrower"))
        path = str(tmp_path / "borrower")
        with pytest.raises(GitError, match=r"borrows objects from .*--allow-alternates"):
            Repository.open(path, limits=LIMITS)
        with Repository.open(path, limits=LIMITS, allow_alternates=True) as repository:
            assert [file.path for file in repository.files(commit)] == ["a.md"]

    def test_alternates_of_alternates(self, repo: Repo, tmp_path: Path) -> None:
        commit = repo.commit("first", {"a.md": "A\n"})
        repo.git("clone", "-q", "--shared", str(repo.path), str(tmp_path / "second"))
        Repo(tmp_path / "second").git(
            "clone", "-q", "--shared", str(tmp_path / "second"), str(tmp_path / "third")
        )
        alternates = tmp_path / "third" / ".git" / "objects" / "info" / "alternates"
        direct = tmp_path / "second" / ".git" / "objects"
        alternates.write_text(f"# borrowed\n{direct}\n")
        path = str(tmp_path / "third")
        with pytest.raises(GitError, match="borrows objects in its turn"):
            Repository.open(path, limits=LIMITS, allow_alternates=True)
        alternates.write_text(f"{direct}\n{repo.path / '.git' / 'objects'}\n")
        with Repository.open(path, limits=LIMITS, allow_alternates=True) as repository:
            assert repository.files(commit)

    def test_objects_behind_a_symbolic_link_are_borrowed(self, repo: Repo, tmp_path: Path) -> None:
        commit = repo.commit("first", {"a.md": "A\n"})
        objects = repo.path / ".git" / "objects"
        objects.rename(tmp_path / "elsewhere:1")
        objects.symlink_to(tmp_path / "elsewhere:1")
        with pytest.raises(GitError, match="--allow-alternates"):
            Repository.open(str(repo.path), limits=LIMITS)
        with Repository.open(str(repo.path), limits=LIMITS, allow_alternates=True) as repository:
            assert repository.files(commit)

    @pytest.mark.parametrize("name", ["co:lon", 'quo"te', "back\\slash", "new\nline", "b lank"])
    def test_folders_with_odd_names(self, tmp_path: Path, name: str) -> None:
        repo = Repo(tmp_path / name)
        commit = repo.commit("first", {"a.md": "A\n"})
        with Repository.open(str(repo.path), limits=LIMITS) as repository:
            assert [file.path for file in repository.files(commit)] == ["a.md"]

    def test_a_damaged_list_of_boundaries(self, repo: Repo, tmp_path: Path) -> None:
        repo.commit("first", {"a.md": "A\n"})
        repo.commit("second", {"a.md": "AA\n"})
        clone = tmp_path / "shallow"
        repo.git("clone", "-q", "--depth", "1", f"file://{repo.path}", str(clone))
        boundary = (clone / ".git" / "shallow").read_text()
        (clone / ".git" / "shallow").write_text(boundary + boundary.upper())
        with pytest.raises(GitError, match="`shallow` of the repository is damaged"):
            Repository.open(str(clone), limits=LIMITS)
