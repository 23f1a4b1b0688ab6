"""Structure: blocks, tables, lists, headings and markup that differ from the source."""

from __future__ import annotations

from bilint.checks.base import Check, Late, Need, SourceCheck
from bilint.model.finding import Confidence, Family, Severity

CHECKS: tuple[Check, ...] = (
    Check(
        id="block-divided",
        family=Family.STRUCTURE,
        severity=Severity.INFO,
        confidence=Confidence.MEDIUM,
        summary="Two blocks of the source stand as one, or one as two.",
        observe=Late("structure.block_divided"),
        needs=frozenset((Need.BASE,)),
    ),
    Check(
        id="block-extra",
        family=Family.STRUCTURE,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        summary="The page has text that the source does not have, or has it twice.",
        observe=Late("structure.block_extra"),
        needs=frozenset((Need.BASE,)),
        yields_to=frozenset(
            (
                "alert-altered",
                "alt-text-damaged",
                "image-lost",
            )
        ),
    ),
    Check(
        id="block-lost",
        family=Family.STRUCTURE,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="Text or a picture of the source is missing, or its place is empty.",
        observe=Late("structure.block_lost"),
        needs=frozenset((Need.BASE,)),
        yields_to=frozenset(
            (
                "alert-altered",
                "alt-text-damaged",
                "image-lost",
                "link-broken",
            )
        ),
    ),
    Check(
        id="block-moved",
        family=Family.STRUCTURE,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        summary="A block stands at another place than in the source.",
        observe=Late("structure.block_moved"),
        needs=frozenset((Need.BASE,)),
    ),
    Check(
        id="fence-altered",
        family=Family.STRUCTURE,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="A block of code is missing, not closed, or marked as another language.",
        observe=Late("structure.fence_altered"),
        needs=frozenset((Need.BASE,)),
    ),
    Check(
        id="heading-altered",
        family=Family.STRUCTURE,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        summary="A heading has another level than in the source, or is no heading any more.",
        observe=Late("structure.heading_altered"),
        needs=frozenset((Need.BASE,)),
    ),
    Check(
        id="html-altered",
        family=Family.STRUCTURE,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="HTML tags are missing, added, renamed or broken.",
        observe=Late("structure.html_altered"),
        needs=frozenset((Need.BASE,)),
        yields_to=frozenset(("alt-text-damaged", "link-broken")),
        marks=(b"<",),
    ),
    Check(
        id="list-damaged",
        family=Family.STRUCTURE,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        summary="A list item is plain text, or stands on another level than in the source.",
        observe=Late("structure.list_damaged"),
        needs=frozenset((Need.BASE,)),
    ),
    Check(
        id="merge-conflict",
        family=Family.STRUCTURE,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="A merge conflict was left in the page.",
        observe=Late("structure.merge_conflict"),
        marks=(b"<<<<<<<", b">>>>>>>"),
    ),
    Check(
        id="page-emptied",
        family=Family.STRUCTURE,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="Nothing, or next to nothing, is left of the page.",
        observe=Late("structure.page_emptied"),
    ),
    Check(
        id="page-truncated",
        family=Family.STRUCTURE,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="The page ends before the source does.",
        observe=Late("structure.page_truncated"),
        needs=frozenset((Need.BASE,)),
    ),
    Check(
        id="page-wrong",
        family=Family.STRUCTURE,
        severity=Severity.ERROR,
        confidence=Confidence.MEDIUM,
        summary="The page is no translation of its source.",
        observe=Late("structure.page_wrong"),
        needs=frozenset((Need.BASE,)),
    ),
    Check(
        id="quote-altered",
        family=Family.STRUCTURE,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        summary="A note or quotation has lost its frame, or has another.",
        observe=Late("structure.quote_altered"),
        needs=frozenset((Need.BASE,)),
        yields_to=frozenset(("alert-altered",)),
    ),
    Check(
        id="table-damaged",
        family=Family.STRUCTURE,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="A table has become text, or has other rows or columns than in the source.",
        observe=Late("structure.table_damaged"),
        needs=frozenset((Need.BASE,)),
    ),
)

SOURCE_CHECKS: tuple[SourceCheck, ...] = (
    SourceCheck("merge-conflict", Late("structure.merge_conflict", "observe_source")),
)
