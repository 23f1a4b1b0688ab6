"""All checks there are: one visible list. A check that is not named here does not run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bilint.checks.base import AuditCheck, Check, CorpusCheck, SourceCheck
from bilint.checks.engine import Options
from bilint.checks.front_matter import (
    front_matter_broken,
    front_matter_value_altered,
    title_whitespace,
)
from bilint.checks.language import source_language_sentence, untranslated_segment
from bilint.checks.provenance import (
    ht_degree_dropped,
    ht_degree_low,
    id_duplicate,
    pin_fake_refresh,
    pin_malformed,
    pin_unknown,
    suppression_unused,
)
from bilint.checks.terms import (
    link_text_unlike_heading,
    term_divided,
    term_untranslated,
    term_unusual,
    translation_inconsistent,
)
from bilint.checks.tokens import (
    dnl_altered,
    token_broken,
    token_displaced,
    token_glued,
    uicontrol_dropped,
    uicontrol_untranslated,
)
from bilint.model.config import Settings

CHECKS: tuple[Check, ...] = (
    front_matter_broken.CHECK,
    front_matter_value_altered.CHECK,
    title_whitespace.CHECK,
    source_language_sentence.CHECK,
    untranslated_segment.CHECK,
    ht_degree_dropped.CHECK,
    ht_degree_low.CHECK,
    pin_fake_refresh.CHECK,
    pin_malformed.CHECK,
    link_text_unlike_heading.CHECK,
    term_divided.CHECK,
    term_untranslated.CHECK,
    term_unusual.CHECK,
    translation_inconsistent.CHECK,
    dnl_altered.CHECK,
    token_broken.CHECK,
    token_displaced.CHECK,
    token_glued.CHECK,
    uicontrol_dropped.CHECK,
    uicontrol_untranslated.CHECK,
)
"""Checks over one aligned pair, by family and then by id."""

CORPUS_CHECKS: tuple[CorpusCheck, ...] = (
    id_duplicate.CHECK,
    pin_unknown.CHECK,
)
"""Checks over all pages of a locale."""

AUDIT_CHECKS: tuple[AuditCheck, ...] = (suppression_unused.CHECK,)
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
    front_matter_broken.SOURCE_CHECK,
    title_whitespace.SOURCE_CHECK,
    token_broken.SOURCE_CHECK,
)

SOURCE_CHECKS: tuple[SourceCheck, ...] = tuple(_source_part(check) for check in _SOURCE_PARTS)
"""What is looked for in the source pages themselves, each the part of a check above."""


class Selection(NamedTuple):
    """What runs under some settings, and how."""

    checks: tuple[Check, ...]
    corpus: tuple[CorpusCheck, ...]
    source: tuple[SourceCheck, ...]
    options: Options


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
