"""The pages of many snapshots: no blob is read or parsed twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bilint.model.document import Document
from bilint.model.page import Header
from bilint.pipeline.library import Library
from bilint.pipeline.shelves import Shelves
from bilint.pipeline.workspace import Side, Workspace
from bilint.readers.source_history import GitSourceHistory

if TYPE_CHECKING:
    from bilint.readers.target_history import TargetHistory

HELD_BYTES = 24 * 1024 * 1024
"""Bytes of pages whose parsed documents are held in memory at a time."""


class PastLibrary(Library):
    """The pages of one side in many snapshots: each blob is read and parsed once."""

    def headers(self, paths: Iterable[str]) -> tuple[Header, ...]:
        """The headers of pages; those whose blob was read before are known, wherever it stood."""
        wanted = tuple(paths)
        unread = []
        for path in wanted:
            blob = self.side.snapshot.blob(path) or ""
            known = self._headers.get(path)
            if known is not None and known.blob == blob and path not in self._problems:
                continue
            self._headers.pop(path, None)
            self._problems.pop(path, None)
            same = self._by_blob.get(blob)
            if same is None:
                unread.append(path)
            else:
                self._headers[path] = same if same.path == path else same._replace(path=path)
        super().headers(unread)
        return tuple(self._headers[path] for path in wanted if path in self._headers)

    def at(self, side: Side) -> PastLibrary:
        """The same pages, seen from another snapshot."""
        self.side = side
        return self

    def document(self, header: Header) -> Document:
        """The parsed page, held until others were asked for more lately."""
        document = super().document(header)
        if header.blob in self._documents:
            self._used(header.blob)
        return document

    def blob_document(self, blob: str) -> Document | None:
        """The same for a version that is known by its blob alone."""
        document = super().blob_document(blob)
        if blob in self._documents:
            self._used(blob)
        return document

    def _used(self, blob: str) -> None:
        """Put it behind those that were not asked for as lately."""
        self._documents[blob] = self._documents.pop(blob)

    def _take(self, header: Header) -> bytes | None:
        # By id: at its path another content may stand by now.
        data = self._data.pop(header.blob, None) or self._read(header.blob)
        # What is on disk and was never committed is known by its path alone.
        return super()._take(header) if data is None else data

    def trim(self, most: int) -> None:
        """Let go of what was not asked for lately."""
        size = sum(len(document.data) for document in self._documents.values())
        for blob in list(self._documents):
            if size <= most:
                break
            size -= len(self._documents.pop(blob).data)


class Archive:
    """What all snapshots share: the pages of each side, and what was read of their past."""

    def __init__(self, workspace: Workspace) -> None:
        profile, limits = workspace.profile, workspace.settings.limits
        self.libraries = {
            name: PastLibrary(side, profile, limits) for name, side in workspace.sides().items()
        }
        self.source_history: GitSourceHistory | None = None
        self.target_histories: dict[str, TargetHistory | None] = {}

    def at(self, workspace: Workspace) -> PastShelves:
        """The shelves of one snapshot."""
        return PastShelves(workspace, self)

    def trim(self) -> None:
        """Let go of parsed pages that were not asked for lately."""
        for library in self.libraries.values():
            library.trim(HELD_BYTES)


class PastShelves(Shelves):
    """The shelves of one snapshot, with what all of them share."""

    def __init__(self, workspace: Workspace, archive: Archive) -> None:
        self._archive = archive
        super().__init__(workspace)

    def _library(self, side: Side) -> Library:
        sides = self.workspace.sides()
        name = next(name for name, one in sides.items() if one is side)
        return self._archive.libraries[name].at(side)

    def _source_history(self) -> GitSourceHistory | None:
        side, known = self.workspace.source, self._archive.source_history
        if known is None or side is None:
            known = self._archive.source_history = super()._source_history()
            return known
        return known.at(side.snapshot.revision)

    def _open_history(self, locale: str) -> TargetHistory | None:
        known = self._archive.target_histories.get(locale)
        revision = self.workspace.targets[locale].snapshot.revision
        if known is None or revision is None:
            known = self._archive.target_histories[locale] = super()._open_history(locale)
            return known
        return known.at(revision)
