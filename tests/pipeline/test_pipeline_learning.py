"""All pages are learnt from before any is checked; what is kept is what checks go by."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bilint.checks.base import Doubt
from bilint.checks.registry import BY_ID
from bilint.learning.learn import learn
from bilint.model.alignment import AlignedPair
from bilint.model.config import CheckSettings, Limits, Location, Settings
from bilint.model.evidence import Evidence
from bilint.model.habit import Habit
from bilint.model.pair import Pair
from bilint.pipeline import shards, teach
from bilint.pipeline.examine import Examiner
from bilint.pipeline.request import Request, Wants
from bilint.pipeline.run import run
from bilint.pipeline.teach import learn_locales
from bilint.readers.learnt import read_evidence, write_evidence
from bilint.reporters.json_report import render_json
from command_line import bilint
from lamps import DOOR_IT, Lamps, lamps
from repositories import Repo

SOURCE = """\
---
title: The lamp {n}
exl-id: 00000000-0000-4000-8000-{n:012}
---
# The lamp {n}

The lamp number {n} is switched on in the morning.
"""
TARGET = """\
---
title: La lampada {n}
exl-id: 00000000-0000-4000-8000-{n:012}
source-git-commit: {pin}
source-wordcount: '{words}'
ht-degree: {share}%
---
# La lampada {n}

La lampada numero {n} si accende al mattino.
"""
MANY = 24


def many(folder: Path) -> Settings:
    pin = Repo(folder / "en").commit(
        "Publish", {f"help/{n}.md": SOURCE.format(n=n) for n in range(MANY)}
    )
    Repo(folder / "it").commit(
        "Translate",
        {
            f"help/{n}.md": TARGET.format(n=n, pin=pin, words=100 + n, share=n % 5)
            for n in range(MANY)
        },
    )
    return Settings(
        source=Location(str(folder / "en"), None, "help"),
        targets={"it-IT": Location(str(folder / "it"), None, "help")},
    )


def said(settings: Settings, jobs: int = 1) -> bytes:
    return b"".join(render_json(run(Request(settings, Wants(True, True, True), jobs=jobs))))


@pytest.mark.parametrize("size", [1, 5])
def test_shards_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    settings = many(tmp_path)
    whole = said(settings)
    assert b'"ht-degree-low"' in whole
    monkeypatch.setattr(shards, "SHARD", size)
    monkeypatch.setattr(shards, "KEPT", 0)
    assert said(settings) == whole
    assert said(settings, jobs=2) == whole


@pytest.mark.parametrize(
    ("on", "learnt"),
    [
        ("ht-degree-low", frozenset[str]()),
        ("label-boundary", frozenset(("labels",))),
        ("name-glued", frozenset(("names",))),
    ],
)
def test_only_what_the_checks_ask_for_is_learnt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on: str, learnt: frozenset[str]
) -> None:
    asked: list[object] = []

    def spy(*arguments: Any) -> Evidence:
        asked.append((len(arguments[2]), arguments[3]))
        return learn(*arguments)

    settings = many(tmp_path)
    everything = run(Request(settings, Wants(findings=True), jobs=1))
    alone = settings._replace(
        checks={name: CheckSettings(enabled=False) for name in BY_ID if name != on}
    )
    monkeypatch.setattr("bilint.learning.learn.learn", spy)
    for jobs in (1, 2):
        report = run(Request(alone, Wants(findings=True), jobs=jobs))
        assert report.findings == tuple(f for f in everything.findings or () if f.check == on)
    heads, pages = (0, learnt), (MANY, learnt)
    assert asked == ([heads, pages] if learnt else [heads]) * 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_need_not_wait_for_other_pages_is_checked_at_once_and_found_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    settings = many(tmp_path)
    target = Repo(tmp_path / "it")
    for n in (3, 7):
        page = tmp_path / "it" / "help" / f"{n}.md"
        text = page.read_text().replace("al mattino", "con [!UICONTROL Start]")
        target.commit("Label", {f"help/{n}.md": text})
    on = ("ht-degree-low", "label-boundary", "uicontrol-untranslated", "untranslated-segment")
    settings = settings._replace(
        checks={name: CheckSettings(enabled=False) for name in BY_ID if name not in on}
    )
    waited: list[str] = []
    doubts = Examiner._doubts

    def spy(examiner: Examiner, aligned: AlignedPair) -> tuple[Doubt, ...] | None:
        found = doubts(examiner, aligned)
        if found is None:
            waited.append(aligned.target.path)
        return found

    monkeypatch.setattr(Examiner, "_doubts", spy)
    at_once = said(settings, jobs)
    assert b'"ht-degree-low"' in at_once
    assert jobs == 2 or sorted(waited) == ["help/3.md", "help/7.md"]
    monkeypatch.setattr(Examiner, "_doubts", lambda *_: None)
    assert said(settings) == at_once


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_that_was_checked_too_soon_is_checked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    settings = many(tmp_path)
    labelled = range(7)
    source, target = Repo(tmp_path / "en"), Repo(tmp_path / "it")
    said_so = SOURCE.replace("is switched on", "has a [!UICONTROL Start] button")
    pin = source.commit("Label", {f"help/{n}.md": said_so.format(n=n) for n in labelled})
    pages = {}
    for n in labelled:
        text = TARGET.format(n=n, pin=pin, words=100, share=0)
        label = "Start" if n == 2 else "Avvia"
        text = text.replace("si accende", f"ha un pulsante [!UICONTROL {label}]")
        pages[f"help/{n}.md"] = text
    target.commit("Label", pages)
    settings = settings._replace(
        checks={
            name: CheckSettings(enabled=False) for name in BY_ID if name != "uicontrol-untranslated"
        }
    )
    again: list[str] = []
    judged = Examiner._judged

    def spy(examiner: Examiner, pair: Pair) -> Any:
        again.append(pair.target.path)
        return judged(examiner, pair)

    monkeypatch.setattr(Examiner, "_judged", spy)
    at_once = said(settings, jobs)
    assert b"in 6 other places" in at_once
    assert jobs == 2 or [path for path in again if again.count(path) > 1] == ["help/2.md"] * 2
    monkeypatch.setattr(Examiner, "_doubts", lambda *_: None)
    assert said(settings) == at_once


def test_what_is_kept_is_what_some_pages_are_checked_by(tmp_path: Path) -> None:
    settings = many(tmp_path)
    low = {
        f.path
        for f in run(Request(settings, Wants(findings=True), jobs=1)).findings or ()
        if f.check == "ht-degree-low"
    }
    (page, *_) = sorted(low)
    asked = Request(settings, Wants(findings=True), paths=(page,), jobs=1)
    before = run(asked)
    assert not [f for f in before.findings or () if f.check == "ht-degree-low"]
    assert "ht-degree-low" in {one.check for one in before.skipped}
    (learnt,) = learn_locales(Request(settings))
    (tmp_path / "it.json").write_bytes(write_evidence(learnt.evidence))
    kept = settings._replace(evidence={"it-IT": str(tmp_path / "it.json")})
    after = run(asked._replace(settings=kept))
    assert [f.path for f in after.findings or () if f.check == "ht-degree-low"] == [page]
    assert "ht-degree-low" not in {one.check for one in after.skipped}
    assert said(kept) == said(settings)


@pytest.mark.parametrize("content", [b"{}", None])
def test_a_file_that_cannot_be_read_is_told_and_the_run_goes_on(
    tmp_path: Path, content: bytes | None
) -> None:
    settings = many(tmp_path)._replace(evidence={"it-IT": str(tmp_path / "it.json")})
    if content is not None:
        (tmp_path / "it.json").write_bytes(content)
    report = run(Request(settings, Wants(findings=True), jobs=1))
    (told,) = [one for one in report.skipped if one.path == str(tmp_path / "it.json")]
    assert "what was learnt cannot be read" in told.reason
    assert [f for f in report.findings or () if f.check == "ht-degree-low"], "it learns for itself"


@pytest.fixture
def given(tmp_path: Path) -> Lamps:
    return lamps(tmp_path)


def test_terms_learn_writes_beside_the_catalogues(given: Lamps) -> None:
    told = bilint("terms", "learn", cwd=given.folder)
    assert (told.code, told.err) == (0, "")
    assert "it-IT: learnt from 2 pages" in told.out
    path = given.italian.path / "locales/it-IT/learnt.json"
    evidence = read_evidence(path.read_bytes(), "it-IT", Limits().catalogue)
    assert isinstance(evidence, Evidence)
    again = path.read_bytes()
    assert bilint("terms", "learn", "--locale", "it-IT", cwd=given.folder).code == 0
    assert path.read_bytes() == again


HAND = b'msgid ""\nmsgstr ""\n\n#, forbidden\nmsgid   "wick"\nmsgstr "miccia"\n'


def catalogued(given: Lamps, *options: str) -> str:
    told = bilint("terms", "learn", *options, cwd=given.folder)
    assert (told.code, told.err) == (0, "")
    return told.out


def test_terms_learn_shows_people_what_it_learnt(
    given: Lamps, monkeypatch: pytest.MonkeyPatch
) -> None:
    habits = (
        Habit("lamp", "lampada", 9, 9, "segments"),
        Habit("wick", "stoppino", 8, 8, "segments"),
    )
    monkeypatch.setattr(teach, "learn_glossary", lambda *_: habits)
    path = given.italian.path / "locales/it-IT/terms.po"
    assert "terms.po (2 learnt, 0 by hand)" in catalogued(given)
    assert b'msgstr "stoppino"' in path.read_bytes()
    path.write_bytes(HAND)
    assert "terms.po (1 learnt, 1 by hand)" in catalogued(given)
    data = path.read_bytes()
    assert data.startswith(HAND)
    assert b"lampada" in data
    assert b"stoppino" not in data
    catalogued(given)
    assert path.read_bytes() == data
    assert not (given.italian.path / "locales/it-IT/ui.po").exists()


def test_terms_learn_leaves_catalogues_alone(given: Lamps, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        teach, "learn_glossary", lambda *_: (Habit("lamp", "lampada", 9, 9, "segments"),)
    )
    catalogued(given, "--no-catalogue")
    assert [one.name for one in (given.italian.path / "locales/it-IT").iterdir()] == ["learnt.json"]


def test_a_damaged_term_base_is_told_and_left_as_it_is(
    given: Lamps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        teach, "learn_glossary", lambda *_: (Habit("lamp", "lampada", 9, 9, "segments"),)
    )
    path = given.italian.path / "locales/it-IT/terms.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(HAND + b'msgid "a"\nmsgstr "b\n')
    told = bilint("terms", "learn", cwd=given.folder)
    assert told.code == 2
    assert "terms.po: line 8: this string is not terminated; nothing was written" in told.err
    assert (path.parent / "learnt.json").exists()
    assert path.read_bytes() == HAND + b'msgid "a"\nmsgstr "b\n'


def test_a_dry_run_writes_nothing(given: Lamps) -> None:
    assert bilint("terms", "learn", "--dry-run", cwd=given.folder).code == 0
    assert not (given.italian.path / "locales").exists()


def test_what_is_not_checked_out_needs_a_folder(given: Lamps) -> None:
    target = f"it-IT={given.italian.path}@HEAD"
    options = ("--source", "lamps.en", "--target", target, "--root", "help")
    told = bilint("terms", "learn", *options, cwd=given.folder)
    assert told.code == 2
    assert "--output" in told.err
    told = bilint("terms", "learn", *options, "--output", "kept", cwd=given.folder)
    assert told.code == 0
    assert (given.folder / "kept/locales/it-IT/learnt.json").is_file()


def test_an_earlier_version_by_people_is_learnt_from(given: Lamps) -> None:
    """What people translated counts, also where a machine has come over it."""
    human = DOOR_IT.format(pin=given.pins[0])
    machine = human.replace("La porta è aperta", "La porta viene aperta")
    for share, text in (("100%", human), ("0%", machine)):
        marked = text.replace("\n---\n", f"\nht-degree: {share}\n---\n", 1)
        given.italian.commit("Translate", {"help/door.md": marked})
    (learnt,) = [
        one
        for one in learn_locales(
            Request(
                Settings(
                    source=Location(str(given.source.path), None, "help"),
                    targets={"it-IT": Location(str(given.italian.path), None, "help")},
                )
            )
        )
        if one.locale == "it-IT"
    ]
    assert (learnt.pages, learnt.earlier, learnt.unknown) == (2, 1, 0)
