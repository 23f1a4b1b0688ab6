"""Which findings come first where a platform shows but a few, and which of them are one row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bilint.model.finding import Finding, Severity
from bilint.model.gate import BudgetResult
from bilint.model.report import Report

_Touched = Mapping[tuple[str | None, str], Sequence[tuple[int, int]]]

LINES_NAMED = 8
"""Lines of further occurrences that a row names before it only counts them."""


def open_findings(findings: Iterable[Finding] | None) -> list[Finding]:
    """Those that nobody has settled, in their order."""
    return [one for one in findings or () if one.state.is_open]


def shown_findings(findings: Iterable[Finding] | None) -> list[Finding]:
    """Those of them that people are shown without asking: errors and warnings."""
    return [one for one in open_findings(findings) if one.severity is not Severity.INFO]


def worst_first(findings: Iterable[Finding], touched: _Touched | None = None) -> list[Finding]:
    """The gravest first, of these the surest; otherwise in their order.

    Before all others those on lines that a change touched, where these are known.
    """
    return sorted(
        findings,
        key=lambda one: (
            not is_touched(one, touched or {}),
            one.severity.rank,
            one.confidence.rank,
        ),
    )


def is_touched(finding: Finding, touched: _Touched) -> bool:
    """Whether a finding stands on a line that the change touched."""
    return any(
        first <= finding.end_line and finding.line <= last
        for first, last in touched.get((finding.locale, finding.path), ())
    )


def rows(findings: Iterable[Finding], touched: _Touched | None = None) -> list[list[Finding]]:
    """What is of one kind on one page as one row: worst first, and then the longest."""
    found: dict[tuple[str, Severity, bool], list[Finding]] = {}
    for one in worst_first(findings, touched):
        key = one.group, one.severity, is_touched(one, touched or {})
        found.setdefault(key, []).append(one)
    return sorted(
        found.values(),
        key=lambda row: (
            not is_touched(row[0], touched or {}),
            row[0].severity.rank,
            row[0].confidence.rank,
            -len(row),
        ),
    )


def and_more(row: Sequence[Finding]) -> str:
    """`and 3 more on lines 4, 8 and 9` for a row of several; empty for one."""
    rest = row[1:]
    if not rest:
        return ""
    numbers = sorted({one.line for one in rest})
    named = ", ".join(map(str, numbers[:LINES_NAMED]))
    cut = ", …" if len(numbers) > LINES_NAMED else ""
    return f"and {len(rest):,} more like this on line{'s' * (len(numbers) > 1)} {named}{cut}"


def exceeded(report: Report) -> list[BudgetResult]:
    """The budgets that are broken."""
    return [one for one in report.budgets or () if one.exceeded]
