"""The ordered work of each locale: what comes first, why, and how long it takes.

The order is that of somebody who answers for a site. First what is broken in front of readers and
quickly mended, and what tells them something that is no longer so; then what is missing; last what
might read better. Size counts by its square root: a page four times as long goes up twice as far,
so that one long page does not hide ten that are wrong.

A page is in the queue when it has a reason to be, and its reasons add up to its score. A pin that
cannot be resolved is no work by itself, and neither is a segment that somebody answered. What is
wrong with the source page itself is work for its writers and for no locale.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import ceil, isqrt

from bilint.model.alignment import ChangeClass, PageStatus
from bilint.model.config import Settings
from bilint.model.finding import Confidence, Finding, Severity, Side
from bilint.model.report import PageKey, PageResult, QueueItem, Reason, Work, page_key

REASONS = {
    "errors": "40 for the first of a check at high confidence, 24 at medium, 8 at low, a quarter "
    "for each further one of that check; at most 160",
    "warnings": "8, 5 or 1 by confidence, 1 for each further one of that check; at most 40",
    "notes": "1 a check; at most 5",
    "fake-refresh": "40: the pin says that the page is fresh, and its text says otherwise",
    "stale": "20, and 3 a segment (at most 60), and twice the root of its words",
    "obsolete": "5, and 3 a segment (at most 45)",
    "title": "10: title or description changed in the source",
    "code": "15: code changed in the source",
    "links": "8: links or images changed in the source",
    "new": "5, and 2 a segment (at most 40), and the root of its words",
    "untranslated": "5, and the root of its words",
    "orphan": "25: the source page is gone; remove, redirect or keep",
    "clash": "25: somebody has to say which page bears the id",
    "human-share-dropped": "15, or 5 for a small drop: people had translated more of it before",
    "machine-share": "5, and half the root of the words that no person saw; at most 20",
    "navigation": "as much again, at most 30: a table of contents stands beside every page",
}
"""The codes of reasons, which stay, and the points each is worth."""

_POINTS = {
    Severity.ERROR: {Confidence.HIGH: 40, Confidence.MEDIUM: 24, Confidence.LOW: 8},
    Severity.WARNING: {Confidence.HIGH: 8, Confidence.MEDIUM: 5, Confidence.LOW: 1},
}
_MOST = {Severity.ERROR: 160, Severity.WARNING: 40, Severity.INFO: 5}
_CODES = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFO: "notes"}
_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

NO_WORK = frozenset(("pin-unknown",))
"""Checks whose findings state a fact that no translator can do anything about."""

_FAKE_REFRESH = "pin-fake-refresh"
_SHARE_DROPPED = "ht-degree-dropped"
_SHARE_LOW = "ht-degree-low"
_UNTRANSLATED = frozenset(("untranslated-segment", "source-language-sentence"))
"""Checks whose findings are text that has to be translated after all."""

_SPECIAL = (_FAKE_REFRESH, _SHARE_DROPPED, _SHARE_LOW)
"""Checks whose findings are reasons of their own, told by what is in their evidence."""

SECONDS_A_FINDING = {Severity.ERROR: 120, Severity.WARNING: 120, Severity.INFO: 30}
"""To understand and settle the first finding of a check on a page."""
SECONDS_A_REPEAT = 30
"""For each further finding of that check there, at most as much as for the first."""
SECONDS_A_SEGMENT = 30
"""To find a segment that asks for no new words: one to delete, to re-link, to look at."""
SECONDS_A_DECISION = 300
"""To decide about a whole page: an orphan, a clash, a refresh that was none."""
REVIEW_SPEED = 3
"""How many words are reviewed in the time in which one is translated."""
SAMPLE = 600
"""Machine-translated words of a page that are read to see whether they will do."""
MOST_OBSOLETE = 20
"""Obsolete segments of a page that take time: more of them go in one stroke, such as a table."""
WORTH_TELLING = 5
"""Points of percent from which a fall of the human share is a reason."""

_AS_A_WHOLE = (PageStatus.UNTRANSLATED, PageStatus.ORPHAN, PageStatus.CLASH)


def build_queue(
    pages: Sequence[PageResult],
    findings: Iterable[Finding],
    settings: Settings,
    navigation: Collection[str] = (),
    settled: Collection[PageKey] = (),
) -> tuple[QueueItem, ...]:
    """The work of all locales: locale by locale, the most urgent first, ranks from 1 in each.

    Only open findings on target pages count. `navigation` are the file names of tables of
    contents, which the profile knows; `settled` are pages that may be missing, or have lost
    their source, as somebody said. Raises ValueError when `settings.words_per_hour` is not
    a positive number.
    """
    if not settings.words_per_hour > 0:
        raise ValueError(f"words_per_hour must be more than 0, not {settings.words_per_hour:g}")
    found = _by_page(findings)
    items = []
    for page in pages:
        own = found.get((page.locale, page.path), []) if page.path is not None else []
        is_settled = page_key(page) in settled
        item = _item(page, own, settings.words_per_hour, navigation, is_settled=is_settled)
        if item is not None:
            items.append(item)
    items.sort(key=_urgency)
    ranks: Counter[str] = Counter()
    ordered = []
    for item in items:
        ranks[item.locale] += 1
        ordered.append(_ranked(item, ranks[item.locale]))
    return tuple(ordered)


def cut(queue: Iterable[QueueItem], minutes: int) -> tuple[QueueItem, ...]:
    """What can be done in so many minutes, for each locale, in order.

    An item that takes longer than what is left is passed over, and a shorter one further down
    may still fit; ranks stay as they were, so that a gap shows.
    """
    left: dict[str, int] = defaultdict(lambda: minutes)
    chosen = []
    for item in queue:
        if item.minutes <= left[item.locale]:
            left[item.locale] -= item.minutes
            chosen.append(item)
    return tuple(chosen)


_BUDGET = re.compile(
    r"(?:([0-9]{1,6})d)?[ ]?(?:([0-9]{1,6})h)?[ ]?(?:([0-9]{1,6})m)?", re.IGNORECASE
)
_HOURS_A_DAY = 8


def parse_budget(text: str) -> int:
    """Minutes out of `90m`, `2h`, `1h30m` or `1d` (a working day of 8 hours).

    Raises ValueError, with what is accepted, for anything else and for no time at all.
    """
    match = _BUDGET.fullmatch(text.strip())
    days, hours, minutes = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    total = (days * _HOURS_A_DAY + hours) * 60 + minutes
    if total <= 0:
        raise ValueError(
            f"{text!r} is not a budget of time: write 90m, 2h, 1h30m or 1d (a day has 8 hours)"
        )
    return total


def _by_page(findings: Iterable[Finding]) -> dict[tuple[str, str | None], list[Finding]]:
    found: dict[tuple[str, str | None], list[Finding]] = defaultdict(list)
    for finding in findings:
        if (
            finding.state.is_open
            and finding.side is Side.TARGET
            and finding.locale is not None
            and finding.check not in NO_WORK
        ):
            found[finding.locale, finding.path].append(finding)
    return found


def _urgency(item: QueueItem) -> tuple[str, int, str, str]:
    return (item.locale, -item.score, item.path or item.source_path or "", item.id or "")


def _ranked(item: QueueItem, rank: int) -> QueueItem:
    return QueueItem(
        rank,
        item.locale,
        item.path,
        item.id,
        item.score,
        item.reasons,
        item.words_to_do,
        item.minutes,
        item.source_path,
    )


def _item(
    page: PageResult,
    findings: Sequence[Finding],
    words_per_hour: float,
    navigation: Collection[str],
    *,
    is_settled: bool,
) -> QueueItem | None:
    # What has a reason of its own is not counted again by its severity.
    special = {check: [f for f in findings if _is_special(f, check)] for check in _SPECIAL}
    others = [f for f in findings if not _is_special(f, f.check)]
    work = _work(page)
    machine_words = max((_number(f, "machine_words") for f in special[_SHARE_LOW]), default=0)

    reasons = [
        *_finding_reasons(others),
        *(() if is_settled else _status_reasons(page)),
        *_segment_reasons(work, _changes(page, work)),
        *_share_reasons(special, machine_words),
    ]
    if not reasons:
        return None
    if _is_navigation(page, navigation):
        points = min(sum(reason.points for reason in reasons), 30)
        reasons.append(Reason("navigation", points, "a table of contents: every page shows it"))
    reasons.sort(key=lambda reason: (-reason.points, reason.code))

    decisions = [*special[_FAKE_REFRESH], *special[_SHARE_DROPPED]]
    seconds = (
        3600 * _words_of_time(page, others, machine_words) / words_per_hour
        + _handling_seconds(others)
        + SECONDS_A_SEGMENT * (work.stale + min(work.obsolete, MOST_OBSOLETE))
        + SECONDS_A_DECISION
        * (not is_settled and page.status in (PageStatus.ORPHAN, PageStatus.CLASH))
        + SECONDS_A_DECISION * any(f.severity is not Severity.INFO for f in decisions)
    )
    return QueueItem(
        rank=0,
        locale=page.locale,
        path=page.path,
        id=page.id,
        score=sum(reason.points for reason in reasons),
        reasons=tuple(reasons),
        words_to_do=page.words_to_do,
        minutes=max(1, ceil(seconds / 60)),
        source_path=page.source_path,
    )


def _is_special(finding: Finding, check: str) -> bool:
    """Whether it is of this check, and that has a reason of its own.

    A share that contradicts its workflow is an error in the front matter, not a page to review.
    """
    if finding.check != check or check not in _SPECIAL:
        return False
    return check != _SHARE_LOW or finding.severity is not Severity.ERROR


def _work(page: PageResult) -> Work:
    """The unanswered segments; those of a page that is decided about as a whole are none."""
    if page.status in _AS_A_WHOLE:
        return Work()
    if page.work is not None:
        return page.work
    counts = page.segments
    return Work(counts.stale or 0, counts.obsolete or 0, counts.new or 0, page.words_to_do or 0)


def _words_of_time(page: PageResult, findings: Iterable[Finding], machine_words: int) -> float:
    """The words that the time of an item is reckoned by, those to review as what they cost."""
    untranslated = (f for f in findings if f.check in _UNTRANSLATED)
    return (
        (page.words_to_do or 0)
        + sum(len(f.text.split()) for f in untranslated if f.severity is not Severity.INFO)
        + min(machine_words, SAMPLE) / REVIEW_SPEED
    )


def _changes(page: PageResult, work: Work) -> Collection[ChangeClass]:
    """The classes of change that are still work.

    Who answered every segment of a page had the whole of it in hand, code and links included.
    """
    done = work.answered and not (work.stale or work.obsolete or work.new)
    return page.changes if page.status is PageStatus.STALE and not done else ()


def _finding_reasons(findings: Sequence[Finding]) -> list[Reason]:
    reasons = []
    for severity in Severity:
        of_check: dict[str, list[Finding]] = defaultdict(list)
        for finding in findings:
            if finding.severity is severity:
                of_check[finding.check].append(finding)
        if not of_check:
            continue
        points = sum(_check_points(severity, group) for group in of_check.values())
        count = sum(len(group) for group in of_check.values())
        names = sorted(of_check, key=lambda check: (-len(of_check[check]), check))
        said = ", ".join(
            name if len(of_check[name]) == 1 else f"{name} ({len(of_check[name])})"
            for name in names
        )
        reasons.append(
            Reason(
                _CODES[severity],
                min(points, _MOST[severity]),
                f"{_count(count, _NOUNS[severity])}: {said}",
            )
        )
    return reasons


def _check_points(severity: Severity, findings: Sequence[Finding]) -> int:
    """The points of all findings of one check on a page, the surest of them counted in full."""
    if severity is Severity.INFO:
        return 1
    values = sorted((_POINTS[severity][f.confidence] for f in findings), reverse=True)
    return values[0] + sum(max(1, value // 4) for value in values[1:])


def _status_reasons(page: PageResult) -> list[Reason]:
    words = page.words_to_do or 0
    if page.status is PageStatus.UNTRANSLATED:
        text = f"not translated yet: {_count(words, 'word')}" if words else "not translated yet"
        return [Reason("untranslated", 5 + isqrt(words), text)]
    if page.status is PageStatus.ORPHAN:
        return [Reason("orphan", 25, "the source page is gone: remove, redirect or keep")]
    if page.status is PageStatus.CLASH:
        return [Reason("clash", 25, "other pages bear its id, and nothing tells which is right")]
    return []


def _segment_reasons(work: Work, changes: Collection[ChangeClass]) -> list[Reason]:
    reasons = []
    if work.stale:
        points = 20 + min(3 * work.stale, 60) + 2 * isqrt(work.stale_words)
        reasons.append(Reason("stale", points, _segments(work.stale, "stale", work.stale_words)))
    if work.obsolete:
        points = 5 + min(3 * work.obsolete, 45)
        reasons.append(Reason("obsolete", points, _segments(work.obsolete, "obsolete", 0)))
    if work.new:
        points = 5 + min(2 * work.new, 40) + isqrt(work.new_words)
        reasons.append(Reason("new", points, _segments(work.new, "new", work.new_words)))
    if ChangeClass.TITLE in changes and work.stale:
        reasons.append(Reason("title", 10, "title or description changed in the source"))
    if ChangeClass.CODE in changes:
        reasons.append(Reason("code", 15, "code changed in the source"))
    if ChangeClass.LINKS in changes:
        reasons.append(Reason("links", 8, "links or images changed in the source"))
    return reasons


def _share_reasons(special: Mapping[str, Sequence[Finding]], machine_words: int) -> list[Reason]:
    reasons = []
    for finding in special[_FAKE_REFRESH][:1]:
        segments = _number(finding, "segments")
        stayed = _count(segments, "changed segment") if segments else "the translation"
        text = f"the pin was advanced, and {stayed} stayed as before"
        reasons.append(Reason("fake-refresh", 40, text))
    for finding in special[_SHARE_DROPPED][:1]:
        points = 5 if finding.severity is Severity.INFO else 15
        before, now = _number(finding, "share_before"), _number(finding, "share")
        if before and before - now < WORTH_TELLING:
            continue
        fell = f" from {before}% to {now}%" if before else ""
        text = f"the share that people translated fell{fell}"
        reasons.append(Reason("human-share-dropped", points, text))
    if special[_SHARE_LOW]:
        text = (
            f"{_count(machine_words, 'word')} that no person saw"
            if machine_words
            else "few of its words were seen by a person"
        )
        points = min(5 + isqrt(machine_words) // 2, 20)
        reasons.append(Reason("machine-share", points, text))
    return reasons


def _number(finding: Finding, key: str) -> int:
    """A whole number out of the evidence of a finding; 0 where there is none to be had."""
    value = finding.evidence.get(key)
    return int(value) if isinstance(value, int | float) and 0 < value < 10**9 else 0


def _handling_seconds(findings: Sequence[Finding]) -> int:
    seconds = 0
    seen = set()
    for finding in findings:
        first = SECONDS_A_FINDING[finding.severity]
        kind = (finding.check, finding.severity)
        seconds += min(first, SECONDS_A_REPEAT) if kind in seen else first
        seen.add(kind)
    return seconds


def _is_navigation(page: PageResult, navigation: Collection[str]) -> bool:
    return any(
        path.rpartition("/")[2] in navigation for path in (page.path, page.source_path) if path
    )


def _segments(count: int, state: str, words: int) -> str:
    text = _count(count, f"{state} segment")
    return f"{text}, {_count(words, 'word')}" if words else text


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
