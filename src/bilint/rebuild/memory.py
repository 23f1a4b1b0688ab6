"""Verdicts that are remembered: what they depend on, and what their links were told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from bilint.checks.base import Context, Site
from bilint.checks.engine import Results
from bilint.checks.registry import Selection
from bilint.model.page import Header
from bilint.model.pair import Pair, Untranslated
from bilint.model.record import NamedTuple
from bilint.pipeline.examine import Examiner
from bilint.pipeline.library import Library
from bilint.pipeline.outcome import Outcome
from bilint.pipeline.shelves import Shelves
from bilint.pipeline.site import LibrarySite
from bilint.pipeline.workspace import Workspace

if TYPE_CHECKING:
    pass

_Question = tuple[str, str, str]
"""What a link asked: of files or of fragments, on which side, at which path."""


class _Remembered(NamedTuple):
    """A verdict, and what it was told of the files around the page."""

    outcome: Outcome
    told: Mapping[_Question, object]


class Memory:
    """The verdicts of all snapshots so far, by all that they depend on."""

    def __init__(self) -> None:
        self.pages: dict[tuple[object, ...], _Remembered] = {}
        self.sources: dict[tuple[str, str], Results] = {}


class _WatchedSite:
    """A site that writes down what it was asked and what it answered."""

    def __init__(self, site: LibrarySite, side: str, library: Library) -> None:
        self._site = site
        self._side = side
        self._library = library
        self.told: dict[_Question, object] = {}

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder of this path."""
        answer = self._site.exists(path)
        self.told["exists", self._side, path] = answer
        return answer

    def anchors(self, path: str) -> frozenset[str] | None:
        """The fragments that a page offers."""
        self.told["anchors", self._side, path] = self._library.side.snapshot.blob(path)
        return self._site.anchors(path)

    def answer(self, question: _Question) -> object:
        """What is answered now to a question that was asked before."""
        kind, _, path = question
        if kind == "exists":
            return self._site.exists(path)
        return self._library.side.snapshot.blob(path)


class PastExaminer(Examiner):
    """An examiner that knows what it said of the same page before."""

    def __init__(
        self, workspace: Workspace, selection: Selection, shelves: Shelves, memory: Memory
    ) -> None:
        super().__init__(workspace, selection, shelves)
        self._memory = memory
        self._sites: dict[str, dict[str, _WatchedSite]] = {}
        self._keys: dict[tuple[str, str], tuple[object, ...]] = {}

    def prepare(self, pairs: Sequence[Pair]) -> None:
        """Read ahead for the pairs of which nothing is known."""
        super().prepare([pair for pair in pairs if self._key_of(pair) not in self._memory.pages])

    def outcome(self, pair: Pair) -> Outcome:
        """What becomes of a pair; as before, where all that it depends on is as before."""
        return self._remembered(
            pair.locale, self._key_of(pair), lambda: Examiner.outcome(self, pair)
        )

    def untranslated(self, page: Untranslated) -> Outcome:
        """The same of a page that has no translation."""
        key = ("untranslated", page.locale, page.source.path, page.source.blob)
        return self._remembered(page.locale, key, lambda: Examiner.untranslated(self, page))

    def clash(self, locale: str, header: Header, source: Header | None) -> Outcome:
        """The same of a page that shares its id with others."""
        key = ("clash", locale, header.path, header.blob, source.path if source else None)
        return self._remembered(locale, key, lambda: Examiner.clash(self, locale, header, source))

    def source_results(self, header: Header) -> Results:
        """What is found on a source page, once a version."""
        key = (header.path, header.blob)
        known = self._memory.sources.get(key)
        if known is None:
            known = self._memory.sources[key] = super().source_results(header)
        return known

    def _remembered(
        self, locale: str, key: tuple[object, ...], examine: Callable[[], Outcome]
    ) -> Outcome:
        known = self._memory.pages.get(key)
        sites = self._watched(locale)
        if known is not None and all(
            sites[question[1]].answer(question) == answer for question, answer in known.told.items()
        ):
            return known.outcome
        told: dict[_Question, object] = {}
        for site in sites.values():
            site.told = told
        outcome = examine()
        self._memory.pages[key] = _Remembered(outcome, told)
        return outcome

    def _key_of(self, pair: Pair) -> tuple[object, ...]:
        """All that a verdict on a pair depends on, but for the files around it."""
        place = (pair.locale, pair.target.path)
        if place not in self._keys:
            self._keys[place] = self._made_key(pair)
        return self._keys[place]

    def _made_key(self, pair: Pair) -> tuple[object, ...]:
        target, source = pair.target, pair.source
        history = self.shelves.target_history(pair.locale)
        versions = history.versions(target.path) if history is not None else ()
        names: tuple[str, ...] = ()
        if self.shelves.source_history is not None:
            names = self.shelves.source_history.earlier_names(self.shelves.where(pair)[0])
        return (
            pair.locale,
            target.path,
            target.blob,
            versions[0].commit if versions else None,
            None if source is None else source.path,
            None if source is None else source.blob,
            pair.paired_by,
            pair.moved,
            pair.ids_differ,
            pair.rivals,
            names,
        )

    def context(self, locale: str) -> Context:
        """What checks know around a page; what they ask of other pages is written down."""
        if locale not in self._within:
            sites: Mapping[str, Site] = self._watched(locale)
            self._within[locale] = self.contexts[locale]._replace(
                site=sites[locale], source_site=sites.get("")
            )
        return self._within[locale]

    def _watched(self, locale: str) -> dict[str, _WatchedSite]:
        if locale not in self._sites:
            sides = {locale: self.targets[locale]}
            if self.source is not None:
                sides[""] = self.source
            self._sites[locale] = {
                name: _WatchedSite(LibrarySite(library), name, library)
                for name, library in sides.items()
            }
        return self._sites[locale]
