"""`number-added`: the target has a number that the source has in no form."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.numbers.differences import differences
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each number of the target that its source has not."""
    for difference in differences(pair, context.source_language):
        if not difference.missing:
            for number in difference.extra:
                yield Observation(
                    f"The source has no number `{number.text}`",
                    difference.target.span(number.start, number.end),
                    number.text,
                    difference.source.segment.span,
                )
