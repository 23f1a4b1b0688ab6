"""Why two pages are built differently: one cause for every place where they are.

Causes are tried from the largest to the smallest: code that swallows text, the whole page, tables,
blocks that moved, and then each stretch of segments that stand opposite nothing of their own kind.
What one cause explains no other speaks of.
"""

from __future__ import annotations

from collections.abc import Mapping

from bilint.checks.front_matter.front_matter_doubled import second_front_matter
from bilint.checks.structure.absent import say_pictures
from bilint.checks.structure.anatomy import is_body
from bilint.checks.structure.blocks import CodeDifference, compare_code, torn_code
from bilint.checks.structure.code_blocks import compare_blocks_of_code, find_unclosed
from bilint.checks.structure.comparison import Comparison
from bilint.checks.structure.markers import conflicts
from bilint.checks.structure.moves import find_moved
from bilint.checks.structure.stretches import explain, tell_changes
from bilint.checks.structure.tabular import compare_tables
from bilint.checks.structure.whole import verdict
from bilint.model.alignment import AlignedPair, SegmentPair
from bilint.model.document import Document
from bilint.model.finding import Observation
from bilint.model.pattern import late
from bilint.model.text import Span

_UNCLOSED = "front-matter-unclosed"
_MISTYPED_ALERT = late(r"!?\[!?[A-Z]+\]!?\Z")


def find_causes(pair: AlignedPair, source: Document) -> Mapping[str, tuple[Observation, ...]]:
    """What is wrong with a page that is built otherwise than its source, by check."""
    disturbed = [i for i, one in enumerate(pair.segments) if _disturbed(one)]
    page = Comparison(pair, source, disturbed)
    differences = _leave_torn_code(page, compare_code(page.source, page.target))
    find_unclosed(page, differences)
    if not page.found and (whole := verdict(pair)) is not None:
        return {whole[0]: (whole[1],)}
    _pass_over(page)
    if not page.found:
        compare_blocks_of_code(page, differences)
    compare_tables(page)
    find_moved(page)
    for stretch in page.open_groups():
        explain(page, stretch)
    tell_changes(page)
    say_pictures(page)
    return {check: tuple(several) for check, several in page.found.items()}


def _disturbed(pair: SegmentPair) -> bool:
    """Whether there is nothing opposite, or something of another kind.

    A segment that answers a change of the source has no partner either, but no doubts.
    """
    source, target, likeness = pair
    if source is None:
        return target is not None and likeness == 0.0 and is_body(target)
    if target is None:
        return is_body(source)
    return source[1] != target[1]


def _leave_torn_code(page: Comparison, differences: list[CodeDifference]) -> list[CodeDifference]:
    """What differs before the code of the source is torn: behind that its text stands as code.

    A translation that closes the code where it ought to end is no worse for it.
    """
    torn = torn_code(page.source) if page.disturbed or differences else None
    if torn is None:
        return differences
    place = page.place_of_source(torn.start).start
    page.done.update(i for i in page.disturbed if page.place(i).start >= place)
    return [
        one
        for one in differences
        if (one.source is not None and one.source.start < torn.start)
        or (one.source is None and one.target is not None and one.target.start < place)
    ]


def _end_of_dashes(data: bytes) -> int:
    """The end of the first paragraph: of keys and values that nobody closed."""
    end = data.find(b"\n\n")
    return end if end >= 0 else len(data)


def _pass_over(page: Comparison) -> None:
    """What stands in a merge conflict or a second front matter is told by those."""
    if conflicts(page.target):
        # Both halves of a conflict stand in the page: what is lost or extra is their doing.
        page.done.update(page.disturbed)
        return
    second = second_front_matter(page.target)
    if second is None and not page.target.front_matter.entries:
        # Front matter that is never closed, and read as text.
        unclosed = any(one.code == _UNCLOSED for one in page.target.front_matter.problems)
        second = Span(0, _end_of_dashes(page.target.data)) if unclosed else None
    for i in page.disturbed:
        source, target, _ = page.pairs[i]
        if source is None and target is not None and second is not None:
            if target.start < second.end and second.start < target.end:
                page.done.add(i)
        elif source is not None and target is None and _MISTYPED_ALERT.match(source.text):
            page.done.add(i)
