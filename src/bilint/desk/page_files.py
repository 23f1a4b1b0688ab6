"""Pages put on disk: in place of what was read, or where none was before."""

# os.path, as everywhere below the commands.
# ruff: noqa: PTH102, PTH112, PTH113, PTH114, PTH118, PTH120, PTH123

from __future__ import annotations

import os

from bilint.desk.imported import Rewritten
from bilint.readers.disk import WriteError, clear_folder, write_atomically


def is_there(top: str, page: Rewritten) -> bool:
    """Whether a new page is there already, word for word; raises where it is another one."""
    place = os.path.join(top, page.path)
    if page.before is not None or not os.path.lexists(place):
        return False
    if os.path.isfile(place) and not os.path.islink(place):
        with open(place, "rb") as file:
            if file.read(len(page.after) + 1) == page.after:
                return True
    raise WriteError(
        f"{place} has come meanwhile, and git does not know it yet: add it and export again"
    )


def put(top: str, page: Rewritten) -> None:
    """Write a page below the folder `top`. Raises `WriteError` and `OSError`."""
    if page.before is None:
        _make_folders(top, page.path)
    place = os.path.join(top, page.path)
    write_atomically(place, page.after, expected=page.before, top=top)


def clear_beside(top: str, path: str) -> None:
    """Remove what a run that was killed left beside a page, though it had written it."""
    clear_folder(os.path.dirname(os.path.join(top, path)), top)


def _make_folders(top: str, path: str) -> None:
    """The folders that a new page needs; a symbolic link is none."""
    place = top
    for part in path.split("/")[:-1]:
        place = os.path.join(place, part)
        if part in ("", ".", "..") or os.path.islink(place):
            raise WriteError(f"{path} cannot be written: {place} is no folder of its own")
        if not os.path.isdir(place):
            os.mkdir(place)
