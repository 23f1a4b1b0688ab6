"""`suppression-unused`: a comment that asks Bilint for silence, in vain."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Audit
from bilint.model.finding import Observation


def observe(audit: Audit) -> Iterator[Observation]:
    """A comment for Bilint silences nothing, or cannot be understood."""
    for problem in audit.document.problems:
        if problem.code == "suppression":
            yield Observation(problem.message, problem.span, problem.code)
    for comment in audit.document.suppressions:
        strange = comment.checks - audit.known
        for name in sorted(strange):
            yield Observation(f"No check is called `{name}`.", comment.span, name)
        named = comment.checks - strange
        if comment in audit.used or (strange and not named):
            continue
        if named <= audit.ran if named else audit.complete:
            names = ", ".join(sorted(named))
            what = f"nothing of {names}" if named else "nothing"
            yield Observation(
                f"This comment silences {what}; it can be taken out.", comment.span, names
            )
