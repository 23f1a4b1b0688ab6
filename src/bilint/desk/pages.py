"""The desk: pages opened one at a time, and checked again with other bytes in their place.

A desk makes one run over what its request asks for, and keeps what that run learnt. From then on
a page can be opened with its three texts beside each other, and checked again as it would stand
after an edit, without another run over the corpus and without a byte on disk. What is laid over a
page stays until `lift`: the pages around it see it too.
"""

# os.path, as everywhere below the commands.
# ruff: noqa: PTH118, PTH120

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from bilint.checks.registry import select
from bilint.model.alignment import AlignedPair, Judgement
from bilint.model.document import Document, Segment
from bilint.model.finding import Finding, Incident, Skipped
from bilint.model.pair import Pair
from bilint.model.record import NamedTuple
from bilint.model.report import PageResult, Report
from bilint.pipeline.examine import Examiner
from bilint.pipeline.pairs import Paired
from bilint.pipeline.request import Request, UsageError
from bilint.pipeline.run import examined
from bilint.pipeline.workspace import Side, Workspace
from bilint.readers.disk import clear_folder
from bilint.readers.markdown import read_document
from bilint.stores.baseline import BaselineError, Known, read_baseline, settle

if TYPE_CHECKING:
    from bilint.checks.base import Context
    from bilint.desk.stamp import Stamped
    from bilint.model.decision import Decisions

_KEPT = 100
"""Pages after which parsed ones are dropped: a desk may stay open for a day."""


class OpenPage(NamedTuple):
    """One page of a locale as it stands on the desk.

    `data` are its bytes; `aligned` lays its segments beside those of the source at the pin,
    `judgement` has a unit for each segment with the source at the pin and now, `head` is the
    source page now. `findings` have their state: what is suppressed or in the baseline says so.
    """

    pair: Pair
    page: PageResult
    aligned: AlignedPair
    judgement: Judgement
    head: Document | None
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    incidents: tuple[Incident, ...] = ()

    @property
    def locale(self) -> str:
        """The locale of the page."""
        return self.pair.locale

    @property
    def path(self) -> str:
        """Where the page stands in the repository of its locale."""
        return self.pair.target.path

    @property
    def document(self) -> Document:
        """The content of the translated page."""
        return self.aligned.target.document

    @property
    def data(self) -> bytes:
        """The bytes of the translated page."""
        return self.document.data

    def segment_at(self, offset: int) -> Segment | None:
        """The segment that begins at or goes over a byte."""
        return next((s for s in self.document.segments if s.start <= offset < s.end), None)

    def findings_in(self, segment: Segment) -> tuple[Finding, ...]:
        """The findings whose place lies in a segment or touches it."""
        return tuple(
            one
            for one in self.findings
            if one.locale is not None
            and one.span != (0, 0)
            and one.span.start < max(segment.end, segment.start + 1)
            and segment.start < max(one.span.end, one.span.start + 1)
        )


class Desk:
    """The pages of a request, open to be worked on; closes what it opened."""

    def __init__(
        self, request: Request, tick: Callable[[int, int], None] = lambda _done, _all: None
    ) -> None:
        """Run what `request` asks for; it must want findings.

        Raises `UsageError` and `GitError` as a run does.
        """
        self.request = request
        self.workspace = Workspace(request)
        try:
            self._examiner = Examiner(self.workspace, select(request.settings))
            self.report: Report
            self._paired: Paired
            self.report, self._paired = examined(self._examiner, tick)
        except BaseException:
            self.workspace.close()
            raise
        self._pairs = {
            (pair.locale, pair.target.path): pair
            for pairing in self._paired.pairings
            for pair in pairing.pairs
        }
        self._pairs |= {(pair.locale, pair.target.path): pair for pair in self._paired.dependants}
        self._opened = 0

    @property
    def pages(self) -> tuple[tuple[str, str], ...]:
        """The pages that can be opened, by locale and path, sorted."""
        return tuple(sorted(self._pairs))

    def side(self, locale: str) -> Side:
        """Where the pages of a locale are."""
        return self.workspace.targets[locale]

    def is_writable(self, locale: str) -> bool:
        """Whether the pages of a locale are files of a checkout, read as they are on disk."""
        side = self.side(locale)
        return side.snapshot.revision is None and side.repository.work_tree is not None

    def clear_folders(self) -> None:
        """Remove what runs that were killed left beside the pages."""
        tops = {
            locale: side.repository.work_tree
            for locale, side in self.workspace.targets.items()
            if self.is_writable(locale)
        }
        for locale, folder in sorted({(one, os.path.dirname(path)) for one, path in self._pairs}):
            top = tops.get(locale)
            if top is not None:
                clear_folder(os.path.join(top, folder), top)

    def open(self, locale: str, path: str) -> OpenPage:
        """A page as it stands on the desk: as it was read, or as was laid over it.

        Raises `UsageError` for a page that is not among `pages`, or not there any more.
        """
        return self._open(self._pair(locale, path))

    def recheck(self, locale: str, path: str, data: bytes) -> OpenPage:
        """The page as it would be with these bytes; they stay laid over it until `lift`."""
        pair = self._pair(locale, path)
        self._tidy()
        header = self._examiner.targets[locale].lay(path, data)
        self._examiner.reread(locale, path)
        return self._open(pair._replace(target=header))

    def go_by(self, decisions: Decisions) -> None:
        """Take these for all that was decided: pages that are opened from now on go by them."""
        self.request = self.request._replace(decisions=decisions)
        self._examiner.go_by(decisions)

    def stamp(self, locale: str, path: str, *, force: bool = False) -> Stamped:
        """Record that a page is up to date, and read it again; see `bilint.desk.stamp`."""
        from bilint.desk.stamp import try_stamp

        stamped = try_stamp(self._examiner, self._pair(locale, path), force=force, dry_run=False)
        if stamped.written:
            self.lift(locale, path)
        return stamped

    def read(self, data: bytes) -> Document:
        """A page of these bytes, read as all pages of the run are."""
        settings = self.request.settings
        return read_document(data, self.workspace.profile, settings.limits)

    def context(self, locale: str) -> Context:
        """What the checks know of a locale: terms, labels, what was learnt."""
        return self._examiner.context(locale)

    def earlier(
        self, locale: str, path: str, wanted: str, *, most: int
    ) -> Iterator[tuple[str, str, bool]]:
        """Translations of a source text in earlier versions of a page: text, commit, by people?

        `wanted` is the digest of the source text. The newest come first; at most so many versions
        are looked into.
        """
        from bilint.pipeline.earlier import earlier_translations

        pair = self._pair(locale, path)
        yield from earlier_translations(self._examiner.shelves, pair, wanted, most)

    def lift(self, locale: str, path: str) -> None:
        """Read the page again: after it was written to disk, or to give up an edit."""
        pair = self._pair(locale, path)
        header = self._examiner.targets[locale].lift(path)
        self._examiner.reread(locale, path)
        if header is None:
            raise UsageError(f"{path} is not there any more")
        self._pairs[locale, path] = pair._replace(target=header)

    def _pair(self, locale: str, path: str) -> Pair:
        try:
            return self._pairs[locale, path]
        except KeyError:
            raise UsageError(f"{path} is no page of {locale} that was asked for") from None

    def _open(self, pair: Pair) -> OpenPage:
        self._tidy()
        self._pairs[pair.locale, pair.target.path] = pair
        seen, outcome = self._examiner.opened(pair)
        return OpenPage(
            pair,
            outcome.page,
            seen.aligned,
            seen.judgement,
            self._examiner.shelves.head(pair.source),
            self._settled(pair, outcome.findings),
            outcome.skipped,
            outcome.incidents,
        )

    def _tidy(self) -> None:
        self._opened += 1
        if self._opened % _KEPT == 0:
            self._examiner.shelves.forget()

    def _settled(self, pair: Pair, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        if self._baseline is None or not findings:
            return findings
        page = (pair.locale, pair.target.path)
        return settle(findings, self._baseline, pages={page}, skipped=set()).findings

    @cached_property
    def _baseline(self) -> tuple[Known, ...] | None:
        path = self.request.settings.baseline
        if path is None:
            return None
        try:
            return read_baseline(path)
        except BaselineError as error:
            raise UsageError(str(error)) from error

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the git processes and remove what they used."""
        self.workspace.close()
