"""A trend as CSV: a row for each run of each locale."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from bilint.model.alignment import PageStatus
from bilint.model.finding import Family, Severity
from bilint.model.trend import Trend

_FINDINGS = tuple((family, severity) for family in Family for severity in Severity)

COLUMNS = (
    "at",
    "locale",
    "revision",
    "rebuilt",
    "measure",
    "words_to_do",
    "human_share",
    "queue",
    *(f"pages_{status.value}" for status in PageStatus),
    *(f"{family.value}_{severity.value}" for family, severity in _FINDINGS),
)
"""The first row."""


def render_trend_csv(trend: Trend) -> Iterator[bytes]:
    """All runs, oldest first. In UTF-8 with a mark, or spreadsheets guess wrong."""
    yield b"\xef\xbb\xbf"
    yield _row(COLUMNS)
    for run in trend.runs:
        for one in run.locales:
            yield _row(
                (
                    run.at,
                    one.locale,
                    run.revisions.get(one.locale) or "",
                    "yes" if run.rebuilt else "no",
                    run.measure,
                    str(one.words_to_do),
                    "" if one.human_share is None else f"{one.human_share:.2f}",
                    str(one.queue),
                    *(str(one.pages.get(status, 0)) for status in PageStatus),
                    *(str(one.findings.get(key, 0)) for key in _FINDINGS),
                )
            )


def _row(cells: tuple[str, ...]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().encode("utf-8", "replace")
