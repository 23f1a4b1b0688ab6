"""`number-torn`: the digits of a number of the source stand apart in the target."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.numbers.differences import differences
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation, Suggestion


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each number that is torn apart."""
    for difference in differences(pair, context.source_language):
        for number, place in difference.torn:
            exact = difference.target.mapped and number.text.isdigit()
            yield Observation(
                f"The number `{number.text}` is torn apart: `{place.text}`",
                difference.target.span(place.start, place.end),
                number.text,
                difference.source.span(number.start, number.end),
                suggestion=Suggestion(number.text) if exact else None,
            )
