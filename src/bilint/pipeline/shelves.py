"""What the pairs of a run share: the pages of each side, read once, and what git knows of them."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model.document import Document
from bilint.model.history import Base, Unknown
from bilint.model.page import Header
from bilint.model.pair import Pair
from bilint.model.record import TYPE_CHECKING
from bilint.pipeline.library import Library
from bilint.pipeline.workspace import Side, Workspace
from bilint.readers.page import page_ids, read_provenance
from bilint.readers.source_history import GitSourceHistory

if TYPE_CHECKING:
    from bilint.readers.target_history import TargetHistory


class Shelves:
    """The libraries and histories of all sides; each history is opened when it is first asked."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.source = self._library(workspace.source) if workspace.source else None
        self.targets = {name: self._library(side) for name, side in workspace.targets.items()}
        self.source_history = self._source_history()
        self._target_histories: dict[str, TargetHistory | None] = {}

    def _library(self, side: Side) -> Library:
        return Library(side, self.workspace.profile, self.workspace.settings.limits)

    def _source_history(self) -> GitSourceHistory | None:
        side = self.workspace.source
        if side is None:
            return None
        return GitSourceHistory(
            side.repository,
            side.root,
            lambda _path, data: page_ids(
                data, self.workspace.profile, self.workspace.settings.limits
            ),
            head=side.snapshot.revision,
            page_suffixes=self.workspace.profile.page_suffixes,
        )

    def target_history(self, locale: str) -> TargetHistory | None:
        """The past of a locale's pages; None where there is none or it is not to be asked."""
        if locale not in self._target_histories:
            self._target_histories[locale] = self._open_history(locale)
        return self._target_histories[locale]

    def _open_history(self, locale: str) -> TargetHistory | None:
        if not self.workspace.request.history:
            return None
        side = self.workspace.targets[locale]
        commit = side.snapshot.revision or side.repository.head()
        if commit is None:
            return None
        from bilint.readers.target_history import TargetHistory

        profile, limits = self.workspace.profile, self.workspace.settings.limits
        return TargetHistory(
            side.repository,
            commit,
            side.root,
            profile,
            lambda data: read_provenance(data, profile, limits),
        )

    def pin(self, pair: Pair) -> str | None:
        """The pin of a target: its own, or the one that its newest commit message names."""
        pin = pair.target.provenance.pin
        if pin is None:
            history = self.target_history(pair.locale)
            pin = history.message_pin(pair.target.path) if history else None
        return pin

    def base(self, pair: Pair, pin: str | None) -> Base | Unknown | None:
        """The source page at a pin, or why there is none; None without a pin."""
        if pin is None:
            return None
        if self.source_history is None or self.workspace.source is None:
            return Unknown.NO_SOURCE
        return self.source_history.base(pin, *self.where(pair))

    def where(self, pair: Pair) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The paths at which the source page of a pair may have stood, and its ids."""
        root = self.workspace.source.root if self.workspace.source else ""
        same = other_path(pair.target.path, self.workspace.targets[pair.locale].root, root)
        paths = (same,) if pair.source is None else (same, pair.source.path)
        ids = pair.target.provenance.ids
        if pair.source is not None and (pair.ids_differ or not ids):
            ids = tuple(dict.fromkeys((*ids, *pair.source.provenance.ids)))
        return tuple(dict.fromkeys(paths)), ids

    def base_document(self, base: Base | Unknown | None) -> Document | None:
        """The content of a base; None when it is not there."""
        if not isinstance(base, Base) or self.source is None:
            return None
        return self.source.blob_document(base.blob)

    def head(self, source: Header | None) -> Document | None:
        """The content of a source page now."""
        if source is None or self.source is None:
            return None
        return self.source.document(source)

    def forget(self) -> None:
        """Drop parsed documents between two shards."""
        for library in self._libraries():
            library.forget()

    def release(self) -> None:
        """Drop all but the headers, before other processes take over."""
        for library in self._libraries():
            library.release()

    def _libraries(self) -> Iterator[Library]:
        if self.source is not None:
            yield self.source
        yield from self.targets.values()


def other_path(path: str, root: str, other_root: str) -> str:
    """The path of the same page below another root."""
    below = path[len(root) + 1 :] if root and path.startswith(root + "/") else path
    return f"{other_root}/{below}" if other_root else below
