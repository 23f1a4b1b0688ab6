"""A trend as JSON: within a report, and as an answer of its own, `bilint-trend/1`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bilint.model.alignment import PageStatus
from bilint.model.finding import Family, Severity
from bilint.model.trend import Change, LocaleFigures, RunFigures, Trend
from bilint.reporters.json_text import json_list, json_text

SCHEMA = "bilint-trend/1"


def render_trend_json(trend: Trend) -> Iterator[bytes]:
    """The trend in UTF-8, one run to a line."""
    yield f'{{"schema":{json_text(SCHEMA)},\n'.encode()
    yield from (text.encode() for text in trend_members(trend))
    yield b"}\n"


def trend_members(trend: Trend) -> Iterator[str]:
    """What stands between the braces of a trend."""
    yield from json_list("runs", trend.runs, run_object)
    yield from json_list("changes", trend.changes, Change._asdict)
    yield from json_list("unlike", trend.unlike, str)
    yield f'"since":{json_text(trend.since)}'


def run_object(run: RunFigures) -> dict[str, Any]:
    """One run."""
    return {
        "at": run.at,
        "rebuilt": run.rebuilt,
        "measure": run.measure,
        "source_revision": run.source_revision,
        "source_findings": _findings(run.source_findings),
        "locales": [_locale(one, run.revisions.get(one.locale)) for one in run.locales],
    }


def _locale(one: LocaleFigures, revision: str | None) -> dict[str, Any]:
    return {
        "locale": one.locale,
        "revision": revision,
        "pages": {status: one.pages.get(status, 0) for status in PageStatus},
        "words_to_do": one.words_to_do,
        "human_share": one.human_share,
        "queue": one.queue,
        "findings": _findings(one.findings),
    }


def _findings(counts: Mapping[tuple[Family, Severity], int]) -> list[dict[str, Any]]:
    return [
        {"family": family, "severity": severity, "count": counts[family, severity]}
        for family, severity in sorted(counts)
    ]
