"""The segments of a page whose translation is another text: what most comparisons are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bilint.checks.recent import last_kept
from bilint.model.alignment import AlignedPair, SegmentPair
from bilint.model.document import Segment
from bilint.model.record import NamedTuple

SURE = 0.5
"""Likeness of two segments from which they are compared."""

Both = tuple[Segment, Segment, float]
"""A segment of the source, the one of the target that it is like, and how sure that is."""

APART = "\0"
"""Stands between two texts, and in hardly any."""

_APART = APART.encode()


class _Sorted(NamedTuple):
    changed: list[Both]
    alone: list[SegmentPair]


@last_kept
def _sorted(pair: AlignedPair) -> _Sorted:
    changed: list[Both] = []
    alone: list[SegmentPair] = []
    for one in pair.segments:
        source, target, likeness = one
        if target is not None:
            if source is None or likeness < SURE:
                alone.append(one)
            elif source[4] != target[4]:
                changed.append(one)  # type: ignore[arg-type] # both are there
    return _Sorted(changed, alone)


def changed(pair: AlignedPair) -> list[Both]:
    """The segments that both sides have, that belong together, and that differ in their text.

    What stands on both sides letter by letter has lost nothing. Many checks ask in turn.
    """
    return _sorted(pair).changed


def alone(pair: AlignedPair) -> list[SegmentPair]:
    """The segments of the target without a source, or with one that they are not like enough."""
    return _sorted(pair).alone


@last_kept
def target_text(pair: AlignedPair) -> str:
    """The texts of the changed segments of the target in one piece, `APART` between two.

    What is looked for in one long text is found many times faster than in a thousand short ones.
    """
    return APART.join([one[1][4] for one in changed(pair)])


@last_kept
def target_data(pair: AlignedPair) -> bytes:
    """The same in UTF-8."""
    return target_text(pair).encode(errors="replace")


@last_kept
def source_data(pair: AlignedPair) -> bytes:
    """The same of the source."""
    return APART.join([one[0][4] for one in changed(pair)]).encode(errors="replace")


def at_places(pair: AlignedPair, joined: bytes, places: Iterable[int]) -> Iterator[Both]:
    """The changed segments in which some bytes stand, each once.

    `joined` is the text of all, of the source or the target, and the places ascend in it.
    """
    both = changed(pair)
    known = before = index = 0
    for place in places:
        index += joined.count(_APART, before, place)
        before = place
        # A page may hold the separator itself.
        if known <= index < len(both):
            known = index + 1
            yield both[index]


@last_kept
def fresh(pair: AlignedPair) -> bytes:
    """All text of the target but that which stands so in its source, `APART` between two."""
    there = target_data(pair)
    others = [one.target.text for one in alone(pair) if one.target is not None]
    if not others:
        return there
    return there + _APART + APART.join(others).encode(errors="replace")


@last_kept
def fresh_words(pair: AlignedPair) -> list[bytes]:
    """What stands between blanks in that text."""
    return fresh(pair).replace(_APART, b"\n").split()


def all_but(signs: bytes) -> bytes:
    """What to take out of a text so that only these signs are left."""
    return bytes(one for one in range(1, 256) if one not in signs)


@last_kept
def source_parts(pair: AlignedPair) -> list[bytes]:
    """The text of each changed segment of the source in UTF-8, none with `APART` in it."""
    return _parts(source_data(pair), [one[0] for one in changed(pair)])


@last_kept
def target_parts(pair: AlignedPair) -> list[bytes]:
    """The same of the target."""
    return _parts(target_data(pair), [one[1] for one in changed(pair)])


def _parts(whole: bytes, segments: list[Segment]) -> list[bytes]:
    parts = whole.split(_APART)
    if len(parts) == len(segments):
        return parts
    # A page may hold the separator itself.
    return [one.text.encode(errors="replace").replace(_APART, b" ") for one in segments]


def source_signs(pair: AlignedPair, others: bytes) -> list[bytes]:
    """What each changed segment of the source is without some bytes."""
    signs = source_data(pair).translate(None, others).split(_APART)
    if len(signs) == len(changed(pair)):
        return signs
    return [part.translate(None, others) for part in source_parts(pair)]


def target_signs(pair: AlignedPair, others: bytes) -> list[bytes]:
    """What each changed segment of the target is without some bytes."""
    signs = target_data(pair).translate(None, others).split(_APART)
    if len(signs) == len(changed(pair)):
        return signs
    return [part.translate(None, others) for part in target_parts(pair)]
