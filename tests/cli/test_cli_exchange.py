"""`bilint export` and `bilint import`, from the pages to a file and back."""

from __future__ import annotations

import csv
import io
import json
import os
import random
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from bilint.desk.imported import Imported, Refused
from bilint.desk.translation_file import rejects
from bilint.exchange.formats import FORMATS
from bilint.model.exchange import Code, Entry, Part, Role, flat
from command_line import Said, bilint
from examples import examples
from lamps import Lamps, lamps
from repositories import Repo

NAMES = [name for name in FORMATS if name != "xlsx"]
TWO_WAY = [name for name in NAMES if name != "tmx"]
STALE, NAMED, NEW = "The lamp is", "Open [!DNL", "Nobody"


@pytest.fixture
def site(tmp_path: Path) -> Lamps:
    return lamps(tmp_path)


def export(site: Lamps, name: str, *more: str, locale: str = "it-IT") -> Path:
    file = site.folder / f"out{FORMATS[name].suffix}"
    said = bilint(
        "export", "--to", name, "--locale", locale, "--output", file, *more, cwd=site.folder
    )
    assert said.code == 0, said.err
    return file


def bring(site: Lamps, file: Path, *more: str) -> Said:
    return bilint("import", file, *more, cwd=site.folder)


def pages(repo: Repo) -> dict[str, bytes]:
    return {
        path.relative_to(repo.path).as_posix(): path.read_bytes()
        for path in sorted(repo.path.rglob("*.md"))
    }


def translate(file: Path, texts: dict[str, str], fuzzy: bool = False) -> None:
    """Do what Poedit does: fill in texts by the beginning of their source, drop the flag."""
    catalogue = polib.pofile(str(file), wrapwidth=0)
    for entry in catalogue:
        for begin, text in texts.items():
            if entry.msgid.startswith(begin):
                entry.msgstr = text
                if not fuzzy:
                    entry.flags = []
                    entry.previous_msgid = None
    catalogue.save(str(file))


# ---- what goes out ----


def test_only_what_needs_work_goes_out(site: Lamps) -> None:
    catalogue = polib.pofile(str(export(site, "po")))
    assert [entry.msgid for entry in catalogue] == [
        "The lamp is switched on in the evening, when it is dark.",
        "Open [!DNL Lantern Store] and choose a lamp for the hall.",
        "Nobody has to look after it.",
        "The roof",
        "The roof is new.",
    ]
    stale, named, new, *_ = catalogue
    assert stale.flags == ["fuzzy"]
    assert stale.previous_msgid == "The lamp is switched on in the morning."
    assert stale.occurrences == [("help/lamp.md", "8")]
    assert "dnl-altered" in named.comment
    assert not named.flags
    assert new.msgstr == ""
    assert all(6 <= len(entry.msgctxt) <= 10 for entry in catalogue)


def test_all_of_it_goes_out(site: Lamps) -> None:
    catalogue = polib.pofile(str(export(site, "po", "--all")))
    assert len(catalogue) == 10
    assert {e.msgid for e in catalogue} >= {"The door", "The lamp"}


def test_a_memory_says_how_little_is_in_it(site: Lamps) -> None:
    for more, hint in (((), "; --all adds the rest"), (("--all",), "")):
        file = site.folder / "out.tmx"
        said = bilint(
            *("export", "--to", "tmx", "--locale", "it-IT", "--output", file, *more),
            cwd=site.folder,
        )
        units = file.read_text("utf-8").count("<tu ")
        assert f"what is current: {units} of them are in it{hint}\n" in said.err


def test_a_page_or_a_budget(site: Lamps) -> None:
    file = site.folder / "x.po"
    more = ("--to", "po", "--locale", "it-IT", "--output", file)
    assert bilint("export", "help/lamp.md", *more, cwd=site.folder).code == 0
    assert len(polib.pofile(str(file))) == 3
    assert bilint("export", "--budget", "1m", *more, cwd=site.folder).code == 0
    assert len(polib.pofile(str(file))) == 2
    wrong = bilint("export", "--budget", "soon", *more, cwd=site.folder)
    assert (wrong.code, "budget" in wrong.err) == (2, True)


def test_several_locales_need_a_folder(site: Lamps) -> None:
    said = bilint("export", "--to", "po", cwd=site.folder)
    assert said.code == 2
    assert "--output DIR/" in said.err
    said = bilint("export", "--to", "xliff", "--output", "out/", cwd=site.folder)
    assert said.code == 0
    assert sorted(os.listdir(site.folder / "out")) == ["it-IT.xlf", "ja-JP.xlf"]


def test_standard_output_is_the_file_and_nothing_else(site: Lamps) -> None:
    said = bilint("export", "--to", "po", "--locale", "it-IT", cwd=site.folder)
    assert len(polib.pofile(said.out)) == 5
    assert "it-IT: 5 segments of 2 pages (3 new, 1 stale, 1 current)" in said.err


# ---- what comes back ----


@pytest.mark.parametrize("locale", ["it-IT", "ja-JP"])
@pytest.mark.parametrize("name", NAMES)
def test_without_an_edit_no_byte_changes(site: Lamps, name: str, locale: str) -> None:
    before = pages(site.italian), pages(site.japanese)
    for more in ((), ("--all",)):
        said = bring(site, export(site, name, *more, locale=locale))
        assert said.code == 0, said
        assert said.out.startswith("0 segments written in 0 pages, 0 refused")
    assert (pages(site.italian), pages(site.japanese)) == before


def test_texts_are_written_where_they_belong(site: Lamps) -> None:
    file = export(site, "po")
    translate(
        file,
        {
            STALE: "La lampada si accende la sera, quando è buio.",
            NAMED: "Apri [!DNL Lantern Store] e scegli una lampada per il salone.",
            NEW: "Nessuno deve occuparsene.",
        },
    )
    said = bring(site, file, "--dry-run", "--diff")
    assert "help/lamp.md: 3 segments would be written" in said.out
    assert "+Nessuno deve occuparsene." in said.out
    assert site.italian.git("diff") == ""
    assert bring(site, file).code == 0
    diff = site.italian.git("diff", "-U0").splitlines()
    assert [line for line in diff if line[:1] in "+-" and line[:3] not in ("+++", "---")] == [
        "-La lampada si accende al mattino.",
        "+La lampada si accende la sera, quando è buio.",
        "-Apri [!DNL Negozio Lantern] e scegli una lampada per il salone.",
        "+Apri [!DNL Lantern Store] e scegli una lampada per il salone.",
        "+",
        "+Nessuno deve occuparsene.",
    ]
    # They are answered: nothing of the page is left to do, and a second time changes nothing.
    status = bilint("status", "--locale", "it-IT", "--format", "json", cwd=site.folder).json
    assert [page["words_to_do"] for page in status["pages"] if page["path"] == "help/lamp.md"] == [
        0
    ]
    assert "3 there already" in bring(site, file).out


def test_a_page_comes_into_being_when_all_of_it_is_there(site: Lamps) -> None:
    file = export(site, "po")
    translate(file, {"The roof is": "Il tetto è nuovo."})
    said = bring(site, file)
    assert said.code == 1
    assert "not there yet, and 1 of its segments" in said.out
    translate(file, {"The roof": "Il tetto"})
    translate(file, {"The roof is": "Il tetto è nuovo."})
    assert "help/roof.md: 2 segments written, a new page" in bring(site, file).out
    assert pages(site.italian)["help/roof.md"].decode() == "# Il tetto\n\nIl tetto è nuovo.\n"
    assert "2 there already" in bring(site, file).out


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Apri il negozio e scegli una lampada.", r"it lost [!DNL Lantern Store]"),
        ("# Apri [!DNL Lantern Store]", "Markdown would read something else"),
        ("* [!DNL Lantern Store]", "Markdown would read something else"),
        ("```[!DNL Lantern Store]", "Markdown would read something else"),
        ("Apri \\x07 [!DNL Lantern Store]".replace("\\x07", "\x07"), "control characters"),
    ],
)
def test_a_text_that_does_harm_is_refused_and_kept(site: Lamps, text: str, reason: str) -> None:
    before = pages(site.italian)
    file = export(site, "po")
    translate(file, {NAMED: text, STALE: "La lampada si accende la sera."})
    said = bring(site, file)
    assert said.code == 1
    assert "not written to help/lamp.md:10" in said.out
    assert reason in said.out
    kept = polib.pofile(str(site.folder / "out.rejected.po"))
    assert [entry.msgstr for entry in kept] == [text]
    assert "not written:" in kept[0].comment
    # The other text has gone in all the same.
    after = pages(site.italian)
    changed = before["help/lamp.md"].replace(
        b"La lampada si accende al mattino.", b"La lampada si accende la sera."
    )
    assert after == {**before, "help/lamp.md": changed}


def test_force_lets_a_token_go(site: Lamps) -> None:
    file = export(site, "po")
    translate(file, {NAMED: "Apri il negozio e scegli una lampada."})
    said = bring(site, file, "--force")
    assert (said.code, "new error dnl-altered" in said.out) == (1, True)
    assert b"Apri il negozio e scegli una lampada.\n" in pages(site.italian)["help/lamp.md"]


def test_what_was_rejected_may_be_mended_and_brought_again(site: Lamps) -> None:
    file = export(site, "po")
    translate(file, {NAMED: "Apri il negozio."})
    assert bring(site, file).code == 1
    again = site.folder / "out.rejected.po"
    translate(again, {NAMED: "Apri [!DNL Lantern Store]."})
    assert bring(site, again).code == 0
    assert b"Apri [!DNL Lantern Store].\n" in pages(site.italian)["help/lamp.md"]


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_rejected_is_kept_in_every_format(name: str) -> None:
    texts: list[tuple[Part, ...]] = [
        ("Uno due", Code(1, Role.ALONE, "", "[!DNL X]")),
        ("Tre", Code(0, Role.OPEN, "", "<b>"), "quattro"),
        ("Cinque", Code(2, Role.CLOSE, "", ""), Code(3, Role.OPEN, "", "<i>"), "sei\x07"),
    ]
    refused = tuple(
        Refused(Entry(f"key{i}", text, "Source", "it-IT", "a.md"), "why", "a.md", i)
        for i, text in enumerate(texts)
    )
    kept = rejects(name, [Imported("it-IT", refused=refused)], "en")
    assert kept is not None
    said = " ".join(flat(entry.target) for entry in FORMATS[name].read(kept, 10**7).entries)
    assert all(word in said for word in ("Uno due", "[!DNL X]", "Tre", "quattro", "Cinque", "sei"))
    assert rejects(name, [Imported("it-IT")], "en") is None


def test_what_is_rejected_never_writes_over_what_was(site: Lamps) -> None:
    file = export(site, "po")
    for text in ("Apri uno", "Apri due"):
        translate(file, {NAMED: text})
        assert bring(site, file).code == 1
    kept = [site.folder / name for name in ("out.rejected.po", "out.rejected-2.po")]
    assert [polib.pofile(str(one))[0].msgstr for one in kept] == ["Apri uno", "Apri due"]
    assert bring(site, file, "--dry-run").code == 1
    assert not (site.folder / "out.rejected-3.po").exists()


def test_a_source_that_moved_is_told(site: Lamps) -> None:
    file = export(site, "po")
    translate(file, {STALE: "La lampada si accende la sera.", NEW: "Nessuno deve occuparsene."})
    page = site.source.path / "help" / "lamp.md"
    text = page.read_text()
    site.source.commit("Again", {"help/lamp.md": text.replace("when it is dark", "at dusk")})
    said = bring(site, file)
    assert said.code == 1
    assert "the source changed meanwhile" in said.out
    assert "help/lamp.md: 1 segment written" in said.out
    assert polib.pofile(str(site.folder / "out.rejected.po"))[0].msgstr.startswith("La lampada")


def test_a_translation_that_moved_is_told(site: Lamps) -> None:
    file = export(site, "po")
    page = site.italian.path / "help" / "lamp.md"
    text = page.read_text().replace("al mattino", "di mattina").replace("La lampada\n", "Lampada\n")
    page.write_text(text)
    # The translator touched nothing: nothing is refused.
    assert bring(site, file).code == 0
    translate(file, {STALE: "La lampada si accende la sera."})
    said = bring(site, file)
    assert "the translation was changed meanwhile" in said.out
    assert page.read_text() == text


def test_a_page_that_was_renamed_is_found(site: Lamps) -> None:
    file = export(site, "po")
    translate(file, {STALE: "La lampada si accende la sera."})
    for repo in (site.source, site.italian):
        text = (repo.path / "help" / "lamp.md").read_text()
        repo.commit("Move", {"help/lamp.md": None, "help/light.md": text})
    assert bring(site, file).code == 0
    assert b"si accende la sera." in pages(site.italian)["help/light.md"]


def test_fuzzy_is_no_approval_and_its_absence_neither(site: Lamps) -> None:
    before = pages(site.italian)
    file = export(site, "po")
    translate(file, {STALE: "La lampada si accende la sera."}, fuzzy=True)
    said = bring(site, file)
    assert "still marked as needing work" in said.out
    assert pages(site.italian) == before
    # OmegaT drops the flag and empties what nobody touched.
    catalogue = polib.pofile(str(file), wrapwidth=0)
    for entry in catalogue:
        entry.flags = []
        entry.msgstr = ""
    catalogue.save(str(file))
    assert bring(site, file).code == 0
    assert pages(site.italian) == before
    translate(file, {STALE: "La lampada si accende la sera."}, fuzzy=True)
    assert bring(site, file, "--fuzzy").code == 0
    assert pages(site.italian) != before


def test_a_file_that_lost_its_notes_does_not_write_over_a_translation(site: Lamps) -> None:
    file = export(site, "po")
    translate(file, {STALE: "La lampada si accende la sera.", NEW: "Nessuno."})
    lines = file.read_text().split("\n")
    file.write_text("\n".join(line for line in lines if not line.startswith("#.")))
    said = bring(site, file)
    assert "lost what Bilint noted" in said.out
    assert "help/lamp.md: 1 segment written" in said.out


def test_line_ends_and_a_mark_stay(site: Lamps) -> None:
    page = site.italian.path / "help" / "lamp.md"
    data = b"\xef\xbb\xbf" + page.read_bytes().replace(b"\n", b"\r\n")
    page.write_bytes(data)
    file = export(site, "po")
    translate(file, {STALE: "La lampada si accende la sera.", NEW: "Nessuno deve occuparsene."})
    assert bring(site, file).code == 0
    assert page.read_bytes() == (
        data.replace(b"al mattino", b"la sera") + b"\r\nNessuno deve occuparsene.\r\n"
    )


def test_a_page_that_is_not_utf_8_is_left_alone(site: Lamps) -> None:
    page = site.italian.path / "help" / "lamp.md"
    page.write_bytes(page.read_bytes().replace(b"mattino", b"matt\xe9no"))
    file = export(site, "po")
    translate(file, {NAMED: "Apri [!DNL Lantern Store]."})
    before = page.read_bytes()
    said = bring(site, file)
    assert (said.code, page.read_bytes()) == (1, before)
    assert "cannot be written to" in said.out


def test_a_revision_is_not_written_to(site: Lamps) -> None:
    file = export(site, "po")
    target = f"it-IT={site.italian.path}@main::help"
    said = bilint("import", file, "--source", site.source.path, "--target", target, cwd=site.folder)
    assert said.code == 2
    assert "working tree" in said.err


def test_a_link_in_place_of_a_page_is_not_followed(site: Lamps, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    page = site.italian.path / "help" / "lamp.md"
    file = export(site, "po")
    translate(file, {STALE: "La lampada si accende la sera."})
    outside.write_bytes(page.read_bytes())
    page.unlink()
    page.symlink_to(outside)
    before = outside.read_bytes()
    assert bring(site, file).code == 1
    assert outside.read_bytes() == before


@pytest.mark.parametrize("path", ["../../../etc/passwd", "/etc/passwd", "help/../../x.md", "x\n"])
def test_a_path_in_a_file_is_never_opened(site: Lamps, path: str) -> None:
    table = f'key,locale,page,translation,source\nabcdefgh,it-IT,"{path}",Text,Source\n'
    file = site.folder / "evil.csv"
    file.write_text(table)
    before = pages(site.italian)
    said = bring(site, file)
    assert said.code == 1
    assert "no segment belongs to it" in said.out
    assert pages(site.italian) == before


def test_a_file_for_another_locale_is_refused(site: Lamps) -> None:
    file = export(site, "po")
    file.write_text(file.read_text().replace("it-IT", "fr-FR").replace("it_IT", "fr_FR"))
    said = bring(site, file)
    assert said.code == 2
    assert "the file is for fr-FR; there is: it-IT, ja-JP" in said.err


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"<!DOCTYPE x>", b"PK\x03\x04", b"hello"])
def test_what_is_no_file_of_translations_changes_nothing(site: Lamps, content: bytes) -> None:
    file = site.folder / "x.dat"
    file.write_bytes(content)
    before = pages(site.italian)
    said = bring(site, file)
    assert said.code == 2
    assert "x.dat" in said.err
    assert pages(site.italian) == before


def test_as_json(site: Lamps) -> None:
    file = export(site, "po")
    translate(file, {STALE: "La lampada si accende la sera.", NAMED: "Apri"})
    answer = json.loads(bring(site, file, "--format", "json").out)
    (one,) = answer["imported"]
    assert one["pages"][0]["segments"][0]["after"] == "La lampada si accende la sera."
    assert one["refused"][0]["text"] == "Apri"
    assert answer["rejects"].endswith("out.rejected.po")


# ---- decisions in a table ----


def decide(file: Path, begin: str, decision: str, comment: str) -> None:
    rows = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
    for row in rows:
        if row["source"].startswith(begin):
            row["decision"], row["comment"] = decision, comment
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    file.write_text(out.getvalue())


def test_what_a_table_accepts_is_settled(site: Lamps) -> None:
    before = pages(site.italian)
    file = export(site, "csv")
    decide(file, STALE, "accepted", "says the same in Italian")
    decide(file, NAMED, "Accepted", "the shop's own name")
    said = bring(site, file, "--dry-run")
    assert "2 decisions to make" in said.out
    said = bring(site, file, "--by", "Ada")
    assert (said.code, "2 decisions made" in said.out) == (0, True), said
    assert pages(site.italian) == before
    again = FORMATS["csv"].read(export(site, "csv").read_bytes(), 10**7)
    left = [row.source or "" for row in again.entries]
    assert not any(one.startswith((STALE, NAMED)) for one in left)
    assert len(left) == 3


def test_a_decision_needs_a_reason(site: Lamps) -> None:
    file = export(site, "csv")
    decide(file, STALE, "accepted", "")
    said = bring(site, file)
    assert (said.code, "a comment has to say why" in said.out) == (1, True)


def test_a_decision_about_other_texts_is_refused(site: Lamps) -> None:
    file = export(site, "csv")
    decide(file, STALE, "accepted", "still right")
    page = site.italian.path / "help" / "lamp.md"
    page.write_text(page.read_text().replace("al mattino", "di mattina"))
    said = bring(site, file)
    assert said.code == 1
    assert "made" not in said.out


def test_rework_holds_a_text_back(site: Lamps) -> None:
    before = pages(site.italian)
    file = export(site, "csv")
    fill(file, "csv", "The lamp is", lambda text: f"{text}?")
    decide(file, STALE, "rework", "not sure")
    said = bring(site, file)
    assert (said.code, "still marked as needing work" in said.out) == (1, True)
    assert pages(site.italian) == before


# ---- other formats ----


def fill(file: Path, name: str, begin: str, change: Callable[[str], str]) -> None:
    """Edit one text as a tool would, by what stands in its source."""
    if name in ("xliff", "xliff2"):
        root = etree.fromstring(file.read_bytes())
        (unit,) = [
            source.getparent()
            for source in root.iter("{*}source")
            if begin in "".join(source.itertext())
            and source.getparent().tag.endswith(("trans-unit", "segment"))
        ]
        target = unit.find("{*}target")
        target.set("state", "translated")
        for node in (target, *target):
            for slot in ("text", "tail"):
                text = getattr(node, slot)
                if text and not (slot == "text" and node is not target):
                    setattr(node, slot, change(text))
        file.write_bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
    else:
        rows = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
        for row in rows:
            if begin in row["source"]:
                row["translation"] = change(row["translation"])
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
        file.write_text(out.getvalue())


@pytest.mark.parametrize("name", [name for name in TWO_WAY if name != "po"])
def test_one_edit_changes_one_segment(site: Lamps, name: str) -> None:
    before = pages(site.italian)
    file = export(site, name, "--all")
    fill(file, name, "choose a lamp", lambda text: text.replace("salone", "portico"))
    said = bring(site, file, "--force")
    assert said.code == 0, said
    changed = before["help/lamp.md"].replace(b"salone", b"portico")
    assert pages(site.italian) == {**before, "help/lamp.md": changed}


def common(one: bytes, other: bytes) -> int:
    """How many bytes are the same from the beginning."""
    size = min(len(one), len(other))
    return next((index for index in range(size) if one[index] != other[index]), size)


@settings(
    examples(10),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 10_000), text=st.text(min_size=1, max_size=30))
def test_any_text_changes_its_segment_or_nothing(tmp_path: Path, seed: int, text: str) -> None:
    folder = tmp_path / "site"
    site = lamps(folder) if not folder.exists() else None
    repo = Repo.at(folder / "lamps.it-IT") if site is None else site.italian
    repo.git("checkout", "-q", ".")
    file = folder / "x.csv"
    more = ("--to", "csv", "--locale", "it-IT", "--output", file, "--all")
    assert bilint("export", *more, cwd=folder).code == 0
    rows = FORMATS["csv"].read(file.read_bytes(), 10**7).entries
    chosen = random.Random(seed).choice([row for row in rows if row.target])
    old = str(chosen.target[0])
    before = pages(repo)
    header = "key,locale,page,source,translation,source_digest,target_digest"
    cells = (
        chosen.key, "it-IT", chosen.path or "", chosen.source or "", f"{old} {text}",
        f"s{chosen.source_digest}", f"t{chosen.target_digest}",
    )  # fmt: skip
    out = io.StringIO(newline="")
    csv.writer(out).writerow(header.split(","))
    csv.writer(out).writerow(cells)
    file.write_bytes(out.getvalue().encode("utf-8", "replace"))
    said = bilint("import", file, "--rejects", folder / "r.csv", "--no-check", cwd=folder)
    after = pages(repo)
    if said.code == 0 and after != before:
        # One page, one stretch of it, and that is where the text stood.
        (path,) = [path for path in after if after[path] != before[path]]
        one, other = before[path], after[path]
        head = common(one, other)
        tail = common(one[head:][::-1], other[head:][::-1])
        gone = one[head : len(one) - tail].decode()
        assert gone in old or gone in f'"{old}"'
    else:
        assert after == before


def test_a_context_that_a_tool_lost(site: Lamps) -> None:
    """Converters of PO drop or replace `msgctxt`; what Bilint noted is enough to find the place."""
    file = export(site, "po", "--all")
    translate(file, {NAMED: "Apri [!DNL Lantern Store]."})
    catalogue = polib.pofile(str(file), wrapwidth=0)
    for entry in catalogue[1::2]:
        entry.msgctxt = ""
    for number, entry in enumerate(catalogue[::2]):
        entry.msgctxt = f"{entry.occurrences[0][0]}:{number}"
    catalogue.save(str(file))
    said = bring(site, file)
    assert said.code == 0, said.out
    assert b"Apri [!DNL Lantern Store].\n" in pages(site.italian)["help/lamp.md"]


def test_what_nobody_touched_is_no_loss_when_its_page_has_gone(site: Lamps) -> None:
    file = export(site, "po", "--all")
    site.italian.commit("Less", {"help/door.md": None})
    said = bring(site, file)
    assert (said.code, "0 refused" in said.out) == (0, True)
    file = export(site, "po", "--all", locale="ja-JP")
    translate(file, {"The door is": "ドアは開いています。"})
    site.japanese.commit("Less", {"help/door.md": None})
    said = bring(site, file)
    assert (said.code, "the translation is gone from the page" in said.out) == (1, True)


@pytest.mark.parametrize(("said", "code"), [("it", 0), ("IT_it", 0), ("de", 2)])
def test_a_tool_may_write_the_locale_its_own_way(site: Lamps, said: str, code: int) -> None:
    file = export(site, "xliff")
    file.write_text(file.read_text("utf-8").replace('"it-IT"', f'"{said}"'), "utf-8")
    assert bring(site, file).code == code


def test_a_file_with_nothing_in_it_is_told(site: Lamps) -> None:
    file = site.folder / "empty.po"
    file.write_text("")
    said = bring(site, file)
    assert (said.code, said.err) == (0, f"bilint: {file}: there is nothing in it\n")
