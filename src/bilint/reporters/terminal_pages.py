"""Pages for a person at a terminal: status tables, totals, and the source then and now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from math import floor, isfinite

from bilint.model.alignment import Drift, PageStatus
from bilint.model.report import PageResult, SegmentResult
from bilint.reporters.colour import Role
from bilint.reporters.escape import visible
from bilint.reporters.layout import (
    Column,
    Line,
    Piece,
    Table,
    count,
    fit_path,
    number,
    pad,
    width,
    wrap,
)
from bilint.reporters.view import View

WORST_FIRST = (
    PageStatus.STALE,
    PageStatus.UNTRANSLATED,
    PageStatus.CLASH,
    PageStatus.ORPHAN,
    PageStatus.UNKNOWN,
    PageStatus.UNPINNED,
    PageStatus.COSMETIC,
    PageStatus.CURRENT,
)
ROLES = {
    PageStatus.STALE: Role.WARNING,
    PageStatus.UNTRANSLATED: Role.WARNING,
    PageStatus.CLASH: Role.ERROR,
    PageStatus.ORPHAN: Role.WARNING,
    PageStatus.UNKNOWN: Role.INFO,
    PageStatus.UNPINNED: Role.INFO,
    PageStatus.COSMETIC: Role.DIM,
    PageStatus.CURRENT: Role.GOOD,
}
FINE = (PageStatus.COSMETIC, PageStatus.CURRENT)

Diffs = Mapping[tuple[str, str], Sequence[tuple[str, str]]]


def by_locale(pages: Iterable[PageResult]) -> dict[str, list[PageResult]]:
    """The pages of each locale, worst first; locales in the order of their names."""
    grouped: dict[str, list[PageResult]] = defaultdict(list)
    for page in pages:
        grouped[page.locale].append(page)
    return {locale: sorted(grouped[locale], key=_badness) for locale in sorted(grouped)}


def shown_path(page: PageResult) -> str:
    """The path of a page, or that of its source where it has none."""
    return page.path or page.source_path or ""


def page_lines(pages: Iterable[PageResult], view: View, *, fine: bool = True) -> Iterator[Line]:
    """A table for each locale. Without `fine`, pages with nothing to do are only counted."""
    for locale, own in by_locale(pages).items():
        listed = [page for page in own if fine or page.status not in FINE]
        words = sum(page.words_to_do or 0 for page in own)
        todo = f"{count(words, 'word')} to do" if listed else "nothing to do"
        yield [
            Piece(locale, Role.HEADING),
            Piece(f"  {count(len(own), 'page')}, {todo}", Role.DIM),
        ]
        if listed:
            yield from _table(listed, view)
        if listed and len(own) > len(listed):
            rest = count(len(own) - len(listed), "page")
            yield [Piece(f"and {rest} with nothing to do", Role.DIM)]
        yield []


def total_lines(pages: Iterable[PageResult], view: View) -> Iterator[Line]:
    """Pages by status and words to do, a locale to a row; only what occurs has a column."""
    grouped = by_locale(pages)
    counts = {locale: Counter(page.status for page in own) for locale, own in grouped.items()}
    total: Counter[PageStatus] = Counter()
    for counter in counts.values():
        total.update(counter)
    statuses = [status for status in WORST_FIRST if total[status]]
    words = {locale: sum(page.words_to_do or 0 for page in own) for locale, own in grouped.items()}
    rows = [(locale, counts[locale], words[locale]) for locale in grouped]
    if len(rows) > 1:
        rows.append(("all", total, sum(words.values())))
    cells = [
        [
            Piece(locale, Role.HEADING),
            Piece(number(sum(counter.values()))),
            *(
                Piece(number(counter[status]), ROLES[status] if counter[status] else Role.DIM)
                for status in statuses
            ),
            Piece(number(todo)),
        ]
        for locale, counter, todo in rows
    ]
    for short in (False, True):
        headings = [status.value[:6] if short else status.value for status in statuses]
        table = Table(
            [
                Column("locale"),
                Column("pages", right=True),
                *(Column(heading, right=True) for heading in headings),
                Column("words" if short else "words to do", right=True),
            ],
            cells,
        )
        if view.width is None or table.lead() + table.widths[-1] <= view.width:
            break
    yield table.header()
    yield from map(table.line, table.rows)
    yield []


def diff_lines(
    pages: Iterable[PageResult],
    diffs: Diffs,
    view: View,
    segments: Iterable[SegmentResult] = (),
) -> Iterator[Line]:
    """The segments of the source that changed, then and now, page by page.

    Those of `segments` that are answered are marked. A person who wants to know more is told
    what `bilint decide` calls each, and how it is translated.
    """
    names: dict[tuple[str, str], list[SegmentResult]] = defaultdict(list)
    for segment in segments:
        names[segment.locale, segment.path].append(segment)
    for locale, own in by_locale(pages).items():
        for page in own:
            pairs = diffs.get((locale, shown_path(page)), ())
            if not pairs:
                continue
            yield [Piece(shown_path(page), Role.HEADING), Piece(f"  {locale}", Role.DIM)]
            known = names.get((locale, shown_path(page)), [])
            for (old, new), segment in zip_longest(pairs, known[: len(pairs)]):
                if segment is not None and view.verbose:
                    yield [Piece(f"  {_segment(segment)}", Role.DIM)]
                sign, *texts = diff_pieces(old, new, view)
                answered = segment is not None and segment.answered
                mark = [Piece("(answered) ", Role.DIM)] if answered else []
                yield from wrap([sign, *mark, *texts], view.width, "    ")
                if segment is not None and view.verbose and segment.target:
                    target = [Piece("  = ", Role.DIM), Piece(segment.target)]
                    yield from wrap(target, view.width, "    ")
            yield []


def _segment(segment: SegmentResult) -> str:
    """A segment by its name, and how it stands."""
    where = f"line {segment.line}" if segment.line is not None else "not translated"
    words = f", {count(segment.words_to_do, 'word')}" if segment.words_to_do else ""
    answered = ", answered" if segment.answered else ""
    return f"{segment.fingerprint} {segment.state}, {where}{words}{answered}"


def _badness(page: PageResult) -> tuple[int, int, int, str]:
    return (
        WORST_FIRST.index(page.status),
        -(page.words_to_do or 0),
        -(page.segments.stale or 0),
        shown_path(page),
    )


def _table(pages: Sequence[PageResult], view: View) -> Iterator[Line]:
    names = (
        ("words to do", "current", "stale", "obsolete", "new")
        if view.wide
        else ("words", "cur", "stale", "obs", "new")
    )
    table = Table(
        [
            Column("status"),
            *(Column(name, right=True) for name in (*names, "ht")),
            Column("page"),
        ],
        [_cells(page) for page in pages],
    )
    gap = 2 if view.width is None or view.width >= 80 else 1
    yield table.header(gap)
    room = None if view.width is None else max(view.width - table.lead(gap), 12)
    # Where the numbers cannot be known, the reason stands in their place.
    numbers = sum(table.widths[1:6]) + gap * 4
    for page, cells in zip(pages, table.rows, strict=True):
        line = table.line([*cells[:-1], Piece("")], gap)
        reason = page.reason or ""
        if page.segments.total is None and page.words_to_do is None and reason:
            place = [Piece(pad(reason, numbers), Role.DIM)]
            line = [*line[:2], *place, *line[-4:]] if len(reason) <= numbers else line
        yield [*line, *_path_pieces(page, room, view)]


def _cells(page: PageResult) -> list[Piece]:
    counts = page.segments
    share = page.ht_degree
    return [
        Piece(page.status.value, ROLES[page.status]),
        Piece(number(page.words_to_do), Role.HEADING if page.words_to_do else Role.PLAIN),
        Piece(number(counts.current), Role.DIM),
        *(
            Piece(number(value), Role.PLAIN if value else Role.DIM)
            for value in (counts.stale, counts.obsolete, counts.new)
        ),
        # Rounded down: 99.6 % is not all.
        Piece("-" if share is None or not isfinite(share) else f"{floor(share)}%", Role.DIM),
        Piece(shown_path(page)),
    ]


def _path_pieces(page: PageResult, room: int | None, view: View) -> list[Piece]:
    """The path, and behind it what there is to say, as far as the path stays whole."""
    path = visible(shown_path(page))
    note = "  stamp it" if _all_answered(page) and (room is None or room > 20) else ""
    for more in _notes(page, view):
        longer = f"{note}, {more}" if note else f"  {more}"
        if room is None or width(path) + width(longer) <= room:
            note = longer
    left = None if room is None else room - width(note)
    return [Piece(fit_path(path, left)), Piece(note, Role.DIM)]


def _all_answered(page: PageResult) -> bool:
    work = page.work
    return bool(work and work.answered and not (work.stale or work.obsolete or work.new))


def _notes(page: PageResult, view: View) -> Iterator[str]:
    if page.work is not None and page.work.answered and not _all_answered(page):
        yield f"{page.work.answered:,} answered"
    if page.moved:
        yield "moved"
    if page.drift is not None and (page.drift.new or page.drift.lost or page.drift.changed):
        yield f"perhaps {_drift(page.drift)}"
    if view.wide and page.changes:
        yield ", ".join(change.value.replace("_", " ") for change in page.changes)


def _drift(drift: Drift) -> str:
    counts = ((drift.new, "new"), (drift.changed, "changed"), (drift.lost, "gone"))
    return ", ".join(f"{count:,} {what}" for count, what in counts if count)


def diff_pieces(old: str, new: str, view: View) -> Iterator[Piece]:
    """Two versions of a text as one, with what was removed and added marked."""
    if not old or not new:
        yield Piece("  - " if old else "  + ", Role.DIM)
        yield Piece(old or new, Role.REMOVED if old else Role.ADDED)
        return
    from bilint.reporters.word_diff import Change, word_diff

    yield Piece("  ~ ", Role.DIM)
    stretches = list(word_diff(old, new))
    for (change, text), after in zip(stretches, [*stretches[1:], None], strict=True):
        if change is Change.EQUAL:
            yield Piece(text)
            continue
        word = text.rstrip(" ")
        removed = change is Change.REMOVED
        # Colours say it all; without them, brackets do, as in git.
        plain = f"[-{word}-]" if removed else f"{{+{word}+}}"
        yield Piece(word if view.style.on else plain, Role.REMOVED if removed else Role.ADDED)
        if after is None or after.change is not Change.ADDED:
            yield Piece(text[len(word) :])
