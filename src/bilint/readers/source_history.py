"""Finds the source page that a translation names by its pin: by path, by id, by rename."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from bilint.model.history import Base, Unknown
from bilint.readers.git import File, MissingObjectError, Repository

PageIds = Callable[[str, bytes], tuple[str, ...]]
"""The identities that a page bears, from its path and content; none when it bears none."""

Request = tuple[str, tuple[str, ...], tuple[str, ...]]
"""What `base` is asked: pin, paths, ids."""

_SURE_ID = 16
_HEAD_BYTES = 4_096
_NO_IDS: Mapping[str, tuple[str, ...]] = {}


class GitSourceHistory:
    """The source repository's history, asked by pins that are commits.

    `root` is the folder of the pages and `page_suffixes` what their names end with; `head` is
    the commit up to which renames count (None: that of HEAD); `known_ids` are the ids of blobs
    that the caller has read anyway. What is found is kept by blob and tree id, which never
    change.
    """

    def __init__(
        self,
        repository: Repository,
        root: str,
        page_ids: PageIds,
        *,
        head: str | None = None,
        page_suffixes: tuple[str, ...] = (".md",),
        known_ids: Mapping[str, tuple[str, ...]] = _NO_IDS,
    ) -> None:
        self._repository = repository
        self._root = root
        self._page_ids = page_ids
        self._head = head or repository.head()
        self._suffixes = page_suffixes
        self._known_ids = known_ids
        self._ids: dict[str, tuple[str, ...]] = {}
        self._missing: set[str] = set()
        self._answers: dict[Request, Base | Unknown] = {}
        self._indexes: dict[str, Mapping[str, tuple[File, ...]]] = {}
        self._old_names: Mapping[str, tuple[str, ...]] | None = None

    def base(self, pin: str, paths: tuple[str, ...], ids: tuple[str, ...]) -> Base | Unknown:
        """The source page at `pin`: the first that answers of the paths, the ids, a rename.

        A page at one of `paths` is taken when its ids agree with `ids` or one side has none. A
        rename is only believed when it is recorded with the content unchanged.
        """
        request = (pin, paths, ids)
        if request not in self._answers:
            self._answers[request] = self._base(*request)
        return self._answers[request]

    def _base(self, pin: str, paths: tuple[str, ...], ids: tuple[str, ...]) -> Base | Unknown:
        commit = self._repository.find_commit(pin)
        if isinstance(commit, Unknown):
            return commit
        try:
            found = (
                self._by_paths(commit, paths, ids)
                or self._by_ids(commit, ids)
                or self._by_paths(commit, self._earlier_names(paths), ids)
            )
        except MissingObjectError:
            return Unknown.NO_OBJECT
        if found is not None:
            return Base(commit, found.path, found.blob)
        # A page that cannot be read may be the one that bears the id.
        return Unknown.NO_OBJECT if ids and self._unread(commit) else Unknown.NO_PAGE

    def at(self, head: str | None) -> GitSourceHistory:
        """The history with renames up to another commit. What was read of blobs is shared."""
        from copy import copy

        other = copy(self)
        other._head = head or self._repository.head()
        other._answers = {}
        other._old_names = None
        return other

    def earlier_names(self, paths: Sequence[str]) -> tuple[str, ...]:
        """What the files at `paths` were called before, as far as they were renamed as they are."""
        return tuple(self._earlier_names(paths))

    def warm(self, requests: Iterable[Request]) -> None:
        """Read at once what `base` will need for many pages, so that it answers from memory."""
        requests = list(requests)
        repository = self._repository
        repository.warm_commits(pin for pin, _, _ in requests)
        places = [
            (commit, path)
            for pin, paths, _ in requests
            if not isinstance(commit := repository.find_commit(pin), Unknown)
            for path in paths
        ]
        repository.warm_files(places)
        blobs = dict.fromkeys(self._blob_to_ask(*request) for request in requests)
        for _ in repository.read([blob for blob in blobs if blob is not None], keep=True):
            pass

    def _blob_to_ask(self, pin: str, paths: tuple[str, ...], ids: tuple[str, ...]) -> str | None:
        """The blob whose ids `base` will have to compare first."""
        commit = self._repository.find_commit(pin)
        if isinstance(commit, Unknown) or not ids:
            return None
        try:
            files = [self._repository.file(commit, path) for path in paths[:1]]
        except MissingObjectError:
            return None
        blob = files[0].blob if files and files[0] is not None else None
        return None if blob is None or self._ids_known(blob) is not None else blob

    def _by_paths(self, commit: str, paths: Sequence[str], ids: tuple[str, ...]) -> File | None:
        for path in paths:
            file = self._repository.file(commit, path)
            if file is not None and not file.is_link and self._agrees(file, ids):
                return file
        return None

    def _agrees(self, file: File, ids: tuple[str, ...]) -> bool:
        if not ids:
            return True
        known = self._ids_known(file.blob)
        if known is None:
            ((_, content),) = self._repository.read((file.blob,), keep=True)
            if not isinstance(content, bytes):
                return True  # it cannot be read: then one side has no ids to tell
            head = content[:_HEAD_BYTES]
            if any(len(one) >= _SURE_ID and one.encode() in head for one in ids):
                # An id of such length does not stand there by chance: no need to parse.
                return True
            known = self._ids[file.blob] = self._page_ids(file.path, content)
        return not known or not set(known).isdisjoint(ids)

    def _ids_known(self, blob: str) -> tuple[str, ...] | None:
        known = self._ids.get(blob)
        return self._known_ids.get(blob) if known is None else known

    def _by_ids(self, commit: str, ids: tuple[str, ...]) -> File | None:
        """The page that bore one of the ids; none when several did."""
        if not ids:
            return None
        index = self._index(commit)
        for one in ids:
            files = index.get(one, ())
            if len(files) == 1:
                return files[0]
        return None

    def _unread(self, commit: str) -> bool:
        """Whether the content of some page of a commit is not in this clone."""
        files = self._repository.files(commit, self._root)
        return any(file.blob in self._missing for file in files)

    def _index(self, commit: str) -> Mapping[str, tuple[File, ...]]:
        tree = self._repository.folder(commit, self._root)
        if tree is None:
            return {}
        if tree not in self._indexes:
            self._indexes[tree] = self._make_index(commit)
        return self._indexes[tree]

    def _make_index(self, commit: str) -> Mapping[str, tuple[File, ...]]:
        pages = [
            file
            for file in self._repository.files(commit, self._root)
            if file.path.endswith(self._suffixes) and not file.is_link
        ]
        unread = {page.blob: page.path for page in pages if self._ids_known(page.blob) is None}
        for blob, content in self._repository.read(unread, keep=True):
            if isinstance(content, bytes):
                self._ids[blob] = self._page_ids(unread[blob], content)
            else:
                self._ids[blob] = ()
                self._missing.add(blob)
        index: dict[str, tuple[File, ...]] = {}
        for page in pages:
            for one in self._ids_known(page.blob) or ():
                index[one] = (*index.get(one, ()), page)
        return index

    def _earlier_names(self, paths: Sequence[str]) -> list[str]:
        """What the files at `paths` were called before, the latest first."""
        if self._old_names is None:
            head = self._head
            renames = {} if head is None else self._repository.renames(head, self._root)
            names: dict[str, tuple[str, ...]] = {}
            for old, new in renames.items():
                names[new] = (*names.get(new, ()), old)
            self._old_names = names
        return [old for path in paths for old in self._old_names.get(path, ())]
