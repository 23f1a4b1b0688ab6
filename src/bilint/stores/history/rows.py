"""Figures of a run as rows of the store, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from bilint.model.alignment import PageStatus
from bilint.model.finding import Family, Severity
from bilint.model.trend import LocaleFigures, RunFigures
from bilint.stores.history.measure import plain


def parts_of(
    figures: RunFigures,
) -> Iterator[tuple[str, str | None, int, float | None, int, str, str]]:
    """What is stored of a run: the source, whose locale is empty, and every locale."""
    source = plain(_counts(figures.source_findings))
    yield ("", figures.source_revision, 0, None, 0, "{}", source)
    for one in figures.locales:
        yield (
            one.locale,
            figures.revisions.get(one.locale),
            one.words_to_do,
            one.human_share,
            one.queue,
            plain({status.value: count for status, count in one.pages.items()}),
            plain(_counts(one.findings)),
        )


def _counts(findings: Mapping[tuple[Family, Severity], int]) -> dict[str, list[int]]:
    """The counts of each family by severity, the worst first."""
    counts: dict[str, list[int]] = {}
    for (family, severity), count in findings.items():
        counts.setdefault(family.value, [0] * len(Severity))[severity.rank] = count
    return counts


def findings_of(said: str) -> Mapping[tuple[Family, Severity], int]:
    """The counts of a row, by family and severity."""
    return {
        (Family(family), severity): counts[severity.rank]
        for family, counts in sorted(json.loads(said).items())
        for severity in Severity
        if counts[severity.rank]
    }


def locale_of(
    locale: str, words: int, share: float | None, queue: int, pages: str, findings: str
) -> LocaleFigures:
    """The figures of a locale out of its row."""
    counts = json.loads(pages)
    return LocaleFigures(
        locale,
        {status: counts[status.value] for status in PageStatus if status.value in counts},
        words,
        share,
        findings_of(findings),
        queue,
    )


_START = datetime(1970, 1, 1, tzinfo=UTC)
_STEP = timedelta(microseconds=1)


def moment_of(at: str) -> int:
    """Microseconds since 1970: what runs are ordered by."""
    return (datetime.fromisoformat(at) - _START) // _STEP


def time_of(moment: int) -> str:
    """The time that a moment stands for."""
    return (_START + moment * _STEP).isoformat().replace("+00:00", "Z")
