"""What is learnt of a locale and never hard-coded: small, frozen, serialisable."""

from __future__ import annotations

from collections.abc import Mapping

from bilint.model.record import NamedTuple


class Usage(NamedTuple):
    """How often a name of the source stands in the translation letter by letter, or does not.

    `human_kept` and `human_lost` count, of these, what stands on pages that people translated
    wholly.
    """

    kept: int = 0
    lost: int = 0
    human_kept: int = 0
    human_lost: int = 0


class Rendering(NamedTuple):
    """How often something is rendered in one way, and some of the places (`path:line`)."""

    times: int
    places: tuple[str, ...] = ()


Renderings = Mapping[str, Rendering]
"""The ways in which one text is rendered, each with its count."""


class Spread(NamedTuple):
    """The range that nearly all of the measured values lie in."""

    low: float
    high: float
    values: int


class Evidence(NamedTuple):
    """The evidence of one locale. What is None could not be learnt: too little was seen.

    `machine_words` holds, for every page whose human share is known, its source words times the
    share that no person translated, sorted: the spread by which `ht-degree-low` ranks a page.
    `names` are product names of the source and what becomes of them; `labels` the labels of the
    user interface and their renderings; `terms` recurring terms of the source, in lower case and
    singular, and their renderings; `repeats` source segments that stand in several places and
    are rendered in several ways; `alike` renderings that stand for several source segments, each
    with these; `lengths` the length of a translation over that of its source, by size class;
    `quotes` the pairs of quotation marks in use, with their counts.
    """

    locale: str
    machine_words: tuple[float, ...] = ()
    names: Mapping[str, Usage] | None = None
    labels: Mapping[str, Renderings] | None = None
    terms: Mapping[str, Renderings] | None = None
    repeats: Mapping[str, Renderings] | None = None
    alike: Mapping[str, Renderings] | None = None
    lengths: Mapping[str, Spread] | None = None
    quotes: Mapping[str, int] | None = None

    def digest(self) -> str:
        """A stable key for caches."""
        import hashlib
        import json

        data = json.dumps(self, sort_keys=True).encode()
        return hashlib.sha256(data).hexdigest()[:16]
