"""The links of a page beside those of its source: which became of which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from operator import attrgetter

from bilint.checks.base import Context
from bilint.checks.links.addresses import Address, Names, address_of, is_address, names_of
from bilint.checks.links.parts import IMAGE, Piece, broken_links, label_of, page_links, words
from bilint.checks.recent import last_kept
from bilint.checks.tokens.syntax import page_tokens
from bilint.model.alignment import AlignedPair, SegmentPair
from bilint.model.document import BlockKind, Document, Segment, Token, TokenKind
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_LIKELY = 0.5
"""Likeness of two segments below which they are not compared."""

_MIDDLES = late(rb"\](?: |\xc2\xa0)?\(")
_SWAPPED = late(rb"\)\[")
_ODD_WIDE = ("（".encode(), "】".encode(), "］".encode())
"""What stands on a page where the parts of a link were moved apart, as it does on others."""

# A pattern that begins with a class of characters is found faster than one with a choice.
_MOVED_APART = late(
    r"[\])）［】](?:(?<=\])[ \u00a0\u3000（]|(?<=[)）])[ \u3000]?[\[［]|(?<=[［】]))"
)
_MIDDLE = b"]("
_CODE = BlockKind.CODE
_NONE: list[Token] = []

_MOST = 40
"""Links of a segment above which it is no sentence but a heap, and compared by address alone."""


class Twin(NamedTuple):
    """A link of the target and the one of the source that it stands for, where there is one.

    `same` says that both lead to one place, whatever localization did to the address.
    """

    target: Token
    source: Token | None
    same: bool
    segment: Segment


class Lost(NamedTuple):
    """A link of the source that its translation has not got."""

    source: Token
    segments: SegmentPair


class Broken(NamedTuple):
    """Pieces of links in a segment of the target, and those in its source."""

    target: list[Piece]
    source: list[Piece]
    segments: SegmentPair


class Comparison(NamedTuple):
    """The links of a page in order; those that are lost; those that are torn apart."""

    twins: list[Twin]
    lost: list[Lost]
    broken: list[Broken]
    names: Names


def compared(pair: AlignedPair, context: Context) -> Comparison:
    """The links of a page beside those of its source, pictures in the text included."""
    # Several checks ask in turn for the same page.
    for known, comparison in _recent:
        if known is pair:
            return comparison
    comparison = _compare(pair, context)
    _recent[:] = [(pair, comparison)]
    return comparison


_recent: list[tuple[AlignedPair, Comparison]] = []


class Relabelled(NamedTuple):
    """A link whose text, `label`, is not the one of its source; None if that has none."""

    twin: Twin
    label: str
    said: str | None


def relabelled(pair: AlignedPair, context: Context) -> list[Relabelled]:
    """The links of a page whose text is not that of their source letter by letter."""
    return _relabelled(compared(pair, context))


@last_kept
def _relabelled(comparison: Comparison) -> list[Relabelled]:
    found: list[Relabelled] = []
    for twin in comparison.twins:
        token, source = twin[0], twin[1]
        if token[0] is IMAGE or (source is not None and source[3] == token[3]):
            continue
        if (label := label_of(token)) is not None:
            said = None if source is None else label_of(source)
            if label != said:
                found.append(Relabelled(twin, label, said))
    return found


class _Sides(NamedTuple):
    source: list[Token]
    target: list[Token]
    segments: SegmentPair


def _compare(pair: AlignedPair, context: Context) -> Comparison:
    names = names_of(pair.locale, context.source_language, context.profile.links)
    result = Comparison([], [], [], names)
    unsettled: list[_Sides] = []
    before = {} if pair.source is None else page_links(pair.source.document)
    after = page_links(pair.document)
    result.broken.extend(_broken(pair, after))
    if not before and not after:
        return result
    for segments in pair.segments:
        source, target, likeness = segments
        ours = _NONE if source is None else before.get(source[2], _NONE)
        theirs = _NONE if target is None else after.get(target[2], _NONE)
        if not ours and not theirs:
            continue
        if target is None or source is None or likeness < _LIKELY:
            # Not compared, but a link that is missed elsewhere may stand here.
            if ours:
                unsettled.append(_Sides(ours, [], SegmentPair(source, None)))
            if theirs:
                unsettled.append(_Sides([], theirs, SegmentPair(None, target)))
            continue
        values = [token[4] for token in ours]
        if values == [token[4] for token in theirs]:
            both = list(zip(ours, theirs, strict=True))
            if len(set(values)) < len(values):
                both = _by_words(both)
            result.twins.extend([Twin(token, twin, True, target) for twin, token in both])
            continue
        left = _match(ours, theirs, target, result)
        if left.source or left.target:
            unsettled.append(left._replace(segments=segments))
    _settle(unsettled, result)
    result.twins.sort(key=attrgetter("target.start"))
    return result


def _broken(pair: AlignedPair, links: dict[int, list[Token]]) -> Iterator[Broken]:
    """The segments in which pieces of links stand about."""
    data = pair.document.data
    middles = _MIDDLES.findall(data)
    rest = middles.count(_MIDDLE)
    odd = rest < len(middles) or _SWAPPED.search(data) is not None
    # A single byte is looked for many times faster than several.
    if b"\xe3" in data or b"\xef" in data:
        odd = odd or any(mark in data for mark in _ODD_WIDE)
    # Pictures in links are counted twice.
    if not odd and not page_tokens(pair.document, IMAGE):
        rest -= sum([one[3].count("](") for several in links.values() for one in several])
        if not rest or rest == _outside(pair.document):
            return
    for segments in pair.segments:
        source, target, _likeness = segments
        if target is None:
            continue
        text = target[4]
        if "]" not in text and "］" not in text and "】" not in text:
            continue
        torn = "](" in text and text.count("](") > _middles(links.get(target[2], _NONE))
        if not torn and not (odd and _MOVED_APART.search(text)):
            continue
        pieces = broken_links(target)
        if pieces:
            yield Broken(pieces, broken_links(source), segments)


def _outside(document: Document) -> int:
    """How often the middle of a link stands in what is no text: once in a picture."""
    data = document.data
    inside = [(kind, data.count(_MIDDLE, start, end)) for kind, start, end, _, _ in document.blocks]
    return sum([count if kind is _CODE else min(count, 1) for kind, count in inside])


def _middles(links: list[Token]) -> int:
    """How often the middle of a link stands in links."""
    return sum([one.text.count("](") for one in links])


def _by_words(matches: list[tuple[Token, Token]]) -> list[tuple[Token, Token]]:
    """Links to one place stand for each other by their words, where they have the same."""
    groups: dict[str, list[tuple[Token, Token]]] = {}
    for match in matches:
        groups.setdefault(match[0].value, []).append(match)
    found: list[tuple[Token, Token]] = []
    for group in groups.values():
        waiting: dict[str | None, list[Token]] = {}
        for source, _ in reversed(group):
            waiting.setdefault(label_of(source), []).append(source)
        rest = []
        for _, target in group:
            same = waiting.get(label_of(target))
            if same:
                found.append((same.pop(), target))
            else:
                rest.append(target)
        left = sorted((one for same in waiting.values() for one in same), key=attrgetter("start"))
        found += zip(left, rest, strict=True)
    return found


def _match(ours: list[Token], theirs: list[Token], target: Segment, result: Comparison) -> _Sides:
    """Matches what leads to one place; answers what is left."""
    waiting: dict[tuple[bool, Address], list[Token]] = {}
    for token in reversed(ours):
        waiting.setdefault(_key(token, result.names), []).append(token)
    rest = []
    for token in theirs:
        same = waiting.get(_key(token, result.names))
        if same:
            result.twins.append(Twin(token, same.pop(), True, target))
        else:
            rest.append(token)
    left = sorted((one for several in waiting.values() for one in several), key=lambda t: t.start)
    return _Sides(left, rest, SegmentPair(None, None))


def _key(token: Token, names: Names) -> tuple[bool, Address]:
    return token.kind is IMAGE, address_of(token.value, names)


def _settle(unsettled: list[_Sides], result: Comparison) -> None:
    """What is left in all segments: moved to another one, altered, lost, or added."""
    names = result.names
    gone = Counter([_key(token, names) for one in unsettled for token in one.source])
    if gone:
        gone &= Counter([_key(token, names) for one in unsettled for token in one.target])
    come = gone.copy()
    for source, target, segments in unsettled:
        if segments.target is None:
            continue
        if not gone:
            _pair_up(source, target, segments, result)
            continue
        ours = [token for token in source if not _used(gone, _key(token, names))]
        theirs = []
        for token in target:
            if _used(come, _key(token, names)):
                result.twins.append(Twin(token, None, True, segments.target))
            else:
                theirs.append(token)
        _pair_up(ours, theirs, segments, result)


def _used(counts: Counter[tuple[bool, Address]], key: tuple[bool, Address]) -> bool:
    if counts[key] <= 0:
        return False
    counts[key] -= 1
    return True


def _pair_up(
    ours: list[Token], theirs: list[Token], segments: SegmentPair, result: Comparison
) -> None:
    """Which of the links that lead elsewhere became of which, the likest first."""
    target = segments.target
    if target is None:
        return
    if not ours:
        result.twins.extend([Twin(token, None, False, target) for token in theirs])
        return
    looks, others = _looks(ours), _looks(theirs)
    ranked = sorted(
        (-_likeness(one, other), i, j)
        for i, one in enumerate(looks)
        for j, other in enumerate(others)
        if one.kind is other.kind and one.is_address == other.is_address
    )
    taken: dict[int, int] = {}
    for _, i, j in ranked:
        if i not in taken and j not in taken.values():
            taken[i] = j
    for i, j in taken.items():
        result.twins.append(Twin(theirs[j], ours[i], False, target))
    for j, token in enumerate(theirs):
        if j not in taken.values():
            result.twins.append(Twin(token, None, False, target))
    result.lost.extend(Lost(one, segments) for i, one in enumerate(ours) if i not in taken)


class _Look(NamedTuple):
    """What of a link tells which other one it became."""

    kind: TokenKind
    is_address: bool
    address: str
    words: str


def _looks(links: list[Token]) -> list[_Look]:
    return [
        _Look(one.kind, is_address(one.value), one.value, words(label_of(one) or ""))
        for one in links[:_MOST]
    ]


def _likeness(one: _Look, other: _Look) -> float:
    from bilint.engines.likeness import ratio

    same = 0.5 if one.words and one.words == other.words else 0.0
    return ratio(one.address, other.address) + same
