"""`bilint fix` on real repositories: what it writes, what it shows, what it refuses."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from bilint.desk import fix as fixing
from bilint.readers import disk
from command_line import Said, bilint, environment, program
from repositories import Repo

EN = """\
---
title: The buoy
solution: Beacon/2
exl-id: 33333333-3333-4333-8333-333333333333
---
# The buoy

Open [!DNL Data Hub] and choose a buoy for the harbor.

Every buoy has a [lamp](lamp.md) that burns at night.

The lamp is checked once a week by the keeper.
"""
EN_NOW = EN.replace("once a week by", "every morning and every evening by")
IT = """\
---
title: La  boa
solution: Faro/2
exl-id: 33333333-3333-4333-8333-333333333333
source-git-commit: {pin}
---
# La boa

Apri [!DNL Data Hub]e scegli una boa per il porto.

Ogni boa ha una [ lampada ](lamp.md) che arde  di notte.

La lampada viene controllata  una volta alla settimana dal guardiano.
"""
SAFE = (
    IT.replace("La  boa", "La boa")
    .replace("Faro/2", "Beacon/2")
    .replace("Hub]e", "Hub] e")
    .replace("[ lampada ]", "[lampada]")
    .replace("arde  di", "arde di")
    .replace("controllata  una", "controllata una")
)
PAGE = "help/buoy.md"


class Harbor:
    """An English repository and an Italian one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.source = Repo(folder / "en")
        lamp = "# The lamp\n\nIt burns at night.\n"
        self.pin = self.source.commit("Publish", {PAGE: EN, "help/lamp.md": lamp})
        self.target = Repo(folder / "it")
        self.text = IT.format(pin=self.pin)
        self.target.commit(
            "Translate", {PAGE: self.text, "help/lamp.md": "# La lampada\n\nArde di notte.\n"}
        )
        self.page = self.target.path / PAGE
        (folder / "bilint.toml").write_text(
            'root = "help"\n[source]\nrepository = "en"\n[target.it-IT]\nrepository = "it"\n'
        )

    def fix(self, *arguments: str) -> Said:
        disk._reaped.clear()
        return bilint("fix", *arguments, cwd=self.folder)

    @property
    def safe(self) -> str:
        return SAFE.format(pin=self.pin)


@pytest.fixture
def harbor(tmp_path: Path) -> Harbor:
    return Harbor(tmp_path)


def test_what_is_safe_is_repaired_and_nothing_else(harbor: Harbor) -> None:
    harbor.page.chmod(0o640)
    said = harbor.fix()
    assert said == (
        0,
        "it-IT help/buoy.md: 6 repaired: 2 double-space, 1 front-matter-value-altered,"
        " 1 link-padded, 1 title-whitespace, 1 token-glued\n"
        "6 findings repaired on 1 page\n",
        "",
    )
    assert harbor.page.read_text() == harbor.safe
    assert stat.S_IMODE(harbor.page.stat().st_mode) == 0o640
    assert harbor.target.git("status", "--porcelain").split() == ["M", PAGE]
    again = harbor.fix()
    assert again == (0, "0 findings repaired on 0 pages\n", "")
    check = bilint("check", "--format", "json", cwd=harbor.folder)
    assert [one["check"] for one in check.json["findings"] if one["locale"]] == []


def test_line_ends_and_the_byte_order_mark_stay(harbor: Harbor) -> None:
    harbor.page.write_bytes(("\ufeff" + harbor.text.replace("\n", "\r\n")).encode())
    harbor.fix()
    assert harbor.page.read_bytes() == ("\ufeff" + harbor.safe.replace("\n", "\r\n")).encode()


def test_only_what_was_asked_for(harbor: Harbor) -> None:
    said = harbor.fix("--check", "token-glued", "--check", "link-padded", "-v")
    assert said.out.splitlines() == [
        "it-IT help/buoy.md: 2 repaired: 1 link-padded, 1 token-glued",
        "  9:6 token-glued '[!DNL Data Hub]e' -> '[!DNL Data Hub] e'",
        "  11:18 link-padded ' lampada ' -> 'lampada'",
        "2 findings repaired on 1 page",
    ]
    assert harbor.page.read_text() == harbor.text.replace("Hub]e", "Hub] e").replace(
        "[ lampada ]", "[lampada]"
    )


def test_a_path_restricts(harbor: Harbor) -> None:
    said = harbor.fix("it/help/lamp.md")
    assert said.out == "0 findings repaired on 0 pages\n"
    assert harbor.page.read_text() == harbor.text
    assert harbor.fix("it/help/buoy.md").code == 0
    assert harbor.page.read_text() == harbor.safe


def test_a_segment_that_waits_for_its_translation_waits_on(harbor: Harbor) -> None:
    before = IT.replace("una volta alla", "[una volta ](lamp.md)alla")
    pin = harbor.source.commit("Weeks", {PAGE: EN.replace("once a", "[once](lamp.md) a")})
    before = before.format(pin=pin)
    harbor.target.commit("Weeks", {PAGE: before})
    harbor.source.commit("Mornings", {PAGE: EN_NOW})
    said = harbor.fix("--verbose", "--check", "token-glued", "--check", "link-padded")
    assert "waits for a new translation" in said.out
    assert said.out.splitlines()[-1].startswith("2 findings repaired on 1 page; 1 not")
    assert harbor.page.read_text() == before.replace("Hub]e", "Hub] e").replace(
        "[ lampada ]", "[lampada]"
    )


def test_what_is_silenced_or_known_stays(harbor: Harbor) -> None:
    comment = "<!-- bilint-disable-next-line token-glued: so it is printed -->\n"
    text = harbor.text.replace("Apri [", f"{comment}Apri [")
    harbor.page.write_text(text)
    bilint("check", "--write-baseline", "known.txt", "lamp.md", cwd=harbor.folder)
    harbor.fix("--check", "token-glued")
    assert harbor.page.read_text() == text
    assert bilint("check", "--write-baseline", "known.txt", cwd=harbor.folder).code == 0
    settings = harbor.folder / "bilint.toml"
    settings.write_text('baseline = "known.txt"\n' + settings.read_text())
    assert harbor.fix().out == "0 findings repaired on 0 pages\n"
    assert harbor.page.read_text() == text


def test_a_diff_writes_nothing_and_applies(harbor: Harbor, tmp_path: Path) -> None:
    said = harbor.fix("--diff")
    assert said.code == 1
    assert said.err == "bilint: 6 findings would be repaired on 1 page\n"
    assert said.out.startswith(f"diff --git a/{PAGE} b/{PAGE}\nindex ")
    assert "\n-Apri [!DNL Data Hub]e scegli" in said.out
    assert harbor.page.read_text() == harbor.text
    assert harbor.fix("--diff") == said
    (tmp_path / "p").write_text(said.out)
    harbor.target.git("apply", "--check", "--index", str(tmp_path / "p"))
    harbor.target.git("apply", str(tmp_path / "p"))
    assert harbor.page.read_text() == harbor.safe
    assert harbor.fix("--diff") == (0, "", "bilint: 0 findings would be repaired on 0 pages\n")


def test_a_diff_in_a_pipe_may_be_forgiven(harbor: Harbor) -> None:
    assert harbor.fix("--diff", "--exit-zero").code == 0


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_patch_of_pages_of_all_kinds(harbor: Harbor, end: str) -> None:
    name = 'help/a b"è.md'
    text = harbor.text.replace("33333333", "44444444").replace("\n", end or "\n")
    text = text if end else text.rstrip("\n")
    pin = harbor.source.commit("More", {name: EN.replace("33333333", "44444444")})
    text = text.replace(harbor.pin, pin)
    harbor.target.commit("More", {name: text})
    said = harbor.fix("--patch", "fixes.patch")
    assert said.code == 0
    assert said.out.splitlines()[-1].startswith("12 findings would be repaired on 2 pages")
    harbor.target.git("apply", str(harbor.folder / "fixes.patch"))
    after = (harbor.target.path / name).read_bytes().decode()
    wanted = harbor.safe.replace("33333333", "44444444").replace("\n", end or "\n")
    wanted = wanted.replace(harbor.pin, pin)
    assert after == (wanted if end else wanted.rstrip("\n"))


def test_a_revision_is_only_patched(harbor: Harbor) -> None:
    bare = harbor.folder / "bare.git"
    harbor.target.git("clone", "-q", "--bare", str(harbor.target.path), str(bare))
    for target in ("it-IT=bare.git", "it-IT=it@main"):
        where = ("--target", target)
        said = harbor.fix(*where)
        assert said.code == 2
        assert "read out of commits, and no file can be written there" in said.err
        assert harbor.fix(*where, "--patch", "one.patch").code == 0
        assert b"+Apri [!DNL Data Hub] e" in (harbor.folder / "one.patch").read_bytes()


def test_a_patch_is_of_one_repository(harbor: Harbor) -> None:
    other = Repo(harbor.folder / "fr")
    other.commit("Translate", {PAGE: harbor.text})
    where = ("--target", "fr-FR=fr", "--target", "it-IT=it")
    said = harbor.fix(*where, "--patch", "all.patch")
    assert said.code == 2
    assert "changes of several repositories" in said.err
    shown = harbor.fix(*where, "--diff").out
    assert shown.startswith("locale fr-FR\ndiff --git ")
    assert shown.count("\nlocale it-IT\ndiff --git ") == 1
    assert "locale" not in harbor.fix(*where, "--diff", "--locale", "it-IT").out
    assert harbor.fix(*where, "--patch", "{locale}.patch").code == 0
    for locale, repo in (("it-IT", harbor.target), ("fr-FR", other)):
        repo.git("apply", "--check", str(harbor.folder / f"{locale}.patch"))


def test_nothing_to_patch_is_an_empty_patch(harbor: Harbor) -> None:
    assert harbor.fix("--patch", "none.patch", "--check", "dnl-altered").code == 0
    assert (harbor.folder / "none.patch").read_bytes() == b""


def test_json(harbor: Harbor) -> None:
    said = harbor.fix("--format", "json", "--check", "token-glued")
    (page,) = said.json["pages"]
    assert (page["path"], page["written"], page["failure"]) == (PAGE, True, None)
    (one,) = page["fixed"]
    assert (one["check"], one["line"], one["suggestion"]["safe"]) == ("token-glued", 9, True)
    assert said.json["unsafe"] == 0


def test_a_check_that_there_is_not(harbor: Harbor) -> None:
    said = harbor.fix("--check", "token-gluedd", "--check", "zzz")
    assert said.code == 2
    assert said.err.splitlines() == [
        "bilint: there is no check 'token-gluedd'; did you mean token-glued?",
        "bilint: there is no check 'zzz'",
    ]


def test_a_page_with_invalid_bytes_is_never_repaired(harbor: Harbor) -> None:
    data = harbor.text.encode() + b"\nUna riga \xff.\n"
    harbor.page.write_bytes(data)
    harbor.fix("--unsafe")
    assert harbor.page.read_bytes() == data


def test_a_page_that_somebody_saves_meanwhile(
    harbor: Harbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = disk.write_atomically

    def late(path: str, data: bytes, **more: object) -> None:
        harbor.page.write_text("theirs")
        write(path, data, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(fixing, "write_atomically", late)
    said = harbor.fix()
    assert said.code == 1
    assert "not written: " in said.out
    assert "was changed by somebody else meanwhile" in said.out
    assert harbor.page.read_text() == "theirs"


def test_a_failure_on_one_page_is_told_and_the_others_go_on(
    harbor: Harbor, monkeypatch: pytest.MonkeyPatch
) -> None:
    lamp = f"---\nsource-git-commit: {harbor.pin}\n---\n# La lampada\n\nArde  di notte.\n"
    harbor.target.commit("Lamp", {"help/lamp.md": lamp})
    fix_page = fixing.fix_page

    def failing(desk: object, page: object, wanted: object) -> object:
        if page.path == PAGE:  # type: ignore[attr-defined]
            raise ValueError("no")
        return fix_page(desk, page, wanted)  # type: ignore[arg-type]

    monkeypatch.setattr(fixing, "fix_page", failing)
    said = harbor.fix()
    assert said.code == 3
    assert "it-IT help/buoy.md: not written: ValueError: no" in said.out
    assert (harbor.target.path / "help/lamp.md").read_text() == lamp.replace("  di", " di")
    assert harbor.page.read_text() == harbor.text


def test_a_page_that_is_not_checked_out(harbor: Harbor) -> None:
    harbor.page.unlink()
    harbor.target.git("update-index", "--skip-worktree", PAGE)
    said = harbor.fix()
    assert said.code == 1
    assert "help/buoy.md: not written: it is not checked out" in said.out
    assert not harbor.page.exists()


def test_killed_while_it_writes(harbor: Harbor) -> None:
    """Each of many pages is as before or repaired, whenever the run was ended."""
    names = [f"help/p{number}.md" for number in range(30)]

    def page(text: str, number: int) -> str:
        return text.replace("33333333", f"{number:08d}")

    pin = harbor.source.commit("Many", {name: page(EN, i) for i, name in enumerate(names)})
    harbor.text, harbor.pin = harbor.text.replace(harbor.pin, pin), pin
    harbor.target.commit("Many", {name: page(harbor.text, i) for i, name in enumerate(names)})
    seen = 0
    for wait in (0.0, 0.02, 0.05, 0.09):
        process = subprocess.Popen(
            program("fix", "--jobs", "1"),
            cwd=harbor.folder,
            env=environment(),
            stdout=subprocess.DEVNULL,
        )
        first = harbor.target.path / names[0]
        while process.poll() is None and first.read_text() == page(harbor.text, 0):
            pass
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for number, name in enumerate(names):
            text = (harbor.target.path / name).read_text()
            assert text in {page(harbor.text, number), page(harbor.safe, number)}
            seen += text == page(harbor.safe, number)
    assert seen
    assert harbor.fix().code == 0
    assert all(not one.startswith(".bilint") for one in os.listdir(harbor.page.parent))
    for number, name in enumerate(names):
        assert (harbor.target.path / name).read_text() == page(harbor.safe, number)
