"""Segment pairs as they are learnt from: plain texts side by side, page by page."""

from __future__ import annotations

from bilint.model.document import SegmentKind
from bilint.model.record import NamedTuple


class Row(NamedTuple):
    """A segment of a translated page beside its source, both as people read them.

    `line` is where the target stands in its page. `labels` are the user-interface labels of both
    sides in their order, where both have as many; `names` what stands in the source's tokens
    that are not to be localized.
    """

    kind: SegmentKind
    source: str
    target: str
    line: int
    labels: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()


class Bitext(NamedTuple):
    """All rows of one version of one translated page. `human` is its human share in percent.

    `loose` tells an earlier version, or one whose source is known from today's only: what it
    says of names and terms counts, but it contradicts nothing.
    """

    locale: str
    path: str
    human: float | None
    rows: tuple[Row, ...] = ()
    loose: bool = False
