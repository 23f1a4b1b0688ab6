"""Which findings come first where a platform shows but a few."""

from __future__ import annotations

from collections.abc import Iterable

from bilint.model.finding import Finding


def open_findings(findings: Iterable[Finding] | None) -> list[Finding]:
    """Those that nobody has settled, in their order."""
    return [one for one in findings or () if one.state.is_open]


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """The gravest first, of these the surest; otherwise in their order."""
    return sorted(findings, key=lambda one: (one.severity.rank, one.confidence.rank))
