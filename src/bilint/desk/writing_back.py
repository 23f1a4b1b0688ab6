"""Translations that come back, written into their pages segment by segment.

A text is written only where it is sure what it is for: its unit is there, its source is what the
translator saw, and nobody changed the translation meanwhile. A page is written only when it reads
as before but for these segments. Whatever is not written is told with its reason, and kept.

Here every entry finds its page; `judging` says what is to be done with it, `rewriting` puts it in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from bilint.desk import page_files
from bilint.desk.imported import Decided, Imported, Refused, Rewritten, Rules
from bilint.desk.judging import Deed, is_source, judge
from bilint.desk.page_units import PageUnits, Placed, UnitReader
from bilint.desk.rewriting import Rewriter, Wanted
from bilint.exchange.inline import shown
from bilint.model.document import Document
from bilint.model.exchange import DELETE, Entry, Returned, flat, short_digest
from bilint.model.language import primary_language
from bilint.model.pair import Pair
from bilint.pipeline.decided import with_decisions
from bilint.pipeline.request import Request, UsageError
from bilint.pipeline.workspace import Workspace
from bilint.readers.disk import WriteError
from bilint.readers.markdown import read_document


def write_back(request: Request, returned: Returned, rules: Rules) -> tuple[Imported, ...]:
    """Write the texts of a file into their pages, locale by locale.

    Raises `UsageError` when nothing can be written at all.
    """
    if not returned.entries:
        return ()
    with Workspace(with_decisions(request)) as workspace:
        entries: dict[str, list[Entry]] = defaultdict(list)
        fallback = _locale_of(returned, workspace.targets)
        strangers: list[Refused] = []
        for entry in returned.entries:
            locale = _known(entry.locale, workspace.targets) if entry.locale else fallback
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


def _locale_of(returned: Returned, targets: Collection[str]) -> str:
    """The locale that a file is for. Raises `UsageError` when there is no such target."""
    said = [one.locale for one in returned.entries if one.locale] or [returned.locale or ""]
    for name in dict.fromkeys(said):
        locale = _known(name, targets)
        if locale is not None:
            return locale
    if not any(said) and len(targets) == 1:
        return next(iter(targets))
    names = ", ".join(sorted(set(filter(None, said)))) or "no locale"
    raise UsageError(f"the file is for {names}; there is: {', '.join(targets)}")


def _known(name: str, targets: Collection[str]) -> str | None:
    """The target that a file means: some tools write `it_IT`, or `it` where there is one `it-IT`.

    What they write into it is bound to its texts all the same.
    """
    plain = name.replace("_", "-").lower()
    same = [one for one in targets if one.lower() == plain]
    if not same:
        same = [one for one in targets if primary_language(one) == plain]
    return same[0] if len(same) == 1 else None


class _Importer:
    """Brings the entries of one locale back."""

    def __init__(self, reader: UnitReader, locale: str, rules: Rules) -> None:
        side = reader.workspace.targets[locale]
        if side.snapshot.revision is not None or side.repository.work_tree is None:
            raise UsageError(
                f"{locale}: only pages of a working tree can be written to, and this is a"
                " revision or a bare repository"
            )
        self.top = side.repository.work_tree
        self.reader, self.locale, self.rules = reader, locale, rules
        self.refused: list[Refused] = []
        self.decided: list[Decided] = []
        self.counts: Counter[str] = Counter()
        self.rewriter = Rewriter(self._read, self.refused, force=rules.force)

    def _read(self, data: bytes) -> Document:
        workspace = self.reader.workspace
        return read_document(data, workspace.profile, workspace.settings.limits)

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
        for left in by_path.values():
            homeless += left
        if homeless:
            pages = self._elsewhere(homeless, pages)
        return Imported(
            self.locale,
            tuple(sorted(pages, key=lambda page: page.path)),
            tuple(sorted(self.refused, key=lambda one: one.entry.line)),
            self.counts[Deed.SAME],
            self.counts[Deed.THERE],
            self.counts[Deed.UNDECIDED],
            not self.rules.dry_run,
            tuple(self.decided),
            self.top,
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
                if is_source(entry, placed.unit)
            ]
            if mine:
                for entry in mine:
                    keys[entry.key].remove(entry)
                found += self._page(page, mine, [])
        for entry in (entry for left in keys.values() for entry in left):
            reason = "no segment belongs to it any more: the source or the page changed meanwhile"
            if entry.source_digest is None:
                reason = "no segment belongs to it: the file lost what Bilint noted beside it"
            text = flat(entry.target)
            if not entry.decision and short_digest(text) == entry.target_digest:
                # Its segment is gone or not to be told from others; but nobody changed it.
                self.counts[Deed.SAME] += 1
            elif text.strip():
                self.refused.append(Refused(entry, reason, entry.path))
            else:
                self.counts[Deed.UNDECIDED] += 1
        return found

    def _page(
        self, page: PageUnits, entries: Sequence[Entry], homeless: list[Entry]
    ) -> Iterator[Rewritten]:
        """The page with the texts that are for it; those that are not are homeless."""
        if not self.rules.dry_run:
            page_files.clear_beside(self.top, page.path)
        placed = {one.unit.key: one for one in page.placed}
        wanted: dict[str, Wanted] = {}
        for entry in entries:
            one = placed.get(entry.key) or _alike(entry, page)
            if one is None:
                if _is_deleted(entry, page):
                    self.counts[Deed.THERE] += 1
                else:
                    homeless.append(entry)
                continue
            want = self._judged(entry, one)
            if want is None:
                continue
            other = wanted.get(one.unit.key)
            if other is not None and (other.text, other.delete) != (want.text, want.delete):
                self._refuse(entry, one, "the file has two texts for this segment")
            else:
                wanted[one.unit.key] = want
        if not wanted:
            return
        ordered = [wanted[one.unit.key] for one in page.placed if one.unit.key in wanted]
        rewritten = self.rewriter.rewritten(page, ordered)
        if rewritten is not None and self._put(rewritten):
            yield rewritten

    def _judged(self, entry: Entry, placed: Placed) -> Wanted | None:
        """The text, when the page is to change by it; what is to be done with others is noted."""
        judged = judge(entry, placed, self.rules)
        if judged.deed in (Deed.WRITE, Deed.DELETE):
            return Wanted(entry, placed, judged.text, delete=judged.deed is Deed.DELETE)
        if judged.deed is not Deed.REFUSE:
            self.counts[judged.deed] += 1
        if judged.reason is not None:
            self._refuse(entry, placed, judged.reason)
        elif judged.decides:
            self.decided.append(Decided(entry, self.locale, placed.unit.path))
        return None

    def _refuse(self, entry: Entry, placed: Placed, reason: str) -> None:
        self.refused.append(Refused(entry, reason, placed.unit.path, placed.unit.line))

    def _put(self, page: Rewritten) -> bool:
        """Write a page to disk, if that is wanted; whether it was, or would be."""
        try:
            if page_files.is_there(self.top, page):
                self.counts[Deed.THERE] += len(page.taken)
                return False
            if not self.rules.dry_run:
                page_files.put(self.top, page)
        except (WriteError, OSError) as error:
            self.refused += (
                Refused(one.entry, str(error), page.path, one.line) for one in page.taken
            )
            return False
        return True


def _is_deleted(entry: Entry, page: PageUnits) -> bool:
    """Whether an entry asks for a segment to be deleted that the page has no longer."""
    return (
        entry.decision == DELETE
        and page.document is not None
        and all(short_digest(shown(one)) != entry.target_digest for one in page.document.segments)
    )


def _alike(entry: Entry, page: PageUnits) -> Placed | None:
    """The one segment of a page that has the texts an entry was made of: a tool lost its key."""
    if entry.source_digest is None or entry.target_digest is None:
        return None
    said = entry.source_digest, entry.target_digest
    found = [one for one in page.placed if (one.unit.source_digest, one.unit.target_digest) == said]
    return found[0] if len(found) == 1 else None
