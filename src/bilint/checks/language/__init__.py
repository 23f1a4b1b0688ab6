"""Checks of the language that a page is in."""

from __future__ import annotations

from bilint.checks.base import Check, Late, Need
from bilint.model.finding import Confidence, Family, Severity

CHECKS: tuple[Check, ...] = (
    Check(
        id="foreign-script",
        family=Family.LANGUAGE,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="Letters of a script that the language is not written in",
        observe=Late("language.foreign_script"),
        needs=frozenset((Need.SOURCE,)),
    ),
    Check(
        id="length-unlikely",
        family=Family.LANGUAGE,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        summary="A translation is far shorter or longer than others of the locale",
        observe=Late("language.length_unlikely"),
        needs=frozenset((Need.BASE, Need.LENGTHS)),
        yields_to=frozenset(
            (
                "block-divided",
                "foreign-script",
                "page-truncated",
                "repetition-loop",
                "table-damaged",
                "text-repeated",
                "third-language",
                "untranslated-segment",
            )
        ),
    ),
    Check(
        id="machine-talk",
        family=Family.LANGUAGE,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="A machine speaks of its translation",
        observe=Late("language.machine_talk"),
    ),
    Check(
        id="negation-lost",
        family=Family.LANGUAGE,
        severity=Severity.INFO,
        confidence=Confidence.LOW,
        summary="A prohibition of the source may be lost",
        observe=Late("language.negation_lost"),
        needs=frozenset((Need.BASE,)),
        yields_to=frozenset(
            ("untranslated-segment", "source-language-sentence", "length-unlikely")
        ),
    ),
    Check(
        id="repetition-loop",
        family=Family.LANGUAGE,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="The same words stand three times in a row or more",
        observe=Late("language.repetition_loop"),
        yields_to=frozenset(("untranslated-segment",)),
    ),
    Check(
        id="sentence-lost",
        family=Family.LANGUAGE,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        summary="A sentence of the source may be missing",
        observe=Late("language.sentence_lost"),
        needs=frozenset((Need.BASE,)),
        yields_to=frozenset(
            (
                "block-divided",
                "block-lost",
                "length-unlikely",
                "list-damaged",
                "page-truncated",
                "page-wrong",
                "table-damaged",
                "untranslated-segment",
            )
        ),
    ),
    Check(
        id="source-fragment",
        family=Family.LANGUAGE,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        summary="Small words of the source language were left within a sentence",
        observe=Late("language.source_fragment"),
        yields_to=frozenset(("source-language-sentence", "table-damaged", "untranslated-segment")),
    ),
    Check(
        id="source-language-sentence",
        family=Family.LANGUAGE,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="A sentence was left in the source language among translated ones",
        observe=Late("language.source_language_sentence"),
        yields_to=frozenset(("untranslated-segment",)),
    ),
    Check(
        id="text-repeated",
        family=Family.LANGUAGE,
        severity=Severity.ERROR,
        confidence=Confidence.MEDIUM,
        summary="One text stands for two texts of the source that are not alike",
        observe=Late("language.text_repeated"),
        needs=frozenset((Need.BASE,)),
        yields_to=frozenset(("block-extra", "untranslated-segment")),
    ),
    Check(
        id="third-language",
        family=Family.LANGUAGE,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="A sentence is in a language that is neither the source's nor the page's own",
        observe=Late("language.third_language"),
        needs=frozenset((Need.SOURCE,)),
    ),
    Check(
        id="untranslated-segment",
        family=Family.LANGUAGE,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="A segment was left in the source language",
        observe=Late("language.untranslated_segment"),
        needs=frozenset((Need.SOURCE,)),
        yields_to=frozenset(("tab-untranslated",)),
    ),
    Check(
        id="words-merged",
        family=Family.LANGUAGE,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        summary="Two words that the source joins have become one, said twice",
        observe=Late("language.words_merged"),
        needs=frozenset((Need.BASE,)),
        yields_to=frozenset(("source-language-sentence", "third-language", "untranslated-segment")),
    ),
)
