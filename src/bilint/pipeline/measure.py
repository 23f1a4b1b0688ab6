"""What a run is judged by, so that two runs can be told to compare or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bilint import __version__
from bilint.checks.base import Context
from bilint.checks.registry import BY_ID
from bilint.pipeline.versions import EngineVersions
from bilint.pipeline.workspace import Workspace

OWN_PAGES = "the pages of the run"


def measure(
    workspace: Workspace, contexts: Mapping[str, Context], learnt: str = OWN_PAGES
) -> dict[str, Any]:
    """All that has a say in the findings of a run beside the pages, as JSON can say it.

    `contexts` are those before anything was learnt; `learnt` says of what locales learn that keep
    no evidence.
    """
    settings = workspace.settings
    off = {name for name, one in settings.checks.items() if not one.enabled}
    said: dict[str, Any] = {
        "bilint": __version__,
        "checks": sorted(BY_ID.keys() - off),
        "engines": dict(EngineVersions()),
        "profile": workspace.profile.name,
        "source language": settings.source_language,
        "limits": settings.limits._asdict(),
        "root": {name or "source": one.root for name, one in _sides(workspace)},
        "learnt from": {locale: _learnt(one, learnt) for locale, one in sorted(contexts.items())},
        "catalogue": [locale for locale, one in sorted(contexts.items()) if one.labels],
        "term base": [locale for locale, one in sorted(contexts.items()) if one.terms],
        "severity": {
            name: one.severity.value for name, one in settings.checks.items() if one.severity
        },
        "ignore": {glob: list(checks) for glob, checks in settings.ignore.items()},
    }
    if settings.human_share_floor is not None:
        said["human_share_floor"] = settings.human_share_floor
    if settings.baseline is not None:
        said["baseline"] = "what it knows is not counted"
    if workspace.request.decisions is not None:
        said["decisions"] = "what was decided is not counted"
    return said


def _sides(workspace: Workspace) -> list[tuple[str, Any]]:
    source = [("", workspace.source)] if workspace.source is not None else []
    return [*source, *sorted(workspace.targets.items())]


def _learnt(context: Context, otherwise: str) -> str:
    return otherwise if context.evidence is None else f"what is kept, {context.evidence.digest()}"
