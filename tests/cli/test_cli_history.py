"""`--history`, `trend`, `history`, `diff` and `badge`: a page that ages over some weeks."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator

from bilint.reporters.schema import report_schema, trend_schema
from bilint.stores.history.store import open_history
from command_line import Said, bilint
from repositories import Repo

ENGLISH = """\
---
title: Lanterns
---

# Lanterns

A lantern shows the way into the harbor.

Open [!DNL Harbor Desk] and choose a lantern.
"""
ITALIAN = """\
---
title: Lanterne
source-git-commit: {pin}
source-wordcount: '{words}'
ht-degree: '{share}%'
---

# Lanterne

Una lanterna mostra la via verso il porto.

Apri [!DNL {name}] e scegli una lanterna.
"""


class Story(NamedTuple):
    folder: Path
    source: Repo
    target: Repo
    pins: tuple[str, ...]

    def run(self, *arguments: str) -> Said:
        return bilint(*arguments, "--source", "en", "--target", "it-IT=it", "--root", "help",
                      cwd=self.folder)  # fmt: skip

    def trend(self, *arguments: str) -> Any:
        said = bilint("trend", "--history", "runs.db", "--format", "json", *arguments,
                      cwd=self.folder)  # fmt: skip
        assert said.code == 0, said.err
        Draft202012Validator(json.loads(trend_schema())).validate(said.json)
        return said.json

    def backfill(self, *arguments: str) -> Said:
        return self.run("history", "backfill", "--history", "runs.db", *arguments)


def italian(pin: str, share: int = 100, name: str = "Harbor Desk", words: int = 20) -> str:
    return ITALIAN.format(pin=pin, share=share, name=name, words=words)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Commits are a day apart, the first of them on Wednesday, 2023-11-15."""
    folder = tmp_path_factory.mktemp("history")
    source, target = Repo(folder / "en"), Repo(folder / "it")
    first = source.commit("lanterns", {"help/lanterns.md": ENGLISH})
    target.commit("lanterns", {"help/lanterns.md": italian(first)})
    for day in range(2, 16):
        longer = ENGLISH + "\nA buoy shows where the water is deep.\n"
        files = {"help/lanterns.md": longer} if day == 9 else {}
        second = source.commit(f"day {day}", files)
        if day == 9:
            third = second
        damaged = {"help/lanterns.md": italian(first, 40, "Scrivania del porto")}
        target.commit(f"day {day}", damaged if day == 4 else {})
    return Story(folder, source, target, (first, third))


@pytest.fixture
def story(told: Story, tmp_path: Path) -> Story:
    """The same, where a test may write."""
    shutil.copytree(told.folder, tmp_path / "x")
    folder = tmp_path / "x"
    source, target = Repo.at(folder / "en"), Repo.at(folder / "it")
    source._day = target._day = 15
    return Story(folder, source, target, told.pins)


def repair(story: Story) -> None:
    story.target.write({"help/lanterns.md": italian(story.pins[0], 90)})


def test_a_run_is_kept_and_the_next_one_tells_what_changed(story: Story) -> None:
    said = story.run("report", "--history", "runs.db")
    assert "this is the first run that is kept" in said.out
    repair(story)
    said = story.run("report", "--history", "runs.db")
    assert "it-IT  0 new, 2 fixed, 0 still open" in said.out
    assert "human share 40.0% → 90.0%" in said.out
    trend = story.trend()
    assert [one["rebuilt"] for one in trend["runs"]] == [False, False]
    before, after = (run["locales"][0] for run in trend["runs"])
    assert before["findings"] != after["findings"]
    assert (before["human_share"], after["human_share"]) == (40.0, 90.0)
    assert trend["unlike"] == []


def test_a_report_holds_its_trend(story: Story) -> None:
    story.run("report", "--history", "runs.db")
    said = story.run("report", "--history", "runs.db", "--format", "json")
    Draft202012Validator(json.loads(report_schema())).validate(said.json)
    assert len(said.json["trend"]["runs"]) == 2
    assert story.run("report", "--format", "json").json["trend"] is None
    said = story.run("report", "--history", "runs.db", "--format", "markdown")
    assert "## Since 20" in said.out


def test_a_check_is_kept_too_but_only_of_all_pages(story: Story) -> None:
    assert "this is the first run" in story.run("check", "--history", "runs.db").out
    said = story.run("check", "--history", "runs.db", "it/help/lanterns.md")
    assert said.code == 2
    assert "--history keeps runs over all pages" in said.err
    assert len(story.trend()["runs"]) == 1


def test_runs_by_other_settings_are_told_apart(story: Story) -> None:
    story.run("report", "--history", "runs.db")
    (story.folder / "bilint.toml").write_text("[checks.dnl-altered]\nenabled = false\n")
    said = story.run("report", "--history", "runs.db")
    assert "the run before was measured otherwise" in said.out
    assert "checks: -dnl-altered" in said.out
    first, second = story.trend()["runs"]
    assert first["measure"] != second["measure"]


def test_past_runs_are_rebuilt(story: Story) -> None:
    said = story.backfill("--every", "1d", "--until", "2023-12-01")
    assert said.out == "16 runs from 2023-11-16 to 2023-12-01: 16 rebuilt, 0 were there\n"
    runs = story.trend()["runs"]
    assert all(run["rebuilt"] for run in runs)
    shares = [run["locales"][0]["human_share"] for run in runs]
    assert shares == [100.0] * 3 + [40.0] * 13
    stale = [run["locales"][0]["pages"]["stale"] for run in runs]
    assert stale == [0] * 8 + [1] * 8
    words = [run["locales"][0]["words_to_do"] for run in runs]
    assert words == [0] * 8 + [8] * 8
    again = story.backfill("--every", "1d", "--until", "2023-12-01")
    assert again.out.endswith(": 0 rebuilt, 16 were there\n")


def test_several_processes_rebuild_the_same(story: Story) -> None:
    story.backfill("--every", "1d", "--until", "2023-12-01", "--jobs", "1")
    one = story.trend()
    (story.folder / "runs.db").unlink()
    story.backfill("--every", "1d", "--until", "2023-12-01", "--jobs", "3")
    assert story.trend() == one


def test_a_backfill_goes_on_where_it_stopped(story: Story) -> None:
    story.backfill("--every", "1d", "--until", "2023-12-01")
    whole = story.trend()
    with open_history(story.folder / "runs.db") as history:
        history.forget(history.times()[3:9])
    said = story.backfill("--every", "1d", "--until", "2023-12-01")
    assert said.out.endswith(": 6 rebuilt, 10 were there\n")
    assert story.trend() == whole


def test_a_rebuilt_run_is_what_a_report_would_have_been(story: Story) -> None:
    story.backfill("--every", "1w")
    last = story.trend()["runs"][-1]
    (locale,) = last["locales"]
    with open_history(story.folder / "runs.db", read_only=True) as history:
        found = sorted(one.fingerprint for one in history.findings(last["at"], "it-IT").elements())
    said = bilint(
        "report", "--format", "json", "--source", f"en@{last['source_revision']}",
        "--target", f"it-IT=it@{locale['revision']}", "--root", "help", cwd=story.folder,
    )  # fmt: skip
    report = said.json
    assert found == sorted(one["fingerprint"] for one in report["findings"] if one["locale"])
    assert locale["words_to_do"] == report["counts"]["pages"]["words_to_do"]
    assert locale["queue"] == report["counts"]["queue"]["items"]
    assert locale["pages"] == report["counts"]["pages"]["status"]


def test_a_page_that_links_to_a_page_that_came_later_is_judged_again(story: Story) -> None:
    source, target = story.source, story.target
    link = ENGLISH + "\nRead [more](buoys.md).\n"
    pin = source.commit("link", {"help/lanterns.md": link, "help/buoys.md": ENGLISH})
    linked = italian(pin) + "\nLeggi [altro](buoys.md).\n"
    target.commit("link", {"help/lanterns.md": linked})
    target.commit("buoys", {"help/buoys.md": italian(pin)})
    story.backfill("--every", "1d", "--since", "2023-11-30", "--until", "2023-12-02")
    counts = []
    with open_history(story.folder / "runs.db", read_only=True) as history:
        for at in history.times():
            found = history.findings(at, "it-IT")
            counts.append(sum(one.check == "link-relative-missing" for one in found.elements()))
    assert counts == [0, 1, 0]


def test_what_cannot_be_rebuilt_is_said(story: Story) -> None:
    said = story.backfill("--every", "1y")
    assert said.code == 2
    assert "'1y' is not a span of time" in said.err
    said = story.backfill("--until", "2020-01-31")
    assert said.code == 2
    assert "no page was there on any of these days" in said.err
    said = story.backfill("--since", "yesterday")
    assert (said.code, "is not a day such as" in said.err) == (2, True)


def test_trend_as_text_and_csv(story: Story) -> None:
    story.backfill("--every", "1d", "--until", "2023-12-01")
    said = bilint("trend", "--history", "runs.db", "--last", "3", cwd=story.folder)
    assert "it-IT  16 runs, 2023-11-16 to 2023-12-01; 16 rebuilt from git" in said.out
    assert "human share 40.0% ███▄" in " ".join(said.out.split())
    assert "and 13 earlier runs" in said.out
    said = bilint("trend", "--history", "runs.db", "--format", "csv", cwd=story.folder)
    rows = list(csv.DictReader(io.StringIO(said.out.lstrip("\ufeff"))))
    assert len(rows) == 16
    assert rows[-1]["pages_stale"] == "1"
    assert rows[0]["rebuilt"] == "yes"
    said = bilint("trend", "--history", "runs.db", "--locale", "fr-FR", cwd=story.folder)
    assert (said.code, "there is: it-IT" in said.err) == (2, True)
    said = bilint("trend", "--history", "none.db", cwd=story.folder)
    assert (said.code, "there is no history of runs here" in said.err) == (2, True)


def test_runs_are_listed_and_forgotten(story: Story) -> None:
    story.backfill("--every", "1w", "--until", "2023-12-04")
    story.run("report", "--history", "runs.db", "-q")

    def listed() -> list[str]:
        said = bilint("history", "list", "--history", "runs.db", cwd=story.folder)
        return said.out.splitlines()

    def forget(*arguments: str) -> Said:
        return bilint("history", "forget", "--history", "runs.db", *arguments, cwd=story.folder)

    assert [line.split()[1] for line in listed()] == ["rebuilt", "rebuilt", "rebuilt", "made"]
    assert forget("--before", "2023-11-21", "--dry-run").out == "1 of 4 runs would be forgotten\n"
    assert forget("--before", "2023-11-21").out == "1 of 4 runs forgotten\n"
    assert forget(listed()[0].split()[0]).out == "1 of 3 runs forgotten\n"
    assert forget("--rebuilt").out == "1 of 2 runs forgotten\n"
    assert len(listed()) == 1
    assert forget("2020-01-01T00:00:00Z").code == 2
    assert forget().code == 2


def test_a_file_that_is_something_else_is_left_alone(story: Story) -> None:
    notes = story.folder / "notes.db"
    notes.write_text("not a database, however one looks at it\n" * 40)
    before = notes.read_bytes()
    for command in (("report",), ("check",), ("history", "backfill")):
        said = story.run(*command, "--history", "notes.db")
        assert said.code == 2
        assert "notes.db" in said.err
    assert notes.read_bytes() == before


def test_what_a_change_of_the_translation_caused(story: Story) -> None:
    said = story.run("diff", "main~13", "main", "--side", "it-IT")
    assert "+ 12:" in said.out
    assert "error dnl-altered" in said.out
    assert "human share 100.0% → 40.0%" in said.out
    backwards = story.run("diff", "main", "main~13")
    assert "0 new" in backwards.out
    same = story.run("diff", "main", "main")
    assert "it-IT  0 new, 0 fixed" in same.out


def test_what_a_change_of_the_source_caused(story: Story) -> None:
    said = story.run("diff", "--side", "source", "main~8", "main", "--format", "json")
    assert said.code == 0, said.err
    (locale,) = (one for one in said.json["locales"] if one["locale"] == "it-IT")
    (page,) = locale["pages"]
    assert page["before"]["status"] == "current"
    assert page["after"]["status"] == "stale"
    assert locale["words_to_do"] == {"before": 0, "after": 8}
    assert said.json["side"] == "source"
    text = story.run("diff", "--side", "source", "main~8", "main").out
    assert "current → stale  +8 words to do" in text


def test_what_is_not_committed_yet_is_the_later_one(story: Story) -> None:
    repair(story)
    said = story.run("diff", "main")
    assert "it-IT: " in said.out
    assert "→ the working tree" in said.out
    assert "fixed" in said.out
    assert story.run("diff", "main", "--fail-on", "error").code == 0


def test_a_diff_can_fail(story: Story) -> None:
    assert story.run("diff", "main~13", "main", "--fail-on", "error").code == 1
    said = story.run("diff", "no-such-branch")
    assert (said.code, "no-such-branch" in said.err) == (2, True)
    said = story.run("diff", "main", "--side", "fr-FR")
    assert (said.code, "there is source, it-IT" in said.err) == (2, True)


def test_beside_it_as_it_was_then(story: Story) -> None:
    plain = story.run("diff", "main~13", "main~8", "--format", "json").json
    then = story.run("diff", "main~13", "main~8", "--as-of", "--format", "json").json
    assert plain["beside"]["source"]["before"] == plain["beside"]["source"]["after"]
    assert then["beside"]["source"]["before"] != then["beside"]["source"]["after"]


@pytest.mark.parametrize(
    ("metric", "message"),
    [
        ("current", "0% current"),
        ("words", "8 words to do"),
        ("human", "40% human"),
        ("findings", "1 error"),
    ],
)
def test_a_badge(story: Story, metric: str, message: str) -> None:
    said = story.run("badge", "it-IT", "--metric", metric, "--output", "badge.svg")
    assert said.code == 0, said.err
    picture = ET.parse(story.folder / "badge.svg").getroot()
    title = picture.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text is not None
    assert title.text.startswith(f"it-IT: {message}")
    said = story.run("badge", "it-IT", "--metric", metric, "--format", "json")
    assert said.json["schemaVersion"] == 1
    assert said.json["message"].startswith(message)


def test_a_badge_of_the_last_run_that_is_kept(story: Story) -> None:
    story.backfill("--every", "1d", "--until", "2023-11-17")
    said = bilint("badge", "it-IT", "--metric", "human", "--history", "runs.db", "--format", "json",
                  cwd=story.folder)  # fmt: skip
    assert said.json["message"] == "100% human"
    said = bilint("badge", "fr-FR", "--history", "runs.db", cwd=story.folder)
    assert (said.code, "no run of fr-FR" in said.err) == (2, True)
