"""The figures that are kept with the repository: `figures.json`, written and read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evaluation.corpora import Corpora, newest

FILE = Path(__file__).with_name("figures.json")


def read(file: Path = FILE) -> dict[str, Any]:
    """What was measured last, by measure; empty where nothing was."""
    if not file.is_file():
        return {}
    said = json.loads(file.read_text(encoding="utf-8"))
    return said if isinstance(said, dict) else {}


def write(found: Mapping[str, Any], corpora: Corpora, file: Path = FILE) -> None:
    """Store what was measured; what was not measured this time stays."""
    said = {**read(file), **found, "corpora": versions(corpora)}
    file.write_text(json.dumps(said, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def versions(corpora: Corpora) -> dict[str, dict[str, str]]:
    """The newest commit of each corpus, and its day."""
    found = {}
    for repository in sorted(corpora.folder.glob("*.git")):
        commit, day = newest(repository)
        found[repository.name.removesuffix(".git")] = {"commit": commit, "day": day}
    return found
