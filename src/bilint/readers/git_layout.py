"""Where the parts of a repository lie on disk, and whether they may be trusted.

Found by looking at files alone: git is not asked before the owner is known.
"""

# os.path, because a hook has no time for the import of pathlib
# ruff: noqa: PTH100, PTH102, PTH103, PTH112, PTH118, PTH120, PTH123

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping

from bilint.model.record import NamedTuple
from bilint.readers.git_objects import GitError

_SMALL_FILE = 64 * 1024
_SHALLOW_FILE = 64 * 1024 * 1024


class Layout(NamedTuple):
    """The folders of a repository, all absolute and free of symbolic links.

    `work_tree` is None where none is checked out. `common_dir` differs from `git_dir` in a
    linked worktree. `prefix` is the part of the given path below the work tree, with forward
    slashes. `index_file` is the index of a commit in progress, when a hook was told one.
    """

    path: str
    work_tree: str | None
    git_dir: str
    common_dir: str
    prefix: str = ""
    index_file: str | None = None

    @property
    def objects(self) -> str:
        """The folder of the objects."""
        return os.path.join(self.common_dir, "objects")


def find_layout(path: str, environment: Mapping[str, str] | None = None) -> Layout:
    """The repository at `path`, or the one whose checkout contains it.

    `environment` is that of a hook and is given for no repository but the one the hook runs in:
    GIT_DIR and GIT_INDEX_FILE are taken from it when they belong to the repository found.
    Raises `GitError` when there is no repository.
    """
    start = os.path.realpath(path)
    if not os.path.isdir(start):
        raise GitError(f"{path}: there is no such folder")
    layout = _search(path, start)
    named = (environment or {}).get("GIT_DIR")
    if layout is None and named:
        layout = _layout(path, start, os.path.realpath(os.path.join(start, named)))
    if layout is None:
        raise GitError(f"{path}: neither a git repository nor inside of one")
    if environment:
        return _with_index(layout, start, environment)
    return layout


def _search(path: str, start: str) -> Layout | None:
    folder = start
    while True:
        git_dir = _git_dir_in(folder)
        if git_dir is not None:
            return _layout(path, start, git_dir, folder)
        if folder == start and _is_git_dir(start):
            return _layout(path, start, start)
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def _layout(path: str, start: str, git_dir: str, work_tree: str | None = None) -> Layout | None:
    if not _is_git_dir(git_dir):
        return None
    common = git_dir
    named = _read_small(os.path.join(git_dir, "commondir"))
    if named is not None:
        common = os.path.realpath(os.path.join(git_dir, os.fsdecode(named.rstrip(b"\r\n"))))
    if not os.path.isdir(os.path.join(common, "objects")):
        raise GitError(f"{path}: the git directory {common} has no folder of objects")
    prefix = ""
    if work_tree is not None and start != work_tree:
        prefix = os.path.relpath(start, work_tree).replace(os.sep, "/")
    return Layout(path, work_tree, git_dir, common, prefix)


def _git_dir_in(folder: str) -> str | None:
    """The git directory that `folder/.git` is or names."""
    entry = os.path.join(folder, ".git")
    if os.path.isdir(entry):
        return os.path.realpath(entry) if _is_git_dir(entry) else None
    text = _read_small(entry)
    if text is None:
        return None
    if not text.startswith(b"gitdir: "):
        raise GitError(f"{entry}: does not name a git directory")
    named = os.fsdecode(text[len(b"gitdir: ") :].rstrip(b"\r\n"))
    git_dir = os.path.realpath(os.path.join(folder, named))
    if not _is_git_dir(git_dir):
        raise GitError(f"{entry}: the git directory it names is not there: {git_dir}")
    return git_dir


def _is_git_dir(folder: str) -> bool:
    return os.path.lexists(os.path.join(folder, "HEAD")) and (
        os.path.isdir(os.path.join(folder, "objects"))
        or os.path.lexists(os.path.join(folder, "commondir"))
    )


def _with_index(layout: Layout, start: str, environment: Mapping[str, str]) -> Layout:
    root = layout.work_tree or start
    named = environment.get("GIT_DIR")
    if named and os.path.realpath(os.path.join(root, named)) != layout.git_dir:
        return layout  # the hook runs in another repository
    index = environment.get("GIT_INDEX_FILE")
    if not index:
        return layout
    index = os.path.realpath(os.path.join(root, index))
    if os.path.commonpath((index, layout.git_dir)) != layout.git_dir:
        raise GitError(
            f"{layout.path}: GIT_INDEX_FILE names {index}, outside of the git directory"
            f" {layout.git_dir}"
        )
    return layout._replace(index_file=index)


def check_owner(layout: Layout) -> None:
    """Refuse what another user owns: git does not, once it is told a directory by name."""
    if not hasattr(os, "geteuid"):
        return
    places = {layout.git_dir, layout.common_dir, layout.objects}
    if layout.work_tree is not None:
        places |= {layout.work_tree, os.path.join(layout.work_tree, ".git")}
    for place in sorted(places):
        _check_owner_of(place, layout.path)


def _check_owner_of(place: str, path: str) -> None:
    owner = os.lstat(place).st_uid
    if owner != os.geteuid():
        raise GitError(
            f"{path}: {place} belongs to another user (number {owner});"
            " give --trust-owner if you trust that user"
        )


def object_folders(layout: Layout, *, trust_owner: bool, allow_alternates: bool) -> tuple[str, ...]:
    """The folders that hold the repository's objects, its own first.

    Alternates are followed only when allowed, and the alternates of alternates only where the
    repository itself names them too. Raises `GitError` otherwise.
    """
    own = os.path.realpath(layout.objects)
    elsewhere = list(_alternates(own, layout.path))
    if own != os.path.join(layout.common_dir, "objects"):
        elsewhere.insert(0, own)
    if elsewhere and not allow_alternates:
        raise GitError(
            f"{layout.path}: the repository borrows objects from {elsewhere[0]};"
            " give --allow-alternates to follow it there"
        )
    folders = [own, *(folder for folder in elsewhere if folder != own)]
    for folder in folders[1:]:
        if not trust_owner and hasattr(os, "geteuid"):
            _check_owner_of(folder, layout.path)
        for chained in _alternates(folder, layout.path):
            if chained not in folders:
                raise GitError(
                    f"{layout.path}: {folder} borrows objects in its turn from {chained},"
                    " which the repository does not name itself"
                )
    return tuple(dict.fromkeys(folders))


def _alternates(objects: str, path: str) -> Iterator[str]:
    text = _read_small(os.path.join(objects, "info", "alternates")) or b""
    for line in text.split(b"\n"):
        if not line or line.startswith(b"#"):
            continue
        if line.startswith(b'"'):
            raise GitError(f"{path}: an alternate with a quoted name is not followed")
        folder = os.path.realpath(os.path.join(objects, os.fsdecode(line)))
        if os.path.isdir(folder):
            yield folder


def read_boundary(layout: Layout, id_digits: int) -> frozenset[str]:
    """The commits beyond which a shallow clone has no history."""
    text = _read_small(os.path.join(layout.common_dir, "shallow"), _SHALLOW_FILE)
    if not text:
        return frozenset()
    if not re.fullmatch(rb"(?:[0-9a-f]{%d}\n)*" % id_digits, text):
        raise GitError(f"{layout.path}: the file `shallow` of the repository is damaged")
    return frozenset(text.decode("ascii").split())


def _read_small(name: str, limit: int = _SMALL_FILE) -> bytes | None:
    """A regular file's bytes, None when it is not there: a FIFO must not make us wait."""
    try:
        handle = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise GitError(f"{name}: cannot be read: {error.strerror}") from error
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        raise GitError(f"{name}: is not a regular file")
    with os.fdopen(handle, "rb") as file:
        if status.st_size > limit:
            raise GitError(f"{name}: is larger than the {limit} bytes it may have")
        return file.read(limit)


def make_private_folder() -> str:
    """A fresh folder that nobody else can enter, in memory rather than on a disk if there is both.

    Little is put there, and for a moment: a disk takes longer to make folders than git to answer.
    """
    parents = [os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")]
    for parent in (*parents, "/dev/shm", "/tmp", "/var/tmp"):  # noqa: S108
        if not parent or not os.path.isdir(parent):
            continue
        folder = os.path.join(os.path.abspath(parent), f"bilint-{os.urandom(8).hex()}")
        try:
            os.mkdir(folder, 0o700)
        except OSError:
            continue
        return folder
    raise GitError("no folder for temporary files can be written; set TMPDIR")


def write_own_repository(folder: str, algorithm: str, boundary: frozenset[str]) -> None:
    """A bare repository without settings or hooks: as little of one as git takes for it."""
    for name in ("objects", "refs"):
        os.makedirs(os.path.join(folder, name), mode=0o700)
    extension = "\n[extensions]\n\tobjectFormat = sha256" if algorithm == "sha256" else ""
    version = 1 if extension else 0
    files = {
        "HEAD": "ref: refs/heads/main\n",
        "config": f"[core]\n\trepositoryformatversion = {version}\n\tbare = true{extension}\n",
    }
    if boundary:
        files["shallow"] = "".join(f"{oid}\n" for oid in sorted(boundary))
    for name, text in files.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(text.encode())


def remove_folder(folder: str) -> None:
    """Remove a folder of our own with all that is in it, as far as it goes."""
    for parent, folders, files in os.walk(folder, topdown=False):
        for name in files:
            _quietly(os.unlink, os.path.join(parent, name))
        for name in folders:
            _quietly(os.rmdir, os.path.join(parent, name))
    _quietly(os.rmdir, folder)


def _quietly(remove: Callable[[str], None], name: str) -> None:
    try:
        remove(name)
    except OSError:
        return
