"""What silences a finding where it stands: comments in the page, and the settings by path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bilint.model.document import Suppression
from bilint.model.finding import Finding, FindingState

ALL_CHECKS = "*"


def silencing(comments: Sequence[Suppression], check: str, start: int) -> Suppression | None:
    """The comment that silences a finding of `check` at byte `start`: the narrowest that does."""
    found = [
        comment
        for comment in comments
        if comment.scope.start <= start < max(comment.scope.end, comment.scope.start + 1)
        and (not comment.checks or check in comment.checks)
    ]
    return min(found, key=lambda comment: comment.scope.end - comment.scope.start, default=None)


def ignored(ignore: Mapping[str, tuple[str, ...]], check: str, path: str) -> bool:
    """Whether the settings silence `check` on the page at `path`."""
    return any(
        (check in checks or ALL_CHECKS in checks) and matches(glob, path)
        for glob, checks in ignore.items()
    )


def unused_ignores(
    ignore: Mapping[str, tuple[str, ...]], findings: Iterable[Finding]
) -> tuple[tuple[str, str], ...]:
    """Every glob and check of the settings that silenced nothing among all findings of a run."""
    silenced = {(f.check, f.path) for f in findings if f.state is FindingState.SUPPRESSED}
    return tuple(
        (glob, check)
        for glob, checks in sorted(ignore.items())
        for check in sorted(checks)
        if not any(check in (one, ALL_CHECKS) and matches(glob, path) for one, path in silenced)
    )


def matches(glob: str, path: str) -> bool:
    """Whether a page path is meant by a glob.

    `*` and `?` stay within a folder, `**` spans folders; a glob without a slash is a file name
    in any folder, and one that ends in a slash is everything below.
    """
    if "/" not in glob:
        glob = f"**/{glob}"
    if glob.endswith("/"):
        glob = f"{glob}**/*"
    return _match_parts(path.split("/"), glob.lstrip("/").split("/"))


def _match_parts(parts: list[str], globs: list[str]) -> bool:
    """Greedy matching with one step back: linear in the product of the lengths."""
    from fnmatch import fnmatchcase

    part = glob = 0
    back_part, back_glob = 0, -1
    while part < len(parts):
        if glob < len(globs) and globs[glob] == "**":
            back_part, back_glob = part, glob
            glob += 1
        elif glob < len(globs) and fnmatchcase(parts[part], globs[glob]):
            part += 1
            glob += 1
        elif back_glob >= 0:
            back_part += 1
            part, glob = back_part, back_glob + 1
        else:
            return False
    return all(rest == "**" for rest in globs[glob:])
