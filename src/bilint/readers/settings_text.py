"""Settings as text: the values in force with their origin, and a commented template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bilint.model.config import Settings
from bilint.model.record import NamedTuple
from bilint.readers.settings import read_settings, read_written
from bilint.readers.settings_keys import (
    ANY,
    BUDGETS,
    EXAMPLES,
    KEYS,
    SECTIONS,
    Key,
    Path,
    dotted,
    find_key,
    quoted,
)
from bilint.readers.toml_lines import key_lines, line_of


class Shown(NamedTuple):
    """A setting in force: its key as TOML spells it, its value, and where it comes from.

    The origin is `FILE:LINE`, `command line` or `default`.
    """

    key: str
    value: object
    origin: str


def effective(settings: Settings) -> tuple[Shown, ...]:
    """Every setting in force and where it comes from; what is not set is left out.

    Raises `SettingsError` when the settings file has become unreadable since.
    """
    origins: dict[Path, str] = {}
    before = flatten(Settings())
    if settings.path is not None:
        written = read_written(settings.path)
        lines = key_lines(written.text)
        before = flatten(read_settings(settings.path))
        for path in before:
            inherits = path[-1] == "root" and path not in written.values
            given = ("root",) if inherits else path
            if given in written.values:
                line = line_of(lines, written.prefix + given)
                origins[path] = f"{settings.path}:{line}"
    return tuple(
        Shown(
            dotted(path),
            value,
            origins.get(path, "default") if before.get(path) == value else "command line",
        )
        for path, value in flatten(settings).items()
    )


def flatten(settings: Settings) -> dict[Path, object]:
    """The settings as values by path, in the order of the keys; what is not set is left out."""
    values = {
        path: value
        for key in KEYS
        for path, value in _found(settings, key.path, ())
        if value is not None
    }
    return dict(sorted(values.items(), key=lambda item: _order(item[0])))


def _found(value: Any, pattern: Path, path: Path) -> Iterator[tuple[Path, object]]:
    if not pattern or value is None:
        yield path, value
        return
    name, rest = pattern[0], pattern[1:]
    if name == ANY:
        for each in sorted(value):
            yield from _found(value[each], rest, (*path, each))
        return
    attribute = name
    if not path and pattern[1:2] == (ANY,):
        attribute = {"target": "targets", "budget": "budgets"}.get(name, name)
    yield from _found(getattr(value, attribute), rest, (*path, name))


def _order(path: Path) -> tuple[int, str, int]:
    """Tables in the order of the keys; in a table, all of one name together."""
    places = [key.path for key in KEYS]
    table = next(number for number, place in enumerate(places) if place[0] == path[0])
    key = find_key(path)
    name = path[1] if key is not None and ANY in key.path else ""
    return table, name, places.index(key.path) if key else 0


def toml(value: object) -> str:
    """A value as TOML spells it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(toml, value)) + "]"
    return str(value)


def render_settings(values: Mapping[Path, object]) -> str:
    """A commented settings file that sets `values` and shows all other keys behind a `#`."""
    text = ["# Settings of Bilint. What stands behind a `#` is the default, or an example."]
    for key in KEYS:
        if len(key.path) == 1:
            text += ["", f"# {key.help}", _assignment(key, key.path, values)]
    for section, purpose in SECTIONS.items():
        keys = [key for key in KEYS if key.path[0] == section]
        chosen = list(dict.fromkeys(path[1] for path in values if path[0] == section))
        text += ["", f"# {purpose}"]
        if section == "budget":
            text += _table([key for key in keys if ANY not in key.path], (section,), values)
            keys = [key for key in keys if ANY in key.path]
            chosen = [name for name in chosen if name not in BUDGETS]
        if ANY not in keys[0].path:
            text += _table(keys, (section,), values)
        elif len(keys[0].path) == 2:
            text += _named_values(keys[0], chosen, values)
        else:
            for name in chosen or [EXAMPLES[section]]:
                text += _table(keys, (section, name), values)
    return "\n".join(text) + "\n"


def _table(keys: Iterable[Key], path: Path, values: Mapping[Path, object]) -> list[str]:
    used = any(given[: len(path)] == path for given in values)
    text = [f"{'' if used else '# '}[{dotted(path)}]"]
    for key in keys:
        assignment = _assignment(key, (*path, key.path[-1]), values)
        text.append(f"{assignment}  # {key.help}")
    return text


def _named_values(key: Key, names: list[str], values: Mapping[Path, object]) -> list[str]:
    section = key.path[0]
    mark = "" if names else "# "
    text = [f"{mark}[{section}]"]
    for name in names or [EXAMPLES[section]]:
        value = values.get((section, name), key.example)
        text.append(f"{mark}{dotted((name,))} = {toml(value)}")
    return text


def _assignment(key: Key, path: Path, values: Mapping[Path, object]) -> str:
    if path in values:
        return f"{path[-1]} = {toml(values[path])}"
    shown = flatten(Settings()).get(path) if key.example is None else key.example
    return f"# {path[-1]} = {toml(shown)}"
