"""Decisions made: what they are about is looked up in the pages as they are, then written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bilint.answers import asked_page
from bilint.model.decision import (
    Decision,
    Decisions,
    Place,
    Standing,
    Track,
    Verdict,
    nearest,
    standings,
)
from bilint.model.digests import Digests
from bilint.model.record import NamedTuple
from bilint.model.report import Report, page_places
from bilint.pipeline.request import Request, Wants
from bilint.stores.decisions import ConflictError, DecisionStore

MANY = 3
"""Pages listed before the rest is only counted."""


class Ask(NamedTuple):
    """A decision that somebody wants to make.

    `after` are the keys of what they have seen: without it, what stands may be superseded where
    it is their own, or has expired. `digests` are the texts that they have seen, `path` and
    `locales` narrow down what the fingerprint means.
    """

    fingerprint: str
    verdict: Verdict
    by: str
    reason: str = ""
    to: str = ""
    after: tuple[str, ...] | None = None
    digests: Digests | None = None
    path: str | None = None
    locales: tuple[str | None, ...] = ()


class Made(NamedTuple):
    """What became of it: a decision, or the reason why there is none.

    `again` says that the same person had said the same before, and nothing was written.
    """

    ask: Ask
    decision: Decision | None = None
    refusal: str | None = None
    line: int | None = None
    again: bool = False


class _Subject(NamedTuple):
    """What can be decided on: a finding or a segment."""

    fingerprint: str
    place: Place
    digests: Digests
    line: int | None
    check: str | None = None
    subject: str = ""

    @property
    def path(self) -> str:
        return self.place.target_path or self.place.source_path or ""


def decide(
    request: Request,
    asks: Sequence[Ask],
    store: DecisionStore,
    run: Callable[[Request], Report],
    now: Callable[[], str],
) -> Iterator[Made]:
    """Make decisions one by one; each that is told as made is written for good.

    `run` reads the pages that the decisions are about, all of them where some do not say on which
    they are. `now` tells the time, in UTC.
    """
    known: dict[str, list[Decision]] = {}
    for decision in store.read():
        known.setdefault(decision.fingerprint, []).append(decision)
    request = request._replace(decisions=Decisions.of(one for own in known.values() for one in own))
    subjects = _subjects(request, asks, run)
    for ask in asks:
        found = _matching(subjects.get(ask.fingerprint, ()), ask)
        if len(found) != 1:
            yield Made(ask, refusal=_unclear(ask, found))
            continue
        earlier = known.setdefault(ask.fingerprint, [])
        made = _made(ask, found[0], earlier, store, now())
        if made.decision is not None and not made.again:
            earlier.append(made.decision)
        yield made


def _made(
    ask: Ask, subject: _Subject, earlier: Sequence[Decision], store: DecisionStore, at: str
) -> Made:
    if ask.digests is not None and ask.digests != subject.digests:
        return Made(ask, refusal="its text is no longer the one that was decided on")
    standing = nearest(subject.place, standings(earlier))
    said = _said_before(ask, subject, standing)
    if said is not None:
        return Made(ask, said, line=subject.line, again=True)
    try:
        decision = store.record(
            Decision(
                fingerprint=ask.fingerprint,
                verdict=ask.verdict,
                place=subject.place,
                digests=subject.digests,
                by=ask.by,
                at=at,
                reason=ask.reason,
                check=subject.check,
                subject=subject.subject,
                to=ask.to,
                supersedes=_superseded(ask, subject, standing),
            )
        )
    except ConflictError as error:
        return Made(ask, refusal=_taken(error))
    return Made(ask, decision, line=subject.line)


def _said_before(ask: Ask, subject: _Subject, standing: Standing | None) -> Decision | None:
    """The decision that stands and says the very same: who is told twice need not write twice."""
    if standing is None or ask.after is not None or ask.verdict.track is Track.REMARK:
        return None
    heads = [one for one in standing.history if one.key in standing.heads(ask.verdict.track)]
    if len(heads) != 1:
        return None
    (one,) = heads
    same = (one.verdict, one.by, one.reason, one.to) == (ask.verdict, ask.by, ask.reason, ask.to)
    return one if same and one.digests == subject.digests else None


def _superseded(ask: Ask, subject: _Subject, standing: Standing | None) -> tuple[str, ...]:
    """The keys of what this one takes the place of."""
    track = ask.verdict.track
    if track is Track.REMARK:
        return ()
    if ask.after is not None:
        return ask.after
    if standing is None:
        return ()
    heads = standing.heads(track)
    return tuple(
        one.key
        for one in standing.history
        if one.key in heads and (one.by == ask.by or not one.holds_for(subject.digests))
    )


def _taken(conflict: ConflictError) -> str:
    """Who decided what meanwhile, and how to supersede it."""
    if not conflict.others:
        return "what it was to supersede does not stand any more"
    said = "; ".join(
        f"{one.verdict} by {one.by} at {one.at}" + (f": {one.reason}" if one.reason else "")
        for one in conflict.others
    )
    keys = " ".join(f"--after {one.key}" for one in conflict.others)
    return f"{said} ({keys} supersedes it)"


def _subjects(
    request: Request, asks: Sequence[Ask], run: Callable[[Request], Report]
) -> dict[str, list[_Subject]]:
    """What the fingerprints of all asks mean.

    Where all name their pages, these are looked at first; what is only found with the evidence of
    a whole locale takes the run over all of them.
    """
    wants = Wants(
        findings=any(not ask.fingerprint.startswith("s") for ask in asks),
        diffs=any(ask.fingerprint.startswith("s") for ask in asks),
    )
    request = request._replace(wants=wants)
    paths = sorted({ask.path for ask in asks if ask.path is not None})
    if paths and all(ask.path is not None for ask in asks):
        found = _found(run(request._replace(paths=tuple(paths))), asks)
        if all(ask.fingerprint in found for ask in asks):
            return found
    return _found(run(request._replace(paths=None)), asks)


def _found(report: Report, asks: Sequence[Ask]) -> dict[str, list[_Subject]]:
    wanted = {ask.fingerprint for ask in asks}
    places = page_places(report.pages or ())
    found: dict[str, list[_Subject]] = {}
    for finding in report.findings or ():
        if finding.fingerprint in wanted:
            place = places.get((finding.locale, finding.path)) or Place.of_source(finding.path)
            found.setdefault(finding.fingerprint, []).append(
                _Subject(
                    finding.fingerprint,
                    place,
                    finding.digests,
                    finding.line,
                    finding.check,
                    finding.subject,
                )
            )
    for page in report.pages or ():
        one = asked_page(page)
        if one is not None and one.fingerprint in wanted:
            found.setdefault(one.fingerprint, []).append(
                _Subject(one.fingerprint, one.place, Digests(), None, one.about)
            )
    for segment in report.segments or ():
        if segment.fingerprint in wanted:
            place = places[segment.locale, segment.path]
            found.setdefault(segment.fingerprint, []).append(
                _Subject(segment.fingerprint, place, segment.digests, segment.line)
            )
    return found


def _matching(subjects: Sequence[_Subject], ask: Ask) -> list[_Subject]:
    return [
        one
        for one in subjects
        if (not ask.locales or one.place.locale in ask.locales)
        and (ask.path is None or f"/{ask.path}".endswith(f"/{one.path}"))
    ]


def _unclear(ask: Ask, found: Sequence[_Subject]) -> str:
    if not found:
        where = f" on {ask.path}" if ask.path is not None else ""
        return f"there is no such finding or segment{where}"
    pages = [f"{one.place.locale or 'source'} {one.path}" for one in found]
    more = f" and {len(pages) - MANY} more" if len(pages) > MANY else ""
    return f"it is on several pages, say which: {', '.join(pages[:MANY])}{more}"
