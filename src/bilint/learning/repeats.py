"""Source segments that stand in several places and are rendered in several ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bilint.model.bitext import Bitext
from bilint.model.document import SegmentKind
from bilint.model.evidence import Rendering, Renderings
from bilint.model.record import NamedTuple
from bilint.model.wording import folded

LONGEST = 300
"""Characters of a segment above which a repetition is rare and a difference is small."""

LEAST_WORDS = 2
PLACES = 4
_NAMING = frozenset((SegmentKind.TITLE, SegmentKind.HEADING))


class _Place(NamedTuple):
    below: bool
    path: str
    line: int
    target: str


def learn_repeats(bitexts: Sequence[Bitext]) -> dict[str, Renderings]:
    """Their renderings, the most frequent first. Of the places, titles and headings come first."""
    targets: dict[str, set[str]] = {}
    for bitext in bitexts:
        for row in bitext.rows:
            targets.setdefault(row.source, set()).add(row.target)
    # Of most texts there is but one rendering: of those nobody need know where they stand.
    several = {source for source, said in targets.items() if len(said) > 1 and _telling(source)}
    found: dict[str, list[_Place]] = {}
    for bitext in bitexts:
        for row in bitext.rows:
            if row.source in several and row.source != row.target:
                place = _Place(row.kind not in _NAMING, bitext.path, row.line, row.target)
                found.setdefault(row.source, []).append(place)
    repeats: dict[str, Renderings] = {}
    for source, places in sorted(found.items()):
        renderings = _renderings(places)
        if len(renderings) > 1:
            repeats[source] = renderings
    return repeats


def _telling(source: str) -> bool:
    """Whether a text that stands in several places should be rendered alike in all."""
    return " " in source and len(source) <= LONGEST and any(map(str.islower, source))


def _renderings(places: Sequence[_Place]) -> Renderings:
    ways: dict[str, list[_Place]] = {}
    for place in places:
        ways.setdefault(folded(place.target), []).append(place)
    renderings: dict[str, Rendering] = {}
    for group in sorted(ways.values(), key=lambda one: (-len(one), min(one))):
        said = Counter(place.target for place in group)
        form = min(said.items(), key=lambda item: (-item[1], item[0]))[0]
        first = tuple(f"{one.path}:{one.line}" for one in sorted(group)[:PLACES])
        renderings[form] = Rendering(len(group), first)
    return renderings
