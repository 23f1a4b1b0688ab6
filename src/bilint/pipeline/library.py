"""Pages read and parsed once, however many pairs, locales and commits they stand in."""

from __future__ import annotations

from collections.abc import Iterable

from bilint.model.config import Limits
from bilint.model.document import Document, FrontMatter
from bilint.model.page import Header, Page
from bilint.model.profile import Profile
from bilint.model.record import TYPE_CHECKING
from bilint.model.text import Problem
from bilint.pipeline.workspace import Side
from bilint.readers.markdown import read_document
from bilint.readers.page import provenance, read_header

if TYPE_CHECKING:
    from bilint.pipeline.packing import Packed


class Library:
    """The pages of one side.

    What a blob holds never changes, so headers and documents are kept by blob id; bytes are
    dropped as soon as they are parsed. `forget` empties the shelves between two shards.
    """

    def __init__(self, side: Side, profile: Profile, limits: Limits) -> None:
        self.side = side
        self.profile = profile
        self.limits = limits
        self._data: dict[str, bytes] = {}
        self._by_blob: dict[str, Header] = {}
        self._problems: dict[str, Problem] = {}
        self._headers: dict[str, Header] = {}
        self._documents: dict[str, Document] = {}
        self._packed: dict[str, Packed] = {}
        self._laid: dict[str, bytes] = {}

    def headers(self, paths: Iterable[str]) -> tuple[Header, ...]:
        """The headers of pages of the snapshot, in the order of `paths`."""
        wanted = tuple(paths)
        missing = [path for path in wanted if path not in self._headers]
        for path, blob, data in self.side.snapshot.read(missing):
            header = self._headers[path] = self._header(path, blob, data)
            if not isinstance(data, Problem):
                self._by_blob[blob] = header
        return tuple(self._headers[path] for path in wanted if path in self._headers)

    def _header(self, path: str, blob: str, data: bytes | Problem) -> Header:
        if isinstance(data, Problem):
            self._problems[path] = data
            front_matter = FrontMatter(problems=(data,))
            return Header(path, blob, front_matter, provenance(front_matter, self.profile))
        self._data[blob] = data
        return read_header(path, blob, data, self.profile, self.limits)

    def lay(self, path: str, data: bytes) -> Header:
        """Take these bytes for the page of a path from now on: an edit that is not on disk yet."""
        if len(data) > self.limits.page:
            problem = Problem(
                "too-large", f"the page has {len(data)} bytes, more than {self.limits.page}"
            )
            header = self._header(path, "", problem)
        else:
            self._problems.pop(path, None)
            blob = self.side.repository.blob_id(data)
            header = self._by_blob[blob] = self._header(path, blob, data)
            self._laid[path] = data
        self._headers[path] = header
        return header

    def lift(self, path: str) -> Header | None:
        """Take the page of a path as the snapshot has it now; None where it has none."""
        self._laid.pop(path, None)
        self._headers.pop(path, None)
        self._problems.pop(path, None)
        return next(iter(self.headers((path,))), None)

    def page(self, header: Header) -> Page:
        """A page of the snapshot with its content."""
        return Page(header.path, header.blob, self.document(header), header.provenance)

    def document(self, header: Header) -> Document:
        """The content of a page of the snapshot."""
        problem = self._problems.get(header.path)
        if problem is not None:
            return Document(b"", header.front_matter, (), problems=(problem,))
        document = self._known(header.blob)
        if document is None:
            data = self._take(header)
            if data is None:
                return Document(b"", header.front_matter, ())
            document = read_document(data, self.profile, self.limits, header.front_matter)
            self._documents[header.blob] = document
        return document

    def _known(self, blob: str) -> Document | None:
        document = self._documents.get(blob)
        if document is None and blob in self._packed:
            from bilint.pipeline.packing import unpack

            document = self._documents[blob] = unpack(self._packed.pop(blob))
        return document

    def _take(self, header: Header) -> bytes | None:
        data = self._data.pop(header.blob, None)
        if data is None:
            data = self._laid.get(header.path)
        if data is None:
            for _path, _blob, again in self.side.snapshot.read((header.path,)):
                data = again if isinstance(again, bytes) else None
        return data

    def blob_document(self, blob: str) -> Document | None:
        """The content of any blob of the repository; None when the object is not there."""
        document = self._known(blob)
        if document is None:
            present = self._by_blob.get(blob)
            if present is not None:
                return self.document(present)
            data = self._data.pop(blob, None) or self._read(blob)
            if data is None:
                return None
            document = read_document(data, self.profile, self.limits)
            self._documents[blob] = document
        return document

    def blob_data(self, blob: str) -> bytes | None:
        """The bytes of any blob of the repository; None when the object is not there."""
        document = self._documents.get(blob)
        if document is None and blob in self._packed:
            document = self._packed[blob].rest
        if document is not None:
            return document.data
        data = self._data.get(blob)
        if data is None:
            data = self._read(blob)
            if data is not None:
                self._data[blob] = data
        return data

    def _read(self, blob: str) -> bytes | None:
        _blob, data = next(iter(self.side.repository.read((blob,))))
        return data if isinstance(data, bytes) else None

    def preload(self, blobs: Iterable[str]) -> None:
        """Read blobs ahead in one go."""
        wanted = [
            blob
            for blob in dict.fromkeys(blobs)
            if not (blob in self._documents or blob in self._packed or blob in self._data)
        ]
        for blob, data in self.side.repository.read(wanted):
            if isinstance(data, bytes):
                self._data[blob] = data

    def retain(self, blob: str) -> None:
        """Keep what was parsed of a blob, made small: it will be asked for once more."""
        document = self._documents.get(blob)
        if document is not None and blob not in self._packed:
            from bilint.pipeline.packing import pack

            self._packed[blob] = pack(document)

    def forget(self) -> None:
        """Drop the parsed documents and what was read of the past; headers stay."""
        self._documents.clear()
        for blob in self._data.keys() - self._by_blob.keys():
            del self._data[blob]
        self.side.repository.forget()

    def release(self) -> None:
        """Drop everything but the headers: other processes will read for themselves."""
        self._documents.clear()
        self._packed.clear()
        self._data.clear()
