"""What checks may know of a locale beside the page: its evidence, its catalogues, the engines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property, partial

from bilint.checks.base import Context
from bilint.engines.language import SeededJudge
from bilint.engines.similarity import ChrfSimilarity
from bilint.model.finding import Skipped
from bilint.model.label import Label
from bilint.model.record import TYPE_CHECKING
from bilint.model.text import Problem
from bilint.pipeline.learnt import read_file, stored
from bilint.pipeline.workspace import Workspace
from bilint.readers.locations import catalogue_path, terms_path

if TYPE_CHECKING:
    from bilint.model.term import Term


def contexts(
    workspace: Workspace, locales: Collection[str] | None = None, *, late: bool = False
) -> tuple[dict[str, Context], list[Skipped]]:
    """The context of each locale (None: of all), and what its catalogues could not say.

    Its evidence is what was kept, if anything was. With `late` a catalogue of labels is read when
    a check asks for one of them, and what is wrong with it is told from then on.
    """
    language, similarity = SeededJudge(), ChrfSimilarity()
    made: dict[str, Context] = {}
    lost: list[Skipped] = []
    for locale in workspace.targets if locales is None else sorted(locales):
        labels = _labels(workspace, locale, lost, late=late)
        terms = _terms(workspace, locale, lost)
        evidence, more = stored(workspace, locale)
        lost += more
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
    return made, lost


def _labels(
    workspace: Workspace, locale: str, lost: list[Skipped], *, late: bool
) -> Mapping[str, Label] | None:
    """The labels out of the catalogues that the settings name, or out of the locale's own."""
    named = workspace.settings.catalogues.get(locale, ())
    found = _files(workspace, locale, named, "the catalogue", catalogue_path(locale))
    if not found:
        return None
    lost += _unread("uicontrol-untranslated", found)
    read = partial(_read_labels, found, workspace.settings.limits.catalogue, lost)
    return _LateLabels(read) if late else read() or None


class _LateLabels(Mapping[str, Label]):
    """Labels that are read when one of them is asked for: few pages speak of any."""

    def __init__(self, read: Callable[[], Mapping[str, Label]]) -> None:
        self._read = read

    @cached_property
    def _labels(self) -> Mapping[str, Label]:
        return self._read()

    def __getitem__(self, source: str) -> Label:
        return self._labels[source]

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def __len__(self) -> int:
        return len(self._labels)


def _read_labels(found: _Files, limit: int, lost: list[Skipped]) -> Mapping[str, Label]:
    from bilint.readers.catalogue import combine, read_catalogue

    labels = []
    for name, data in found:
        if isinstance(data, bytes):
            catalogue = read_catalogue(data, name, limit)
            labels.append(catalogue.labels)
            lost += _told("uicontrol-untranslated", name, data, catalogue.problems)
    return combine(labels)


def _terms(workspace: Workspace, locale: str, lost: list[Skipped]) -> Mapping[str, Term] | None:
    """The terms out of the term bases that the settings name, or out of the locale's own."""
    named = workspace.settings.terms.get(locale, ())
    found = _files(workspace, locale, named, "the term base", terms_path(locale))
    if not found:
        return None
    from bilint.readers.catalogue import combine_terms, read_terms

    lost += _unread("term-demanded", found)
    terms = []
    for name, data in found:
        if isinstance(data, bytes):
            base = read_terms(data, name, workspace.settings.limits.catalogue)
            terms.append(base.terms)
            lost += _told("term-demanded", name, data, base.problems)
    # What was learnt demands nothing: with nothing else in it there is no term base.
    return combine_terms(terms) or None


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


def _unread(check: str, found: _Files) -> list[Skipped]:
    return [Skipped(check, name, why) for name, why in found if isinstance(why, str)]


def _told(check: str, name: str, data: bytes, problems: Sequence[Problem]) -> list[Skipped]:
    if not problems:
        return []
    from bilint.model.text import LineIndex

    lines = LineIndex(data)
    return [
        Skipped(check, f"{name}:{lines.position(one.span.start).line}", one.message)
        for one in problems
    ]
