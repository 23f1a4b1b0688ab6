"""`number-lost`: a number of the source is nowhere in the target, in figures or in words."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.numbers.differences import differences
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation, Severity
from bilint.model.record import TYPE_CHECKING
from bilint.model.text import Span

if TYPE_CHECKING:
    from bilint.checks.numbers.compare import Difference
    from bilint.checks.numbers.values import Number

_SMALL = 12


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each number of the source that its translation has not."""
    for difference in differences(pair, context.source_language):
        if not difference.extra:
            for number in difference.missing:
                yield _observation(number, difference)


def _observation(number: Number, difference: Difference) -> Observation:
    target = difference.target.segment
    small = all(isinstance(one, float) and one <= _SMALL for one in number.values)
    return Observation(
        f"The number `{number.text}` of the source is missing",
        Span(target.start, target.end),
        number.text,
        difference.source.span(number.start, number.end),
        severity=Severity.INFO if small else None,
    )
