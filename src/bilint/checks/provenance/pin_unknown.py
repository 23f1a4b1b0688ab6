"""`pin-unknown`: pages of a locale whose source version cannot be found; told once a locale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bilint.checks.base import Context, Corpus, CorpusObservation
from bilint.model.alignment import PageStatus
from bilint.model.finding import EvidenceValue, Observation
from bilint.model.history import Unknown

_REASONS = {
    Unknown.ABSENT: "a commit that is not in the source repository",
    Unknown.SHALLOW: "a commit beyond the boundary of a shallow clone",
    Unknown.AMBIGUOUS: "an abbreviated id that fits several commits",
    Unknown.NO_PAGE: "a commit that does not hold the page",
    Unknown.NO_OBJECT: "a commit whose objects are not in this clone",
}
"""A malformed pin is told by `pin-malformed`; without a source repository nothing is known."""


def observe(corpus: Corpus, _context: Context) -> Iterator[CorpusObservation]:
    """Pages name source versions that cannot be found; told once a locale."""
    reasons: Counter[Unknown] = Counter()
    paths = []
    for path, (status, reason) in sorted(corpus.verdicts.items()):
        if status is PageStatus.UNKNOWN and reason in _BY_VALUE:
            reasons[_BY_VALUE[reason]] += 1
            paths.append(path)
    if not paths:
        return
    told = "; ".join(_told(reasons[one], text) for one, text in _REASONS.items() if reasons[one])
    evidence: dict[str, EvidenceValue] = {
        "pages": len(paths),
        "of": len(corpus.verdicts),
        **{one.value: reasons[one] for one in _REASONS if reasons[one]},
    }
    message = (
        f"{len(paths)} of {_pages(len(corpus.verdicts))} cannot be told fresh or stale: {told}."
    )
    yield CorpusObservation(
        paths[0], Observation(message, subject=corpus.locale, evidence=evidence)
    )


_BY_VALUE = {one.value: one for one in _REASONS}


def _told(number: int, what: str) -> str:
    return f"{_pages(number)} {'names' if number == 1 else 'name'} {what}"


def _pages(number: int) -> str:
    return f"{number} page" if number == 1 else f"{number} pages"
