"""`id-duplicate`: several pages of one locale bear the same identity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bilint.checks.base import Context, Corpus, CorpusCheck, CorpusObservation
from bilint.model.finding import Confidence, EvidenceValue, Family, Observation, Severity
from bilint.model.page import Header
from bilint.model.pair import Pair
from bilint.model.text import Span

_MOST_NAMED = 3


def _observe(corpus: Corpus, context: Context) -> Iterator[CorpusObservation]:
    pairs = {pair.target.path: pair for pair in corpus.pairing.pairs}
    headers = {path: pair.target for path, pair in pairs.items()}
    for clash in corpus.pairing.clashes:
        headers.update((header.path, header) for header in clash.targets)
    for identity, paths in sorted(_bearers(headers.values()).items()):
        if len(paths) < 2:
            continue
        owners = [path for path in paths if _owns(pairs.get(path), identity)]
        shared = sum(_source_bears(pairs.get(path), identity) for path in paths)
        evidence: dict[str, EvidenceValue] = {
            "pages": len(paths),
            "source_pages_that_bear_it": shared,
        }
        for path in paths:
            if owners == [path]:
                continue
            others = [other for other in paths if other != path]
            message = f"This page and {_named(others)} bear the same id"
            if len(owners) == 1:
                message += f"; it belongs to {owners[0]}"
            span = _place(headers[path], context)
            yield CorpusObservation(
                path, Observation(f"{message}.", span, identity, evidence=evidence)
            )


def _bearers(headers: Iterable[Header]) -> dict[str, list[str]]:
    bearers: dict[str, list[str]] = {}
    for header in sorted(headers, key=lambda header: header.path):
        for identity in dict.fromkeys(header.provenance.ids):
            bearers.setdefault(identity, []).append(header.path)
    return bearers


def _owns(pair: Pair | None, identity: str) -> bool:
    """Whether the source page that stands at the same path bears this id."""
    return pair is not None and not pair.moved and _source_bears(pair, identity)


def _source_bears(pair: Pair | None, identity: str) -> bool:
    return pair is not None and pair.source is not None and identity in pair.source.provenance.ids


def _place(header: Header, context: Context) -> Span:
    for key in context.profile.id_keys:
        entry = header.front_matter.entries.get(key)
        if entry is not None:
            return entry.value_span
    return Span(0, 0)


def _named(others: list[str]) -> str:
    named = ", ".join(others[:_MOST_NAMED])
    more = len(others) - _MOST_NAMED
    return named if more <= 0 else f"{named} and {more} more"


CHECK = CorpusCheck(
    id="id-duplicate",
    family=Family.PROVENANCE,
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    summary="Several pages of one locale bear the same id.",
    observe=_observe,
)
