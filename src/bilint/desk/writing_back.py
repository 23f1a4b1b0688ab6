"""Translations that come back, written into their pages segment by segment.

A text is written only where it is sure what it is for: its unit is there, its source is what the
translator saw, and nobody changed the translation meanwhile. A page is written only when it reads
as before but for these segments. Whatever is not written is told with its reason, and kept.
"""

# os.path, as everywhere below the commands.
# ruff: noqa: PTH102, PTH112, PTH113, PTH114, PTH118, PTH120, PTH123

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from bilint.desk.gathering import PageUnits, Placed, UnitReader
from bilint.edits import (
    Edit,
    EditError,
    apply,
    difference_elsewhere,
    edit_of,
    lost_tokens,
    segment_edit,
)
from bilint.exchange.inline import resolve, shown
from bilint.exchange.insertion import insert
from bilint.exchange.weave import tidy, weave
from bilint.model.document import Document, Segment, SegmentKind, Token, TokenKind
from bilint.model.exchange import (
    Code,
    Entry,
    ExchangeUnit,
    Returned,
    UnitState,
    flat,
    short_digest,
)
from bilint.model.pair import Pair
from bilint.model.record import NamedTuple
from bilint.model.text import LineIndex
from bilint.pipeline.decided import with_decisions
from bilint.pipeline.request import Request, UsageError
from bilint.pipeline.workspace import Side, Workspace
from bilint.readers.disk import WriteError, clear_folder, write_atomically
from bilint.readers.markdown import read_document


class Refused(NamedTuple):
    """A text that was not written, and why. `path` and `line` are where it was meant to go."""

    entry: Entry
    reason: str
    path: str | None = None
    line: int = 1


class Taken(NamedTuple):
    """A text that was written: in place of `before`, or as a segment of its own."""

    entry: Entry
    path: str
    line: int
    before: str | None
    after: str


class Rewritten(NamedTuple):
    """A page before and after; `before` is None for a page that is new."""

    locale: str
    path: str
    before: bytes | None
    after: bytes
    taken: tuple[Taken, ...]


class Decided(NamedTuple):
    """What a table decides about a unit whose text it leaves as it is."""

    entry: Entry
    locale: str
    path: str


class Imported(NamedTuple):
    """What came of a file.

    `decided` are the decisions in it, which are yet to be made. `same` counts texts that are as
    they were, `there` those that the page has already, `undecided` those without any. `written`
    says that the pages are on disk.
    """

    locale: str
    pages: tuple[Rewritten, ...] = ()
    refused: tuple[Refused, ...] = ()
    same: int = 0
    there: int = 0
    undecided: int = 0
    written: bool = False
    decided: tuple[Decided, ...] = ()

    @property
    def taken(self) -> tuple[Taken, ...]:
        """All texts that were written."""
        return tuple(one for page in self.pages for one in page.taken)


class Rules(NamedTuple):
    """How strict to be. `force` lets tokens go, `fuzzy` takes what is marked as needing work."""

    force: bool = False
    fuzzy: bool = False
    dry_run: bool = False


def locale_of(returned: Returned, workspace: Workspace) -> str:
    """The locale that a file is for. Raises `UsageError` when there is no such target."""
    targets = {_plain(locale): locale for locale in workspace.targets}
    said = [one.locale for one in returned.entries if one.locale] or [returned.locale or ""]
    for locale in dict.fromkeys(said):
        if _plain(locale) in targets:
            return targets[_plain(locale)]
    if not any(said) and len(targets) == 1:
        return next(iter(targets.values()))
    known = ", ".join(workspace.targets)
    names = ", ".join(sorted(set(filter(None, said)))) or "no locale"
    raise UsageError(f"the file is for {names}; there is: {known}")


def _plain(locale: str) -> str:
    return locale.replace("_", "-").lower()


def write_back(request: Request, returned: Returned, rules: Rules) -> tuple[Imported, ...]:
    """Write the texts of a file into their pages, locale by locale.

    Raises `UsageError` when nothing can be written at all.
    """
    if not returned.entries:
        return ()
    with Workspace(with_decisions(request)) as workspace:
        entries: dict[str, list[Entry]] = defaultdict(list)
        fallback = locale_of(returned, workspace)
        known = {_plain(locale): locale for locale in workspace.targets}
        strangers: list[Refused] = []
        for entry in returned.entries:
            locale = known.get(_plain(entry.locale)) if entry.locale else fallback
            if locale is None:
                strangers.append(Refused(entry, f"there is no target for {entry.locale}"))
            else:
                entries[locale].append(entry)
        reader = UnitReader(workspace)
        done = [
            _Importer(reader, locale, rules).bring_back(entries[locale])
            for locale in sorted(entries)
        ]
        if strangers:
            done.append(Imported(fallback, refused=tuple(strangers)))
        return tuple(done)


class _Wanted(NamedTuple):
    """A text that passed all that can be said before the page is written."""

    entry: Entry
    placed: Placed
    text: str


class _Importer:
    """Brings the entries of one locale back."""

    def __init__(self, reader: UnitReader, locale: str, rules: Rules) -> None:
        self.reader, self.locale, self.rules = reader, locale, rules
        self.workspace = reader.workspace
        self.side: Side = self.workspace.targets[locale]
        if self.side.snapshot.revision is not None or self.side.repository.work_tree is None:
            raise UsageError(
                f"{locale}: only pages of a working tree can be written to, and this is a"
                " revision or a bare repository"
            )
        self.top = self.side.repository.work_tree
        self.refused: list[Refused] = []
        self.decided: list[Decided] = []
        self.counts: Counter[str] = Counter()

    def bring_back(self, entries: Sequence[Entry]) -> Imported:
        by_path: dict[str, list[Entry]] = defaultdict(list)
        homeless: list[Entry] = []
        for entry in entries:
            if entry.path is None:
                homeless.append(entry)
            else:
                by_path[entry.path].append(entry)
        pages = [
            *self._known_pages(by_path, homeless),
            *self._missing_pages(by_path, homeless),
        ]
        for path, left in by_path.items():
            homeless += left
            del path
        if homeless:
            pages = self._elsewhere(homeless, pages)
        return Imported(
            self.locale,
            tuple(sorted(pages, key=lambda page: page.path)),
            tuple(sorted(self.refused, key=lambda one: one.entry.line)),
            self.counts["same"],
            self.counts["there"],
            self.counts["undecided"],
            not self.rules.dry_run,
            tuple(self.decided),
        )

    def _known_pages(
        self, by_path: dict[str, list[Entry]], homeless: list[Entry]
    ) -> Iterator[Rewritten]:
        """The pages that are where the file says; entries that are not theirs are homeless."""
        for pair in self.reader.pairs(self._is_here(by_path.keys())):
            mine = by_path.pop(pair.target.path)
            page = self.reader.read(pair)
            if page is None:
                reason = "there is no source to compare the page with any more"
                self.refused += (Refused(entry, reason, pair.target.path) for entry in mine)
                continue
            yield from self._page(page, mine, homeless)

    def _is_here(self, paths: Iterable[str]) -> Callable[[Pair], bool]:
        known = frozenset(paths)
        return lambda pair: pair.locale == self.locale and pair.target.path in known

    def _missing_pages(
        self, by_path: dict[str, list[Entry]], homeless: list[Entry]
    ) -> Iterator[Rewritten]:
        """The pages that are to come, each out of its source page."""
        for missing in self.reader.untranslated():
            if missing.locale != self.locale:
                continue
            page = self.reader.blank(missing)
            if page is not None and page.path in by_path:
                yield from self._page(page, by_path.pop(page.path), homeless)

    def _elsewhere(self, homeless: list[Entry], pages: list[Rewritten]) -> list[Rewritten]:
        """Looks for entries on all other pages: a page may have been renamed meanwhile."""
        keys: dict[str, list[Entry]] = defaultdict(list)
        for entry in homeless:
            keys[entry.key].append(entry)
        seen = {page.path for page in pages}
        found = list(pages)
        for pair in self.reader.pairs(lambda pair: pair.locale == self.locale):
            if not keys or pair.target.path in seen:
                continue
            page = self.reader.read(pair)
            if page is None:
                continue
            mine = [
                entry
                for placed in page.placed
                for entry in keys.get(placed.unit.key, ())
                if self._is_source(entry, placed.unit)
            ]
            if mine:
                for entry in mine:
                    keys[entry.key].remove(entry)
                found += self._page(page, mine, [])
        for entry in (entry for left in keys.values() for entry in left):
            reason = "no segment belongs to it any more: the source or the page changed meanwhile"
            if flat(entry.target).strip():
                self.refused.append(Refused(entry, reason, entry.path))
            else:
                self.counts["undecided"] += 1
        return found

    @staticmethod
    def _is_source(entry: Entry, unit: ExchangeUnit) -> bool:
        said = entry.source_digest or (
            short_digest(entry.source) if entry.source is not None else None
        )
        return said is None or said == unit.source_digest

    def _page(
        self, page: PageUnits, entries: Sequence[Entry], homeless: list[Entry]
    ) -> Iterator[Rewritten]:
        if not self.rules.dry_run:
            # A run that was killed may have written all, and left something beside it.
            clear_folder(os.path.dirname(os.path.join(self.top, page.path)), self.top)
        placed = {one.unit.key: one for one in page.placed}
        wanted: dict[str, _Wanted] = {}
        for entry in entries:
            one = placed.get(entry.key)
            if one is None:
                homeless.append(entry)
                continue
            text = self._judged(entry, one)
            if text is None:
                continue
            if entry.key in wanted and wanted[entry.key].text != text:
                self._refuse(entry, one, "the file has two texts for this segment")
            else:
                wanted[entry.key] = _Wanted(entry, one, text)
        if not wanted:
            return
        ordered = [wanted[one.unit.key] for one in page.placed if one.unit.key in wanted]
        rewritten = self._rewritten(page, ordered)
        if rewritten is not None and self._written(rewritten):
            yield rewritten

    def _refuse(self, entry: Entry, placed: Placed, reason: str) -> None:
        self.refused.append(Refused(entry, reason, placed.unit.path, placed.unit.line))

    def _judged(self, entry: Entry, placed: Placed) -> str | None:
        """The text to be written; None where there is none, or where it must not be."""
        unit = placed.unit
        text = resolve(entry.target, unit.target, unit.source)
        if isinstance(text, Code):
            reason = f"it holds a code that neither source nor translation has: {text.text!r}"
            self._refuse(entry, placed, reason)
            return None
        of_value = placed.source.shape.startswith("fm:")
        new = tidy(text, of_value=of_value)
        if not new.strip():
            self.counts["undecided"] += 1
            return None
        moved = entry.target_digest not in (None, unit.target_digest)
        if new == tidy(unit.target, of_value=of_value):
            self.counts["there" if moved else "same"] += 1
            self._decide(entry, placed, moved=moved)
            return None
        if moved and short_digest(new) == entry.target_digest:
            # Somebody else changed it, and the translator did not.
            self.counts["same"] += 1
            self._decide(entry, placed, moved=True)
            return None
        objection = self._objection(entry, unit)
        if objection is None and _controls(new) - _controls(flat(unit.source) + flat(unit.target)):
            objection = "it holds control characters"
        if objection is not None:
            self._refuse(entry, placed, objection)
            return None
        return new

    def _decide(self, entry: Entry, placed: Placed, *, moved: bool) -> None:
        if not entry.decision:
            return
        if moved or not self._is_source(entry, placed.unit):
            self._refuse(entry, placed, f"{entry.decision}: the texts changed meanwhile")
        elif not entry.fingerprints:
            self._refuse(entry, placed, f"{entry.decision}: there is nothing to decide about it")
        elif not entry.comment:
            self._refuse(entry, placed, f"{entry.decision}: a comment has to say why")
        else:
            self.decided.append(Decided(entry, self.locale, placed.unit.path))

    def _objection(self, entry: Entry, unit: ExchangeUnit) -> str | None:
        """Why a text must not be written, before anybody looks at what it says."""
        if entry.source_digest is None and entry.source is None:
            return "the file does not say what it translates"
        if not self._is_source(entry, unit) or (
            entry.source is not None
            and entry.source_digest is None
            and short_digest(entry.source) != unit.source_digest
        ):
            return "the source changed meanwhile"
        if entry.target_digest is None and unit.target:
            return "the file lost what Bilint noted beside it, so a later edit could be overwritten"
        if entry.target_digest is not None and entry.target_digest != unit.target_digest:
            return "the translation was changed meanwhile"
        if entry.fuzzy and not self.rules.fuzzy:
            return "it is still marked as needing work (--fuzzy writes it all the same)"
        if unit.state is UnitState.OBSOLETE:
            return "its source is gone"
        if unit.held:
            return f"the page cannot be written to: {unit.held}"
        return None

    # ---- one page ----

    def _read(self, data: bytes) -> Document:
        return read_document(data, self.workspace.profile, self.workspace.settings.limits)

    def _rewritten(self, page: PageUnits, wanted: Sequence[_Wanted]) -> Rewritten | None:
        if page.document is None:
            return self._new_page(page, wanted)
        edits: list[tuple[_Wanted, Edit]] = []
        added: dict[int, _Wanted] = {}
        indices = {one.start: index for index, one in enumerate(page.source.segments)}
        for one in wanted:
            segment = one.placed.target
            if segment is None:
                added[indices[one.placed.source.start]] = one
                continue
            edit = self._edit(page.path, page.document, segment, one)
            if edit is not None:
                edits.append((one, edit))
        before = page.document
        after, good = self._edited(before, edits)
        taken = [*good]
        if added:
            after, put = self._inserted(page, before, after, added)
            taken += put
        if after.data == before.data:
            return None
        return self._result(page, before.data, after, taken)

    def _edit(self, path: str, document: Document, segment: Segment, one: _Wanted) -> Edit | None:
        if segment.kind is SegmentKind.HTML_TEXT and "\n" not in one.text:
            # Its lines are wrapped as HTML likes, and not indented as Markdown does.
            woven = weave(segment, one.text, with_margins=True)
            return edit_of(path, document.data, segment.span, woven)
        try:
            return segment_edit(path, document, segment, weave(segment, one.text))
        except EditError as error:
            self._refuse(one.entry, one.placed, str(error))
            return None

    def _edited(
        self, before: Document, edits: Sequence[tuple[_Wanted, Edit]]
    ) -> tuple[Document, list[_Wanted]]:
        """The page with as many of the edits as leave all else as it was."""
        if not edits:
            return before, []
        after, reason = self._tried(before, edits)
        if not reason:
            return after, [one for one, _ in edits]
        kept: list[tuple[_Wanted, Edit]] = []
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
                self._refuse(one.entry, one.placed, reason)
        return after, [one for one, _ in kept]

    def _plain_edit(self, before: Document, one: _Wanted, edit: Edit) -> Edit | None:
        if one.placed.target is None:
            return None
        try:
            return segment_edit(edit.path, before, one.placed.target, one.text)
        except EditError:
            return None

    def _tried(
        self, before: Document, edits: Sequence[tuple[_Wanted, Edit]]
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
            return before, "Markdown would read something else in this text"
        # No piece of text has come or gone: what was edited is where it was in the order.
        order = {one.start: index for index, one in enumerate(before.segments)}
        for one, _edit in edits:
            old = one.placed.target
            if old is None:
                continue
            new = after.segments[order[old.start]]
            if shown(new) != one.text:
                return before, "Markdown would read something else in this text"
            lost = self._lost(one, new)
            if lost:
                return before, lost
        return after, None

    def _lost(self, one: _Wanted, new: Segment) -> str | None:
        if self.rules.force:
            return None
        lost = missing_tokens(one.placed, new.tokens)
        return _lost(lost) if lost else None

    def _inserted(
        self,
        page: PageUnits,
        before: Document,
        after: Document,
        added: Mapping[int, _Wanted],
    ) -> tuple[Document, list[_Wanted]]:
        """The page with new segments put in. No edit so far moved a segment in the order."""
        order = {one.start: index for index, one in enumerate(before.segments)}
        indices = {one.start: index for index, one in enumerate(page.source.segments)}
        places = {
            indices[placed.source.start]: order[placed.target.start]
            for placed in page.placed
            if placed.target is not None and placed.source.start in indices
        }
        sound = {}
        tokens = self._tokens_of(page, {index: one.text for index, one in added.items()})
        for index, one in added.items():
            lost = () if self.rules.force else lost_tokens(one.placed.source.tokens, tokens[index])
            if lost:
                self._refuse(one.entry, one.placed, _lost(lost))
            else:
                sound[index] = one
        texts = {index: one.text for index, one in sound.items()}
        done = insert(page.path, after, page.source, places, texts, self._read)
        for index in done.homeless:
            one = sound[index]
            self._refuse(one.entry, one.placed, "there is no place for it that is sure")
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

    def _new_page(self, page: PageUnits, wanted: Sequence[_Wanted]) -> Rewritten | None:
        """A page made of its source page, when every segment of it has come back."""
        missing = len(page.placed) - len(wanted)
        if missing:
            reason = f"the page is not there yet, and {missing} of its segments are not translated"
            for one in wanted:
                self._refuse(one.entry, one.placed, reason)
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
        before = len(self.refused)
        after, good = self._edited(source, edits)
        if len(self.refused) > before:
            told = {id(one.entry) for one in self.refused[before:]}
            for one in good:
                if id(one.entry) not in told:
                    reason = "the page is not there yet, and another of its texts was refused"
                    self._refuse(one.entry, one.placed, reason)
            return None
        return self._result(page, None, after, list(wanted))

    def _result(
        self, page: PageUnits, before: bytes | None, after: Document, taken: Sequence[_Wanted]
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
            told.append(Taken(one.entry, page.path, line, old, one.text))
        told.sort(key=lambda one: one.line)
        return Rewritten(self.locale, page.path, before, after.data, tuple(told))

    def _written(self, page: Rewritten) -> bool:
        place = os.path.join(self.top, page.path)
        try:
            if page.before is None and _is_there(place, page.after):
                self.counts["there"] += len(page.taken)
                return False
            if self.rules.dry_run:
                return True
            if page.before is None:
                _make_folders(self.top, page.path)
                write_atomically(place, page.after, top=self.top)
            else:
                write_atomically(place, page.after, expected=page.before, top=self.top)
        except (WriteError, OSError) as error:
            self.refused += (
                Refused(one.entry, str(error), page.path, one.line) for one in page.taken
            )
            return False
        return True


def _is_there(place: str, data: bytes) -> bool:
    """Whether a new page is there already, word for word; raises where it is another one."""
    if not os.path.lexists(place):
        return False
    if os.path.isfile(place) and not os.path.islink(place):
        with open(place, "rb") as file:
            if file.read(len(data) + 1) == data:
                return True
    raise WriteError(
        f"{place} has come meanwhile, and git does not know it yet: add it and export again"
    )


def _make_folders(top: str, path: str) -> None:
    """The folders that a new page needs; a symbolic link is none."""
    place = top
    for part in path.split("/")[:-1]:
        place = os.path.join(place, part)
        if part in ("", ".", "..") or os.path.islink(place):
            raise WriteError(f"{path} cannot be written: {place} is no folder of its own")
        if not os.path.isdir(place):
            os.mkdir(place)


def _controls(text: str) -> set[str]:
    return {one for one in text if one < " " and one not in "\t\n"} | {
        one for one in text if "\ud800" <= one <= "\udfff"
    }


def missing_tokens(placed: Placed, tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens that a new translation ought to have and lacks.

    Those of the source as it is now; but not those that the translation had in another form
    before, or not at all, as long as there are as many of their kind.
    """
    source, old = placed.source.tokens, placed.target.tokens if placed.target else ()
    lost = list(lost_tokens(source, tokens))
    if placed.target is not None and placed.target is not placed.source:
        known = placed.base.tokens if placed.base is not None else source
        excused = Counter(map(_name, lost_tokens(source, old)))
        excused &= Counter(map(_name, known))
        left = []
        for token in lost:
            if excused[_name(token)]:
                excused[_name(token)] -= 1
            else:
                left.append(token)
        lost = left
        for kind in _COUNTED:
            ours, theirs, now = (
                [token for token in some if token.kind is kind] for some in (old, source, tokens)
            )
            if len(now) < min(len(ours), len(theirs)) and not any(t.kind is kind for t in lost):
                lost += lost_tokens(theirs, tokens)[:1] or lost_tokens(ours, tokens)[:1]
    return tuple(lost)


def _lost(tokens: Sequence[Token]) -> str:
    return f"it lost {', '.join(token.text for token in tokens)} (--force writes it all the same)"


_COUNTED = tuple(kind for kind in TokenKind if kind is not TokenKind.NUMBER)


def _name(token: Token) -> tuple[TokenKind, str]:
    return token.kind, token.value
