"""`term-untranslated`: a common noun of the source was left standing in a translated sentence."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.terms.habits import again, odd_renderings, proof
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """A common noun was left standing in a translated sentence."""
    for odd in odd_renderings(pair, context):
        if odd.way is not None or not odd.term.settled or odd.loan:
            continue
        if not _stands(odd.text, odd.term.name):
            continue
        habit = odd.term.habit
        yield Observation(
            f"`{odd.text}` was left standing; `{odd.term.name}` is `{habit.form}`"
            f" {habit.times} of {odd.term.total} times{again(odd)}",
            odd.span,
            odd.term.name,
            odd.source_span,
            evidence=proof(odd),
        )


def _stands(text: str, term: str) -> bool:
    """Whether a word is that of the source, not one of the target that begins like it."""
    last = term.rpartition(" ")[2]
    forms = (term, last, f"{last}s", f"{last}es", f"{last[:-1]}ies")
    return "".join(filter(str.isascii, text)).lower() in forms
