"""What a run comes to: its exit code, why, and how to look closer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bilint.cli.session import Output
from bilint.model.finding import Finding, Severity
from bilint.model.gate import BudgetResult, Verdict
from bilint.model.report import Report

_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def with_verdict(
    report: Report,
    fail_on: str | None,
    output: Output,
    *,
    baseline: bool = False,
    budgets: bool = True,
) -> Report:
    """The report with what it comes to.

    3 where something of Bilint's own failed, 1 at findings that count and at budgets that are
    exceeded, else 0; `--exit-zero` turns only 1 into 0. `baseline` says that one is in force;
    without `budgets` these are told and do not fail.
    """
    failing = _failing(report, fail_on)
    why = []
    if report.incidents:
        why.append(f"{_count(len(report.incidents), 'incident')} in Bilint itself")
    if failing:
        why.append(_findings(failing, baseline=baseline))
    if budgets:
        why += [str(one) for one in report.budgets or () if one.exceeded]
    code = 3 if report.incidents else int(bool(why))
    pardoned = code == 1 and output.exit_zero
    look = [*_worst(failing), *(_look_of(one) for one in report.budgets or () if one.exceeded)]
    look = list(dict.fromkeys(look)) if why else []
    verdict = Verdict(0 if pardoned else code, tuple(why), tuple(look), pardoned)
    return report._replace(verdict=verdict)


def code_of(report: Report) -> int:
    """The exit code of a report that has a verdict."""
    return report.verdict.code if report.verdict is not None else 0


def _failing(report: Report, fail_on: str | None) -> list[Finding]:
    if fail_on is None or fail_on == "never":
        return []
    worst = Severity(fail_on).rank
    return [
        one for one in report.findings or () if one.state.is_open and one.severity.rank <= worst
    ]


def _findings(failing: Iterable[Finding], *, baseline: bool) -> str:
    counts = Counter(one.severity for one in failing)
    said = ", ".join(_count(counts[one], _NOUNS[one]) for one in Severity if counts[one])
    pages = len({(one.locale, one.path) for one in failing})
    new = " that the baseline does not know" if baseline else ""
    return f"{said} on {_count(pages, 'page')}{new}"


def _worst(failing: list[Finding]) -> Iterable[str]:
    if not failing:
        return
    first = min(failing, key=lambda one: (one.severity.rank, one.confidence.rank))
    yield f"{first.path}:{first.line} ({first.locale or 'source'})"
    yield f"bilint explain {first.check}"


def _look_of(budget: BudgetResult) -> str:
    """The command that shows what a budget is about."""
    command = {"max_stale_words": "queue", "min_human_share": "status"}.get(budget.name, "check")
    return f"bilint {command} --locale {budget.locale}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
