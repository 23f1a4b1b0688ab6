"""Measures how good translations proved, out of their own history or beside a reference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice

from bilint.alignment import align_translation, align_versions
from bilint.engines.similarity import CorpusScores
from bilint.model.config import Location
from bilint.model.document import Document, Segment
from bilint.model.history import Base, Handoff, PostEdit
from bilint.model.page import Header, Provenance
from bilint.model.quality import By, LeftOut, LocaleQuality, Quality, Unit
from bilint.model.record import NamedTuple
from bilint.model.segment_text import count_words, plain
from bilint.pipeline.library import Library
from bilint.pipeline.request import Request, UsageError
from bilint.pipeline.shelves import Shelves, other_path
from bilint.pipeline.workspace import Workspace
from bilint.quality import Scores, Telling, measure, scored
from bilint.readers.handoffs import post_edits, read_handoffs
from bilint.readers.markdown import read_document
from bilint.readers.page import read_header, read_provenance

RESAMPLES = 1000
"""How often sacrebleu draws anew for an interval, unless told otherwise."""

_SHELF = 50
"""Pairs of versions of which the documents are held at once."""

_NO_WIDTH = str.maketrans("", "", "\u200b\u2060\ufeff")
"""What scripts pad damaged places with; nobody reads it."""

Tick = Callable[[int, int], None]


class Asked(NamedTuple):
    """What is to be measured.

    `since` is a day; hand-offs before it are left out. `partial` takes in what only raised the
    human share. `references` are where to find other translations, by locale; `file` is one page
    that is the reference of one page.
    """

    telling: Telling = Telling()
    resamples: int = RESAMPLES
    since: str | None = None
    partial: bool = False
    references: Mapping[str, Location] = {}
    file: tuple[str, bytes] | None = None
    said: str | None = None


class Measured(NamedTuple):
    """The figures, and the segments of each locale that they rest on."""

    quality: Quality
    units: Mapping[str, tuple[Unit, ...]]


def measure_quality(
    request: Request, asked: Asked, tick: Tick = lambda _done, _all: None
) -> Measured:
    """Measure every locale of a request. Raises `GitError` and `UsageError` as a run does."""
    compared = bool(asked.references) or asked.file is not None
    by = asked.telling.by
    if compared:
        by = tuple(one for one in by if one is not By.PERIOD)
    telling = asked.telling._replace(by=by, everything=asked.telling.everything or compared)
    found: dict[str, _Found] = {}
    roots: dict[str, str] = {}
    with Workspace(request) as workspace:
        for locale, side in sorted(workspace.targets.items()):
            shelves = Shelves(workspace)
            if compared:
                found[locale] = _beside_reference(shelves, locale, asked, tick)
            else:
                found[locale] = _History(shelves, locale, asked).read(tick)
            roots[locale] = side.root
    locales = [
        _measured(locale, one, telling, roots[locale], asked.resamples)
        for locale, one in found.items()
    ]
    quality = Quality(
        tuple(locales),
        asked.resamples,
        asked.said if compared else None,
        asked.since,
        telling.everything,
        asked.partial,
    )
    return Measured(
        quality, {locale: tuple(scored(one.units, telling)) for locale, one in found.items()}
    )


class _Found(NamedTuple):
    units: list[Unit]
    pairs: int = 0
    left_out: LeftOut = LeftOut()
    note: str | None = None


def _measured(
    locale: str, found: _Found, telling: Telling, root: str, resamples: int
) -> LocaleQuality:
    def scorer(pairs: Sequence[tuple[str, str]]) -> Scores:
        return CorpusScores(locale, pairs, resamples)

    result = measure(locale, found.units, telling, scorer, root=root, left_out=found.left_out)
    return result._replace(found=found.pairs, note=found.note)


def day_of(when: int) -> str:
    """The day of a moment, such as `2024-05-17`, wherever the reader is."""
    return datetime.fromtimestamp(when, UTC).strftime("%Y-%m-%d")


class _History:
    """Reads what people made of machine translations, of one locale."""

    def __init__(self, shelves: Shelves, locale: str, asked: Asked) -> None:
        self._shelves = shelves
        self._asked = asked
        self._locale = locale
        self._library = shelves.targets[locale]
        self._remembered: set[str] = set()

    def read(self, tick: Tick) -> _Found:
        """All segments of all post-edits, in the order in which they were handed over."""
        side, workspace = self._library.side, self._shelves.workspace
        commit = side.snapshot.revision or side.repository.head()
        if commit is None:
            return _Found([], note="it has no history")
        profile, limits = workspace.profile, workspace.settings.limits
        handoffs = read_handoffs(
            side.repository,
            commit,
            side.root,
            profile,
            side.is_page,
            lambda data: read_provenance(data, profile, limits),
        )
        edits = [one for of_page in handoffs.values() for one in post_edits(of_page)]
        edits = [one for one in edits if self._wanted(one.earlier)]
        taken = [one for one in edits if one.by_people or self._asked.partial]
        # A cherry-picked hand-off is the same work.
        taken = list({(one.earlier.blob, one.later.blob): one for one in taken}.values())
        taken.sort(key=lambda one: (one.earlier.when, one.earlier.path))
        units, unmatched = self._units(taken, handoffs, tick)
        return _Found(
            units,
            len(taken),
            LeftOut(
                unmatched=unmatched,
                partial=sum(not one.by_people for one in edits) * (not self._asked.partial),
            ),
        )

    def _wanted(self, one: Handoff) -> bool:
        since = self._asked.since
        return (since is None or day_of(one.when) >= since) and is_named(
            one.path, self._shelves.workspace.request.paths
        )

    def _units(
        self,
        edits: Sequence[PostEdit],
        handoffs: Mapping[str, Sequence[Handoff]],
        tick: Tick,
    ) -> tuple[list[Unit], int]:
        human = sorted(
            (one for of_page in handoffs.values() for one in of_page if one.human),
            key=lambda one: one.when,
        )
        at, unmatched = 0, 0
        units: list[Unit] = []
        for start in range(0, len(edits), _SHELF):
            some = edits[start : start + _SHELF]
            until = some[-1].earlier.when
            end = next((i for i in range(at, len(human)) if human[i].when >= until), len(human))
            bases = {edit: self._base(edit.earlier) for edit in some}
            self._preload(some, human[at:end], bases.values())
            for number, edit in enumerate(some, start):
                while at < len(human) and human[at].when < edit.earlier.when:
                    self._remember(human[at])
                    at += 1
                earlier = self._library.blob_document(edit.earlier.blob)
                later = self._library.blob_document(edit.later.blob)
                if earlier is None or later is None:
                    continue
                sources = beside(self._shelves.base_document(bases[edit]), earlier)
                page = _Page(edit.earlier.path, number, edit.earlier.when, edit.earlier.share)
                found, alone = compare(page, earlier, later, sources, self._remembered)
                units += found
                unmatched += alone
            self._shelves.forget()
            tick(min(start + _SHELF, len(edits)), len(edits))
        return units, unmatched

    def _preload(
        self, edits: Iterable[PostEdit], human: Iterable[Handoff], bases: Iterable[Base | None]
    ) -> None:
        blobs = [blob for one in edits for blob in (one.earlier.blob, one.later.blob)]
        self._library.preload([*blobs, *(one.blob for one in human)])
        if self._shelves.source is not None:
            self._shelves.source.preload(one.blob for one in bases if one is not None)

    def _remember(self, handoff: Handoff) -> None:
        document = self._library.blob_document(handoff.blob)
        if document is not None:
            self._remembered.update(map(text_of, document.segments))

    def _base(self, handoff: Handoff) -> Base | None:
        return base_of(self._shelves, self._locale, handoff.path, Provenance(pin=handoff.pin))


class _Page(NamedTuple):
    path: str
    pair: int
    when: int | None
    claimed: float | None


def compare(
    page: _Page,
    earlier: Document,
    later: Document,
    sources: Mapping[int, Segment],
    remembered: frozenset[str] | set[str] = frozenset(),
) -> tuple[list[Unit], int]:
    """The segments of two versions beside each other, and how many stand alone."""
    partners = align_versions(earlier, later).rights()
    units = []
    alone = len(later.segments) - len(partners)
    for index, segment in enumerate(earlier.segments):
        words = count_words(segment)
        if not words:
            continue
        if index not in partners:
            alone += 1
            continue
        other = later.segments[partners[index]]
        before, after = text_of(segment), text_of(other)
        source = sources.get(index)
        if not before or not after:
            alone += 1
            continue
        units.append(
            Unit(
                page.path,
                page.pair,
                "" if page.when is None else day_of(page.when),
                page.claimed,
                None if source is None else text_of(source),
                before,
                after,
                words if source is None else count_words(source),
                markup=_kinds(segment) != _kinds(other),
                remembered=before in remembered,
            )
        )
    return units, alone


def text_of(segment: Segment) -> str:
    """What people read of a segment, on one line."""
    return plain(segment).translate(_NO_WIDTH).strip()


def _kinds(segment: Segment) -> Counter[str]:
    return Counter(token.kind for token in segment.tokens)


def beside(source: Document | None, target: Document) -> dict[int, Segment]:
    """The source of each target segment, by the index of the latter."""
    if source is None:
        return {}
    lefts = align_translation(source, target).lefts()
    return {right: source.segments[left] for right, left in lefts.items()}


def base_of(shelves: Shelves, locale: str, path: str, said: Provenance) -> Base | None:
    """The source page of a version, if its pin leads to one."""
    if shelves.source_history is None or shelves.workspace.source is None or said.pin is None:
        return None
    root = shelves.workspace.targets[locale].root
    same = other_path(path, root, shelves.workspace.source.root)
    base = shelves.source_history.base(said.pin, (same,), said.ids)
    return base if isinstance(base, Base) else None


def is_named(path: str, names: Sequence[str] | None) -> bool:
    """Whether a page is one of those named, or lies in a folder of them; all are by None."""
    if names is None:
        return True
    wanted = [name.strip("/").removeprefix("./") for name in names]
    return any(
        path == one or f"/{path}".endswith(f"/{one}") or f"/{path}".find(f"/{one}/") >= 0
        for one in wanted
    )


# Beside a reference


def _beside_reference(shelves: Shelves, locale: str, asked: Asked, tick: Tick) -> _Found:
    workspace = shelves.workspace
    library = shelves.targets[locale]
    headers = [
        header
        for header in library.headers(workspace.page_paths(library.side))
        if is_named(header.path, workspace.request.paths)
    ]
    if asked.file is not None:
        pairs = _beside_file(shelves, headers, *asked.file)
        return _compared(shelves, locale, list(pairs), tick)
    if locale not in asked.references:
        return _Found([], note="there is no reference for it")
    with Workspace(
        workspace.request._replace(
            settings=workspace.settings._replace(
                source=None, targets={locale: asked.references[locale]}
            )
        )
    ) as other:
        theirs = Library(other.targets[locale], other.profile, other.settings.limits)
        there = theirs.headers(other.page_paths(theirs.side))
        found = list(_by_path_or_id(headers, there, library.side.root, theirs.side.root))
        documents = ((header, theirs.document(mate)) for header, mate in found)
        result = _compared(shelves, locale, documents, tick, len(found))
    if not found:
        return result._replace(note="the reference holds none of its pages, or the very same")
    return result


def _by_path_or_id(
    headers: Iterable[Header], theirs: Sequence[Header], root: str, their_root: str
) -> Iterator[tuple[Header, Header]]:
    by_path = {other_path(one.path, their_root, root): one for one in theirs}
    by_id = {name: one for one in theirs for name in one.provenance.ids}
    for header in headers:
        ids = header.provenance.ids
        mate = by_path.get(header.path) or next((by_id[one] for one in ids if one in by_id), None)
        if mate is not None and mate.blob != header.blob:
            yield header, mate


def _beside_file(
    shelves: Shelves, headers: Sequence[Header], name: str, data: bytes
) -> Iterator[tuple[Header, Document]]:
    profile, limits = shelves.workspace.profile, shelves.workspace.settings.limits
    ids = set(read_header(name, "", data, profile, limits).provenance.ids)
    matching = [one for one in headers if ids and ids & set(one.provenance.ids)] or [
        one for one in headers if one.path.rpartition("/")[2] == name.rpartition("/")[2]
    ]
    if shelves.workspace.request.paths is not None and len(headers) == 1:
        matching = list(headers)
    if len(matching) != 1:
        raise UsageError(
            f"{name} could be the reference of {len(matching)} pages: name the page that it is for"
        )
    yield matching[0], read_document(data, profile, limits)


def _compared(
    shelves: Shelves,
    locale: str,
    pairs: Iterable[tuple[Header, Document]],
    tick: Tick,
    total: int = 1,
) -> _Found:
    units: list[Unit] = []
    unmatched = 0
    pairs = iter(pairs)
    number = 0
    while some := list(islice(pairs, _SHELF)):
        for header, other in some:
            document = shelves.targets[locale].document(header)
            base = shelves.base_document(base_of(shelves, locale, header.path, header.provenance))
            page = _Page(header.path, number, None, header.provenance.ht_degree)
            found, alone = compare(page, document, other, beside(base, document))
            units += found
            unmatched += alone
            number += 1
        shelves.forget()
        tick(number, max(total, number))
    return _Found(units, number, LeftOut(unmatched=unmatched))
