"""What a run comes to: its exit code, why, and how to look closer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from bilint.cli.session import Output
from bilint.model.finding import Finding, Severity
from bilint.model.gate import Verdict
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
    look = [] if not why else [*_worst(failing), *_files(output)]
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


def _files(output: Output) -> Iterable[str]:
    """Where the whole answer is, if it was not printed."""
    files = [file or output.output for _name, file in output.formats]
    if all(file not in (None, "-") for file in files):
        yield from (file for file in dict.fromkeys(files) if file)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
