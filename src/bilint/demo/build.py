"""Builds the demo's repositories out of the pages that ship with the package.

`pages/<language>/<n>/` holds what the n-th commit of a language's repository changes. In a
translated page `{{source commit n}}` becomes the id of the source's n-th commit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from bilint.demo.repository import NewCommit, create_repository
from bilint.model.record import NamedTuple

PAGES = Path(__file__).parent / "pages"
SOURCE = "en"
LOCALES = ("it-IT", "ja-JP")

_FIRST = 1_735_725_600
_WEEK = 7 * 86_400
_PIN = re.compile(rb"\{\{source commit (\d+)\}\}")

_MESSAGES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Publish the blueprints",
        "Consent is checked twice now",
        "Rework the activation of audiences",
        "Tidy up",
    ),
    "it-IT": (
        "Translate the blueprints (machine translation, post-edited)",
        "Take over the new version of the privacy page",
        "Translate the messages page again by machine",
    ),
    "ja-JP": ("Translate the blueprints (machine translation)",),
}


class Demo(NamedTuple):
    """Where the demo's repositories are."""

    source: Path
    targets: Mapping[str, Path]


def build(folder: Path) -> Demo:
    """Make the repositories below `folder`; raises `OSError` when the disk refuses."""
    source = folder / f"lantern.{SOURCE}"
    commits = _create(source, SOURCE, lambda data: data)

    def pinned(data: bytes) -> bytes:
        return _PIN.sub(lambda match: commits[int(match[1]) - 1].encode(), data)

    targets = {locale: folder / f"lantern.{locale}" for locale in LOCALES}
    for locale, path in targets.items():
        _create(path, locale, pinned)
    return Demo(source, targets)


def _create(path: Path, language: str, prepare: Callable[[bytes], bytes]) -> tuple[str, ...]:
    commits = []
    for number, message in enumerate(_MESSAGES[language], 1):
        pages = PAGES / language / str(number)
        files = {
            file.relative_to(pages).as_posix(): prepare(file.read_bytes())
            for file in sorted(pages.rglob("*"))
            if file.is_file()
        }
        delay = 0 if language == SOURCE else 86_400
        commits.append(NewCommit(message, _FIRST + number * _WEEK + delay, files))
    return create_repository(path, commits)
