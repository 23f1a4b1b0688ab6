"""How good a translation proved: what is measured, and the figures that come of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bilint.model.record import NamedTuple

ENOUGH = 30
"""Segments from which something is said of them."""


class By(StrEnum):
    """What figures can be told by, beside the locale."""

    PERIOD = "period"
    AREA = "area"
    PAGE = "page"
    CLAIM = "claim"


class Period(StrEnum):
    """How long a period is."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"


class Unit(NamedTuple):
    """A segment as it was handed over, beside what people made of it, or beside a reference.

    `before` and `after` are visible text on one line. `words` are those of the source, or of
    `before` where the source is not known. `markup` tells that links, code or keywords differ
    though the text may not; `remembered` that the text had stood before in what people
    translated, so that no machine made it. `pair` numbers the two versions that it comes from,
    `day` is that of the first of them, `claimed` the human share that it claimed, in percent.
    """

    path: str
    pair: int
    day: str
    claimed: float | None
    source: str | None
    before: str
    after: str
    words: int
    markup: bool = False
    remembered: bool = False

    @property
    def touched(self) -> bool:
        """Whether the text is another one now."""
        return self.before != self.after


class Score(NamedTuple):
    """A score of sacrebleu; with resampling the mean of all draws and half the 95 % interval."""

    name: str
    value: float
    mean: float | None = None
    half: float | None = None


class Figures(NamedTuple):
    """What is known of some segments.

    `pairs` are the pairs of versions that they come from. `words` and `words_touched` are source
    words; `edits` are words inserted, deleted, replaced or moved, of `reference_words`. `claimed`
    is the human share that the versions claimed, weighed by words. `scores` is None where there
    are fewer than `ENOUGH` segments: then nothing is said of them.
    """

    pairs: int
    segments: int
    untouched: int
    markup_only: int
    words: int
    words_touched: int
    edits: int
    reference_words: int
    claimed: float | None
    scores: tuple[Score, ...] | None


class Group(NamedTuple):
    """The figures of one period, area, page or claim."""

    by: By
    name: str
    figures: Figures


class Edited(NamedTuple):
    """A segment that people changed, with its place and what it took; `times` it was met."""

    path: str
    day: str
    source: str | None
    before: str
    after: str
    edits: int
    times: int


class Replaced(NamedTuple):
    """Words that people put in the place of others, in so many segments of so many pages."""

    before: str
    after: str
    segments: int
    pages: int


class LeftOut(NamedTuple):
    """What was there and is not measured.

    `remembered` segments had stood before in what people translated; `unmatched` have no partner
    in the other version; `too_long` ones would take too long to score. `partial` are pairs of
    versions of which only the human share rose.
    """

    remembered: int = 0
    unmatched: int = 0
    too_long: int = 0
    partial: int = 0


class LocaleQuality(NamedTuple):
    """All that is known of a locale. `signatures` tell how each score was computed.

    `found` are the pairs of versions that were compared: some hold nothing to be measured.
    """

    locale: str
    found: int
    signatures: Mapping[str, str]
    figures: Figures
    groups: tuple[Group, ...]
    edited: tuple[Edited, ...]
    replaced: tuple[Replaced, ...]
    left_out: LeftOut
    note: str | None = None


class Quality(NamedTuple):
    """The quality of all locales; `reference` is what they were compared with, None for history.

    `everything` tells that text from memory was measured with the rest, `partial` that hand-offs
    were in which only the human share rose.
    """

    locales: tuple[LocaleQuality, ...]
    resamples: int
    reference: str | None = None
    since: str | None = None
    everything: bool = False
    partial: bool = False
    enough: int = ENOUGH
