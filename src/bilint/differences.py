"""Two reports beside each other: what is new, what was fixed, which pages stand otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from bilint.figures import human_share, open_ones
from bilint.model.difference import LocaleDifference, PageDifference, PageState
from bilint.model.finding import Finding
from bilint.model.report import PageResult, Report
from bilint.recognition import Mark, recognise


def compare(before: Report, after: Report) -> tuple[LocaleDifference, ...]:
    """What the later report has that the earlier one lacks, and the other way round.

    A finding is the same where check and segment are, whatever line or page it stands on.
    """
    new, fixed, still = _sorted_out(before.findings or (), after.findings or ())
    locales = sorted({page.locale for one in (before, after) for page in one.pages or ()})
    found = [_locale(locale, before, after, (new, fixed, still)) for locale in (None, *locales)]
    return tuple(one for one in found if one.locale is not None or one.pages or one.still)


_Sorted = tuple[list[Finding], list[Finding], Counter[str | None]]


def _sorted_out(before: Iterable[Finding], after: Iterable[Finding]) -> _Sorted:
    """What is new, what was fixed, and how many stayed, by locale."""
    earlier, later = list(open_ones(before)), list(open_ones(after))
    same = recognise([*map(_mark, earlier)], [*map(_mark, later)])
    gone = set(range(len(earlier))) - set(same.values())
    return (
        [one for index, one in enumerate(later) if index not in same],
        [earlier[index] for index in sorted(gone)],
        Counter(later[index].locale for index in same),
    )


def _mark(finding: Finding) -> Mark:
    return Mark(finding.fingerprint, finding.check, finding.locale, finding.path, finding.subject)


def _locale(
    locale: str | None, before: Report, after: Report, findings: _Sorted
) -> LocaleDifference:
    new = [one for one in findings[0] if one.locale == locale]
    fixed = [one for one in findings[1] if one.locale == locale]
    then = [page for page in before.pages or () if page.locale == locale]
    now = [page for page in after.pages or () if page.locale == locale]
    pages = [
        PageDifference(
            locale,
            path,
            _state(one),
            _state(other),
            _of_page(new, path),
            _of_page(fixed, old_path or path),
        )
        for path, old_path, one, other in _beside(then, now)
    ]
    known = {page.path for page in pages} | {one.path for one in then if one.path}
    pages += [
        PageDifference(locale, path, None, None, _of_page(new, path), _of_page(fixed, path))
        for path in sorted({one.path for one in (*new, *fixed)} - known)
    ]
    return LocaleDifference(
        locale,
        tuple(page for page in pages if page.new or page.fixed or _differ(page)),
        len(new),
        len(fixed),
        findings[2][locale],
        (_words(then), _words(now)),
        (human_share(then), human_share(now)),
    )


def _beside(
    then: Sequence[PageResult], now: Sequence[PageResult]
) -> list[tuple[str, str | None, PageResult | None, PageResult | None]]:
    """The pages of two runs in pairs: by path, then by id, for those that moved."""
    earlier = {_path(page): page for page in then}
    later = {_path(page): page for page in now}
    gone = [page for path, page in earlier.items() if path not in later and page.id is not None]
    by_id = {page.id: page for page in gone}
    rows: list[tuple[str, str | None, PageResult | None, PageResult | None]] = []
    moved = set()
    for path, page in later.items():
        old = earlier.get(path)
        if old is None and page.id is not None and page.id in by_id:
            old = by_id.pop(page.id)
            moved.add(_path(old))
        rows.append((path, None if old is None else _path(old), old, page))
    rows += [(p, p, old, None) for p, old in earlier.items() if p not in later and p not in moved]
    return sorted(rows, key=lambda row: row[0])


def _path(page: PageResult) -> str:
    return page.path or page.source_path or ""


def _state(page: PageResult | None) -> PageState | None:
    return None if page is None else PageState(page.status, page.words_to_do, page.ht_degree)


def _differ(page: PageDifference) -> bool:
    return page.before != page.after


def _of_page(findings: Iterable[Finding], path: str) -> tuple[Finding, ...]:
    return tuple(one for one in findings if one.path == path)


def _words(pages: Iterable[PageResult]) -> int:
    return sum(page.words_to_do or 0 for page in pages)
