"""The house holds: imports only go down, and every library has one door."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "bilint"

DOORS = {
    "frontmatter": {"readers/front_matter_yaml.py"},
    "yaml": {"readers/front_matter_yaml.py"},
    "pyromark": {"readers/markdown.py"},
    "polib": {"readers/po.py"},
    "lxml": {
        "exchange/doors.py",
        "exchange/tmx.py",
        "exchange/xliff.py",
        "exchange/xliff2.py",
        "exchange/xml_text.py",
    },
    "openpyxl": {"exchange/xlsx.py"},
    "langdetect": {"engines/language.py"},
    "sacrebleu": {"engines/similarity.py"},
    "rapidfuzz": {"engines/likeness.py"},
    "textual": {
        "review/screen/app.py",
        "review/screen/dialog.py",
        "review/screen/keys.py",
        "review/screen/typing.py",
        "review/screen/widgets.py",
    },
    "rich": {
        "review/screen/app.py",
        "review/screen/dialog.py",
        "review/screen/looks.py",
        "review/screen/widgets.py",
    },
    # Git for what is read; and the reviewer's own editor, named by themselves, for a long text.
    "subprocess": {"readers/git_process.py", "review/editor.py"},
    "sqlalchemy": {"stores/decisions/postgresql.py"},
    "psycopg": {"stores/decisions/postgresql.py"},
}


@cache
def imports() -> tuple[tuple[str, str], ...]:
    """Every import of the package, as the file and the module that it names."""
    return tuple(_imports())


def _imports() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((name, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield name, node.module


@pytest.mark.parametrize("library", sorted(DOORS))
def test_a_library_is_imported_behind_one_door(library: str) -> None:
    users = {name for name, module in imports() if module.split(".")[0] == library}
    assert users == DOORS[library]


def test_click_stays_in_the_command_line() -> None:
    users = {name for name, module in imports() if module.split(".")[0] == "click"}
    assert users
    assert all(name.startswith("cli/") for name in users)


def test_the_model_knows_the_standard_library_alone() -> None:
    third_party = {*DOORS, "click"} - {"subprocess"}
    users = {(n, m) for n, m in imports() if n.startswith("model/")}
    assert not {(n, m) for n, m in users if m.split(".")[0] in third_party}
    assert all(m.startswith("bilint.model") for _, m in users if m.startswith("bilint"))


def test_imports_only_go_down(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlinter.cli import lint_imports

    monkeypatch.chdir(ROOT)
    assert os.path.isfile("pyproject.toml")
    assert lint_imports(no_cache=True) == 0
