"""`link-relative-missing`: a link leads to a page or file that the locale has not got."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context, Site
from bilint.checks.links.addresses import file_of, is_address, leads_away
from bilint.checks.links.twins import Twin, compared
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Observation, Severity, Suggestion
from bilint.model.profile import LinkPolicy
from bilint.model.text import Span


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each link to what the source has and the locale has not."""
    site, source_site = context.site, context.source_site
    if site is None or source_site is None or pair.source is None:
        return
    if pair.target.path.rpartition("/")[2] in context.profile.navigation_names:
        return
    policy = context.profile.links
    told = set[str]()
    for twin in compared(pair, context).twins:
        text = twin.target.value
        if not twin.same or twin.source is None or leads_away(text) or not is_address(text):
            continue
        path = file_of(text, pair.target.path)
        if path is None or path in told or path == pair.target.path or _there(path, site, policy):
            continue
        meant = file_of(twin.source.value, pair.source.path)
        if meant is None or not _there(meant, source_site, policy):
            continue
        told.add(path)
        yield _observation(twin, path, meant, pair, site)


def _there(path: str, site: Site, policy: LinkPolicy) -> bool:
    """Whether a file is there, also under the suffix of a page or without it."""
    if site.exists(path):
        return True
    stem = path
    for suffix in policy.page_suffixes:
        if path.endswith(suffix):
            stem = path[: -len(suffix)]
    name = stem.rpartition("/")[2]
    others = [f"{stem}{suffix}" for suffix in policy.page_suffixes]
    return ("." not in name or stem != path) and any(map(site.exists, others))


def _observation(twin: Twin, path: str, meant: str, pair: AlignedPair, site: Site) -> Observation:
    source = twin.source
    observation = Observation(
        f"`{path}` is not among the files of this language; the source has it",
        Span(twin.target.start, twin.target.end),
        twin.target.value,
        None if source is None else Span(source.start, source.end),
    )
    here, there = pair.target.path.split("/"), pair.source.path.split("/") if pair.source else []
    moved = here != there and here[:1] == there[:1]
    if not moved or path == meant or not site.exists(meant):
        return observation
    return observation._replace(
        message=f"`{path}` is not there: this page stands in another folder than its source",
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        suggestion=_moved_along(twin, meant, here[:-1]),
    )


def _moved_along(twin: Twin, path: str, folders: list[str]) -> Suggestion | None:
    """The link with an address that leads to `path` from a page in these folders."""
    text = twin.target.value
    if twin.target.text.count(text) != 1:
        return None
    steps = path.split("/")
    shared = 0
    while shared < min(len(folders), len(steps) - 1) and folders[shared] == steps[shared]:
        shared += 1
    way = [".."] * (len(folders) - shared) + steps[shared:]
    fragment = text.partition("#")[2]
    address = "/".join(way) + (f"#{fragment}" if fragment else "")
    return Suggestion(twin.target.text.replace(text, address))
