"""What a change of source pages causes in their translations: segment by segment, by locale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from bilint.alignment import align_versions
from bilint.changes import compare, compare_segments
from bilint.model.alignment import Alignment, ChangeClass, Judgement, SegmentState, Unit
from bilint.model.document import Document
from bilint.model.gate import NEW_PAGE, PAGE_GONE, Impact
from bilint.model.page import Header
from bilint.model.pair import Pair
from bilint.model.record import NamedTuple
from bilint.model.report import PageResult
from bilint.model.segment_text import count_words
from bilint.pipeline.shelves import Shelves, other_path
from bilint.readers.page import page_ids
from bilint.staleness import outstanding

if TYPE_CHECKING:
    from bilint.pipeline.workspace import Side


class Edit(NamedTuple):
    """A source page before and after a change, with what lies between."""

    before: Document
    after: Document
    alignment: Alignment
    classes: tuple[ChangeClass, ...]
    changed: frozenset[int]
    """Starts of the segments of `after` that the change made stale."""
    segments: int
    """How many segments are changed, new or gone."""
    words: int
    """The words of those that are there."""

    def size_of(self, impact: Impact) -> Impact:
        """The impact with the size of the change itself."""
        return impact._replace(
            changes=self.classes, source_segments=self.segments, source_words=self.words
        )


class SourceChange:
    """The source as it was before the change that a run is about."""

    def __init__(self, shelves: Shelves, side: Side) -> None:
        self._shelves = shelves
        self._side = side
        self._commit = shelves.workspace.before(side)
        self._edits: dict[tuple[str, str], Edit] = {}
        self._gone: dict[str, str] | None = None

    def gone(self) -> dict[str, str]:
        """The pages that the change removes or renames: their blobs by path."""
        if self._gone is None:
            files = self._side.repository.files(self._commit) if self._commit else ()
            present = set(self._shelves.workspace.page_paths(self._side))
            self._gone = {
                file.path: file.blob
                for file in files
                if not file.is_link and self._side.is_page(file.path) and file.path not in present
            }
        return self._gone

    def blob_before(self, header: Header) -> str | None:
        """What a page was before: by its path, else by its id or its content; None: it is new."""
        file = self._side.repository.file(self._commit, header.path) if self._commit else None
        if file is not None:
            return None if file.is_link else file.blob
        ids = set(header.provenance.ids)
        for blob in self.gone().values():
            if blob == header.blob or (ids and ids & set(self._ids(blob))):
                return blob
        return None

    def _ids(self, blob: str) -> Iterable[str]:
        data = self._shelves.source.blob_data(blob) if self._shelves.source else None
        if data is None:
            return ()
        workspace = self._shelves.workspace
        return page_ids(data, workspace.profile, workspace.settings.limits)

    def edit(self, header: Header) -> Edit | None:
        """How the change edits a page; None where it does not, is new, or was not read."""
        blob = self.blob_before(header)
        if blob is None or blob == header.blob or self._shelves.source is None:
            return None
        after = self._shelves.head(header)
        if after is None:
            return None
        key = blob, header.blob
        if key not in self._edits:
            before = self._shelves.source.blob_document(blob)
            if before is None:
                return None
            self._edits[key] = _edit(before, after)
        return self._edits[key]


def _edit(before: Document, after: Document) -> Edit:
    alignment = align_versions(before, after)
    comparison = compare_segments(before, after, alignment)
    changes = compare(before, after, alignment, comparison)
    kinds = {change.kind for change in changes}
    stale = {j for j, kind in comparison.classes.items() if kind.stale}
    new = set(range(len(after.segments))) - {j for _, j in comparison.pairs}
    gone = len(before.segments) - len(comparison.pairs)
    reworded = {j for j in stale if comparison.classes[j] in _WORDED}
    return Edit(
        before,
        after,
        alignment,
        tuple(kind for kind in ChangeClass if kind in kinds),
        frozenset(after.segments[j].start for j in stale),
        len(stale | new) + gone,
        sum(count_words(after.segments[j]) for j in reworded | new),
    )


_WORDED = frozenset((ChangeClass.PROSE, ChangeClass.TITLE))


def impact(pair: Pair, edit: Edit, before: Judgement, after: Judgement) -> Impact:
    """What an edit of the source causes in one translation, judged before and after it."""
    waited = _Waiting(outstanding(before))
    heads = _partners(edit)
    counts = dict.fromkeys(SegmentState, 0)
    words = again = 0
    left: set[int] = set()
    for unit in outstanding(after):
        place = waited.place(unit, heads)
        if place is None:
            counts[unit.state] += 1
            words += unit.words
        else:
            left.add(place)
            again += unit.head is not None and unit.head.start in edit.changed
    return edit.size_of(
        Impact(
            pair.locale,
            pair.source.path if pair.source else "",
            pair.target.path,
            counts[SegmentState.STALE],
            counts[SegmentState.OBSOLETE],
            counts[SegmentState.NEW],
            words,
            again,
            len(waited.units) - len(left),
        )
    )


class _Waiting:
    """Units that waited before a change, to be found again after it."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self._targets = {u.target.start: n for n, u in enumerate(units) if u.target}
        self._bases = {u.base.start: n for n, u in enumerate(units) if u.base}
        self._heads = {u.head.start: n for n, u in enumerate(units) if u.head}

    def place(self, unit: Unit, heads: dict[int, int]) -> int | None:
        """Which of them a unit is; `heads` leads from a start in head now to that before."""
        if unit.target is not None and unit.target.start in self._targets:
            return self._targets[unit.target.start]
        if unit.base is not None and unit.base.start in self._bases:
            return self._bases[unit.base.start]
        if unit.head is not None:
            return self._heads.get(heads.get(unit.head.start, -1))
        return None


def _partners(edit: Edit) -> dict[int, int]:
    olds, news = edit.before.segments, edit.after.segments
    return {news[j].start: olds[i].start for i, j in edit.alignment.rights().items()}


def impacts(
    shelves: Shelves,
    change: SourceChange,
    sources: Iterable[Header],
    pages: Sequence[PageResult],
    known: Iterable[Impact],
) -> tuple[Impact, ...]:
    """The impact on all translations: what is `known` of pairs, new pages, and pages gone."""
    found = {(one.locale, one.source_path, one.path): one for one in known}
    new = {header.path for header in sources if change.blob_before(header) is None}
    for page in pages:
        key = page.locale, page.source_path or "", page.path
        if page.source_path in new and page.path is None:
            found[key] = _sized(
                Impact(*key, reason=NEW_PAGE), page.segments.total, page.words_to_do
            )
    paired = {(page.locale, page.path) for page in pages}
    for one in _orphans(shelves, change):
        if (one.locale, one.path) not in paired:
            found[one.locale, one.source_path, one.path] = one
    return tuple(
        found[key] for key in sorted(found, key=lambda key: (key[1], key[0], key[2] or ""))
    )


def _sized(impact: Impact, segments: int | None, words: int | None) -> Impact:
    """The same, with the size of a page that nobody has translated."""
    if segments is None:
        return impact
    return impact._replace(
        stale=0,
        obsolete=0,
        new=segments,
        words=words,
        again=0,
        settled=0,
        source_segments=segments,
        source_words=words,
    )


def _orphans(shelves: Shelves, change: SourceChange) -> Iterator[Impact]:
    source = shelves.workspace.source
    if source is None:
        return
    for path in change.gone():
        for locale, library in shelves.targets.items():
            side = library.side
            target = other_path(path, source.root, side.root)
            if side.snapshot.exists(target) and side.is_page(target):
                (header,) = library.headers((target,)) or (None,)
                one = Impact(locale, path, target, reason=PAGE_GONE)
                count = len(library.document(header).segments) if header else None
                yield (
                    one
                    if count is None
                    else one._replace(stale=0, obsolete=count, new=0, words=0, again=0, settled=0)
                )
