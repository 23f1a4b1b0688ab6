"""JUnit XML: a suite for each locale, a case for each page, for dashboards of test results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from bilint.model.finding import Finding, Severity
from bilint.model.gate import BudgetResult
from bilint.model.record import NamedTuple
from bilint.model.report import Report
from bilint.reporters.escape import visible
from bilint.reporters.layout import count
from bilint.reporters.order import open_findings


def render_junit(report: Report) -> Iterator[bytes]:
    """Pages as test cases: an error in a page fails it, a crash of Bilint breaks it."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    suites = list(_suites(report))
    counts = _counts([case for _name, cases in suites for case in cases])
    yield f'<testsuites name="bilint"{counts}>\n'.encode()
    for name, cases in suites:
        yield f"<testsuite name={quoteattr(name)}{_counts(cases)}>\n".encode()
        for case in cases:
            yield _case(name, case).encode()
        yield b"</testsuite>\n"
    yield b"</testsuites>\n"


class _Case(NamedTuple):
    """A page, its open findings, and what broke while it was examined; or a budget."""

    name: str
    findings: Sequence[Finding] = ()
    broken: Sequence[str] = ()
    budget: BudgetResult | None = None

    @property
    def failing(self) -> list[Finding]:
        """The findings that fail it."""
        return [one for one in self.findings if one.severity is Severity.ERROR]

    @property
    def fails(self) -> bool:
        """Whether it fails; what broke is counted apart."""
        return bool(self.failing) or (self.budget is not None and self.budget.exceeded)


def _suites(report: Report) -> Iterator[tuple[str, list[_Case]]]:
    found: dict[tuple[str | None, str], list[Finding]] = {}
    for one in open_findings(report.findings):
        found.setdefault((one.locale, one.path), []).append(one)
    broken: dict[str, list[str]] = {}
    for incident in report.incidents:
        broken.setdefault(incident.path or "bilint", []).append(incident.error)
    source = [(path, ours) for (locale, path), ours in found.items() if locale is None]
    if source:
        yield "source", [_Case(path, ours) for path, ours in source]
    for locale in sorted({page.locale for page in report.pages or ()}):
        paths = dict.fromkeys(
            page.path or page.source_path or ""
            for page in report.pages or ()
            if page.locale == locale
        )
        cases = [_Case(path, found.get((locale, path), ()), broken.pop(path, ())) for path in paths]
        cases += [
            _Case(one.name, budget=one) for one in report.budgets or () if one.locale == locale
        ]
        yield locale, cases
    if broken:
        yield "bilint", [_Case(path, (), errors) for path, errors in sorted(broken.items())]


def _counts(cases: Sequence[_Case]) -> str:
    failures = sum(case.fails for case in cases if not case.broken)
    errors = sum(bool(case.broken) for case in cases)
    return f' tests="{len(cases)}" failures="{failures}" errors="{errors}"'


def _case(suite: str, case: _Case) -> str:
    head = f"<testcase classname={_attribute(suite)} name={_attribute(case.name)}"
    inside = "".join(f"<error message={_attribute(error)}/>\n" for error in case.broken[:1])
    failing = case.failing
    if case.budget is not None and case.budget.exceeded:
        told = _attribute(str(case.budget))
        inside += f"<failure type={_attribute(case.name)} message={told}/>\n"
    if failing and not case.broken:
        text = "\n".join(map(_line, failing))
        said = _attribute(count(len(failing), "error"))
        inside += (
            f"<failure type={_attribute(failing[0].check)} message={said}>{escape(text)}"
            "</failure>\n"
        )
    others = [one for one in case.findings if one.severity is not Severity.ERROR]
    if others:
        inside += f"<system-out>{escape(chr(10).join(map(_line, others)))}</system-out>\n"
    return f"{head}>\n{inside}</testcase>\n" if inside else f"{head}/>\n"


def _line(finding: Finding) -> str:
    place = f"{finding.path}:{finding.line}:{finding.column}"
    return visible(f"{place}: {finding.severity} {finding.check}: {finding.message}")


def _attribute(text: str) -> str:
    return quoteattr(visible(text))
