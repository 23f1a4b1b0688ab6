"""`link-lost`: a link of the source is gone from its translation."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Check, Context, Need
from bilint.checks.links.addresses import Address, address_of, is_address
from bilint.checks.links.parts import IMAGE, is_inline, label_of, words
from bilint.checks.links.twins import Lost, compared
from bilint.model.alignment import AlignedPair
from bilint.model.document import BlockKind
from bilint.model.finding import Confidence, Family, Observation, Severity
from bilint.model.text import Span

_MOST = 200
"""Lost links of a page that are told."""


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each link of base whose words stand without a link, or are gone."""
    names = compared(pair, context).names
    defined: frozenset[Address] | None = None
    for one in _lost(pair, context):
        if _has_address(one):
            label = label_of(one.source)
            said = f"`{words(label)}`, " if label else ""
            yield _observation(f"The link {said}to `{one.source.value}` is gone", one)
            continue
        if defined is None:
            defined = frozenset(
                address_of(block.text, names)
                for block in pair.document.blocks
                if block.kind is BlockKind.LINK_DEFINITION
            )
        known = address_of(one.source.value, names) in defined
        why = "its definition bears another name" if known else "its definition is gone"
        yield _observation(f"`{one.source.text}` is no link any more: {why}", one)


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
        if not is_address(one.source.value) or one.source.value in target.text:
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


CHECK = Check(
    id="link-lost",
    family=Family.LINKS,
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    summary="A link of the source is gone",
    observe=observe,
    needs=frozenset((Need.BASE,)),
    yields_to=frozenset(
        (
            "block-lost",
            "link-broken",
            "link-created",
            "page-emptied",
            "page-truncated",
            "page-wrong",
            "pipeline-error-text",
            "table-damaged",
            "text-repeated",
            "third-language",
        )
    ),
)
