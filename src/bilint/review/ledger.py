"""The decisions of a store as one reviewer knows them, and those that they add."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from bilint.desk.pages import Desk
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
from bilint.model.record import NamedTuple
from bilint.review.tasks import Subject
from bilint.stores.decisions import ConflictError, DecisionStore, StoreError


class Recorded(NamedTuple):
    """Decisions that were written for good, each with what it superseded.

    `refusal` says why the next one was not, and no other after it.
    """

    made: tuple[Decision, ...] = ()
    previous: tuple[tuple[Decision, ...], ...] = ()
    refusal: str | None = None


class Ledger:
    """What was decided of findings and segments, and by whom, as far as this session knows."""

    def __init__(
        self, store: DecisionStore, desk: Desk, reviewer: str, now: Callable[[], str]
    ) -> None:
        """Reads the store; `now` tells the time, in UTC. Raises `StoreError`."""
        self._store, self._desk, self._reviewer, self._now = store, desk, reviewer, now
        self._known: list[Decision] = []
        self._by_print: dict[str, list[Decision]] = {}
        self._learn()

    def _learn(self) -> None:
        self._known = list(self._store.read())
        self._by_print = {}
        for one in self._known:
            self._by_print.setdefault(one.fingerprint, []).append(one)
        self.apply()

    def apply(self) -> None:
        """Let pages that are opened from now on go by all that is known."""
        self._desk.go_by(Decisions.of(self._known))

    def standing(self, fingerprint: str, place: Place) -> Standing | None:
        """Where a subject of a page stands; None where nothing was said of it."""
        return nearest(place, standings(self._by_print.get(fingerprint, ())))

    def findings_near(self, place: Place) -> list[Standing]:
        """All that was said of the findings of a page."""
        own = [one for one in self._known if not one.on_segment and place.nearness(one.place)]
        names = {one.fingerprint for one in own}
        return list(standings(one for name in sorted(names) for one in self._by_print[name]))

    def has_any(self, place: Place, verdicts: Collection[str]) -> bool:
        """Whether anything on a page was ever decided so."""
        return any(one.verdict in verdicts and place.nearness(one.place) for one in self._known)

    def record(
        self,
        place: Place,
        subjects: Iterable[Subject],
        verdict: Verdict,
        *,
        reason: str = "",
        to: str = "",
    ) -> Recorded:
        """Write the same verdict on several subjects of a page, each for itself."""
        made: list[Decision] = []
        previous: list[tuple[Decision, ...]] = []
        refusal = None
        for subject in subjects:
            try:
                decision, before = self._write(place, subject, verdict, reason, to)
            except (ConflictError, StoreError) as error:
                refusal = self.refusal(error)
                break
            made.append(decision)
            previous.append(before)
        return Recorded(tuple(made), tuple(previous), refusal)

    def _write(
        self, place: Place, subject: Subject, verdict: Verdict, reason: str, to: str
    ) -> tuple[Decision, tuple[Decision, ...]]:
        standing = self.standing(subject.fingerprint, place)
        track = verdict.track
        heads = standing.heads(track) if standing is not None and track is not Track.REMARK else ()
        previous = tuple(one for one in (standing.history if standing else ()) if one.key in heads)
        finding = subject.finding
        return self._add(
            Decision(
                fingerprint=subject.fingerprint,
                verdict=verdict,
                place=place,
                digests=subject.digests,
                by=self._reviewer,
                at=self._now(),
                reason=" ".join(reason.split()),
                check=subject.about,
                subject=finding.subject if finding is not None else "",
                to=to,
                supersedes=tuple(heads),
            )
        ), previous

    def _add(self, decision: Decision) -> Decision:
        sealed = self._store.record(decision)
        self._known.append(sealed)
        self._by_print.setdefault(sealed.fingerprint, []).append(sealed)
        return sealed

    def take_back(self, place: Place, decision: Decision, before: Sequence[Decision]) -> str | None:
        """Supersede a decision by what stood before it, or by saying that it is open again.

        Answers why it could not be.
        """
        standing = self.standing(decision.fingerprint, place)
        heads = standing.heads(decision.verdict.track) if standing is not None else ()
        if decision.key not in heads:
            return None
        last = before[-1] if before else None
        verdict = last.verdict if last is not None else Verdict.REOPENED
        if decision.verdict.track is not Track.VERDICT:
            verdict = decision.verdict
        try:
            self._add(
                decision._replace(
                    verdict=verdict,
                    by=self._reviewer,
                    at=self._now(),
                    reason=last.reason if last is not None else "undone",
                    digests=last.digests if last is not None else decision.digests,
                    to=last.to if last is not None else "",  # nobody has it, as before
                    supersedes=(decision.key,),
                    key="",
                )
            )
        except (ConflictError, StoreError) as error:
            return self.refusal(error)
        return None

    def refusal(self, error: ConflictError | StoreError) -> str:
        """Why nothing was written. What somebody else decided is shown, and counts as seen."""
        if not isinstance(error, ConflictError):
            return str(error)
        said = "; ".join(
            f"{one.verdict} by {one.by} at {one.at}" + (f": {one.reason}" if one.reason else "")
            for one in error.others
        )
        try:
            self._learn()
        except StoreError as failure:
            return str(failure)
        if not said:
            said = "what you saw does not stand any more"
        settled = [one for one in error.others if one.verdict.settles]
        then = "Look again, and then decide"
        if settled:  # nothing shows it any more
            one = settled[-1]
            then = (
                "It has left the queue; to decide otherwise:"
                f" bilint decide {one.fingerprint} --as … --after {one.key}"
            )
        return f"somebody decided meanwhile: {said}. {then}"
