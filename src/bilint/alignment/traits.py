"""What of a segment survives translation: the evidence by which two languages are matched."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import log
from operator import attrgetter

from bilint.model.document import Document, Segment, SegmentKind, Token, TokenKind
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.segment_text import says_anything

_DESTINATIONS = frozenset((TokenKind.LINK, TokenKind.IMAGE, TokenKind.VIDEO))
_VERBATIM = frozenset(
    (TokenKind.DNL, TokenKind.CODE, TokenKind.ANCHOR, TokenKind.PLACEHOLDER, TokenKind.ALERT)
)
_EVIDENCE = _DESTINATIONS | _VERBATIM
_NAME = late(r"[A-Z][A-Za-z0-9]{2,}|[0-9]{2,}")
_PAGE_SUFFIXES = (".md", ".html", ".htm")


def link_key(destination: str) -> str:
    """What a locale leaves alone of a link: the last step of its path, and its fragment.

    Hosts, `/en/` against `/it/` and `?lang=it` are rewritten by localization, and file names
    are not.
    """
    address, _, fragment = destination.partition("#")
    step = address.partition("?")[0].rstrip("/").rpartition("/")[2]
    for suffix in _PAGE_SUFFIXES:
        step = step.removesuffix(suffix)
    return f"{step}#{fragment}" if fragment else step


def _key(token: Token) -> str:
    return link_key(token.value) if token.kind in _DESTINATIONS else token.value


def lasting_tokens(tokens: Sequence[Token]) -> frozenset[str]:
    """What the tokens say that no translator changes: names, code, anchors, links.

    Labels of the user interface, tabs and badges are translated in some places and not in
    others, and are no evidence.
    """
    return frozenset([key for token in tokens if token.kind in _EVIDENCE and (key := _key(token))])


def same_values(left: Sequence[Token], right: Sequence[Token]) -> bool:
    """Whether both have the same tokens in the same order: the cheap test."""
    return len(left) == len(right) and [t.value for t in left] == [t.value for t in right]


class Traits(NamedTuple):
    """A segment as alignment across languages sees it. `size` is in characters.

    `empty` says that a reader sees no word of it: a break of lines, a blank that does not part.
    """

    shape: str
    family: str
    tokens: frozenset[str]
    names: frozenset[str]
    size: int
    text: str
    empty: bool


def traits(segment: Segment, document: Document) -> Traits:
    """What alignment across languages sees of a segment of a page."""
    text = segment.text
    tokens = lasting_tokens(segment.tokens)
    if segment.kind is SegmentKind.ALT_TEXT:
        tokens |= _shown(segment, document)
    return Traits(
        segment.shape,
        _FAMILIES.get(segment.kind, "prose"),
        tokens,
        frozenset(_NAME.findall(text)),
        len(text),
        text,
        not says_anything(text),
    )


def _shown(alternative: Segment, document: Document) -> frozenset[str]:
    """The picture that an alternative text stands for."""
    place = bisect_right(document.blocks, alternative.start, key=attrgetter("start")) - 1
    if place < 0 or document.blocks[place].end < alternative.end:
        return frozenset()
    return frozenset((link_key(document.blocks[place].text),))


_FAMILIES = {
    SegmentKind.HEADING: "heading",
    SegmentKind.TABLE_CELL: "cell",
    SegmentKind.ALT_TEXT: "alt",
    SegmentKind.TAB: "label",
    SegmentKind.BADGE: "label",
}


# Set by hand and checked by eye on 74 pairs of pages whose structure differed. Tokens weigh most,
# since they are copied; length least, since it is never absent and often misleads.
_SAME_SHAPE = 0.6
_SAME_FAMILY = -0.2
_OTHER_FAMILY = -0.9
_EMPTY_BESIDE_WORDS = -1.5
_ALL_TOKENS, _NO_TOKEN = 1.5, -1.0
_ALL_NAMES, _NO_NAME = 0.6, -0.1
_ONE_SIDED = -0.15
_LENGTH, _LENGTH_OF_FEW = 0.6, 0.3
_FEW = 30
_VERBATIM_TEXT = 0.8


def agreement(source: Traits, target: Traits, expected: float) -> float:
    """How much speaks for the one being the translation of the other; above 0 it is likely.

    `expected` is the length of the target page over that of the source page.
    """
    if source.shape == target.shape:
        score = _SAME_SHAPE
    else:
        score = _SAME_FAMILY if source.family == target.family else _OTHER_FAMILY
    if source.empty != target.empty:
        score += _EMPTY_BESIDE_WORDS
    score += _shared(source.tokens, target.tokens, _ALL_TOKENS, _NO_TOKEN)
    score += _shared(source.names, target.names, _ALL_NAMES, _NO_NAME)
    deviation = abs(log((target.size + 4) / (source.size * expected + 4)))
    weight = _LENGTH if source.size > _FEW else _LENGTH_OF_FEW
    score += weight * (0.5 - min(deviation, 1.5))
    if source.text == target.text:
        score += _VERBATIM_TEXT
    return score


def _shared(left: frozenset[str], right: frozenset[str], all_of: float, none_of: float) -> float:
    if not left and not right:
        return 0.0
    if not left or not right:
        return _ONE_SIDED
    common = len(left & right)
    return all_of * 2 * common / (len(left) + len(right)) if common else none_of


def likeness_of(agreement: float) -> float:
    """An agreement as a likeness in 0..1."""
    return max(0.1, min(1.0, 0.5 + agreement / 4))
