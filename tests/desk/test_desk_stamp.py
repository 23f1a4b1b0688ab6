"""`bilint stamp`: a new pin, and no other byte; and refusing where it would hide work."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bilint.desk import stamp as stamping
from bilint.readers.disk import write_atomically
from command_line import Said, bilint
from lamps import LAMP_EN, LAMP_EN_NOW, LAMP_IT, LAMP_IT_NOW, Lamps, lamps

PAGE = "lamps.it-IT/help/lamp.md"


@pytest.fixture
def given(tmp_path: Path) -> Lamps:
    return lamps(tmp_path)


def page_of(given: Lamps) -> Path:
    return given.folder / PAGE


def finished(given: Lamps) -> bytes:
    """The Italian page brought up to date, but for its pin."""
    text = LAMP_IT_NOW.format(pin=given.pins[0])
    page_of(given).write_bytes(text.encode())
    return text.encode()


def status(given: Lamps) -> str:
    said = bilint("status", PAGE, "--format", "json", cwd=given.folder)
    (page,) = said.json["pages"]
    return str(page["status"])


def refusal(said: Said) -> str:
    """Why the only page was refused."""
    first, *reasons = said.out.splitlines()
    assert said.code == 1
    assert first.endswith(": not stamped")
    return "\n".join(line.removeprefix("  ") for line in reasons)


def test_a_finished_page_gets_the_full_id_of_the_last_commit_that_touched_it(given: Lamps) -> None:
    given.source.commit("Elsewhere", {"help/other.md": "# Other\n"})
    before = finished(given)
    said = bilint("stamp", PAGE, cwd=given.folder)
    assert said == (
        0,
        f"it-IT help/lamp.md: stamped, {given.pins[0]} -> {given.pins[1]}\n",
        "",
    )
    assert page_of(given).read_bytes() == before.replace(
        given.pins[0].encode(), given.pins[1].encode()
    )
    assert status(given) == "current"
    said = bilint("stamp", PAGE, cwd=given.folder)
    assert said == (0, f"it-IT help/lamp.md: already at {given.pins[1]}\n", "")


def test_the_commit_is_reachable_from_the_revision_that_is_named(given: Lamps) -> None:
    later = given.source.commit("Later", {"help/lamp.md": LAMP_EN_NOW + "\nIt is bright.\n"})
    finished(given)
    said = bilint("stamp", PAGE, "--source", f"lamps.en@{given.pins[1]}", cwd=given.folder)
    assert said.code == 0
    assert given.pins[1] in page_of(given).read_text()
    assert later not in page_of(given).read_text()


def test_a_page_is_named_by_where_it_is(given: Lamps) -> None:
    finished(given)
    said = bilint("stamp", "lamp.md", cwd=page_of(given).parent)
    assert said.code == 0
    assert status(given) == "current"


def test_unanswered_segments_refuse(given: Lamps) -> None:
    before = page_of(given).read_bytes()
    said = bilint("stamp", PAGE, cwd=given.folder)
    assert refusal(said) == (
        "“The lamp is switched on in the evening, when it is dark.”:"
        " its source changed and the translation did not.\n"
        "“Nobody has to look after it.”: it is not translated.\n"
        "Where the translation is still right, say so: `bilint review help/lamp.md`, or"
        " `bilint decide FINGERPRINT --as accepted --reason WHY`"
        " (`bilint status --diff -v` tells fingerprints)."
    )
    assert page_of(given).read_bytes() == before


def test_where_nothing_could_be_right_nobody_is_asked_to_say_so(given: Lamps) -> None:
    finished(given)
    rest = page_of(given).read_text("utf-8").replace("\nNessuno deve occuparsene.\n", "")
    page_of(given).write_text(rest, "utf-8")
    said = bilint("stamp", PAGE, cwd=given.folder)
    assert refusal(said) == "“Nobody has to look after it.”: it is not translated."


def test_an_obsolete_segment_refuses(given: Lamps) -> None:
    given.source.commit(
        "Shorter", {"help/lamp.md": LAMP_EN_NOW.replace("Nobody has to look after it.\n", "")}
    )
    given.italian.commit("So far", {"help/lamp.md": LAMP_IT_NOW.format(pin=given.pins[1])})
    said = bilint("stamp", PAGE, cwd=given.folder)
    assert "its source is gone and the translation still stands" in refusal(said)


def test_code_that_was_not_taken_over_refuses(given: Lamps) -> None:
    code = "\n~~~\nlamp on\n~~~\n"
    pin = given.source.commit("Code", {"help/lamp.md": LAMP_EN_NOW + code})
    page = LAMP_IT_NOW.format(pin=pin) + code
    given.italian.commit("So far", {"help/lamp.md": page})
    given.source.commit("Bright", {"help/lamp.md": LAMP_EN_NOW + code.replace("on", "on -b")})
    assert "1 block of code" in refusal(bilint("stamp", PAGE, cwd=given.folder))
    page_of(given).write_text(page.replace("lamp on", "lamp on -b"))
    assert bilint("stamp", PAGE, cwd=given.folder).code == 0


def test_force_insists(given: Lamps) -> None:
    said = bilint("stamp", PAGE, "--force", cwd=given.folder)
    assert said.code == 0
    assert given.pins[1] in page_of(given).read_text()


def test_a_source_page_with_uncommitted_changes_refuses(given: Lamps) -> None:
    finished(given)
    given.source.write({"help/lamp.md": LAMP_EN_NOW + "\nMore.\n"})
    for options in ([], ["--force"]):
        said = bilint("stamp", PAGE, *options, cwd=given.folder)
        assert refusal(said) == "help/lamp.md has changes that are not committed"
    given.source.git("add", "-A")
    said = bilint("stamp", PAGE, cwd=given.folder)
    assert refusal(said) == "help/lamp.md has changes that are not committed"


@pytest.mark.parametrize(
    ("pin", "why"), [("main", "malformed-pin"), ("0" * 40, "absent-commit"), ("", "no-pin")]
)
def test_an_unknown_pin_refuses(given: Lamps, pin: str, why: str) -> None:
    page_of(given).write_text(LAMP_IT_NOW.format(pin=pin))
    said = bilint("stamp", PAGE, cwd=given.folder)
    assert refusal(said) == (
        f"What was translated is not known, so nobody can tell whether it is complete.\n({why})"
    )
    assert bilint("stamp", PAGE, "--force", cwd=given.folder).code == 0
    assert status(given) == "current"


def test_a_page_without_a_source_page_refuses(given: Lamps) -> None:
    said = bilint("stamp", "lamps.ja-JP/help/cellar.md", "--force", cwd=given.folder)
    assert refusal(said) == "no source page belongs to it"


def test_a_source_page_has_no_pin(given: Lamps) -> None:
    said = bilint("stamp", "lamps.en/help/lamp.md", cwd=given.folder)
    assert (said.code, said.err) == (
        2,
        "bilint: lamps.en/help/lamp.md: only translations have a pin, and this is the source\n",
    )


def test_a_revision_of_the_target_cannot_be_stamped(given: Lamps) -> None:
    said = bilint("stamp", PAGE, "--target", "it-IT=lamps.it-IT@main::help", cwd=given.folder)
    assert refusal(said) == "only pages of a working tree can be stamped"


def test_a_shallow_source_refuses_where_it_cannot_tell(given: Lamps, tmp_path: Path) -> None:
    shallow = tmp_path / "shallow"
    given.source.commit("Elsewhere", {"help/other.md": "# Other\n"})
    given.source.git("clone", "-q", "--depth=1", given.source.path.as_uri(), str(shallow))
    said = bilint("stamp", PAGE, "--force", "--source", f"{shallow}::help", cwd=given.folder)
    assert refusal(said) == (
        "the source is a shallow clone, and help/lamp.md was last touched beyond its end"
    )


def test_pages_that_share_an_id_refuse(given: Lamps) -> None:
    text = page_of(given).read_text()
    given.italian.write({"help/lamp.md": None, "help/a.md": text, "help/b.md": text})
    given.italian.git("add", "-A")
    said = bilint("stamp", "lamps.it-IT/help/a.md", cwd=given.folder)
    assert "several pages bear the id 11111111-1111-4111-8111-111111111111" in refusal(said)


def test_several_pages_each_for_itself(given: Lamps) -> None:
    finished(given)
    given.source.commit("Door", {"help/door.md": "# The door\n\nIt is shut.\n"})
    said = bilint("stamp", "lamps.it-IT", cwd=given.folder)
    assert said.code == 1
    assert said.out.splitlines()[0] == "it-IT help/door.md: not stamped"
    assert said.out.splitlines()[-1].startswith("it-IT help/lamp.md: stamped, ")


def test_a_dry_run_writes_nothing(given: Lamps) -> None:
    before = finished(given)
    said = bilint("stamp", PAGE, "--dry-run", cwd=given.folder)
    assert said.code == 0
    assert said.out.startswith("it-IT help/lamp.md: would be stamped, ")
    assert page_of(given).read_bytes() == before


def test_for_programs(given: Lamps) -> None:
    finished(given)
    said = bilint("stamp", "lamps.it-IT", "--format", "json", cwd=given.folder)
    assert said.json["stamped"][1] == {
        "locale": "it-IT",
        "path": "help/lamp.md",
        "old_pin": given.pins[0],
        "pin": given.pins[1],
        "written": True,
        "refusals": [],
    }


def test_a_page_that_git_does_not_track_yet(given: Lamps) -> None:
    text = LAMP_IT_NOW.format(pin=given.pins[0]).replace("11111111", "33333333")
    (page_of(given).parent / "roof.md").write_text(text)
    said = bilint("stamp", "lamps.it-IT/help/roof.md", "--force", cwd=given.folder)
    assert said.code == 0


# Bytes


def with_front_matter(block: str, newline: str = "\n", end: str = "\n") -> bytes:
    body = LAMP_IT_NOW.partition("---\n")[2].partition("---\n")[2].rstrip("\n")
    return (f"---\n{block}\n---\n{body}".replace("\n", newline) + end).encode()


PIN = "source-git-commit"

SHAPES = [
    pytest.param(f"title: La lampada\n{PIN}: {{old}}", f"{PIN}: {{new}}", id="plain"),
    pytest.param(f"{PIN}: '{{old}}'\ntitle: x", f"{PIN}: '{{new}}'", id="single quotes"),
    pytest.param(f'{PIN}: "{{old}}"\ntitle: x', f'{PIN}: "{{new}}"', id="double quotes"),
    pytest.param(f"{PIN}:    {{old}}   \ntitle: x", f"{PIN}:    {{new}}   ", id="blanks"),
    pytest.param(f"{PIN}: {{old}} # ours\ntitle: x", f"{PIN}: {{new}} # ours", id="comment"),
    pytest.param(f"{PIN}:\ntitle: x", f"{PIN}: {{new}}", id="no value"),
    pytest.param(f"{PIN}: \ntitle: x", f"{PIN}: {{new}}", id="no value but a blank"),
    pytest.param(f"{PIN}: null\ntitle: x", f"{PIN}: {{new}}", id="null"),
    pytest.param(f"{PIN}: # none\ntitle: x", f"{PIN}: {{new}} # none", id="only a comment"),
    pytest.param("title: x", f"{PIN}: {{new}}", id="no key"),
    pytest.param(f"{PIN}: abc1234\ntitle: è", f"{PIN}: {{new}}", id="short"),
    pytest.param(
        f"title: x\nproduct_v2: id: Xid: Y\n{PIN}: {{old}}", f"{PIN}: {{new}}", id="broken"
    ),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(("block", "line"), SHAPES)
def test_nothing_but_the_pin_changes(
    given: Lamps, block: str, line: str, mark: bytes, newline: str
) -> None:
    before = mark + with_front_matter(block.format(old=given.pins[0]), newline)
    page_of(given).write_bytes(before)
    said = bilint("stamp", PAGE, "--force", cwd=given.folder)
    after = page_of(given).read_bytes()
    assert said.code == 0, said.out
    was, now = before.split(newline.encode()), after.split(newline.encode())
    fresh = [one for one in now if one not in was]
    assert len(fresh) == 1
    assert fresh[0].decode().rstrip() == line.format(new=given.pins[1]).rstrip()
    at = now.index(fresh[0])
    gone = [one for one in was if one not in now]
    assert now[:at] + gone + now[at + 1 :] == was
    assert status(given) == "current"


@pytest.mark.parametrize("end", ["", "\n", "\n\n\n", "\n\n   "])
def test_the_end_of_the_file_stays(given: Lamps, end: str) -> None:
    before = with_front_matter(f"{PIN}: {given.pins[0]}", end=end)
    page_of(given).write_bytes(before)
    assert bilint("stamp", PAGE, cwd=given.folder).code == 0
    assert page_of(given).read_bytes() == before.replace(
        given.pins[0].encode(), given.pins[1].encode()
    )


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("# La lampada\n", "the page has no front matter to write into"),
        (f"---\n{PIN}: [a, b]\n---\n", ""),
        (f"---\n{PIN}: |\n  abc\n---\n# La lampada\n", ""),
        ("---\n{title: x}\n---\n# La lampada\n", "cannot be written to safely; edit it by hand"),
        ("---\n- a list\n---\n# La lampada\n", "its front matter is broken: The front matter is"),
        ("---\ntitle: a: b\n---\n# La lampada\n", "its front matter is broken: This is no valid"),
    ],
)
def test_front_matter_that_is_odd_is_written_right_or_not_at_all(
    given: Lamps, page: str, why: str
) -> None:
    page_of(given).write_text(page)
    said = bilint("stamp", PAGE, "--force", cwd=given.folder)
    if why:
        assert why in refusal(said)
        assert page_of(given).read_text() == page
    else:
        assert said.code == 0, said.out
        assert status(given) in ("current", "stale")


def test_a_page_that_is_not_utf_8_is_left_alone(given: Lamps) -> None:
    before = finished(given).replace("è".encode(), b"\xe8")
    page_of(given).write_bytes(before)
    said = bilint("stamp", PAGE, "--force", cwd=given.folder)
    assert "UTF-8" in refusal(said)
    assert page_of(given).read_bytes() == before


# Writing


def test_the_mode_is_kept(given: Lamps) -> None:
    finished(given)
    page_of(given).chmod(0o640)
    assert bilint("stamp", PAGE, cwd=given.folder).code == 0
    assert stat.S_IMODE(page_of(given).stat().st_mode) == 0o640
    assert [p.name for p in sorted(page_of(given).parent.iterdir())] == ["door.md", "lamp.md"]


def test_a_symbolic_link_is_refused(given: Lamps, tmp_path: Path) -> None:
    finished(given)
    real = tmp_path / "real.md"
    page_of(given).rename(real)
    page_of(given).symlink_to(real)
    before = real.read_bytes()
    said = bilint("stamp", PAGE, cwd=given.folder)
    assert said.code == 2
    assert "a symbolic link, or behind one" in said.err
    assert real.read_bytes() == before


def test_an_edit_in_between_is_not_lost(given: Lamps, monkeypatch: pytest.MonkeyPatch) -> None:
    finished(given)

    def late(path: str, data: bytes, *, expected: bytes) -> None:
        Path(path).write_text("edited by somebody else\n")
        write_atomically(path, data, expected=expected)

    monkeypatch.setattr(stamping, "write_atomically", late)
    said = bilint("stamp", PAGE, cwd=given.folder)
    assert "was changed by somebody else meanwhile; nothing written" in refusal(said)
    assert page_of(given).read_text() == "edited by somebody else\n"


def test_a_failure_of_our_own_is_told_as_one(given: Lamps, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("of mine")

    monkeypatch.setattr(stamping, "may_stamp", fail)
    said = bilint("stamp", PAGE, cwd=given.folder)
    assert said.code == 3
    assert "ValueError: of mine" in said.out


def test_what_was_translated_from_the_beginning_is_stamped_too(given: Lamps) -> None:
    pin = given.source.commit("Back", {"help/lamp.md": LAMP_EN})
    given.italian.commit("Here", {"help/lamp.md": LAMP_IT.format(pin=given.pins[0])})
    said = bilint("stamp", PAGE, cwd=given.folder)
    assert said.code == 0
    assert pin in page_of(given).read_text()
