"""Findings beside decisions: what is settled, what has expired, what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bilint.model.decision import Decision, Place, Ruling, Standing, Verdict
from bilint.model.finding import Finding, FindingState
from bilint.model.record import NamedTuple


class Settled(NamedTuple):
    """Findings with their state, and verdicts of which none holds as they contradict each other."""

    findings: tuple[Finding, ...]
    contradicting: tuple[tuple[Decision, ...], ...] = ()


def settle_decided(
    findings: Iterable[Finding],
    standings: Iterable[Standing],
    places: Mapping[tuple[str | None, str], Place],
    *,
    whole: bool = True,
) -> Settled:
    """Say of every open finding what was decided of it.

    `places` are the pages that were looked at, by locale and path; with `whole`, all there are.
    Decisions on one subject answer for one finding: the one with its fingerprint on its page.
    Where there is none any more, they may have been made of the same finding before a text
    changed, or where the source was at hand and now is not; then check, page and text decide;
    where both texts changed, check, page and subject tell what expired. A page that lost all its
    names at once is known by the finding with the very same texts.
    """
    given = list(findings)
    settling = _Settling(given, places)
    left = [one for one in standings if not settling.by_fingerprint(one)]
    left = [one for one in left if not settling.by_text(one, holding=True)]
    # Of several that expired, the last word is told.
    left = [one for one in reversed(left) if not settling.by_text(one)]
    left = [one for one in left if not settling.by_subject(one)]
    if whole:
        for one in left:
            settling.by_texts_alone(one)
    return Settled(tuple(given), tuple(settling.contradicting))


class _Settling:
    """Findings that wait for their decisions."""

    def __init__(
        self, findings: list[Finding], places: Mapping[tuple[str | None, str], Place]
    ) -> None:
        self.findings = findings
        self.contradicting: list[tuple[Decision, ...]] = []
        self._places = places
        self._waiting: set[int] = set()
        self._by_print: dict[tuple[str, str | None], list[int]] = {}
        self._by_check: dict[tuple[str, str | None], list[int]] = {}
        for index, finding in enumerate(findings):
            if finding.state.is_open:
                self._waiting.add(index)
                locale = finding.locale
                self._by_print.setdefault((finding.fingerprint, locale), []).append(index)
                self._by_check.setdefault((finding.check, locale), []).append(index)

    def by_fingerprint(self, standing: Standing) -> bool:
        """Let decisions answer for the finding that they name; whether it is there."""
        place = standing.place
        index = self._nearest(place, self._by_print.get((standing.fingerprint, place.locale), ()))
        if index is None:
            return False
        self._rule(index, standing.ruling(self.findings[index].digests))
        return True

    def by_text(self, standing: Standing, *, holding: bool = False) -> bool:
        """Let decisions answer for a finding that bears another fingerprint now.

        With `holding`, only those that hold for it all the same.
        """
        place = standing.place
        for made in reversed(standing.verdicts):
            if not made.verdict.settles or made.check is None:
                continue
            candidates = self._by_check.get((made.check, place.locale), ())
            index = self._nearest(place, [one for one in candidates if self._alike(one, made)])
            if index is None:
                continue
            finding = self.findings[index]
            unsourced = not (finding.digests.source and made.digests.source)
            same = made.holds_for(finding.digests) and made.subject == finding.subject
            holds = same and unsourced and finding.fingerprint[:1] != made.fingerprint[:1]
            if holding and not holds:
                continue
            self._rule(index, Ruling(made) if holds else Ruling(expired=made))
            return True
        return False

    def by_subject(self, standing: Standing) -> bool:
        """Let decisions expire at a finding of both whose texts changed.

        It may be another question; so where several might be meant, none is.
        """
        place = standing.place
        settled = [one for one in standing.verdicts if one.verdict.settles]
        if not settled or not settled[-1].subject:
            return False
        made = settled[-1]
        candidates = [
            index
            for index in self._by_check.get((made.check or "", place.locale), ())
            if index in self._waiting
            and self.findings[index].subject == made.subject
            and place.nearness(self._place(self.findings[index]))
        ]
        if len(candidates) != 1:
            return False
        self._rule(candidates[0], Ruling(expired=made))
        return True

    def by_texts_alone(self, standing: Standing) -> None:
        """Let decisions on a page that is gone answer for a finding that differs in nothing else.

        It was moved, and neither it nor its source bears a name that it had before.
        """
        place = standing.place
        path = place.target_path or place.source_path
        if path is None or (place.locale, path) in self._places:
            return
        for index in self._by_print.get((standing.fingerprint, place.locale), ()):
            if index not in self._waiting:
                continue
            ruling = standing.ruling(self.findings[index].digests)
            if ruling.holds is not None and ruling.holds.digests.target:
                self._rule(index, ruling)
                return

    def _alike(self, index: int, made: Decision) -> bool:
        """Whether it may be the finding of a decision, with one of its two texts changed.

        Where there never was a source, the
        subject stands in for it.
        """
        finding = self.findings[index]
        ours, theirs = finding.digests, made.digests
        if ours.target == theirs.target and ours.target:
            return True
        if finding.subject != made.subject:
            return False
        return ours.source == theirs.source and bool(ours.source or made.subject)

    def _nearest(self, place: Place, candidates: Sequence[int]) -> int | None:
        near = [
            (place.nearness(self._place(self.findings[index])), -index)
            for index in candidates
            if index in self._waiting
        ]
        best = max(near, default=(0, 0))
        return -best[1] if best[0] else None

    def _place(self, finding: Finding) -> Place:
        known = self._places.get((finding.locale, finding.path))
        if known is not None:
            return known
        if finding.locale is None:
            return Place.of_source(finding.path)
        return Place(finding.locale, None, None, finding.path)

    def _rule(self, index: int, ruling: Ruling) -> None:
        self._waiting.discard(index)
        finding = self.findings[index]
        if ruling.contradicting:
            self.contradicting.append(ruling.contradicting)
        elif ruling.holds is not None:
            settled = ruling.holds.verdict is Verdict.ACCEPTED
            state = FindingState.ACCEPTED if settled else finding.state
            self.findings[index] = finding._replace(state=state, decision=ruling.holds)
        elif ruling.expired is not None and ruling.expired.verdict is Verdict.ACCEPTED:
            self.findings[index] = finding._replace(
                state=FindingState.EXPIRED, decision=ruling.expired
            )


def contradiction(decisions: Sequence[Decision]) -> str:
    """What contradicts each other, for a person."""
    first = decisions[0]
    what = first.check or "segment"
    page = first.place.target_path or first.place.source_path or first.place.id or ""
    said = "; ".join(f"{one.verdict} by {one.by} at {one.at}" for one in decisions)
    return f"{first.fingerprint} {what} {first.place.locale or 'source'} {page}: {said}"


def contradictions(standings: Iterable[Standing]) -> Iterator[str]:
    """What contradicts each other among all that was decided."""
    for one in standings:
        if one.contradicting:
            yield contradiction(one.contradicting)
