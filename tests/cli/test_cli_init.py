"""`bilint init`: what it recognises and writes, and that the tool reads it without a mistake."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from command_line import Said, bilint
from lamps import LAMP_EN, LAMP_IT, Lamps, lamps
from repositories import Repo


@pytest.fixture
def given(tmp_path: Path) -> Lamps:
    made = lamps(tmp_path)
    (tmp_path / "bilint.toml").unlink()
    return made


def settings(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / "bilint.toml").read_text())


def statuses(folder: Path) -> list[tuple[str, str | None, str]]:
    said = bilint("status", "--format", "json", cwd=folder)
    assert said.code == 0, said.err
    return [(page["locale"], page["path"], page["status"]) for page in said.json["pages"]]


def is_read_without_a_mistake(folder: Path) -> None:
    said = bilint("config", cwd=folder)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("# settings file: bilint.toml\n")


def test_repositories_beside_each_other(given: Lamps) -> None:
    said = bilint("init", cwd=given.folder)
    assert said == (
        0,
        "lamps.en, lamps.it-IT and lamps.ja-JP are one documentation in several languages, by"
        " their names; lamps.en is the source.\n"
        "Their pages are in help/.\n"
        "bilint.toml written. `bilint status` says how things stand.\n",
        "",
    )
    assert settings(given.folder) == {
        "root": "help",
        "source": {"repository": "lamps.en"},
        "target": {
            "it-IT": {"repository": "lamps.it-IT"},
            "ja-JP": {"repository": "lamps.ja-JP"},
        },
    }
    is_read_without_a_mistake(given.folder)
    assert len(statuses(given.folder)) == 7


def test_where_pages_can_be_seen_is_told_by_where_they_were_cloned_from(given: Lamps) -> None:
    for name in ("lamps.en", "lamps.it-IT"):
        remote = f'[remote "origin"]\n\turl = git@github.com:example/{name}.git\n'
        with (given.folder / name / ".git" / "config").open("a") as config:
            config.write(remote)
    said = bilint("init", cwd=given.folder)
    assert "Reports can link to the pages on github.com, where they were cloned from." in said.out
    assert settings(given.folder)["forge"] == {
        "it-IT": "https://github.com/example/lamps.it-IT/blob/{revision}/{path}#L{line}",
        "source": "https://github.com/example/lamps.en/blob/{revision}/{path}#L{line}",
    }
    is_read_without_a_mistake(given.folder)


def test_as_json_and_quietly(given: Lamps) -> None:
    told = bilint("init", "--dry-run", "--format", "json", cwd=given.folder).json
    assert (told["file"], told["written"], told["layout"]) == ("bilint.toml", False, "siblings")
    assert "[target.it-IT]" in told["settings"]
    assert told["reasons"][1:] == ["Their pages are in help/."]
    said = bilint("init", "-q", "--format", "text", cwd=given.folder)
    assert said.out == "bilint.toml written. `bilint status` says how things stand.\n"


def test_one_of_them(given: Lamps) -> None:
    assert bilint("init", given.italian.path, cwd=given.folder.parent).code == 0
    assert settings(given.italian.path) == {
        "root": "help",
        "source": {"repository": "../lamps.en"},
        "target": {"it-IT": {"repository": "."}},
    }
    is_read_without_a_mistake(given.italian.path)
    assert [status for _, _, status in statuses(given.italian.path)] == [
        "current",
        "stale",
        "untranslated",
    ]


def test_folders_of_one_repository(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "docs")
    pin = repo.commit("Publish", {"docs/en/lamp.md": LAMP_EN})
    repo.commit("Translate", {"docs/it/lamp.md": LAMP_IT.format(pin=pin)})
    said = bilint("init", cwd=repo.path)
    assert said.code == 0
    assert said.out.startswith("docs/en/ holds the source and docs/it its translations")
    is_read_without_a_mistake(repo.path)
    assert statuses(repo.path) == [("it", "docs/it/lamp.md", "current")]


def test_a_localized_repository_alone(given: Lamps, tmp_path: Path) -> None:
    alone = tmp_path / "alone" / "lamps.it-IT"
    alone.parent.mkdir()
    given.italian.path.rename(alone)
    said = bilint("init", cwd=alone)
    assert said.code == 0
    assert "this is a translation, and its source is not at hand" in said.out
    is_read_without_a_mistake(alone)
    assert settings(alone) == {"root": "help", "target": {"it-IT": {"repository": "."}}}
    assert [status for _, _, status in statuses(alone)] == ["unknown", "unknown"]


def test_what_could_be_meant_as_well(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "docs")
    for folder in ("docs/en", "docs/it", "help/en", "help/it", "help/fr"):
        repo.write({f"{folder}/lamp.md": LAMP_EN})
    said = bilint("init", "--dry-run", cwd=repo.path)
    assert said.code == 0
    assert "could be meant as well" in said.err
    assert tomllib.loads(said.out)["source"] == {"repository": ".", "root": "help/en"}


def test_nothing_that_is_known(tmp_path: Path) -> None:
    said = bilint("init", cwd=tmp_path)
    assert said.code == 0
    assert said.out.endswith("bilint.toml written. Complete it.\n")
    assert "please check: Fill in `[source]` and a `[target]` for every locale." in said.err
    assert settings(tmp_path) == {}
    is_read_without_a_mistake(tmp_path)
    assert bilint("status", cwd=tmp_path) == (
        2,
        "",
        "bilint: bilint.toml names no target: it lacks a table such as [target.it-IT]\n",
    )


def test_settings_that_are_there_stay(given: Lamps) -> None:
    file = given.folder / "bilint.toml"
    file.write_text("# mine\n")
    said = bilint("init", cwd=given.folder)
    assert said == (2, "", "bilint: bilint.toml is there already; --force replaces it\n")
    assert file.read_text() == "# mine\n"
    assert bilint("init", "--force", cwd=given.folder).code == 0
    assert "lamps.en" in file.read_text()


def test_a_dry_run_prints_what_would_be_written(given: Lamps) -> None:
    dry: Said = bilint("init", "--dry-run", cwd=given.folder)
    assert not (given.folder / "bilint.toml").exists()
    assert dry.code == 0
    bilint("init", cwd=given.folder)
    assert (given.folder / "bilint.toml").read_text() == dry.out


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    said = bilint("init", "nowhere", cwd=tmp_path)
    assert said.code == 2
    assert "Directory 'nowhere' does not exist" in said.err


def test_the_template_sets_nothing_but_what_was_found(given: Lamps) -> None:
    text = bilint("init", "--dry-run", cwd=given.folder).out
    whole = "\n".join(
        line[2:] if line.startswith("# ") and (" = " in line or line[2] == "[") else line
        for line in text.splitlines()
    )
    assert tomllib.loads(whole)["limits"], "also what is behind a `#` is TOML"


def test_what_the_command_line_names(given: Lamps) -> None:
    elsewhere = given.folder / "desk"
    elsewhere.mkdir()
    said = bilint(
        "init", "desk", "--source", "lamps.en@main", "--target", "it-IT=lamps.it-IT::help",
        "--root", "help", cwd=given.folder,
    )  # fmt: skip
    assert said == (
        0,
        "../lamps.en is the source.\nTranslated into it-IT.\nThe pages are in help/.\n"
        "desk/bilint.toml written. `bilint status` says how things stand.\n",
        "",
    )
    assert settings(elsewhere) == {
        "root": "help",
        "source": {"repository": "../lamps.en", "revision": "main"},
        "target": {"it-IT": {"repository": "../lamps.it-IT"}},
    }
    is_read_without_a_mistake(elsewhere)
    assert {locale for locale, _path, _status in statuses(elsewhere)} == {"it-IT"}


def test_one_side_named(given: Lamps) -> None:
    said = bilint("init", "--dry-run", "--target", "it-IT=lamps.it-IT", cwd=given.folder)
    assert said.code == 0
    assert "please check: Fill in `[source]`." in said.err
    said = bilint("init", "--source", "lamps.en", "--format", "json", cwd=given.folder)
    assert said.json["layout"] == "given"
    assert said.json["doubts"] == ["Fill in a `[target]` for every locale."]


def test_the_folder_of_the_pages(given: Lamps) -> None:
    said = bilint("init", "--root", "help/lamps", cwd=given.folder)
    assert "As named, the pages in help/lamps/ count and no others." in said.out
    assert settings(given.folder)["root"] == "help/lamps"
    is_read_without_a_mistake(given.folder)


def test_what_cannot_be_named_so(given: Lamps) -> None:
    said = bilint("init", "--source", "nowhere", cwd=given.folder)
    assert (said.code, said.out) == (2, "")
    assert "there is no folder 'nowhere'" in said.err
    assert not (given.folder / "bilint.toml").exists()
