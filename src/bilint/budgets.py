"""Whether locales keep to the budgets of the settings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bilint.figures import human_share, open_ones
from bilint.model.alignment import PageStatus
from bilint.model.config import Settings
from bilint.model.finding import Finding, Severity
from bilint.model.gate import BudgetResult
from bilint.model.report import PageResult


def has_budgets(settings: Settings, locales: Iterable[str]) -> bool:
    """Whether any limit is set for one of these locales."""
    return any(limit is not None for locale in locales for limit in settings.budget_of(locale))


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
    for locale in sorted(locales):
        budget = settings.budget_of(locale)
        ours = [page for page in pages if page.locale == locale]
        if budget.max_stale_words is not None:
            words = stale_words(ours)
            results.append(BudgetResult(locale, "max_stale_words", budget.max_stale_words, words))
        if budget.min_human_share is not None:
            share = human_share(ours)
            results.append(BudgetResult(locale, "min_human_share", budget.min_human_share, share))
        if budget.max_errors is not None and findings is not None:
            errors = sum(
                one.locale == locale and one.severity is Severity.ERROR
                for one in open_ones(findings)
            )
            results.append(BudgetResult(locale, "max_errors", budget.max_errors, errors))
    return tuple(results)


def stale_words(pages: Iterable[PageResult]) -> int:
    """Source words that translated pages are behind; those of untranslated pages do not count."""
    return sum(
        page.words_to_do or 0 for page in pages if page.status is not PageStatus.UNTRANSLATED
    )
