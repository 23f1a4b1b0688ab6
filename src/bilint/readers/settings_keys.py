"""Every key that settings may have: what it says, and how its value is read."""

# os.path, because a hook has no time for the import of pathlib.
# ruff: noqa: PTH117, PTH118, PTH120

from __future__ import annotations

import math
import os
from collections.abc import Callable, Collection, Iterable, Mapping

from bilint.model.finding import Severity
from bilint.model.pattern import late
from bilint.model.record import TYPE_CHECKING, NamedTuple
from bilint.readers.locations import LocationError, check_locale, check_revision, clean_root

if TYPE_CHECKING:
    from typing import Any

Path = tuple[str, ...]

ANY = "*"
"""In the path of a key: a name that the user chooses, such as a locale or a check."""

_PLACEHOLDER = late(r"\{([^{}]*)\}|[{}]")
_IN_ADDRESSES = ("path", "revision", "line")
_BARE = late(r"[A-Za-z0-9_-]+")
_MIB = 1024 * 1024


class WrongValueError(ValueError):
    """A value that cannot be; the message goes on after the name of the key."""


class Context(NamedTuple):
    """What a value is judged by. `folder` holds the settings file, `top` its repository.

    Without the known checks or profiles their names are not looked at.
    """

    folder: str
    top: str
    checks: Collection[str] | None = None
    profiles: Collection[str] | None = None


class Key(NamedTuple):
    """One key: its path, what it says, how its value is read, and an example for the template."""

    path: Path
    help: str
    read: Callable[[Any, Context], object]
    example: object = None


# Readers of values: each answers what the settings hold, or raises `WrongValueError`.


def _text(value: Any, _context: Context) -> str:
    if not isinstance(value, str):
        raise WrongValueError(f"must be a text, not {kind(value)}")
    if not value or any(ord(character) < 32 or ord(character) == 127 for character in value):
        raise WrongValueError("must be a text without control characters, and not empty")
    return value


def _switch(value: Any, _context: Context) -> bool:
    if not isinstance(value, bool):
        raise WrongValueError(f"must be true or false, not {kind(value)}")
    return value


def _number(least: float, most: float) -> Callable[[Any, Context], float]:
    def read(value: Any, _context: Context) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise WrongValueError(f"must be a number, not {kind(value)}")
        if not (math.isfinite(value) and least <= value <= most):
            raise WrongValueError(f"must be between {least:g} and {most:g}")
        return float(value)

    return read


def _count(most: int, least: int = 1) -> Callable[[Any, Context], int]:
    def read(value: Any, _context: Context) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise WrongValueError(f"must be a whole number, not {kind(value)}")
        if not least <= value <= most:
            raise WrongValueError(f"must be between {least} and {most}")
        return value

    return read


def _severity(value: Any, context: Context) -> Severity:
    return Severity(_one_of(value, [severity.value for severity in Severity], context))


def _profile(value: Any, context: Context) -> str:
    if context.profiles is None:
        return _text(value, context)
    return _one_of(value, context.profiles, context)


def _one_of(value: Any, known: Collection[str], context: Context) -> str:
    text = _text(value, context)
    if text not in known:
        hint = did_you_mean(text, known)
        raise WrongValueError(f"must be one of {', '.join(known)}, not {text!r}{hint}")
    return text


def _language(value: Any, context: Context) -> str:
    return _checked(check_locale, value, context)


def _revision(value: Any, context: Context) -> str:
    return _checked(check_revision, value, context)


def _root(value: Any, context: Context) -> str:
    return "" if value == "" else _checked(clean_root, value, context)


def _checked(check: Callable[[str], str], value: Any, context: Context) -> str:
    text = _text(value, context)
    try:
        return check(text)
    except LocationError as error:
        raise WrongValueError(f"is wrong: {error}") from error


def _repository(value: Any, context: Context) -> str:
    advice = "is neither in this repository nor beside it; only the command line may name it"
    return _path_within(os.path.dirname(context.top), value, context, advice)


def _file(value: Any, context: Context) -> str:
    return _path_within(context.top, value, context, "is not in this repository")


def _store(value: Any, context: Context) -> str:
    text = _text(value, context)
    if "://" in text:
        raise WrongValueError(
            "names a text file; a database is named by --store or BILINT_STORE alone"
        )
    return _file(text, context)


def _path_within(boundary: str, value: Any, context: Context, advice: str) -> str:
    text = _text(value, context)
    joined = os.path.normpath(os.path.join(context.folder, text))
    real, fence = os.path.realpath(joined), os.path.realpath(boundary)
    inside = real == fence or real.startswith(fence.rstrip(os.sep) + os.sep)
    if os.path.isabs(text) or not inside:
        raise WrongValueError(f"is wrong: {text!r} {advice}")
    return joined


def _files(value: Any, context: Context) -> tuple[str, ...]:
    return tuple(_file(each, context) for each in _list(value))


def _checks(value: Any, context: Context) -> tuple[str, ...]:
    names = tuple(_text(each, context) for each in _list(value))
    for name in names:
        _known_check(name, context)
    return names


def _address(value: Any, context: Context) -> str:
    text = _text(value, context)
    if not text.startswith(("https://", "http://")) or any(c in text for c in " \"'<>\\^`|"):
        raise WrongValueError("must be an address that begins with https:// or http://")
    unknown = [name for name in _PLACEHOLDER.findall(text) if name not in _IN_ADDRESSES]
    if unknown or "{path}" not in text:
        raise WrongValueError("must hold {path}, may hold {revision} and {line}, and nothing else")
    return text


def _list(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list):
        raise WrongValueError(f"must be a list of texts, not {kind(value)}")
    return value


def _known_check(name: str, context: Context) -> None:
    if context.checks is not None and name != ANY and name not in context.checks:
        raise WrongValueError(f"names no check: {name!r}{did_you_mean(name, context.checks)}")


def kind(value: Any) -> str:
    """What a value of TOML is, for messages."""
    kinds = {bool: "a switch", str: "a text", int: "a number", float: "a number", dict: "a table"}
    return kinds.get(type(value), "a list" if isinstance(value, list) else "a date or time")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a message: the known name that comes close, if one does."""
    from difflib import get_close_matches

    close = get_close_matches(name[:100], sorted(known), 1)
    return f"; did you mean {close[0]}?" if close else ""


# The ceilings of the limits: a repository must not be able to take the guards down.
KEYS = (
    Key(("source_language",), "The language of the source pages.", _language),
    Key(("profile",), "The family of documentation.", _profile),
    Key(("root",), "The folder of the pages in repositories that name none.", _root, "help"),
    Key(("fail_on",), "`check` exits with 1 at this severity or worse.", _severity, "error"),
    Key(("baseline",), "The file of findings that are known.", _file, "bilint-baseline.txt"),
    Key(
        ("decisions",),
        "The file in which decisions are kept as text, to be merged by git.",
        _store,
        "bilint-decisions.txt",
    ),
    Key(("words_per_hour",), "Source words that a translator does in an hour.", _number(1, 1e6)),
    Key(
        ("human_share_floor",),
        "Pages with a lower human share, in percent, get a warning.",
        _number(0, 100),
        20.0,
    ),
    Key(("source", "repository"), "A checkout or a bare repository.", _repository, "../docs.en"),
    Key(("source", "revision"), "A branch, a tag or a commit.", _revision, "main"),
    Key(("source", "root"), "The folder of its pages.", _root, "help"),
    Key(("target", ANY, "repository"), "A checkout or a bare repository.", _repository, "."),
    Key(("target", ANY, "revision"), "A branch, a tag or a commit.", _revision, "main"),
    Key(("target", ANY, "root"), "The folder of its pages.", _root, "help"),
    Key(("checks", ANY, "enabled"), "Whether it runs.", _switch, False),
    Key(("checks", ANY, "severity"), "How bad its findings are.", _severity, "warning"),
    Key(("ignore", ANY), "", _checks, ("*",)),
    Key(("catalogues", ANY), "", _files, ("labels/it.po",)),
    Key(("terms", ANY), "", _files, ("terms/it.po",)),
    Key(("evidence", ANY), "", _file, "learnt/it.json"),
    Key(
        ("forge", ANY),
        "",
        _address,
        "https://github.com/example/docs.it-IT/blob/{revision}/{path}#L{line}",
    ),
    *(
        Key((*path, name), help, read, example)
        for path in (("budget",), ("budget", ANY))
        for name, help, read, example in (
            (
                "max_stale_words",
                "Source words to do on translated pages.",
                _count(10**9, 0),
                5_000,
            ),
            ("min_human_share", "Words that people translated, in percent.", _number(0, 100), 20.0),
            ("max_errors", "Open findings of severity error.", _count(10**9, 0), 0),
        )
    ),
    Key(("limits", "page"), "Bytes of a page.", _count(64 * _MIB)),
    Key(("limits", "front_matter"), "Bytes of front matter.", _count(_MIB)),
    Key(("limits", "yaml_depth"), "Collections inside each other.", _count(256)),
    Key(("limits", "yaml_events"), "Events of a YAML block.", _count(100_000)),
    Key(("limits", "catalogue"), "Bytes of a catalogue.", _count(256 * _MIB)),
    Key(("limits", "tree_entries"), "Files of a revision.", _count(5_000_000)),
    Key(("limits", "git_seconds"), "Seconds that one git command may take.", _number(0.1, 3600)),
)
"""Every key there is, in the order in which they are shown."""

SECTIONS: Mapping[str, str] = {
    "source": "Where the pages are written. Without a revision the files are read as they are.",
    "target": "Where they are translated: one table a locale.",
    "checks": "Checks that should not run, or weigh otherwise: one table a check.",
    "ignore": "Pages, by pattern, and the checks that are silent there; `*` for all.",
    "catalogues": "PO files, by locale, that tell how the product names its labels.",
    "terms": "PO files, by locale, that say how terms are to be rendered.",
    "evidence": "Files, by locale, that hold what `bilint terms learn` learnt.",
    "forge": "Where pages can be seen: of the `source`, and of each locale.",
    "budget": "What a locale may have at most, or must have at least; `[budget.it-IT]` for one.",
    "limits": "Guards against hostile or broken input.",
}
"""What each table is for."""

BUDGETS = tuple(key.path[-1] for key in KEYS if key.path[0] == "budget" and len(key.path) == 2)
"""The names of limits for whole locales."""

EXAMPLES: Mapping[str, str] = {
    "target": "it-IT",
    "checks": "dnl-altered",
    "ignore": "help/archive/**",
    "catalogues": "it-IT",
    "terms": "it-IT",
    "evidence": "it-IT",
    "forge": "it-IT",
    "budget": "it-IT",
}
"""A name for each table in which the user chooses the names."""

COMMAND_LINE_ONLY = frozenset(("trust_owner", "allow_alternates", "store"))
"""What settings out of a repository may not say of that repository."""


def is_under(pattern: Path, path: Path) -> bool:
    """Whether keys of this pattern lie below `path`."""
    return len(pattern) > len(path) and all(
        ours in (ANY, theirs) for ours, theirs in zip(pattern, path, strict=False)
    )


def find_key(path: Path) -> Key | None:
    """The key that `path` is; None when it is a table or unknown."""
    for key in KEYS:
        if len(key.path) == len(path) and is_under((*key.path, ""), path):
            return key
    return None


def check_name(path: Path, context: Context) -> None:
    """Look at names that the user chooses: locales, checks, patterns of pages.

    Raises `WrongValueError`.
    """
    if len(path) != 2:
        return
    section, name = path
    if section in ("target", "catalogues", "terms", "evidence") or (
        section == "forge" and name != "source"
    ):
        _language(name, context)
    elif section == "budget" and name not in BUDGETS:
        try:
            _language(name, context)
        except WrongValueError:
            hint = did_you_mean(name, BUDGETS)
            raise WrongValueError(f"is neither a limit nor a locale{hint}") from None
    elif section == "checks":
        _known_check(name, context)
    elif section == "ignore" and (name.startswith("/") or ".." in name.split("/")):
        raise WrongValueError("must be a pattern of paths inside the repository")


def dotted(path: Path) -> str:
    """A path as TOML spells it."""
    return ".".join(part if _BARE.fullmatch(part) else quoted(part) for part in path)


def quoted(text: str) -> str:
    """A text as TOML spells it."""

    def escape(character: str) -> str:
        if character in '"\\':
            return "\\" + character
        code = ord(character)
        return f"\\u{code:04x}" if code < 32 or code == 127 else character

    return '"' + "".join(map(escape, text)) + '"'
