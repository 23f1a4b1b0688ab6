"""`bilint decide` and `bilint decisions`, and what every other command makes of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bilint.reporters.schema import report_schema
from command_line import (
    SOURCE,
    Said,
    bilint,
    bilint_process,
    environment,
    run_program,
    script,
)
from lamps import LAMP_IT, SETTINGS, Lamps, lamps
from repositories import Repo

PAGE = "help/lamp.md"
ON_DISK = f"lamps.it-IT/{PAGE}"


@pytest.fixture
def given(tmp_path: Path) -> Lamps:
    return lamps(tmp_path)


def found(given: Lamps, *more: str) -> list[dict[str, Any]]:
    said = bilint("check", "--format", "json", *more, cwd=given.folder)
    Draft202012Validator(json.loads(report_schema())).validate(said.json)
    return [one for one in said.json["findings"] if one["check"] == "dnl-altered"]


def segments(given: Lamps) -> list[dict[str, Any]]:
    said = bilint("status", "--diff", "--format", "json", cwd=given.folder)
    Draft202012Validator(json.loads(report_schema())).validate(said.json)
    return [one for one in said.json["segments"] if one["path"] == PAGE]


def accept(given: Lamps, fingerprint: str, *more: str, by: str = "Ada") -> Said:
    return bilint(
        "decide", fingerprint, "--as", "accepted", "--reason", "ours", "--by", by, *more,
        cwd=given.folder,
    )  # fmt: skip


def rewrite(given: Lamps, old: str, new: str, path: str = ON_DISK) -> None:
    file = given.folder / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_a_finding_on_the_source_is_decided_with_a_locale_too(given: Lamps) -> None:
    page = next((given.folder / "lamps.en").rglob("lamp.md"))
    page.write_text(
        page.read_text("utf-8").replace("title: The lamp", "title: The lamp ", 1), "utf-8"
    )
    said = bilint("check", "--locale", "it-IT", "--format", "json", cwd=given.folder)
    on_source = [one for one in said.json["findings"] if one["locale"] is None]
    assert on_source
    assert accept(given, on_source[0]["fingerprint"], "--locale", "it-IT").code == 0
    other = found(given)[0]["fingerprint"]
    assert "no such finding" in accept(given, other, "--locale", "ja-JP").out


def test_an_accepted_finding_is_settled_everywhere(given: Lamps) -> None:
    (one,) = found(given)
    assert one["state"] == "open"
    before = bilint("queue", "--format", "json", cwd=given.folder).json["queue"][0]
    said = accept(given, one["fingerprint"])
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        f"{one['fingerprint']}: accepted by Ada: dnl-altered {PAGE}:{one['line']}\n"
    )
    (now,) = found(given)
    assert now["state"] == "accepted"
    assert now["decision"]["by"] == "Ada"
    assert now["decision"]["reason"] == "ours"
    plain = bilint("check", cwd=given.folder)
    assert plain.code == 0
    assert "dnl-altered" not in plain.out
    assert "1 accepted (--verbose shows them)" in plain.out
    loud = bilint("check", "--verbose", cwd=given.folder).out
    assert "(accepted) dnl-altered" in loud
    assert "accepted by Ada on 2" in loud
    after = bilint("queue", "--format", "json", cwd=given.folder).json["queue"][0]
    assert after["score"] < before["score"]
    assert not [reason for reason in after["reasons"] if reason["code"] == "errors"]


def test_sarif_says_who_accepted_it_and_why(given: Lamps) -> None:
    (one,) = found(given)
    accept(given, one["fingerprint"])
    log = bilint("check", "--format", "sarif", cwd=given.folder).json
    results = [result for run in log["runs"] for result in run["results"]]
    (result,) = [one for one in results if one["ruleId"] == "dnl-altered"]
    assert result["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "Ada: ours"}
    ]


def test_it_survives_moved_lines_a_wrapped_paragraph_and_a_renamed_page(given: Lamps) -> None:
    (one,) = found(given)
    accept(given, one["fingerprint"])
    rewrite(given, "e scegli una lampada", "e scegli\nuna lampada")
    rewrite(given, "# La lampada\n", "\n\n\n# La lampada\n")
    Repo.at(given.folder / "lamps.it-IT").git("mv", PAGE, "help/lampada.md")
    (now,) = found(given)
    assert (now["state"], now["path"]) == ("accepted", "help/lampada.md")


def test_it_expires_visibly_when_the_translation_changes(given: Lamps) -> None:
    (one,) = found(given)
    accept(given, one["fingerprint"])
    rewrite(given, "una lampada per il salone", "una lampada per la cucina")
    (now,) = found(given)
    assert now["state"] == "expired"
    assert now["decision"]["as"] == "accepted"
    said = bilint("check", cwd=given.folder)
    assert said.code == 1
    assert "(was accepted) dnl-altered" in said.out
    assert "until the translation changed, accepted by Ada on 2" in said.out
    assert "1 accepted finding is open again: a text was changed since" in said.out
    # It may be accepted anew, by anybody: what expired stands in nobody's way.
    assert accept(given, one["fingerprint"], by="Bo").code == 0
    assert found(given)[0]["state"] == "accepted"


def test_it_expires_visibly_when_the_source_changes_that_it_was_made_of(given: Lamps) -> None:
    (one,) = found(given)
    accept(given, one["fingerprint"])
    source = Repo.at(given.folder / "lamps.en")
    text = (source.path / PAGE).read_text("utf-8")
    pin = source.commit("Hall", {PAGE: text.replace("for the hall", "for the kitchen")})
    rewrite(given, given.pins[0], pin)
    (now,) = found(given)
    assert now["state"] == "expired"
    assert now["fingerprint"] != one["fingerprint"]


def test_a_second_reviewer_is_told_and_may_insist(given: Lamps) -> None:
    (one,) = found(given)
    accept(given, one["fingerprint"])
    (standing,) = found(given)
    again = bilint(
        "decide", one["fingerprint"], "--as", "rework", "--reason", "no", "--by", "Bo",
        cwd=given.folder,
    )  # fmt: skip
    assert again.code == 1
    key = standing["decision"]["key"]
    assert f"not rework: accepted by Ada at {standing['decision']['at']}: ours" in again.out
    assert f"(--after {key} supersedes it)" in again.out
    assert found(given)[0]["state"] == "accepted"
    insisting = bilint(
        "decide", one["fingerprint"], "--as", "rework", "--reason", "no", "--by", "Bo",
        "--after", key, cwd=given.folder,
    )  # fmt: skip
    assert insisting.code == 0
    (now,) = found(given)
    assert (now["state"], now["decision"]["as"]) == ("open", "rework")
    assert "rework by Bo" in bilint("check", cwd=given.folder).out


def test_who_decided_may_think_again_and_nothing_is_lost(given: Lamps) -> None:
    (one,) = found(given)
    accept(given, one["fingerprint"])
    undo = bilint("decide", one["fingerprint"], "--as", "reopened", "--by", "Ada", cwd=given.folder)
    assert undo.code == 0
    assert found(given)[0]["state"] == "open"
    now = bilint("decisions", "list", cwd=given.folder).out
    assert "reopened by Ada" in now
    assert "accepted" not in now
    whole = bilint("decisions", "list", "--history", ON_DISK, cwd=given.folder).out
    assert whole.index("accepted by Ada: ours") < whole.index("reopened by Ada")
    assert bilint("decisions", "list", "help/door.md", cwd=given.folder).out == ""


def test_who_says_the_same_again_writes_nothing_twice(given: Lamps) -> None:
    (one,) = found(given)
    first = accept(given, one["fingerprint"])
    assert accept(given, one["fingerprint"]) == first
    history = ("decisions", "list", "--history")
    assert bilint(*history, cwd=given.folder).out.count("accepted by Ada") == 1
    # Another reason is another decision, and a comment is never the same.
    assert accept(given, one["fingerprint"], "--reason", "still ours").code == 0
    for _ in range(2):
        remark = ("--as", "comment", "--reason", "look", "--by", "Ada")
        assert bilint("decide", one["fingerprint"], *remark, cwd=given.folder).code == 0
    said = bilint(*history, cwd=given.folder).out
    assert said.count("accepted by Ada") == 2
    assert said.count("comment by Ada") == 2


def test_findings_of_a_report_are_decided_as_they_were_seen(given: Lamps) -> None:
    (one,) = found(given)
    line = json.dumps({**one, "as": "accepted", "reason": "ours"})
    file = given.folder / "decisions.jsonl"
    file.write_text(line + "\n\n")
    said = bilint(
        "decide", "--from-json", "decisions.jsonl", "--by", "Ada", "--format", "json",
        cwd=given.folder,
    )  # fmt: skip
    assert said.code == 0
    assert said.json["key"] == found(given)[0]["decision"]["key"]
    # The same line says that nothing had been decided when it was seen.
    again = bilint(
        "decide", "--from-json", "decisions.jsonl", "--by", "Ada", "--format", "json",
        cwd=given.folder,
    )  # fmt: skip
    assert again.code == 1
    assert again.json["refusal"].startswith("accepted by Ada")
    # And which text it was.
    rewrite(given, "una lampada per il salone", "una lampada per la cucina")
    late = bilint("decide", "--from-json", "decisions.jsonl", "--by", "Bo", cwd=given.folder)
    assert late.code == 1
    assert "its text is no longer the one that was decided on" in late.out


def test_a_stream_of_decisions_is_answered_line_by_line(given: Lamps) -> None:
    (one,) = found(given)
    lines = [
        {"fingerprint": one["fingerprint"], "as": "comment", "reason": f"number {number}"}
        for number in range(3)
    ]
    done = subprocess.run(
        [sys.executable, "-m", "bilint", "decide", "--from-json", "-", "--by", "Ada"],
        input="".join(json.dumps(line) + "\n" for line in lines),
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(SOURCE), "HOME": "/"},
        cwd=given.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 3
    listed = bilint("decisions", "list", one["fingerprint"], cwd=given.folder).out
    assert [line.rpartition(" ")[2] for line in listed.splitlines()[1:]] == ["0", "1", "2"]


def test_segments_that_are_still_right_leave_the_queue_and_let_the_page_be_stamped(
    tmp_path: Path,
) -> None:
    given = lamps(tmp_path)
    target = Repo.at(tmp_path / "lamps.it-IT")
    target.commit("As at the pin", {PAGE: LAMP_IT.format(pin=given.pins[0])})
    asked = [one for one in segments(given) if not one["answered"]]
    assert {one["state"] for one in asked} == {"stale", "new"}
    names = [one["fingerprint"] for one in asked]
    shown = bilint("status", "--diff", "--verbose", cwd=tmp_path).out
    assert all(name in shown for name in names)
    assert bilint("stamp", ON_DISK, cwd=tmp_path).code == 1
    for count, name in enumerate(names, 1):
        said = accept(given, name, "--path", PAGE)
        assert said.code == 0, said.out
        assert "accepted by Ada: segment" in said.out
        (page,) = [
            one
            for one in bilint("status", "--format", "json", cwd=tmp_path).json["pages"]
            if one["path"] == PAGE and one["locale"] == "it-IT"
        ]
        assert page["work"]["answered"] == count
    assert page["words_to_do"] == 0
    assert all(one["answered"] for one in segments(given))
    queue = bilint("queue", "--format", "json", cwd=tmp_path).json["queue"]
    codes = [reason["code"] for item in queue if item["path"] == PAGE for reason in item["reasons"]]
    assert not {"stale", "new"} & set(codes)
    # The check of the translation against its base goes on as before.
    assert found(given)
    stamped = bilint("stamp", ON_DISK, cwd=tmp_path)
    assert stamped.code == 0, stamped.out
    target.commit("Stamp", {})
    checks = [
        one["check"]
        for one in bilint("check", "--format", "json", cwd=tmp_path).json["findings"]
        if one["path"] == PAGE
    ]
    assert "pin-fake-refresh" not in checks


def test_a_segment_asks_again_when_its_source_changes_again(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    target = Repo.at(tmp_path / "lamps.it-IT")
    target.commit("As at the pin", {PAGE: LAMP_IT.format(pin=given.pins[0])})
    (one,) = [one for one in segments(given) if one["state"] == "stale"]
    accept(given, one["fingerprint"])
    source = Repo.at(tmp_path / "lamps.en")
    text = (source.path / PAGE).read_text("utf-8")
    source.commit("Later", {PAGE: text.replace("when it is dark", "when the bell rings")})
    (now,) = [one for one in segments(given) if one["state"] == "stale"]
    assert not now["answered"]
    said = bilint("status", cwd=tmp_path)
    assert "1 settled segment is open again: a text was changed since" in said.out


def test_what_is_wrong_with_the_request_is_told_all_at_once(given: Lamps) -> None:
    lines = ['{"as": "accepted"}', "[]", '{"fingerprint": "x", "as": "perhaps"}', '{"a']
    file = given.folder / "d.jsonl"
    file.write_text("\n".join(lines[:3]))
    said = bilint("decide", "--from-json", "d.jsonl", cwd=given.folder)
    assert said.code == 2
    assert said.err.splitlines() == [
        "bilint: d.jsonl:1: `fingerprint` is missing",
        "bilint: d.jsonl:2: not a JSON object",
        "bilint: d.jsonl:3: `as` must be one of accepted, edited, fixed, rework, skipped,"
        " reopened, assigned, comment, not 'perhaps'",
    ]
    file.write_text(lines[3])
    assert "d.jsonl:1: no JSON" in bilint("decide", "--from-json", "d.jsonl", cwd=given.folder).err
    for options, message in (
        ((), "nothing to decide"),
        (("f" * 16,), "`as` is missing: say it with --as"),
        (("f" * 16, "--as", "accepted"), "accepted needs a reason: say it with --reason"),
        (("f" * 16, "--as", "assigned"), "`assigned` goes with --to NAME"),
        (("f" * 16, "--as", "skipped", "--to", "Bo"), "`assigned` goes with --to NAME"),
    ):
        said = bilint("decide", *options, cwd=given.folder)
        assert said.code == 2
        assert message in said.err
    assert not (given.folder / ".bilint").exists()


def test_what_is_not_there_is_told(given: Lamps) -> None:
    said = accept(given, "f" * 16)
    assert said.code == 1
    assert "there is no such finding or segment" in said.out
    said = accept(given, "f" * 16, "--path", "help/door.md")
    assert said.code == 1
    assert "there is no such finding or segment on help/door.md" in said.out


def test_the_reviewer_is_named_by_the_environment_or_by_the_machine(given: Lamps) -> None:
    (one,) = found(given)
    arguments = ("decide", one["fingerprint"], "--as", "skipped")
    said = bilint(*arguments, cwd=given.folder, env={"BILINT_REVIEWER": "Cy"})
    assert "skipped by Cy" in said.out
    said = bilint(*arguments, "--after", found(given)[0]["decision"]["key"], cwd=given.folder,
                  env={"LOGNAME": "dora", "HOME": str(given.folder)})  # fmt: skip
    assert "skipped by dora" in said.out


def test_a_reviewer_has_the_name_that_git_has_for_them(given: Lamps, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home/.gitconfig").write_text("[user]\n\tname = Eva \u010capek\n", "utf-8")
    given.italian.git("config", "user.name", "Mallory")
    (one,) = found(given)
    said = bilint(
        *("decide", one["fingerprint"], "--as", "skipped"),
        cwd=given.italian.path.parent,
        env={"HOME": str(tmp_path / "home"), "LOGNAME": "dora"},
    )
    assert "skipped by Eva \u010capek" in said.out


def test_a_repository_may_keep_its_decisions_as_text(given: Lamps) -> None:
    (given.folder / "bilint.toml").write_text(f'decisions = "decisions.txt"\n{SETTINGS}')
    (one,) = found(given)
    assert accept(given, one["fingerprint"]).code == 0
    assert not (given.folder / ".bilint").exists()
    text = (given.folder / "decisions.txt").read_text()
    assert len(text.splitlines()) == 2
    assert found(given)[0]["state"] == "accepted"
    # A line that somebody altered settles nothing, and is told.
    (given.folder / "decisions.txt").write_text(text.replace("ours", "theirs"))
    said = bilint("check", cwd=given.folder)
    assert said.code == 1
    assert "skipped   decisions.txt:2: was altered after Ada wrote it" in said.out


def test_settings_may_name_no_database_and_nothing_outside(given: Lamps) -> None:
    for line, message in (
        ('store = "x.db"', "only the command line may say --store"),
        ('decisions = "../x.txt"', "is not in this repository"),
        ('decisions = "postgresql://example.org/x"', "a database is named by --store"),
    ):
        (given.folder / "bilint.toml").write_text(f"{line}\n{SETTINGS}")
        said = bilint("check", cwd=given.folder)
        assert message in said.err
        assert said.code == 2


def test_a_store_that_was_named_may_be_new_and_must_be_one(given: Lamps) -> None:
    said = bilint("check", "--store", "none.db", cwd=given.folder)
    assert said.code == 1
    assert "skipped   none.db: nothing was decided here yet" in said.out
    assert not (given.folder / "none.db").exists()
    (given.folder / "song.db").write_bytes(b"SQLite format 3\x00" + b"la" * 3000)
    said = bilint("check", "--store", "song.db", cwd=given.folder)
    assert said.code == 2
    assert "song.db: " in said.err
    (one,) = found(given)
    made = accept(given, one["fingerprint"], "--store", "mine.db")
    assert (made.code, made.err) == (0, "bilint: mine.db: a new store of decisions\n")
    assert found(given)[0]["state"] == "open"
    assert found(given, "--store", "mine.db")[0]["state"] == "accepted"
    said = bilint("check", cwd=given.folder, env={"BILINT_STORE": "mine.db"})
    assert "1 accepted" in said.out


def test_decisions_go_from_store_to_store_and_merge(given: Lamps) -> None:
    (one,) = found(given)
    accept(given, one["fingerprint"])
    assert bilint("decisions", "export", "base.txt", cwd=given.folder).code == 0
    base = (given.folder / "base.txt").read_text()
    assert bilint("decisions", "export", cwd=given.folder).out == base
    for name in ("ours", "theirs"):
        bilint("decisions", "import", "base.txt", "--store", f"{name}.txt", cwd=given.folder)
        assert (given.folder / f"{name}.txt").read_text() == base
    for name, verdict in (("ours", "reopened"), ("theirs", "rework")):
        accepted = bilint(
            "decide", one["fingerprint"], "--as", verdict, "--reason", name, "--by", "Ada",
            "--store", f"{name}.txt", cwd=given.folder,
        )  # fmt: skip
        assert accepted.code == 0
    merged = bilint("decisions", "merge", "base.txt", "ours.txt", "theirs.txt", cwd=given.folder)
    assert merged.code == 1
    assert "these contradict each other, and none of them holds" in merged.err
    assert "reopened by Ada" in merged.err
    assert "rework by Ada" in merged.err
    whole = (given.folder / "ours.txt").read_text().splitlines()
    assert len(whole) == 4
    assert set(whole) >= set((given.folder / "theirs.txt").read_text().splitlines())
    (now,) = found(given, "--store", "ours.txt")
    assert (now["state"], now["decision"]) == ("open", None)
    said = bilint("check", "--store", "ours.txt", cwd=given.folder)
    assert "decided   nothing holds: " in said.out
    assert bilint("decisions", "import", "ours.txt", cwd=given.folder).code == 1
    keys = [line.split("\t")[2] for line in whole[1:] if "accepted" not in line]
    settle = accept(given, one["fingerprint"], "--after", keys[0], "--after", keys[1])
    assert settle.code == 0, settle.out
    assert found(given)[0]["state"] == "accepted"


def test_git_merges_the_text_by_its_driver(given: Lamps) -> None:
    (given.folder / "bilint.toml").write_text(f'decisions = "decisions.txt"\n{SETTINGS}')
    shared = Repo(given.folder)
    shared.write({".gitignore": "lamps.*\n", ".gitattributes": "decisions.txt merge=bilint\n"})
    shared.git("config", "merge.bilint.driver",
               f"{sys.executable} -P -m bilint decisions merge %O %A %B")  # fmt: skip
    (one,) = found(given)
    (segment,) = [one for one in segments(given) if one["state"] == "stale"]
    shared.commit("Empty", {"decisions.txt": bilint_process("--version", cwd=given.folder).out})
    shared.commit("None yet", {"decisions.txt": "# none yet\n"})
    shared.switch("other")
    accept(given, segment["fingerprint"], by="Bo")
    shared.commit("Bo decides", {})
    shared.switch("main")
    accept(given, one["fingerprint"])
    shared.commit("Ada decides", {})
    done = run_program(
        ["git", "merge", "-q", "-m", "Both", "other"],
        given.folder,
        {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(SOURCE),
            "HOME": str(given.folder),
            "GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@example.org",
            "GIT_COMMITTER_NAME": "T", "GIT_COMMITTER_EMAIL": "t@example.org",
        },
    )  # fmt: skip
    assert done.code == 0, done.err
    lines = (given.folder / "decisions.txt").read_text().splitlines()
    assert [line for line in lines if line.startswith("# ")][1:] == ["# none yet"]
    assert len(lines) == 4
    assert found(given)[0]["state"] == "accepted"


def test_a_change_that_makes_a_decision_expire_has_caused_it(given: Lamps) -> None:
    target = Repo.at(given.folder / "lamps.it-IT")
    (one,) = found(given)
    accept(given, one["fingerprint"])
    settings = given.folder / "bilint.toml"
    rewrite(given, "una lampada per il salone", "una lampada per la cucina")
    store = given.folder / ".bilint" / "decisions.db"
    said = bilint(
        "check", "--changed-from", "HEAD", "--config", str(settings), "--store", str(store),
        cwd=target.path,
    )  # fmt: skip
    assert said.code == 1, said.out + said.err
    assert "(was accepted) dnl-altered" in said.out
    target.commit("Change", {})
    rewrite(given, "La lampada si accende", "La lampada qui si accende")
    said = bilint(
        "check", "--changed-from", "HEAD", "--config", str(settings), "--store", str(store),
        cwd=target.path,
    )  # fmt: skip
    assert said.code == 0, said.out
    assert "(before this change) dnl-altered" in said.out


def test_what_is_accepted_stays_out_of_a_baseline(given: Lamps) -> None:
    (one,) = found(given)
    accept(given, one["fingerprint"])
    bilint("check", "--write-baseline", "known.txt", cwd=given.folder)
    assert "dnl-altered" not in (given.folder / "known.txt").read_text()


LOADED = """
import atexit, sys
atexit.register(lambda: print(*sys.modules))
"""


def test_who_keeps_decisions_in_a_file_never_waits_for_the_door_to_a_database(
    given: Lamps,
) -> None:
    (one,) = found(given)
    accept(given, one["fingerprint"])
    said = run_program(script(LOADED, "check"), given.folder, environment())
    assert "1 accepted" in said.out
    loaded = set(said.out.splitlines()[-1].split())
    assert "sqlite3" in loaded
    assert not {"sqlalchemy", "psycopg"} & loaded


def test_several_processes_answer_as_one_does(given: Lamps) -> None:
    (segment,) = [one for one in segments(given) if one["state"] == "stale"]
    (one,) = found(given)
    accept(given, segment["fingerprint"])
    accept(given, one["fingerprint"])
    arguments = ("report", "--format", "json", "--diff")
    assert (
        bilint_process(*arguments, "--jobs", "1", cwd=given.folder).out
        == bilint_process(*arguments, "--jobs", "3", cwd=given.folder).out
    )


def test_segments_that_are_answered_are_marked_in_what_changed(given: Lamps) -> None:
    stale, new = segments(given)
    plain = ("status", "--diff", ON_DISK)
    assert "(answered)" not in bilint(*plain, cwd=given.folder).out
    accept(given, stale["fingerprint"], "--path", PAGE)
    said = bilint(*plain, cwd=given.folder).out
    assert "  ~ (answered) The lamp is switched on in the [-morning.-]" in said
    assert f"  + {new['head']}" in said
    assert said.count("(answered)") == 1
    loud = bilint(*plain, "--verbose", cwd=given.folder).out
    assert f"{stale['fingerprint']} stale, line {stale['line']}, answered" in loud
    assert f"  = {stale['target']}\n" in loud
    assert stale["target"] not in said
