"""What goes out to the tools of translators and comes back: units of text, in no format yet."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from bilint.model.document import SegmentKind
from bilint.model.record import NamedTuple
from bilint.model.segment_text import digest
from bilint.model.text import Problem


class UnitState(StrEnum):
    """What a unit asks of a translator.

    `current` translates the source as it is now. `unknown` stands beside the source as it is now,
    and which version it translates cannot be known. `obsolete` has no source any more.
    """

    NEW = "new"
    STALE = "stale"
    CURRENT = "current"
    UNKNOWN = "unknown"
    OBSOLETE = "obsolete"


class Role(StrEnum):
    """Whether a code stands for itself, or opens or closes what is around a text."""

    ALONE = "alone"
    OPEN = "open"
    CLOSE = "close"


DELETE = "delete"
"""What a table decides of a segment whose source is gone: it is to go as well."""

BREAK, CONTROL = "break", "control"
"""Kinds of code beside those of tokens: a hard line break, and a character XML has no place for."""


class Code(NamedTuple):
    """A part of a text that is no text: a token, a tag, half of a link.

    `number` counts from 1 in the source; what is the same in the target has the same number, and
    so have both halves of a pair. 0 is none. `text` is the code as the page has it.
    """

    number: int
    role: Role
    kind: str
    text: str


Part = str | Code
Text = tuple[Part, ...]
"""A text with its codes. Lines that only wrap are one line; only a hard break holds a line end."""


def flat(text: Iterable[Part]) -> str:
    """A text with its codes as the page has them."""
    return "".join(part if isinstance(part, str) else part.text for part in text)


def short_digest(text: str) -> str:
    """Ten characters that stay the same however a text is wrapped."""
    return digest(text)[:10]


class ExchangeUnit(NamedTuple):
    """One segment of one page, beside its source.

    `key` is short and stays the same while the pin does; with locale and page it names the unit.
    `path` is that of the target page, `line` its line there, or that in the source page where
    there is no target (`target` is then empty). `previous` is the source at the pin, where it
    differs. `notes` are for the translator. `held` says that the text cannot be written back,
    and why. `fingerprints` are what a decision about the unit is about: the segment itself where
    it is not current, and what was found in it. `digests` are those of source and target where the
    texts are no longer those of the page.
    """

    key: str
    path: str
    line: int
    kind: SegmentKind
    state: UnitState
    source: Text
    target: Text
    previous: str | None = None
    notes: tuple[str, ...] = ()
    words: int = 0
    page_id: str | None = None
    held: str | None = None
    fingerprints: tuple[str, ...] = ()
    digests: tuple[str, str] | None = None

    @property
    def remarks(self) -> tuple[str, ...]:
        """The notes, and what holds the text back."""
        return (*self.notes, f"cannot be written back: {self.held}") if self.held else self.notes

    @property
    def source_digest(self) -> str:
        """The digest of the source text."""
        return self.digests[0] if self.digests else short_digest(flat(self.source))

    @property
    def target_digest(self) -> str:
        """The digest of the translation; empty without one."""
        if self.digests:
            return self.digests[1]
        return short_digest(flat(self.target)) if self.target else ""


class Bundle(NamedTuple):
    """The units of one locale that go into one file, page by page in the order of the pages."""

    locale: str
    source_language: str
    units: tuple[ExchangeUnit, ...]


class Entry(NamedTuple):
    """What a file says of one unit.

    `path`, `source_digest` and `target_digest` are as Bilint wrote them, None where the file has
    lost them. `target` is the text as it comes back; `fuzzy` says that it is marked as needing
    work. `decision` and `comment` are what a table has beside it. `line` is that of the file.
    """

    key: str
    target: Text
    source: str | None = None
    locale: str | None = None
    path: str | None = None
    fuzzy: bool = False
    source_digest: str | None = None
    target_digest: str | None = None
    decision: str = ""
    comment: str = ""
    line: int = 1
    fingerprints: tuple[str, ...] = ()


class Returned(NamedTuple):
    """What could be read of a file: its entries, and what was wrong with the rest of it."""

    entries: tuple[Entry, ...]
    locale: str | None = None
    problems: tuple[Problem, ...] = ()


class ExchangeError(Exception):
    """A file cannot be read at all, or not be written as asked; the message says why."""
