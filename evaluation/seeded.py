"""Seeded defects: real pages on which nothing stands are damaged, and the checks are to see it.

Each mutation of the catalogue (`mutations/`) damages pages at places drawn by a seed. A defect is
found when a check meant for it, or one of a family that may answer for it, says something new of
that place: the segments that were touched, and for what was taken out those on either side. What is
said anew of any other place is collateral. Pages are read, aligned and checked without git.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from random import Random
from typing import Any, NamedTuple

from bilint.alignment import align_translation
from bilint.checks.base import Context
from bilint.checks.engine import run_pair
from bilint.checks.registry import BY_ID, Selection
from bilint.model.alignment import AlignedPair, Basis, Past
from bilint.model.config import Limits
from bilint.model.document import Document
from bilint.model.finding import Family, Finding, Severity, Side
from bilint.model.page import Page
from bilint.model.text import Span
from bilint.pipeline.beside import segment_pairs
from bilint.profiles import profile
from bilint.readers.markdown import read_document
from bilint.readers.page import provenance
from evaluation.corpora import (
    NAME,
    OTHER,
    Corpora,
    commit_at,
    in_processes,
    open_snapshot,
    request,
)
from evaluation.gold import touch
from evaluation.mutations import MUTATIONS, Damage, Mutation, Place
from evaluation.tables import quoted, ratio, share, table

GROUNDS = (
    (NAME, "it-IT", "2023-06-01"),
    (NAME, "fr-FR", "2023-06-01"),
    (NAME, "ko-KR", "2023-06-01"),
    (OTHER, "it-IT", "2024-06-01"),
)
"""Where the pages are taken from: project, locale, date. The first three were translated by people;
the other project is there for its code and its labels."""

PLACES = 15
"""Places damaged for each mutation and ground."""

_TRIES = 5
_PAGES = 120
_LARGE = 24_000
"""Bytes from which a page is left out: the same damage on a smaller one says as much."""

_PROFILE = profile("experience-league")


class Said(NamedTuple):
    """A finding on a damaged page that did not stand there before."""

    check: str
    severity: Severity
    text: str
    message: str

    @property
    def shown(self) -> bool:
        """Whether it is shown without being asked for."""
        return self.severity is not Severity.INFO


class Try(NamedTuple):
    """One damaged place: which findings meet it, which are beside the point, and which elsewhere.

    `exact` says that a finding that meets it touches the very bytes that were damaged.
    """

    mutation: str
    locale: str
    path: str
    was: str
    now: str
    hits: tuple[Said, ...]
    exact: bool
    others: tuple[Said, ...]
    collateral: tuple[Said, ...]


class Ground(NamedTuple):
    """Clean pages of one snapshot, and what their checks may know."""

    pages: tuple[AlignedPair, ...]
    before: tuple[frozenset[tuple[str, int, int]], ...]
    context: Context
    selection: Selection


def clean(pairs: Iterable[AlignedPair], context: Context, selection: Selection) -> Ground:
    """The pages with a known base on which no finding stands that would be shown."""
    kept, before = [], []
    for pair in pairs:
        if pair.source is None or pair.basis is not Basis.BASE:
            continue
        if len(pair.document.data) > _LARGE or pair.document.suppressions:
            continue
        found = _findings(pair, context, selection)
        if all(one.severity is Severity.INFO for one in found):
            kept.append(pair)
            before.append(frozenset((one.check, *one.span) for one in found))
        if len(kept) == _PAGES:
            break
    return Ground(tuple(kept), tuple(before), context, selection)


def _findings(pair: AlignedPair, context: Context, selection: Selection) -> list[Finding]:
    results = run_pair(pair, selection.checks, context, selection.options)
    if results.incidents:
        raise RuntimeError(f"{pair.target.path}: {results.incidents[0]}")
    return [
        one
        for one in results.findings
        if one.side is Side.TARGET
        and (one.family is not Family.PROVENANCE or one.check == "pin-malformed")
    ]


def attempt(ground: Ground, mutation: Mutation, random: Random) -> Try | None:
    """One place of one page damaged and looked at; None where the page has no such place."""
    number = random.randrange(len(ground.pages))
    pair = ground.pages[number]
    if pair.source is None:
        return None
    place = Place(
        pair.locale, pair.document, pair.source.document, pair.segments, ground.context.evidence
    )
    damage = mutation.damage(place, random)
    if damage is None or damage.data == pair.document.data:
        return None
    return judge(ground, number, mutation, damage)


def judge(ground: Ground, number: int, mutation: Mutation, damage: Damage) -> Try:
    """What the checks say anew of a damaged page."""
    pair = ground.pages[number]
    damaged = _again(pair, damage.data)
    found = _findings(damaged, ground.context, ground.selection)
    new = [one for one in found if _unmoved(one, damage) not in ground.before[number]]
    where = damage.where or region(damaged.document, damage.span)
    near = [one for one in new if touch(one.span, where) or one.span == (0, 0)]
    hits = [one for one in near if _meets(one, mutation)]
    return Try(
        mutation.name,
        pair.locale,
        pair.target.path,
        _cut(pair.document.data, damage.was),
        _cut(damage.data, damage.span),
        tuple(map(_said, hits)),
        any(touch(one.span, damage.span) for one in hits),
        tuple(_said(one) for one in near if one not in hits),
        tuple(_said(one) for one in new if one not in near),
    )


def _again(pair: AlignedPair, data: bytes) -> AlignedPair:
    """The pair with other bytes for its target."""
    if pair.source is None:
        raise ValueError("a page without source")
    document = read_document(data, _PROFILE, Limits())
    source = pair.source.document
    return AlignedPair(
        pair.locale,
        Page(pair.target.path, "", document, provenance(document.front_matter, _PROFILE)),
        pair.source,
        pair.basis,
        segment_pairs(source, document, align_translation(source, document)),
        pair.source_revision,
        Past(known=True),
    )


def region(document: Document, span: Span) -> Span:
    """The segments that a place touches, or its neighbours where it touches none or is empty.

    In the front matter it is the lines of the place.
    """
    segments = document.segments
    if span.start < document.body_start:
        start = document.data.rfind(b"\n", 0, span.start) + 1
        end = document.data.find(b"\n", span.end)
        return Span(start, len(document.data) if end < 0 else end)
    touched = [one.span for one in segments if touch(one.span, span)]
    start = min([span.start, *(one.start for one in touched)])
    end = max([span.end, *(one.end for one in touched)])
    if span.start == span.end or not touched:
        start = max((one.start for one in segments if one.end <= span.start), default=0)
        end = next((one.end for one in segments if one.start >= span.end), len(document.data))
    return Span(start, end)


def _unmoved(finding: Finding, damage: Damage) -> tuple[str, int, int]:
    """Where a finding would stand had nothing been damaged."""
    moved = (damage.span.end - damage.span.start) - (damage.was.end - damage.was.start)

    def back(offset: int) -> int:
        return offset - moved if offset >= damage.span.end else offset

    return (finding.check, back(finding.span.start), back(finding.span.end))


def _meets(finding: Finding, mutation: Mutation) -> bool:
    return finding.check in mutation.checks or finding.family in mutation.families


def _said(finding: Finding) -> Said:
    return Said(finding.check, finding.severity, finding.text[:120], finding.message)


def _cut(data: bytes, span: Span) -> str:
    return data[span.start : min(span.end, span.start + 200)].decode("utf-8", "replace")


def tries(ground: Ground, mutation: Mutation, places: int, seed: str) -> Iterator[Try]:
    """So many places damaged, or as many as are found."""
    if not ground.pages:
        return
    seen: set[tuple[str, str, str]] = set()
    misses = 0
    while len(seen) < places and misses < places * _TRIES:
        random = Random(f"{seed}:{mutation.name}:{len(seen)}:{misses}")
        one = attempt(ground, mutation, random)
        if one is None or (key := (one.path, one.was, one.now)) in seen:
            misses += 1
            continue
        seen.add(key)
        yield one


def measure(
    corpora: Corpora,
    jobs: int,
    checks: Collection[str] = (),
    places: int = PLACES,
    seed: str = "1",
) -> tuple[Try, ...]:
    """Damage the pages of all grounds, by all kinds of damage that these checks may find."""
    wanted = [one for one in MUTATIONS if not checks or _is_for(one, checks)]
    halves = [names for half in (0, 1) if (names := [one.name for one in wanted[half::2]])]
    tasks: list[tuple[object, ...]] = [
        (corpora, *ground, names, places, seed)
        for ground in GROUNDS
        if corpora.has(ground[0], ground[1])
        for names in halves
    ]
    return tuple(one for some in in_processes(jobs, _measure_ground, tasks) for one in some)


def _is_for(mutation: Mutation, checks: Collection[str]) -> bool:
    families = {BY_ID[check].family for check in checks if check in BY_ID}
    return not families.isdisjoint(mutation.families) or not set(checks).isdisjoint(mutation.checks)


def _measure_ground(
    corpora: Corpora,
    name: str,
    locale: str,
    date: str,
    names: Sequence[str],
    places: int,
    seed: str,
) -> list[Try]:
    target = commit_at(corpora.repository(name, locale), date)
    source = commit_at(corpora.repository(name), date if name == NAME else "HEAD")
    if target is None:
        return []
    language = locale.partition("-")[0]
    with open_snapshot(request(corpora, name, locale, target, source)) as snapshot:
        human = [one for one in snapshot.pairs if one.target.provenance.ht_degree == 100]
        ground = clean(human or snapshot.pairs, snapshot.context, snapshot.selection)
        return [
            one
            for mutation in MUTATIONS
            if mutation.name in names and mutation.applies(language)
            for one in tries(ground, mutation, places, f"{seed}:{name}:{locale}")
        ]


BY_NAME = {one.name: one for one in MUTATIONS}


def figures(results: Sequence[Try]) -> dict[str, Any]:
    """What is stored: overall, by kind of damage, and by check."""
    kinds = {}
    for name, some in _by_kind(results).items():
        found = [one for one in some if one.hits]
        kinds[name] = {
            "places": len(some),
            "found": len(found),
            "shown": sum(any(hit.shown for hit in one.hits) for one in found),
            "exact": sum(one.exact for one in found),
            "recall": ratio(len(found), len(some)),
        }
    told = sum(len(one.hits) + len(one.others) + len(one.collateral) for one in results)
    overall = {
        "kinds": len(kinds),
        "places": len(results),
        "found": sum(bool(one.hits) for one in results),
        "exact": sum(one.exact for one in results),
        "findings": told,
        "collateral": sum(len(one.collateral) for one in results),
        "recall": ratio(sum(bool(one.hits) for one in results), len(results)),
    }
    return {"overall": overall, "kinds": kinds, "checks": _by_check(results)}


def _by_kind(results: Iterable[Try]) -> dict[str, list[Try]]:
    kinds: defaultdict[str, list[Try]] = defaultdict(list)
    for one in results:
        kinds[one.mutation].append(one)
    order = [one.name for one in MUTATIONS]
    return {name: kinds[name] for name in order if name in kinds}


def _by_check(results: Iterable[Try]) -> dict[str, dict[str, Any]]:
    """For each check the places that it is the one to find, and found or left to nobody.

    Of a mutation that names no check, those are the places that it did find.
    """
    found: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    astray: Counter[str] = Counter()
    for one in results:
        heard = {hit.check for hit in one.hits}
        found.update(heard)
        astray.update({said.check for said in one.collateral})
        if not heard:
            missed.update(BY_NAME[one.mutation].checks)
    return {
        check: {
            "found": found[check],
            "missed": missed[check],
            "recall": ratio(found[check], found[check] + missed[check]),
            "collateral": astray[check],
        }
        for check in sorted({*found, *missed, *astray})
        if check in BY_ID
    }


def tell(results: Sequence[Try], *, verbose: bool = False) -> str:
    """The figures as tables, and what there is to read."""
    said = figures(results)
    overall = said["overall"]
    parts = [
        f"Seeded: {overall['places']} places damaged in {overall['kinds']} ways;"
        f" {share(overall['found'], overall['places'])} % found,"
        f" {share(overall['exact'], overall['found'])} % of these at the very bytes;"
        f" {overall['collateral']} of {overall['findings']} new findings elsewhere.\n\n",
        table(
            ("damage", "places", "found", "%", "shown", "exact", "found by", "also", "elsewhere"),
            (_kind_row(name, some) for name, some in _by_kind(results).items()),
        ),
        "\n",
        table(
            ("check", "found", "missed", "recall %", "elsewhere"),
            (
                (name, one["found"], one["missed"],
                 share(one["found"], one["found"] + one["missed"]), one["collateral"])
                for name, one in said["checks"].items()
            ),
        ),
    ]  # fmt: skip
    unknown = sorted({check for one in MUTATIONS for check in one.checks} - set(BY_ID))
    if unknown:
        parts.append(f"\nNamed by mutations, and not among the checks: {', '.join(unknown)}\n")
    if verbose:
        parts += _to_read(results)
    return "".join(parts)


def _kind_row(name: str, some: Sequence[Try]) -> tuple[object, ...]:
    found = [one for one in some if one.hits]
    shown = sum(any(hit.shown for hit in one.hits) for one in found)
    return (
        name,
        len(some),
        len(found),
        share(len(found), len(some)),
        shown,
        sum(one.exact for one in found),
        _most(hit.check for one in some for hit in one.hits),
        _most(said.check for one in some for said in one.others),
        _most(said.check for one in some for said in one.collateral),
    )


def _most(checks: Iterable[str]) -> str:
    return ", ".join(f"{check} {count}" for check, count in Counter(checks).most_common(3))


def _to_read(results: Iterable[Try]) -> Iterator[str]:
    for one in results:
        head = f"  {one.locale} {one.path}: {quoted(one.was, 60)} => {quoted(one.now, 60)}\n"
        if not one.hits:
            yield f"\nMISS {one.mutation}\n{head}"
        for said in one.collateral:
            yield (
                f"\nELSEWHERE {one.mutation}\n{head}    {said.check} {said.severity}"
                f" {quoted(said.text, 60)} {said.message}\n"
            )
