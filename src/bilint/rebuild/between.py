"""What lies between two revisions: both are judged, and what both have is judged once."""

from __future__ import annotations

from collections.abc import Mapping

from bilint.differences import compare
from bilint.model.difference import RunDifference
from bilint.model.report import Report
from bilint.pipeline.request import Request, UsageError
from bilint.pipeline.workspace import Side
from bilint.rebuild.past import Past, Snapshot

SOURCE = "source"


def between(
    request: Request,
    side: str | None,
    revisions: tuple[str, str | None],
    *,
    as_of: bool = False,
) -> tuple[RunDifference, Report]:
    """What changed from one revision of a side to another, and the later report.

    `side` is a locale or `source`; None stands for the only repository there is, or the only
    target. All sides in its repository move with it. What stands in others is read as it is now;
    with `as_of` as it was at the time of each revision. Raises `GitError` and `UsageError`.
    """
    with Past(request) as past:
        sides = past.workspace.sides()
        name = _chosen(sides, side)
        moving = [
            other
            for other, one in sides.items()
            if one.repository.git_dir == sides[name].repository.git_dir
        ]
        repository = sides[name].repository
        commits = [
            None if one is None else past.workspace.resolve(repository, one) for one in revisions
        ]
        snapshots = []
        for commit in commits:
            here: dict[str, str] = {}
            if as_of:
                read = commit or repository.head()
                known = repository.commit(read) if read else None
                here = past.as_of(known.when) if known is not None else {}
            for other in moving:
                here.pop(other, None)
                if commit is not None:
                    here[other] = commit
            snapshots.append(Snapshot("", here, rest=True))
        past.learn(snapshots[1])
        before, after = past.run(snapshots[0]), past.run(snapshots[1])
    then, now = _commits(before), _commits(after)
    return RunDifference(
        name or SOURCE,
        (then.get(name), now.get(name)),
        {key or SOURCE: (then.get(key), now.get(key)) for key in sides if key not in moving},
        compare(before, after),
    ), after._replace(incidents=(*before.incidents, *after.incidents))


def _commits(report: Report) -> dict[str, str | None]:
    return {"": report.source.revision, **report.revisions}


def _chosen(sides: Mapping[str, Side], side: str | None) -> str:
    """The side that moves. Raises `UsageError`."""
    names = [name or SOURCE for name in sides]
    if side is not None:
        if side not in names:
            raise UsageError(f"--side {side}: there is {', '.join(names)}")
        return "" if side == SOURCE else side
    targets = [name for name in sides if name]
    folders = {one.repository.git_dir for one in sides.values()}
    if len(targets) == 1 or len(folders) == 1:
        return targets[0]
    raise UsageError(f"say with --side of which repository these are revisions: {', '.join(names)}")
