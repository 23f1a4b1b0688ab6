"""The plain part of TOML, in which nearly all settings are written, read without a TOML parser.

Loading the one of the standard library takes a hook longer than all that it asks of git.
"""

from __future__ import annotations

from bilint.model.record import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

_BARE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
_BLANKS = " \t"
_MOST_DIGITS = 18


class _NotPlainError(Exception):
    pass


def plain_toml(text: str) -> dict[str, Any] | None:
    """What `tomllib.loads` makes of a text; None where it may be more than plain, or wrong.

    Plain are comments, tables that are opened once, and keys without a point, each on one line
    with a string without escapes, an integer, true, false, or a list of them.
    """
    text = text.replace("\r\n", "\n")
    if not text.replace("\n", "").replace("\t", "").isprintable():
        return None
    try:
        return _tables(text)
    except _NotPlainError:
        return None


def _tables(text: str) -> dict[str, Any]:
    top: dict[str, Any] = {}
    table = top
    opened = set[tuple[str, ...]]()
    for line in text.split("\n"):
        rest = line.strip(_BLANKS)
        if rest.startswith("["):
            path, rest = _path(rest[1:])
            if path in opened:
                raise _NotPlainError
            opened.add(path)
            table = top
            for name in path:
                table = table.setdefault(name, {})
                if not isinstance(table, dict):
                    raise _NotPlainError
        elif rest and not rest.startswith("#"):
            name, rest = _key(rest)
            value, rest = _value(_after("=", rest))
            if name in table:
                raise _NotPlainError
            table[name] = value
        if rest and not rest.startswith("#"):
            raise _NotPlainError
    return top


def _path(text: str) -> tuple[tuple[str, ...], str]:
    """The names of a table, and what stands behind its bracket."""
    name, rest = _key(text.lstrip(_BLANKS))
    names = [name]
    while rest.startswith("."):
        name, rest = _key(_after(".", rest))
        names.append(name)
    return tuple(names), _after("]", rest)


def _key(text: str) -> tuple[str, str]:
    name, rest = _string(text) if text.startswith(('"', "'")) else _word(text)
    return name, rest.lstrip(_BLANKS)


def _value(text: str) -> tuple[Any, str]:
    if not text.startswith("["):
        return _single(text)
    values = []
    rest = text[1:].lstrip(_BLANKS)
    while not rest.startswith("]"):
        value, rest = _single(rest)
        values.append(value)
        if not rest.startswith("]"):
            rest = _after(",", rest)
    return values, _after("]", rest)


def _single(text: str) -> tuple[str | int | bool, str]:
    value: str | int | bool
    if text.startswith(('"', "'")):
        value, rest = _string(text)
    else:
        word, rest = _word(text)
        if word in ("true", "false"):
            value = word == "true"
        elif word.isdigit() and len(word) <= _MOST_DIGITS and (word == "0" or word[0] != "0"):
            value = int(word)
        else:
            raise _NotPlainError
    return value, rest.lstrip(_BLANKS)


def _string(text: str) -> tuple[str, str]:
    quote = text[0]
    inside, end, rest = text[1:].partition(quote)
    if not end or (not inside and rest.startswith(quote)) or (quote == '"' and "\\" in inside):
        raise _NotPlainError
    return inside, rest


def _word(text: str) -> tuple[str, str]:
    end = next((at for at, character in enumerate(text) if character not in _BARE), len(text))
    if not end:
        raise _NotPlainError
    return text[:end], text[end:]


def _after(sign: str, text: str) -> str:
    if not text.startswith(sign):
        raise _NotPlainError
    return text[1:].lstrip(_BLANKS)
