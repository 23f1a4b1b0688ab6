"""Blocks that stand in another order than in the source."""

from __future__ import annotations

from bilint.alignment.traits import lasting_tokens
from bilint.checks.structure.comparison import Comparison
from bilint.model.finding import Observation
from bilint.model.text import Span


def find_moved(page: Comparison) -> None:
    """Finds blocks that are lost at one place and stand at another."""
    lost = page.open_groups(lambda one: one.target is None)
    extra = page.open_groups(lambda one: one.source is None)
    if not lost or not extra:
        return
    places: dict[tuple[str, ...], list[list[int]]] = {}
    for group in extra:
        places.setdefault(_shapes(page, group), []).append(group)
    for group in lost:
        for other in places.get(_shapes(page, group), ()):
            near = abs(other[0] - group[-1]) == 1 or abs(group[0] - other[-1]) == 1
            if not near and other[0] not in page.done and _same_tokens(page, group, other):
                _say_moved(page, group, other)
                break


def _shapes(page: Comparison, indexes: list[int]) -> tuple[str, ...]:
    return tuple(
        segment.shape for i in indexes if (segment := page.pairs[i][0] or page.pairs[i][1])
    )


def _same_tokens(page: Comparison, lost: list[int], extra: list[int]) -> bool:
    ours, theirs = (
        [
            key
            for i in indexes
            if (segment := page.pairs[i][0] or page.pairs[i][1])
            for key in sorted(lasting_tokens(segment.tokens))
        ]
        for indexes in (lost, extra)
    )
    return bool(ours) and ours == theirs


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
