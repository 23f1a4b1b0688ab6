"""What people changed later: every check measured by the history of the translations.

The same pin is often re-issued: first as a machine translated the page, then as a person corrected
it. The checks run over the earlier version; of every segment it is known whether the later version
has another text. The share of changed segments among those that a check flagged, against the share
among those that no check flagged, says how far the check agrees with the people who corrected the
page. A defect that nobody corrected is none the less a defect: the lift tells more than the share.

What a version may know of its locale is learnt from the snapshot before it, never from a later one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from html import unescape
from itertools import pairwise
from typing import Any, NamedTuple

from bilint.alignment import align_translation, align_versions
from bilint.checks.base import Context
from bilint.checks.engine import NO_OPTIONS, run_pair
from bilint.checks.registry import Selection
from bilint.model.alignment import AlignedPair, Basis, Past
from bilint.model.document import Document
from bilint.model.finding import Finding
from bilint.model.history import Base, Version
from bilint.model.page import Page, Provenance
from bilint.pipeline.beside import segment_pairs
from bilint.pipeline.examine import Examiner
from bilint.pipeline.pairs import pair_all
from bilint.pipeline.workspace import Workspace
from bilint.readers.page import read_provenance
from evaluation.corpora import (
    LOCALES,
    NAME,
    SNAPSHOTS,
    Corpora,
    commit_at,
    days,
    in_processes,
    open_snapshot,
    request,
)
from evaluation.gold import counts, touch
from evaluation.tables import quoted, ratio, share, table

_ADDRESS_OF_LOCALE = re.compile(r"[?&](?:amp;)?lang=\w+(?:-\w+)?")
_LINE_END = re.compile(r"[ \t]*\n[ \t>]*")


class Reissue(NamedTuple):
    """Two hand-offs of one page at one pin, a machine's and right after it a person's."""

    path: str
    pin: str
    earlier: Version
    later: Version


class Seen(NamedTuple):
    """A segment of an earlier version: the checks that flagged it, and whether it was changed."""

    locale: str
    path: str
    source: str
    text: str
    later: str | None
    checks: frozenset[str]

    @property
    def changed(self) -> bool:
        """Whether the later version says something else, or nothing."""
        return self.later is None or comparable(self.text) != comparable(self.later)


class Edits(NamedTuple):
    """The distinct segments of all pairs of versions; `pairs` by locale."""

    pairs: Mapping[str, int]
    seen: tuple[Seen, ...]


def comparable(text: str) -> str:
    """A text without what a script changes everywhere: line ends, entities, addresses' locale."""
    text = _LINE_END.sub(" ", text)
    return unescape(_ADDRESS_OF_LOCALE.sub("", text)).replace("\u00a0", " ").strip("\n")


def reissues(
    path: str, versions: Sequence[tuple[Version, Provenance]], human: Collection[str]
) -> list[Reissue]:
    """The pairs of hand-offs at one pin of which the later one is by a person.

    `versions` are newest first, each with what it says of itself; `human` are the workflows in
    which people translate everything.
    """
    handed = [
        (version, said, said.pin or version.message_pin)
        for version, said in versions
        if not version.robot or version.message_pin is not None
    ]
    return [
        Reissue(path, pin, earlier, later)
        for (later, after, pin), (earlier, before, their_pin) in pairwise(handed)
        if pin is not None
        and pin == their_pin
        and earlier.blob != later.blob
        and _by_a_person(before, after, human)
    ]


def _by_a_person(before: Provenance, after: Provenance, human: Collection[str]) -> bool:
    if before.workflow not in human and after.workflow in human:
        return True
    known = before.ht_degree is not None and after.ht_degree is not None
    return known and (after.ht_degree or 0.0) > (before.ht_degree or 0.0)


def measure(corpora: Corpora, jobs: int, checks: Collection[str] = ()) -> Edits:
    """Every re-issued page of every locale."""
    locales = [locale for locale in LOCALES if corpora.has(NAME, locale)]
    tasks: list[tuple[object, ...]] = [
        (corpora, locale, half) for locale in locales for half in (0, 1)
    ]
    parts = in_processes(jobs, _measure_locale, tasks)
    pairs: Counter[str] = Counter()
    for part in parts:
        pairs.update(part.pairs)
    seen = [one for part in parts for one in part.seen]
    if checks:
        seen = [one._replace(checks=one.checks & set(checks)) for one in seen]
    return Edits(dict(sorted(pairs.items())), distinct(seen))


def distinct(seen: Iterable[Seen]) -> tuple[Seen, ...]:
    """The same text of the same source once: changed when it was changed anywhere."""
    kept: dict[tuple[str, str, str], Seen] = {}
    for one in seen:
        key = (one.locale, one.source, one.text)
        known = kept.get(key)
        if known is not None:
            checks = known.checks | one.checks
            one = (known if known.changed else one)._replace(checks=checks)
        kept[key] = one
    return tuple(kept.values())


def _measure_locale(corpora: Corpora, locale: str, half: int) -> Edits:
    repository = corpora.repository(NAME, locale)
    head = commit_at(repository, "HEAD")
    source = commit_at(corpora.repository(NAME), "HEAD")
    if head is None:
        return Edits({}, ())
    when = days(repository)
    with Workspace(request(corpora, NAME, locale, head, source)) as workspace:
        reader = _Reader(workspace, locale)
        by_era: dict[str, list[Reissue]] = {}
        for one in list(reader.reissues())[half::2]:
            by_era.setdefault(_era(when.get(one.earlier.commit, "")), []).append(one)
        pairs, seen = 0, list[Seen]()
        for era, some in sorted(by_era.items()):
            known = _known(corpora, locale, era)
            for one in some:
                found = reader.compare(one, *known)
                pairs += bool(found)
                seen += found
    return Edits({locale: pairs}, tuple(seen))


def _era(day: str) -> str:
    """The last snapshot before a day; the first one for what came before it."""
    dates = SNAPSHOTS[:-1]
    return dates[max(0, bisect_right(dates, day) - 1)]


def _known(corpora: Corpora, locale: str, date: str) -> tuple[Context, Selection]:
    target = commit_at(corpora.repository(NAME, locale), date)
    source = commit_at(corpora.repository(NAME), date)
    if target is None:
        raise RuntimeError(f"{locale} has no snapshot of {date}")
    with open_snapshot(request(corpora, NAME, locale, target, source)) as snapshot:
        return snapshot.context, snapshot.selection


_NOTHING = Selection((), (), (), NO_OPTIONS)


class _Reader:
    """Reads earlier versions of the pages of one locale."""

    def __init__(self, workspace: Workspace, locale: str) -> None:
        self.workspace = workspace
        self.locale = locale
        self.examiner = Examiner(workspace, _NOTHING)
        (pairing,) = pair_all(self.examiner).pairings
        self.pairs = {pair.target.path: pair for pair in pairing.pairs}

    def reissues(self) -> Iterator[Reissue]:
        """All of them, page by page."""
        history = self.examiner.shelves.target_history(self.locale)
        if history is None:
            return
        profile, limits = self.workspace.profile, self.workspace.settings.limits
        library = self.examiner.targets[self.locale]
        for path in sorted(self.pairs):
            versions = []
            for version in history.versions(path):
                data = library.blob_data(version.blob)
                if data is not None:
                    versions.append((version, read_provenance(data, profile, limits)))
            yield from reissues(path, versions, profile.human_workflows)
            library.forget()

    def compare(self, one: Reissue, context: Context, selection: Selection) -> list[Seen]:
        """The segments of the earlier version."""
        shelves = self.examiner.shelves
        pair = self.pairs[one.path]
        base = shelves.base(pair, one.pin)
        source = shelves.base_document(base)
        library = shelves.targets[self.locale]
        earlier = library.blob_document(one.earlier.blob)
        later = library.blob_document(one.later.blob)
        if source is None or earlier is None or later is None or not isinstance(base, Base):
            return []
        aligned = AlignedPair(
            self.locale,
            Page(one.path, one.earlier.blob, earlier, read_provenance(
                earlier.data, self.workspace.profile, self.workspace.settings.limits)),
            Page(base.path, base.blob, source),
            Basis.BASE,
            segment_pairs(source, earlier, align_translation(source, earlier)),
            base.commit,
            Past(known=True),
        )  # fmt: skip
        results = run_pair(aligned, selection.checks, context, selection.options)
        found = [finding for finding in results.findings if counts(finding)]
        shelves.forget()
        return beside(aligned, later, found)


def beside(aligned: AlignedPair, later: Document, found: Iterable[Finding]) -> list[Seen]:
    """The segments of a page, each with what was found on it and what it says later."""
    document = aligned.document
    partners = align_versions(document, later).rights()
    sources = {
        target.start: source.text
        for source, target, _ in aligned.segments
        if source is not None and target is not None
    }
    flagged: dict[int, set[str]] = {}
    for finding in found:
        if finding.span == (0, 0):
            continue
        for index, segment in enumerate(document.segments):
            if touch(segment.span, finding.span):
                flagged.setdefault(index, set()).add(finding.check)
                break
    return [
        Seen(
            aligned.locale,
            aligned.target.path,
            sources.get(segment.start, ""),
            segment.text,
            later.segments[partners[index]].text if index in partners else None,
            frozenset(flagged.get(index, ())),
        )
        for index, segment in enumerate(document.segments)
    ]


def figures(edits: Edits) -> dict[str, Any]:
    """What is stored: the share of changed segments, flagged and not, and by check its lift."""
    unflagged = [one for one in edits.seen if not one.checks]
    flagged = [one for one in edits.seen if one.checks]
    base = ratio(sum(one.changed for one in unflagged), len(unflagged))
    overall = {
        "pairs": sum(edits.pairs.values()),
        "segments": len(edits.seen),
        "unflagged_changed": base,
        "flagged": len(flagged),
        "flagged_changed": ratio(sum(one.changed for one in flagged), len(flagged)),
    }
    checks = {}
    for check in sorted({check for one in flagged for check in one.checks}):
        mine = [one for one in flagged if check in one.checks]
        changed = sum(one.changed for one in mine)
        part = ratio(changed, len(mine))
        checks[check] = {
            "segments": len(mine),
            "changed": changed,
            "share": part,
            "lift": round(part / base, 2) if part is not None and base else None,
        }
    return {"overall": overall, "checks": checks}


def tell(edits: Edits, *, verbose: bool = False) -> str:
    """The figures as a table, and what there is to read."""
    said = figures(edits)
    overall = said["overall"]
    where = ", ".join(f"{locale} {count}" for locale, count in edits.pairs.items())
    parts = [
        f"Edited: {overall['pairs']} pages that people corrected at an unchanged pin ({where}),"
        f" {overall['segments']} distinct segments. People changed"
        f" {_percent(overall['unflagged_changed'])} % of the segments that no check flagged,"
        f" {_percent(overall['flagged_changed'])} % of the {overall['flagged']} flagged ones.\n\n",
        table(
            ("check", "flagged", "changed later", "%", "lift"),
            (
                (name, one["segments"], one["changed"], share(one["changed"], one["segments"]),
                 one["lift"])
                for name, one in sorted(
                    said["checks"].items(), key=lambda item: -(item[1]["lift"] or 0)
                )
            ),
        ),
    ]  # fmt: skip
    if verbose:
        parts += _to_read(edits)
    return "".join(parts)


def _percent(part: float | None) -> str:
    return "-" if part is None else f"{100 * part:.1f}"


def _to_read(edits: Edits) -> Iterator[str]:
    """What was flagged and left as it is, each text once."""
    seen = set()
    for one in edits.seen:
        if one.checks and not one.changed and (key := (one.source, one.text)) not in seen:
            seen.add(key)
            names = ", ".join(sorted(one.checks))
            yield (
                f"\nKEPT {names} {one.locale} {one.path}\n"
                f"  {quoted(one.source)}\n  {quoted(one.text)}\n"
            )
