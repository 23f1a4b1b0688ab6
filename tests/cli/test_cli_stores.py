"""What every command makes of a store that is new, damaged, full, forbidden or gone."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_line import Said, bilint, environment, run_program
from lamps import SETTINGS, Lamps, lamps
from repositories import Repo

PAGE = "help/lamp.md"
STORE = "decisions.txt"
MARKS = ("<<<<<<< HEAD", "=======", ">>>>>>> other")


@pytest.fixture
def given(tmp_path: Path) -> Lamps:
    site = lamps(tmp_path)
    (site.folder / "bilint.toml").write_text(f'decisions = "{STORE}"\n{SETTINGS}')
    return site


@pytest.fixture(autouse=True)
def nobody_answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with Path(os.devnull).open() as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        yield


def fingerprint(site: Lamps, check: str = "dnl-altered") -> str:
    said = bilint("check", "--format", "json", cwd=site.folder)
    return str(next(one["fingerprint"] for one in said.json["findings"] if one["check"] == check))


def state(site: Lamps, *more: str) -> str:
    said = bilint("check", "--format", "json", *more, cwd=site.folder)
    assert said.code in (0, 1), said.err
    return str(next(one["state"] for one in said.json["findings"] if one["check"] == "dnl-altered"))


def accept(site: Lamps, name: str, *more: str, reason: str = "ours", by: str = "Ada") -> Said:
    return bilint(
        "decide", name, "--as", "accepted", "--reason", reason, "--by", by, *more, cwd=site.folder
    )


# ---- damaged by hand, or left behind by git ----


@pytest.fixture
def damaged(given: Lamps) -> Lamps:
    """A finding was accepted, and somebody altered the line; then git gave up a merge."""
    assert accept(given, fingerprint(given)).code == 0
    text = (given.folder / STORE).read_text()
    header, line = text.splitlines()
    lines = (header, MARKS[0], line.replace("\tours", "\tmine"), *MARKS[1:])
    (given.folder / STORE).write_text("".join(f"{one}\n" for one in lines))
    return given


ALTERED = f"{STORE}:3: was altered after Ada wrote it, so it counts for nothing: "
UNMERGED = f"{STORE}:2: git gave up a merge here and left its marks in lines 2, 4, 5: "


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (1, ("check",)),
        (1, ("check", f"lamps.it-IT/{PAGE}")),
        (0, ("report",)),
        (0, ("queue",)),
        (0, ("status",)),
        (1, ("stamp", f"lamps.it-IT/{PAGE}")),
        (1, ("fix", "--unsafe", "--diff")),
        (0, ("export", "--to", "po", "--locale", "it-IT", "--output", "out.po")),
        (0, ("decisions", "list")),
        (0, ("decisions", "export", "all.txt")),
        (0, ("review", "--plain", "--by", "Ada")),
    ],
)
def test_every_command_goes_on_and_tells(
    damaged: Lamps, code: int, arguments: tuple[str, ...]
) -> None:
    before = (damaged.folder / STORE).read_bytes()
    said = bilint(*arguments, cwd=damaged.folder)
    assert said.code == code, said
    assert ALTERED in said.out + said.err
    assert UNMERGED in said.out + said.err
    assert (damaged.folder / STORE).read_bytes() == before


def test_a_hook_goes_on_and_tells(damaged: Lamps) -> None:
    page = damaged.italian.path / PAGE
    page.write_text(page.read_text().replace("scegli una", "scegli  una"))
    damaged.italian.git("add", "-A")
    said = bilint("check", "--staged", "--config", "../bilint.toml", cwd=damaged.italian.path)
    assert said.code == 0
    assert "(before this change) dnl-altered" in said.out
    assert f"skipped   ../{ALTERED}" in said.out


def test_machines_are_told(damaged: Lamps) -> None:
    said = bilint("report", "--format", "json", cwd=damaged.folder).json
    reasons = [one["reason"] for one in said["skipped"] if one["check"] is None]
    assert [one.split(": ")[0] for one in reasons] == [f"{STORE}:2", f"{STORE}:3"]
    said = bilint("report", "--format", "sarif", cwd=damaged.folder)
    assert "was altered after Ada wrote it" in said.out


def test_who_decides_writes_beside_what_is_damaged(damaged: Lamps) -> None:
    assert state(damaged) == "open"
    name = fingerprint(damaged)
    before = (damaged.folder / STORE).read_text().splitlines()
    said = accept(damaged, name, by="Bo", reason="so be it")
    assert said.code == 0
    assert said.out.startswith(f"{name}: accepted by Bo: ")
    assert ALTERED in said.err
    assert UNMERGED in said.err
    after = (damaged.folder / STORE).read_text().splitlines()
    assert after[:5] == before
    assert len(after) == 6
    assert state(damaged) == "accepted"
    # It may be carried elsewhere; what cannot be read is told, and does not come along.
    other = bilint("decisions", "import", STORE, "--store", "other.db", cwd=damaged.folder)
    assert other.code == 1
    assert ALTERED in other.err
    assert "1 decisions read, 1 of them new" in other.err
    assert state(damaged, "--store", "other.db") == "accepted"


def test_a_merge_mends_what_it_can(damaged: Lamps) -> None:
    merge = ("decisions", "merge")
    said = bilint(*merge, STORE, cwd=damaged.folder)
    assert said.code == 0
    assert f"{STORE}: the marks of git are taken out, and the decisions of both" in said.err
    assert f"{STORE}:2: was altered after Ada wrote it" in said.err
    text = (damaged.folder / STORE).read_text()
    assert len(text.splitlines()) == 2
    # As it was written, another version of the file has it.
    (damaged.folder / "base").write_text(text.replace("\tmine", "\tours"))
    said = bilint(*merge, "base", STORE, STORE, cwd=damaged.folder)
    assert said == (
        0,
        "",
        f"bilint: {STORE}: 1 line that was altered by hand put back as written\n",
    )
    assert (damaged.folder / STORE).read_text() == text.replace("\tmine", "\tours")
    assert state(damaged) == "accepted"
    for files, message in (
        ((STORE, STORE), "merge takes the three files BASE OURS THEIRS, or one that git left"),
        (("none.txt",), "none.txt: there is no such file"),
        (("bilint.toml",), "bilint.toml:1: this is no file of decisions"),
    ):
        said = bilint(*merge, *files, cwd=damaged.folder)
        assert said.code == 2
        assert message in said.err


def test_the_marks_of_a_merge_cost_no_decision(given: Lamps) -> None:
    """Both sides decided otherwise of one finding, and git had no driver."""
    name = fingerprint(given)
    assert accept(given, name).code == 0
    header, ours = (given.folder / STORE).read_text().splitlines()
    (given.folder / STORE).unlink()
    bilint("decide", name, "--as", "rework", "--reason", "no", "--by", "Bo", cwd=given.folder)
    theirs = (given.folder / STORE).read_text().splitlines()[1]
    lines = (header, MARKS[0], ours, MARKS[1], theirs, MARKS[2])
    (given.folder / STORE).write_text("".join(f"{one}\n" for one in lines))
    said = bilint("check", cwd=given.folder)
    assert "left its marks in lines 2, 4, 6: " in said.out
    assert f"decided   nothing holds: {name} dnl-altered it-IT {PAGE}: " in said.out
    mended = bilint("decisions", "merge", STORE, cwd=given.folder)
    assert mended.code == 1
    keys = [line.split("\t")[2] for line in sorted((ours, theirs))]
    told = [line.removeprefix("bilint: ") for line in mended.err.splitlines()]
    assert told[1] == (
        f"{name} it-IT {PAGE}: dnl-altered: these contradict each other, and none of them holds:"
    )
    assert any(line.endswith("accepted by Ada: ours") for line in told[2:4])
    assert any(line.endswith("rework by Bo: no") for line in told[2:4])
    assert told[4] == (
        f"  to settle it: bilint decide {name} --as WHAT --reason WHY --path {PAGE}"
        f" --locale it-IT --after {keys[0]} --after {keys[1]}"
    )
    # What it says to type is what settles it.
    typed = told[4].partition("bilint ")[2].replace("WHAT", "accepted").replace("WHY", "both")
    assert bilint(*typed.split(), "--by", "Cy", cwd=given.folder).code == 0
    assert state(given) == "accepted"
    assert "decided" not in bilint("check", cwd=given.folder).out


# ---- not there yet ----


@pytest.mark.parametrize("name", ["mine.db", "mine.txt"])
def test_a_store_that_is_not_there_yet_holds_nothing(given: Lamps, name: str) -> None:
    for code, arguments in (
        (1, ("check",)),
        (0, ("queue",)),
        (0, ("status",)),
        (0, ("report",)),
        (0, ("decisions", "list")),
        (0, ("export", "--to", "po", "--locale", "it-IT", "--output", "out.po")),
        (0, ("fix",)),
    ):
        said = bilint(*arguments, cwd=given.folder, env={"BILINT_STORE": name})
        assert said.code == code, said
        assert f"{name}: nothing was decided here yet" in said.out + said.err
        assert not (given.folder / name).exists()
    # Nothing comes to stand in place of what was exported before.
    said = bilint("decisions", "export", "all.txt", "--store", name, cwd=given.folder)
    told = "there are no decisions here, so nothing is written"
    assert said == (2, "", f"bilint: {name}: {told}\n")
    assert not (given.folder / "all.txt").exists()
    for fine, line in ((0, "review --plain --by Ada"), (1, f"decide {'f' * 16} --as skipped")):
        said = bilint(*line.split(), "--store", name, cwd=given.folder)
        assert f"bilint: {name}: a new store of decisions\n" in said.err
        assert said.code == fine
        (given.folder / name).unlink(missing_ok=True)
    quiet = bilint("review", "--plain", "--quiet", "--store", name, cwd=given.folder)
    assert "new store" not in quiet.err


def test_a_folder_that_is_not_there_is_a_mistake(given: Lamps) -> None:
    for arguments in (("check",), ("decide", "f" * 16, "--as", "skipped"), ("decisions", "list")):
        said = bilint(*arguments, "--store", "far/mine.db", cwd=given.folder)
        assert said == (2, "", "bilint: far/mine.db: there is no folder far\n")


def test_decisions_are_not_exported_over_themselves(given: Lamps) -> None:
    accept(given, fingerprint(given))
    said = bilint("decisions", "export", f"./{STORE}", cwd=given.folder)
    assert said == (2, "", f"bilint: ./{STORE} is the store itself\n")


# ---- merged by git ----


def with_driver(site: Lamps) -> Repo:
    """The folder as a repository whose decisions are merged by Bilint."""
    shared = Repo(site.folder)
    shared.git("config", "merge.bilint.driver",
               f"{sys.executable} -P -m bilint decisions merge %O %A %B")  # fmt: skip
    rules = {".gitignore": "lamps.*\n", ".gitattributes": f"{STORE} merge=bilint\n"}
    shared.commit("Begin", rules)
    return shared


def git(site: Lamps, *arguments: str) -> Said:
    names = {f"GIT_{who}_{what}": "t@x" for who in ("AUTHOR", "COMMITTER")
             for what in ("NAME", "EMAIL")}  # fmt: skip
    return run_program(["git", *arguments], site.folder, environment(**names))


def test_two_branches_decide_otherwise_and_one_renames_the_page(given: Lamps) -> None:
    shared = with_driver(given)
    name = fingerprint(given)
    shared.switch("other")
    given.italian.git("mv", PAGE, "help/lampada.md")
    given.italian.commit("Rename", {})
    rework = ("decide", name, "--as", "rework", "--reason", "no name of ours", "--by", "Bo")
    assert bilint(*rework, cwd=given.folder).code == 0
    shared.commit("Bo decides", {})
    shared.switch("main")
    given.italian.git("reset", "-q", "--hard", "HEAD~1")
    assert accept(given, name).code == 0
    shared.commit("Ada decides", {})

    merged = git(given, "merge", "-m", "Both", "other")
    assert merged.code == 1
    assert f"CONFLICT (add/add): Merge conflict in {STORE}" in merged.out
    told = [line for line in merged.err.splitlines() if line.startswith("bilint: ")]
    assert "dnl-altered: these contradict each other, and none of them holds:" in told[0]
    assert sorted(line.partition(" by ")[2] for line in told[1:3]) == [
        "Ada: ours",
        "Bo: no name of ours",
    ]
    lines = (given.folder / STORE).read_text().splitlines()
    assert len(lines) == 3
    # Until somebody settles it, it is open, and told; the page has got its new name by now.
    given.italian.git("mv", PAGE, "help/lampada.md")
    given.italian.commit("Rename", {})
    assert state(given) == "open"
    assert "decided   nothing holds: " in bilint("check", cwd=given.folder).out
    typed = (
        told[3].partition("bilint decide ")[2].replace("WHAT", "accepted").replace("WHY", "ours")
    )
    typed = typed.replace(PAGE, "help/lampada.md")
    assert bilint("decide", *typed.split(), "--by", "Cy", cwd=given.folder).code == 0
    assert git(given, "add", STORE).code == 0
    assert git(given, "commit", "-q", "-m", "Settled").code == 0
    assert state(given) == "accepted"
    # The other branch takes it over without another question.
    shared.switch("other")
    again = git(given, "merge", "-m", "Back", "main")
    assert again.code == 0, again.err
    assert state(given) == "accepted"


def test_a_merge_of_what_was_altered_on_one_side_puts_it_back(given: Lamps) -> None:
    shared = with_driver(given)
    assert accept(given, fingerprint(given)).code == 0
    good = (given.folder / STORE).read_text()
    shared.commit("Ada decides", {})
    shared.switch("other")
    shared.commit("Somebody edits", {STORE: good.replace("\tours", "\tmine")})
    shared.switch("main")
    shared.commit("Somebody notes", {STORE: f"{good}# ask Ada\n"})
    merged = git(given, "merge", "-m", "Both", "other")
    assert merged.code == 0
    assert "1 line that was altered by hand put back as written" in merged.err
    assert (given.folder / STORE).read_text() == f"{good}# ask Ada\n"


def test_who_has_no_driver_is_helped_out_of_the_marks(given: Lamps) -> None:
    shared = with_driver(given)
    (given.folder / ".gitattributes").unlink()
    shared.commit("No driver", {})
    name = fingerprint(given)
    shared.switch("other")
    accept(given, name, by="Bo")
    shared.commit("Bo decides", {})
    shared.switch("main")
    accept(given, name)
    shared.commit("Ada decides", {})
    assert git(given, "merge", "-m", "Both", "other").code == 1
    said = bilint("check", cwd=given.folder)
    assert "git gave up a merge here and left its marks in lines " in said.out
    assert state(given) == "accepted"  # they agree
    command = said.out.partition("each other; `bilint ")[2].partition("`")[0]
    assert bilint(*command.split(), cwd=given.folder).code == 0
    assert git(given, "add", STORE).code == 0
    assert git(given, "commit", "-q", "-m", "Both").code == 0
    assert len((given.folder / STORE).read_text().splitlines()) == 3
    assert state(given) == "accepted"
