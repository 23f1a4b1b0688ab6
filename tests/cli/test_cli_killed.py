"""Imports that are ended by `kill -9` at any moment: nothing torn, nothing lost, nothing left over.

Twenty pages by default, a thousand with `BILINT_THOROUGH=1`.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from copy import deepcopy
from itertools import islice
from pathlib import Path
from random import Random
from time import sleep

import polib
import pytest
from lxml import etree

from bilint.model.decision import Decision
from bilint.stores.decisions import open_store
from command_line import bilint, environment, script
from examples import THOROUGH
from repositories import Repo

PAGES = 1000 if THOROUGH else 20
STEP = PAGES // 20 if THOROUGH else 9
"""Writes after which an import is killed, at the most."""
FOLDERS = 7
EN = """\
---
title: Buoy {n}
exl-id: 44444444-4444-4444-8444-{n:012}
---
# Buoy {n}

Buoy {n} burns at night.

Open [!DNL Data Hub] with `list` to see buoy {n}.
"""
EN_NOW = EN.replace("burns at night", "burns from dusk to dawn") + "\nNobody mends buoy {n}.\n"
IT = """\
---
title: Boa {n}
exl-id: 44444444-4444-4444-8444-{n:012}
source-git-commit: {pin}
---
# Boa {n}

La boa {n} arde di notte.

Apri [!DNL Centro dati] con `list` per vedere la boa {n}.
"""
STALE, NEW = "arde dal tramonto all'alba", "Nessuno ripara la boa"

TELLING = """
import os
from bilint.desk import page_files
from bilint.stores.decisions.sqlite_store import SqliteStore
from bilint.stores.decisions.text_store import TextStore
write = page_files.write_atomically

def telling(*arguments, **more):
    os.write({pipe}, b"page\\n")
    write(*arguments, **more)

page_files.write_atomically = telling
for store in (SqliteStore, TextStore):
    def record(self, decision, _record=store.record):
        os.write({pipe}, b"begins\\n")
        made = _record(self, decision)
        os.write({pipe}, made.key.encode() + b"\\n")
        return made
    store.record = record
"""
"""A program that tells of each write when it begins, and of each decision when it is made."""


class Buoys:
    """Many pages in several folders, some of which have no translation yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = [f"help/{n % FOLDERS}/buoy-{n}.md" for n in range(PAGES)]
        source, self.target = Repo(folder / "en"), Repo(folder / "it")
        pin = source.commit("Publish", {one: EN.format(n=n) for n, one in enumerate(self.names)})
        there = [(n, one) for n, one in enumerate(self.names) if n % 10 != 9]
        self.target.commit("Translate", {one: IT.format(n=n, pin=pin) for n, one in there})
        source.commit("Dusk", {one: EN_NOW.format(n=n) for n, one in enumerate(self.names)})
        (folder / "bilint.toml").write_text(
            'root = "help"\n[source]\nrepository = "en"\n[target.it-IT]\nrepository = "it"\n'
        )

    def pages(self) -> dict[str, bytes | None]:
        places = {one: self.target.path / one for one in self.names}
        return {name: file.read_bytes() if file.exists() else None for name, file in places.items()}

    def strangers(self) -> list[str]:
        """What stands beside the pages and is none."""
        return [
            str(file)
            for file in (self.target.path / "help").rglob("*")
            if file.is_file() and file.relative_to(self.target.path).as_posix() not in self.names
        ]

    def export(self, name: str) -> Path:
        file = self.folder / f"all.{name}"
        where = ("--locale", "it-IT", "--output", file)
        assert bilint("export", "--to", name, *where, cwd=self.folder).code == 0
        return file


@pytest.fixture
def buoys(tmp_path: Path) -> Buoys:
    return Buoys(tmp_path)


def translation(source: str) -> str | None:
    """What a translator writes; every tenth one forgets a name that must stay."""
    number = source.rstrip(".").split()[-1] if "burns" not in source else source.split()[1]
    if "burns" in source:
        return f"La boa {number} {STALE}."
    if source.startswith("Nobody"):
        return f"{NEW} {number}."
    if source.startswith("Buoy"):
        return f"Boa {number}"
    if int(number) % 10 == 1:
        return f"Apri il centro con `list` per vedere la boa {number}."
    if int(number) % 10 == 9:
        return f"Apri [!DNL Data Hub] con `list` per vedere la boa {number}."
    return None


def fill_po(file: Path) -> None:
    catalogue = polib.pofile(str(file), wrapwidth=0)
    for entry in catalogue:
        text = translation(entry.msgid)
        if text is not None:
            entry.msgstr, entry.flags, entry.previous_msgid = text, [], None
    catalogue.save(str(file))


def fill_xliff(file: Path) -> None:
    tree = etree.parse(str(file))
    space = "{urn:oasis:names:tc:xliff:document:1.2}"
    for unit in tree.iter(f"{space}trans-unit"):
        source, target = unit.find(f"{space}source"), unit.find(f"{space}target")
        assert source is not None
        text = translation("".join(source.itertext()))
        if text is None:
            continue
        if target is None:
            target = etree.SubElement(unit, f"{space}target")
            source.addnext(target)
        hub, shown = (deepcopy(one) for one in source) if len(source) else (None, None)
        target[:] = []
        target.text, _, rest = text.rpartition("[!DNL Data Hub]")
        before, _code, after = rest.partition("`list`")
        if shown is not None and hub is not None:
            if target.text:
                hub.tail = before
                target.append(hub)
            else:
                target.text = before
            shown.tail = after
            target.append(shown)
        else:
            target.text = text
        target.set("state", "translated")
    tree.write(str(file), encoding="utf-8", xml_declaration=True)


def fill_csv(file: Path) -> None:
    """Texts for what is stale or new; what names the hub is accepted as it is."""
    rows = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
    for row in rows:
        if row["state"] == "current":
            row["decision"], row["comment"] = "accepted", "so it is called here"
        else:
            row["translation"] = translation(row["source"]) or row["translation"]
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    file.write_text(out.getvalue(), encoding="utf-8")


def killed_import(buoys: Buoys, file: Path, random: Random, most: int) -> tuple[bool, list[str]]:
    """Import until some writes have begun, and then kill. Whether it ended before, and what it
    told."""
    out, into = os.pipe()
    process = subprocess.Popen(
        script(TELLING.format(pipe=into), "import", file.name, "--by", "Ada"),
        cwd=buoys.folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(into,),
    )
    os.close(into)
    with os.fdopen(out) as stream:
        told = list(islice(stream, random.randrange(1, most)))
        sleep(random.random() * 0.004)
        process.send_signal(signal.SIGKILL)
        told += stream
    return process.wait() != -signal.SIGKILL, [one.strip() for one in told if one.endswith("\n")]


FILL = {"po": fill_po, "xliff": fill_xliff, "csv": fill_csv}


@pytest.mark.parametrize("name", FILL if THOROUGH else ("po", "csv"))
def test_pages_are_old_or_new_whenever_an_import_is_killed(
    buoys: Buoys, name: str, record_property: Callable[[str, object], None]
) -> None:
    old = buoys.pages()
    file = buoys.export(name)
    FILL[name](file)
    data = file.read_bytes()
    # What comes of it where nobody kills it.
    copy = Buoys.__new__(Buoys)
    copy.__dict__.update(buoys.__dict__)
    copy.folder = buoys.folder / "copy"
    shutil.copytree(buoys.folder, copy.folder, ignore=lambda _folder, _names: {"copy"})
    copy.target = Repo.at(copy.folder / "it")
    whole = bilint("import", file.name, "--by", "Ada", cwd=copy.folder)
    new = copy.pages()
    assert sum(new[one] != old[one] for one in buoys.names) == PAGES
    assert all(STALE.encode() in (text or b"") for text in new.values())
    kept = sorted(copy.folder.glob("*.rejected*"))
    assert len(kept) == (0 if name == "csv" else 1)

    random = Random(name)
    told: list[str] = []
    kills = half = left = 0
    while True:
        ended, more = killed_import(buoys, file, random, STEP)
        told += more
        kills += not ended
        for page, text in buoys.pages().items():
            assert text in (old[page], new[page]), page
        assert not [one for one in buoys.strangers() if "/.bilint-" not in one]
        left += bool(buoys.strangers())
        half += 0 < sum(text == new[page] for page, text in buoys.pages().items()) < PAGES
        assert file.read_bytes() == data
        keys = {one.key for one in decisions(buoys)}
        assert keys >= {one for one in told if one not in ("page", "begins")}
        if ended or (buoys.pages() == new and len(keys) == len(decisions(copy))):
            break
    for what, number in (("kills", kills), ("half way", half), ("left a file", left)):
        record_property(what, number)
    assert kills >= 3
    assert half >= (20 if THOROUGH else 1)
    assert left or not THOROUGH

    # The next one does what is left to do, says what was there already, and clears up.
    said = bilint("import", file.name, "--by", "Ada", cwd=buoys.folder)
    assert said.code == whole.code
    assert buoys.pages() == new
    assert not buoys.strangers()
    assert sorted(one.name for one in buoys.folder.glob("*.rejected*")) == [
        one.name for one in kept
    ]
    for one in kept:
        assert (buoys.folder / one.name).read_bytes() == one.read_bytes()
    assert counts(said.out, "there already") + counts(said.out, "segments written") == counts(
        whole.out, "segments written"
    )
    made = decisions(buoys)
    assert sorted(one.fingerprint for one in made) == sorted(
        one.fingerprint for one in decisions(copy)
    )
    again = bilint("import", file.name, "--by", "Ada", cwd=buoys.folder)
    *before, summary = again.out.splitlines()
    assert summary.startswith("0 segments written in 0 pages")
    told = [one for one in before if "decisions made" in one]
    assert told == ([f"0 decisions made, {len(made):,} there already"] if made else [])
    assert decisions(buoys) == made
    assert buoys.pages() == new


def decisions(buoys: Buoys) -> tuple[Decision, ...]:
    store = str(buoys.folder / ".bilint" / "decisions.db")
    with open_store(store, create=False, read_only=True) as opened:
        return opened.read()


def counts(said: str, what: str) -> int:
    """The number before some words of the summary; 0 where they are not said."""
    summary = said.splitlines()[-1]
    number = next((one.split()[0] for one in summary.split(", ") if what in one), "0")
    return int(number.replace(",", ""))
