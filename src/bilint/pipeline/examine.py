"""Pairs through the whole line: compared, learnt from, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bilint.checks.base import Context, Doubt
from bilint.checks.engine import Results, holds, run_pair, run_source, skipped_on
from bilint.checks.registry import Selection
from bilint.model.alignment import AlignedPair, PageStatus
from bilint.model.finding import Incident
from bilint.model.page import Header, Page
from bilint.model.pair import Pair, Untranslated
from bilint.model.record import TYPE_CHECKING
from bilint.model.report import SegmentCounts
from bilint.model.segment_text import count_words
from bilint.pipeline.beside import target_alone
from bilint.pipeline.comparer import Comparer, why_unreadable
from bilint.pipeline.kept import Checked, Judged, Shrunk, bare, shrunk, unshrunk
from bilint.pipeline.outcome import Examined, Outcome, judged, not_examined
from bilint.pipeline.request import Wants
from bilint.pipeline.shelves import Shelves
from bilint.pipeline.site import LibrarySite
from bilint.pipeline.verdicts import Verdicts
from bilint.pipeline.workspace import Workspace

if TYPE_CHECKING:
    from bilint.model.bitext import Bitext
    from bilint.model.decision import Decisions
    from bilint.model.evidence import Evidence

_LABELS = frozenset(("labels",))


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
        self.verdicts = Verdicts(workspace)
        self.comparer = Comparer(self.shelves, self.verdicts)
        self.source = self.shelves.source
        self.targets = self.shelves.targets
        self._kept: dict[tuple[str, str], Judged | Shrunk | Checked] = {}
        self._source_kept: dict[str, Results] = {}
        self._untranslated_kept: dict[tuple[str, str], Outcome] = {}
        self._labels_only = selection.evidence == _LABELS
        self._waiting = selection.waiting

    def go_by(self, decisions: Decisions) -> None:
        """Take these for all that was decided from now on."""
        self.verdicts.go_by(decisions)

    def prepare(self, pairs: Sequence[Pair]) -> None:
        """Read at once what examining these pairs will need; not of those kept from learning."""
        self.comparer.past.prepare(pair for pair in pairs if _key(pair) not in self._kept)

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

    def _done(self, judged: Judged, doubts: tuple[Doubt, ...]) -> Checked:
        return Checked(self._checked(*judged), bare(judged.aligned), doubts)

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
            if isinstance(kept, Judged) and kept.aligned.now is not None:
                del self._kept[key]
            elif isinstance(kept, Judged):
                self._kept[key] = shrunk(kept)
                self.targets[key[0]].retain(kept.aligned.target.blob)
                if kept.aligned.source is not None and self.source is not None:
                    self.source.retain(kept.aligned.source.blob)

    def outcome(self, pair: Pair) -> Outcome:
        """Everything about one pair that the report wants."""
        kept = self._kept.pop(_key(pair), None)
        if isinstance(kept, Checked):
            context = self.context(pair.locale)
            evidence = context.evidence
            if evidence is None or not any(doubt(evidence) for doubt in kept.doubts):
                skipped = skipped_on(kept.bare, self.selection.checks, context)
                return kept.outcome._replace(skipped=skipped)
            kept = None
        if isinstance(kept, Shrunk):
            kept = self._unpacked(pair, kept)
        outcome, aligned = kept or self._judged(pair)
        outcome = self._checked(outcome, aligned)
        cut = _cut_by_limit(aligned.target)
        return outcome._replace(incidents=(*outcome.incidents, cut)) if cut else outcome

    def _judged(self, pair: Pair) -> Judged:
        examined = self.examine(pair)
        return Judged(judged(examined, self.workspace.request.wants), examined.checked)

    def _unpacked(self, pair: Pair, kept: Shrunk) -> Judged | None:
        document = None
        if kept.source is not None:
            document = self.source.blob_document(kept.source.blob) if self.source else None
            if document is None:
                return None
        return unshrunk(kept, pair.locale, document, self.targets[pair.locale].page(pair.target))

    def examine(self, pair: Pair) -> Examined:
        """Find the base, align the three texts, judge, and gather the past."""
        return self.comparer.compare(pair)

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

    def untranslated(self, page: Untranslated) -> Outcome:
        """A source page that a locale has not got: all its words are to do."""
        kept = self._untranslated_kept.pop((page.locale, page.source.path), None)
        if kept is not None:
            return kept
        document = self.shelves.head(page.source)
        blank = not_examined(page.locale, None, page.source).page
        if document is not None and why_unreadable(document) is not None:
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


def _key(pair: Pair) -> tuple[str, str]:
    return pair.locale, pair.target.path


def _cut_by_limit(page: Page) -> Incident | None:
    """A page above the limit of size: the run went on without it, and must not look whole."""
    for problem in page.document.problems:
        if problem.code == "too-large":
            return Incident(None, page.path, problem.message)
    return None
