"""Front matter: the YAML block at the head of a page."""

from __future__ import annotations

from bilint.checks.base import Check, Late, Need, SourceCheck
from bilint.model.finding import Confidence, Family, Severity

CHECKS: tuple[Check, ...] = (
    Check(
        id="front-matter-broken",
        family=Family.FRONT_MATTER,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="The front matter, or the page as a whole, cannot be read",
        observe=Late("front_matter.front_matter_broken"),
    ),
    Check(
        id="front-matter-doubled",
        family=Family.FRONT_MATTER,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="The page has two blocks of front matter; only the first is read",
        observe=Late("front_matter.front_matter_doubled"),
    ),
    Check(
        id="front-matter-value-altered",
        family=Family.FRONT_MATTER,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="A value of the front matter that is no text to translate differs from the source",
        observe=Late("front_matter.front_matter_value_altered"),
        needs=frozenset((Need.BASE,)),
    ),
    Check(
        id="text-value-missing",
        family=Family.FRONT_MATTER,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="The title or description of the page is missing or empty; the source has one",
        observe=Late("front_matter.text_value_missing"),
        needs=frozenset((Need.BASE,)),
    ),
    Check(
        id="title-unlike-heading",
        family=Family.FRONT_MATTER,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        summary="The title and the first heading differ, though they are the same in the source",
        observe=Late("front_matter.title_unlike_heading"),
        needs=frozenset((Need.BASE,)),
        yields_to=frozenset(
            (
                "dnl-altered",
                "foreign-script",
                "name-glued",
                "name-in-capitals",
                "name-lost",
                "name-misspelt",
                "name-translated",
                "number-altered",
                "number-lost",
                "pipeline-error-text",
                "placeholder-leaked",
                "text-damaged",
                "text-escaped",
                "text-value-missing",
                "untranslated-segment",
            )
        ),
    ),
    Check(
        id="title-whitespace",
        family=Family.FRONT_MATTER,
        severity=Severity.INFO,
        confidence=Confidence.HIGH,
        summary="The title of the page has a blank at its end, or two in a row",
        observe=Late("front_matter.title_whitespace"),
    ),
    Check(
        id="word-count-off",
        family=Family.FRONT_MATTER,
        severity=Severity.INFO,
        confidence=Confidence.MEDIUM,
        summary="The word count of the front matter is far from that of the source",
        observe=Late("front_matter.word_count_off"),
        needs=frozenset((Need.BASE,)),
    ),
)

SOURCE_CHECKS: tuple[SourceCheck, ...] = (
    SourceCheck("front-matter-broken", Late("front_matter.front_matter_broken", "observe_source")),
    SourceCheck(
        "front-matter-doubled", Late("front_matter.front_matter_doubled", "observe_source")
    ),
    SourceCheck("title-whitespace", Late("front_matter.title_whitespace", "observe_source")),
)
