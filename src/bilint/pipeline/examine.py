"""One pair through the whole line: base, alignment, judgement, past, checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from bilint.alignment import align_translation, align_versions, structure_likeness
from bilint.checks.base import Context, Doubt
from bilint.checks.engine import Results, holds, run_pair, run_source, skipped_on
from bilint.checks.registry import Selection
from bilint.model.alignment import (
    AlignedPair,
    Alignment,
    Basis,
    Judgement,
    Match,
    PageStatus,
    Past,
    SegmentPair,
)
from bilint.model.document import Document, FrontMatter
from bilint.model.finding import Incident
from bilint.model.gate import Impact
from bilint.model.history import Base, Unknown
from bilint.model.page import Header, Page
from bilint.model.pair import Pair, Untranslated
from bilint.model.record import TYPE_CHECKING, NamedTuple
from bilint.model.report import SegmentCounts
from bilint.model.segment_text import count_words
from bilint.pipeline.outcome import Examined, Outcome, judged, not_examined
from bilint.pipeline.past import PastReader
from bilint.pipeline.request import Wants
from bilint.pipeline.shelves import Shelves
from bilint.pipeline.site import LibrarySite
from bilint.pipeline.workspace import Workspace
from bilint.staleness import COMPARABLE, judge, likely_drift

if TYPE_CHECKING:
    from bilint.answers import Answers
    from bilint.model.bitext import Bitext
    from bilint.model.decision import Decisions, Place, Standing
    from bilint.model.evidence import Evidence
    from bilint.pipeline.impact import SourceChange

_LABELS = frozenset(("labels",))
_LIKELY = 0.5
"""Likeness from which a match says something."""


class _Judged(NamedTuple):
    """A pair before its checks."""

    outcome: Outcome
    aligned: AlignedPair


class _Packed(NamedTuple):
    """The same without the content of its pages; segments are known by their index."""

    outcome: Outcome
    source: Page | None
    basis: Basis
    matches: tuple[Match, ...]
    source_revision: str | None
    past: Past


class _Checked(NamedTuple):
    """A pair after its checks, and the same without all content.

    It was checked too soon if pages teach what one of `doubts` is about.
    """

    outcome: Outcome
    bare: AlignedPair
    doubts: tuple[Doubt, ...]


_EMPTY = Document(b"", FrontMatter(), ())
_new = tuple.__new__
"""Makes a named tuple in half the time of calling its class; each run pairs all its segments."""


class Examiner:
    """Examines pairs of one run; what they share stands on the shelves."""

    def __init__(
        self, workspace: Workspace, selection: Selection, shelves: Shelves | None = None
    ) -> None:
        self.workspace = workspace
        self.selection = selection
        self.contexts: Mapping[str, Context] = {}
        self._within: dict[str, Context] = {}
        self.shelves = Shelves(workspace) if shelves is None else shelves
        self.past = PastReader(self.shelves)
        self.source = self.shelves.source
        self.targets = self.shelves.targets
        self._answers: Answers | None = None
        self._aligned: tuple[Document, Document, Alignment] | None = None
        self._kept: dict[tuple[str, str], _Judged | _Packed | _Checked] = {}
        self._source_kept: dict[str, Results] = {}
        self._untranslated_kept: dict[tuple[str, str], Outcome] = {}
        self._labels_only = selection.evidence == _LABELS
        self._waiting = selection.waiting

    @cached_property
    def source_change(self) -> SourceChange | None:
        """The change of the source that the run is about, if it is about any."""
        hook, side = self.workspace.request.hook, self.workspace.source
        if hook is None or hook.whole or side is None or not side.at_home:
            return None
        from bilint.pipeline.impact import SourceChange

        return SourceChange(self.shelves, side)

    def go_by(self, decisions: Decisions) -> None:
        """Take these for all that was decided from now on."""
        self.workspace.request = self.workspace.request._replace(decisions=decisions)
        self._answers = None

    def prepare(self, pairs: Sequence[Pair]) -> None:
        """Read at once what examining these pairs will need; not of those kept from learning."""
        self.past.prepare(pair for pair in pairs if _key(pair) not in self._kept)

    def teach(self, evidence: Mapping[str, Evidence]) -> None:
        """Let the checks know what was learnt of each locale."""
        self.contexts = {
            locale: context._replace(evidence=evidence.get(locale, context.evidence))
            for locale, context in self.contexts.items()
        }
        self._within = {
            locale: within._replace(evidence=self.contexts[locale].evidence)
            for locale, within in self._within.items()
        }

    def learn(self, pair: Pair) -> Bitext:
        """What one pair gives to learn from. It is kept for `outcome`.

        Where it can be told what pages would have to teach to change what is found, it is checked
        while it is at hand: nearly always they do not.
        """
        from bilint.learning.gather import bitext

        judged = self._judged(pair)
        doubts = self._doubts(judged.aligned)
        self._kept[_key(pair)] = judged if doubts is None else self._done(judged, doubts)
        return bitext(judged.aligned, labels_only=self._labels_only)

    def _doubts(self, aligned: AlignedPair) -> tuple[Doubt, ...] | None:
        """What would have to be learnt of pages, not of their heads alone, to change what is found.

        None where nobody can tell: then the page waits.
        """
        waiting = self._waiting
        context = self.contexts.get(aligned.locale)
        if waiting is None or context is None or context.evidence is None:
            return None
        document = aligned.document
        # What is said of comments for Bilint depends on which checks could run.
        if document.suppressions or document.problems:
            return None
        doubts = []
        for check in waiting:
            if any(holds(aligned, mark) for mark in check.marks):
                if check.doubt is None:
                    return None
                doubts.append(check.doubt(aligned, context))
        return tuple(doubts)

    def _done(self, judged: _Judged, doubts: tuple[Doubt, ...]) -> _Checked:
        aligned = judged.aligned
        bare = aligned._replace(
            target=aligned.target._replace(document=_EMPTY),
            source=None if aligned.source is None else aligned.source._replace(document=_EMPTY),
            segments=(),
            past=Past(known=aligned.past.known),
            now=None,
        )
        return _Checked(self._checked(*judged), bare, doubts)

    def check_source(self, header: Header) -> None:
        """Check a source page while it is at hand. It is kept for `source_results`."""
        self._source_kept[header.path] = self.source_results(header)

    def measure(self, page: Untranslated) -> None:
        """Judge a page that is not translated while its source is at hand. It is kept, too."""
        self._untranslated_kept[page.locale, page.source.path] = self.untranslated(page)

    def pack(self) -> None:
        """Make what is kept small: the pages of a whole corpus are too much for one process.

        Of the few that are being worked on nothing is kept: there are three texts of each.
        """
        for key, kept in tuple(self._kept.items()):
            if isinstance(kept, _Judged) and kept.aligned.now is not None:
                del self._kept[key]
            elif isinstance(kept, _Judged):
                self._kept[key] = _packed(kept)
                self.targets[key[0]].retain(kept.aligned.target.blob)
                if kept.aligned.source is not None and self.source is not None:
                    self.source.retain(kept.aligned.source.blob)

    def outcome(self, pair: Pair) -> Outcome:
        """Everything about one pair that the report wants."""
        kept = self._kept.pop(_key(pair), None)
        if isinstance(kept, _Checked):
            context = self.context(pair.locale)
            evidence = context.evidence
            if evidence is None or not any(doubt(evidence) for doubt in kept.doubts):
                skipped = skipped_on(kept.bare, self.selection.checks, context)
                return kept.outcome._replace(skipped=skipped)
            kept = None
        if isinstance(kept, _Packed):
            kept = self._unpacked(pair, kept)
        outcome, aligned = kept or self._judged(pair)
        outcome = self._checked(outcome, aligned)
        cut = _cut_by_limit(aligned.target)
        return outcome._replace(incidents=(*outcome.incidents, cut)) if cut else outcome

    def _judged(self, pair: Pair) -> _Judged:
        examined = self.examine(pair)
        return _Judged(judged(examined, self.workspace.request.wants), examined.checked)

    def _unpacked(self, pair: Pair, packed: _Packed) -> _Judged | None:
        target = self.targets[pair.locale].page(pair.target)
        source = packed.source
        if source is not None:
            document = self.source.blob_document(source.blob) if self.source else None
            if document is None:
                return None
            source = source._replace(document=document)
        aligned = AlignedPair(
            pair.locale,
            target,
            source,
            packed.basis,
            _by_index(source.document if source else None, target.document, packed.matches),
            packed.source_revision,
            packed.past,
        )
        return _Judged(packed.outcome, aligned)

    def judged(self, pair: Pair) -> Outcome:
        """The status of one pair, without any check."""
        return judged(self.examine(pair), self.workspace.request.wants)

    def _checked(self, outcome: Outcome, aligned: AlignedPair) -> Outcome:
        if not self.workspace.request.wants.findings:
            return outcome
        results = run_pair(
            aligned,
            self.selection.checks,
            self.context(aligned.locale),
            self.selection.options,
        )
        return outcome._replace(
            findings=results.findings, skipped=results.skipped, incidents=results.incidents
        )

    def opened(self, pair: Pair) -> tuple[Examined, Outcome]:
        """Everything about one pair, and its three texts beside each other."""
        examined = self.examine(pair)
        outcome = self._checked(judged(examined, Wants()), examined.checked)
        return examined, outcome

    def context(self, locale: str) -> Context:
        """The context of a locale, with the files and pages around the two sides."""
        within = self._within.get(locale)
        if within is None:
            source_site = None if self.source is None else LibrarySite(self.source)
            site = LibrarySite(self.targets[locale])
            within = self.contexts[locale]._replace(site=site, source_site=source_site)
            self._within[locale] = within
        return within

    def reread(self, locale: str, path: str) -> None:
        """A page of a locale has changed: what others ask of it is looked up again."""
        site = self._within[locale].site if locale in self._within else None
        if isinstance(site, LibrarySite):
            site.forget(path)

    def examine(self, pair: Pair) -> Examined:
        """Find the base, align the three texts, judge, and gather the past."""
        target = self.targets[pair.locale].page(pair.target)
        pin = self.shelves.pin(pair)
        base = self.shelves.base(pair, pin)
        base_document = self.shelves.base_document(base)
        head = self.shelves.head(pair.source)
        if isinstance(base, Base) and base_document is None:
            if pair.source is not None and base.blob == pair.source.blob:
                return self._same_unread(pair, pin, base, target)
            base = Unknown.NO_OBJECT
        unreadable = _unreadable(target.document)
        if unreadable is not None or not isinstance(base, Base) or base_document is None:
            judgement = _without_base(base, unreadable)
            aligned = self._compared_with_head(pair, target, head)
            aligned = aligned._replace(past=self.past.alone(pair))
            drift = likely_drift(target.document, head) if head is not None else None
            impact = self._impact(pair, judgement)
            return Examined(pair, pin, base, aligned, judgement, drift, impact, head)
        base_target = align_translation(base_document, target.document)
        base_head = None if head is None else self._versions(base_document, head)

        def judged_by(head: Document | None, base_head: Alignment | None) -> Judgement:
            texts = base_document, target.document, head, base_target, base_head
            judgement = judge(*texts)
            at_pin = self.past.at_pin(pair, pin, judgement, target.document)
            return judgement if at_pin is None else judge(*texts, at_pin)

        judgement = self._decided(pair, judged_by(head, base_head), still_right=False)
        segments = _without_answered(
            segment_pairs(base_document, target.document, base_target), judgement
        )
        rewritten = any(unit.answered for unit in judgement.units)
        # What is still right translates base as before: base remains its measure.
        judgement = self._decided(pair, judgement, still_right=True)
        if head is not None and base_head is not None and any(one.is_extra for one in segments):
            segments = _with_new_of_head(segments, target.document, head, base_head)
        aligned = AlignedPair(
            locale=pair.locale,
            target=target,
            source=Page(base.path, base.blob, base_document),
            basis=Basis.BASE,
            segments=segments,
            source_revision=base.commit,
            past=self._decided_past(
                pair, self.past.gather(pair, pin, base, base_document, target, segments)
            ),
        )
        impact = self._impact(pair, judgement, base_document, judged_by)
        if rewritten:
            aligned = aligned._replace(now=self._beside_head(pair, aligned, head))
        return Examined(pair, pin, base, aligned, judgement, impact=impact, head=head)

    def _beside_head(
        self, pair: Pair, aligned: AlignedPair, head: Document | None
    ) -> AlignedPair | None:
        """The pair as checks will see it when its pin is moved to head."""
        if head is None or pair.source is None or self.source is None:
            return None
        target = aligned.document
        return aligned._replace(
            source=Page(pair.source.path, pair.source.blob, head),
            segments=segment_pairs(head, target, align_translation(head, target)),
            source_revision=self.source.side.snapshot.revision,
        )

    def _versions(self, base: Document, head: Document) -> Alignment:
        """The source then beside the source now, remembered while one page is worked on.

        At the desk a page is examined after every edit, and its source stays as it is.
        """
        known = self._aligned
        if known is None or known[0] is not base or known[1] is not head:
            self._aligned = known = (base, head, align_versions(base, head))
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

    def _decided(self, pair: Pair, judgement: Judgement, *, still_right: bool) -> Judgement:
        """The judgement with what was decided of single segments.

        Either where they were found still right, or where they were written anew or are to be.
        """
        place, answers = self._answers_on(pair)
        if place is None:
            return judgement
        from bilint.answers import REWRITTEN, STILL_RIGHT, with_answers

        verdicts = STILL_RIGHT if still_right else REWRITTEN
        return with_answers(judgement, place, answers, verdicts)

    def _decided_past(self, pair: Pair, past: Past) -> Past:
        if past.refresh is None:
            return past
        _place, answers = self._answers_on(pair)
        if not answers:
            return past
        from bilint.answers import truly_refreshed

        return truly_refreshed(past, answers)

    def _answers_on(self, pair: Pair) -> tuple[Place | None, tuple[Standing, ...]]:
        """The page, and what was decided of its segments; nothing to load where nothing was."""
        decisions = self.workspace.request.decisions
        if decisions is None or not decisions.segments:
            return None, ()
        from bilint.answers import Answers

        if self._answers is None:
            self._answers = Answers(decisions.segments)
        place = place_of(pair)
        return place, self._answers.of(place)

    def _same_unread(self, pair: Pair, pin: str | None, base: Base, target: Page) -> Examined:
        """A source whose content is not there, but which is the same blob now and at the pin."""
        aligned = target_alone(pair.locale, target)._replace(past=self.past.alone(pair))
        return Examined(pair, pin, base, aligned, Judgement(PageStatus.CURRENT, words_to_do=0))

    def _compared_with_head(self, pair: Pair, target: Page, head: Document | None) -> AlignedPair:
        if head is not None and pair.source is not None and self.source is not None:
            source = self.source.page(pair.source)
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
                    self.source.side.snapshot.revision,
                )
        return target_alone(pair.locale, target)

    def untranslated(self, page: Untranslated) -> Outcome:
        """A source page that a locale has not got: all its words are to do."""
        kept = self._untranslated_kept.pop((page.locale, page.source.path), None)
        if kept is not None:
            return kept
        document = self.shelves.head(page.source)
        blank = not_examined(page.locale, None, page.source).page
        if document is not None and _unreadable(document) is not None:
            document = None
        words = sum(count_words(s) for s in document.segments) if document else None
        texts = None
        if document is not None and self.workspace.request.wants.texts:
            from bilint.pipeline.texts import texts_of_source

            texts = texts_of_source(document)
        total = len(document.segments) if document else None
        return Outcome(
            blank._replace(
                status=PageStatus.UNTRANSLATED,
                reason=None,
                segments=SegmentCounts(total, 0, 0, 0, total),
                words_to_do=words,
            ),
            texts=texts,
        )

    def clash(self, locale: str, header: Header, source: Header | None) -> Outcome:
        """A page that shares its identity with others: checked on its own."""
        page = not_examined(locale, header, source).page._replace(
            status=PageStatus.CLASH,
            reason="id-duplicate",
        )
        aligned = target_alone(locale, self.targets[locale].page(header))
        outcome = Outcome(page)
        if self.workspace.request.wants.texts:
            from bilint.pipeline.texts import texts_of_target

            outcome = outcome._replace(texts=texts_of_target(aligned.document))
        return self._checked(outcome, aligned)

    def source_results(self, header: Header) -> Results:
        """What is wrong with a source page itself, whatever its translations."""
        kept = self._source_kept.pop(header.path, None)
        if kept is not None:
            return kept
        if self.source is None:
            return Results()
        return run_source(
            self.source.page(header),
            self.selection.source,
            self.workspace.profile,
            self.source.side.snapshot.revision,
            self.selection.options,
        )


def place_of(pair: Pair) -> Place:
    """The page of a pair by all its names, for decisions to find it by."""
    from bilint.model.decision import Place

    ids = pair.target.provenance.ids or (pair.source.provenance.ids if pair.source else ())
    source = pair.source.path if pair.source is not None else None
    return Place(pair.locale, ids[0] if ids else None, source, pair.target.path)


def _key(pair: Pair) -> tuple[str, str]:
    return pair.locale, pair.target.path


def target_alone(locale: str, target: Page) -> AlignedPair:
    """A target with nothing to compare it with."""
    segments = tuple(SegmentPair(None, segment) for segment in target.document.segments)
    return AlignedPair(locale, target, None, Basis.NOTHING, segments)


def _without_base(base: Base | Unknown | None, unreadable: str | None) -> Judgement:
    if base is None and unreadable is None:
        return Judgement(PageStatus.UNPINNED, "no-pin")
    if isinstance(base, Unknown):
        return Judgement(PageStatus.UNKNOWN, base.value)
    return Judgement(PageStatus.UNKNOWN, unreadable)


def _unreadable(document: Document) -> str | None:
    """Why a page gave no segments, if it could not be read at all."""
    if document.segments or not document.problems:
        return None
    return document.problems[0].code


def _cut_by_limit(page: Page) -> Incident | None:
    """A page above the limit of size: the run went on without it, and must not look whole."""
    for problem in page.document.problems:
        if problem.code == "too-large":
            return Incident(None, page.path, problem.message)
    return None


def segment_pairs(
    source: Document, target: Document, alignment: Alignment
) -> tuple[SegmentPair, ...]:
    """Segments beside each other as an alignment says."""
    return _by_index(source, target, alignment.matches)


def _by_index(
    source: Document | None, target: Document, matches: Iterable[Match]
) -> tuple[SegmentPair, ...]:
    sources, targets = source.segments if source else (), target.segments
    return tuple(
        [
            _new(
                SegmentPair,
                (
                    None if left is None else sources[left],
                    None if right is None else targets[right],
                    likeness,
                ),
            )
            for left, right, likeness in matches
        ]
    )


def _packed(kept: _Judged) -> _Packed:
    outcome, aligned = kept
    source = aligned.source
    lefts = _indices(source.document) if source is not None else {}
    rights = _indices(aligned.document)
    return _Packed(
        outcome,
        None if source is None else source._replace(document=_EMPTY),
        aligned.basis,
        tuple(
            [
                _new(
                    Match,
                    (
                        None if left is None else lefts[left.start],
                        None if right is None else rights[right.start],
                        likeness,
                    ),
                )
                for left, right, likeness in aligned.segments
            ]
        ),
        aligned.source_revision,
        aligned.past,
    )


def _indices(document: Document) -> dict[int, int]:
    return {segment.start: index for index, segment in enumerate(document.segments)}


def _without_answered(
    pairs: tuple[SegmentPair, ...], judgement: Judgement
) -> tuple[SegmentPair, ...]:
    """Segments that were answered translate head already: base is no measure for them any more.

    Nor is anything lost where the source dropped a segment and the translation has fewer too: it
    is being worked on, and which segment of base it lacks cannot be told from base alone.
    """
    answered = {
        unit.target.start for unit in judgement.units if unit.answered and unit.target is not None
    }
    standing = {unit.base.start for unit in judgement.units if unit.base is not None}
    lacking = any(pair.target is None for pair in pairs)
    dropped = lacking and any(
        pair.source is not None and pair.source.start not in standing for pair in pairs
    )
    if not answered and not dropped:
        return pairs
    return tuple(
        SegmentPair(None, pair.target)
        if pair.target is not None and pair.target.start in answered
        else pair
        for pair in pairs
        if pair.target is not None or not dropped
    )


def _with_new_of_head(
    pairs: tuple[SegmentPair, ...], target: Document, head: Document, base_head: Alignment
) -> tuple[SegmentPair, ...]:
    """Segments that base lacks and that translate what is new in head are not extra.

    Where the past of a translation is not known, nobody can tell that they are answers.
    """
    known = set(base_head.rights().values())
    new = {
        target.segments[right].start
        for left, right, likeness in align_translation(head, target).matches
        if left is not None and right is not None and left not in known and likeness >= _LIKELY
    }
    return tuple(
        SegmentPair(None, pair.target)
        if pair.is_extra and pair.target is not None and pair.target.start in new
        else pair
        for pair in pairs
    )
