"""One pair before its checks: base, alignment, judgement, past."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from bilint.alignment import align_translation, align_versions, structure_likeness
from bilint.model.alignment import AlignedPair, Alignment, Basis, Judgement, PageStatus
from bilint.model.document import Document
from bilint.model.gate import Impact
from bilint.model.history import Base, Unknown
from bilint.model.page import Page
from bilint.model.pair import Pair
from bilint.model.record import TYPE_CHECKING
from bilint.pipeline.beside import (
    segment_pairs,
    target_alone,
    with_new_of_head,
    without_answered,
)
from bilint.pipeline.outcome import Examined
from bilint.pipeline.past import PastReader
from bilint.pipeline.shelves import Shelves
from bilint.pipeline.verdicts import Verdicts
from bilint.staleness import COMPARABLE, judge, likely_drift

if TYPE_CHECKING:
    from bilint.pipeline.impact import SourceChange


class Comparer:
    """Lays the texts of a pair beside each other: base, target and head."""

    def __init__(self, shelves: Shelves, verdicts: Verdicts) -> None:
        self.shelves = shelves
        self.past = PastReader(shelves)
        self.verdicts = verdicts
        self._versions_of: tuple[Document, Document, Alignment] | None = None

    @cached_property
    def source_change(self) -> SourceChange | None:
        """The change of the source that the run is about, if it is about any."""
        workspace = self.shelves.workspace
        hook, side = workspace.request.hook, workspace.source
        if hook is None or hook.whole or side is None or not side.at_home:
            return None
        from bilint.pipeline.impact import SourceChange

        return SourceChange(self.shelves, side)

    def compare(self, pair: Pair) -> Examined:
        """Find the base, align the three texts, judge, and gather the past."""
        target = self.shelves.targets[pair.locale].page(pair.target)
        pin = self.shelves.pin(pair)
        base = self.shelves.base(pair, pin)
        base_document = self.shelves.base_document(base)
        head = self.shelves.head(pair.source)
        if isinstance(base, Base) and base_document is None:
            if pair.source is not None and base.blob == pair.source.blob:
                return self._same_unread(pair, pin, base, target)
            base = Unknown.NO_OBJECT
        unreadable = why_unreadable(target.document)
        if unreadable is None and isinstance(base, Base) and base_document is not None:
            source = Page(base.path, base.blob, base_document)
            return self._with_base(pair, pin, base, source, target, head)
        judgement = _unjudged(base, unreadable)
        aligned = self._compared_with_head(pair, target, head)
        aligned = aligned._replace(past=self.past.alone(pair))
        drift = likely_drift(target.document, head) if head is not None else None
        impact = self._impact(pair, judgement)
        return Examined(pair, pin, base, aligned, judgement, drift, impact, head)

    def _with_base(
        self,
        pair: Pair,
        pin: str | None,
        base: Base,
        source: Page,
        target: Page,
        head: Document | None,
    ) -> Examined:
        """What is known where the source is there as it was when it was translated."""
        then, translation = source.document, target.document
        base_target = align_translation(then, translation)
        base_head = None if head is None else self._versions(then, head)

        def judged_by(head: Document | None, base_head: Alignment | None) -> Judgement:
            texts = then, translation, head, base_target, base_head
            judgement = judge(*texts)
            at_pin = self.past.at_pin(pair, pin, judgement, translation)
            return judgement if at_pin is None else judge(*texts, at_pin)

        judgement = self.verdicts.judged(pair, judged_by(head, base_head), still_right=False)
        segments = without_answered(segment_pairs(then, translation, base_target), judgement)
        rewritten = any(unit.answered for unit in judgement.units)
        # What is still right translates base as before: base remains its measure.
        judgement = self.verdicts.judged(pair, judgement, still_right=True)
        if head is not None and base_head is not None and any(one.is_extra for one in segments):
            segments = with_new_of_head(segments, translation, head, base_head)
        past = self.past.gather(pair, pin, base, then, target, segments)
        aligned = AlignedPair(
            locale=pair.locale,
            target=target,
            source=source,
            basis=Basis.BASE,
            segments=segments,
            source_revision=base.commit,
            past=self.verdicts.past(pair, past),
        )
        impact = self._impact(pair, judgement, then, judged_by)
        if rewritten:
            aligned = aligned._replace(now=self._beside_head(pair, aligned, head))
        return Examined(pair, pin, base, aligned, judgement, impact=impact, head=head)

    def _beside_head(
        self, pair: Pair, aligned: AlignedPair, head: Document | None
    ) -> AlignedPair | None:
        """The pair as checks will see it when its pin is moved to head."""
        if head is None or pair.source is None or self.shelves.source is None:
            return None
        target = aligned.document
        return aligned._replace(
            source=Page(pair.source.path, pair.source.blob, head),
            segments=segment_pairs(head, target, align_translation(head, target)),
            source_revision=self.shelves.source.side.snapshot.revision,
        )

    def _versions(self, base: Document, head: Document) -> Alignment:
        """The source then beside the source now, remembered while one page is worked on.

        At the desk a page is examined after every edit, and its source stays as it is.
        """
        known = self._versions_of
        if known is None or known[0] is not base or known[1] is not head:
            self._versions_of = known = (base, head, align_versions(base, head))
        return known[2]

    def _impact(
        self,
        pair: Pair,
        after: Judgement,
        base: Document | None = None,
        judged_by: Callable[[Document, Alignment], Judgement] | None = None,
    ) -> Impact | None:
        """What the change of a source page that the run is about causes in this translation.

        `judged_by` judges the pair with another head, which is aligned with `base`; without them
        nobody can tell.
        """
        change = self.source_change
        edit = change.edit(pair.source) if change is not None and pair.source else None
        if edit is None or pair.source is None:
            return None
        if base is None or judged_by is None:
            unknown = Impact(pair.locale, pair.source.path, pair.target.path, reason=after.reason)
            return edit.size_of(unknown)
        from bilint.pipeline.impact import impact

        before = judged_by(edit.before, align_versions(base, edit.before))
        return impact(pair, edit, before, after)

    def _same_unread(self, pair: Pair, pin: str | None, base: Base, target: Page) -> Examined:
        """A source whose content is not there, but which is the same blob now and at the pin."""
        aligned = target_alone(pair.locale, target)._replace(past=self.past.alone(pair))
        return Examined(pair, pin, base, aligned, Judgement(PageStatus.CURRENT, words_to_do=0))

    def _compared_with_head(self, pair: Pair, target: Page, head: Document | None) -> AlignedPair:
        if head is not None and pair.source is not None and self.shelves.source is not None:
            source = self.shelves.source.page(pair.source)
            if structure_likeness(head, target.document) >= COMPARABLE:
                alignment = align_translation(head, target.document)
                # What head has and the target lacks came later, for all one knows.
                segments = tuple(
                    one
                    for one in segment_pairs(head, target.document, alignment)
                    if one.target is not None
                )
                return AlignedPair(
                    pair.locale,
                    target,
                    source,
                    Basis.HEAD,
                    segments,
                    self.shelves.source.side.snapshot.revision,
                )
        return target_alone(pair.locale, target)


def _unjudged(base: Base | Unknown | None, unreadable: str | None) -> Judgement:
    if base is None and unreadable is None:
        return Judgement(PageStatus.UNPINNED, "no-pin")
    if isinstance(base, Unknown):
        return Judgement(PageStatus.UNKNOWN, base.value)
    return Judgement(PageStatus.UNKNOWN, unreadable)


def why_unreadable(document: Document) -> str | None:
    """Why a page gave no segments, if it could not be read at all."""
    if document.segments or not document.problems:
        return None
    return document.problems[0].code
