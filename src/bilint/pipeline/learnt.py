"""What was learnt of a locale and kept: in its repository, or in a file that the settings name."""

from __future__ import annotations

from bilint.model.finding import Skipped
from bilint.model.record import TYPE_CHECKING
from bilint.pipeline.workspace import Workspace

if TYPE_CHECKING:
    from bilint.model.evidence import Evidence


def stored(workspace: Workspace, locale: str) -> tuple[Evidence | None, list[Skipped]]:
    """The evidence kept of a locale; and why there is none, where a file was there."""
    named = workspace.settings.evidence.get(locale)
    most = workspace.settings.limits.catalogue
    if named is not None:
        found = [(named, read_file(named, most, "the file of what was learnt"))]
    else:
        found = _in_repository(workspace, locale)
    for name, data in found:
        if isinstance(data, str):
            return None, [Skipped(None, name, data)]
        from bilint.model.evidence import Evidence
        from bilint.readers.learnt import read_evidence

        evidence = read_evidence(data, locale, most)
        if isinstance(evidence, Evidence):
            return evidence, []
        return None, [Skipped(None, name, evidence.message)]
    return None, []


def _in_repository(workspace: Workspace, locale: str) -> list[tuple[str, bytes | str]]:
    from bilint.readers.locations import learnt_path

    snapshot = workspace.targets[locale].snapshot
    path = learnt_path(locale)
    if not snapshot.exists(path):
        return []
    return [
        (path, data if isinstance(data, bytes) else data.message)
        for _path, _blob, data in snapshot.read((path,))
    ]


def read_file(path: str, most: int, what: str) -> bytes | str:
    """The bytes of a file, one more than `most` at the most, or why there are none."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read(most + 1)
    except OSError as error:
        return f"{what} cannot be read: {error.strerror or error}"
