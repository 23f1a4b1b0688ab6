"""What came of a translator's file: the texts that were written, and those that were not."""

from __future__ import annotations

from bilint.model.exchange import Entry
from bilint.model.record import NamedTuple


class Rules(NamedTuple):
    """How strict to be. `force` lets tokens go, `fuzzy` takes what is marked as needing work."""

    force: bool = False
    fuzzy: bool = False
    dry_run: bool = False


class Refused(NamedTuple):
    """A text that was not written, and why. `path` and `line` are where it was meant to go."""

    entry: Entry
    reason: str
    path: str | None = None
    line: int = 1


class Taken(NamedTuple):
    """A text that was written: in place of `before`, or as a segment of its own.

    `after` is None for a segment that was deleted; `line` is then where it stood.
    """

    entry: Entry
    path: str
    line: int
    before: str | None
    after: str | None


class Rewritten(NamedTuple):
    """A page before and after; `before` is None for a page that is new."""

    locale: str
    path: str
    before: bytes | None
    after: bytes
    taken: tuple[Taken, ...]


class Decided(NamedTuple):
    """What a table decides about a unit whose text it leaves as it is."""

    entry: Entry
    locale: str
    path: str


class Imported(NamedTuple):
    """What came of a file for one locale, whose checkout is at `top`.

    `decided` are the decisions in it, which are yet to be made. `same` counts texts that are as
    they were, `there` those that the page has already, `undecided` those without any. `written`
    says that the pages are on disk.
    """

    locale: str
    pages: tuple[Rewritten, ...] = ()
    refused: tuple[Refused, ...] = ()
    same: int = 0
    there: int = 0
    undecided: int = 0
    written: bool = False
    decided: tuple[Decided, ...] = ()
    top: str = ""

    @property
    def taken(self) -> tuple[Taken, ...]:
        """All texts that were written."""
        return tuple(one for page in self.pages for one in page.taken)
