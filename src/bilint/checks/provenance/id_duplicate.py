"""`id-duplicate`: several pages of one locale bear the same identity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bilint.checks.base import Context, Corpus, CorpusObservation
from bilint.model.finding import EvidenceValue, Observation
from bilint.model.page import Header
from bilint.model.pair import Pair
from bilint.model.text import Span

_MOST_NAMED = 3


def observe(corpus: Corpus, context: Context) -> Iterator[CorpusObservation]:
    """Several pages of one locale bear the same id."""
    pairs = {pair.target.path: pair for pair in corpus.pairing.pairs}
    headers = {path: pair.target for path, pair in pairs.items()}
    for clash in corpus.pairing.clashes:
        headers.update((header.path, header) for header in clash.targets)
    several = {
        identity: paths
        for identity, paths in sorted(_bearers(headers.values()).items())
        if len(paths) > 1
    }
    if not several:
        return
    sources = _bearers(_sources(corpus))
    for identity, paths in several.items():
        owners = [path for path in paths if _owns(pairs.get(path), identity)]
        evidence: dict[str, EvidenceValue] = {
            "pages": len(paths),
            "source_pages_that_bear_it": len(sources.get(identity, ())),
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


def _sources(corpus: Corpus) -> Iterator[Header]:
    """All source pages, whatever target they belong to."""
    pairing = corpus.pairing
    yield from (pair.source for pair in pairing.pairs if pair.source is not None)
    yield from (clash.source for clash in pairing.clashes if clash.source is not None)
    yield from (page.source for page in pairing.untranslated)


def _owns(pair: Pair | None, identity: str) -> bool:
    """Whether the source page that stands at the same path bears this id."""
    if pair is None or pair.source is None or pair.moved:
        return False
    return identity in pair.source.provenance.ids


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
