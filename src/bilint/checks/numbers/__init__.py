"""Checks of numbers."""

from __future__ import annotations

from bilint.checks.base import TEXT_LOST, Check, Late, Need
from bilint.model.finding import Confidence, Family, Severity

CHECKS: tuple[Check, ...] = (
    Check(
        id="number-added",
        family=Family.NUMBERS,
        severity=Severity.INFO,
        confidence=Confidence.MEDIUM,
        summary="The translation has a number that the source has in no form",
        observe=Late("numbers.number_added"),
        needs=frozenset((Need.BASE,)),
        yields_to=frozenset(("text-repeated",)),
    ),
    Check(
        id="number-altered",
        family=Family.NUMBERS,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="Where the source has one number, the translation has another",
        observe=Late("numbers.number_altered"),
        needs=frozenset((Need.BASE,)),
        yields_to=TEXT_LOST,
    ),
    Check(
        id="number-lost",
        family=Family.NUMBERS,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        summary="A number of the source is nowhere in the translation",
        observe=Late("numbers.number_lost"),
        needs=frozenset((Need.BASE,)),
        yields_to=TEXT_LOST
        | frozenset(("link-lost", "link-text-lost", "pipeline-error-text", "untranslated-segment")),
    ),
    Check(
        id="number-torn",
        family=Family.NUMBERS,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="The digits of a number stand apart in the translation",
        observe=Late("numbers.number_torn"),
        needs=frozenset((Need.BASE,)),
    ),
)
