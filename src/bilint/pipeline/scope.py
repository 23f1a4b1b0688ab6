"""Which pages a run is about: all of them, those that were named, or those that changed."""

# os.path, because a hook has no time for the import of pathlib.
# ruff: noqa: PTH100, PTH113, PTH114, PTH117, PTH118, PTH119, PTH120

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from bilint.model.record import NamedTuple
from bilint.pipeline.request import UsageError
from bilint.pipeline.workspace import Side, Workspace


class PageName(NamedTuple):
    """A page by its side: a locale, or None for the source; and its path in that repository."""

    locale: str | None
    path: str


def scope(workspace: Workspace) -> tuple[PageName, ...] | None:
    """The pages to look at; None for all.

    Raises `UsageError` for paths that are no page, all of them at once, and for a hook in a
    repository that is neither the source nor a target.
    """
    request = workspace.request
    if request.paths is not None:
        return _of_paths(workspace, request.paths)
    if request.hook is None:
        return None
    at_home = [(locale, side) for locale, side in _sides(workspace) if side.at_home]
    if not at_home:
        raise UsageError(
            f"{request.hook.home} is neither the source nor the target of a locale: nothing of"
            " either can have changed in it"
        )
    if request.hook.whole:
        return None
    names = [PageName(locale, path) for locale, side in at_home for path in workspace.changed(side)]
    if request.hook.staged and not names and not workspace.is_changed(at_home[0][1]):
        return None
    return tuple(sorted(names, key=_order))


def _sides(workspace: Workspace) -> Iterator[tuple[str | None, Side]]:
    if workspace.source is not None:
        yield None, workspace.source
    yield from workspace.targets.items()


def _of_paths(workspace: Workspace, paths: tuple[str, ...]) -> tuple[PageName, ...]:
    sides = dict(_sides(workspace))
    pages = {locale: workspace.page_paths(side) for locale, side in sides.items()}
    names: list[PageName] = []
    wrong: list[str] = []
    for path in paths:
        found = _on_disk(sides, pages, path) or _in_repositories(sides, pages, path)
        names += found
        if not found:
            wrong.append(_no_page(sides, path))
    if wrong:
        raise UsageError("\n".join(wrong))
    return tuple(sorted(set(names), key=_order))


def _on_disk(
    sides: Mapping[str | None, Side], pages: Mapping[str | None, tuple[str, ...]], path: str
) -> list[PageName]:
    """The pages that a path means as a file or folder on disk."""
    names: list[PageName] = []
    for locale, side in sides.items():
        inside = _place(side, path)
        if inside is None:
            continue
        below = _below(pages[locale], inside)
        if not below and _is_new_page(side, inside):
            below = [inside]
        names += [PageName(locale, page) for page in below]
    return names


def _in_repositories(
    sides: Mapping[str | None, Side], pages: Mapping[str | None, tuple[str, ...]], path: str
) -> list[PageName]:
    """The pages at a path in the repositories, wherever these are."""
    if os.path.isabs(path):
        return []
    inside = os.path.normpath(path).replace(os.sep, "/")
    return [
        PageName(locale, page)
        for locale in sides
        for page in _below(pages[locale], "" if inside == "." else inside)
    ]


def _below(pages: tuple[str, ...], path: str) -> list[str]:
    folder = f"{path}/" if path else ""
    return [page for page in pages if page == path or page.startswith(folder)]


def _place(side: Side, path: str) -> str | None:
    """Where a path on disk lies in a checkout; None when it lies elsewhere.

    A folder that holds the whole checkout means all of it. The last part of the path is taken as
    it is: a symbolic link is no page.
    """
    if side.repository.work_tree is None:
        return None
    top = os.path.realpath(side.repository.work_tree)
    whole = os.path.abspath(path)
    here = os.path.join(os.path.realpath(os.path.dirname(whole)), os.path.basename(whole))
    if f"{top}/".startswith(f"{here.rstrip('/')}/"):
        return ""
    return here[len(top) + 1 :].replace(os.sep, "/") if here.startswith(top + os.sep) else None


def _is_new_page(side: Side, path: str) -> bool:
    """Whether it is a page on disk that git does not track yet."""
    snapshot = side.snapshot
    if snapshot.revision is not None or side.at_home or side.repository.work_tree is None:
        return False
    if not side.is_page(path):
        return False
    file = os.path.join(side.repository.work_tree, path)
    return os.path.isfile(file) and not os.path.islink(file)


def _no_page(sides: Mapping[str | None, Side], path: str) -> str:
    """Why a path means nothing here."""
    for side in sides.values():
        inside = _place(side, path) or os.path.normpath(path)
        for known, problem in side.snapshot.problems:
            if known == inside:
                return f"{path}: {problem.message}"
    return f"{path} is no page of the source or of a locale that was named"


def _order(name: PageName) -> tuple[str, str]:
    return (name.locale or "", name.path)
