"""All checks there are, family by family. What no family lists does not run."""

from __future__ import annotations

from collections.abc import Mapping

from bilint.checks import (
    code,
    front_matter,
    language,
    links,
    numbers,
    provenance,
    structure,
    terms,
    tokens,
    typography,
)
from bilint.checks.base import EVIDENCE_NEEDS, AuditCheck, Check, CorpusCheck, Need, SourceCheck
from bilint.checks.engine import Options
from bilint.model.config import Settings
from bilint.model.record import NamedTuple

CHECKS: tuple[Check, ...] = (
    *code.CHECKS,
    *front_matter.CHECKS,
    *language.CHECKS,
    *links.CHECKS,
    *numbers.CHECKS,
    *provenance.CHECKS,
    *structure.CHECKS,
    *tokens.CHECKS,
    *terms.CHECKS,
    *typography.CHECKS,
)
"""Checks over one aligned pair, by family and then by id."""

CORPUS_CHECKS: tuple[CorpusCheck, ...] = provenance.CORPUS_CHECKS
"""Checks over all pages of a locale."""

AUDIT_CHECKS: tuple[AuditCheck, ...] = provenance.AUDIT_CHECKS
"""Checks of what a page asks of Bilint."""

AnyCheck = Check | CorpusCheck | AuditCheck

_ALL: tuple[AnyCheck, ...] = (*CHECKS, *CORPUS_CHECKS, *AUDIT_CHECKS)

BY_ID: Mapping[str, AnyCheck] = {check.id: check for check in _ALL}
"""Every check by its id."""


def _source_part(check: SourceCheck) -> SourceCheck:
    of = BY_ID[check.id]
    if not isinstance(of, Check):
        raise TypeError(f"{check.id} is no check over pairs")
    return check._replace(of=of)


_SOURCE_PARTS: tuple[SourceCheck, ...] = (
    *front_matter.SOURCE_CHECKS,
    *links.SOURCE_CHECKS,
    *structure.SOURCE_CHECKS,
    *tokens.SOURCE_CHECKS,
)

SOURCE_CHECKS: tuple[SourceCheck, ...] = tuple(_source_part(check) for check in _SOURCE_PARTS)
"""What is looked for in the source pages themselves, each the part of a check above."""


class Selection(NamedTuple):
    """What runs under some settings, and how."""

    checks: tuple[Check, ...]
    corpus: tuple[CorpusCheck, ...]
    source: tuple[SourceCheck, ...]
    options: Options

    @property
    def evidence(self) -> frozenset[str]:
        """The fields of the evidence, but for what page heads tell, that its checks look at."""
        asked = [one.needs | one.uses | one.helped_by for one in self.checks]
        asked += [one.needs for one in self.corpus]
        needs = frozenset[Need]().union(*asked)
        return frozenset(field for need, field in EVIDENCE_NEEDS.items() if need in needs)

    @property
    def waiting(self) -> tuple[Check, ...] | None:
        """The checks that find something else with the same evidence than without it.

        A page without any of their marks, and whose source has none, need not wait for what
        other pages teach. None where one of them looks at that evidence on every page.
        """
        waiting = tuple(
            one
            for one in self.checks
            if not EVIDENCE_NEEDS.keys().isdisjoint(one.needs | one.uses | one.helped_by)
        )
        return waiting if all(one.marks for one in waiting) else None


def select(settings: Settings) -> Selection:
    """The checks that the settings leave on, and what they say of them."""
    off = {name for name, one in settings.checks.items() if not one.enabled}
    return Selection(
        tuple(check for check in CHECKS if check.id not in off),
        tuple(check for check in CORPUS_CHECKS if check.id not in off),
        tuple(check for check in SOURCE_CHECKS if check.id not in off),
        Options(
            severities={
                name: one.severity
                for name, one in settings.checks.items()
                if one.severity is not None
            },
            ignore=settings.ignore,
            audits=tuple(check for check in AUDIT_CHECKS if check.id not in off),
            known=frozenset(BY_ID),
        ),
    )
