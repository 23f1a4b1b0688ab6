"""What is small: where the pages are, how it went over time, and what could not be done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from bilint.figures import human_share
from bilint.model.alignment import PageStatus
from bilint.model.finding import Family, Severity
from bilint.model.quality import Quality
from bilint.model.report import PageResult, Report
from bilint.model.trend import LocaleFigures, RunFigures, Trend
from bilint.reporters.json_quality import locale_object
from bilint.reporters.terminal_notes import skipped_by_reason

Counts = Mapping[tuple[Family, Severity], int]


def facts(report: Report) -> dict[str, Any]:
    """The tool, the places, and what was skipped or failed."""
    source = report.source
    return {
        "tool": {
            "name": report.tool.name,
            "version": report.tool.version,
            "profile": report.tool.profile,
        },
        "source": {
            "repository": _name(source.repository),
            "revision": source.revision,
        },
        "places": _sides(report),
        "skipped": [
            [list(group.checks), list(group.pages), list(group.locales), reason]
            for (reason, _names), group in skipped_by_reason(report).items()
        ],
        "incidents": [list(one) for one in report.incidents],
        "trend": None if report.trend is None else trend(report.trend),
        "quality": None if report.quality is None else quality(report.quality),
        "families": list(Family),
        "budgets": [
            [one.locale, one.name, one.limit, one.value, one.exceeded]
            for one in report.budgets or ()
        ],
    }


def _name(repository: str | None) -> str | None:
    """The name of a repository; the folder that it lies in is nobody else's business."""
    parts = [part for part in re.split(r"[/\\]", repository or "") if part.strip(".")]
    return parts[-1] if parts else None


def _sides(report: Report) -> dict[str, dict[str, str | None]]:
    revisions = {"": report.source.revision, **report.revisions}
    return {
        locale: {"revision": revisions.get(locale), "language": side.language, "url": side.url}
        for locale, side in sorted(report.sides.items())
    }


def human_shares(pages: Iterable[PageResult]) -> dict[str, float | None]:
    """By locale, the share of words that people translated, as the pages claim it."""
    by_locale: dict[str, list[PageResult]] = {}
    for page in pages:
        by_locale.setdefault(page.locale, []).append(page)
    return {locale: human_share(by_locale[locale]) for locale in sorted(by_locale)}


def quality(given: Quality) -> dict[str, Any]:
    """How good machine translation proved, as `bilint quality` tells it."""
    return {
        "enough": given.enough,
        "resamples": given.resamples,
        "locales": [locale_object(one) for one in given.locales],
    }


def trend(given: Trend) -> dict[str, Any]:
    """Runs, oldest first, and what changed since the one before the last."""
    return {
        "since": given.since,
        "unlike": list(given.unlike),
        "changes": [list(one) for one in given.changes],
        "runs": [_run(run) for run in given.runs],
    }


def _run(run: RunFigures) -> dict[str, Any]:
    return {
        "at": run.at,
        "rebuilt": run.rebuilt,
        "revision": run.source_revision,
        "locales": [_locale(one) for one in run.locales],
    }


def _locale(one: LocaleFigures) -> dict[str, Any]:
    return {
        "locale": one.locale,
        "pages": [one.pages.get(status, 0) for status in PageStatus],
        "words": one.words_to_do,
        "human": one.human_share,
        "queue": one.queue,
        "families": [
            [one.findings.get((family, severity), 0) for severity in Severity] for family in Family
        ],
    }
