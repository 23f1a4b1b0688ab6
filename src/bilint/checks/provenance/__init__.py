"""Provenance: where a translation comes from, and what its page says of that."""

from __future__ import annotations

from bilint.checks.base import AuditCheck, Check, CorpusCheck, Late, Need
from bilint.model.finding import Confidence, Family, Severity

CHECKS: tuple[Check, ...] = (
    Check(
        id="ht-degree-dropped",
        family=Family.PROVENANCE,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        summary="People had translated more of this page in an earlier version",
        observe=Late("provenance.ht_degree_dropped"),
        needs=frozenset((Need.HISTORY,)),
    ),
    Check(
        id="ht-degree-false",
        family=Family.PROVENANCE,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        summary="The page claims more work of people than can be in it",
        observe=Late("provenance.ht_degree_false"),
        needs=frozenset((Need.SOURCE,)),
    ),
    Check(
        id="ht-degree-low",
        family=Family.PROVENANCE,
        severity=Severity.INFO,
        confidence=Confidence.HIGH,
        summary="People have translated little of this page, compared with its locale",
        observe=Late("provenance.ht_degree_low"),
        uses=frozenset((Need.EVIDENCE,)),
    ),
    Check(
        id="pin-fake-refresh",
        family=Family.PROVENANCE,
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        summary="The pin was advanced, and the translation of a changed segment stayed as it was",
        observe=Late("provenance.pin_fake_refresh"),
        needs=frozenset((Need.BASE, Need.HISTORY)),
    ),
    Check(
        id="pin-malformed",
        family=Family.PROVENANCE,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        summary="The page names a source version that is no commit id",
        observe=Late("provenance.pin_malformed"),
    ),
)

CORPUS_CHECKS: tuple[CorpusCheck, ...] = (
    CorpusCheck(
        id="id-duplicate",
        family=Family.PROVENANCE,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        summary="Several pages of one locale bear the same id",
        observe=Late("provenance.id_duplicate"),
    ),
    CorpusCheck(
        id="pin-unknown",
        family=Family.PROVENANCE,
        severity=Severity.WARNING,
        confidence=Confidence.HIGH,
        summary="Pages name source versions that cannot be found; told once a locale",
        observe=Late("provenance.pin_unknown"),
    ),
)

AUDIT_CHECKS: tuple[AuditCheck, ...] = (
    AuditCheck(
        id="suppression-unused",
        family=Family.PROVENANCE,
        severity=Severity.INFO,
        confidence=Confidence.HIGH,
        summary="A comment for Bilint silences nothing, or cannot be understood",
        observe=Late("provenance.suppression_unused"),
    ),
)
