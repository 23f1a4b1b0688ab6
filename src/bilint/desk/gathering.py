"""What goes out to translators' tools: the units of pages, and what is wrong in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from bilint.desk.page_units import PageUnits, Placed, UnitReader
from bilint.model.exchange import Bundle, ExchangeUnit, UnitState
from bilint.model.finding import Finding, Severity, Side
from bilint.model.pair import Pair
from bilint.model.record import NamedTuple
from bilint.pipeline.decided import with_decisions
from bilint.pipeline.request import Request
from bilint.pipeline.workspace import Workspace
from bilint.reporters.escape import visible

_NOTED = (Severity.ERROR, Severity.WARNING)


class Gathered(NamedTuple):
    """What goes into the files, a bundle a locale, and what does not.

    `alone` are pages with nothing to compare them with; `obsolete` counts segments whose source
    is gone, which nobody asked for; `elsewhere` counts findings outside all segments.
    """

    bundles: tuple[Bundle, ...]
    pages: int = 0
    alone: tuple[tuple[str, str], ...] = ()
    obsolete: int = 0
    elsewhere: int = 0


def gather(
    request: Request,
    findings: Sequence[Finding],
    *,
    everything: bool,
    obsolete_too: bool = False,
    only: Collection[tuple[str, str | None, str | None]] | None = None,
    revisions: Mapping[str, str] | None = None,
) -> Gathered:
    """The units of all pages that `request` names, locale by locale.

    Without `everything` those that need work: new, stale, or with a finding that is an error or
    a warning; `obsolete_too` also those whose source is gone and of which nobody said that they
    stay. `only` names pages by locale, path and path of the source page.
    """
    notes = _Notes(findings)
    units: dict[str, list[ExchangeUnit]] = defaultdict(list)
    alone: list[tuple[str, str]] = []
    obsolete = pages = 0
    request = with_decisions(request)
    with Workspace(request, revisions=revisions) as workspace:
        reader = UnitReader(workspace)
        for pair in reader.pairs(lambda pair: only is None or _name(pair) in only):
            page = reader.read(pair)
            if page is None:
                alone.append((pair.locale, pair.target.path))
                continue
            chosen = []
            for placed in page.placed:
                unit = notes.noted(page, placed)
                is_lonely = unit.state is UnitState.OBSOLETE and bool(placed.unit.fingerprints)
                if everything or _needs_work(unit, placed.unit) or (is_lonely and obsolete_too):
                    chosen.append(unit)
                else:
                    obsolete += is_lonely
            units[page.locale].extend(chosen)
            pages += bool(chosen)
        for missing in reader.untranslated():
            if only is not None and (missing.locale, None, missing.source.path) not in only:
                continue
            page = reader.blank(missing)
            if page is not None:
                units[missing.locale].extend(placed.unit for placed in page.placed)
                pages += 1
        language = workspace.settings.source_language
        bundles = tuple(
            Bundle(locale, language, tuple(units[locale])) for locale in sorted(workspace.targets)
        )
    return Gathered(bundles, pages, tuple(alone), obsolete, notes.unasked())


def _needs_work(unit: ExchangeUnit, plain: ExchangeUnit) -> bool:
    if unit.state in (UnitState.NEW, UnitState.STALE):
        return True
    return unit.state is not UnitState.OBSOLETE and len(unit.notes) > len(plain.notes)


def _name(pair: Pair) -> tuple[str, str | None, str | None]:
    return pair.locale, pair.target.path, pair.source.path if pair.source else None


class _Notes:
    """What is found wrong in a segment, for the translator to read."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._by_page: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        self._open: set[int] = set()
        self._pages: set[tuple[str, str]] = set()
        for finding in findings:
            if finding.side is not Side.TARGET or not finding.state.is_open:
                continue
            if finding.locale is not None and finding.severity in _NOTED:
                self._by_page[finding.locale, finding.path].append(finding)

    def noted(self, page: PageUnits, placed: Placed) -> ExchangeUnit:
        """A unit with what was found in its segment."""
        unit, segment = placed.unit, placed.target
        self._pages.add((page.locale, page.path))
        if segment is None:
            return unit
        found = [
            finding
            for finding in self._by_page.get((page.locale, page.path), ())
            if segment.start <= finding.span.start < segment.end and any(finding.span)
        ]
        self._open.update(map(id, found))
        fingerprints = [one.fingerprint for one in found]
        return unit._replace(
            notes=tuple(dict.fromkeys((*unit.notes, *map(_note, found)))),
            fingerprints=tuple(dict.fromkeys((*unit.fingerprints, *fingerprints))),
        )

    def unasked(self) -> int:
        """How many findings of the pages that were asked about stand in no segment."""
        return sum(len(self._by_page.get(page, ())) for page in self._pages) - len(self._open)


def _note(finding: Finding) -> str:
    text = f"{finding.severity.value} {finding.check}: {finding.message}"
    if finding.suggestion is not None and finding.suggestion.text:
        text += f" -> {finding.suggestion.text}"
    return visible(text)
