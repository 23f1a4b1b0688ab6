"""`link-target-altered`: a link leads to another place than in the source."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from bilint.checks.base import Context
from bilint.checks.links.addresses import Address, address_of, file_of, leads_away
from bilint.checks.links.parts import LINK, has_address, label_of, words
from bilint.checks.links.twins import Comparison, Twin, compared, relabelled
from bilint.model.alignment import AlignedPair
from bilint.model.document import Token
from bilint.model.finding import Confidence, Observation, Severity, Suggestion
from bilint.model.pattern import late
from bilint.model.text import Span

_WORDS = ":~:"
_WORD = late(r"[^\W_]{3,}")
_LIKE, _FAR = 0.5, 0.5
"""How alike the texts of two links must be across, and how much more than the links themselves."""

_SHORTEST = 5
_MOST = 20
"""Links of a segment that are compared with each other."""


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each link whose address localization does not explain."""
    comparison = compared(pair, context)
    for twin in comparison.twins:
        if twin.same or twin.source is None or twin.target.kind is not LINK:
            continue
        if has_address(twin.target) or has_address(twin.source):
            observation = _judge(twin, twin.source, pair, context, comparison)
            if observation is not None:
                yield observation
    translated = {one.twin.segment.start for one in relabelled(pair, context)}
    if translated:
        yield from _swapped(comparison, translated)


def _judge(
    twin: Twin, source: Token, pair: AlignedPair, context: Context, comparison: Comparison
) -> Observation | None:
    names = comparison.names
    was, now = address_of(source.value, names), address_of(twin.target.value, names)
    if now.host and now.host == was.host and now.host in context.profile.links.localized_media:
        return None
    if _same_file(source.value, twin.target.value, pair, was, now):
        return None
    only_fragment = was.page == now.page
    if only_fragment and _offered(twin.target.value, now, pair, context):
        return None
    if _followed(source.value, twin.target.value, pair, context):
        return None
    span, source_span = Span(twin.target.start, twin.target.end), Span(source.start, source.end)
    if only_fragment and not now.fragment:
        return Observation(
            f"The link lost the place on the page that it leads to: `#{was.fragment}`",
            span,
            source.value,
            source_span,
            severity=Severity.WARNING,
        )
    if only_fragment:
        return Observation(
            f"The link leads to another place on the page: `#{now.fragment}`,"
            f" in the source `#{was.fragment}`",
            span,
            source.value,
            source_span,
            # Words that a browser is to highlight are no place: it shows the page without them.
            severity=Severity.INFO if was.fragment.startswith(_WORDS) else Severity.WARNING,
            confidence=Confidence.MEDIUM,
        )
    return Observation(
        f"The link leads to `{twin.target.value}`, in the source to `{source.value}`",
        span,
        source.value,
        source_span,
        suggestion=_suggestion(twin.target, source),
    )


def _suggestion(token: Token, source: Token) -> Suggestion | None:
    if token.text.count(token.value) != 1 or leads_away(source.value):
        return None
    return Suggestion(token.text.replace(token.value, source.value))


def _same_file(source: str, target: str, pair: AlignedPair, was: Address, now: Address) -> bool:
    """Whether both lead to one file, from pages that stand in different folders."""
    if pair.source is None or leads_away(source) or leads_away(target):
        return False
    if was.fragment != now.fragment:
        return False
    return file_of(source, pair.source.path) == file_of(target, pair.target.path)


def _offered(text: str, address: Address, pair: AlignedPair, context: Context) -> bool:
    """Whether the page that a link leads to has the fragment that the translation names."""
    if address.host or leads_away(text) or not address.fragment:
        return False
    path = file_of(text, pair.target.path)
    if path == pair.target.path:
        from bilint.model.anchors import anchors

        offered: frozenset[str] | None = anchors(pair.document)
    else:
        offered = context.site.anchors(path) if context.site is not None and path else None
    return offered is not None and address.fragment.lower() in offered


def _followed(source: str, target: str, pair: AlignedPair, context: Context) -> bool:
    """Whether the link was led after a page that moved: the old place is gone, the new is there."""
    if context.site is None or leads_away(source) or leads_away(target):
        return False
    old, new = file_of(source, pair.target.path), file_of(target, pair.target.path)
    if old is None or new is None or old == new:
        return False
    return context.site.exists(new) and not context.site.exists(old)


def _swapped(comparison: Comparison, translated: set[int]) -> Iterator[Observation]:
    """Links of one segment that have the names of the source and each other's addresses.

    At least one of them has another text than its source: those are the `translated` segments.
    """
    by_segment: dict[int, list[Twin]] = {}
    for twin in comparison.twins:
        if twin.segment.start not in translated:
            continue
        if twin.same and twin.source is not None and twin.target.kind is LINK:
            by_segment.setdefault(twin.segment.start, []).append(twin)
    for twins in by_segment.values():
        if len(twins) > 1:
            yield from _swapped_in(twins, comparison)


def _swapped_in(twins: list[Twin], comparison: Comparison) -> Iterator[Observation]:
    names = [
        (
            _names(words(label_of(twin.target) or "")),
            _names(words(label_of(twin.source) or "") if twin.source else ""),
        )
        for twin in twins[:_MOST]
    ]
    for one, other in combinations(range(len(names)), 2):
        (here, ours), (there, theirs) = names[one], names[other]
        ours, theirs = ours - theirs, theirs - ours
        if here & ours or there & theirs:
            continue
        if here & theirs or there & ours:
            yield from _changed(twins[one], twins[other], comparison)
        elif _crossed(twins[one], twins[other]):
            yield from _crosswise(twins[one], twins[other], comparison)


def _crossed(one: Twin, other: Twin) -> bool:
    """Whether two links are each called much like the other's source, and little like their own."""
    from bilint.engines.likeness import ratio

    if one.source is None or other.source is None:
        return False
    here, there, ours, theirs = (
        words(label_of(token) or "").lower()
        for token in (one.target, other.target, one.source, other.source)
    )
    if min(map(len, (here, there, ours, theirs))) < _SHORTEST:
        return False
    across = ratio(here, theirs), ratio(there, ours)
    own = ratio(here, ours) + ratio(there, theirs)
    return min(across) >= _LIKE and sum(across) - own >= _FAR


def _crosswise(one: Twin, other: Twin, comparison: Comparison) -> Iterator[Observation]:
    for twin, _own, meant in _exchanged(one, other, comparison):
        yield _misled(twin, meant, Confidence.MEDIUM)


def _names(label: str) -> set[str]:
    """The words of a link that look like names: `date` is a word of two languages."""
    return {word for word in _WORD.findall(label) if word != word.lower() or not word.isalpha()}


def _changed(one: Twin, other: Twin, comparison: Comparison) -> Iterator[Observation]:
    """Two links of which at least one bears a name of the other's source, and none its own."""
    for twin, own, meant in _exchanged(one, other, comparison):
        name, wanted = _name(twin.target), _name(meant)
        if _names(name) & _names(wanted) - _names(_name(own)):
            yield _misled(twin, meant, None if name == wanted else Confidence.MEDIUM)


def _exchanged(
    one: Twin, other: Twin, comparison: Comparison
) -> Iterator[tuple[Twin, Token, Token]]:
    """Each of two links that lead to different places, its source and that of the other."""
    names = comparison.names
    if one.source is None or other.source is None:
        return
    if address_of(one.target.value, names) == address_of(other.target.value, names):
        return
    yield one, one.source, other.source
    yield other, other.source, one.source


def _misled(twin: Twin, meant: Token, confidence: Confidence | None) -> Observation:
    return Observation(
        f"`{_name(twin.target)}` leads to `{twin.target.value}`, in the source to"
        f" `{meant.value}`: links changed places",
        Span(twin.target.start, twin.target.end),
        meant.value,
        Span(meant.start, meant.end),
        confidence=confidence,
    )


def _name(link: Token) -> str:
    return words(label_of(link) or "")
