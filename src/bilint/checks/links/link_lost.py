"""`link-lost`: a link of the source is gone from its translation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bilint.checks.base import Context
from bilint.checks.links.addresses import address_of
from bilint.checks.links.parts import IMAGE, has_address, is_inline, label_of, link_tokens, words
from bilint.checks.links.twins import Lost, compared
from bilint.model.alignment import AlignedPair
from bilint.model.document import BlockKind
from bilint.model.finding import Confidence, Observation, Suggestion
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span

_MOST = 200
"""Lost links of a page that are told."""

_FEW = 40
"""Links by name of one text, and brackets in its translation, that are compared."""

_LIKE = 0.5
"""Likeness of the words in brackets to a name from which they are the link's."""

_BRACKETS = late(r"\[(?!!)([^\[\]]+)\](?:\[[^\[\]]*\])?(?![(\[])")


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each link of base whose words stand without a link, or are gone."""
    by_name: dict[int, list[Lost]] = {}
    for one in _lost(pair, context):
        if _has_address(one):
            label = label_of(one.source)
            said = f"`{words(label)}`, " if label else ""
            yield _observation(f"The link {said}to `{one.source.value}` is gone", one)
        elif one.segments.target is not None:
            by_name.setdefault(one.segments.target.start, []).append(one)
    if by_name:
        names = compared(pair, context).names
        defined = {
            address_of(block.text, names): block.info
            for block in pair.document.blocks
            if block.kind is BlockKind.LINK_DEFINITION
        }
        for several in by_name.values():
            yield from _nameless(
                [(one, defined.get(address_of(one.source.value, names))) for one in several]
            )


def _nameless(lost: list[tuple[Lost, str | None]]) -> Iterator[Observation]:
    """Links by name of one text, each with the name that its definition bears now."""
    found = _brackets(lost)
    for one, name in lost:
        why = "its definition is gone" if name is None else f"its definition is named `{name}`"
        left = found.get(one.source.start)
        if left is None:
            if name is not None:
                why = "its definition is there, the link is not"
            yield _observation(f"{one.source.text} is no link any more: {why}", one)
            continue
        mended = None
        if name and left.likely and "[" not in name and "]" not in name:
            mended = Suggestion(f"[{left.label}][{name}]")
        said = _observation(f"{left.text} is no link any more: {why}", one)
        yield said._replace(span=left.span, suggestion=mended)


class _Brackets(NamedTuple):
    """What is left of a link by name: as written, what it says, where it stands, and how sure."""

    text: str
    label: str
    span: Span
    likely: bool


def _brackets(lost: list[tuple[Lost, str | None]]) -> dict[int, _Brackets]:
    """The brackets that are left of links by name, by where these stand in the source."""
    target = lost[0][0].segments.target
    if target is None:
        return {}
    links = [token.start for token in link_tokens(target)]
    left: list[_Brackets] = []
    position, start = 0, target.start
    for match in islice(_BRACKETS.finditer(target.text), _FEW):
        start += len(target.text[position : match.start()].encode())
        position = match.start()
        if start not in links:
            span = Span(start, start + len(match[0].encode()))
            left.append(_Brackets(match[0], match[1], span, True))
    if len(left) == len(lost) == 1:
        one, name = lost[0]
        return {one.source.start: left[0]._replace(likely=_likeness(one, name, left[0]) >= _LIKE)}
    ranked = sorted(
        (-likeness, one.source.start, index)
        for one, name in lost[:_FEW]
        for index, brackets in enumerate(left)
        if (likeness := _likeness(one, name, brackets)) >= _LIKE
    )
    found: dict[int, _Brackets] = {}
    taken = set[int]()
    for _, source, index in ranked:
        if source not in found and index not in taken:
            found[source] = left[index]
            taken.add(index)
    return found


def _likeness(one: Lost, name: str | None, brackets: _Brackets) -> float:
    from bilint.engines.likeness import ratio

    text = words(brackets.label).lower()
    meant = words(label_of(one.source) or "").lower()
    return max(ratio(text, meant), ratio(text, (name or "").lower()))


def _has_address(one: Lost) -> bool:
    return is_inline(one.source) or one.source.text.startswith("<")


def _lost(pair: AlignedPair, context: Context) -> Iterator[Lost]:
    comparison = compared(pair, context)
    if not comparison.lost:
        return
    torn = {one.segments.target.start for one in comparison.broken if one.segments.target}
    kept = {
        (twin.segment.start, address_of(twin.target.value, comparison.names))
        for twin in comparison.twins
    }
    for one in comparison.lost[:_MOST]:
        target = one.segments.target
        if target is None or one.source.kind is IMAGE or target.start in torn:
            continue
        if not has_address(one.source) or one.source.value in target.text:
            continue
        if (target.start, address_of(one.source.value, comparison.names)) not in kept:
            yield one


def _observation(message: str, one: Lost) -> Observation:
    target = one.segments.target
    return Observation(
        message,
        Span(0, 0) if target is None else target.span,
        one.source.value,
        Span(one.source.start, one.source.end),
        confidence=Confidence.MEDIUM if one.segments.likeness < 1 else None,
    )
