"""The texts of pages and the details of findings, in parts that are unpacked when looked at.

A part holds the pages of all locales for some source pages in a row, and each of its strings once:
the source is not told again for every locale.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bilint.model.alignment import ChangeClass, SegmentState
from bilint.model.finding import Finding, Side
from bilint.model.report import PageKey
from bilint.model.unit_text import PageTexts, Piece, UnitText, unpack
from bilint.reporters.html.lists import SOURCE, Row
from bilint.reporters.html.pool import Pool, packed, utf16

CHUNK = 400_000
"""Characters of a part before it is packed, about."""

_STATES = list(SegmentState)
_CHANGES = list(ChangeClass)
_NOTHING = PageTexts(0, ())


def chunks(
    rows: Sequence[Row],
    findings: Mapping[int, Sequence[Finding]],
    texts: Mapping[PageKey, bytes],
) -> Iterator[tuple[list[int], bytes]]:
    """The numbers of the pages of each part, and its bytes."""
    order = sorted(
        range(len(rows)),
        key=lambda n: (
            rows[n].source_path or rows[n].path or "",
            rows[n].locale,
            rows[n].path or "",
        ),
    )
    part = _Part()
    source_of = _one_of_each_source(rows, texts)
    for number in order:
        row = rows[number]
        key: PageKey | None = (row.locale, row.path, row.source_path)
        if row.locale == SOURCE:
            key = source_of.get(row.path or "")
        data = texts.get(key) if key is not None else None
        known = unpack(data) if data is not None else _NOTHING
        if row.locale == SOURCE:
            known = _source_alone(known)
        mine = findings.get(number, ())
        if not known.units and not mine:
            continue
        part.add(number, known.units, mine)
        if part.size >= CHUNK:
            yield part.numbers, part.data()
            part = _Part()
    if part.numbers:
        yield part.numbers, part.data()


def _one_of_each_source(rows: Sequence[Row], texts: Mapping[PageKey, bytes]) -> dict[str, PageKey]:
    """By source page, the page of some locale that shows it."""
    found: dict[str, PageKey] = {}
    for row in rows:
        key: PageKey = (row.locale, row.path, row.source_path)
        if row.source_path is not None and row.locale != SOURCE and key in texts:
            found.setdefault(row.source_path, key)
    return found


def _source_alone(known: PageTexts) -> PageTexts:
    units = [unit for unit in known.units if unit.head is not None and unit.kind != "block"]
    units.sort(key=lambda unit: unit.head.start if unit.head else 0)
    return known._replace(
        units=tuple(UnitText(u.kind, None, None, False, 0, None, u.head, None) for u in units)
    )


class _Part:
    """A part while it grows."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.size = 0
        self._pool = Pool()
        self._pages: list[Any] = []

    def add(self, number: int, units: Sequence[UnitText], findings: Sequence[Finding]) -> None:
        places = {Side.TARGET: _Places(units, "target"), Side.SOURCE: _Places(units, "head")}
        self.numbers.append(number)
        self._pages.append(
            [
                [self._unit(unit) for unit in units],
                [self._finding(one, places[one.side]) for one in findings],
            ]
        )
        self.size += sum(
            len(piece.text)
            for unit in units
            for piece in (unit.base, unit.head, unit.target)
            if piece is not None
        )
        self.size += sum(200 + len(one.text) for one in findings)

    def data(self) -> bytes:
        return packed({"strings": self._pool.strings(), "pages": self._pages})

    def _unit(self, unit: UnitText) -> list[int]:
        return [
            self._pool.number(unit.kind),
            -1 if unit.state is None else _STATES.index(unit.state),
            -1 if unit.change is None else _CHANGES.index(unit.change),
            int(unit.answered),
            unit.words,
            *self._piece(unit.base),
            *self._piece(unit.head),
            *self._piece(unit.target),
        ]

    def _piece(self, piece: Piece | None) -> tuple[int, int]:
        return (-1, 0) if piece is None else (self._pool.number(piece.text), piece.line)

    def _finding(self, finding: Finding, places: _Places) -> list[Any]:
        unit, start, end = places.of(finding)
        suggestion, source = finding.suggestion, finding.source
        return [
            finding.fingerprint,
            unit,
            start,
            end,
            self._pool.number(finding.text),
            self._pool.number(None if suggestion is None else suggestion.text),
            self._pool.number(finding.before if unit < 0 else ""),
            self._pool.number(finding.after if unit < 0 else ""),
            [[key, finding.evidence[key]] for key in sorted(finding.evidence)],
            self._pool.number(None if source is None else source.text),
            0 if source is None else source.line,
            self._pool.number(None if source is None or unit >= 0 else source.before),
            self._pool.number(None if source is None or unit >= 0 else source.after),
        ]


class _Places:
    """Where in the units of a page a finding stands."""

    def __init__(self, units: Sequence[UnitText], side: str) -> None:
        found = [
            (piece, number)
            for number, unit in enumerate(units)
            if (piece := getattr(unit, side)) is not None
        ]
        found.sort(key=lambda item: item[0].start)
        self._pieces = found
        self._starts = [piece.start for piece, _number in found]

    def of(self, finding: Finding) -> tuple[int, int, int]:
        """The unit, and the characters of its text; (-1, 0, 0) when it stands outside all."""
        span = finding.span
        at = bisect_right(self._starts, span.start) - 1
        if at < 0 or span == (0, 0):
            return -1, 0, 0
        piece, number = self._pieces[at]
        if span.start > piece.end or (span.start == piece.end and span.end > span.start):
            return -1, 0, 0
        data = piece.text.encode("utf-8", "surrogatepass")
        if len(data) != piece.end - piece.start:
            return number, 0, 0
        start, end = span.start - piece.start, min(span.end, piece.end) - piece.start
        before = data[:start].decode("utf-8", "replace")
        inside = data[start:end].decode("utf-8", "replace")
        return number, utf16(before), utf16(before) + utf16(inside)
