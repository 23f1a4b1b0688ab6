"""Every command does what it says, with its options."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from bilint.checks.registry import BY_ID
from bilint.cli.commands import COMMANDS
from bilint.reporters.schema import report_schema
from command_line import Said, bilint
from lamps import LAMP_IT_NOW, Lamps, lamps


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Lamps:
    """Repositories that no test writes to."""
    return lamps(tmp_path_factory.mktemp("lamps"))


def statuses(said: Said) -> list[tuple[str, str | None, str]]:
    return [(page["locale"], page["path"], page["status"]) for page in said.json["pages"]]


ALL = [
    ("it-IT", "help/door.md", "current"),
    ("it-IT", "help/lamp.md", "stale"),
    ("it-IT", None, "untranslated"),
    ("ja-JP", "help/cellar.md", "orphan"),
    ("ja-JP", "help/door.md", "current"),
    ("ja-JP", None, "untranslated"),
    ("ja-JP", None, "untranslated"),
]


def test_status_tells_every_page_of_every_locale(given: Lamps) -> None:
    said = bilint("status", "--format", "json", cwd=given.folder)
    assert said.code == 0
    assert statuses(said) == ALL


def test_status_for_people(given: Lamps) -> None:
    said = bilint("status", cwd=given.folder)
    assert said.code == 0 and said.err == ""
    lines = said.out.splitlines()
    assert lines[0] == "it-IT  3 pages, 24 words to do"
    assert " ".join(lines[2].split()) == "stale 18 3 1 0 1 - help/lamp.md prose, structure"
    assert "locale  pages  stale  untranslated  orphan  current  words to do" in lines
    assert lines[-1].startswith("7 pages: 1 stale, 3 untranslated, 1 orphan and 2 current;")


def test_status_diff_shows_the_source_then_and_now(given: Lamps) -> None:
    said = bilint("status", "--diff", "lamps.it-IT/help/lamp.md", cwd=given.folder)
    assert (
        "  ~ The lamp is switched on in the [-morning.-]{+evening, when it is dark.+}" in said.out
    )
    assert "  + Nobody has to look after it." in said.out


def test_places_from_the_command_line_alone(given: Lamps, tmp_path: Path) -> None:
    said = bilint(
        "status",
        *("--source", given.source.path),
        *("--target", f"it-IT={given.italian.path}"),
        *("--root", "help", "--format", "json"),
        cwd=tmp_path,
    )
    assert statuses(said) == ALL[:3]


def test_a_root_of_its_own_and_a_revision(given: Lamps, tmp_path: Path) -> None:
    said = bilint(
        "status",
        *("--source", f"{given.source.path}@{given.pins[0]}::help"),
        *("--target", f"it-IT={given.italian.path}@main::help"),
        *("--format", "json"),
        cwd=tmp_path,
    )
    assert said.json["source"] == {"repository": str(given.source.path), "revision": given.pins[0]}
    assert [page["status"] for page in said.json["pages"]] == ["untranslated", "current", "current"]


def test_settings_are_found_upwards(given: Lamps) -> None:
    said = bilint("status", "--format", "json", cwd=given.italian.path / "help")
    assert statuses(said) == ALL


def test_settings_that_are_named(given: Lamps, tmp_path: Path) -> None:
    said = bilint(
        "status", "--config", given.folder / "bilint.toml", "--format", "json", cwd=tmp_path
    )
    assert statuses(said) == ALL


def test_settings_in_a_project_file(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    own = (tmp_path / "bilint.toml").read_text().replace("[", "[tool.bilint.")
    (tmp_path / "bilint.toml").unlink()
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'lamps'\n[tool.bilint]\n" + own)
    assert statuses(bilint("status", "--format", "json", cwd=given.source.path)) == ALL


def test_only_some_locales(given: Lamps) -> None:
    said = bilint("status", "--locale", "ja-JP", "--format", "json", cwd=given.folder)
    assert statuses(said) == ALL[3:]


def test_check_fails_at_an_error(given: Lamps) -> None:
    said = bilint("check", cwd=given.folder)
    assert said.code == 1
    assert "help/lamp.md:10:6: error[medium] dnl-altered:" in said.out
    assert "Apri [!DNL Negozio Lantern] e scegli una lampada per il salone." in said.out
    assert "Open [!DNL Lantern Store] and choose a lamp for the hall." in said.out


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--fail-on", "never"], 0),
        (["--exit-zero"], 0),
        (["--fail-on", "warning"], 1),
        (["--locale", "ja-JP"], 0),
    ],
)
def test_when_check_fails(given: Lamps, options: list[str], code: int) -> None:
    assert bilint("check", *options, cwd=given.folder).code == code


@pytest.mark.parametrize("command", ["status", "queue", "report"])
def test_other_commands_fail_only_when_asked_to(given: Lamps, command: str) -> None:
    assert bilint(command, cwd=given.folder).code == 0
    assert bilint(command, "--fail-on", "error", cwd=given.folder).code == 1
    assert bilint(command, "--fail-on", "error", "--exit-zero", cwd=given.folder).code == 0


def test_queue_has_reasons_that_add_up(given: Lamps) -> None:
    said = bilint("queue", "--format", "json", cwd=given.folder)
    queue = said.json["queue"]
    assert said.code == 0
    first = queue[0]
    assert (first["locale"], first["rank"], first["path"]) == ("it-IT", 1, "help/lamp.md")
    for item in queue:
        assert item["score"] == sum(reason["points"] for reason in item["reasons"])


def test_queue_within_a_budget(given: Lamps) -> None:
    said = bilint("queue", "--budget", "1m", cwd=given.folder)
    assert "it-IT  1 of 2 items" in said.out


def test_report_keeps_to_its_schema(given: Lamps) -> None:
    said = bilint("report", "--format", "json", cwd=given.folder)
    assert said.code == 0
    Draft202012Validator(json.loads(report_schema())).validate(said.json)
    assert said.json["schema"] == "bilint/1"
    assert [f["check"] for f in said.json["findings"]] == ["dnl-altered"]
    assert said.json["counts"]["findings"]["severity"]["error"] == 1


@pytest.mark.parametrize("command", ["status", "check", "queue", "report"])
def test_every_report_keeps_to_the_schema(given: Lamps, command: str) -> None:
    said = bilint(command, "--format", "json", cwd=given.folder)
    Draft202012Validator(json.loads(report_schema())).validate(said.json)


def test_the_schema_is_printed(tmp_path: Path) -> None:
    said = bilint("config", "schema", "--report", cwd=tmp_path)
    assert said.code == 0
    Draft202012Validator.check_schema(said.json)
    assert said.out == report_schema()


def test_an_answer_into_a_file(given: Lamps, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    said = bilint("report", "--format", "json", "--output", file, cwd=given.folder)
    assert said == (0, "", "")
    assert json.loads(file.read_bytes())["schema"] == "bilint/1"
    assert list(tmp_path.iterdir()) == [file]


def test_an_answer_into_what_is_no_file(given: Lamps) -> None:
    assert bilint("status", "--output", "/dev/null", cwd=given.folder) == (0, "", "")
    assert "it-IT" in bilint("status", "--output", "-", cwd=given.folder).out


def test_explain(tmp_path: Path) -> None:
    said = bilint("explain", "dnl-altered", cwd=tmp_path)
    assert said.code == 0
    assert said.out.startswith("# dnl-altered\n")
    listed = bilint("explain", cwd=tmp_path).out.splitlines()
    assert [line.split()[0] for line in listed] == sorted(BY_ID)


def test_explain_as_json_into_a_file(tmp_path: Path) -> None:
    said = bilint("explain", "dnl-altered", "--format", "json", "--output", "x.json", cwd=tmp_path)
    assert said == (0, "", "")
    (told,) = json.loads((tmp_path / "x.json").read_text())["checks"]
    assert (told["check"], told["family"], told["severity"]) == ("dnl-altered", "tokens", "error")
    assert told["page"].startswith("# dnl-altered\n")
    every = json.loads(bilint("explain", "--format", "json", cwd=tmp_path).out)["checks"]
    assert [(one["check"], one["page"]) for one in every] == [
        (name, None) for name in sorted(BY_ID)
    ]


def test_config_as_json(given: Lamps) -> None:
    told = json.loads(bilint("config", "--format", "json", cwd=given.folder).out)
    assert told["settings_file"] == "bilint.toml"
    assert {"key": "root", "value": "help", "origin": "bilint.toml:1"} in told["settings"]


def test_config_says_where_each_value_comes_from(given: Lamps) -> None:
    said = bilint("config", "--trust-owner", "--target", "it=lamps.it-IT", cwd=given.folder)
    lines = said.out.splitlines()
    assert said.code == 0
    assert lines[0] == "# settings file: bilint.toml"
    assert 'root = "help"  # bilint.toml:1' in lines
    assert 'source.repository = "lamps.en"  # bilint.toml:4' in lines
    assert 'source.root = "help"  # bilint.toml:1' in lines
    assert 'target.it.repository = "lamps.it-IT"  # command line' in lines
    assert 'source_language = "en"  # default' in lines


def test_config_without_a_settings_file(tmp_path: Path) -> None:
    assert bilint("config", cwd=tmp_path).out.startswith("# settings file: none found\n")


def test_a_baseline_silences_what_is_known(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    said = bilint("check", "--write-baseline", cwd=tmp_path)
    assert said == (0, "", "bilint: bilint-baseline.txt: 1 finding written\n")
    said = bilint("check", "--baseline", "bilint-baseline.txt", cwd=tmp_path)
    assert said.code == 0
    assert "hidden    1 known from the baseline" in said.out
    given.italian.write({"help/lamp.md": LAMP_IT_NOW.format(pin=given.pins[0])})
    said = bilint("check", "--baseline", "bilint-baseline.txt", cwd=tmp_path)
    assert "nothing is found any more for line 2: dnl-altered it-IT help/lamp.md" in said.out


def test_a_baseline_to_a_file_that_is_named(tmp_path: Path) -> None:
    lamps(tmp_path)
    assert bilint("check", "--write-baseline", "known.txt", cwd=tmp_path).code == 0
    assert (tmp_path / "known.txt").read_text().count("\n") == 2
    (tmp_path / "bilint.toml").open("a").write("")
    with (tmp_path / "bilint.toml").open("r+") as settings:
        text = settings.read()
        settings.seek(0)
        settings.write('baseline = "known.txt"\n' + text)
    assert bilint("check", cwd=tmp_path).code == 0
    assert bilint("check", "--write-baseline", cwd=tmp_path).code == 0


def test_a_baseline_never_replaces_anything_else(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    page = given.italian.path / "help" / "lamp.md"
    before = page.read_bytes()
    said = bilint("check", "--write-baseline", "lamps.it-IT/help/lamp.md", cwd=tmp_path)
    assert said.code == 2
    assert said.err == (
        "bilint: lamps.it-IT/help/lamp.md is there and is no baseline; nothing is written\n"
    )
    assert page.read_bytes() == before


def test_a_baseline_of_some_pages_is_refused(given: Lamps) -> None:
    said = bilint("check", "--locale", "it-IT", "--write-baseline", cwd=given.folder)
    assert said.code == 2
    assert "a baseline is of all pages" in said.err


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS), ["config", "schema"]])
def test_help_fits_into_80_columns(tmp_path: Path, command: list[str]) -> None:
    said = bilint(*command, "--help", cwd=tmp_path, env={"COLUMNS": "80"})
    assert said.code == 0
    assert said.out.startswith(f"Usage: {' '.join(['bilint', *command])} ")
    assert max(map(len, said.out.splitlines())) <= 80


def test_help_lists_the_commands_and_the_own_options_first(tmp_path: Path) -> None:
    listed = bilint("--help", cwd=tmp_path).out
    section = listed.partition("Commands:\n")[2].partition("\n\n")[0]
    names = [line.split()[0] for line in section.splitlines() if line[2] != " "]
    assert names == list(COMMANDS)
    said = bilint("check", "--help", cwd=tmp_path).out
    places = [said.index(part) for part in ("--staged", "Where things are:", "How to answer:")]
    assert places == sorted(places)


def test_without_a_command_there_is_help(tmp_path: Path) -> None:
    said = bilint(cwd=tmp_path)
    assert said == (0, bilint("--help", cwd=tmp_path).out, "")


def test_the_version(tmp_path: Path) -> None:
    assert bilint("--version", cwd=tmp_path).out.startswith("bilint 0.")
