"""What a run is judged by beside its findings: budgets, and what a change of the source causes."""

from __future__ import annotations

from bilint.model.alignment import ChangeClass
from bilint.model.record import NamedTuple


class BudgetResult(NamedTuple):
    """How one locale stands to one limit of the settings.

    `name` is the key of the limit: one that begins with `min_` is a floor, any other a ceiling.
    `value` is None where nobody knows it; then nothing is exceeded. `where` is the name of the
    settings file, for formats in which everything has a place.
    """

    locale: str
    name: str
    limit: float
    value: float | None
    where: str = "bilint.toml"

    @property
    def exceeded(self) -> bool:
        """Whether the limit is broken."""
        if self.value is None:
            return False
        return self.value < self.limit if self.name.startswith("min_") else self.value > self.limit

    def __str__(self) -> str:
        bound = "at least" if self.name.startswith("min_") else "at most"
        value = "unknown" if self.value is None else f"{self.value:,.10g}"
        return f"{self.locale}: {self.name} is {value}, allowed {bound} {self.limit:,.10g}"


NEW_PAGE = "new-page"
PAGE_GONE = "page-gone"


_WORDLESS = frozenset((ChangeClass.LINKS, ChangeClass.CODE))
"""What makes a page stale outside of its segments, too."""


class Impact(NamedTuple):
    """What a change of a source page causes in its translation in one locale.

    So many segments of the translation become `stale`, `obsolete` or `new` by the change, which
    makes so many source `words` to translate. What had waited before is not among them: `again`
    counts those of it that changed once more, `settled` those that wait no longer. All of them
    are None where they cannot be known, and `reason` says why; `NEW_PAGE` and `PAGE_GONE` are
    reasons, too. `changes` are the classes of the change, whatever the translation, and
    `source_segments` and `source_words` its size: no translation can get more work from it.
    """

    locale: str
    source_path: str
    path: str | None
    stale: int | None = None
    obsolete: int | None = None
    new: int | None = None
    words: int | None = None
    again: int | None = None
    settled: int | None = None
    reason: str | None = None
    changes: tuple[ChangeClass, ...] = ()
    source_segments: int | None = None
    source_words: int | None = None

    @property
    def segments(self) -> int | None:
        """All that was up to date before the change and is not any more."""
        if self.stale is None or self.obsolete is None or self.new is None:
            return None
        return self.stale + self.obsolete + self.new

    @property
    def is_felt(self) -> bool:
        """Whether the change makes any work in this translation."""
        return (
            bool(self.segments or self.again)
            or self.reason in (NEW_PAGE, PAGE_GONE)
            or (self.segments is not None and bool(_WORDLESS & set(self.changes)))
        )


class StaleLine(NamedTuple):
    """A line of the baseline that met no finding any more. `line` is where it stands, from 1."""

    line: int
    check: str
    locale: str | None
    path: str
    subject: str
    fingerprint: str

    def __str__(self) -> str:
        where = self.locale or "source"
        return f"line {self.line}: {self.check} {where} {self.path} {self.subject}"


class Verdict(NamedTuple):
    """What a run comes to: its exit code, why, and how to look; `why` is empty where all is well.

    `pardoned` says that the reasons would have failed it, had it not been asked to exit with 0.
    """

    code: int
    why: tuple[str, ...] = ()
    look: tuple[str, ...] = ()
    pardoned: bool = False

    def __str__(self) -> str:
        if not self.why:
            return "passed"
        head = "passed by --exit-zero, in spite of" if self.pardoned else f"failed ({self.code}):"
        look = f". Look: {'; '.join(self.look)}" if self.look else ""
        return f"{head} {'; '.join(self.why)}{look}"
