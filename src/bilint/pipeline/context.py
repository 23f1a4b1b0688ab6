"""What checks may know of a locale beside the page: its evidence, its catalogues, the engines."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bilint.checks.base import Context
from bilint.engines.language import SeededJudge
from bilint.engines.similarity import ChrfSimilarity
from bilint.model.finding import Skipped
from bilint.model.label import Label
from bilint.model.term import Term
from bilint.model.text import Problem
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
        terms, more = _terms(workspace, locale)
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
            terms=terms,
            human_share_floor=workspace.settings.human_share_floor,
        )
    return made, tuple(skipped)


_Lost = list[Skipped]


def _labels(workspace: Workspace, locale: str) -> tuple[Mapping[str, Label] | None, _Lost]:
    """The labels out of the catalogues that the settings name, or out of the locale's own."""
    from bilint.readers.catalogue import catalogue_path, combine, read_catalogue

    named = workspace.settings.catalogues.get(locale, ())
    found = _files(workspace, locale, named, "the catalogue", catalogue_path(locale))
    if not found:
        return None, []
    limit = workspace.settings.limits.catalogue
    read, lost = [], _unread("uicontrol-untranslated", found)
    for name, data in found:
        if isinstance(data, bytes):
            catalogue = read_catalogue(data, name, limit)
            read.append(catalogue.labels)
            lost += _told("uicontrol-untranslated", name, data, catalogue.problems)
    return combine(read), lost


def _terms(workspace: Workspace, locale: str) -> tuple[Mapping[str, Term] | None, _Lost]:
    """The terms out of the term bases that the settings name, or out of the locale's own."""
    from bilint.readers.catalogue import combine_terms, read_terms, terms_path

    named = workspace.settings.terms.get(locale, ())
    found = _files(workspace, locale, named, "the term base", terms_path(locale))
    if not found:
        return None, []
    limit = workspace.settings.limits.catalogue
    read, lost = [], _unread("term-demanded", found)
    for name, data in found:
        if isinstance(data, bytes):
            base = read_terms(data, name, limit)
            read.append(base.terms)
            lost += _told("term-demanded", name, data, base.problems)
    return combine_terms(read), lost


_Files = list[tuple[str, bytes | str]]
"""The names of files, and what they hold or why they could not be read."""


def _files(workspace: Workspace, locale: str, named: Sequence[str], what: str, path: str) -> _Files:
    """The files that settings name, or else the one at `path` in the repository of the locale."""
    if named:
        most = workspace.settings.limits.catalogue
        return [(name, read_file(name, most, what)) for name in named]
    snapshot = workspace.targets[locale].snapshot
    if not snapshot.exists(path):
        return []
    return [
        (path, data if isinstance(data, bytes) else data.message)
        for _path, _blob, data in snapshot.read((path,))
    ]


def _unread(check: str, found: _Files) -> _Lost:
    return [Skipped(check, name, why) for name, why in found if isinstance(why, str)]


def _told(check: str, name: str, data: bytes, problems: Sequence[Problem]) -> _Lost:
    if not problems:
        return []
    from bilint.model.text import LineIndex

    lines = LineIndex(data)
    return [
        Skipped(check, f"{name}:{lines.position(one.span.start).line}", one.message)
        for one in problems
    ]
