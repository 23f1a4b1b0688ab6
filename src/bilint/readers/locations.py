"""Where source and targets are, as the command line spells it: `REPO[@REV][::ROOT]`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable

from bilint.model.config import Location
from bilint.model.pattern import late

_MOST_SUBTAGS = 6
_LONGEST_SUBTAG = 8
_EXPRESSION = late(r"[~^:?*\[\\ ]|\.\.|@\{")


class LocationError(ValueError):
    """A location that cannot be understood; the message says why and what would do."""


def parse_source(
    text: str, default_root: str = "", *, is_folder: Callable[[str], bool] = os.path.isdir
) -> Location:
    """Understand `REPO[@REV][::ROOT]`.

    REPO is the longest beginning of `text` that names an existing folder and is followed by
    nothing, by `@` or by `::`. Without `::ROOT` the default root stands; an empty ROOT means the
    whole repository. Raises `LocationError`.
    """
    repository = _repository(text, is_folder)
    rest = text[len(repository) :]
    revision: str | None = None
    if rest.startswith("@"):
        revision, colons, root = rest[1:].partition("::")
        check_revision(revision)
    else:
        _, colons, root = rest.partition("::")
    return Location(repository, revision, clean_root(root) if colons else default_root)


def _repository(text: str, is_folder: Callable[[str], bool]) -> str:
    ends = {len(text), *(m.start() for m in re.finditer(r"@|::", text))}
    for end in sorted(ends, reverse=True):
        if end and "\0" not in text[:end] and is_folder(text[:end]):
            return text[:end]
    named = text[: min(ends)]
    if not named:
        raise LocationError(f"{text!r} names no repository; for the present folder write `.`")
    hint = "; `~` is not expanded here" if named.startswith("~") else ""
    if "\0" not in named and is_folder(named + ".git"):
        hint = f"; did you mean {named + '.git'!r}?"
    raise LocationError(f"there is no folder {named!r}{hint}")


def parse_target(
    text: str, default_root: str = "", *, is_folder: Callable[[str], bool] = os.path.isdir
) -> tuple[str, Location]:
    """Understand `LOCALE=REPO[@REV][::ROOT]`; LOCALE ends at the first `=`.

    Raises `LocationError`.
    """
    locale, equals, rest = text.partition("=")
    if not equals:
        raise LocationError(f"{text!r} names no locale; write it as `it-IT={text}`")
    return check_locale(locale), parse_source(rest, default_root, is_folder=is_folder)


def parse_targets(
    texts: Iterable[str],
    default_root: str = "",
    *,
    is_folder: Callable[[str], bool] = os.path.isdir,
) -> dict[str, Location]:
    """Understand several targets, in order; a locale may occur once. Raises `LocationError`."""
    targets: dict[str, Location] = {}
    for text in texts:
        locale, location = parse_target(text, default_root, is_folder=is_folder)
        if locale in targets:
            raise LocationError(f"the locale {locale} is given twice")
        targets[locale] = location
    return targets


def check_locale(text: str) -> str:
    """The tag itself if it looks like one of BCP 47 (`it`, `it-IT`, `zh-Hans-TW`).

    Raises `LocationError`.
    """
    if _is_locale(text):
        return text
    hyphens = text.replace("_", "-")
    hint = f"; did you mean {hyphens}?" if _is_locale(hyphens) else ""
    raise LocationError(f"{text!r} is not a locale such as it, it-IT or zh-Hans{hint}")


def _is_locale(text: str) -> bool:
    language, *subtags = text.split("-")
    return (
        text.isascii()
        and language.isalpha()
        and 2 <= len(language) <= 3
        and len(subtags) <= _MOST_SUBTAGS
        and all(tag.isalnum() and len(tag) <= _LONGEST_SUBTAG for tag in subtags)
    )


def check_revision(text: str) -> str:
    """The name of a branch, tag or commit as it stands. Raises `LocationError` for expressions."""
    if not text:
        raise LocationError("the revision after `@` is empty")
    if text.startswith("-") or _EXPRESSION.search(text) or _has_control(text):
        raise LocationError(
            f"{text!r} is not the name of a branch, a tag or a commit; "
            "revision expressions are not understood"
        )
    return text


def _has_control(text: str) -> bool:
    return any(sign < " " or sign == "\x7f" for sign in text)


def clean_root(text: str) -> str:
    """A folder below a repository, without `.` or a `/` at either end; `` for the whole.

    Raises `LocationError` when it is absolute or leaves the repository.
    """
    if text.startswith("/"):
        raise LocationError(f"the root {text!r} is absolute; it is a folder below the repository")
    parts = [part for part in text.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise LocationError(f"the root {text!r} leaves the repository")
    if _has_control(text):
        raise LocationError(f"the root {text!r} holds control characters")
    return "/".join(parts)


def catalogue_path(locale: str) -> str:
    """Where a repository keeps the catalogue of a locale unless the settings say otherwise."""
    return f"locales/{locale}/ui.po"


def terms_path(locale: str) -> str:
    """Where a repository keeps the term base of a locale unless the settings say otherwise."""
    return f"locales/{locale}/terms.po"


def learnt_path(locale: str) -> str:
    """Where a repository keeps what was learnt of a locale unless the settings say otherwise."""
    return f"locales/{locale}/learnt.json"
