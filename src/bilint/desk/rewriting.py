"""One page with the texts that came back for it.

A page is rewritten only so that it reads as before but for these segments. A text that would
change anything else, or that lost a token, is refused with its reason; the others go in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from bilint.desk.imported import Refused, Rewritten, Taken
from bilint.desk.page_units import PageUnits, Placed
from bilint.desk.removal import without_units
from bilint.desk.required_tokens import missing_tokens
from bilint.edits import (
    Edit,
    EditError,
    apply,
    difference_elsewhere,
    edit_of,
    lost_tokens,
    segment_edit,
)
from bilint.exchange.inline import shown
from bilint.exchange.insertion import insert
from bilint.exchange.weave import weave
from bilint.model.document import Document, Segment, SegmentKind, Token
from bilint.model.exchange import Entry, UnitState, flat
from bilint.model.record import NamedTuple
from bilint.model.text import LineIndex

_READ_OTHERWISE = (
    "Markdown would read something else in this text: a sign in it begins a list, a heading, a"
    " column, a link or the like"
)
_STAYS = "delete: it cannot be taken out without changing what stands around it"


class Wanted(NamedTuple):
    """A text that passed all that can be said before its page is written.

    With `delete` the segment is to go.
    """

    entry: Entry
    placed: Placed
    text: str
    delete: bool = False


class Rewriter:
    """Puts texts into pages, one page after the other."""

    def __init__(
        self, read: Callable[[bytes], Document], refused: list[Refused], *, force: bool
    ) -> None:
        """`read` reads a page as all pages are; texts that no page took are added to `refused`;
        `force` lets tokens go.
        """
        self._read, self._refused, self._force = read, refused, force

    def rewritten(self, page: PageUnits, wanted: Sequence[Wanted]) -> Rewritten | None:
        """The page with as many of the texts as it can take, in the order of the page.

        The others are refused; None where nothing of the page changes.
        """
        if page.document is None:
            return self._new_page(page, wanted)
        old = page.document
        gone = {one.placed.unit.key: one for one in wanted if one.delete}
        left = without_units(page, old, gone, self._read)
        for key in (key for key in gone if key not in left.removed):
            self._refuse(gone[key], _STAYS)
        page, before = left.page, left.document
        placed = {one.unit.key: one for one in page.placed}
        wanted = [
            one._replace(placed=placed[one.placed.unit.key]) for one in wanted if not one.delete
        ]
        edits: list[tuple[Wanted, Edit]] = []
        added: dict[int, Wanted] = {}
        indices = {one.start: index for index, one in enumerate(page.source.segments)}
        for one in wanted:
            segment = one.placed.target
            if segment is None:
                added[indices[one.placed.source.start]] = one
                continue
            edit = self._edit(page.path, before, segment, one)
            if edit is not None:
                edits.append((one, edit))
        after, good = self._edited(before, edits)
        taken = [*(gone[key] for key in gone if key in left.removed), *good]
        if added:
            after, put = self._inserted(page, before, after, added)
            taken += put
        if after.data == old.data:
            return None
        return self._result(page, old.data, after, taken)

    def _edit(self, path: str, document: Document, segment: Segment, one: Wanted) -> Edit | None:
        if segment.kind is SegmentKind.HTML_TEXT and "\n" not in one.text:
            # Its lines are wrapped as HTML likes, and not indented as Markdown does.
            woven = weave(segment, one.text, with_margins=True)
            return edit_of(path, document.data, segment.span, woven)
        try:
            return segment_edit(path, document, segment, weave(segment, one.text))
        except EditError as error:
            self._refuse(one, str(error))
            return None

    def _edited(
        self, before: Document, edits: Sequence[tuple[Wanted, Edit]]
    ) -> tuple[Document, list[Wanted]]:
        """The page with as many of the edits as leave all else as it was."""
        if not edits:
            return before, []
        after, reason = self._tried(before, edits)
        if not reason:
            return after, [one for one, _ in edits]
        kept: list[tuple[Wanted, Edit]] = []
        after = before
        for one, edit in edits:
            new, reason = self._tried(before, [*kept, (one, edit)])
            if reason is not None and "\n" in edit.text:
                # The line ends of the old text may be what does not fit.
                plain = self._plain_edit(before, one, edit)
                if plain is not None:
                    new, reason = self._tried(before, [*kept, (one, plain)])
                    edit = plain
            if reason is None:
                kept.append((one, edit))
                after = new
            else:
                self._refuse(one, reason)
        return after, [one for one, _ in kept]

    def _plain_edit(self, before: Document, one: Wanted, edit: Edit) -> Edit | None:
        if one.placed.target is None:
            return None
        try:
            return segment_edit(edit.path, before, one.placed.target, one.text)
        except EditError:
            return None

    def _tried(
        self, before: Document, edits: Sequence[tuple[Wanted, Edit]]
    ) -> tuple[Document, str | None]:
        """The page with some edits, and why it must not be written; None where nothing is lost."""
        applied = apply(before.data, [edit for _, edit in edits])
        if applied.left_out:
            return before, applied.left_out[0].reason
        after = self._read(applied.data)
        reason = difference_elsewhere(before, after, applied.done)
        if reason is not None:
            return before, reason
        if [(one.kind, one.shape) for one in after.segments] != [
            (one.kind, one.shape) for one in before.segments
        ]:
            return before, _READ_OTHERWISE
        # No piece of text has come or gone: what was edited is where it was in the order.
        order = {one.start: index for index, one in enumerate(before.segments)}
        for one, _edit in edits:
            old = one.placed.target
            if old is None:
                continue
            new = after.segments[order[old.start]]
            if shown(new) != one.text:
                return before, _READ_OTHERWISE
            lost = self._lost(one, new)
            if lost:
                return before, lost
        return after, None

    def _lost(self, one: Wanted, new: Segment) -> str | None:
        if self._force:
            return None
        lost = missing_tokens(one.placed, new.tokens)
        return _lost(lost) if lost else None

    def _inserted(
        self,
        page: PageUnits,
        before: Document,
        after: Document,
        added: Mapping[int, Wanted],
    ) -> tuple[Document, list[Wanted]]:
        """The page with new segments put in. No edit so far moved a segment in the order."""
        order = {one.start: index for index, one in enumerate(before.segments)}
        indices = {one.start: index for index, one in enumerate(page.source.segments)}
        places = {
            indices[placed.source.start]: order[placed.target.start]
            for placed in page.placed
            if placed.target is not None
            and placed.unit.state is not UnitState.OBSOLETE
            and placed.source.start in indices
        }
        sound = {}
        tokens = self._tokens_of(page, {index: one.text for index, one in added.items()})
        for index, one in added.items():
            lost = () if self._force else lost_tokens(one.placed.source.tokens, tokens[index])
            if lost:
                self._refuse(one, _lost(lost))
            else:
                sound[index] = one
        texts = {index: one.text for index, one in sound.items()}
        done = insert(page.path, after, page.source, places, texts, self._read)
        for index in done.homeless:
            one = sound[index]
            self._refuse(one, "there is no place for it that is sure")
        put = [one for index, one in sound.items() if index not in done.homeless]
        return done.document, put

    def _tokens_of(
        self, page: PageUnits, texts: Mapping[int, str]
    ) -> Mapping[int, tuple[Token, ...]]:
        """The tokens of texts as they would be where segments of the source are, by index.

        All at once; where the page would then not be read as before, one by one.
        """
        edits: dict[int, Edit] = {}
        found: dict[int, tuple[Token, ...]] = {}
        for index, text in texts.items():
            segment = page.source.segments[index]
            found[index] = ()
            try:
                edit = segment_edit(page.path, page.source, segment, text)
            except EditError:
                continue
            if edit is None:
                found[index] = segment.tokens
            else:
                edits[index] = edit
        ways = [list(edits)] if len(edits) == 1 else [list(edits), *([one] for one in edits)]
        for indices in ways if edits else ():
            data = apply(page.source.data, [edits[index] for index in indices]).data
            after = self._read(data).segments
            if len(after) == len(page.source.segments):
                for index in indices:
                    if shown(after[index]) == texts[index]:
                        found[index] = after[index].tokens
                if len(indices) == len(edits):
                    break
        return found

    def _new_page(self, page: PageUnits, wanted: Sequence[Wanted]) -> Rewritten | None:
        """A page made of its source page, when every segment of it has come back."""
        missing = len(page.placed) - len(wanted)
        if missing:
            reason = f"the page is not there yet, and {missing} of its segments are not translated"
            for one in wanted:
                self._refuse(one, reason)
            return None
        source = page.source
        translated = [
            one._replace(placed=one.placed._replace(target=one.placed.source)) for one in wanted
        ]
        edits = []
        for one in translated:
            edit = self._edit(page.path, source, one.placed.source, one)
            if edit is not None:
                edits.append((one, edit))
        before = len(self._refused)
        after, good = self._edited(source, edits)
        if len(self._refused) > before:
            told = {id(one.entry) for one in self._refused[before:]}
            for one in good:
                if id(one.entry) not in told:
                    reason = "the page is not there yet, and another of its texts was refused"
                    self._refuse(one, reason)
            return None
        return self._result(page, None, after, list(wanted))

    def _result(
        self, page: PageUnits, before: bytes | None, after: Document, taken: Sequence[Wanted]
    ) -> Rewritten:
        lines = LineIndex(after.data)
        places: dict[str, list[int]] = defaultdict(list)
        for segment in after.segments:
            places[shown(segment)].append(lines.line(segment.start))
        told = []
        for one in taken:
            unit = one.placed.unit
            there = places.get(one.text) or [unit.line]
            line = min(there, key=lambda at: abs(at - unit.line))
            old = flat(unit.target) if unit.target else None
            new = None if one.delete else one.text
            told.append(Taken(one.entry, page.path, unit.line if one.delete else line, old, new))
        told.sort(key=lambda one: one.line)
        return Rewritten(page.locale, page.path, before, after.data, tuple(told))

    def _refuse(self, one: Wanted, reason: str) -> None:
        unit = one.placed.unit
        self._refused.append(Refused(one.entry, reason, unit.path, unit.line))


def _lost(tokens: Sequence[Token]) -> str:
    return f"it lost {', '.join(token.text for token in tokens)} (--force writes it all the same)"
