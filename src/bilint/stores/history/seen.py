"""Findings as a history remembers them, and those of two runs beside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from bilint.model.finding import Finding, Severity
from bilint.model.record import NamedTuple
from bilint.recognition import Mark, recognise

SUBJECT_CAP = 60


class Seen(NamedTuple):
    """One open finding, as far as a history remembers it."""

    fingerprint: str
    check: str
    severity: Severity
    path: str
    subject: str


class Difference(NamedTuple):
    """What of a locale (None: of the source) is new and what was fixed, page by page."""

    locale: str | None
    new: tuple[Seen, ...]
    fixed: tuple[Seen, ...]
    still: int


def seen(findings: Iterable[Finding]) -> dict[str | None, Counter[Seen]]:
    """The open findings of a report by locale, None for the source's own."""
    found: dict[str | None, Counter[Seen]] = {}
    for one in findings:
        if one.state.is_open:
            subject = " ".join(one.subject.split())[:SUBJECT_CAP]
            known = Seen(one.fingerprint, one.check, one.severity, one.path, _text(subject))
            found.setdefault(one.locale, Counter())[known._replace(path=_text(one.path))] += 1
    return found


def difference(
    locale: str | None, earlier: Mapping[Seen, int], later: Mapping[Seen, int]
) -> Difference:
    """What is new and what was fixed: findings are the same by their fingerprint.

    Of several with one fingerprint, those on other pages are the ones that came or went.
    """
    then, now = sorted(Counter(earlier).elements()), sorted(Counter(later).elements())
    same = recognise([_mark(locale, one) for one in then], [_mark(locale, one) for one in now])
    gone = set(range(len(then))) - set(same.values())
    return Difference(
        locale,
        _in_order(one for index, one in enumerate(now) if index not in same),
        _in_order(then[index] for index in gone),
        len(same),
    )


def _mark(locale: str | None, one: Seen) -> Mark:
    return Mark(one.fingerprint, one.check, locale, one.path, one.subject)


def _in_order(findings: Iterable[Seen]) -> tuple[Seen, ...]:
    """The worst first, page by page."""
    return tuple(sorted(findings, key=lambda one: (one.severity.rank, one.path, one.check, one)))


def _text(text: str) -> str:
    """Text that SQLite takes: a path may hold bytes that are no character."""
    return text.encode("utf-8", "backslashreplace").decode()
