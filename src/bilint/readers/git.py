"""The one adapter to git.

No repository can make git execute, fetch or hang. It is asked in two stages: a handful of
commands on the repository itself, whose settings git then reads (stage A), and all others in a
bare repository of our own that merely borrows the objects, by full ids (stage B).
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from bilint.model.config import Limits
from bilint.model.history import Unknown, Version
from bilint.model.record import TYPE_CHECKING
from bilint.readers.git_batch import Batch
from bilint.readers.git_layout import (
    Layout,
    check_owner,
    find_layout,
    make_private_folder,
    object_folders,
    read_boundary,
    remove_folder,
    write_own_repository,
)
from bilint.readers.git_objects import (
    Commit,
    Content,
    File,
    GitError,
    IndexEntry,
    MissingObjectError,
    TooLarge,
    decode_path,
    object_id,
    parse_commit,
    parse_index,
    parse_tag,
)
from bilint.readers.git_process import Answer, Git, GitProcess, object_folder_list
from bilint.readers.git_trees import Listing, Trees

if TYPE_CHECKING:
    from bilint.readers.git_log import LogEntry, Past

__all__ = [
    "Commit",
    "Content",
    "File",
    "GitError",
    "IndexEntry",
    "MissingObjectError",
    "Repository",
    "TooLarge",
]

_HELD_BYTES = 16 * 1024 * 1024
_HELD_BYTES_OF_PAST = 64 * 1024 * 1024
_COMMIT_BYTES = 4 * 1024 * 1024
_ID_DIGITS = (40, 64)
_FEWEST_DIGITS = 7
_DIGITS = "0123456789abcdef"


_PROBE_SECONDS = 10.0
"""A repository that does not say in this time what it is never will: settings can make git wait."""


class Repository:
    """A repository, read without ever being written to, fetched from or trusted.

    Use it as a context manager. `path` is as it was given; `work_tree` is None where nothing is
    checked out; `prefix` is the part of `path` below the work tree. In a `shallow` repository the
    history beyond a boundary is not there. `reads` are the ids of all blobs read so far.

    All methods raise `GitError` when git or the repository fails.
    """

    def __init__(self, layout: Layout, objects: tuple[str, ...], limits: Limits) -> None:
        self.path = layout.path
        self.work_tree = layout.work_tree
        self.git_dir = layout.git_dir
        self.prefix = layout.prefix
        self.reads: list[str] = []
        self._layout = layout
        self._borrowed = {"GIT_ALTERNATE_OBJECT_DIRECTORIES": object_folder_list(objects)}
        self._limits = limits
        self._process_id = os.getpid()
        self._home = make_private_folder()
        self._cleanup = weakref.finalize(self, _remove, self._home, self._process_id)
        try:
            self._git = Git(layout.path, self._home, limits.git_seconds)
            self._algorithm, self.shallow, self._head = self._ask_basics()
            self._id_digits = 64 if self._algorithm == "sha256" else 40
            self._boundary = read_boundary(layout, self._id_digits) if self.shallow else frozenset()
        except BaseException:
            self._cleanup()
            raise
        self._own_is_made = False
        self._batch: Batch | None = None
        self._trees = Trees(self.path, self._fetch, self._id_digits // 2, limits.tree_entries)
        self._commits: dict[str, Commit | None] = {}
        self._pins: dict[str, str | Unknown] = {}
        self._held: dict[str, bytes] = {}
        self._held_bytes = 0
        self._versions: dict[tuple[str, str, str, bool], Mapping[str, tuple[Version, ...]]] = {}
        self._renames: dict[tuple[str, str | None], Mapping[str, str]] = {}
        self._past: Past | None = None

    @classmethod
    def open(
        cls,
        path: str,
        *,
        limits: Limits,
        trust_owner: bool = False,
        allow_alternates: bool = False,
        environment: Mapping[str, str] | None = None,
    ) -> Repository:
        """The repository at `path`: a checkout, a folder inside of one, or a git directory.

        `environment` is that of a hook; give it only for the repository that the hook runs in.
        Raises `GitError` when there is none, when it belongs to another user or borrows objects
        from elsewhere and that was not allowed, or when git does not answer.
        """
        layout = find_layout(path, environment)
        if not trust_owner:
            check_owner(layout)
        objects = object_folders(layout, trust_owner=trust_owner, allow_alternates=allow_alternates)
        return cls(layout, objects, limits)

    def __enter__(self) -> Repository:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the batch process and remove the temporary folder."""
        if self._batch is not None and self._process_id == os.getpid():
            self._batch.close()
        self._batch = None
        self._cleanup()

    # Commits

    def head(self) -> str | None:
        """The full id of the commit that is checked out; None before the first commit."""
        return self._head

    def resolve(self, revision: str) -> str:
        """The full commit id of a branch, a tag or a commit id. Raises `GitError` if unknown.

        A name that could be both is refused: no tag can pass for a commit.
        """
        if revision in ("HEAD", "@"):
            if self._head is None:
                raise GitError(f"{self.path}: HEAD leads to no commit")
            return self._head
        found = {self._peel(oid) for oid in self._refs(revision).values()}
        if _is_pin(revision):
            by_id = self.find_commit(revision)
            if by_id is Unknown.AMBIGUOUS:
                raise GitError(f"{self.path}: more than one commit begins with {revision}")
            if not isinstance(by_id, Unknown):
                found.add(by_id)
        if len(found) > 1:
            raise GitError(
                f"{self.path}: {revision!r} names more than one commit"
                f" ({', '.join(sorted(found))}); give a full name such as refs/heads/..."
            )
        if not found:
            beyond = ", which is a shallow clone" if self.shallow else ""
            raise GitError(
                f"{self.path}: no branch, tag or commit {revision!r} in the repository{beyond}"
            )
        return found.pop()

    def find_commit(self, pin: str) -> str | Unknown:
        """The full id of the commit that a pin names, or the reason why there is none.

        A commit counts as there when its object is, reachable or not.
        """
        if pin not in self._pins:
            self._pins[pin] = self._find_commit(pin)
        return self._pins[pin]

    def commit(self, oid: str) -> Commit | None:
        """The commit with this full id; None when it is not there or no commit."""
        if oid not in self._commits:
            self.warm_commits((oid,))
        return self._commits[oid]

    def warm_commits(self, oids: Iterable[str]) -> None:
        """Read many commits at once, so that `commit` and `find_commit` answer from memory."""
        wanted = [oid for oid in dict.fromkeys(oids) if oid not in self._commits]
        valid = [oid for oid in wanted if self._is_id(oid)]
        self._commits.update(dict.fromkeys(wanted))
        for oid, kind, content in self._fetch(valid, _COMMIT_BYTES):
            if kind == "commit" and isinstance(content, bytes):
                commit = parse_commit(oid, content)
                self._commits[oid] = commit if self._is_id(commit.tree) else None

    # Files

    def files(self, commit: str, root: str = "") -> tuple[File, ...]:
        """All files of a commit below `root`, sorted by path; submodules are no files.

        Paths that would lead elsewhere (`..`, `.git`) are left out: see `listing`.
        """
        return self.listing(commit, root).files

    def listing(self, commit: str, root: str = "") -> Listing:
        """As `files`, with the paths that were left out as unsafe."""
        return self._trees.listing(self._tree(commit), root)

    def file(self, commit: str, path: str) -> File | None:
        """The file at `path` in a commit; None when there is none."""
        return self._trees.file(self._tree(commit), path)

    def folder(self, commit: str, path: str) -> str | None:
        """The id of the tree at `path` in a commit; None when there is no folder."""
        return self._trees.folder(self._tree(commit), path)

    def warm_files(self, places: Iterable[tuple[str, str]]) -> None:
        """Read what it takes to look up many pairs of commit and path, all at once."""
        places = list(places)
        self.warm_commits(commit for commit, _ in places)
        known = [(self._commits[commit], path) for commit, path in places]
        self._trees.warm((commit.tree, path) for commit, path in known if commit is not None)

    def changed(self, old: str | None, new: str, root: str = "") -> tuple[str, ...]:
        """The files below `root` that the commit `new` added to `old`, or altered. Sorted."""
        return self._trees.changed(old and self._tree(old), self._tree(new), root)

    def read(self, blobs: Iterable[str], *, keep: bool = False) -> Iterator[tuple[str, Content]]:
        """The blobs in the order given, asked for ahead: None when missing (nothing is fetched).

        One that is larger than the limit of a page comes as `TooLarge`, its content unread. With
        `keep` the contents are held back, within bounds, for the next reader who wants them.
        """
        wanted = list(blobs)
        held = {blob: self._held[blob] for blob in wanted if blob in self._held}
        if not keep and self._past is None:
            self._release(held)
        asked = [blob for blob in wanted if blob not in held and self._is_id(blob)]
        fetched = self._fetch(asked, self._limits.page)
        for blob in wanted:
            if blob in held:
                yield blob, held[blob]
            elif self._is_id(blob):
                _, kind, content = next(fetched)
                self.reads.append(blob)
                if (keep or self._past) and kind == "blob" and isinstance(content, bytes):
                    self._hold(blob, content)
                yield blob, content if kind == "blob" else None
            else:
                yield blob, None

    def forget(self) -> None:
        """Drop what was held back, unless a whole past is being walked through."""
        if self._past is None:
            self._release(list(self._held))

    def index(self) -> tuple[IndexEntry, ...]:
        """What is staged, in a hook with the index of the commit in progress; sorted by git."""
        index = self._layout.index_file
        environment = {} if index is None else {"GIT_INDEX_FILE": index}
        code, output, complaint = self._run("ls-files", "-s", "-t", "-z", environment=environment)
        if code:
            raise GitError(f"{self.path}: the index cannot be read: {complaint}")
        entries = tuple(islice(parse_index(output), self._limits.tree_entries + 1))
        if len(entries) > self._limits.tree_entries:
            limit = self._limits.tree_entries
            raise GitError(f"{self.path}: the index has more than {limit} entries, the limit")
        return entries

    def blob_id(self, data: bytes) -> str:
        """The id that the repository would give to a file of this content."""
        return object_id("blob", data, self._algorithm)

    # History

    def versions(
        self, commit: str, root: str, *, message_pin: str, robot_message: str, gone: bool = False
    ) -> Mapping[str, tuple[Version, ...]]:
        """All versions of each file below `root` in `commit`, newest first, by its path there.

        A version is a commit on the file's own line of history, whatever side branch it lies on,
        that gave it the content it has there. Renames with the content unchanged are followed.
        One pass through the log serves all roots. The first version in a shallow clone is only
        the oldest that is known. With `gone` files are told that were deleted since, too.
        """
        key = (commit, message_pin, robot_message, gone)
        if key not in self._versions:
            from bilint.readers.git_log import MessageReader, follow

            paths = [file.path for file in self.files(commit) if not file.is_link]
            past = self._past if self._past is not None and commit in self._past else None
            if past is not None:
                # Who goes through the past does not come back to a commit.
                self._versions.clear()
            messages = MessageReader(message_pin, robot_message)
            self._versions[key] = follow(
                self._entries(commit) if past is None else past.entries,
                commit,
                paths,
                tree_of=self._tree,
                boundary=self._boundary,
                messages=messages,
                gone=gone,
            )
        prefix = f"{root}/" if root else ""
        return {
            path: versions
            for path, versions in self._versions[key].items()
            if path.startswith(prefix)
        }

    def renames(
        self, commit: str, root: str = "", *, since: str | None = None
    ) -> Mapping[str, str]:
        """Old path to the newest path below `root` that a file was renamed to, chains followed.

        Only renames with the content unchanged, on any branch that led to `commit`; with `since`
        only those that did not lead to that commit as well.
        """
        asked = (commit, since)
        if asked not in self._renames:
            from bilint.readers.git_log import LOG_FORMAT, newest_names, parse_log

            past = self._past
            if past is not None and commit in past and (since is None or since in past):
                pairs = past.renames(commit, since)
            else:
                options = ("--topo-order", "--diff-filter=R", LOG_FORMAT)
                stream = self._log(commit, *options, since=since)
                entries = parse_log(stream)
                pairs = ((one.old, one.path) for entry in entries for one in entry.changes)
            self._renames[asked] = newest_names(pairs)
        prefix = f"{root}/" if root else ""
        renames = self._renames[asked]
        return {old: new for old, new in renames.items() if new.startswith(prefix)}

    def remember(self, commit: str) -> Past:
        """Read the whole history of a commit at once.

        From now on `versions` and `renames` of any commit in it are answered out of memory, and
        blobs are held back for who asks for them again, within bounds.
        """
        if self._past is None or commit not in self._past:
            from bilint.readers.git_log import Past

            self._past = Past(commit, self._entries(commit))
        return self._past

    def _entries(self, commit: str) -> Iterator[LogEntry]:
        from bilint.readers.git_log import LOG_FORMAT, parse_log

        options = ("-m", "--topo-order", "--ignore-submodules=none", LOG_FORMAT)
        return parse_log(self._log(commit, *options))

    def last_touched(self, commit: str, path: str) -> str | None:
        """The full id of the last commit reachable from `commit` that touched a file.

        None when none did, or when a shallow clone cannot tell.
        """
        arguments = ("rev-list", "-1", "--end-of-options", self._known(commit), "--", path)
        code, output, complaint = self._run_own(*arguments)
        if code:
            raise GitError(f"{self.path}: the history of {path!r} cannot be read: {complaint}")
        found = output.decode("ascii", "replace").strip()
        return found if found and found not in self._boundary else None

    # Below: how git is asked

    def _ask_basics(self) -> tuple[str, bool, str | None]:
        """The object format, whether the clone is shallow, and the commit of HEAD."""
        probe = Git(self.path, self._home, min(self._limits.git_seconds, _PROBE_SECONDS))
        code, output, complaint = probe.run(
            self.git_dir,
            "rev-parse",
            "--show-object-format",
            "--is-shallow-repository",
            "--verify",
            "--end-of-options",
            "HEAD^{commit}",
            environment={},
        )
        lines = output.decode("ascii", "replace").split()
        if len(lines) < 2 or lines[0] not in ("sha1", "sha256"):
            raise GitError(f"{self.path}: git cannot read the repository: {complaint}")
        head = lines[2] if code == 0 and len(lines) == 3 and _is_id(lines[2]) else None
        return lines[0], lines[1] == "true", head

    def _refs(self, name: str) -> dict[str, str]:
        """The ids of the branches, tags and remote branches of this name, by full ref name."""
        if not name or any(char in "\0\n *?[\\" for char in name):
            return {}
        folders = ("refs/heads", "refs/tags", "refs/remotes")
        names = [name] if name.startswith("refs/") else [f"{folder}/{name}" for folder in folders]
        code, output, complaint = self._run(
            "for-each-ref", "--format=%(objectname) %(refname)", *names
        )
        if code:
            raise GitError(f"{self.path}: the branches and tags cannot be read: {complaint}")
        rows = (line.partition(b" ") for line in output.split(b"\n"))
        found = {decode_path(ref): oid.decode("ascii", "replace") for oid, _, ref in rows}
        return {ref: oid for ref, oid in found.items() if ref in names}

    def _peel(self, oid: str) -> str:
        """The commit that an id of a ref leads to, through annotated tags."""
        for _ in range(10):
            if not self._is_id(oid):
                break
            ((_, kind, content),) = self._fetch((oid,), _COMMIT_BYTES)
            if kind == "commit":
                return oid
            oid = (parse_tag(content) if isinstance(content, bytes) else None) or ""
        raise GitError(f"{self.path}: a branch or tag that leads to no commit")

    def _find_commit(self, pin: str) -> str | Unknown:
        if not _is_pin(pin):
            return Unknown.MALFORMED
        absent = Unknown.SHALLOW if self.shallow else Unknown.ABSENT
        if len(pin) >= self._id_digits:
            return pin if self.commit(pin) is not None else absent
        code, output, _ = self._run_own("rev-parse", f"--disambiguate={pin}")
        candidates = output.decode("ascii", "replace").split() if code == 0 else []
        self.warm_commits(candidates)
        commits = [oid for oid in candidates if self._commits[oid] is not None]
        if len(commits) > 1:
            return Unknown.AMBIGUOUS
        return commits[0] if commits else absent

    def _is_id(self, oid: str) -> bool:
        return len(oid) == self._id_digits and _is_id(oid)

    def _known(self, commit: str) -> str:
        if self.commit(commit) is None:
            raise GitError(f"{self.path}: no commit {commit!r} in the repository")
        return commit

    def _tree(self, commit: str) -> str:
        found = self.commit(commit)
        if found is None:
            raise GitError(f"{self.path}: no commit {commit!r} in the repository")
        return found.tree

    def _fetch(self, oids: Iterable[str], limit: int) -> Iterator[tuple[str, str | None, Content]]:
        if self._batch is None or self._process_id != os.getpid():
            # A forked process must not read from its parent's pipes.
            self._process_id = os.getpid()
            self._batch = Batch(self.path, self._start_batch, self._id_digits)
        return self._batch.fetch(oids, limit)

    def _start_batch(self) -> GitProcess:
        return self._start_own("cat-file", "--batch", piped=True)

    def _hold(self, blob: str, content: bytes) -> None:
        if blob not in self._held:
            self._held[blob] = content
            self._held_bytes += len(content)
        most = _HELD_BYTES if self._past is None else _HELD_BYTES_OF_PAST
        while self._held_bytes > most:
            self._release([next(iter(self._held))])

    def _release(self, blobs: Iterable[str]) -> None:
        for blob in blobs:
            self._held_bytes -= len(self._held.pop(blob))

    def _log(self, commit: str, *options: str, since: str | None = None) -> Iterator[bytes]:
        """The output of `git log --raw` from a commit on, without what led to another one."""
        left_out = () if since is None else (f"^{self._known(since)}",)
        process = self._start_own(
            "log",
            "--raw",
            "-z",
            "--no-abbrev",
            "-M100%",
            "--no-ext-diff",
            "--no-textconv",
            *options,
            "--end-of-options",
            self._known(commit),
            *left_out,
            "--",
        )
        try:
            while chunk := process.read():
                yield chunk
            code, complaint = process.finish()
            if code:
                raise GitError(f"{self.path}: the history cannot be read: {complaint}")
        finally:
            process.kill()

    def _run(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Answer:
        """Stage A: a command on the repository itself."""
        return self._git.run(self.git_dir, *arguments, environment=environment or {})

    def _run_own(self, *arguments: str) -> Answer:
        """Stage B: a command in our own repository, which knows no settings and no refs."""
        return self._git.run(self._own, *arguments, environment=self._borrowed)

    def _start_own(self, *arguments: str, piped: bool = False) -> GitProcess:
        """As `_run_own`, for a command whose output is read as it comes."""
        return self._git.start(self._own, *arguments, environment=self._borrowed, piped=piped)

    @property
    def _own(self) -> str:
        """The bare repository of our own, made on first use."""
        own = f"{self._home}/repository.git"
        if not self._own_is_made:
            write_own_repository(own, self._algorithm, self._boundary)
            self._own_is_made = True
        return own


def _is_id(text: str) -> bool:
    return len(text) in _ID_DIGITS and not text.strip(_DIGITS)


def _is_pin(text: str) -> bool:
    """Whether a text is the id of a commit, or the beginning of one long enough to be a pin."""
    return _is_id(text) or (
        _FEWEST_DIGITS <= len(text) <= _ID_DIGITS[0] and not text.strip(_DIGITS)
    )


def _remove(folder: str, process_id: int) -> None:
    if os.getpid() == process_id:
        remove_folder(folder)
