"""The texts that something was said of, as digests."""

from __future__ import annotations

from bilint.model.record import NamedTuple


class Digests(NamedTuple):
    """The texts that a finding or a segment was judged by, as digests; empty where there is none.

    They are of the segments; of what stands in no segment, of the text itself; of what concerns
    a page as a whole, of the whole page.
    """

    source: str = ""
    target: str = ""
