"""`term-unusual`: a recurring term is rendered against the habit of the locale."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.terms.habits import again, odd_renderings, proof
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation, Severity

CLEAR = 0.9
"""Share of the habitual rendering from which another one is a warning: below, a second word may
be as good on the pages that were not learnt from."""


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """A recurring term is rendered against the habit of the locale."""
    for odd in odd_renderings(pair, context):
        if odd.way is None or not odd.term.settled:
            continue
        habit = odd.term.habit
        # A page that is of one mind may have a reason; one that says both has none.
        divided = odd.clear and (odd.usual or 0) > odd.times
        rare = habit.times >= CLEAR * odd.term.total
        yield Observation(
            f"`{odd.term.name}` is `{habit.form}` {habit.times} of {odd.term.total} times,"
            f" but `{odd.text}` here{again(odd)}",
            odd.span,
            f"{odd.term.name}: {odd.way.form}",
            odd.source_span,
            severity=Severity.WARNING if divided and rare else Severity.INFO,
            evidence=proof(odd),
        )
