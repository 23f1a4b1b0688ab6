"""The quality of translations in figures, out of segments before and after people edited them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from bilint.engines.likeness import SEQUENCE_COST, opcodes
from bilint.engines.stopwords import function_words
from bilint.model.quality import (
    ENOUGH,
    By,
    Edited,
    Figures,
    Group,
    LeftOut,
    LocaleQuality,
    Period,
    Replaced,
    Score,
    Unit,
)
from bilint.model.record import NamedTuple

LONGEST = 4_000
"""Characters from which a segment is not scored: what TER costs grows with their square."""

_OFTEN = 3
"""Segments from which a replacement is a habit."""

_PUNCTUATION = ".,;:!?()[]{}\"'«»“”„‘’…·•、。，；：！？（）「」『』"

_PHRASE = 6
"""Words that a replacement may have on either side: what is longer was written anew."""


class Scores(Protocol):
    """Scores any selection of the pairs of texts that it was made of."""

    @property
    def signatures(self) -> Mapping[str, str]:
        """How each score is computed, by its name."""
        ...

    def scores(self, selection: Sequence[int]) -> tuple[Score, ...]:
        """The scores of the pairs of these indices."""
        ...

    def edits(self, index: int) -> int:
        """The words of a pair that were inserted, deleted, replaced or moved."""
        ...

    def reference_words(self, index: int) -> int:
        """The words of a pair's reference."""
        ...


class Telling(NamedTuple):
    """What is to be told: groups by these, areas so deep, the `top` most edited.

    Without a depth areas are as deep as it takes for there to be more than one. With `everything`
    text from memory is measured with the rest.
    """

    by: tuple[By, ...] = (By.PERIOD, By.AREA)
    period: Period = Period.YEAR
    depth: int | None = None
    top: int = 10
    everything: bool = False


def measure(
    locale: str,
    units: Iterable[Unit],
    telling: Telling,
    scorer: Callable[[Sequence[tuple[str, str]]], Scores],
    *,
    root: str = "",
    left_out: LeftOut = LeftOut(),
) -> LocaleQuality:
    """The figures of a locale; `scorer` is given all pairs of texts, (before, after), at once."""
    units = list(units)
    kept = scored(units, telling)
    too_long = sum(_is_long(one) for one in units)
    left_out = left_out._replace(too_long=too_long, remembered=len(units) - len(kept) - too_long)
    judge = _Judge(kept, scorer)
    return LocaleQuality(
        locale,
        len({one.pair for one in units}),
        judge.signatures,
        judge.figures(range(len(kept))),
        tuple(judge.groups(telling, root)),
        tuple(judge.edited(telling.top)),
        tuple(replaced(kept, telling.top, function_words(locale))),
        left_out,
    )


def scored(units: Iterable[Unit], telling: Telling) -> list[Unit]:
    """The segments that are measured."""
    return [
        one for one in units if not _is_long(one) and (telling.everything or not one.remembered)
    ]


def _is_long(unit: Unit) -> bool:
    return max(len(unit.before), len(unit.after)) > LONGEST


class _Judge:
    """Tells figures of the segments of one locale."""

    def __init__(
        self, units: Sequence[Unit], scorer: Callable[[Sequence[tuple[str, str]]], Scores]
    ) -> None:
        self._units = units
        enough = len(units) >= ENOUGH
        self._scores = scorer([(one.before, one.after) for one in units]) if enough else None

    @property
    def signatures(self) -> Mapping[str, str]:
        """How the scores are computed; nothing where there are none."""
        return self._scores.signatures if self._scores is not None else {}

    def figures(self, selection: Sequence[int]) -> Figures:
        """The figures of the segments of these indices."""
        units = [self._units[index] for index in selection]
        touched = [one for one in units if one.touched]
        judge = self._scores
        return Figures(
            pairs=len({one.pair for one in units}),
            segments=len(units),
            untouched=len(units) - len(touched),
            markup_only=sum(one.markup and not one.touched for one in units),
            words=sum(one.words for one in units),
            words_touched=sum(one.words for one in touched),
            edits=sum(judge.edits(i) for i in selection) if judge else 0,
            reference_words=sum(judge.reference_words(i) for i in selection) if judge else 0,
            claimed=_claimed(units),
            scores=judge.scores(selection) if judge and len(units) >= ENOUGH else None,
        )

    def groups(self, telling: Telling, root: str) -> Iterator[Group]:
        """The figures by each of what was asked for, periods in time, others by name."""
        if telling.depth is None:
            telling = telling._replace(depth=_depth([one.path for one in self._units], root))
        for by in telling.by:
            groups: dict[str, list[int]] = defaultdict(list)
            for index, unit in enumerate(self._units):
                groups[_name(unit, by, telling, root)].append(index)
            for name in sorted(groups):
                yield Group(by, name, self.figures(groups[name]))

    def edited(self, top: int) -> Iterator[Edited]:
        """The segments that took the most work, each edit once."""
        if self._scores is None:
            return
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, unit in enumerate(self._units):
            if unit.touched:
                found[unit.before, unit.after].append(index)
        judge = self._scores
        ranked = sorted(found.values(), key=lambda some: (-judge.edits(some[0]), some[0]))
        for some in ranked[:top]:
            unit = self._units[some[-1]]
            yield Edited(
                unit.path,
                unit.day,
                unit.source,
                unit.before,
                unit.after,
                judge.edits(some[0]),
                len(some),
            )


def _claimed(units: Sequence[Unit]) -> float | None:
    known = [(one.claimed, one.words) for one in units if one.claimed is not None]
    words = sum(count for _, count in known)
    return sum(share * count for share, count in known) / words if words else None


def _name(unit: Unit, by: By, telling: Telling, root: str) -> str:
    if by is By.PAGE:
        return unit.path
    if by is By.AREA:
        return area(unit.path, root, telling.depth or 1)
    if by is By.PERIOD:
        return period(unit.day, telling.period)
    return claim(unit.claimed)


def _depth(paths: Sequence[str], root: str) -> int:
    """The least depth at which the pages lie in more than one area."""
    deepest = max((path.count("/") for path in paths), default=0)
    for depth in range(1, deepest + 1):
        if len({area(path, root, depth) for path in paths}) > 1:
            return depth
    return 1


def area(path: str, root: str, depth: int) -> str:
    """The first `depth` folders of a page below the root; `.` for a page in the root itself."""
    below = path[len(root) + 1 :] if root and path.startswith(f"{root}/") else path
    return "/".join(below.split("/")[:-1][:depth]) or "."


def period(day: str, length: Period) -> str:
    """The year, quarter or month of a day such as `2024-05-17`."""
    year, month, _ = day.split("-")
    if length is Period.YEAR:
        return year
    if length is Period.QUARTER:
        return f"{year}-Q{(int(month) + 2) // 3}"
    return f"{year}-{month}"


def claim(share: float | None) -> str:
    """The band of ten in which a human share lies, such as `60-69 %`; `unknown` without one."""
    if share is None:
        return "unknown"
    low = min(int(share // 10) * 10, 90)
    return f"{low}-{low + 9 if low < 90 else 100} %"


def replaced(
    units: Iterable[Unit], top: int, small: Collection[str] = frozenset()
) -> Iterator[Replaced]:
    """The words that were replaced by others most often, in different segments.

    Where there are only `small` words on either side, articles and the like, it says little.
    """
    segments: Counter[tuple[str, str]] = Counter()
    pages: dict[tuple[str, str], set[str]] = defaultdict(set)
    seen: set[tuple[str, str]] = set()
    for unit in units:
        if not unit.touched:
            continue
        known = (unit.before, unit.after) in seen
        seen.add((unit.before, unit.after))
        for one in set(_replacements(_words(unit.before), _words(unit.after))):
            if all(word.lower() in small for side in one for word in side.split()):
                continue
            segments[one] += not known
            pages[one].add(unit.path)
    ranked = sorted(segments.items(), key=lambda item: (-item[1], item[0]))
    for (before, after), count in ranked[:top]:
        if count >= _OFTEN:
            yield Replaced(before, after, count, len(pages[before, after]))


def _words(text: str) -> list[str]:
    """Words without the punctuation around them."""
    return [word for one in text.split() if (word := one.strip(_PUNCTUATION))]


def _replacements(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What stands in the place of what; sides of more than `_PHRASE` words were written anew."""
    if len(before) * len(after) > SEQUENCE_COST:
        return
    joined: list[list[int]] = []
    for step in opcodes(before, after):
        if step.tag == "equal":
            continue
        if joined and joined[-1][1] == step.a and joined[-1][3] == step.c:
            joined[-1][1], joined[-1][3] = step.b, step.d
        else:
            joined.append([step.a, step.b, step.c, step.d])
    for a, b, c, d in joined:
        if max(b - a, d - c) <= _PHRASE:
            yield " ".join(before[a:b]), " ".join(after[c:d])
