"""Whole pages in eleven languages as people translate them, and defects planted in them.

`languages/<page>/en.md` is the source, `languages/<page>/<locale>.md` a good translation: no check
may say anything of it. `languages/defects/<locale>.toml` plants one defect after another: `finds`
names the checks that must tell of it, and no others may. Where it is empty, nothing sees it yet.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
from two_pages import PROFILE, beside

from bilint.checks.base import EVIDENCE_NEEDS, Context
from bilint.checks.engine import run_pair
from bilint.checks.registry import select
from bilint.engines.language import SeededJudge
from bilint.engines.similarity import ChrfSimilarity
from bilint.learning.gather import bitext
from bilint.learning.learn import learn
from bilint.model.alignment import AlignedPair, Basis, Past
from bilint.model.config import Limits, Settings
from bilint.model.evidence import Evidence
from bilint.model.finding import Finding
from bilint.model.page import Page
from bilint.readers.markdown import read_document
from bilint.readers.page import read_header

FOLDER = Path(__file__).parent / "languages"
PAGES = sorted(one.parent.name for one in FOLDER.glob("*/en.md"))
LOCALES = sorted({one.stem for one in FOLDER.glob("*/*.md")} - {"en"})
LIMITS = Limits()
SELECTION = select(Settings())


def page(name: str, data: bytes) -> Page:
    path = f"help/{name}.md"
    header = read_header(path, "", data, PROFILE, LIMITS)
    return Page(path, "", read_document(data, PROFILE, LIMITS), header.provenance)


@cache
def source(name: str) -> Page:
    return page(name, (FOLDER / name / "en.md").read_bytes())


def translation(name: str, locale: str) -> str:
    return (FOLDER / name / f"{locale}.md").read_text(encoding="utf-8")


def pair(name: str, locale: str, text: str) -> AlignedPair:
    base, target = source(name), page(name, text.encode())
    segments = beside(base.document, target.document)
    return AlignedPair(locale, target, base, Basis.BASE, segments, None, Past(known=True))


@cache
def good(locale: str) -> dict[str, AlignedPair]:
    here = [name for name in PAGES if (FOLDER / name / f"{locale}.md").exists()]
    return {name: pair(name, locale, translation(name, locale)) for name in here}


@cache
def evidence(locale: str) -> Evidence:
    pairs = good(locale).values()
    return learn(locale, [one.target for one in pairs], [bitext(one) for one in pairs])


def found(one: AlignedPair, learnt: Evidence | None) -> tuple[Finding, ...]:
    context = Context(PROFILE, SeededJudge(), ChrfSimilarity(), evidence=learnt)
    results = run_pair(one, SELECTION.checks, context, SELECTION.options)
    assert results.incidents == ()
    return results.findings


def told(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{one.path}:{one.line} {one.check}: {one.message}" for one in findings]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_good_translation_has_no_finding(locale: str) -> None:
    for one in good(locale).values():
        assert told(found(one, None)) == []
        assert told(found(one, evidence(locale))) == []


class Asked:
    """Evidence that keeps in mind which of its fields are looked at."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self.fields: set[str] = set()

    def __getattr__(self, field: str) -> object:
        self.fields.add(field)
        return getattr(self._evidence, field)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_check_looks_at_no_evidence_but_what_it_names(locale: str) -> None:
    for check in SELECTION.checks:
        asked = Asked(evidence(locale))
        context = Context(
            PROFILE, SeededJudge(), ChrfSimilarity(), evidence=cast("Evidence", asked)
        )
        for one in good(locale).values():
            assert list(check.observe(one, context)) == []
        named = {EVIDENCE_NEEDS.get(need) for need in check.needs | check.uses | check.helped_by}
        assert asked.fields <= named | {"machine_words"}, check.id


def defects() -> list[tuple[str, dict[str, Any]]]:
    return [
        (file.stem, one)
        for file in sorted((FOLDER / "defects").glob("*.toml"))
        for one in tomllib.loads(file.read_text(encoding="utf-8"))["defect"]
    ]


@pytest.mark.parametrize(
    ("locale", "defect"), defects(), ids=[f"{locale}: {one['what']}" for locale, one in defects()]
)
def test_a_planted_defect_is_found_and_nothing_else(locale: str, defect: dict[str, Any]) -> None:
    text = translation(defect["page"], locale)
    assert defect["was"] in text
    damaged = text.replace(defect["was"], defect["now"], 1)
    findings = found(pair(defect["page"], locale, damaged), evidence(locale))
    if defect["finds"]:
        assert sorted({one.check for one in findings}) == defect["finds"], told(findings)
