"""`bilint quality`: a page that a machine translated, people corrected, and a machine extended."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator
from sacrebleu.metrics.bleu import BLEU

from bilint.model.quality import Figures, Group, LeftOut, LocaleQuality, Quality
from bilint.reporters.schema import quality_schema
from command_line import Said, bilint
from repositories import Repo

ROOMS = [f"room {number}" for number in range(1, 41)]
SCRIPT = "Updated by AutoLocalizeURLs.py"


def page(title: str, lines: list[str], *front: str) -> str:
    body = "\n\n".join(f"{line}." for line in lines)
    return "\n".join(["---", f"title: {title}", *front, "---", "", body, ""])


def english(rooms: list[str]) -> str:
    return page("Buoys", [f"The buoy of {room} is red" for room in rooms])


def machine(rooms: list[str]) -> list[str]:
    """Every fourth of its sentences will have to be corrected."""
    return [f"La boa della {room} è rossa" for room in rooms]


def people(rooms: list[str]) -> list[str]:
    return [
        line.replace("La boa", "Il gavitello").replace("rossa", "rosso") if at % 4 == 0 else line
        for at, line in enumerate(machine(rooms))
    ]


def italian(lines: list[str], pin: str, workflow: str, share: int) -> str:
    return page(
        "Boe",
        lines,
        f"source-git-commit: {pin}",
        f"workflow-type: {workflow}",
        f"ht-degree: '{share}%'",
    )


class Story(NamedTuple):
    folder: Path
    target: Repo

    def run(self, *arguments: str) -> Said:
        return bilint("quality", *arguments, cwd=self.folder)

    def locale(self, *arguments: str) -> Any:
        """What is told of the only locale."""
        said = self.run("--format", "json", "--bootstrap", "0", *arguments)
        assert said.code == 0, said.err
        Draft202012Validator(json.loads(quality_schema())).validate(said.json)
        (one,) = said.json["locales"]
        return one


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = tmp_path_factory.mktemp("quality")
    source, target = Repo(folder / "en"), Repo(folder / "it")
    old = source.commit("first", {"help/sea/buoys.md": english(ROOMS[:36])})
    new = source.commit("four more rooms", {"help/sea/buoys.md": english(ROOMS)})

    def hand_over(message: str, text: str) -> None:
        target.commit(message, {"help/sea/buoys.md": text})

    def handed(pin: str) -> str:
        return f"Updated by task 'AUTO_TM_MT_1' Changes for core/source commit {pin}"

    done, rest = people(ROOMS[:36]), machine(ROOMS[36:])
    hand_over(handed(old), italian(machine(ROOMS[:36]), old, "tm+mt", 0))
    hand_over(SCRIPT, italian(machine(ROOMS[:36]), old, "tm+mt", 0) + "\n")
    hand_over(f"Updating Old File for core commit {old}", italian(done, old, "ht", 100))
    hand_over(handed(new), italian([*done, *rest], new, "tm+mt", 90))
    hand_over(
        f"Updating Old File for core commit {new}",
        italian([*done, *people(ROOMS[36:])], new, "ht", 100),
    )
    target.commit("Deleting the localized file", {"help/sea/buoys.md": None, "help/a.md": "Testo."})
    (folder / "bilint.toml").write_text(
        '[source]\nrepository = "en"\nroot = "help"\n'
        '[target.it-IT]\nrepository = "it"\nroot = "help"\n'
    )
    return Story(folder, target)


def test_only_what_the_machine_made_is_measured(story: Story) -> None:
    one = story.locale()
    figures = one["figures"]
    # 36 sentences and a title, then 4 sentences: the rest had been corrected before.
    assert (one["found"], figures["pairs"], figures["segments"]) == (2, 2, 41)
    assert one["left_out"]["remembered"] == 37
    assert figures["untouched"] == 41 - 10
    # "La boa" and "rossa": three words each, of eight in English.
    assert (figures["edits"], figures["words_touched"]) == (30, 70)
    assert figures["claimed"] == pytest.approx(90 * 28 / (36 * 7 + 1 + 28), abs=0.1)


def test_all_that_was_handed_over(story: Story) -> None:
    figures = story.locale("--all-text")["figures"]
    assert (figures["segments"], figures["untouched"]) == (78, 78 - 10)


def test_groups(story: Story) -> None:
    groups = story.locale("--by", "area", "--by", "claim", "--area", "1")["groups"]
    assert [(one["by"], one["name"], one["figures"]["segments"]) for one in groups] == [
        ("area", "sea", 41),
        ("claim", "0-9 %", 37),
        ("claim", "90-100 %", 4),
    ]
    assert [one["figures"]["scores"] is None for one in groups] == [False, False, True]
    assert story.locale("--by", "locale")["groups"] == []


def test_what_was_edited_before_and_after(story: Story) -> None:
    one = story.locale("--top", "2")
    assert [(row["before"], row["after"], row["segments"]) for row in one["replaced"]] == [
        ("La boa", "Il gavitello", 10),
        ("rossa", "rosso", 10),
    ]
    assert one["edited"][0] == {
        "path": "help/sea/buoys.md",
        "day": "2023-11-15",
        "source": "The buoy of room 1 is red.",
        "before": "La boa della room 1 è rossa.",
        "after": "Il gavitello della room 1 è rosso.",
        "edits": 3,
        "times": 1,
    }
    assert len(one["edited"]) == 2


def test_since_and_paths_choose(story: Story) -> None:
    one = story.locale("--since", "2023-11-18")
    assert (one["found"], one["figures"]["segments"], one["figures"]["scores"]) == (1, 4, None)
    assert story.locale("sea")["figures"]["segments"] == 41
    assert story.locale("elsewhere.md")["figures"]["segments"] == 0


def test_for_people(story: Story) -> None:
    said = story.run("--top", "1", "-v")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == (
        "it-IT  2 hand-offs that people edited; what a machine had made: 41 segments in 2 of them"
    )
    assert "left untouched: 75.6 % of the segments" in lines[2]
    assert "  not measured: 37 segments that people had translated before" in lines
    assert "      10      1  La boa → Il gavitello" in lines
    assert "  ~ [-La boa-]{+Il gavitello+} della room 1 è [-rossa.-]{+rosso.+}" in said.out
    assert "  it-IT  TER|nrefs:1|bs:1000|seed:12345|case:lc|" in said.out


def test_the_export_is_what_sacrebleu_scores(story: Story, tmp_path: Path) -> None:
    one = story.locale("--export", str(tmp_path / "out"))
    before, after, source = (
        (tmp_path / "out" / f"it-IT.{name}.txt").read_text().splitlines()
        for name in ("before", "after", "source")
    )
    assert len(before) == len(after) == len(source) == 41
    score = BLEU().corpus_score(before, [after]).score
    assert one["figures"]["scores"]["BLEU"]["value"] == pytest.approx(score, abs=1e-4)


def test_the_answer_is_the_same_every_time(story: Story) -> None:
    first = story.run("--format", "json")
    assert story.run("--format", "json").out == first.out


def test_beside_another_revision(story: Story) -> None:
    target = story.target
    commits = target.git("log", "--format=%H", "--reverse").split()
    place = f"it@{commits[0]}::help"
    one = story.locale("--target", f"it-IT={place}", "--reference", f"it@{commits[2]}")
    figures = one["figures"]
    assert (figures["pairs"], figures["segments"], figures["untouched"]) == (1, 37, 28)
    assert {row["by"] for row in one["groups"]} == {"area", "claim"}
    same = story.locale("--target", f"it-IT={place}", "--reference", f"it-IT={place}")
    assert same["note"] == "the reference holds none of its pages, or the very same"


def test_beside_a_page(story: Story, tmp_path: Path) -> None:
    first = story.target.git("log", "--format=%H", "--reverse").split()[0]
    place = ("--target", f"it-IT=it@{first}::help")
    file = tmp_path / "buoys.md"
    file.write_text(page("Boe", people(ROOMS[:36])), encoding="utf-8")
    said = story.run(*place, "--reference", str(file), "--bootstrap", "0")
    assert "equal to the reference: 75.7 % of the segments" in said.out
    other = file.rename(tmp_path / "other.md")
    said = story.run(*place, "--reference", str(other))
    assert said.code == 2 and "could be the reference of 0 pages" in said.err
    assert story.run(*place, "sea/buoys.md", "--reference", str(other)).code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--since", "soon"), "'soon' is not a day such as 2024-01-31"),
        (("--since", "2024-13-41"), "'2024-13-41' is not a day such as 2024-01-31"),
        (("--reference", "nowhere"), "there is no folder 'nowhere'"),
        (("--reference", "it@nothing"), "no branch, tag or commit 'nothing'"),
    ],
)
def test_what_cannot_be_done_is_said(
    story: Story, arguments: tuple[str, ...], message: str
) -> None:
    said = story.run(*arguments)
    assert said.code == 2
    assert message in said.err


def test_the_schema_is_printed_and_knows_every_key(tmp_path: Path) -> None:
    said = bilint("config", "schema", "--quality", cwd=tmp_path)
    Draft202012Validator.check_schema(said.json)
    defs = said.json["$defs"]
    assert set(defs["figures"]["properties"]) == set(Figures._fields)
    assert set(defs["group"]["properties"]) == set(Group._fields)
    assert set(defs["locale"]["properties"]) == set(LocaleQuality._fields)
    assert set(defs["locale"]["properties"]["left_out"]["properties"]) == set(LeftOut._fields)
    assert set(Quality._fields) <= set(said.json["properties"])
    assert bilint("config", "schema", "--quality", "--report", cwd=tmp_path).code == 2
