"""A report as the parts that its page carries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bilint.model.finding import Finding
from bilint.model.record import NamedTuple
from bilint.model.report import Report
from bilint.reporters.html.chunks import chunks
from bilint.reporters.html.lists import (
    SOURCE,
    Rows,
    finding_columns,
    names,
    open_states,
    page_columns,
    queue_columns,
)
from bilint.reporters.html.overview import facts, human_shares
from bilint.reporters.html.pool import Pool, packed

VERSION = 1
"""Of the payload; page and program come in one file, so that this is for people who look."""


PLACES = 1_000_000
"""The number of a page's part, times this, plus its place within it, is one number."""


class Payload(NamedTuple):
    """`title` names the page; `core` is read at once, `parts` when a page is opened."""

    title: str
    core: bytes
    parts: Sequence[bytes]


def payload(report: Report) -> Payload:
    """All that the page shows."""
    findings = report.findings or ()
    rows, pool = Rows(report), Pool()
    pages = [rows.of_finding(one) for one in findings]
    by_page: dict[int, list[Finding]] = {}
    for one, page in zip(findings, pages, strict=True):
        by_page.setdefault(page, []).append(one)
    queue = queue_columns(report.queue or (), rows, pool)
    locales = sorted(({row.locale for row in rows.rows} | set(report.sides)) - {SOURCE})
    checks = sorted({one.check for one in findings})
    numbers = {check: index for index, check in enumerate(checks)}
    part_of = [-1] * len(rows.rows)
    parts: list[bytes] = []
    for members, data in chunks(rows.rows, by_page, report.texts or {}):
        for place, member in enumerate(members):
            part_of[member] = len(parts) * PLACES + place
        parts.append(data)
    core = {
        "version": VERSION,
        **facts(report),
        "names": names(),
        "open": open_states(),
        "locales": locales,
        "human": human_shares(report.pages or ()),
        "checks": [_check(check, findings) for check in checks],
        "pages": {**page_columns(rows.rows, locales, pool), "part": part_of},
        "findings": finding_columns(findings, pages, numbers, pool),
        "queue": queue,
        "strings": pool.strings(),
    }
    return Payload(_title(locales), packed(core), parts)


def _title(locales: Iterable[str]) -> str:
    named = ", ".join(locales)
    return f"Bilint report: {named}" if len(named) <= 60 else "Bilint report"


def _check(check: str, findings: Sequence[Finding]) -> dict[str, object]:
    """What a check is, in its own words."""
    from bilint.checks.pages import page_text
    from bilint.checks.registry import BY_ID

    known = BY_ID.get(check)
    if known is None:
        family = next(one.family for one in findings if one.check == check)
        return {"id": check, "family": family, "summary": "", "what": "", "todo": ""}
    text = page_text(known.family.value, check)
    return {
        "id": check,
        "family": known.family,
        "summary": known.summary,
        "what": _section(text, "What it finds"),
        "why": _section(text, "Why it matters"),
        "todo": _section(text, "What to do"),
    }


def _section(text: str, title: str) -> str:
    found = re.search(rf"(?ms)^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text)
    return found[1].strip() if found else ""
