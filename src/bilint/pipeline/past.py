"""What is gathered of a target's own past before it is judged and checked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from bilint.model.alignment import (
    DroppedShare,
    FakeRefresh,
    Judgement,
    Past,
    SegmentPair,
)
from bilint.model.document import Document
from bilint.model.history import Base, PastVersion
from bilint.model.page import Page
from bilint.model.pair import Pair
from bilint.model.record import TYPE_CHECKING
from bilint.model.segment_text import body_text
from bilint.pipeline.shelves import Shelves
from bilint.readers.page import read_provenance
from bilint.staleness import may_be_answered, outstanding

if TYPE_CHECKING:
    from bilint.readers.target_history import TargetHistory


class PastReader:
    """Asks the histories of the targets, and reads no more of them than the answer needs."""

    def __init__(self, shelves: Shelves) -> None:
        self.shelves = shelves

    def prepare(self, pairs: Iterable[Pair]) -> None:
        """Read at once what many pairs will need of the past."""
        pairs = list(pairs)
        for locale in self.shelves.targets:
            history = self.shelves.target_history(locale)
            if history is not None:
                self._warm(history, [pair for pair in pairs if pair.locale == locale])
        if self.shelves.source_history is None or self.shelves.source is None:
            return
        wanted = [(self.shelves.pin(pair), pair) for pair in pairs]
        self.shelves.source_history.warm(
            (pin, *self.shelves.where(pair)) for pin, pair in wanted if pin is not None
        )
        bases = [self.shelves.base(pair, pin) for pin, pair in wanted]
        self.shelves.source.preload(base.blob for base in bases if isinstance(base, Base))
        if self.shelves.workspace.request.wants.findings:
            self._prepare_refresh(
                [
                    (pair, pin, base)
                    for (pin, pair), base in zip(wanted, bases, strict=True)
                    if pin is not None and isinstance(base, Base)
                ]
            )

    def _warm(self, history: TargetHistory, pairs: Sequence[Pair]) -> None:
        """Read at once the versions that questions about these targets will lead to."""
        findings = self.shelves.workspace.request.wants.findings
        for pair in pairs:
            header, said = pair.target, pair.target.provenance
            if said.pin is not None:
                history.learn(header.path, header.blob, said.pin, said.ht_degree)
        history.warm(
            (
                pair.target.path,
                pair.target.provenance.pin,
                _share(pair) if findings else None,
            )
            for pair in pairs
        )

    def _prepare_refresh(self, known: Sequence[tuple[Pair, str, Base]]) -> None:
        """Read at once the versions before the present pins that `_refresh` will look into."""
        if self.shelves.source is None or self.shelves.source_history is None:
            return
        before = [
            (pair, base, past)
            for pair, pin, base in known
            if (past := self._before_pin(pair, pin)) is not None and past.pin is not None
        ]
        self.shelves.source_history.warm(
            (past.pin or "", (base.path,), ()) for _, base, past in before
        )
        changed = [
            (pair, old, past)
            for pair, base, past in before
            if (old := self._old_base(past, base)) is not None
        ]
        self.shelves.source.preload(old.blob for _, old, _ in changed)
        for locale, library in self.shelves.targets.items():
            library.preload(past.blob for pair, _, past in changed if pair.locale == locale)

    def _before_pin(self, pair: Pair, pin: str) -> PastVersion | None:
        history = self._history_for_checks(pair)
        return history.before_pin(pair.target.path, pin) if history else None

    def _old_base(self, past: PastVersion, base: Base) -> Base | None:
        """The source at an earlier pin, where it was another than at the present one.

        None where the pin was set back: then the source of that time is the newer one.
        """
        if self.shelves.source_history is None or past.pin is None:
            return None
        old = self.shelves.source_history.base(past.pin, (base.path,), ())
        if not isinstance(old, Base) or old.blob == base.blob:
            return None
        return old if self._when(old) <= self._when(base) else None

    def _when(self, base: Base) -> int:
        """When the commit of a base was made, in seconds since 1970."""
        source = self.shelves.source
        commit = source.side.repository.commit(base.commit) if source is not None else None
        return 0 if commit is None else commit.when

    def at_pin(
        self, pair: Pair, pin: str | None, judgement: Judgement, target: Document
    ) -> Document | None:
        """The target as it was when its pin first appeared, if anything was answered since."""
        if pin is None or not outstanding(judgement):
            return None
        blob = self._blob_at_pin(pair, pin)
        if blob is None or blob == pair.target.blob:
            return None
        library = self.shelves.targets[pair.locale]
        then = library.blob_data(blob)
        if then is None or not may_be_answered(judgement, target, then):
            return None
        return library.blob_document(blob)

    def _blob_at_pin(self, pair: Pair, pin: str) -> str | None:
        """The blob that answers are told from; without a history to ask, that of HEAD."""
        history = self.shelves.target_history(pair.locale)
        if history is not None:
            version = history.issued(pair.target.path, pin)
            return version.blob if version else None
        repository = self.shelves.targets[pair.locale].side.repository
        commit = repository.head()
        committed = repository.file(commit, pair.target.path) if commit else None
        data = self.shelves.targets[pair.locale].blob_data(committed.blob) if committed else None
        if committed is None or data is None:
            return None
        settings = self.shelves.workspace.settings
        there = read_provenance(data, self.shelves.workspace.profile, settings.limits).pin
        return committed.blob if there == pin else None

    def gather(
        self,
        pair: Pair,
        pin: str | None,
        base: Base,
        base_document: Document,
        target: Page,
        aligned: Sequence[SegmentPair],
    ) -> Past:
        """The past of a page whose base is known."""
        history = self._history_for_checks(pair)
        if history is None:
            return Past()
        return Past(
            known=True,
            dropped=self._dropped(pair, history),
            refresh=self._refresh(pair, pin, base, base_document, target, aligned),
        )

    def alone(self, pair: Pair) -> Past:
        """The past of a page whose base is not known: its own share is all that can be told."""
        history = self._history_for_checks(pair)
        return Past() if history is None else Past(True, self._dropped(pair, history))

    def _history_for_checks(self, pair: Pair) -> TargetHistory | None:
        wanted = self.shelves.workspace.request.wants.findings
        return self.shelves.target_history(pair.locale) if wanted else None

    def _dropped(self, pair: Pair, history: TargetHistory) -> DroppedShare | None:
        share = _share(pair)
        if share is None:
            return None
        past = history.last_share_change(pair.target.path, share)
        if past is None or past.ht_degree is None or past.ht_degree <= share:
            return None
        document = self.shelves.targets[pair.locale].blob_document(past.blob)
        if document is None:
            return None
        return DroppedShare(past.ht_degree, past.commit, body_text(document))

    def _refresh(
        self,
        pair: Pair,
        pin: str | None,
        base: Base,
        base_document: Document,
        target: Page,
        aligned: Sequence[SegmentPair],
    ) -> FakeRefresh | None:
        past = self._before_pin(pair, pin) if pin is not None else None
        old = self._old_base(past, base) if past is not None else None
        if past is None or past.pin is None or old is None:
            return None
        if not self._may_be_refreshed(pair, old, past, base_document, aligned):
            return None
        old_base = self.shelves.base_document(old)
        old_target = self.shelves.targets[pair.locale].blob_document(past.blob)
        if old_base is None or old_target is None:
            return None
        from bilint.refresh import refreshed

        segments = refreshed(old_base, base_document, old_target, target.document)
        if not segments:
            return None
        return FakeRefresh(past.pin, past.commit, segments, body_text(old_target))

    def _may_be_refreshed(
        self,
        pair: Pair,
        old: Base,
        past: PastVersion,
        base: Document,
        aligned: Sequence[SegmentPair],
    ) -> bool:
        """Whether a translation stands in the old target while its source is not in the old base.

        Looks for the bytes alone, and so spares most pages the parsing of two old versions.
        """
        old_base = self.shelves.source.blob_data(old.blob) if self.shelves.source else None
        old_target = self.shelves.targets[pair.locale].blob_data(past.blob)
        if old_base is None or old_target is None:
            return False
        start, end = _differing(base.data, old_base)
        return any(
            source.text.encode("utf-8", "surrogateescape") not in old_base
            and target.text.encode("utf-8", "surrogateescape") in old_target
            for source, target, _likeness in aligned
            if source is not None
            and target is not None
            and source.end >= start
            and source.start <= end
        )


def _share(pair: Pair) -> float | None:
    """The human share, where an earlier one may have been higher."""
    share = pair.target.provenance.ht_degree
    return None if share is None or share >= 100 else share


def _differing(data: bytes, other: bytes) -> tuple[int, int]:
    """The stretch of `data` outside of what both begin and end with."""
    most = min(len(data), len(other))
    first = bisect_left(range(most), True, key=lambda n: data[: n + 1] != other[: n + 1])
    last = bisect_left(range(most), True, key=lambda n: data[-n - 1 :] != other[-n - 1 :])
    return first, len(data) - last
