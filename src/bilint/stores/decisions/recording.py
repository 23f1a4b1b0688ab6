"""Whether a decision may be written beside what stands already."""

from __future__ import annotations

from collections.abc import Iterable

from bilint.model.decision import Decision, Track, nearest, standings
from bilint.stores.decisions import ConflictError
from bilint.stores.decisions.text import decision_of, fields_of, sealed
from bilint.stores.error import StoreError


def accepted(decision: Decision, earlier: Iterable[Decision]) -> Decision:
    """The decision as it is to be written, where nothing stands that its maker did not know of.

    `earlier` are at least the decisions with its fingerprint, in the order of their making.
    Raises `ConflictError`, and `StoreError` for what no store could give back as it is.
    """
    decision = sealed(decision._replace(supersedes=tuple(sorted(decision.supersedes))))
    try:
        sound = decision_of(fields_of(decision)) == decision
    except ValueError as error:
        raise StoreError(f"{decision.fingerprint} cannot be decided so: {error}") from error
    if not sound:
        raise StoreError(f"{decision.fingerprint} cannot be decided so")
    earlier = tuple(earlier)
    track = decision.verdict.track
    # Who died before being told writes the very same again.
    if track is Track.REMARK or decision in earlier:
        return decision
    own = [
        one
        for one in standings(earlier)
        if (one.fingerprint, one.place.locale) == (decision.fingerprint, decision.place.locale)
    ]
    seen = set(decision.supersedes)
    stands = next(
        (one for one in own if seen & {each.key for each in one.history}), None
    ) or nearest(decision.place, own)
    heads = stands.heads(track) if stands is not None else frozenset()
    if heads != seen:
        unseen = stands.history if stands is not None else ()
        raise ConflictError(decision, tuple(one for one in unseen if one.key in heads - seen))
    return decision
