"""Where a page renders a segment otherwise than other places of the site render the same one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from bilint.checks.base import Context
from bilint.checks.changed import changed
from bilint.checks.terms.index import Same
from bilint.model.alignment import AlignedPair, Basis
from bilint.model.document import Segment, TokenKind
from bilint.model.evidence import Rendering, Renderings
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.segment_text import plain
from bilint.model.wording import folded, unlike

LONGEST = 1_000
"""Characters of a segment above which nothing was learnt of it."""

_AROUND = 4
"""Characters of emphasis that may stand around a link."""

_TWO_WORDS = late(r"[A-Za-z]+ [A-Za-z]+ ")
_FIRST_WORD = late(r"(?:\[!\w+ |[^A-Za-z])*+([A-Za-z]+)")
_PADDING = " \u200b\u00a0"


class Other(NamedTuple):
    """A segment, and the rendering that it should share with other places.

    `leads_there` says that the segment is a link to a page or heading that bears that rendering.
    """

    source: Segment
    target: Segment
    said: str
    form: str
    rendering: Rendering
    times: int
    leads_there: bool


def other_renderings(pair: AlignedPair, context: Context) -> tuple[Other, ...]:
    """The segments of a page that are rendered otherwise than elsewhere, each text once."""
    evidence = context.evidence
    if evidence is None or not evidence.repeats or pair.basis is not Basis.BASE:
        return ()
    return _other_renderings(Same(pair), Same(evidence.repeats))


@lru_cache(maxsize=2)
def _other_renderings(
    same: Same[AlignedPair], learnt: Same[Mapping[str, Renderings]]
) -> tuple[Other, ...]:
    return tuple(_others(same.value, learnt.value))


def _others(pair: AlignedPair, repeats: Mapping[str, Renderings]) -> Iterator[Other]:
    told: set[str] = set()
    firsts = _first_words(Same(repeats))
    for source, target, _likeness in changed(pair):
        text = source[4]
        said = text
        if source[5] or _marked(text):
            if not _may_begin_so(text, firsts):
                continue
            said = plain(source)
        renderings = repeats.get(said)
        # Whether labels are translated is a question of its own.
        if renderings and "[!UICONTROL" not in text and said not in told:
            found = _other(pair.target.path, source, target, renderings)
            if found is not None:
                told.add(said)
                yield found


@lru_cache(maxsize=8)
def _first_words(repeats: Same[Mapping[str, Renderings]]) -> frozenset[str]:
    """The words, and the two, that the texts begin with of which something was learnt."""
    first = [match[1] for match in map(_FIRST_WORD.match, repeats.value) if match]
    two = [" ".join([*said.split(" ")[:2], ""]) for said in repeats.value]
    return frozenset(first + two)


def _may_begin_so(text: str, firsts: frozenset[str]) -> bool:
    """Whether a text that has markup may be one that was learnt, without reading it."""
    if len(text) > LONGEST:
        return False
    # What begins with words, and no markup, is read so.
    two = _TWO_WORDS.match(text)
    if two is not None:
        return two[0] in firsts
    first = _FIRST_WORD.match(text)
    return (first is not None and first[1] in firsts) or "&" in text or "<" in text


def _marked(text: str) -> bool:
    return "*" in text or "_" in text or "\n" in text or "&" in text or "\\" in text


def _other(path: str, source: Segment, target: Segment, renderings: Renderings) -> Other | None:
    said = plain(target).strip(_PADDING)
    if not said or said == plain(source):
        return None
    page = _destination(path, target)
    for form, one in renderings.items() if page else ():
        if any(place.rpartition(":")[0] == page for place in one.places):
            # What a link leads to decides, however the rest of the site calls it.
            if folded(said) == folded(form):
                return None
            return Other(source, target, said, form, one, _times(said, renderings), True)
    form, one = next(iter(renderings.items()))
    if not unlike(said, form):
        return None
    own = _times(said, renderings)
    return None if one.times < own else Other(source, target, said, form, one, own, False)


def _times(said: str, renderings: Renderings) -> int:
    """How often a text is rendered in this way."""
    same = (one.times for form, one in renderings.items() if not unlike(said, form))
    return max(same, default=0)


def _destination(path: str, target: Segment) -> str:
    """The page that a segment leads to which is nothing but a link; empty if it is none."""
    links = [token for token in target.tokens if token.kind is TokenKind.LINK]
    if len(links) != 1 or len(target.text) - len(links[0].text) > _AROUND:
        return ""
    address = links[0].value.partition("#")[0].partition("?")[0]
    if not address:
        return path if links[0].value.startswith("#") else ""
    if not address.endswith(".md") or "://" in address:
        return ""
    if address.startswith("/"):
        return address[1:]
    parts = path.split("/")[:-1]
    for part in address.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in (".", ".."):
            parts.append(part)
    return "/".join(parts)
