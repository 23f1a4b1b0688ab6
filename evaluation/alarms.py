"""How loud the checks are on pages that people translated wholly, and in another project.

Findings for each thousand segments. A version of a page counts once, however many snapshots it
stands in. What is found on human pages is not all wrong: they have defects too. But a check that is
loud there is loud everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from bilint.checks.engine import run_pair
from bilint.model.alignment import AlignedPair, Basis
from bilint.model.finding import Severity
from evaluation.corpora import (
    LOCALES,
    NAME,
    OTHER,
    SNAPSHOTS,
    Corpora,
    commit_at,
    in_processes,
    open_snapshot,
    request,
)
from evaluation.gold import counts
from evaluation.tables import quoted, table

OTHER_DATES = ("HEAD",)
HUMAN = 100.0


class Alarm(NamedTuple):
    """A finding, and the version of the page that it stands on."""

    ground: str
    locale: str
    path: str
    line: int
    check: str
    severity: Severity
    source: str
    text: str
    message: str


class Loudness(NamedTuple):
    """The segments that were looked at, by ground, and all that was found on them."""

    segments: dict[str, int]
    alarms: tuple[Alarm, ...]


GROUNDS = ("human", "other project")


def measure(corpora: Corpora, jobs: int, checks: Collection[str] = ()) -> Loudness:
    """Run the checks over all snapshots of all locales, and over the other project."""
    tasks: list[tuple[object, ...]] = [
        (corpora, "other project", OTHER, locale, OTHER_DATES)
        for locale in LOCALES
        if corpora.has(OTHER, locale)
    ]
    tasks += [
        (corpora, "human", NAME, locale, SNAPSHOTS)
        for locale in LOCALES
        if corpora.has(NAME, locale)
    ]
    segments = Counter(dict.fromkeys(GROUNDS, 0))
    alarms: list[Alarm] = []
    for part in in_processes(jobs, _measure_locale, tasks):
        segments.update(part.segments)
        alarms += [one for one in part.alarms if not checks or one.check in checks]
    return Loudness(dict(segments), tuple(alarms))


def _measure_locale(
    corpora: Corpora, ground: str, name: str, locale: str, dates: Sequence[str]
) -> Loudness:
    seen: set[tuple[str, str]] = set()
    segments = 0
    alarms: list[Alarm] = []
    for date in dates:
        target = commit_at(corpora.repository(name, locale), date)
        source = commit_at(corpora.repository(name), date)
        if target is None:
            continue
        with open_snapshot(request(corpora, name, locale, target, source)) as snapshot:
            for pair in snapshot.pairs:
                key = (pair.target.path, pair.target.blob)
                if key in seen or not _wanted(pair, ground):
                    continue
                seen.add(key)
                segments += len(pair.document.segments)
                results = run_pair(
                    pair, snapshot.selection.checks, snapshot.context, snapshot.selection.options
                )
                alarms += [
                    Alarm(ground, locale, one.path, one.line, one.check, one.severity,
                          one.source.text[:120] if one.source else "", one.text[:120], one.message)
                    for one in results.findings
                    if counts(one)
                ]  # fmt: skip
    return Loudness({ground: segments}, tuple(alarms))


def _wanted(pair: AlignedPair, ground: str) -> bool:
    if pair.basis is not Basis.BASE:
        return False
    return ground != "human" or pair.target.provenance.ht_degree == HUMAN


def figures(found: Loudness) -> dict[str, Any]:
    """What is stored: findings a thousand segments, overall and by check."""
    overall = {
        ground: {
            "segments": found.segments[ground],
            **{severity.value: _rate(found, ground, severity=severity) for severity in Severity},
        }
        for ground in GROUNDS
    }
    checks = {
        check: {
            ground: {
                "findings": sum((one.ground, one.check) == (ground, check) for one in found.alarms),
                "per_thousand": _rate(found, ground, check=check),
            }
            for ground in GROUNDS
        }
        for check in sorted({one.check for one in found.alarms})
    }
    return {"overall": overall, "checks": checks}


def _rate(
    found: Loudness, ground: str, check: str | None = None, severity: Severity | None = None
) -> float | None:
    count = sum(
        one.ground == ground
        and (check is None or one.check == check)
        and (severity is None or one.severity is severity)
        for one in found.alarms
    )
    whole = found.segments[ground]
    return round(1000 * count / whole, 2) if whole else None


def tell(found: Loudness, *, verbose: bool = False) -> str:
    """The figures as a table, and what there is to read."""
    said = figures(found)
    head = ("findings a thousand segments", *(f"{ground}, n" for ground in GROUNDS))
    parts = [
        "Alarms: on pages that people translated wholly"
        f" ({found.segments['human']} segments), and in another project"
        f" ({found.segments['other project']}).\n\n",
        table(
            ("by severity", *GROUNDS),
            (
                (severity.value, *(said["overall"][ground][severity.value] for ground in GROUNDS))
                for severity in Severity
            ),
        ),
        "\n",
        table(
            (head[0], "severity", "human", "n", "other project", "n"),
            sorted(_check_rows(found, said), key=_loudest),
        ),
    ]
    if verbose:
        parts += _to_read(found)
    return "".join(parts)


def _check_rows(
    found: Loudness, said: dict[str, Any]
) -> Iterator[tuple[str, str, float | None, int, float | None, int]]:
    for check, one in said["checks"].items():
        severities = Counter(a.severity.value for a in found.alarms if a.check == check)
        human, other = (one[ground] for ground in GROUNDS)
        yield (check, "/".join(sorted(severities)), human["per_thousand"], human["findings"],
               other["per_thousand"], other["findings"])  # fmt: skip


def _loudest(row: tuple[str, str, float | None, int, float | None, int]) -> tuple[float, str]:
    return (-(row[2] or 0.0), row[0])


def _to_read(found: Loudness) -> Iterator[str]:
    """The findings, each text once."""
    seen: set[tuple[str, str, str]] = set()
    for one in sorted(found.alarms, key=lambda one: (one.ground, one.check, one.locale, one.path)):
        key = (one.check, one.source, one.text)
        if key not in seen:
            seen.add(key)
            yield (
                f"\n{one.ground} {one.check} {one.severity} {one.locale} {one.path}:{one.line}\n"
                f"  {one.message}\n  {quoted(one.source)} => {quoted(one.text)}\n"
            )
