"""Blocks that stand in another order than in the source."""

from __future__ import annotations

from collections import Counter

from bilint.alignment.traits import lasting_tokens
from bilint.checks.structure.anatomy import counted, size
from bilint.checks.structure.comparison import Comparison
from bilint.model.finding import Observation
from bilint.model.text import Span

_SEVERAL = 2
_FEWEST = 0.6
_SAME_SHAPES = 0.75
_SAME_TOKENS = 0.5


def find_moved(page: Comparison) -> None:
    """Finds blocks that are lost at one place and stand at another."""
    lost = page.open_groups(lambda one: one.target is None)
    extra = page.open_groups(lambda one: one.source is None)
    if not lost or not extra:
        return
    if _reordered(page, lost, extra):
        return
    if len(lost) == len(extra) == 1 and _changed_places(page, lost[0], extra[0]):
        _say_moved(page, lost[0], extra[0])
        return
    places: dict[tuple[tuple[str, ...], tuple[str, ...]], list[list[int]]] = {}
    for group in reversed(extra):
        places.setdefault((_shapes(page, group), _tokens(page, group)), []).append(group)
    for group in lost:
        tokens = _tokens(page, group)
        others = places.get((_shapes(page, group), tokens)) if tokens else None
        if others and not _adjoin(group, others[-1]):
            _say_moved(page, group, others.pop())


def _reordered(page: Comparison, lost: list[list[int]], extra: list[list[int]]) -> bool:
    """Whether all that is lost stands elsewhere, as it does when sections change places.

    Where what was moved begins and ends, nobody can tell then: it is told once.
    """
    gone = [i for group in lost for i in group]
    new = [i for group in extra for i in group]
    if min(len(gone), len(new)) < _SEVERAL or (len(lost) == 1 and _adjoin(lost[0], extra[0])):
        return False
    there = size(s for i in gone if (s := page.pairs[i].source)) * page.ratio
    here = size(t for i in new if (t := page.pairs[i].target))
    if not _FEWEST < here / there < 1 / _FEWEST:
        return False
    if _overlap(_shapes(page, gone), _shapes(page, new)) < _SAME_SHAPES:
        return False
    ours, theirs = _tokens(page, gone), _tokens(page, new)
    if ours and theirs:
        if _overlap(ours, theirs) < _SAME_TOKENS:
            return False
    elif ours or theirs or min(len(gone), len(new)) < 2 * _SEVERAL:
        return False
    page.done.update((*gone, *new))
    first, last = page.pairs[extra[0][0]].target, page.pairs[extra[0][-1]].target
    if first is not None and last is not None:
        page.say(
            "block-moved",
            Observation(
                f"From here on {counted(len(new), 'block')} stand in another order"
                " than in the source",
                Span(first.start, last.end),
                page.source_subject(gone),
                page.source_span(lost[0]),
            ),
        )
    return True


def _changed_places(page: Comparison, lost: list[int], extra: list[int]) -> bool:
    """Whether one block of a row of blocks of one shape stands elsewhere in that row."""
    source, target = page.pairs[lost[0]].source, page.pairs[extra[0]].target
    if len(lost) != 1 or len(extra) != 1 or source is None or target is None:
        return False
    row = range(min(lost[0], extra[0]), max(lost[0], extra[0]) + 1)
    if len(row) == _SEVERAL or {*_shapes(page, list(row))} != {source.shape}:
        return False
    return _FEWEST < size((target,)) / (size((source,)) * page.ratio) < 1 / _FEWEST


def _adjoin(one: list[int], other: list[int]) -> bool:
    return other[0] - one[-1] == 1 or one[0] - other[-1] == 1


def _overlap(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    common = (Counter(ours) & Counter(theirs)).total()
    return 2 * common / (len(ours) + len(theirs))


def _shapes(page: Comparison, indexes: list[int]) -> tuple[str, ...]:
    return tuple(
        segment.shape for i in indexes if (segment := page.pairs[i][0] or page.pairs[i][1])
    )


def _tokens(page: Comparison, indexes: list[int]) -> tuple[str, ...]:
    return tuple(
        key
        for i in indexes
        if (segment := page.pairs[i][0] or page.pairs[i][1])
        for key in sorted(lasting_tokens(segment.tokens))
    )


def _say_moved(page: Comparison, lost: list[int], extra: list[int]) -> None:
    page.done.update((*lost, *extra))
    first, last = page.pairs[extra[0]].target, page.pairs[extra[-1]].target
    if first is None or last is None:
        return
    what = "This block stands" if len(extra) == 1 else f"These {len(extra)} blocks stand"
    page.say(
        "block-moved",
        Observation(
            f"{what} elsewhere in the source",
            Span(first.start, last.end),
            page.source_subject(lost),
            page.source_span(lost),
        ),
    )
