"""Only what a change caused fails; what stood there before is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import Said, bilint
from lamps import DOOR_IT, LAMP_EN_NOW, LAMP_IT, Lamps, lamps

SETTINGS = """\
root = "help"

[source]
repository = "../lamps.en"

[target.it-IT]
repository = "."
"""


@pytest.fixture
def given(tmp_path: Path) -> Lamps:
    given = lamps(tmp_path)
    given.italian.commit("Settings", {"bilint.toml": SETTINGS})
    return given


def italian(given: Lamps, *more: str) -> str:
    return LAMP_IT.format(pin=given.pins[0]) + "".join(f"\n{line}\n" for line in more)


def changed(given: Lamps, *options: str) -> Said:
    return bilint("check", "--changed-from", "HEAD", *options, cwd=given.italian.path)


def test_what_stood_there_before_is_shown_and_does_not_fail(given: Lamps) -> None:
    text = italian(given).replace("si accende al mattino", "si accende di mattina")
    given.italian.write({"help/lamp.md": text})
    said = changed(given)
    assert "(before this change) dnl-altered" in said.out
    assert said.code == 0
    assert "nothing found on 1 page; 1 more stood there before" in said.out


def test_what_the_change_caused_fails(given: Lamps) -> None:
    text = italian(given).replace("per il salone", "per il [!DNL salone]")
    given.italian.write({"help/lamp.md": text, "help/door.md": DOOR_IT.format(pin="nonsense")})
    said = changed(given)
    assert said.code == 1
    assert "pin-malformed" in said.out
    assert "(before this change) dnl-altered" in said.out


def test_a_new_page_has_no_before(given: Lamps) -> None:
    given.italian.write({"help/cellar.md": "---\nsource-git-commit: nonsense\n---\n# Cantina\n"})
    given.italian.git("add", "help/cellar.md")
    said = changed(given, "--fail-on", "warning")
    assert said.code == 1
    assert "before this change" not in said.out


def test_nothing_changed(given: Lamps) -> None:
    said = changed(given)
    assert (said.code, said.out) == (0, "nothing found on 0 pages; 0 words to do\n")


def test_since_an_earlier_commit(given: Lamps) -> None:
    start = given.italian.git("rev-parse", "HEAD").strip()
    given.italian.commit("Edit", {"help/door.md": DOOR_IT.format(pin="nonsense")})
    assert changed(given).code == 0
    said = bilint("check", "--changed-from", start, "--fail-on", "warning", cwd=given.italian.path)
    assert said.code == 1
    assert "1 warning on 1 of 1 page" in said.out


def test_as_json_the_state_tells(given: Lamps) -> None:
    text = italian(given).replace("si accende al mattino", "si accende di mattina")
    given.italian.write({"help/lamp.md": text})
    findings = changed(given, "--format", "json").json["findings"]
    assert [(one["check"], one["state"]) for one in findings] == [("dnl-altered", "earlier")]


def test_a_changed_source_page_tells_what_becomes_stale(given: Lamps) -> None:
    settings = SETTINGS.replace('"../lamps.en"', '"."').replace(
        '[target.it-IT]\nrepository = "."', '[target.it-IT]\nrepository = "../lamps.it-IT"'
    )
    given.source.commit("Settings", {"bilint.toml": settings})
    changed_page = LAMP_EN_NOW.replace("Nobody has to look after it.", "Somebody has to clean it.")
    given.source.write({"help/lamp.md": changed_page})
    said = bilint("check", "--changed-from", "HEAD", cwd=given.source.path)
    assert said.code == 0
    assert "it-IT" in said.out
    assert "stale" in said.out


def test_it_finds_its_pages_itself(given: Lamps) -> None:
    assert changed(given, "help/lamp.md").code == 2
    assert changed(given, "--staged").code == 2
    said = bilint("check", "--changed-from", "nothing", cwd=given.italian.path)
    assert said.code == 2
    assert "nothing" in said.err
