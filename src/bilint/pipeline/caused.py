"""Tells what a change caused from what stood there before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from bilint.checks.engine import with_state
from bilint.model.finding import Finding, FindingState
from bilint.model.report import Report
from bilint.pipeline.request import Request, Wants
from bilint.pipeline.workspace import Side, Workspace

Runner = Callable[[Request, Mapping[str, str]], Report]
"""Runs a request with some of its sides pinned to commits, by locale or `` for the source."""


def mark_earlier(request: Request, report: Report, run: Runner) -> Report:
    """The report with every finding marked that stood in the page before the change.

    Costs a second run over the pages that something was found on, and nothing where nothing was.
    Where no hook is waiting, it also tells which lines of these pages the change touched.
    """
    report = report._replace(compared=report.findings is not None)
    found = [one for one in report.findings or () if one.state.is_open]
    if not found:
        return report
    with Workspace(request) as workspace:
        home = {
            locale: side
            for locale, side in {"": workspace.source, **workspace.targets}.items()
            if side is not None and side.at_home
        }
        commits = {
            locale: commit
            for locale, side in home.items()
            if (commit := workspace.before(side)) is not None
        }
        names = _names_before(found, home, commits)
        if request.hook is not None and not request.hook.staged:
            from bilint.pipeline.touched import touched_lines

            pages = {(one.locale, one.path) for one in found if (one.locale or "") in home}
            report = report._replace(touched=touched_lines(home, commits, pages, names))
    if not names:
        return report
    paths = tuple(sorted(set(names.values())))
    earlier = run(
        request._replace(hook=None, paths=paths, wants=Wants(findings=True)), commits
    ).findings
    # What was accepted before and has expired since is of this change.
    left = Counter(
        _identity(one) for one in earlier or () if one.state is not FindingState.ACCEPTED
    )
    findings = []
    for finding in report.findings or ():
        path = names.get((finding.locale, finding.path), finding.path)
        identity = _identity(finding._replace(path=path))
        if finding.state.is_open and left[identity]:
            left[identity] -= 1
            finding = with_state(finding, FindingState.EARLIER)
        findings.append(finding)
    return report._replace(findings=tuple(findings))


def _names_before(
    findings: list[Finding], home: Mapping[str, Side], commits: Mapping[str, str]
) -> dict[tuple[str | None, str], str]:
    """The pages of these findings that were there before the change, and their paths then."""
    names: dict[tuple[str | None, str], str] = {}
    for locale in sorted({one.locale or "" for one in findings} & commits.keys()):
        side, commit = home[locale], commits[locale]
        pages = {one.path for one in findings if (one.locale or "") == locale}
        new = {path for path in pages if not side.repository.file(commit, path)}
        names.update({(locale or None, path): path for path in pages - new})
        if new:
            from bilint.pipeline.moved import moved_pages

            was = moved_pages(side, commit, new)
            names.update({(locale or None, path): old for path, old in was.items()})
    return names


def _identity(finding: Finding) -> tuple[str | None, str, str, str]:
    return (finding.locale, finding.path, finding.check, finding.fingerprint)
