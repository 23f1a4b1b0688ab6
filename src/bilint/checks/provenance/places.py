"""Where a page says something of its origin, and how two versions of it are compared."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from unicodedata import normalize

from bilint.model.document import Document, FrontMatter
from bilint.model.text import Span

_QUOTE_MARKS = re.compile(r"^[ \t]*>[> \t]*", re.MULTILINE)


def entry_span(front_matter: FrontMatter, keys: Iterable[str]) -> tuple[str, Span]:
    """The first of `keys` that is there and the place of its value; the page where none is."""
    for key in keys:
        entry = front_matter.entries.get(key)
        if entry is not None:
            return key, entry.value_span
    return "", Span(0, 0)


def body_text(document: Document) -> str:
    """All segments of a page as one text, to compare two versions of it."""
    return flat("\n".join(segment.text for segment in document.segments))


def flat(text: str) -> str:
    """The text on one line, however it was wrapped and quoted."""
    return " ".join(normalize("NFC", _QUOTE_MARKS.sub("", text)).split())


def floor_tenth(score: float) -> float:
    """A score cut after its first decimal: only equal texts may read 100."""
    return math.floor(score * 10) / 10
