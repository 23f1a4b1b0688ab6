"""What reviewers decided: who, when, why, and of which texts.

A decision is bound to what it was made of: a fingerprint, and digests of the source and target
text as they were. It is found again by the id, the source path or the target path of its page.
Nothing is ever changed or deleted: a later decision supersedes an earlier one by naming its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from bilint.model.digests import Digests
from bilint.model.record import NamedTuple


class Track(StrEnum):
    """What a decision may supersede: only one of its own track."""

    VERDICT = "verdict"
    ASSIGNMENT = "assignment"
    REMARK = "remark"


class Verdict(StrEnum):
    """What was decided.

    Of a finding, `accepted` says that it is no defect; of a segment, that its translation is
    still right. `edited` and `fixed` say that the text was changed, `rework` that somebody has to
    do it again, `skipped` that it is left for later, `reopened` that what was decided before no
    longer holds.
    """

    ACCEPTED = "accepted"
    EDITED = "edited"
    FIXED = "fixed"
    REWORK = "rework"
    SKIPPED = "skipped"
    REOPENED = "reopened"
    ASSIGNED = "assigned"
    COMMENT = "comment"

    @property
    def track(self) -> Track:
        """What it supersedes: verdicts and assignments one of their own, comments nothing."""
        return _TRACKS.get(self, Track.VERDICT)

    @property
    def settles(self) -> bool:
        """Whether nobody has to look again until a text changes."""
        return self in _SETTLED

    @property
    def needs_reason(self) -> bool:
        """Whether it means nothing without words."""
        return self in _WORDY


_TRACKS = {Verdict.ASSIGNED: Track.ASSIGNMENT, Verdict.COMMENT: Track.REMARK}
_SETTLED = frozenset((Verdict.ACCEPTED, Verdict.EDITED, Verdict.FIXED))
_WORDY = frozenset((Verdict.ACCEPTED, Verdict.REWORK, Verdict.COMMENT))


class Place(NamedTuple):
    """The page that was decided on, by all its names. A finding on the source has no locale."""

    locale: str | None
    id: str | None = None
    source_path: str | None = None
    target_path: str | None = None

    @classmethod
    def of_source(cls, path: str) -> Place:
        """A source page of which only the path is known."""
        return cls(None, None, path)

    def nearness(self, other: Place) -> int:
        """How surely both are one page: 3 by id, 2 and 1 by target and source path, 0 not at all.

        Pages that bear different ids are two, wherever they stand.
        """
        if self.locale != other.locale:
            return 0
        if self.id is not None and other.id is not None:
            return 3 if self.id == other.id else 0
        if self.target_path is not None and self.target_path == other.target_path:
            return 2
        return int(self.source_path is not None and self.source_path == other.source_path)


SEGMENT_MARK = "s"
"""The fingerprint of a segment begins with it; that of a finding never does."""


class Decision(NamedTuple):
    """One decision, as it was made.

    `check` and `subject` are those of the finding; a decision on a segment has no check. `at` is
    a time in UTC for people to read: it orders nothing. `to` is who it was assigned to.
    `supersedes` are the keys of the decisions that this one takes the place of. `key` names it
    for good: it is a digest of all the rest (`stores.decisions.text.sealed`).
    """

    fingerprint: str
    verdict: Verdict
    place: Place
    digests: Digests
    by: str
    at: str
    reason: str = ""
    check: str | None = None
    subject: str = ""
    to: str = ""
    supersedes: tuple[str, ...] = ()
    key: str = ""

    @property
    def on_segment(self) -> bool:
        """Whether it is about a segment, not about a finding."""
        return self.fingerprint.startswith(SEGMENT_MARK)

    def holds_for(self, digests: Digests) -> bool:
        """Whether the texts are still those that it was made of.

        Where one of the two was judged without the source, the target alone decides.
        """
        ours, theirs = self.digests, digests
        return ours.target == theirs.target and (
            ours.source == theirs.source or not (ours.source and theirs.source)
        )


class Ruling(NamedTuple):
    """What the decisions on a subject mean for the texts as they are now; mostly one or nothing.

    `expired` is one that settled the subject until a text changed. `contradicting` are several
    that say different things of the same texts, as after a merge: none of them holds.
    """

    holds: Decision | None = None
    expired: Decision | None = None
    contradicting: tuple[Decision, ...] = ()


class Standing(NamedTuple):
    """Where one subject stands: all that was decided of it, in order, and what of that is left.

    `verdicts` are those that nobody superseded: one, or after a merge several.
    """

    history: tuple[Decision, ...]
    verdicts: tuple[Decision, ...] = ()
    assignment: Decision | None = None

    @property
    def fingerprint(self) -> str:
        """What it is about."""
        return self.history[0].fingerprint

    @property
    def place(self) -> Place:
        """The page, by the names that it had last."""
        return self.history[-1].place

    @property
    def contradicting(self) -> tuple[Decision, ...]:
        """The verdicts, where some say different things of the same texts."""
        said = {(one.verdict, one.digests) for one in self.verdicts}
        return self.verdicts if len(said) > len({digests for _, digests in said}) else ()

    def ruling(self, digests: Digests) -> Ruling:
        """What holds for these texts."""
        holding = [one for one in self.verdicts if one.holds_for(digests)]
        if len({one.verdict for one in holding}) > 1:
            return Ruling(contradicting=tuple(holding))
        if holding:
            return Ruling(holding[-1])
        settled = [one for one in self.verdicts if one.verdict.settles]
        return Ruling(expired=settled[-1]) if settled else Ruling()

    def heads(self, track: Track) -> frozenset[str]:
        """The keys of what a further decision of this track has to supersede."""
        return frozenset(one.key for one in _heads(self.history, track))


def standings(decisions: Iterable[Decision]) -> tuple[Standing, ...]:
    """Where every subject stands; `decisions` are in the order of their making.

    One subject is what has one fingerprint on one page, or was said to supersede the other.
    """
    groups: dict[tuple[str, str | None], list[list[Decision]]] = {}
    for decision in decisions:
        known = groups.setdefault((decision.fingerprint, decision.place.locale), [])
        _join(known, decision)
    return tuple(_standing(group) for known in groups.values() for group in known)


def _standing(history: Sequence[Decision]) -> Standing:
    assignments = _heads(history, Track.ASSIGNMENT)
    return Standing(
        tuple(history),
        _heads(history, Track.VERDICT),
        assignments[-1] if assignments else None,
    )


def _heads(history: Iterable[Decision], track: Track) -> tuple[Decision, ...]:
    """The decisions of a track that nobody superseded, in their order."""
    own = [one for one in history if one.verdict.track is track]
    superseded = {key for one in own for key in one.supersedes}
    return tuple(one for one in own if one.key not in superseded)


def _join(groups: list[list[Decision]], decision: Decision) -> None:
    """Put a decision to those of its subject."""
    before = set(decision.supersedes)
    named = [group for group in groups if before and any(one.key in before for one in group)]
    if not named:
        nearest = max(
            groups,
            key=lambda group: decision.place.nearness(group[-1].place),
            default=None,
        )
        if nearest is None or not decision.place.nearness(nearest[-1].place):
            groups.append([decision])
            return
        named = [nearest]
    first, *others = named
    for other in others:
        first += other
        groups.remove(other)
    first.append(decision)


def nearest(place: Place, standings: Iterable[Standing]) -> Standing | None:
    """The one of these that is about a page; None where none is."""
    near = [(place.nearness(one.place), one) for one in standings]
    best = max(near, key=lambda pair: pair[0], default=(0, None))
    return best[1] if best[0] else None


class Decisions(NamedTuple):
    """What stands of all that was decided: on findings, and on segments.

    `faults` say what of their store counts for nothing.
    """

    findings: tuple[Standing, ...] = ()
    segments: tuple[Standing, ...] = ()
    faults: tuple[str, ...] = ()

    @classmethod
    def of(cls, decisions: Iterable[Decision], faults: tuple[str, ...] = ()) -> Decisions:
        """What stands of these decisions, which are in the order of their making."""
        every = standings(decisions)
        return cls(
            tuple(one for one in every if not one.history[0].on_segment),
            tuple(one for one in every if one.history[0].on_segment),
            faults,
        )
