"""What a change caused: two runs beside each other, page by page."""

from __future__ import annotations

from bilint.model.alignment import PageStatus
from bilint.model.finding import Finding
from bilint.model.record import NamedTuple


class PageState(NamedTuple):
    """A page in one of the two runs."""

    status: PageStatus
    words_to_do: int | None
    human_share: float | None


class PageDifference(NamedTuple):
    """A page of which something is new, fixed, or stands otherwise. None where it was not there.

    `locale` is None for a page of the source. `path` is that of the later run, if it was there.
    """

    locale: str | None
    path: str
    before: PageState | None
    after: PageState | None
    new: tuple[Finding, ...]
    fixed: tuple[Finding, ...]

    @property
    def words(self) -> int:
        """By how many words there is more to do; less, where below 0."""
        after = self.after.words_to_do if self.after is not None else 0
        before = self.before.words_to_do if self.before is not None else 0
        return (after or 0) - (before or 0)


class LocaleDifference(NamedTuple):
    """All of one locale (None: of the source's own pages): pages in order, and sums."""

    locale: str | None
    pages: tuple[PageDifference, ...]
    new: int
    fixed: int
    still: int
    words: tuple[int, int]
    human_share: tuple[float | None, float | None]


class RunDifference(NamedTuple):
    """Two runs. `side` is what moved between them (a locale, or `source`), `revisions` from where
    to where (None: the working tree); `others` are the commits of what was beside it, by side,
    then and now."""

    side: str
    revisions: tuple[str | None, str | None]
    others: dict[str, tuple[str | None, str | None]]
    locales: tuple[LocaleDifference, ...]
