"""What goes wrong is told clearly, the rest goes on, and the exit code says which of the two."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from command_line import (
    Said,
    bilint,
    bilint_process,
    environment,
    program,
    run_program,
    script,
)
from lamps import LAMP_EN_NOW, SETTINGS, Lamps, lamps


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Lamps:
    """Repositories that no test writes to."""
    return lamps(tmp_path_factory.mktemp("lamps"))


def test_nothing_named(tmp_path: Path) -> None:
    said = bilint("status", cwd=tmp_path)
    assert said == (
        2,
        "",
        "bilint: nothing to look at: name a source and targets by --source and --target, or let"
        " `bilint init` write a settings file\n",
    )


def test_a_folder_that_is_not_there(given: Lamps) -> None:
    said = bilint("status", "--source", "nowhere", cwd=given.folder)
    assert said == (2, "", "bilint: there is no folder 'nowhere'\n")


def test_a_missing_repository(given: Lamps, tmp_path: Path) -> None:
    (tmp_path / "bilint.toml").write_text(SETTINGS)
    said = bilint("report", cwd=tmp_path)
    assert said == (
        2,
        "",
        "bilint: lamps.en: there is no such folder\n"
        "bilint: lamps.it-IT: there is no such folder\n"
        "bilint: lamps.ja-JP: there is no such folder\n",
    )
    said = bilint("report", "--target", f"it-IT={tmp_path}", cwd=given.folder)
    assert said == (
        2,
        "",
        f"bilint: {tmp_path}: neither a git repository nor inside of one\n",
    )


def test_an_unknown_revision(given: Lamps) -> None:
    said = bilint("status", "--source", "lamps.en@next", cwd=given.folder)
    assert said == (
        2,
        "",
        "bilint: lamps.en: no branch, tag or commit 'next' in the repository\n",
    )


def test_a_revision_that_is_an_expression(given: Lamps) -> None:
    said = bilint("status", "--source", "lamps.en@HEAD~1", cwd=given.folder)
    assert said == (
        2,
        "",
        "bilint: 'HEAD~1' is not the name of a branch, a tag or a commit;"
        " revision expressions are not understood\n",
    )


def test_an_unknown_locale(given: Lamps) -> None:
    said = bilint("status", "--locale", "fr-FR", "--locale", "it-IT", cwd=given.folder)
    assert said == (2, "", "bilint: no target for fr-FR; there is: it-IT, ja-JP\n")


def test_a_root_without_pages_is_told(given: Lamps) -> None:
    said = bilint("status", "--root", "hepl", cwd=given.folder)
    assert said.code == 0
    for name in ("lamps.en", "lamps.it-IT", "lamps.ja-JP"):
        assert f"skipped   {name}: there is no page below hepl\n" in said.out


@pytest.mark.parametrize("root", ["help/", "./help", "help//"])
def test_a_root_may_be_written_as_shells_complete_it(given: Lamps, root: str) -> None:
    assert bilint("status", "--root", root, cwd=given.folder) == bilint(
        "status", "--root", "help", cwd=given.folder
    )


def test_a_root_that_leaves_the_repository(given: Lamps) -> None:
    said = bilint("status", "--root", "/help", cwd=given.folder)
    assert (said.code, said.out) == (2, "")
    assert "the root '/help' is absolute" in said.err
    assert "leaves the repository" in bilint("status", "--root", "../x", cwd=given.folder).err


def test_all_mistakes_in_the_settings_at_once(given: Lamps, tmp_path: Path) -> None:
    lines = ['rot = "help"', "words_per_hour = -1", "[sourse]", 'repository = "."']
    (tmp_path / "bilint.toml").write_text("\n".join(lines))
    said = bilint("status", cwd=tmp_path)
    assert said == (
        2,
        "",
        "bilint: bilint.toml:1: unknown key `rot`; did you mean root?\n"
        "bilint: bilint.toml:2: `words_per_hour` must be between 1 and 1e+06\n"
        "bilint: bilint.toml:3: unknown key `sourse`; did you mean source?\n",
    )


def test_settings_that_are_no_toml(tmp_path: Path) -> None:
    (tmp_path / "bilint.toml").write_text("[source\n")
    said = bilint("check", cwd=tmp_path)
    assert said.code == 2
    assert said.err.startswith("bilint: bilint.toml:1: is not TOML: ")


def test_paths_that_are_no_pages_all_at_once(given: Lamps) -> None:
    said = bilint("check", "help/door.md", "help/attic.md", "README.md", cwd=given.folder)
    assert said == (
        2,
        "",
        "bilint: help/attic.md is no page of the source or of a locale that was named\n"
        "bilint: README.md is no page of the source or of a locale that was named\n",
    )


def test_an_unknown_check(tmp_path: Path) -> None:
    said = bilint("explain", "dnl-alterd", cwd=tmp_path)
    assert said == (
        2,
        "",
        "bilint: there is no check 'dnl-alterd'; did you mean dnl-altered?\n",
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["status", "--format", "xml"], "Invalid value for '--format': 'xml' is not one of"),
        (["status", "--nonsense"], "No such option"),
        (["staus"], "No such command 'staus'"),
        (["check", "--staged", "help"], "--staged finds its pages itself; leave the paths out"),
        (["check", "--whole-tree"], "--whole-tree says something of --staged"),
        (["queue", "--budget", "soon"], "'soon'"),
        (["config", "schema"], "say which schema: --report"),
        (["stamp"], "Missing argument 'PAGE...'"),
        (["check", "--baseline", "nowhere.txt"], "nowhere.txt: No such file or directory"),
        (["report", "--output", "nowhere/report.txt"], "cannot be written: No such file"),
    ],
)
def test_a_wrong_command_line(given: Lamps, arguments: list[str], told: str) -> None:
    said = bilint(*arguments, cwd=given.folder)
    assert said.code == 2
    assert said.out == ""
    assert told in said.err


def test_what_a_message_quotes_cannot_act_on_the_terminal(given: Lamps) -> None:
    said = bilint("check", "help/\x1b[31mred.md", cwd=given.folder)
    assert said.code == 2
    assert "help/␛[31mred.md is no page" in said.err


def test_a_page_that_is_not_utf_8(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    page = given.italian.path / "help" / "door.md"
    page.write_bytes(page.read_bytes().replace("è".encode(), b"\xe8"))
    said = bilint("check", "--format", "json", cwd=tmp_path)
    assert said.code == 1
    broken = [f for f in said.json["findings"] if f["path"] == "help/door.md"]
    assert [(f["check"], f["line"]) for f in broken] == [("front-matter-broken", 8)]
    assert "UTF-8" in broken[0]["message"]
    assert len(said.json["pages"]) == 7


def test_a_missing_object_of_a_partial_clone(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    gone = given.source.git("rev-parse", f"{given.pins[0]}:help/lamp.md").strip()
    (given.source.path / ".git" / "objects" / gone[:2] / gone[2:]).unlink()
    said = bilint("report", cwd=tmp_path)
    assert said.code == 0
    assert (
        "unknown   it-IT: 1 page unknown (missing-object): the clone of the source is partial and"
        " lacks the page's content"
    ) in said.out
    said = bilint("status", "--format", "json", cwd=tmp_path)
    (page,) = [p for p in said.json["pages"] if p["path"] == "help/lamp.md"]
    assert (page["status"], page["reason"]) == ("unknown", "missing-object")
    assert page["words_to_do"] is None


def test_a_clone_without_any_content(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    given.source.git("config", "uploadpack.allowFilter", "true")
    given.source.clone(tmp_path / "partial", "--filter=blob:none", "--bare")
    said = bilint(
        "report", "--source", "partial@main", "--root", "help", "--format", "json", cwd=tmp_path
    )
    assert said.code == 0
    pages = {(p["locale"], p["source_path"] or p["path"]): p for p in said.json["pages"]}
    statuses = {place: (page["status"], page["words_to_do"]) for place, page in pages.items()}
    assert statuses == {
        ("it-IT", "help/door.md"): ("current", 0),
        ("it-IT", "help/lamp.md"): ("unknown", None),
        ("it-IT", "help/roof.md"): ("untranslated", None),
        ("ja-JP", "help/cellar.md"): ("unknown", None),
        ("ja-JP", "help/door.md"): ("current", 0),
        ("ja-JP", "help/lamp.md"): ("untranslated", None),
        ("ja-JP", "help/roof.md"): ("untranslated", None),
    }
    objects = list((tmp_path / "partial" / "objects" / "pack").glob("*.pack"))
    assert len(objects) == 1, "nothing was fetched"


def test_a_clone_without_trees_cuts_the_run(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    given.source.git("config", "uploadpack.allowFilter", "true")
    given.source.clone(tmp_path / "partial", "--filter=tree:0", "--bare")
    said = bilint("report", "--source", "partial@main", "--root", "help", cwd=tmp_path)
    assert said.code == 3
    assert said.err.startswith("bilint: partial: the tree ")


CRASH = """
from bilint.checks import registry
def crash(check):
    def observe(pair, context):
        if pair.target.path.endswith("lamp.md"):
            {what}
        return check.observe(pair, context)
    return check._replace(observe=observe) if check.id == "token-glued" else check
registry.CHECKS = tuple(crash(check) for check in registry.CHECKS)
import multiprocessing
multiprocessing.set_start_method("fork")
"""


def prepared(given: Lamps, what: str, *arguments: str, **env: str) -> Said:
    command = script(CRASH.format(what=what), *arguments)
    return run_program(command, given.folder, environment(**env))


def test_a_check_that_crashes(given: Lamps) -> None:
    said = prepared(given, "raise ValueError('of mine')", "check")
    assert said.code == 3
    assert "incident  token-glued crashed on help/lamp.md: ValueError: of mine" in said.out
    assert "dnl-altered" in said.out, "the other checks went on"
    assert said.out.splitlines()[-1].endswith("1 incident")


def test_an_incident_is_not_hidden(given: Lamps) -> None:
    said = prepared(given, "raise ValueError('of mine')", "check", "--quiet", "--exit-zero")
    assert said.code == 3
    assert "incident  token-glued crashed on help/lamp.md" in said.out


@pytest.mark.parametrize("jobs", ["2", "3"])
def test_a_worker_that_dies(given: Lamps, jobs: str, tmp_path: Path) -> None:
    said = prepared(
        given,
        "import os; os._exit(9)",
        *("report", "--format", "json", "--jobs", jobs),
        TMPDIR=str(tmp_path),
    )
    assert said.code == 3
    assert not list(tmp_path.iterdir()), "temporary files of a dead process are removed"
    (incident,) = said.json["incidents"]
    assert incident["path"] == "help/lamp.md"
    assert "the process that examined this page died" in incident["error"]
    whole = bilint("report", "--format", "json", cwd=given.folder).json
    intact = [page for page in said.json["pages"] if page["path"] != "help/lamp.md"]
    assert intact == [page for page in whole["pages"] if page["path"] != "help/lamp.md"]
    (lost,) = [page for page in said.json["pages"] if page["path"] == "help/lamp.md"]
    assert (lost["status"], lost["reason"]) == ("unknown", "not-examined")


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("command", ["status", "check"])
def test_nothing_is_left_behind(given: Lamps, tmp_path: Path, command: str, jobs: str) -> None:
    bilint_process(command, "--jobs", jobs, cwd=given.folder, env={"TMPDIR": str(tmp_path)})
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupted(given: Lamps, jobs: str, tmp_path: Path) -> None:
    waiting = "print('waiting', flush=True); import time; time.sleep(60)"
    with subprocess.Popen(
        script(CRASH.format(what=waiting), "report", "--jobs", jobs),
        cwd=given.folder,
        env=environment(TMPDIR=str(tmp_path)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"waiting\n"
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err.strip() == b"bilint: interrupted"
    assert not list(tmp_path.iterdir())


def test_a_reader_that_has_seen_enough(given: Lamps) -> None:
    many = program("explain", "token-broken")
    failed = b"bilint: failed (1): 1 error on 1 page. Look: help/lamp.md:10 (it-IT);"
    for command, code, said in ((many, 0, b""), (program("check"), 1, failed)):
        with subprocess.Popen(
            command,
            cwd=given.folder,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None and process.stderr is not None
            process.stdout.close()
            err = process.stderr.read()
            assert err.startswith(said) if said else not err
            assert err.count(b"\n") == bool(said)
            process.wait(timeout=30)
        assert process.returncode == code


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(("options", "code"), [((), 1), (("--exit-zero",), 0)])
def test_nobody_reads_what_is_said_beside_the_answer(
    given: Lamps, options: tuple[str, ...], code: int
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            program("check", *options),
            cwd=given.folder,
            env=environment(),
            stdout=writing,
            stderr=writing,
            check=False,
        )
    finally:
        os.close(writing)
    assert done.returncode == code


def test_a_full_disk(given: Lamps) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            program("status"),
            cwd=given.folder,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"bilint: standard output: No space left on device\n"


def test_a_mistake_of_our_own_is_told_as_one(given: Lamps) -> None:
    broken = "from bilint.pipeline import run\nrun.pair_all = None"
    said = run_program(script(broken, "status"), given.folder, environment())
    assert (said.code, said.out) == (3, "")
    assert said.err.startswith("bilint: this should not have happened: TypeError: ")
    assert said.err.endswith("BILINT_DEBUG=1 shows where\n")
    said = run_program(script(broken, "status"), given.folder, environment(BILINT_DEBUG="1"))
    assert "Traceback" in said.err


def test_a_git_that_does_not_answer_cuts_the_run(given: Lamps) -> None:
    slow = "from bilint.readers.git import GitError, Repository\ndef late(*_, **__):\n"
    slow += "    raise GitError('lamps.en: git did not answer within 1 seconds')\n"
    slow += "Repository.renames = late"
    said = run_program(script(slow, "status"), given.folder, environment())
    assert said == (3, "", "bilint: lamps.en: git did not answer within 1 seconds\n")


def test_a_program_without_a_home(given: Lamps) -> None:
    env = {name: value for name, value in environment().items() if name != "HOME"}
    said = run_program(program("status", "--format", "json"), given.folder, env)
    assert (said.code, said.err) == (0, "")


def test_the_worst_exit_code_wins(given: Lamps) -> None:
    said = prepared(given, "raise ValueError", "check", "--fail-on", "info")
    assert said.code == 3


def test_another_page_goes_on_after_a_vanished_file(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    (given.italian.path / "help" / "door.md").unlink()
    said = bilint("status", "--format", "json", cwd=tmp_path)
    paths = [page["path"] for page in said.json["pages"] if page["locale"] == "it-IT"]
    assert paths == [None, "help/lamp.md", None]


def test_a_source_page_that_changes_meanwhile_is_read_once(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    given.source.write({"help/door.md": LAMP_EN_NOW})
    assert bilint_process("report", cwd=tmp_path).code == 0
