"""All checks there are: one visible list. A check that is not named here does not run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bilint.checks.base import AuditCheck, Check, CorpusCheck, SourceCheck
from bilint.checks.code import (
    code_altered,
    code_block_altered,
    identifier_altered,
    placeholder_altered,
)
from bilint.checks.engine import Options
from bilint.checks.front_matter import (
    front_matter_broken,
    front_matter_doubled,
    front_matter_value_altered,
    text_value_missing,
    title_unlike_heading,
    title_whitespace,
    word_count_off,
)
from bilint.checks.language import (
    foreign_script,
    length_unlikely,
    machine_talk,
    negation_lost,
    repetition_loop,
    source_fragment,
    source_language_sentence,
    text_repeated,
    third_language,
    untranslated_segment,
)
from bilint.checks.links import (
    alt_text_damaged,
    anchor_altered,
    image_lost,
    link_broken,
    link_created,
    link_fragment_missing,
    link_lost,
    link_padded,
    link_relative_missing,
    link_target_altered,
    link_text_cut,
    link_text_lost,
)
from bilint.checks.numbers import number_added, number_altered, number_lost, number_torn
from bilint.checks.provenance import (
    ht_degree_dropped,
    ht_degree_false,
    ht_degree_low,
    id_duplicate,
    pin_fake_refresh,
    pin_malformed,
    pin_unknown,
    suppression_unused,
)
from bilint.checks.structure import (
    block_divided,
    block_extra,
    block_lost,
    block_moved,
    fence_altered,
    heading_altered,
    html_altered,
    list_damaged,
    merge_conflict,
    page_emptied,
    page_truncated,
    page_wrong,
    quote_altered,
    table_damaged,
)
from bilint.checks.terms import (
    label_unlike_catalogue,
    name_glued,
    name_in_capitals,
    name_lost,
    name_misspelt,
    name_translated,
    term_banned,
    term_demanded,
)
from bilint.checks.tokens import (
    alert_altered,
    attributes_altered,
    dnl_altered,
    label_boundary,
    pipeline_error_text,
    placeholder_leaked,
    tab_name_translated,
    tab_untranslated,
    task_box_eaten,
    token_broken,
    token_displaced,
    token_glued,
    uicontrol_dropped,
    uicontrol_untranslated,
    variable_altered,
)
from bilint.checks.typography import (
    double_space,
    doubled_punctuation,
    east_punctuation,
    emphasis_broken,
    french_spacing,
    invisible_character,
    marks_unbalanced,
    quotes_mixed,
    repeated_word,
    space_before_punctuation,
    text_damaged,
    text_escaped,
)
from bilint.model.config import Settings

CHECKS: tuple[Check, ...] = (
    code_altered.CHECK,
    code_block_altered.CHECK,
    identifier_altered.CHECK,
    placeholder_altered.CHECK,
    front_matter_broken.CHECK,
    front_matter_doubled.CHECK,
    front_matter_value_altered.CHECK,
    text_value_missing.CHECK,
    title_unlike_heading.CHECK,
    title_whitespace.CHECK,
    word_count_off.CHECK,
    foreign_script.CHECK,
    length_unlikely.CHECK,
    machine_talk.CHECK,
    negation_lost.CHECK,
    repetition_loop.CHECK,
    source_fragment.CHECK,
    source_language_sentence.CHECK,
    text_repeated.CHECK,
    third_language.CHECK,
    untranslated_segment.CHECK,
    alt_text_damaged.CHECK,
    anchor_altered.CHECK,
    image_lost.CHECK,
    link_broken.CHECK,
    link_created.CHECK,
    link_fragment_missing.CHECK,
    link_lost.CHECK,
    link_padded.CHECK,
    link_relative_missing.CHECK,
    link_target_altered.CHECK,
    link_text_cut.CHECK,
    link_text_lost.CHECK,
    number_added.CHECK,
    number_altered.CHECK,
    number_lost.CHECK,
    number_torn.CHECK,
    ht_degree_dropped.CHECK,
    ht_degree_false.CHECK,
    ht_degree_low.CHECK,
    pin_fake_refresh.CHECK,
    pin_malformed.CHECK,
    block_divided.CHECK,
    block_extra.CHECK,
    block_lost.CHECK,
    block_moved.CHECK,
    fence_altered.CHECK,
    heading_altered.CHECK,
    html_altered.CHECK,
    list_damaged.CHECK,
    merge_conflict.CHECK,
    page_emptied.CHECK,
    page_truncated.CHECK,
    page_wrong.CHECK,
    quote_altered.CHECK,
    table_damaged.CHECK,
    alert_altered.CHECK,
    attributes_altered.CHECK,
    dnl_altered.CHECK,
    label_boundary.CHECK,
    pipeline_error_text.CHECK,
    placeholder_leaked.CHECK,
    tab_name_translated.CHECK,
    tab_untranslated.CHECK,
    task_box_eaten.CHECK,
    token_broken.CHECK,
    token_displaced.CHECK,
    token_glued.CHECK,
    uicontrol_dropped.CHECK,
    uicontrol_untranslated.CHECK,
    variable_altered.CHECK,
    label_unlike_catalogue.CHECK,
    name_glued.CHECK,
    name_in_capitals.CHECK,
    name_lost.CHECK,
    name_misspelt.CHECK,
    name_translated.CHECK,
    term_banned.CHECK,
    term_demanded.CHECK,
    double_space.CHECK,
    doubled_punctuation.CHECK,
    east_punctuation.CHECK,
    emphasis_broken.CHECK,
    french_spacing.CHECK,
    invisible_character.CHECK,
    marks_unbalanced.CHECK,
    quotes_mixed.CHECK,
    repeated_word.CHECK,
    space_before_punctuation.CHECK,
    text_damaged.CHECK,
    text_escaped.CHECK,
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
    front_matter_doubled.SOURCE_CHECK,
    title_whitespace.SOURCE_CHECK,
    link_fragment_missing.SOURCE_CHECK,
    merge_conflict.SOURCE_CHECK,
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
