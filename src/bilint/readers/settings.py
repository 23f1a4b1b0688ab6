"""The settings file: found, read with all its mistakes at once, and laid under the command line.

Settings come with a repository and are not trusted: they name no program and no database, and no
path outside the repository but other repositories beside it.
"""

# os.path, because a hook has no time for the import of pathlib.
# ruff: noqa: PTH113, PTH117, PTH118, PTH119, PTH120, PTH100, PTH123

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from collections.abc import Collection, Iterable, Iterator, Mapping

from bilint.model.config import Budget, CheckSettings, Limits, Location, Settings
from bilint.model.finding import Severity
from bilint.model.record import TYPE_CHECKING, NamedTuple
from bilint.readers.settings_keys import (
    ANY,
    COMMAND_LINE_ONLY,
    KEYS,
    Context,
    Path,
    WrongValueError,
    check_name,
    did_you_mean,
    dotted,
    find_key,
    is_under,
    kind,
)
from bilint.readers.toml_plain import plain_toml

if TYPE_CHECKING:
    from typing import Any

SETTINGS_FILE = "bilint.toml"
PROJECT_FILE = "pyproject.toml"

MOST_BYTES = 256 * 1024
"""A larger settings file is refused."""


class Mistake(NamedTuple):
    """Something wrong in a settings file. `line` counts from 1; None where it is not known."""

    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line or 1}: {self.message}"


class SettingsError(Exception):
    """The settings cannot be used; `mistakes` are all that was found wrong, in order of lines."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


class Written(NamedTuple):
    """What a settings file says: its values by path, and its text."""

    values: Mapping[Path, object]
    text: str
    prefix: Path


_TABLE = object()
"""The value of a table itself: `[target.it-IT]` alone says that there is one."""


def find_settings(start: str = ".") -> str | None:
    """The `bilint.toml`, or the `pyproject.toml` with a table `[tool.bilint]`, nearest upwards.

    The path is relative when `start` is.
    """
    for folder in _upwards(start):
        own = os.path.join(folder, SETTINGS_FILE)
        if os.path.isfile(own):
            return os.path.normpath(own)
        project = os.path.join(folder, PROJECT_FILE)
        if os.path.isfile(project) and _is_ours(project):
            return os.path.normpath(project)
    return None


def _upwards(start: str) -> Iterator[str]:
    here = os.path.abspath(start)
    while True:
        yield here if os.path.isabs(start) else os.path.relpath(here)
        above = os.path.dirname(here)
        if above == here:
            return
        here = above


def _is_ours(project: str) -> bool:
    data = b""
    try:
        data = _read(project)
        return b"bilint" in data and _own_table(_parse(project, data), project) is not None
    except SettingsError:
        # Broken: if it seems to be meant for us, whoever reads it will say what is wrong.
        return b"[tool.bilint" in data


def read_settings(
    path: str,
    *,
    root: str | None = None,
    checks: Collection[str] | None = None,
    profiles: Collection[str] | None = None,
) -> Settings:
    """Read a settings file.

    `root` takes the place of the file's own default root. Names of checks and profiles are
    looked at only where the known ones are given. Relative paths start at the file's folder.
    Raises `SettingsError` with all mistakes at once.
    """
    values = dict(read_written(path, checks=checks, profiles=profiles).values)
    if root is not None:
        values[("root",)] = root
    return _settings(values, path)


def read_written(
    path: str,
    *,
    checks: Collection[str] | None = None,
    profiles: Collection[str] | None = None,
) -> Written:
    """What a settings file says, before defaults. Raises `SettingsError` like `read_settings`."""
    data = _read(path)
    table = _own_table(_parse(path, data), path) or {}
    text = _decoded(data)
    prefix = ("tool", "bilint") if os.path.basename(path) == PROJECT_FILE else ()
    values: dict[Path, object] = {}
    wrong: dict[Path, str] = {}
    for key_path, value in _walk(table, (), Context(*_places(path), checks, profiles)):
        if isinstance(value, WrongValueError):
            wrong[key_path] = str(value)
        else:
            values[key_path] = value
    if wrong:
        raise SettingsError(_mistakes(path, text, prefix, wrong))
    return Written(values, text, prefix)


def _mistakes(path: str, text: str, prefix: Path, wrong: Mapping[Path, str]) -> list[Mistake]:
    from bilint.readers.toml_lines import key_lines, line_of

    lines = key_lines(text)
    mistakes = [Mistake(path, line_of(lines, prefix + key), wrong[key]) for key in wrong]
    return sorted(mistakes, key=lambda mistake: mistake.line or 0)


def _places(path: str) -> tuple[str, str]:
    """The folder of a settings file, and the top of the repository that it lies in."""
    folder = os.path.dirname(path)
    here = os.path.abspath(folder)
    for above in _upwards(here):
        if os.path.lexists(os.path.join(above, ".git")):
            return folder, above
    return folder, here


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise SettingsError([Mistake(path, None, f"cannot be read: {error.strerror}")]) from error
    if len(data) > MOST_BYTES:
        raise SettingsError([Mistake(path, None, f"is larger than {MOST_BYTES} bytes")])
    return data


def _parse(path: str, data: bytes) -> dict[str, Any]:
    try:
        text = _decoded(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SettingsError([Mistake(path, line, "is not UTF-8")]) from error
    plain = plain_toml(text)
    return _parse_any(path, text) if plain is None else plain


def _decoded(data: bytes) -> str:
    return data.removeprefix(BOM_UTF8).decode()


def _parse_any(path: str, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
        line = int(at[1]) if at and at[1] else text.rstrip().count("\n") + 1
        message = str(error)[: at.start()] if at else str(error)
        raise SettingsError([Mistake(path, line, f"is not TOML: {message}")]) from error
    except (RecursionError, ValueError) as error:
        raise SettingsError([Mistake(path, None, f"is not TOML: {error}")]) from error


def _own_table(table: dict[str, Any], path: str) -> dict[str, Any] | None:
    if os.path.basename(path) != PROJECT_FILE:
        return table
    tool = table.get("tool")
    own = tool.get("bilint") if isinstance(tool, dict) else None
    return own if isinstance(own, dict) else None


def _walk(
    table: Mapping[str, Any], above: Path, context: Context
) -> Iterator[tuple[Path, object | WrongValueError]]:
    """Every value with its path, read, or what is wrong with it."""
    known = {key.path[len(above)] for key in KEYS if is_under(key.path, above)}
    for name, value in table.items():
        path = (*above, name)
        if name not in known and ANY not in known:
            yield path, WrongValueError(_unknown(path, known))
            continue
        try:
            check_name(path, context)
            key = find_key(path)
            if key is not None:
                yield path, key.read(value, context)
            elif isinstance(value, dict):
                yield path, _TABLE
                yield from _walk(value, path, context)
            else:
                raise WrongValueError(f"must be a table, not {kind(value)}")
        except WrongValueError as error:
            yield path, WrongValueError(f"`{dotted(path)}` {error}")


def _unknown(path: Path, known: Collection[str]) -> str:
    name = path[-1]
    if len(path) == 1 and name in COMMAND_LINE_ONLY:
        option = "--" + name.replace("_", "-")
        return f"`{name}` is not for a file: only the command line may say {option}"
    return f"unknown key `{dotted(path)}`{did_you_mean(name, known)}"


def _settings(values: Mapping[Path, object], path: str) -> Settings:
    folder = os.path.dirname(path) or "."
    default_root = values.get(("root",), "")

    def group(*above: str) -> dict[str, Any]:
        return {p[-1]: v for p, v in values.items() if p[:-1] == above and v is not _TABLE}

    def names(section: str) -> list[str]:
        return [p[1] for p in values if p[0] == section and len(p) == 2]

    def location(*above: str) -> Location:
        return Location(**{"repository": folder, "root": default_root, **group(*above)})

    return Settings(
        source=location("source") if ("source",) in values else None,
        targets={locale: location("target", locale) for locale in names("target")},
        checks={name: CheckSettings(**group("checks", name)) for name in names("checks")},
        ignore=group("ignore"),
        catalogues=group("catalogues"),
        terms=group("terms"),
        evidence=group("evidence"),
        forge=group("forge"),
        budget=Budget(**group("budget")),
        budgets={
            name: Budget(**group("budget", name))
            for name in names("budget")
            if values["budget", name] is _TABLE
        },
        limits=Limits(**group("limits")),
        path=path,
        **group(),
    )


def override(
    settings: Settings,
    *,
    source: Location | None = None,
    targets: Mapping[str, Location] | None = None,
    fail_on: Severity | None = None,
    baseline: str | None = None,
    trust_owner: bool = False,
    allow_alternates: bool = False,
    store: str | None = None,
) -> Settings:
    """The settings with what the command line says in their place; None says nothing.

    Targets of the command line take the place of all targets of the file.
    """
    return settings._replace(
        source=source or settings.source,
        targets=dict(targets) if targets else settings.targets,
        fail_on=fail_on or settings.fail_on,
        baseline=baseline or settings.baseline,
        trust_owner=settings.trust_owner or trust_owner,
        allow_alternates=settings.allow_alternates or allow_alternates,
        store=store or settings.store,
    )
