"""`bilint check --staged` as git and pre-commit start it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from command_line import SOURCE, Said, bilint, environment, program, run_program, script
from lamps import DOOR_IT, LAMP_EN_NOW, LAMP_IT_NOW, Lamps, lamps
from repositories import Repo

ROOT = Path(__file__).parents[2]
BAD = "Apri [!DNL Bottega Lantern] e scegli una lampada per il salone."
GOOD = "Apri [!DNL Lantern Store] e scegli una lampada per il salone."

HOOK = """\
#!/bin/sh
export PYTHONPATH={source}
{python} -m bilint check --staged {options} > {log} 2>&1
code=$?
echo $code >> {log}
exit $code
"""


class Hooked(NamedTuple):
    """A target repository with a settings file and Bilint as its pre-commit hook."""

    lamps: Lamps
    repo: Repo
    log: Path

    def commit(self, *arguments: str, at: Path | None = None) -> Said:
        """Try to commit; what the hook said, and its exit code."""
        self.log.unlink(missing_ok=True)
        subprocess.run(
            ["git", "commit", "-q", "-m", "try", *arguments],
            cwd=at or self.repo.path,
            env={
                **environment(),
                "GIT_CONFIG_GLOBAL": os.devnull,
                "GIT_AUTHOR_NAME": "Test",
                "GIT_AUTHOR_EMAIL": "test@example.org",
                "GIT_COMMITTER_NAME": "Test",
                "GIT_COMMITTER_EMAIL": "test@example.org",
            },
            capture_output=True,
            check=False,
        )
        *lines, code = self.log.read_text().splitlines()
        return Said(int(code), "\n".join(lines), "")


def hooked(folder: Path, options: str = "", settings: bool = True) -> Hooked:
    given = lamps(folder)
    repo, log = given.italian, folder / "log"
    if settings:
        repo.commit(
            "Settings",
            {
                "bilint.toml": 'root = "help"\n[source]\nrepository = "../lamps.en"\n'
                '[target.it-IT]\nrepository = "."\n'
            },
        )
    hook = repo.path / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    python = program()[0]
    hook.write_text(HOOK.format(source=SOURCE, python=python, options=options, log=log))
    hook.chmod(0o755)
    return Hooked(given, repo, log)


@pytest.fixture
def given(tmp_path: Path) -> Hooked:
    return hooked(tmp_path)


def lamp(given: Hooked, text: str = GOOD) -> str:
    return LAMP_IT_NOW.format(pin=given.lamps.pins[0]).replace(GOOD, text)


def test_what_is_staged_is_read_and_not_the_working_tree(given: Hooked) -> None:
    given.repo.write({"help/lamp.md": lamp(given, BAD)})
    given.repo.git("add", "help/lamp.md")
    given.repo.write({"help/lamp.md": lamp(given)})
    said = given.commit()
    assert said.code == 1
    assert "help/lamp.md:10:6: error[medium] dnl-altered" in said.out
    given.repo.git("add", "help/lamp.md")
    given.repo.write({"help/lamp.md": lamp(given, BAD)})
    said = given.commit()
    assert said.code == 0
    assert "nothing found on 1 page" in said.out


def test_commit_all_and_commit_of_a_file(given: Hooked) -> None:
    given.repo.write({"help/lamp.md": lamp(given, BAD + " Oggi.")})
    assert given.commit("-a").code == 1
    door = DOOR_IT.format(pin=given.lamps.pins[0]).rstrip() + " Oggi è chiusa.\n"
    given.repo.write({"help/door.md": door})
    said = given.commit("help/door.md")
    assert said.code == 0
    assert "nothing found on 1 page" in said.out
    assert given.repo.git("show", "HEAD:help/door.md") == door


def test_in_a_linked_worktree(given: Hooked, tmp_path: Path) -> None:
    linked = tmp_path / "linked"
    given.repo.git("worktree", "add", "-q", str(linked), "-b", "side")
    (linked / "help" / "lamp.md").write_text(lamp(given, BAD))
    said = given.commit("-a", at=linked)
    assert said.code == 1
    assert "help/lamp.md:10:6: error[medium] dnl-altered" in said.out
    (linked / "help" / "lamp.md").write_text(lamp(given))
    assert given.commit("-a", at=linked).code == 0


def test_only_staged_pages_are_looked_at(given: Hooked) -> None:
    given.repo.write({"help/door.md": DOOR_IT.format(pin=given.lamps.pins[0]) + "\n"})
    said = given.commit("-a")
    assert said.code == 0, "the error of help/lamp.md is nobody's business now"
    assert "nothing found on 1 page" in said.out
    assert "id-duplicate and pin-unknown: it-IT: needs all pages of the locale" in said.out


def test_with_nothing_staged_the_whole_tree(given: Hooked) -> None:
    said = given.commit("--allow-empty")
    assert said.code == 1
    assert "1 error on 1 of 3 pages" in said.out


def test_with_another_file_staged_there_is_nothing_to_do(given: Hooked) -> None:
    given.repo.write({"README.md": "# Lampade\n", "help/plan.svg": "<svg/>"})
    given.repo.git("add", "-A")
    assert given.commit() == (0, "nothing found on 0 pages; 0 words to do", "")


def test_deleted_and_renamed_pages(given: Hooked) -> None:
    given.repo.git("rm", "-q", "help/door.md")
    assert given.commit() == (0, "nothing found on 0 pages; 0 words to do", "")
    given.repo.git("mv", "help/lamp.md", "help/lampada.md")
    said = given.commit()
    assert said.code == 0, "found by its id, and what is wrong in it was so before it moved"
    assert "help/lampada.md:10:6: error[medium] (before this change) dnl-altered" in said.out


def test_a_page_that_moved_and_was_edited(given: Hooked) -> None:
    given.repo.git("mv", "help/lamp.md", "help/lampada.md")
    page = given.repo.path / "help" / "lampada.md"
    text = page.read_text()
    page.write_text(text.replace("si accende al mattino", "si accende al [!DNL mattino]"))
    given.repo.git("add", "-A")
    said = given.commit()
    assert said.code == 1
    assert "help/lampada.md:10:6: error[medium] (before this change) dnl-altered" in said.out
    assert "1 more stood there before" in said.out


def test_a_new_page_is_none_that_moved(given: Hooked) -> None:
    page = given.repo.path / "help" / "lamp.md"
    given.repo.write({"help/cellar.md": page.read_text()})
    given.repo.git("add", "help/cellar.md")
    said = given.commit()
    assert said.code == 1, "a copy: nothing is gone from anywhere"
    given.repo.git("rm", "-q", "-f", "help/door.md", "help/cellar.md")
    given.repo.write({"help/roof.md": "# Il tetto\n\nPremi [!DNL Lampada] {0 4} e scegli.\n"})
    given.repo.git("add", "help/roof.md")
    assert "before this change" not in given.commit().out


def test_a_symbolic_link_is_no_page(given: Hooked) -> None:
    (given.repo.path / "help" / "also.md").symlink_to("lamp.md")
    given.repo.git("add", "help/also.md")
    said = given.commit()
    assert said.code == 0
    assert "skipped   help/also.md: a symbolic link, or behind one" in said.out


def test_an_id_that_contradicts_the_path(given: Hooked) -> None:
    door = DOOR_IT.format(pin=given.lamps.pins[0])
    id_of_the_lamp = "11111111-1111-4111-8111-111111111111"
    page = door.replace("22222222-2222-4222-8222-222222222222", id_of_the_lamp)
    given.repo.git("rm", "-q", "help/lamp.md")
    given.repo.write({"help/door.md": page})
    given.repo.git("add", "-A")
    said = given.commit()
    assert said.code == 1
    assert "dnl-altered: `[!DNL Lantern Store]` is missing" in said.out, "compared with the lamp"


def test_without_the_source(given: Hooked) -> None:
    given.lamps.source.path.rename(given.lamps.folder / "elsewhere")
    broken = lamp(given, "Apri [!DNL Lantern Store e scegli una lampada per il salone.")
    given.repo.write({"help/lamp.md": broken})
    said = given.commit("-a")
    assert said.code == 1
    assert "token-broken" in said.out
    assert "no source text to compare the page with" in said.out
    assert "skipped   ../lamps.en: there is no such folder" in said.out


def test_without_any_settings(tmp_path: Path) -> None:
    given = hooked(tmp_path, settings=False)
    (tmp_path / "bilint.toml").unlink()
    given.repo.write({"help/lamp.md": lamp(given, BAD + " Oggi.")})
    said = given.commit("-a")
    assert said.code == 1
    assert "help/lamp.md:10:6: error[medium] dnl-altered" in said.out


def test_without_settings_in_a_folder(tmp_path: Path) -> None:
    given = hooked(tmp_path, settings=False)
    (tmp_path / "bilint.toml").unlink()
    given.repo.write({"help/lamp.md": lamp(given, BAD)})
    given.repo.git("add", "-A")
    said = bilint("check", "--staged", cwd=given.repo.path / "help")
    assert said.code == 1


def test_in_a_repository_that_is_none_of_those(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    other = Repo(tmp_path / "other")
    said = bilint("check", "--staged", cwd=other.path)
    assert said.code == 2
    assert said.err.endswith(
        "/other is neither the source nor the target of a locale: nothing of either can have"
        " changed in it\n"
    )
    plain = Repo(given.folder.parent / f"{tmp_path.name}-plain")
    said = bilint("check", "--staged", cwd=plain.path)
    assert said.code == 2
    assert said.err.startswith("bilint: nothing to look at: ")


def test_the_first_commit_of_all(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    fresh = Repo(tmp_path / "fresh")
    fresh.write({"help/lamp.md": LAMP_IT_NOW.format(pin=given.pins[0]).replace(GOOD, BAD)})
    fresh.git("add", "-A")
    said = bilint(
        "check", "--staged", "--source", given.source.path, "--target", "it=.", "--root", "help",
        cwd=fresh.path,
    )  # fmt: skip
    assert said.code == 1
    assert "1 error on 1 of 1 page" in said.out


def test_between_two_revisions(given: Hooked) -> None:
    repo = given.repo
    repo.commit("bad", {"help/lamp.md": lamp(given, BAD + " Oggi.")})
    door = DOOR_IT.format(pin=given.lamps.pins[0]).rstrip() + " Oggi.\n"
    repo.commit("more", {"help/door.md": door})
    repo.write({"help/lamp.md": lamp(given)})
    repo.git("add", "-A")

    def between(before: str, after: str) -> Said:
        env = {"PRE_COMMIT_FROM_REF": before, "PRE_COMMIT_TO_REF": after}
        return bilint("check", "--staged", cwd=repo.path, env=env)

    assert "nothing found on 1 page" in between("HEAD~1", "HEAD").out
    said = between(repo.git("rev-parse", "HEAD~2").strip(), "main")
    assert said.code == 1
    assert "1 error on 1 of 2 pages" in said.out
    assert "1 error on 1 of 2 pages" in between("HEAD^^", "HEAD").out
    said = between("nowhere", "HEAD")
    assert (said.code, said.err) == (
        2,
        "bilint: .: no branch, tag or commit 'nowhere' in the repository\n",
    )
    assert "no commit 'HEAD~99' in the repository" in between("HEAD", "HEAD~99").err


def test_twice_at_once(given: Hooked) -> None:
    given.repo.write({"help/lamp.md": lamp(given, BAD + " Oggi.")})
    given.repo.git("add", "-A")
    command = program("check", "--staged")
    running = [
        subprocess.Popen(
            command, cwd=given.repo.path, env=environment(), stdout=-1, stderr=subprocess.STDOUT
        )
        for _ in range(4)
    ]
    answers = {(process.communicate()[0], process.returncode) for process in running}
    assert len(answers) == 1
    assert answers.pop()[1] == 1


def test_a_staged_source_page_tells_which_locales_it_makes_stale(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    given.source.write(
        {
            "help/lamp.md": LAMP_EN_NOW.replace("Nobody", "Somebody"),
            "help/door.md": given.source.git("show", "HEAD:help/door.md").replace("nine", "ten"),
            "help/attic.md": "# The attic\n",
        }
    )
    given.source.git("add", "-A")
    said = bilint("check", "--staged", cwd=given.source.path)
    assert said == (
        0,
        "help/door.md  1 segment, 8 words of it change; in its translations\n"
        "  it-IT   1 segment, 8 words  help/door.md\n"
        "  ja-JP   1 segment, 8 words  help/door.md\n"
        "\n"
        "help/lamp.md  1 segment, 6 words of it change; in its translations\n"
        "  it-IT   1 segment that waited already changed again  help/lamp.md\n"
        "\n"
        "nothing found; this change makes 2 segments, 16 words stale in 2 locales\n",
        "",
    )
    assert "translations" not in bilint("check", "--staged", "-q", cwd=given.source.path).out


def test_an_error_in_a_translation_does_not_stop_its_source(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    given.source.write({"help/lamp.md": LAMP_EN_NOW + "\nToday.\n"})
    given.source.git("add", "-A")
    assert bilint("check", "--staged", cwd=given.source.path).code == 0
    assert bilint("check", cwd=given.source.path).code == 1


def test_a_mistake_in_a_staged_source_page_is_told(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    given.source.write({"help/lamp.md": LAMP_EN_NOW.replace("Store]", "Store")})
    given.source.git("add", "-A")
    said = bilint("check", "--staged", cwd=given.source.path)
    assert said.code == 1
    assert "source  1 error on 1 page" in said.out


def test_source_and_target_in_one_repository(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "docs")
    first = repo.commit("Publish", {"docs/lamp.md": "# The lamp\n\nIt is on in the morning.\n"})
    repo.commit(
        "Translate",
        {
            "docs/it/lamp.md": f"---\nsource-git-commit: {first}\n---\n"
            "# La lampada\n\nSi accende al mattino.\n",
            "bilint.toml": '[source]\nrepository = "."\nroot = "docs"\n'
            '[target.it]\nrepository = "."\nroot = "docs/it"\n',
        },
    )
    said = bilint("status", "--format", "json", cwd=repo.path)
    assert [(p["path"], p["status"]) for p in said.json["pages"]] == [
        ("docs/it/lamp.md", "current")
    ]
    repo.write({"docs/lamp.md": "# The lamp\n\nIt is on in the evening.\n"})
    repo.git("add", "-A")
    said = bilint("check", "--staged", cwd=repo.path)
    assert said.code == 0
    assert said.out.startswith("docs/lamp.md  1 segment, 6 words of it change; in its translati")
    assert "1 segment, 6 words  docs/it/lamp.md" in said.out


def test_the_whole_tree_as_it_is_staged(given: Hooked) -> None:
    given.repo.write({"help/door.md": DOOR_IT.format(pin=given.lamps.pins[0]) + "\n"})
    given.repo.git("add", "-A")
    given.repo.write({"help/lamp.md": lamp(given)})
    said = bilint("check", "--staged", "--whole-tree", cwd=given.repo.path)
    assert said.code == 1
    assert "1 error on 1 of 3 pages" in said.out
    assert "needs all pages of the locale" not in said.out


def test_the_hooks_that_pre_commit_finds() -> None:
    hooks = {
        hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    }
    assert list(hooks) == ["bilint", "bilint-all"]
    for hook in hooks.values():
        assert hook["language"] == "python"
        assert hook["types"] == ["markdown"]
        assert hook["pass_filenames"] is False
        assert hook["require_serial"] is True
        command = hook["entry"].split()
        assert command[:3] == ["bilint", "check", "--staged"]
    assert hooks["bilint-all"]["entry"].split()[3:] == ["--whole-tree"]


def test_a_hook_writes_nothing(given: Hooked, tmp_path: Path) -> None:
    given.repo.write({"help/lamp.md": lamp(given, BAD + " Oggi.")})
    given.repo.git("add", "-A")

    def files() -> dict[str, int]:
        return {str(p): p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p.is_file()}

    before = files()
    bilint("check", "--staged", cwd=given.repo.path)
    assert files() == before


LOADED = """
import atexit, sys
atexit.register(lambda: print(*sys.modules))
"""
HEAVY = {
    *("click", "langdetect", "numpy", "polib", "rapidfuzz", "sacrebleu", "yaml"),
    *("bilint.learning.learn", "bilint.queue", "bilint.readers.catalogue", "bilint.readers.po"),
    *("dataclasses", "hashlib", "inspect", "json", "logging", "multiprocessing", "pathlib"),
    *("copy", "datetime", "random", "statistics", "string", "tempfile", "tomllib", "typing"),
    *("sqlite3", "sqlalchemy", "bilint.answers", "bilint.model.decision"),
    *("bilint.checks.findings", "bilint.checks.numbers.values", "bilint.checks.suppression"),
    *("bilint.model.anchors", "bilint.model.bitext", "bilint.model.evidence", "bilint.model.term"),
    *("bilint.pipeline.packing", "bilint.readers.git_log", "bilint.readers.suppressions"),
    *("bilint.refresh", "bilint.reporters.impact_words", "bilint.reporters.terminal_dependants"),
    *("bilint.reporters.terminal_findings", "bilint.reporters.terminal_pages"),
}
"""What takes long to load, and what no hook needs that finds nothing."""


def test_a_hook_that_finds_nothing_loads_nothing_heavy(given: Hooked) -> None:
    given.repo.write({"help/lamp.md": lamp(given)})
    given.repo.git("add", "-A")
    command = script(LOADED, "check", "--staged")
    said = run_program(command, given.repo.path, environment())
    assert "nothing found on 1 page" in said.out
    assert not HEAVY & set(said.out.splitlines()[-1].split())
