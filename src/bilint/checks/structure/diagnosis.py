"""Why two pages are built differently: one cause for every place where they are.

Where source and translation are built alike, as nearly all pages are, this costs one pass over
their segments. Where they are not, causes are tried from the largest to the smallest: the whole
page, code that swallows text, tables, blocks that moved, and then each stretch of segments that
stand opposite nothing of their own kind. What one cause explains no other speaks of.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from bilint.alignment.traits import lasting_tokens
from bilint.checks.structure.anatomy import (
    Form,
    Table,
    counted,
    form,
    gap,
    has_words,
    is_body,
    line_of,
    size,
    tables,
)
from bilint.checks.structure.blocks import (
    CodeDifference,
    CodeFault,
    compare_code,
    lost_pictures,
    moved_pictures,
)
from bilint.checks.structure.markers import (
    conflicts,
    count_items,
    empty_marker,
    holds_quote_signs,
    holds_rows,
    second_front_matter,
    torn_picture,
)
from bilint.checks.structure.whole import verdict
from bilint.model.alignment import AlignedPair, SegmentPair
from bilint.model.document import Block, BlockKind, Document, Segment
from bilint.model.finding import Confidence, Observation, Severity, Suggestion
from bilint.model.pattern import late
from bilint.model.segment_text import normalise
from bilint.model.text import Span

Told = Mapping[str, tuple[Observation, ...]]
"""What is wrong with the structure of a page, by the check that says it."""

_NOTHING: Told = {}
_HELD = 0.7
"""Share of the text of several blocks that one block must have to hold them all."""

_GROWN = 1.3
_OFTEN = 3
_SUBJECT = 60
_ITEMS = frozenset(("item", "item text"))
_LABELS = frozenset(("tab", "badge"))
_MEANT_AS_ITEM = late(r"(?:[-+*\u2022]|[0-9]{1,3}[.)])\S?")
_MISTYPED_ALERT = late(r"!?\[!?[A-Z]+\]!?\Z")
_COMMENT = ("&lt;!", "<!\u2014", "< !--", "\\<!--")


def told(pair: AlignedPair, check: str) -> tuple[Observation, ...]:
    """What a check of this family has to say of a page."""
    return diagnose(pair).get(check, ())


@lru_cache(maxsize=1)
def diagnose(pair: AlignedPair) -> Told:
    """What is wrong with the structure of a page. The last answer is kept: many checks ask."""
    if pair.source is None:
        return _NOTHING
    disturbed = [i for i, one in enumerate(pair.segments) if _disturbed(one)]
    source, target = pair.source.document, pair.document
    if not disturbed and _signs(source.blocks) == _signs(target.blocks):
        return _NOTHING
    return _Diagnosis(pair, source, disturbed).told()


def _disturbed(pair: SegmentPair) -> bool:
    """Whether there is nothing opposite, or something of another kind.

    A segment that answers a change of the source has no partner either, but no doubts.
    """
    source, target, likeness = pair
    if source is None:
        return target is not None and likeness == 0.0 and is_body(target)
    if target is None:
        return is_body(source)
    return source[1] != target[1]


def _signs(blocks: Sequence[Block]) -> list[tuple[BlockKind, str]]:
    return [
        (block.kind, block.info if block.kind is BlockKind.CODE else "")
        for block in blocks
        if block.kind is not BlockKind.COMMENT
    ]


class _Change(NamedTuple):
    """What became of the kind of a block: the check that tells it, and how grave it is."""

    check: str
    message: str
    severity: Severity | None = None
    confidence: Confidence | None = None


class _Diagnosis:
    """The causes of one page. `done` are the pairs, by index, that a cause explains already."""

    def __init__(self, pair: AlignedPair, source: Document, disturbed: list[int]) -> None:
        self.pair = pair
        self.source = source
        self.target = pair.document
        self.pairs = pair.segments
        self.disturbed = disturbed
        self.open = frozenset(disturbed)
        self.done: set[int] = set()
        self.found: dict[str, list[Observation]] = {}
        self.changed: dict[_Change, list[list[int]]] = {}

    def told(self) -> Told:
        """What is wrong, by check."""
        self._code()
        if not self.found and (whole := verdict(self.pair)) is not None:
            return {whole[0]: (whole[1],)}
        self._pass_over()
        self._tables()
        self._moved()
        for stretch in self._stretches():
            self._stretch(stretch)
        self._tell_changes()
        self._pictures()
        return {check: tuple(several) for check, several in self.found.items()}

    def _say(self, check: str, observation: Observation) -> None:
        self.found.setdefault(check, []).append(observation)

    # What others tell, and what is no text.

    def _pass_over(self) -> None:
        """What stands in a merge conflict or a second front matter is told by those."""
        spans = conflicts(self.target)
        second = second_front_matter(self.target)
        if second is not None:
            spans.append(second)
        for i in self.disturbed:
            source, target, _ = self.pairs[i]
            if target is not None and any(s < target.end and target.start < e for s, e in spans):
                self.done.add(i)
            elif source is not None and _MISTYPED_ALERT.match(source.text):
                self.done.add(i)
        if spans and conflicts(self.target):
            # Both halves of a conflict stand in the page: what is lost or extra is their doing.
            self.done.update(self.disturbed)

    def _code(self) -> None:
        differences = compare_code(self.source, self.target)
        broken = [one for one in differences if one.fault is not CodeFault.INFO]
        for one in differences:
            if one.fault is CodeFault.INFO and one.source and one.target:
                ours, theirs = one.source.info.strip(), one.target.info.strip()
                message = (
                    f"This block of code is marked `{theirs}`; in the source `{ours}`"
                    if theirs
                    else f"This block of code has lost its mark `{ours}`"
                )
                self._say_code(message, one, Severity.WARNING)
        if broken:
            self._broken_code(broken[0], broken)

    def _broken_code(self, first: CodeDifference, all_of: list[CodeDifference]) -> None:
        """Blocks of code that are not closed, lost or new: where one is, others follow from it."""
        fault, before, after = first
        number = len(all_of)
        if fault is CodeFault.OPEN and after is not None:
            self._done_from(after.start)
            self._say_code("This block of code is never closed: all below is code", first)
            return
        inside = self._turned_into_text(before) if before is not None else []
        swallowed = self._swallowed(after) if after is not None and before is None else []
        if number > 1:
            self._done_after(first)
        self.done.update((*inside, *swallowed))
        if inside and before is not None and (text := self.pairs[inside[0]].target):
            message = "This is a block of code in the source, and plain text here"
            self._say_code(message, first, span=text.span)
        elif swallowed or number > 1 and any(one.fault is CodeFault.EXTRA for one in all_of):
            self._say_code("From here on text stands as code, or code as text", first)
        elif fault is CodeFault.LOST:
            what = "A block" if number == 1 else f"{number} blocks"
            self._say_code(f"{what} of code of the source {_are(number)} missing", first)
        else:
            what = "This block of code is" if number == 1 else f"{number} blocks of code are"
            self._say_code(f"{what} not in the source", first)

    def _say_code(
        self,
        message: str,
        difference: CodeDifference,
        severity: Severity | None = None,
        span: Span | None = None,
    ) -> None:
        _, before, after = difference
        if span is None and after is not None:
            span = line_of(self.target.data, after.start)
        if span is None and before is not None:
            span = self._place_of_source(before.start)
        block = before or after
        observation = Observation(
            message,
            span or Span(0, 0),
            _subject(block.text if block else ""),
            None if before is None else line_of(self.source.data, before.start),
            severity=severity,
        )
        self._say("fence-altered", observation)

    def _done_from(self, offset: int) -> None:
        """All is explained that stands, or ought to stand, after a place of the translation."""
        after = False
        for i, (_, target, _) in enumerate(self.pairs):
            after = after or (target is not None and is_body(target) and target.end > offset)
            if after or self._place(i).start >= offset:
                self.done.update(range(i, len(self.pairs)))
                return

    def _done_after(self, first: CodeDifference) -> None:
        """All is explained from the first of several broken blocks of code on."""
        start = first.target.start if first.target else 0
        if first.source is not None:
            start = max(start, self._place_of_source(first.source.start).start)
        self.done.update(i for i in self.disturbed if self._place(i).start >= start)

    def _turned_into_text(self, code: Block) -> list[int]:
        """Text of the translation that is code in the source."""
        inside = "".join(code.text.split())
        found = []
        for i in self.disturbed:
            source, target, _ = self.pairs[i]
            if source is None and target is not None:
                text = "".join(target.text.replace("```", "").split())
                if text and (text in inside or inside in text):
                    found.append(i)
        return found

    def _swallowed(self, code: Block) -> list[int]:
        """Text of the source that ought to stand where a block of code stands."""
        found = []
        for i in self.disturbed:
            if self.pairs[i].target is None:
                before, after = self._neighbours(i)
                start = before.end if before else self.target.body_start
                if start <= code.start < (after.start if after else len(self.target.data)):
                    found.append(i)
        return found

    # Tables.

    def _tables(self) -> None:
        if not any(self._is_cell(i) for i in self.disturbed):
            return
        theirs = tables(self.target)
        where = {
            self.target.segments[cell].start: (t, r)
            for t, table in enumerate(theirs)
            for r, row in enumerate(table.rows)
            for cell in row
        }
        index = {pair.source.start: i for i, pair in enumerate(self.pairs) if pair.source}
        taken: set[int] = set()
        for table in tables(self.source):
            cells = [index.get(self.source.segments[cell].start) for cell in table.cells]
            known = [i for i in cells if i is not None]
            places = [
                where[target.start]
                for i in known
                if (target := self.pairs[i].target) is not None and target.start in where
            ]
            mine = [i for i in known if i not in self.done]
            if not known or len(known) < len(cells):
                self.done.update(i for i in known if self.pairs[i].target is None)
                continue
            if not places or (3 * len(places) < len(known) and self._rows_near(known)):
                self._collapsed(table, mine)
                continue
            t = Counter(place[0] for place in places).most_common(1)[0][0]
            taken.add(t)
            self._table(table, theirs[t], index, where, t)
        for t, table in enumerate(theirs):
            if t not in taken:
                self._extra_table(table)

    def _is_cell(self, index: int) -> bool:
        source, target, _ = self.pairs[index]
        return any(s is not None and form(s.shape).name == "cell" for s in (source, target))

    def _rows_near(self, indexes: list[int]) -> list[int]:
        """Those that hold the rows of a table as text, around some pairs."""
        found = []
        for i in range(max(indexes[0] - 2, 0), min(indexes[-1] + 3, len(self.pairs))):
            target = self.pairs[i].target
            if target is not None and form(target.shape).name != "cell" and holds_rows(target.text):
                found.append(i)
        return found

    def _collapsed(self, table: Table, cells: list[int]) -> None:
        lost = [i for i in cells if i in self.open]
        if not lost:
            return
        rows = counted(len(table.rows), "row")
        hosts = self._rows_near(lost)
        strays = [
            i
            for i in self._between(lost[0] - 1, lost[-1] + 1)
            if i in self.open and self.pairs[i].target is not None and i not in self.done
        ]
        where = hosts or (strays if 2 * len(strays) >= len(cells) else [])
        self.done.update(lost)
        if where:
            self.done.update(hosts)
            self.done.update(strays)
            target = self.pairs[where[0]].target
            span = target.span if target else Span(0, 0)
            message = f"This table of {rows} has become plain text"
        else:
            span = self._place(lost[0])
            message = f"A table of {rows} is missing"
        self._say(
            "table-damaged",
            Observation(message, span, self._source_subject(lost), self._source_span(lost)),
        )

    def _table(
        self,
        ours: Table,
        theirs: Table,
        index: Mapping[int, int],
        where: Mapping[int, tuple[int, int]],
        number: int,
    ) -> None:
        """A table that is still a table."""
        rows = [[index[self.source.segments[cell].start] for cell in row] for row in ours.rows]
        inside = {self.target.segments[cell].start for cell in theirs.cells}
        extra = [
            i
            for i in self.disturbed
            if (target := self.pairs[i].target) is not None
            and self.pairs[i].source is None
            and target.start in inside
        ]
        mine = [i for row in rows for i in row if i in self.open and i not in self.done]
        if not mine and not extra:
            return
        if ours.columns and theirs.columns and ours.columns != theirs.columns:
            self.done.update((*mine, *extra))
            first = self.target.segments[theirs.rows[0].start]
            self._say(
                "table-damaged",
                Observation(
                    f"The table has {counted(theirs.columns, 'column')};"
                    f" in the source {ours.columns}",
                    line_of(self.target.data, first.start),
                    "columns",
                    line_of(self.source.data, self.source.segments[ours.rows[0].start].start),
                ),
            )
            return
        lost_rows = [row for row in rows if all(self._lost(i) for i in row)]
        kept = {
            where[target.start][1]
            for row in rows
            for i in row
            if (target := self.pairs[i].target) is not None
            and where.get(target.start, (-1, 0))[0] == number
        }
        extra_rows = [r for r in range(len(theirs.rows)) if r not in kept]
        missing = len(ours.rows) - len(theirs.rows)
        self.done.update(i for row in lost_rows for i in row)
        added = [
            i for i in extra if (t := self.pairs[i].target) and where[t.start][1] in extra_rows
        ]
        self.done.update(added)
        if missing > 0 and lost_rows:
            indexes = [i for row in lost_rows for i in row]
            self._say(
                "table-damaged",
                Observation(
                    f"{counted(missing, 'row')} of the table"
                    f" {_are(missing)} missing",
                    self._place(indexes[0]),
                    self._source_subject(indexes),
                    self._source_span(lost_rows[0] if missing == 1 else indexes),
                ),
            )
        elif missing < 0 and added:
            first = self.pairs[added[0]].target
            last = self.pairs[added[-1]].target
            if first is not None and last is not None:
                self._say(
                    "table-damaged",
                    Observation(
                        f"The table has {counted(-missing, 'row')} more than in the source",
                        Span(first.start, last.end),
                        _subject(first.text),
                        severity=Severity.WARNING,
                    ),
                )
        self._cells([row for row in rows if row not in lost_rows], set(extra) - set(added))
        heads = [
            i for row in rows for i in row if i in self.open
        ]
        self.done.update(heads)

    def _cells(self, rows: list[list[int]], extra: set[int]) -> None:
        """Cells that are empty in rows that are there."""
        lost = [i for row in rows for i in row if self._lost(i)]
        self.done.update(lost)
        self.done.update(extra)
        if len(lost) <= len(extra):
            return
        lost = [i for i in lost if self._has_words(i)]
        if not lost:
            return
        number = len(lost) - len(extra)
        which = "A cell of the table is" if number == 1 else f"{number} cells of the table are"
        self._say(
            "block-lost",
            Observation(
                f"{which} empty; there is text in the source",
                self._place(lost[0]),
                self._source_subject(lost),
                self._source_span(lost[:1]),
                confidence=None if not extra else Confidence.MEDIUM,
            ),
        )

    def _extra_table(self, table: Table) -> None:
        cells = {self.target.segments[cell].start for cell in table.cells}
        extra = [
            i
            for i in self.disturbed
            if (target := self.pairs[i].target) is not None and target.start in cells
        ]
        if len(extra) < len(cells) or self.done.issuperset(extra):
            return
        self.done.update(extra)
        first, last = self.target.segments[table.cells[0]], self.target.segments[table.cells[-1]]
        self._say(
            "block-extra",
            Observation(
                f"This table of {counted(len(table.rows), 'row')} is not in the source",
                Span(first.start, last.end),
                _subject(first.text),
            ),
        )

    # Blocks that moved.

    def _moved(self) -> None:
        lost = self._groups(lambda one: one.target is None)
        extra = self._groups(lambda one: one.source is None)
        if not lost or not extra:
            return
        places: dict[tuple[str, ...], list[list[int]]] = {}
        for group in extra:
            places.setdefault(self._shapes(group), []).append(group)
        for group in lost:
            for other in places.get(self._shapes(group), ()):
                near = abs(other[0] - group[-1]) == 1 or abs(group[0] - other[-1]) == 1
                if not near and other[0] not in self.done and self._same_tokens(group, other):
                    self._say_moved(group, other)
                    break

    def _groups(self, wanted: Callable[[SegmentPair], bool]) -> list[list[int]]:
        return _groups(i for i in self.disturbed if i not in self.done and wanted(self.pairs[i]))

    def _shapes(self, indexes: list[int]) -> tuple[str, ...]:
        return tuple(
            segment.shape for i in indexes if (segment := self.pairs[i][0] or self.pairs[i][1])
        )

    def _same_tokens(self, lost: list[int], extra: list[int]) -> bool:
        ours, theirs = (
            [
                key
                for i in indexes
                if (segment := self.pairs[i][0] or self.pairs[i][1])
                for key in sorted(lasting_tokens(segment.tokens))
            ]
            for indexes in (lost, extra)
        )
        return bool(ours) and ours == theirs

    def _say_moved(self, lost: list[int], extra: list[int]) -> None:
        self.done.update((*lost, *extra))
        first, last = self.pairs[extra[0]].target, self.pairs[extra[-1]].target
        if first is None or last is None:
            return
        what = "This block stands" if len(extra) == 1 else f"These {len(extra)} blocks stand"
        self._say(
            "block-moved",
            Observation(
                f"{what} elsewhere in the source",
                Span(first.start, last.end),
                self._source_subject(lost),
                self._source_span(lost),
            ),
        )

    # Stretches.

    def _stretches(self) -> list[list[int]]:
        return _groups(i for i in self.disturbed if i not in self.done)

    def _stretch(self, stretch: list[int]) -> None:
        lost = [i for i in stretch if self.pairs[i].target is None]
        extra = [i for i in stretch if self.pairs[i].source is None]
        altered = [i for i in stretch if self.pairs[i].source and self.pairs[i].target]
        lost = [i for i in lost if self._has_words(i)]
        if lost and not extra and self._merged(lost, altered, stretch):
            return
        if extra and not lost and self._split(extra, altered, stretch):
            return
        if lost and len(lost) == len(extra):
            # What stands opposite is so unlike that it was not matched.
            unlike = list(zip(lost, extra, strict=True))
            if all(self._change(a, b) for a, b in unlike):
                for a, b in unlike:
                    self._note(a, b, sure=False)
                lost, extra = [], []
            else:
                extra = []
        for i in altered:
            self._note(i, i)
        for group in _groups(lost):
            self._say_lost(group, sure=not extra)
        if not lost:
            for group in _groups([i for i in extra if self._has_words(i)]):
                self._say_extra(group)

    def _neighbouring(self, stretch: list[int]) -> list[int]:
        """The pairs before and after a stretch, where they can be compared."""
        return [
            i
            for i in (stretch[0] - 1, stretch[-1] + 1)
            if 0 <= i < len(self.pairs)
            and (source := self.pairs[i].source)
            and self.pairs[i].target
            and is_body(source)
        ]

    def _merged(self, lost: list[int], altered: list[int], stretch: list[int]) -> bool:
        """Whether one block holds the text of several of the source."""
        for hosts in (altered, *([i] for i in self._neighbouring(stretch))):
            own = size(s for i in hosts if (s := self.pairs[i].source))
            grown = size(t for i in hosts if (t := self.pairs[i].target))
            whole = own + size(s for i in lost if (s := self.pairs[i].source))
            if not hosts or grown < _HELD * whole * self._ratio:
                continue
            if grown > _GROWN * own * self._ratio or self._taken_up(hosts, lost):
                self._say_merged(hosts, lost)
                return True
        return False

    def _taken_up(self, hosts: list[int], lost: list[int]) -> bool:
        """Whether a text has taken the place of a lost one, or holds list items."""
        if any(self.pairs[i].source is None for i in hosts):
            return False
        places = {s.shape for i in lost if (s := self.pairs[i].source)}
        for i in hosts:
            source, target, _ = self.pairs[i]
            if source is None or target is None or source.shape == target.shape:
                continue
            if target.shape in places or count_items(target.text) > len(lost):
                return True
        return False

    def _say_merged(self, hosts: list[int], lost: list[int]) -> None:
        first = self.pairs[hosts[0]].target
        texts = " \n".join(t.text for i in hosts if (t := self.pairs[i].target))
        sources = [s for i in sorted((*hosts, *lost)) if (s := self.pairs[i].source)]
        if first is None or not sources:
            return
        forms = [form(s.shape) for s in sources]
        span, subject = first.span, _subject(sources[0].text)
        source_span = Span(sources[0].start, sources[-1].end)
        check, severity = "block-divided", None
        here = form(first.shape)
        if any(one.name in _ITEMS for one in forms) and count_items(texts):
            check, severity = "list-damaged", Severity.ERROR
            message = f"{counted(len(lost) + len(hosts), 'list item')} stand here as plain text"
        elif any(one.quote for one in forms) and not here.quote and holds_quote_signs(texts):
            check = "quote-altered"
            message = f"{_quoted(forms[0])} has become plain text"
        else:
            message = f"{len(sources)} blocks of the source stand here as one"
        self._say(check, Observation(message, span, subject, source_span, severity=severity))

    def _split(self, extra: list[int], altered: list[int], stretch: list[int]) -> bool:
        """Whether the text of one block of the source stands in several."""
        for hosts in (altered, *([i] for i in self._neighbouring(stretch))):
            own = size(s for i in hosts if (s := self.pairs[i].source))
            here = size(t for i in hosts if (t := self.pairs[i].target))
            whole = here + size(t for i in extra if (t := self.pairs[i].target))
            if not hosts:
                continue
            grown = own * self._ratio > _GROWN * here or self._cut(hosts, extra)
            if not any(self._has_words(i) for i in extra) or (
                grown and own * self._ratio >= _HELD * whole
            ):
                self._say_split(hosts, extra)
                return True
        return False

    def _cut(self, hosts: list[int], extra: list[int]) -> bool:
        """Whether a text has fewer lines than its source, or another stands in its place."""
        places = {t.shape for i in extra if (t := self.pairs[i].target)}
        for i in hosts:
            source, target, _ = self.pairs[i]
            if source is None or target is None:
                continue
            if source.shape != target.shape and source.shape in places:
                return True
            if source.text.count("\n") > target.text.count("\n"):
                return True
        return False

    def _say_split(self, hosts: list[int], extra: list[int]) -> None:
        parts = sorted((*hosts, *extra))
        targets = [t for i in parts if (t := self.pairs[i].target)]
        sources = [s for i in hosts if (s := self.pairs[i].source)]
        deeper = [t for t in targets if form(t.shape).depth > form(sources[0].shape).depth]
        second = deeper[0] if deeper else targets[1]
        source_span = Span(sources[0].start, sources[-1].end)
        if deeper:
            message = "This part of the text stands in a quotation of its own"
            self._say(
                "quote-altered",
                Observation(message, second.span, _subject(sources[0].text), source_span),
            )
            return
        message = f"The text of one block of the source stands in {len(targets)} from here on"
        self._say(
            "block-divided",
            Observation(message, targets[0].span, _subject(sources[0].text), source_span),
        )

    # Blocks of another kind.

    def _note(self, left: int, right: int, *, sure: bool = True) -> None:
        change = self._change(left, right)
        if change is None:
            return
        if not sure:
            change = change._replace(confidence=Confidence.MEDIUM)
        known = self.changed.setdefault(change, [])
        if known and known[-1][-1] == left - 1:
            known[-1].append(right)
        else:
            known.append([right] if left == right else [left, right])

    def _change(self, left: int, right: int) -> _Change | None:
        source, target = self.pairs[left].source, self.pairs[right].target
        if source is None or target is None:
            return None
        return _change(source, target)

    def _tell_changes(self) -> None:
        for change, places in self.changed.items():
            if len(places) > _OFTEN:
                places = [[i for group in places for i in group]]
            for group in places:
                self._tell_change(change, group)

    def _tell_change(self, change: _Change, group: list[int]) -> None:
        target = next(t for i in group if (t := self.pairs[i].target))
        source = next(s for i in group if (s := self.pairs[i].source))
        number = sum(self.pairs[i].target is not None for i in group)
        message = change.message
        if number > 1:
            message += f", and {counted(number - 1, 'other')} like it"
        span, source_span = target.span, source.span
        suggestion = None
        if change.check == "heading-altered" and number == 1:
            suggestion = self._mended_heading(source, target)
            if suggestion is not None:
                span = _signs_of(self.target, target)
        self._say(
            change.check,
            Observation(
                message,
                span,
                _subject(source.text),
                source_span,
                severity=change.severity,
                confidence=change.confidence,
                suggestion=suggestion,
            ),
        )

    def _mended_heading(self, source: Segment, target: Segment) -> Suggestion | None:
        ours, theirs = form(source.shape), form(target.shape)
        if ours.name != theirs.name:
            return None
        start, end = _signs_of(self.target, target)
        if self.target.data[start:end] != b"#" * theirs.level:
            return None
        return Suggestion("#" * ours.level)

    # Blocks that are not there, or not in the source.

    def _say_lost(self, group: list[int], *, sure: bool) -> None:
        segments = [s for i in group if (s := self.pairs[i].source)]
        forms = [form(s.shape) for s in segments]
        if all(one.name == "alt" for one in forms):
            self._lost_alternatives(group, segments)
            return
        span = self._place(group[0])
        if len(group) == 1:
            before, after = self._neighbours(group[0])
            between = Span(
                before.end if before else self.target.body_start,
                after.start if after else len(self.target.data),
            )
            marker = empty_marker(self.target, between, forms[0])
            if marker is not None:
                message = f"{_named(forms[0])} is empty; there is text in the source"
                self._observe_lost(message, marker, group, None)
                return
        self._observe_lost(_missing(forms), span, group, None if sure else Confidence.MEDIUM)

    def _observe_lost(
        self, message: str, span: Span, group: list[int], confidence: Confidence | None
    ) -> None:
        observation = Observation(
            message,
            span,
            self._source_subject(group),
            self._source_span(group),
            confidence=confidence,
        )
        self._say("block-lost", observation)

    def _lost_alternatives(self, group: list[int], segments: list[Segment]) -> None:
        """Alternative texts without their pictures are told with the pictures."""
        gone = {block.start: block for block in self._gone}
        starts = sorted(gone)
        for i, segment in zip(group, segments, strict=True):
            place = bisect_right(starts, segment.start) - 1
            if place >= 0 and segment.start < gone[starts[place]].end:
                continue
            self._say(
                "block-lost",
                Observation(
                    "The alternative text of a picture is missing",
                    self._place(i),
                    _subject(segment.text),
                    segment.span,
                    severity=Severity.WARNING,
                ),
            )

    def _say_extra(self, group: list[int]) -> None:
        segments = [t for i in group if (t := self.pairs[i].target)]
        first, last = segments[0], segments[-1]
        span, subject = Span(first.start, last.end), _subject(first.text)
        if first.text.startswith(_COMMENT):
            message = "A comment of the source has become text"
            self._say("html-altered", Observation(message, span, subject))
            return
        if (code := self._part_of_code(group)) is not None:
            message = "In the source this is part of the block of code above"
            source_span = line_of(self.source.data, code.start)
            self._say("fence-altered", Observation(message, span, subject, source_span))
            return
        again = [self._stands_twice(one) for one in segments]
        if all(again):
            what = "This text stands" if len(group) == 1 else f"These {len(group)} blocks stand"
            message = f"{what} twice on the page, and once in the source"
            self._say("block-extra", Observation(message, span, subject))
            return
        message = (
            "This block is not in the source"
            if len(group) == 1
            else f"These {len(group)} blocks are not in the source"
        )
        confidence = Confidence.MEDIUM
        self._say("block-extra", Observation(message, span, subject, confidence=confidence))

    def _part_of_code(self, group: list[int]) -> Block | None:
        """The block of code of the source whose end has become text."""
        ours, theirs = (
            [block for block in one.blocks if block.kind is BlockKind.CODE]
            for one in (self.source, self.target)
        )
        segments = [t for i in group if (t := self.pairs[i].target)]
        before, _ = self._neighbours(group[0])
        place = bisect_right([block.start for block in theirs], segments[0].start) - 1
        if len(ours) != len(theirs) or place < 0:
            return None
        code, here = ours[place], len(theirs[place].text.encode())
        if before is not None and theirs[place].start < before.end:
            return None
        there = len(code.text.encode())
        return code if there > 2 * here and there >= (here + size(segments)) / 2 else None

    def _stands_twice(self, segment: Segment) -> bool:
        text = normalise(segment.text)
        here, sources = self._repeats.get(text, (0, frozenset()))
        return bool(sources) and here > sum(self._said[one] for one in sources)

    @cached_property
    def _repeats(self) -> Mapping[str, tuple[int, frozenset[str]]]:
        """How often each text stands in the translation, and the texts it stands for."""
        number: Counter[str] = Counter()
        sources: dict[str, set[str]] = {}
        for source, target, _ in self.pairs:
            if target is not None:
                text = normalise(target.text)
                number[text] += 1
                if source is not None:
                    sources.setdefault(text, set()).add(normalise(source.text))
        return {
            text: (times, frozenset(sources.get(text, ()))) for text, times in number.items()
        }

    @cached_property
    def _said(self) -> Counter[str]:
        """How often each text stands in the source."""
        return Counter(normalise(one.text) for one in self.source.segments)

    @cached_property
    def _gone(self) -> list[Block]:
        """The pictures of the source that the translation has nowhere."""
        return lost_pictures(self.source, self.target)

    def _pictures(self) -> None:
        for block in self._gone:
            name = block.text.rpartition("/")[2] or block.text
            what = "video" if block.kind is BlockKind.VIDEO else "picture"
            self._say(
                "block-lost",
                Observation(
                    f"The {what} `{name}` of the source is missing",
                    self._place_of_source(block.start),
                    _subject(name),
                    Span(block.start, block.end),
                ),
            )
        moved = moved_pictures(self.source, self.target)
        if moved is not None and "block-moved" not in self.found:
            self._say(
                "block-moved",
                Observation(
                    "The pictures of the page stand in another order than in the source",
                    Span(moved.start, moved.end),
                    _subject(moved.text),
                ),
            )

    # Places.

    @cached_property
    def _ratio(self) -> float:
        """The length of the translation over that of the source, where both are built alike."""
        ours = theirs = 0
        for source, target, _ in self.pairs:
            if source is not None and target is not None and source.shape == target.shape:
                ours += source.end - source.start
                theirs += target.end - target.start
        return min(max((theirs + 60) / (ours + 60), 0.7), 1.8)

    def _lost(self, index: int) -> bool:
        return self.pairs[index].target is None

    def _has_words(self, index: int) -> bool:
        source, target, _ = self.pairs[index]
        segment = source or target
        return segment is not None and has_words(segment)

    def _between(self, first: int, last: int) -> range:
        return range(max(first, 0), min(last + 1, len(self.pairs)))

    def _neighbours(self, index: int) -> tuple[Segment | None, Segment | None]:
        """The segments of the translation before and after a place."""
        before, after = self._around
        return before[index], after[index]

    @cached_property
    def _around(self) -> tuple[list[Segment | None], list[Segment | None]]:
        before: list[Segment | None] = []
        last = None
        for _, target, _ in self.pairs:
            before.append(last)
            if target is not None and is_body(target):
                last = target
        after: list[Segment | None] = []
        last = None
        for _, target, _ in reversed(self.pairs):
            after.append(last)
            if target is not None and is_body(target):
                last = target
        return before, after[::-1]

    def _place(self, index: int) -> Span:
        """Where a lost segment ought to stand: after what stands before it."""
        before, after = self._neighbours(index)
        if before is not None:
            return Span(before.end, before.end)
        return Span(after.start, after.start) if after else Span(0, 0)

    def _place_of_source(self, offset: int) -> Span:
        """Where something of the source that is no segment ought to stand."""
        place = None
        for source, target, _ in self.pairs:
            if source is not None and target is not None and source.start < offset:
                place = target
        if place is None or not is_body(place):
            return Span(self.target.body_start, self.target.body_start)
        return Span(place.end, place.end)

    def _source_span(self, indexes: list[int]) -> Span | None:
        segments = [s for i in indexes if (s := self.pairs[i].source)]
        return Span(segments[0].start, segments[-1].end) if segments else None

    def _source_subject(self, indexes: list[int]) -> str:
        return next((_subject(s.text) for i in indexes if (s := self.pairs[i].source)), "")


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _groups(indexes: Iterable[int]) -> list[list[int]]:
    """Indexes that follow each other, together."""
    groups: list[list[int]] = []
    for i in indexes:
        if groups and groups[-1][-1] == i - 1:
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _change(source: Segment, target: Segment) -> _Change | None:
    """What became of the kind of a block; None where it is no matter."""
    ours, theirs = form(source.shape), form(target.shape)
    if ours.name == theirs.name == "heading" and ours.level != theirs.level:
        message = f"This heading is of level {theirs.level}; in the source of level {ours.level}"
        return _Change("heading-altered", message)
    if ours.name in _LABELS and theirs.name not in _LABELS:
        return _Change("quote-altered", f"The label of a {ours.name} has become plain text")
    if ours.quote != theirs.quote:
        return _quote_change(ours, theirs)
    if "heading" in (ours.name, theirs.name):
        if ours.name == "heading":
            return _Change("heading-altered", "This heading has become plain text", Severity.ERROR)
        if theirs.name == "heading":
            return _Change("heading-altered", f"{_named(ours)} has become a heading")
    if ours.name == "alt" and theirs.name != "alt":
        if not torn_picture(target):
            return None
        message = "Words of the picture's alternative text stand beside it, as text of the page"
        return _Change("picture-text-torn", message)
    if ours.name in _ITEMS or theirs.name in _ITEMS:
        return _item_change(ours, theirs, source)
    return None


def _quote_change(ours: Form, theirs: Form) -> _Change:
    if ours.alert and not theirs.alert:
        return _Change("quote-altered", f"{_quoted(ours)} has become plain text")
    if ours.alert != theirs.alert:
        if not ours.alert:
            return _Change("quote-altered", f"In the source this stands in no {theirs.alert}")
        message = f"In the source this is of the kind `{ours.alert}`, here `{theirs.alert}`"
        return _Change("quote-altered", message)
    if ours.depth > theirs.depth:
        message = "This stands in a quotation in the source"
        if theirs.depth:
            message = f"This stands {ours.depth} quotations deep in the source"
        return _Change("quote-altered", message)
    return _Change("quote-altered", "This stands in a quotation of its own, not so in the source")


def _item_change(ours: Form, theirs: Form, source: Segment) -> _Change | None:
    if ours.name in _ITEMS and theirs.name in _ITEMS:
        if ours.level == theirs.level:
            return None
        message = f"This stands {_ordinal(theirs.level)} level of the list"
        return _Change(
            "list-damaged", f"{message}; in the source on {_ordinal(ours.level)[3:]} level"
        )
    if ours.name == "item":
        return _Change("list-damaged", "This list item has become plain text", Severity.ERROR)
    if theirs.name == "item":
        if _MEANT_AS_ITEM.match(source.text):
            return None
        return _Change("list-damaged", f"{_named(ours)} has become a list item")
    if ours.name == "item text":
        return _Change(
            "list-damaged",
            "This belongs to a list item in the source, and stands outside of the list here",
            Severity.INFO,
        )
    return None


def _ordinal(level: int) -> str:
    names = ("first", "second", "third", "fourth", "fifth", "sixth")
    return f"on the {names[level - 1] if level <= len(names) else f'{level}th'}"


def _quoted(one: Form) -> str:
    """A quotation as the subject of a sentence."""
    return f"The `{one.alert.upper()}` box" if one.alert else "The quotation"


_NAMES = {
    "heading": "This heading",
    "item": "This list item",
    "item text": "This text of a list item",
    "cell": "This cell",
    "alt": "This alternative text",
    "tab": "This label of a tab",
    "badge": "This badge",
}
_MANY = {
    "heading": "heading",
    "item": "list item",
    "cell": "table cell",
    "tab": "label of a tab",
    "paragraph": "paragraph",
}


def _named(one: Form) -> str:
    return _NAMES.get(one.name, "This paragraph")


def _missing(forms: Sequence[Form]) -> str:
    """That blocks of the source are missing, and which."""
    number = len(forms)
    if number > 1 and forms[0].name == "heading":
        return f"A section of the source is missing: a heading and {number - 1} more"
    names = {one.name for one in forms}
    what = _MANY.get(forms[0].name, "piece of text") if len(names) == 1 else "block"
    if number == 1:
        return f"A {what} of the source is missing"
    return f"{number} {what.replace('label', 'labels') if 'label' in what else what + 's'} of the source are missing"


def _signs_of(document: Document, heading: Segment) -> Span:
    """Where the signs of a heading stand, before its text."""
    before = document.data[document.body_start : heading.start].rstrip(b" \t")
    count = len(before) - len(before.rstrip(b"#"))
    end = document.body_start + len(before)
    return Span(end - count, end)


def _subject(text: str) -> str:
    """The beginning of a text, to know it by."""
    return normalise(text[: 4 * _SUBJECT])[:_SUBJECT].rstrip()
