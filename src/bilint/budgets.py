"""Whether locales keep to the budgets of the settings."""

# os.path, because a hook has no time for the import of pathlib.
# ruff: noqa: PTH119

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from bilint.figures import human_share, open_ones
from bilint.model.alignment import PageStatus
from bilint.model.config import Settings
from bilint.model.finding import Finding, Severity
from bilint.model.gate import BudgetResult
from bilint.model.report import PageResult
from bilint.readers.settings import SETTINGS_FILE


def judge_budgets(
    settings: Settings,
    locales: Iterable[str],
    pages: Sequence[PageResult],
    findings: Sequence[Finding] | None,
) -> tuple[BudgetResult, ...]:
    """Every limit that is set, beside its value, by locale. `pages` are all of these locales.

    Without findings, limits of findings are left out: nobody looked.
    """
    results: list[BudgetResult] = []
    where = os.path.basename(settings.path or SETTINGS_FILE)
    for locale in sorted(locales):
        budget = settings.budget_of(locale)
        ours = [page for page in pages if page.locale == locale]
        values: list[tuple[str, float | None, float | None]] = [
            ("max_stale_words", budget.max_stale_words, stale_words(ours)),
            ("min_human_share", budget.min_human_share, human_share(ours)),
        ]
        if findings is not None:
            errors = _errors(locale, findings)
            values.append(("max_errors", budget.max_errors, errors))
        results += (
            BudgetResult(locale, name, limit, value, where)
            for name, limit, value in values
            if limit is not None
        )
    return tuple(results)


def _errors(locale: str, findings: Iterable[Finding]) -> int:
    return sum(
        one.locale == locale and one.severity is Severity.ERROR for one in open_ones(findings)
    )


def stale_words(pages: Iterable[PageResult]) -> int:
    """Source words that translated pages are behind; those of untranslated pages do not count."""
    return sum(
        page.words_to_do or 0 for page in pages if page.status is not PageStatus.UNTRANSLATED
    )
