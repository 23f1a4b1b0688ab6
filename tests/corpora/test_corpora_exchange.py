"""Some pages of real documentation go out in every format and come back byte for byte."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from bilint.desk.gathering import gather
from bilint.desk.imported import Imported, Rules
from bilint.desk.writing_back import write_back
from bilint.exchange.formats import FORMATS
from bilint.model.config import Location, Settings
from bilint.model.exchange import Entry, Part
from bilint.pipeline.request import Request

SHARED = os.environ.get("BILINT_SHARED", "")
CHECKOUT = Path(SHARED or os.devnull).resolve() / "corpora" / "checkout.sh"
LOCALES = ("it-IT", "fr-FR", "ko-KR", "nl-NL")
LIMIT = 2**30

pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not CHECKOUT.is_file(), reason="BILINT_SHARED names no corpora"),
]


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    environment = {**os.environ, "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    names = ["blueprints-learn.en", *(f"blueprints-learn.{locale}" for locale in LOCALES)]
    command = ["bash", str(CHECKOUT), str(folder), *names]
    subprocess.run(command, check=True, env=environment)
    return folder


def pages(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted((folder / "help").rglob("*.md"))}


def edited(entry: Entry) -> Entry | None:
    """The entry with its last plain word replaced; None where there is none."""
    parts: list[Part] = list(entry.target)
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        words = re.findall(r"(?<= )[^\W\d_]{4,}(?= )", part) if isinstance(part, str) else []
        if isinstance(part, str) and words and "[" not in part and "`" not in part:
            head, _, tail = part.rpartition(f" {words[-1]} ")
            parts[index] = f"{head} Qwertz {tail}"
            return entry._replace(target=tuple(parts), fuzzy=False)
    return None


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", FORMATS)
def test_out_and_back(corpora: Path, name: str, locale: str) -> None:
    if name == "xlsx":
        pytest.importorskip("openpyxl")
    target = corpora / f"blueprints-learn.{locale}"
    settings = Settings(
        source=Location(str(corpora / "blueprints-learn.en"), None, "help"),
        targets={locale: Location(str(target), None, "help")},
    )
    before = pages(target)
    paths = tuple(str(path) for path in list(before)[:: max(1, len(before) // 8)])
    request = Request(settings, paths=paths)
    (bundle,) = gather(request, (), everything=True).bundles
    returned = FORMATS[name].read(FORMATS[name].write(bundle), LIMIT)
    assert returned.entries

    def bring(entries: list[Entry]) -> Imported:
        back = returned._replace(entries=tuple(entries))
        (imported,) = write_back(Request(settings), back, Rules())
        return imported

    imported = bring(list(returned.entries))
    assert (imported.pages, imported.refused) == ((), ())
    assert pages(target) == before

    seen: set[str | None] = set()
    changed = []
    for entry in returned.entries:
        new = edited(entry) if entry.path not in seen else None
        if new is not None:
            seen.add(entry.path)
            changed.append(new)
    imported = bring(changed)
    after = pages(target)
    try:
        assert len(imported.taken) + len(imported.refused) == len(changed)
        assert imported.taken
        for path in before:
            old, new_lines = before[path].split(b"\n"), after[path].split(b"\n")
            assert len(old) == len(new_lines)
            differing = [b for a, b in zip(old, new_lines, strict=True) if a != b]
            assert len(differing) <= 1
            assert all(b"Qwertz" in line for line in differing)
    finally:
        for path, data in before.items():
            path.write_bytes(data)
