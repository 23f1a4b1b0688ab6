"""Budgets, the baseline as a ratchet, what a change of the source makes stale, and why a run
fails in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from test_cli_failures import CRASH

from bilint.reporters.schema import report_schema
from command_line import Said, bilint, environment, run_program, script
from lamps import DOOR_EN, DOOR_IT, LAMP_EN_NOW, LAMP_IT, SETTINGS, Lamps, lamps


@pytest.fixture
def given(tmp_path: Path) -> Lamps:
    return lamps(tmp_path)


def settings(given: Lamps, more: str) -> None:
    (given.folder / "bilint.toml").write_text(SETTINGS + more)


def report(given: Lamps, *options: str) -> Said:
    return bilint("report", *options, cwd=given.folder)


def valid(said: Said) -> Any:
    jsonschema.Draft202012Validator(json.loads(report_schema())).validate(said.json)
    return said.json


# Budgets


@pytest.mark.parametrize(
    ("budget", "told"),
    [
        ("[budget]\nmax_stale_words = 17\n", "it-IT: max_stale_words is 18, allowed at most 17"),
        ("[budget]\nmax_errors = 0\n", "it-IT: max_errors is 1, allowed at most 0"),
        (
            "[budget]\nmax_errors = 1\n[budget.it-IT]\nmax_errors = 0\n",
            "it-IT: max_errors is 1, allowed at most 0",
        ),
    ],
)
@pytest.mark.parametrize("command", ["report", "check"])
def test_a_budget_that_is_exceeded_fails(
    given: Lamps, command: str, budget: str, told: str
) -> None:
    settings(given, budget)
    said = bilint(command, "--fail-on", "never", cwd=given.folder)
    assert said.code == 1
    assert f"budget    {told}: exceeded\n" in said.out
    assert said.err.startswith(f"bilint: failed (1): {told}. Look: bilint ")
    assert said.err.count("\n") == 1
    assert bilint(command, "--fail-on", "never", "--exit-zero", cwd=given.folder).code == 0


def test_a_budget_that_is_kept_is_told_and_does_not_fail(given: Lamps) -> None:
    settings(given, "[budget]\nmax_stale_words = 18\nmax_errors = 1\nmin_human_share = 50\n")
    said = report(given)
    assert (said.code, said.err) == (0, "")
    assert "budget    it-IT: max_stale_words is 18, allowed at most 18" in said.out
    assert "it-IT: min_human_share is unknown, allowed at least 50" in said.out
    budgets = valid(report(given, "--format", "json"))["budgets"]
    assert len(budgets) == 6
    assert [one["value"] for one in budgets if one["name"] == "min_human_share"] == [None, None]


def test_words_of_pages_that_nobody_translated_are_no_stale_words(given: Lamps) -> None:
    settings(given, "[budget.ja-JP]\nmax_stale_words = 0\n")
    pages = report(given, "--format", "json").json["pages"]
    waiting = [p for p in pages if p["locale"] == "ja-JP" and p["words_to_do"]]
    assert {page["status"] for page in waiting} == {"untranslated"}
    assert report(given).code == 0


def test_the_human_share_of_a_locale(given: Lamps) -> None:
    text = DOOR_IT.format(pin=given.pins[0])
    marked = text.replace("---\n#", "ht-degree: 40%\nsource-wordcount: 10\n---\n#")
    given.italian.write({"help/door.md": marked})
    settings(given, "[budget.it-IT]\nmin_human_share = 40.5\n")
    said = report(given)
    assert said.code == 1
    assert "it-IT: min_human_share is 40, allowed at least 40.5" in said.err


def test_a_run_over_some_pages_knows_nothing_of_budgets(given: Lamps) -> None:
    settings(given, "[budget]\nmax_errors = 0\nmax_stale_words = 0\n")
    said = bilint("check", "lamps.it-IT/help/door.md", "--format", "json", cwd=given.folder)
    assert (said.code, valid(said)["budgets"]) == (0, None)


def test_only_the_budgets_of_locales_that_were_asked_for(given: Lamps) -> None:
    settings(given, "[budget]\nmax_errors = 0\n")
    assert report(given, "--locale", "ja-JP").code == 0
    assert report(given, "--locale", "it-IT").code == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("[budget]\nmax_stale_word = 1\n", "neither a limit nor a locale; did you mean max_stale"),
        ("[budget]\nmax_errors = -1\n", "must be between 0 and"),
        ("[budget.it-IT]\nmin_human_share = 101\n", "must be between 0 and 100"),
        ("[budget.it-IT]\nmax_error = 1\n", "did you mean max_errors?"),
        ("[budget]\nmax_errors = 1.5\n", "must be a whole number"),
    ],
)
def test_wrong_budgets(given: Lamps, wrong: str, told: str) -> None:
    settings(given, wrong)
    said = report(given)
    assert said.code == 2
    assert told in said.err
    assert said.err.startswith("bilint: bilint.toml:") or "Error: bilint.toml:" in said.err


# The line that says why


def test_the_last_line_says_why_and_how_to_look(given: Lamps) -> None:
    said = bilint("check", cwd=given.folder)
    assert said.code == 1
    assert said.err == (
        "bilint: failed (1): 1 error on 1 page. Look: help/lamp.md:10 (it-IT);"
        " bilint explain dnl-altered\n"
    )
    verdict = valid(bilint("check", "--format", "json", cwd=given.folder))["verdict"]
    assert verdict == {
        "code": 1,
        "why": ["1 error on 1 page"],
        "look": ["help/lamp.md:10 (it-IT)", "bilint explain dnl-altered"],
        "pardoned": False,
    }


def test_exit_zero_says_that_it_pardons(given: Lamps) -> None:
    said = bilint("check", "--exit-zero", cwd=given.folder)
    assert said.code == 0
    assert said.err.startswith("bilint: passed by --exit-zero, in spite of 1 error on 1 page")


def test_it_names_the_file_where_nothing_was_printed(given: Lamps) -> None:
    formats = ("--format", "json=a.json", "--format", "markdown=a.md")
    said = bilint("check", *formats, cwd=given.folder)
    assert said.err.endswith("; the report is a.md\n")
    summary = (given.folder / "a.md").read_text()
    assert summary.startswith("# Bilint\n\n**Failed**: 1 error on 1 page\n")


def test_nothing_is_said_of_a_run_that_passes(given: Lamps) -> None:
    said = bilint("check", "--locale", "ja-JP", cwd=given.folder)
    assert (said.code, said.err) == (0, "")
    assert "**Passed.**" in bilint("check", "--locale", "ja-JP", "--format", "markdown",
                                   cwd=given.folder).out  # fmt: skip


# The ratchet


def glued(given: Lamps) -> None:
    """A warning that was not there."""
    text = LAMP_IT.format(pin=given.pins[0]).replace("] e scegli", "]e scegli")
    given.italian.write({"help/lamp.md": text})


def test_what_is_new_fails_where_a_baseline_is_in_force(given: Lamps) -> None:
    settings(given, "")
    assert bilint("baseline", "write", cwd=given.folder).code == 0
    where = ("--baseline", "bilint-baseline.txt")
    assert bilint("check", *where, cwd=given.folder).code == 0
    glued(given)
    said = bilint("check", *where, cwd=given.folder)
    assert said.code == 1
    assert "1 warning on 1 page that the baseline does not know" in said.err
    assert bilint("check", *where, "--fail-on", "error", cwd=given.folder).code == 0


def test_the_baseline_grows_only_when_it_is_told_to(given: Lamps) -> None:
    bilint("baseline", "write", cwd=given.folder)
    before = (given.folder / "bilint-baseline.txt").read_bytes()
    glued(given)
    said = bilint("baseline", "prune", cwd=given.folder)
    assert said == (0, "bilint-baseline.txt: 0 lines taken out, 1 line left\n", "")
    assert (given.folder / "bilint-baseline.txt").read_bytes() == before
    said = bilint("baseline", "write", cwd=given.folder)
    assert said.err == "bilint: bilint-baseline.txt: 2 findings written; 1 of them new, 0 gone\n"


def test_what_answers_for_nothing_is_told_and_pruned(given: Lamps) -> None:
    glued(given)
    bilint("baseline", "write", "known.txt", cwd=given.folder)
    file = given.folder / "known.txt"
    file.write_bytes(file.read_bytes() + b"# agreed in spring\r\n")
    given.italian.write({"help/lamp.md": LAMP_IT.format(pin=given.pins[0])})
    said = bilint("check", "--baseline", "known.txt", cwd=given.folder)
    assert said.code == 0
    assert "nothing is found any more for line" in said.out
    assert "`bilint baseline prune`" in said.out
    whole = file.read_bytes()
    said = bilint("baseline", "prune", "known.txt", "--dry-run", cwd=given.folder)
    assert "token-glued it-IT help/lamp.md" in said.out
    assert "known.txt: 1 line would be taken out, 1 line left" in said.out
    assert file.read_bytes() == whole
    assert bilint("baseline", "prune", "known.txt", cwd=given.folder).code == 0
    kept = [line for line in whole.split(b"\n") if b"token-glued" not in line]
    assert file.read_bytes() == b"\n".join(kept)
    glued(given)
    assert bilint("check", "--baseline", "known.txt", cwd=given.folder).code == 1


def test_the_baseline_is_shown(given: Lamps) -> None:
    settings(given, "")
    bilint("baseline", "write", "known.txt", cwd=given.folder)
    said = bilint("baseline", "show", "known.txt", cwd=given.folder)
    assert said.out == "it-IT  1 finding\n  1  dnl-altered\nknown.txt: 1 finding\n"
    said = bilint("baseline", "show", cwd=given.folder)
    assert said.code == 2
    assert "bilint-baseline.txt: No such file" in said.err


def test_a_baseline_is_not_pruned_of_what_a_crash_hid(given: Lamps) -> None:
    glued(given)
    bilint("baseline", "write", cwd=given.folder)
    file = given.folder / "bilint-baseline.txt"
    before = file.read_bytes()
    crashing = script(CRASH.format(what="raise ValueError('of mine')"), "baseline", "prune")
    said = run_program(crashing, given.folder, environment())
    assert said.code == 3
    assert "0 lines taken out" in said.out
    assert "of mine" in said.err
    assert file.read_bytes() == before


# What a change of the source makes stale


def source_settings(given: Lamps) -> None:
    given.source.commit(
        "Settings",
        {
            "bilint.toml": 'root = "help"\n[source]\nrepository = "."\n'
            '[target.it-IT]\nrepository = "../lamps.it-IT"\n'
            '[target.ja-JP]\nrepository = "../lamps.ja-JP"\n'
        },
    )


def changed(given: Lamps, *options: str) -> Said:
    return bilint("check", "--changed-from", "HEAD", *options, cwd=given.source.path)


def test_only_what_the_change_makes_stale_is_counted(given: Lamps) -> None:
    """`help/lamp.md` was stale before, by 18 words."""
    source_settings(given)
    text = LAMP_EN_NOW.replace("choose a lamp for the hall", "choose a bright lamp for the hall")
    given.source.write({"help/lamp.md": text})
    data = valid(changed(given, "--format", "json"))
    (one,) = data["impact"]
    assert (one["locale"], one["segments"], one["stale"], one["words"]) == ("it-IT", 1, 1, 11)
    assert (one["again"], one["settled"], one["reason"]) == (0, 0, None)
    assert (one["source_segments"], one["source_words"]) == (1, 11)
    assert [page["words_to_do"] for page in data["pages"] if page["path"]] == [29]
    said = changed(given)
    assert said.code == 0
    assert "help/lamp.md  1 segment, 11 words of it change; in its translations\n" in said.out
    assert "; this change makes 1 segment, 11 words stale in 1 locale; 1 skipped\n" in said.out


def test_what_waited_already_is_no_more_work(given: Lamps) -> None:
    source_settings(given)
    given.source.write({"help/lamp.md": LAMP_EN_NOW.replace("Nobody", "Somebody")})
    (one,) = changed(given, "--format", "json").json["impact"]
    assert (one["segments"], one["again"], one["words"]) == (0, 1, 0)


def test_a_change_taken_back_settles(given: Lamps) -> None:
    source_settings(given)
    before = LAMP_EN_NOW.replace("evening, when it is dark.", "morning.")
    given.source.write({"help/lamp.md": before})
    (one,) = changed(given, "--format", "json").json["impact"]
    assert (one["segments"], one["settled"]) == (0, 1)
    assert "1 not affected" in changed(given).out


def test_new_pages_removed_pages_and_renamed_ones(given: Lamps) -> None:
    source_settings(given)
    door = DOOR_EN.replace("from nine to five", "from ten to five")
    given.source.write(
        {
            "help/attic.md": "# The attic\n\nIt is dark.\n",
            "help/gate.md": door,
            "help/door.md": None,
        }
    )
    given.source.git("add", "-A")
    impact = {
        (one["locale"], one["source_path"]): one
        for one in valid(changed(given, "--format", "json"))["impact"]
    }
    assert set(impact) == {
        ("it-IT", "help/attic.md"), ("ja-JP", "help/attic.md"),
        ("it-IT", "help/gate.md"), ("ja-JP", "help/gate.md"),
    }  # fmt: skip
    attic = impact["it-IT", "help/attic.md"]
    assert (attic["reason"], attic["new"], attic["words"]) == ("new-page", 2, 5)
    renamed = impact["ja-JP", "help/gate.md"]
    assert (renamed["path"], renamed["segments"], renamed["stale"]) == ("help/door.md", 1, 1)
    given.source.write({"help/gate.md": None})
    given.source.git("add", "-A")
    gone = [one for one in changed(given, "--format", "json").json["impact"] if one["path"]]
    assert {(one["reason"], one["obsolete"]) for one in gone} == {("page-gone", 3)}
    assert "the source page is gone: 3 segments" in changed(given).out


def test_where_nobody_can_tell_the_size_of_the_change_is_told(given: Lamps) -> None:
    source_settings(given)
    text = DOOR_IT.format(pin="deadbeefdeadbeefdeadbeefdeadbeefdeadbeef")
    given.italian.commit("Other pin", {"help/door.md": text})
    given.source.write({"help/door.md": DOOR_EN.replace("nine", "ten")})
    said = changed(given, "--verbose")
    assert "it-IT   not known, at most 1 segment, 8 words (absent-commit)  help/door.md" in said.out
    assert "ja-JP   1 segment, 8 words" in said.out
    assert said.code == 0


def test_a_translation_done_in_the_same_change_is_not_stale(tmp_path: Path) -> None:
    from repositories import Repo

    repo = Repo(tmp_path / "docs")
    first = repo.commit("Publish", {"en/a.md": "# A lamp\n\nIt is on in the morning.\n"})
    italian = "---\nsource-git-commit: {}\n---\n# Una lampada\n\nSi accende {}.\n"
    repo.commit(
        "Translate",
        {
            "it/a.md": italian.format(first, "al mattino"),
            "bilint.toml": '[source]\nrepository = "."\nroot = "en"\n'
            '[target.it]\nrepository = "."\nroot = "it"\n',
        },
    )
    repo.write({"en/a.md": "# A lamp\n\nIt is on in the evening.\n"})
    ask = ("check", "--changed-from", "HEAD", "--format", "json")
    assert [one["segments"] for one in bilint(*ask, cwd=repo.path).json["impact"]] == [1]
    repo.write({"it/a.md": italian.format(first, "la sera")})
    assert [one["segments"] for one in bilint(*ask, cwd=repo.path).json["impact"]] == [0]


def test_a_run_about_no_change_has_no_impact(given: Lamps) -> None:
    assert report(given, "--format", "json").json["impact"] is None
    assert bilint("check", "lamps.en/help/door.md", "--format", "json",
                  cwd=given.folder).json["impact"] is None  # fmt: skip
