"""What is said of one page of one locale when it has gone through."""

from __future__ import annotations

from bilint.model.alignment import (
    AlignedPair,
    ChangeClass,
    Drift,
    Judgement,
    PageStatus,
    SegmentState,
)
from bilint.model.document import Document
from bilint.model.finding import Finding, Incident, Skipped
from bilint.model.gate import Impact
from bilint.model.history import Base, Unknown
from bilint.model.page import Header
from bilint.model.pair import Pair
from bilint.model.record import NamedTuple
from bilint.model.report import PageResult, SegmentCounts, SegmentResult, Work
from bilint.model.segment_text import normalise
from bilint.model.text import LineIndex
from bilint.pipeline.request import Wants
from bilint.staleness import may_stamp


class Outcome(NamedTuple):
    """What is known of one page of one locale when it has gone through.

    `texts` are packed (`model.unit_text`), where the report wants them.
    """

    page: PageResult
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    incidents: tuple[Incident, ...] = ()
    diffs: tuple[tuple[str, str], ...] = ()
    segments: tuple[SegmentResult, ...] = ()
    impact: Impact | None = None
    texts: bytes | None = None


class Examined(NamedTuple):
    """A pair with everything that staleness and checks are told of it, and the source now."""

    pair: Pair
    pin: str | None
    base: Base | Unknown | None
    aligned: AlignedPair
    judgement: Judgement
    drift: Drift | None = None
    impact: Impact | None = None
    head: Document | None = None

    @property
    def checked(self) -> AlignedPair:
        """What checks see: where only the pin is old, the page beside what it translates by now."""
        now = self.aligned.now
        return self.aligned if now is None or may_stamp(self.judgement) else now


def not_examined(locale: str, target: Header | None, source: Header | None) -> Outcome:
    """All that can be said of a page without looking into it."""
    known = target or source
    return Outcome(
        PageResult(
            locale=locale,
            path=target.path if target else None,
            id=_first(known.provenance.ids) if known else None,
            paired_by=None,
            status=PageStatus.UNKNOWN,
            reason="not-examined",
            moved=False,
            pin=target.provenance.pin if target else None,
            base_path=None,
            source_path=source.path if source else None,
            ht_degree=target.provenance.ht_degree if target else None,
            workflow=target.provenance.workflow if target else None,
            segments=SegmentCounts(),
            words_to_do=None,
            word_count=target.provenance.word_count if target else None,
        )
    )


def judged(examined: Examined, wants: Wants) -> Outcome:
    """The outcome of a pair before it is checked."""
    outcome = Outcome(page_result(examined), impact=examined.impact)
    if wants.diffs:
        changed, known = diffs(examined.judgement), segments(examined)
        outcome = outcome._replace(diffs=changed, segments=known)
    if wants.texts:
        from bilint.pipeline.texts import texts_of

        texts = texts_of(examined.aligned, examined.judgement, examined.head)
        outcome = outcome._replace(texts=texts)
    return outcome


def page_result(examined: Examined) -> PageResult:
    """What the report says of an examined pair."""
    pair, judgement = examined.pair, examined.judgement
    header = pair.target
    ids = header.provenance.ids or (pair.source.provenance.ids if pair.source else ())
    return PageResult(
        locale=pair.locale,
        path=header.path,
        id=_first(ids),
        paired_by=pair.paired_by,
        status=judgement.status,
        reason=judgement.reason,
        moved=pair.moved,
        pin=examined.pin,
        base_path=examined.base.path if isinstance(examined.base, Base) else None,
        source_path=pair.source.path if pair.source else None,
        ht_degree=header.provenance.ht_degree,
        workflow=header.provenance.workflow,
        segments=_counts(judgement),
        words_to_do=judgement.words_to_do,
        changes=tuple(sorted({change.kind for change in judgement.changes}, key=_CLASSES.index)),
        work=Work.of(judgement.units, judgement.expired) if judgement.units else None,
        drift=examined.drift,
        word_count=header.provenance.word_count,
    )


def diffs(judgement: Judgement) -> tuple[tuple[str, str], ...]:
    """The source segments that changed, then and now; one of the two may be empty."""
    return tuple(
        (
            normalise(unit.base.text) if unit.base else "",
            normalise(unit.head.text) if unit.head else "",
        )
        for unit in judgement.units
        if unit.state is not SegmentState.CURRENT
    )


def segments(examined: Examined) -> tuple[SegmentResult, ...]:
    """The segments of a page that are not as they were at the pin."""
    from bilint.answers import asked

    pair = examined.pair
    lines = LineIndex(examined.aligned.document.data)
    return tuple(
        SegmentResult(
            locale=pair.locale,
            path=pair.target.path,
            line=None if unit.target is None else lines.line(unit.target.start),
            state=unit.state,
            change=unit.change,
            answered=unit.answered,
            words_to_do=unit.words,
            base=normalise(unit.base.text) if unit.base else "",
            head=normalise(unit.head.text) if unit.head else "",
            target=normalise(unit.target.text) if unit.target else "",
            fingerprint=fingerprint,
            digests=digests,
        )
        for _index, unit, fingerprint, digests in asked(examined.judgement.units, pair.locale)
    )


_CLASSES = tuple(ChangeClass)


def _counts(judgement: Judgement) -> SegmentCounts:
    if not judgement.units:
        return SegmentCounts()
    counts = judgement.counts()
    return SegmentCounts(
        len(judgement.units),
        counts[SegmentState.CURRENT],
        counts[SegmentState.STALE],
        counts[SegmentState.OBSOLETE],
        counts[SegmentState.NEW],
    )


def _first(ids: tuple[str, ...]) -> str | None:
    return ids[0] if ids else None
