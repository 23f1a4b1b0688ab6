"""The segments of a page whose translation is another text: what most comparisons are about."""

from __future__ import annotations

from typing import NamedTuple, cast

from bilint.checks.recent import last_kept
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment

SURE = 0.5
"""Likeness of two segments from which they are compared."""

Both = tuple[Segment, Segment, float]
"""A segment of the source, the one of the target that it is like, and how sure that is."""

_APART = b"\0"


class Texts(NamedTuple):
    """The texts of changed segments in one piece for each side, in UTF-8, a NUL between two.

    What is looked for in one long text is found many times faster than in a thousand short ones.
    """

    source: bytes
    target: bytes


@last_kept
def changed(pair: AlignedPair) -> list[Both]:
    """The segments that both sides have, that belong together, and that differ in their text.

    What stands on both sides letter by letter has lost nothing. Many checks ask in turn.
    """
    return cast(
        "list[Both]",
        [
            one
            for one in pair.segments
            if one[2] >= SURE
            and (source := one[0]) is not None
            and (target := one[1]) is not None
            and source[4] != target[4]
        ],
    )


@last_kept
def texts(pair: AlignedPair) -> Texts:
    """The texts of the changed segments of a page."""
    both = changed(pair)
    return Texts(
        "\0".join([one[0][4] for one in both]).encode(errors="replace"),
        "\0".join([one[1][4] for one in both]).encode(errors="replace"),
    )


def all_but(signs: bytes) -> bytes:
    """What to take out of a text so that only these signs are left."""
    return bytes(one for one in range(1, 256) if one not in signs)


def source_signs(pair: AlignedPair, others: bytes) -> list[bytes]:
    """What each changed segment of the source is without some bytes."""
    return _signs(texts(pair).source, [one[0] for one in changed(pair)], others)


def target_signs(pair: AlignedPair, others: bytes) -> list[bytes]:
    """What each changed segment of the target is without some bytes."""
    return _signs(texts(pair).target, [one[1] for one in changed(pair)], others)


def _signs(whole: bytes, segments: list[Segment], others: bytes) -> list[bytes]:
    signs = whole.translate(None, others).split(_APART)
    if len(signs) == len(segments):
        return signs
    # A page may hold the separator itself.
    others += _APART
    return [one.text.encode(errors="replace").translate(None, others) for one in segments]
