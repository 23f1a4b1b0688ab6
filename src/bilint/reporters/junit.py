"""JUnit XML: a suite for each locale, a case for each page, for dashboards of test results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from bilint.model.finding import Finding, Severity, Side
from bilint.model.report import Report
from bilint.reporters.escape import visible
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
            yield _case(name, *case).encode()
        yield b"</testsuite>\n"
    yield b"</testsuites>\n"


_Case = tuple[str, Sequence[Finding], Sequence[str]]
"""A page, its open findings, and what broke while it was examined."""


def _suites(report: Report) -> Iterator[tuple[str, list[_Case]]]:
    findings = open_findings(report.findings)
    broken: dict[str, list[str]] = {}
    for incident in report.incidents:
        broken.setdefault(incident.path or "bilint", []).append(incident.error)
    source = [one for one in findings if one.side is Side.SOURCE]
    if source:
        paths = dict.fromkeys(one.path for one in source)
        yield "source", [_case_of(path, source, ()) for path in paths]
    for locale in sorted({page.locale for page in report.pages or ()}):
        ours = [one for one in findings if one.locale == locale]
        paths = dict.fromkeys(
            page.path or page.source_path or ""
            for page in report.pages or ()
            if page.locale == locale
        )
        yield locale, [_case_of(path, ours, broken.pop(path, ())) for path in paths]
    if broken:
        yield "bilint", [(path, (), errors) for path, errors in sorted(broken.items())]


def _case_of(path: str, findings: Iterable[Finding], broken: Sequence[str]) -> _Case:
    return path, [one for one in findings if one.path == path], broken


def _counts(cases: Sequence[_Case]) -> str:
    failures = sum(bool(_failing(found)) for _path, found, broken in cases if not broken)
    errors = sum(bool(broken) for _path, _found, broken in cases)
    return f' tests="{len(cases)}" failures="{failures}" errors="{errors}"'


def _failing(findings: Iterable[Finding]) -> list[Finding]:
    return [one for one in findings if one.severity is Severity.ERROR]


def _case(suite: str, path: str, findings: Sequence[Finding], broken: Sequence[str]) -> str:
    head = f"<testcase classname={_attribute(suite)} name={_attribute(path)}"
    failing = _failing(findings)
    inside = "".join(f"<error message={_attribute(error)}/>\n" for error in broken[:1])
    if failing and not broken:
        told = "\n".join(map(_line, failing))
        inside += (
            f"<failure type={_attribute(failing[0].check)} message="
            f"{_attribute(f'{len(failing)} errors')}>{escape(told)}</failure>\n"
        )
    others = [one for one in findings if one not in failing]
    if others:
        inside += f"<system-out>{escape(chr(10).join(map(_line, others)))}</system-out>\n"
    return f"{head}>\n{inside}</testcase>\n" if inside else f"{head}/>\n"


def _line(finding: Finding) -> str:
    place = f"{finding.path}:{finding.line}:{finding.column}"
    return visible(f"{place}: {finding.severity} {finding.check}: {finding.message}")


def _attribute(text: str) -> str:
    return quoteattr(visible(text))
