"""`bilint import` of tables: segments whose source is gone are deleted; pages are checked again."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from command_line import Said, bilint
from lamps import LAMP_EN_NOW, Lamps, lamps

Row = dict[str, str]
PAGE = "help/lamp.md"


@pytest.fixture
def site(tmp_path: Path) -> Lamps:
    """The lamps, after the paragraph with the name has gone out of the source."""
    given = lamps(tmp_path)
    less = LAMP_EN_NOW[: LAMP_EN_NOW.index("\nOpen")]
    less += "\n## Care\n\nNobody has to look after it.\n"
    given.source.commit("Less", {PAGE: less})
    return given


def table(site: Lamps, change: Callable[[Row], None], *more: str) -> Path:
    """The table of the Italian locale, changed row by row as a spreadsheet would."""
    file = site.folder / "out.csv"
    said = bilint(
        *("export", "--to", "csv", "--locale", "it-IT", *more, "--output"), file, cwd=site.folder
    )
    assert said.code == 0, said.err
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))
    for row in rows:
        change(row)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    file.write_bytes(out.getvalue().encode())
    return file


def delete(row: Row) -> None:
    row["decision"] = "delete" if row["state"] == "obsolete" else ""


def bring(site: Lamps, file: Path, *more: str) -> Said:
    return bilint("import", file, *more, cwd=site.folder)


def page(site: Lamps) -> str:
    return (site.italian.path / PAGE).read_text("utf-8")


GONE = "\nApri [!DNL Negozio Lantern] e scegli una lampada per il salone.\n"


def test_a_segment_whose_source_is_gone_is_deleted(site: Lamps) -> None:
    before = page(site)
    file = table(site, delete)
    assert "1 segment would be deleted" in bring(site, file, "--dry-run").out
    assert page(site) == before
    said = bring(site, file)
    assert said.code == 0
    assert "it-IT help/lamp.md: 1 segment deleted\n" in said.out
    assert page(site) == before.replace(GONE, "")
    again = bring(site, file)
    assert (again.code, "1 there already" in again.out) == (0, True)
    assert page(site) == before.replace(GONE, "")


def test_a_workbook_deletes_as_well(site: Lamps) -> None:
    before = page(site)
    file = site.folder / "out.xlsx"
    more = ("--to", "xlsx", "--locale", "it-IT", "--output", file)
    assert bilint("export", *more, cwd=site.folder).code == 0
    book = openpyxl.load_workbook(file)
    names = [cell.value for cell in book.active[1]]
    for cells in book.active.iter_rows(min_row=2):
        row = dict(zip(names, cells, strict=True))
        if row["state"].value == "obsolete":
            row["decision"].value = "Delete "
    book.save(file)
    assert bring(site, file).code == 0
    assert page(site) == before.replace(GONE, "")


@pytest.mark.parametrize(
    ("state", "change", "reason"),
    [
        ("stale", {}, "delete: its source is still there"),
        ("new", {}, "delete: its source is still there"),
        ("obsolete", {"translation": "Apri."}, "delete: its text was edited as well"),
        ("obsolete", {"target_digest": "t0123456789"}, "delete: the texts changed meanwhile"),
        ("obsolete", {"source_digest": "s0123456789"}, "delete: the texts changed meanwhile"),
        ("obsolete", {"target_digest": ""}, "delete: the file lost what Bilint noted beside it"),
    ],
)
def test_nothing_else_is_deleted(site: Lamps, state: str, change: Row, reason: str) -> None:
    before = page(site)

    def decide(row: Row) -> None:
        if row["state"] == state and row["page"] == PAGE:
            row |= {"decision": "delete", **change}

    said = bring(site, table(site, decide))
    assert said.code == 1
    assert reason in said.out
    assert page(site) == before


def test_edits_and_deletions_of_one_page(site: Lamps) -> None:
    before = page(site)

    texts = {"The lamp is": "La lampada si accende la sera.", "Care": "Cura", "Nobody": "Nessuno."}

    def work(row: Row) -> None:
        delete(row)
        for begin, text in texts.items():
            if row["source"].startswith(begin):
                row["translation"] = text

    said = bring(site, table(site, work))
    assert said.code == 0
    assert "3 segments written and 1 segment deleted" in said.out
    wanted = before.replace("si accende al mattino", "si accende la sera")
    assert page(site) == wanted.replace(GONE, "\n## Cura\n\nNessuno.\n")


def test_the_cells_of_a_row_go_together_or_not_at_all(site: Lamps) -> None:
    head = "\n| Lamp | Light |\n| --- | --- |\n| Reach | far |\n"
    then = LAMP_EN_NOW + head + "| Spark | near |\n"
    pin = site.source.commit("Table", {PAGE: then})
    italian = page(site)
    italian = italian[: italian.index("source-git-commit")] + f"source-git-commit: {pin}\n---\n"
    italian += (
        "# La lampada\n\nLa lampada si accende la sera.\n\nApri [!DNL Lantern Store].\n\n"
        "Nessuno deve occuparsene.\n\n| Lampada | Luce |\n| --- | --- |\n| Reach | lontano |\n"
    )
    last = "| Spark | vicino |\n"
    site.italian.commit("Table", {PAGE: italian + last})
    site.source.commit("Less", {PAGE: LAMP_EN_NOW + head})

    def half(row: Row) -> None:
        row["decision"] = "delete" if row["translation"] == "vicino" else ""

    said = bring(site, table(site, half))
    assert (said.code, page(site)) == (1, italian + last)
    assert "delete: it cannot be taken out without changing what stands around it" in said.out
    assert bring(site, table(site, delete)).code == 0
    assert page(site) == italian


def test_what_is_to_stay_is_asked_for_no_more(site: Lamps) -> None:
    def keep(row: Row) -> None:
        if row["state"] == "obsolete":
            row |= {"decision": "accepted", "comment": "only sold here"}

    states: list[str] = []
    assert "2 decisions made" in bring(site, table(site, keep), "--by", "Ada").out
    table(site, lambda row: states.append(row["state"]))
    assert "obsolete" not in states


def test_other_formats_say_where_deletions_are_made(site: Lamps) -> None:
    more = ("--to", "po", "--locale", "it-IT", "--output", "x.po")
    said = bilint("export", *more, cwd=site.folder)
    assert (
        "1 segments whose source is gone are not in it: delete them by `bilint review`" in said.err
    )


# ---- checked again ----


def test_what_became_of_the_findings_is_told(site: Lamps) -> None:
    said = bring(site, table(site, delete))
    assert "found no longer: 1 dnl-altered\n" in said.out
    assert said.out.endswith("; 1 finding gone, none new\n")


def test_an_error_that_a_translation_brought_in(site: Lamps) -> None:
    def copy(row: Row) -> None:
        if row["source"].startswith("The lamp is"):
            row["translation"] = row["source"]

    file = table(site, copy)
    said = bring(site, file, "--dry-run", "--format", "json")
    assert said.code == 1
    (checked,) = said.json["checked"]
    (new,) = checked["new"]
    assert (checked["path"], new["severity"], new["line"]) == (PAGE, "error", 8)
    unseen = bring(site, file, "--dry-run", "--no-check")
    assert (unseen.code, "new" in unseen.out) == (0, False)
    said = bring(site, file)
    assert said.code == 1
    assert f"help/lamp.md:8:1: new error {new['check']}: " in said.out
    assert bring(site, file).code == 0
