"""The queue for a person at a terminal: what is next, why, and how long it takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bilint.model.report import QueueItem
from bilint.reporters.colour import Role
from bilint.reporters.layout import Column, Line, Piece, Table, count, fit, fit_path, number
from bilint.reporters.view import View


def hours(minutes: int) -> str:
    """`0:05`, `12:30`: hours and minutes."""
    return f"{minutes // 60:,}:{minutes % 60:02}"


def queue_lines(
    items: Iterable[QueueItem],
    view: View,
    *,
    first: int | None = None,
    whole: Mapping[str, int] | None = None,
) -> Iterator[Line]:
    """The work of each locale, every reason under its item so that the points add up.

    `first` cuts what is printed, and says so; `whole` says how many items each locale had before
    a budget cut them.
    """
    of_locale: dict[str, list[QueueItem]] = defaultdict(list)
    for locale in whole or ():
        of_locale[locale] = []
    for item in items:
        of_locale[item.locale].append(item)
    for locale in sorted(of_locale):
        own = of_locale[locale]
        listed = own if first is None else own[:first]
        yield _heading(locale, own, (whole or {}).get(locale))
        if listed:
            yield from _table(listed, view)
        if len(own) > len(listed):
            rest = count(len(own) - len(listed), "more item")
            yield [Piece(f"and {rest}: see `bilint queue`", Role.DIM)]
        yield []


def _heading(locale: str, items: Sequence[QueueItem], whole: int | None) -> Line:
    words = sum(item.words_to_do or 0 for item in items)
    minutes = sum(item.minutes for item in items)
    size = (
        count(len(items), "item")
        if whole is None or whole == len(items)
        else f"{len(items):,} of {count(whole, 'item')}"
    )
    said = f"  {size}, {count(words, 'word')} to do, about {hours(minutes)} hours"
    if whole and not items:
        said = f"  none of {count(whole, 'item')} fits into this budget"
    return [Piece(locale, Role.HEADING), Piece(said, Role.DIM)]


def _table(items: Sequence[QueueItem], view: View) -> Iterator[Line]:
    table = Table(
        [
            Column("#", right=True),
            Column("score", right=True),
            Column("words", right=True),
            Column("time", right=True),
            Column("page"),
        ],
        [
            [
                Piece(number(item.rank), Role.DIM),
                Piece(number(item.score), Role.HEADING),
                Piece(number(item.words_to_do)),
                Piece(hours(item.minutes)),
                Piece(item.path or item.source_path or "", Role.HEADING),
            ]
            for item in items
        ],
    )
    yield table.header()
    room = None if view.width is None else max(view.width - table.lead(), 12)
    for item, cells in zip(items, table.rows, strict=True):
        path = cells[-1]
        yield table.line([*cells[:-1], Piece(fit_path(path.text, room), path.role)])
        for reason in item.reasons:
            yield table.line(
                [
                    Piece(""),
                    Piece(f"{reason.points:,}", Role.DIM),
                    Piece(""),
                    Piece(""),
                    Piece(fit(reason.text, room), Role.DIM),
                ]
            )
