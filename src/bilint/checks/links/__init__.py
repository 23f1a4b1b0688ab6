"""Links, pictures, and the places they lead to."""

from __future__ import annotations

from bilint.checks.base import TEXT_LOST, Check, Late, Need, SourceCheck
from bilint.model.finding import Confidence, Family, Severity

CHECKS: tuple[Check, ...] = (
    Check(
        id="alt-text-damaged",
        family=Family.LINKS,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        summary="The alternative text of a picture is gone or stands partly beside it",
        observe=Late("links.alt_text_damaged"),
        needs=frozenset((Need.SOURCE,)),
        yields_to=frozenset(("attributes-altered",)),
        marks=(b"![",),
    ),
    Check(
        id="anchor-altered",
        family=Family.LINKS,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="An explicit anchor of the source was altered or lost",
        observe=Late("links.anchor_altered"),
        needs=frozenset((Need.SOURCE,)),
        marks=(b"{#",),
    ),
    Check(
        id="image-lost",
        family=Family.LINKS,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="A picture of the source is gone, or another one is shown",
        observe=Late("links.image_lost"),
        needs=frozenset((Need.BASE,)),
        yields_to=TEXT_LOST
        | frozenset(("alert-altered", "html-altered", "link-broken", "pipeline-error-text")),
    ),
    Check(
        id="link-broken",
        family=Family.LINKS,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="A link is torn apart and no link any more",
        observe=Late("links.link_broken"),
    ),
    Check(
        id="link-created",
        family=Family.LINKS,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="Words in parentheses became the address of a link",
        observe=Late("links.link_created"),
        marks=(b"](",),
    ),
    Check(
        id="link-fragment-missing",
        family=Family.LINKS,
        severity=Severity.INFO,
        confidence=Confidence.MEDIUM,
        summary="A link leads to a place that its page does not offer",
        observe=Late("links.link_fragment_missing"),
        needs=frozenset((Need.SOURCE,)),
        uses=frozenset((Need.SITE,)),
        yields_to=frozenset(("link-text-lost",)),
    ),
    Check(
        id="link-lost",
        family=Family.LINKS,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="A link of the source is gone",
        observe=Late("links.link_lost"),
        needs=frozenset((Need.BASE,)),
        yields_to=TEXT_LOST | frozenset(("link-broken", "link-created", "pipeline-error-text")),
    ),
    Check(
        id="link-padded",
        family=Family.LINKS,
        severity=Severity.INFO,
        confidence=Confidence.HIGH,
        summary="A blank stands inside a link, at an end of its text",
        observe=Late("links.link_padded"),
        yields_to=frozenset(("link-text-lost", "link-text-cut")),
    ),
    Check(
        id="link-relative-missing",
        family=Family.LINKS,
        severity=Severity.INFO,
        confidence=Confidence.MEDIUM,
        summary="A link leads to a file that the language has not got",
        observe=Late("links.link_relative_missing"),
        needs=frozenset((Need.SOURCE, Need.SITE)),
    ),
    Check(
        id="link-target-altered",
        family=Family.LINKS,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="A link leads to another place than in the source",
        observe=Late("links.link_target_altered"),
        needs=frozenset((Need.BASE,)),
        uses=frozenset((Need.SITE,)),
        yields_to=frozenset(
            (
                "invisible-character",
                "link-broken",
                "link-created",
                "pipeline-error-text",
            )
        ),
    ),
    Check(
        id="link-text-cut",
        family=Family.LINKS,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        summary="A link begins or ends in the wrong place",
        observe=Late("links.link_text_cut"),
        yields_to=frozenset(("link-text-lost",)),
    ),
    Check(
        id="link-text-lost",
        family=Family.LINKS,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="A link has no words left",
        observe=Late("links.link_text_lost"),
        marks=(b"](", b"]["),
    ),
)

SOURCE_CHECKS: tuple[SourceCheck, ...] = (
    SourceCheck("link-fragment-missing", Late("links.link_fragment_missing", "observe_source")),
)
