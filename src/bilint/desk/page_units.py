"""The units of a page: each segment beside its source, as translators' tools want them."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b

from bilint.answers import asked
from bilint.checks.registry import select
from bilint.exchange.inline import number_like, read_text, shown
from bilint.model.alignment import Basis, PageStatus, SegmentState, Unit
from bilint.model.document import Document, Segment
from bilint.model.exchange import ExchangeUnit, UnitState
from bilint.model.pair import Pair, Untranslated
from bilint.model.record import NamedTuple
from bilint.model.segment_text import count_words, digest
from bilint.model.text import LineIndex
from bilint.pipeline.examine import Examiner
from bilint.pipeline.outcome import Examined
from bilint.pipeline.pairs import Paired, pair_all, pair_some
from bilint.pipeline.scope import scope
from bilint.pipeline.shelves import other_path
from bilint.pipeline.workspace import Workspace

_VERBATIM = "!"
_FRONT_MATTER = "fm:"


class Placed(NamedTuple):
    """A unit, and its segments: in the target, in the source as it is now, and at the pin.

    Where the source has gone, `source` is that at the pin.
    """

    unit: ExchangeUnit
    target: Segment | None
    source: Segment
    base: Segment | None = None


class PageUnits(NamedTuple):
    """The units of one page in its order.

    `document` is the target page, None where there is none yet; `source` is the page the units'
    sources are in; `left_out` counts target segments that nothing in the source belongs to.
    """

    locale: str
    path: str
    document: Document | None
    source: Document
    placed: tuple[Placed, ...]
    left_out: int = 0


class UnitReader:
    """Reads the units of pages, one page after the other."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.examiner = Examiner(workspace, select(workspace.settings))
        names = scope(workspace)
        self.paired: Paired = (
            pair_all(self.examiner) if names is None else pair_some(self.examiner, names)
        )

    def pairs(self, wanted: Callable[[Pair], bool] = lambda _pair: True) -> Iterator[Pair]:
        """The pairs that are wanted, in the order of locale and path; read ahead a shard each."""
        pairings = self.paired.pairings
        everything = [pair for pairing in pairings for pair in pairing.pairs]
        everything += self.paired.dependants
        pairs = sorted(filter(wanted, everything), key=lambda pair: (pair.locale, pair.target.path))
        for first in range(0, len(pairs), _AT_ONCE):
            some = pairs[first : first + _AT_ONCE]
            self.examiner.prepare(some)
            yield from some
            self.examiner.shelves.forget()

    def untranslated(self) -> Iterator[Untranslated]:
        """The source pages that a locale has not got."""
        for pairing in self.paired.pairings:
            yield from pairing.untranslated

    def read(self, pair: Pair) -> PageUnits | None:
        """The units of a pair; None where there is nothing to compare the page with."""
        examined = self.examiner.examine(pair)
        target = examined.aligned.document
        if examined.judgement.units:
            head = self.examiner.shelves.head(pair.source)
            source = head or (examined.aligned.source and examined.aligned.source.document)
            units = examined.judgement.units
            names = {one.position: one.fingerprint for one in asked(units, pair.locale)}
            found: Iterable[_Found | None] = (
                _of_unit(unit, names.get(index, "")) for index, unit in enumerate(units)
            )
        elif examined.judgement.status is PageStatus.CURRENT or (
            examined.aligned.basis is Basis.HEAD
        ):
            page = examined.aligned.source
            source = page.document if page else None
            found = map(_of_pair, examined.aligned.segments)
        else:
            return None
        if source is None:
            return None
        maker = _Maker(_identity(examined), pair.target.path, target, _held(target))
        placed: list[Placed] = []
        left_out = 0
        for one in found:
            if one is None:
                left_out += 1
            elif _VERBATIM not in one.source.shape:
                placed.append(maker.placed(one))
        return PageUnits(pair.locale, pair.target.path, target, source, tuple(placed), left_out)

    def blank(self, page: Untranslated) -> PageUnits | None:
        """The units of a page that is not translated at all; None when its source is unreadable."""
        source = self.examiner.shelves.head(page.source)
        if source is None or not source.segments:
            return None
        side, own = self.workspace.source, self.workspace.targets[page.locale]
        path = other_path(page.source.path, side.root if side else "", own.root)
        ids = page.source.provenance.ids
        maker = _Maker(ids[0] if ids else page.source.path, path, None, None)
        placed = tuple(
            maker.placed(_Found(UnitState.NEW, segment, None, None))
            for segment in source.segments
            if _VERBATIM not in segment.shape
        )
        return PageUnits(page.locale, path, None, source, placed)


_AT_ONCE = 250


class _Found(NamedTuple):
    """A unit before it is made: its source now, its target, its source then; and a remark."""

    state: UnitState
    source: Segment
    target: Segment | None
    base: Segment | None
    remark: str = ""
    fingerprint: str = ""


def _of_unit(unit: Unit, name: str) -> _Found | None:
    """What a unit asks; None where nothing in the source belongs to it."""
    source = unit.head or unit.base
    if source is None or (unit.target is None and unit.head is None):
        return None
    if unit.target is None:
        return _Found(UnitState.NEW, source, None, unit.base)
    if unit.state is SegmentState.OBSOLETE:
        if unit.answered:
            return _Found(UnitState.OBSOLETE, source, unit.target, unit.base)
        remark = "its source is gone"
        return _Found(UnitState.OBSOLETE, source, unit.target, unit.base, remark, name)
    if unit.state is SegmentState.STALE and not unit.answered:
        remark = f"changed in the source: {unit.change.value}" if unit.change else ""
        return _Found(UnitState.STALE, source, unit.target, unit.base, remark, name)
    return _Found(UnitState.CURRENT, source, unit.target, unit.base)


def _of_pair(pair: tuple[Segment | None, Segment | None, float]) -> _Found | None:
    source, target, _likeness = pair
    if source is None or target is None:
        return None
    remark = "which version of the source this translates is not known"
    return _Found(UnitState.UNKNOWN, source, target, None, remark)


def _identity(examined: Examined) -> str:
    pair = examined.pair
    ids = (pair.source.provenance.ids if pair.source else ()) or pair.target.provenance.ids
    return ids[0] if ids else (pair.source or pair.target).path


def _held(document: Document) -> str | None:
    """Why no text can be written back into a page."""
    for problem in document.problems:
        if problem.code != "suppression":
            return problem.message
    return None


class _Maker:
    """Makes the units of one page, and gives them their keys."""

    def __init__(self, identity: str, path: str, target: Document | None, held: str | None) -> None:
        self._identity, self._path = identity, path
        self._held = held
        self._target = target
        self._line: Callable[[int], int] = LineIndex(target.data).line if target else _first_line
        self._last = 1
        self._seen: Counter[str] = Counter()

    def placed(self, found: _Found) -> Placed:
        segment = found.target
        if segment is not None:
            self._last = self._line(segment.start)
        source = read_text(found.source)
        stale = found.state is UnitState.STALE
        base = read_text(found.base) if stale and found.base is not None else ()
        return Placed(
            ExchangeUnit(
                key=self._key(found.base or found.source),
                path=self._path,
                line=self._last,
                kind=found.source.kind,
                state=found.state,
                source=source,
                target=number_like(source, read_text(segment), base) if segment else (),
                previous=_previous(found),
                notes=(found.remark,) if found.remark else (),
                words=count_words(found.source),
                page_id=self._identity,
                held=self._held or self._masked(segment),
                fingerprints=(found.fingerprint,) if found.fingerprint else (),
            ),
            segment,
            found.source,
            found.base,
        )

    def _masked(self, segment: Segment | None) -> str | None:
        if segment is None or self._target is None or segment.shape.startswith(_FRONT_MATTER):
            return None
        if self._target.data[segment.start : segment.end] == segment.text.encode():
            return None
        return "a comment for Bilint stands within the text"

    def _key(self, segment: Segment) -> str:
        name = digest(segment.text)
        seen = self._seen[name]
        self._seen[name] += 1
        said = f"{self._identity}\0{name}\0{seen}".encode("utf-8", "surrogatepass")
        return base64.b32encode(blake2b(said, digest_size=5).digest()).decode().lower()


def _first_line(_offset: int) -> int:
    return 1


def _previous(found: _Found) -> str | None:
    if found.state is not UnitState.STALE or found.base is None:
        return None
    then = shown(found.base)
    return then if then != shown(found.source) else None
