"""The files and pages around a page, read when a link asks for them."""

from __future__ import annotations

from bilint.pipeline.library import Library


class LibrarySite:
    """A site that is the snapshot of one side: a commit, what is staged, or the working tree.

    What was asked once is kept for the run; the pages themselves are kept by the library.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._exists: dict[str, bool] = {}
        self._folders: frozenset[str] | None = None
        self._anchors: dict[str, frozenset[str] | None] = {}

    def exists(self, path: str) -> bool:
        """Whether there is a file or folder of this path."""
        known = self._exists.get(path)
        if known is None:
            there = self._library.side.snapshot.exists(path) or path in self._all_folders()
            known = self._exists[path] = there
        return known

    def _all_folders(self) -> frozenset[str]:
        """The folders that hold a file, of the snapshot's root; and those above it."""
        if self._folders is None:
            found = {""}
            for path in (*self._library.side.snapshot.paths, f"{self._library.side.root}/"):
                folder = path.rpartition("/")[0]
                while folder and folder not in found:
                    found.add(folder)
                    folder = folder.rpartition("/")[0]
            self._folders = frozenset(found)
        return self._folders

    def anchors(self, path: str) -> frozenset[str] | None:
        """The fragments that a page offers; None when it is no page or cannot be read."""
        if path not in self._anchors:
            self._anchors[path] = self._read(path)
        return self._anchors[path]

    def forget(self, path: str) -> None:
        """Look at a page again: it has changed."""
        self._anchors.pop(path, None)

    def _read(self, path: str) -> frozenset[str] | None:
        library = self._library
        if not path.endswith(library.side.suffixes) or not library.side.snapshot.exists(path):
            return None
        headers = library.headers((path,))
        if not headers:
            return None
        document = library.document(headers[0])
        if document.problems and not document.segments:
            return None
        if any(mark in document.data for mark in library.profile.links.including):
            return None
        from bilint.model.anchors import anchors

        return anchors(document)
