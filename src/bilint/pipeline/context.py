"""What checks may know of a locale beside the page: its evidence, its catalogues, the engines."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bilint.checks.base import Context
from bilint.engines.language import SeededJudge
from bilint.engines.similarity import ChrfSimilarity
from bilint.model.finding import Skipped
from bilint.model.label import Label
from bilint.pipeline.learnt import read_file, stored
from bilint.pipeline.workspace import Workspace


def contexts(
    workspace: Workspace, locales: Collection[str] | None = None
) -> tuple[dict[str, Context], tuple[Skipped, ...]]:
    """The context of each locale (None: of all), and what its catalogues could not say.

    Its evidence is what was kept, if anything was.
    """
    language, similarity = SeededJudge(), ChrfSimilarity()
    made: dict[str, Context] = {}
    skipped: list[Skipped] = []
    for locale in workspace.targets if locales is None else sorted(locales):
        labels, more = _labels(workspace, locale)
        skipped += more
        evidence, more = stored(workspace, locale)
        skipped += more
        made[locale] = Context(
            profile=workspace.profile,
            language=language,
            similarity=similarity,
            source_language=workspace.settings.source_language,
            evidence=evidence,
            labels=labels,
            human_share_floor=workspace.settings.human_share_floor,
        )
    return made, tuple(skipped)


def _labels(workspace: Workspace, locale: str) -> tuple[Mapping[str, Label] | None, list[Skipped]]:
    """The labels out of the catalogues that the settings name, or out of the locale's own."""
    found = list(_catalogues(workspace, locale))
    if not found:
        return None, []
    from bilint.model.text import LineIndex
    from bilint.readers.catalogue import combine, read_catalogue

    read, skipped = [], []
    for name, data in found:
        if isinstance(data, str):
            skipped.append(Skipped("uicontrol-untranslated", name, data))
            continue
        catalogue = read_catalogue(data, name, workspace.settings.limits.catalogue)
        read.append(catalogue.labels)
        lines = LineIndex(data)
        for problem in catalogue.problems:
            line = lines.position(problem.span.start).line
            skipped.append(Skipped("uicontrol-untranslated", f"{name}:{line}", problem.message))
    return combine(read), skipped


def _catalogues(workspace: Workspace, locale: str) -> list[tuple[str, bytes | str]]:
    from bilint.readers.catalogue import catalogue_path

    named = workspace.settings.catalogues.get(locale, ())
    if named:
        most = workspace.settings.limits.catalogue
        return [(name, read_file(name, most, "the catalogue")) for name in named]
    snapshot = workspace.targets[locale].snapshot
    path = catalogue_path(locale)
    if not snapshot.exists(path):
        return []
    return [
        (path, data if isinstance(data, bytes) else data.message)
        for _path, _blob, data in snapshot.read((path,))
    ]
