"""Every example of every check's page, run through all checks: see bilint.checks.pages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from two_pages import PROFILE, beside

from bilint.checks.base import Context, Corpus, PageVerdict
from bilint.checks.engine import Results, run_corpus, run_pair, run_source
from bilint.checks.pages import SECTIONS, CheckPage, Example, Fence, page_text, read_page
from bilint.checks.registry import BY_ID, select
from bilint.engines.language import SeededJudge
from bilint.engines.similarity import ChrfSimilarity
from bilint.model.alignment import (
    AlignedPair,
    Basis,
    DroppedShare,
    FakeRefresh,
    PageStatus,
    Past,
    SegmentPair,
)
from bilint.model.anchors import anchors
from bilint.model.config import Limits, Settings
from bilint.model.document import Document
from bilint.model.evidence import Evidence, Rendering, Spread, Usage
from bilint.model.finding import Finding
from bilint.model.label import Label
from bilint.model.page import Header, Page
from bilint.model.term import Term
from bilint.pairing import pair_locale
from bilint.readers.catalogue import read_catalogue, read_terms
from bilint.readers.markdown import read_document
from bilint.readers.page import read_header
from bilint.refresh import refreshed

LIMITS = Limits()
PATH = "help/page.md"


def pages() -> list[CheckPage]:
    return [
        read_page(page_text(check.family, check.id), f"{check.id}.md") for check in BY_ID.values()
    ]


EXAMPLES = [(page.check, example) for page in pages() for example in page.examples]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.check)
def test_a_check_page_tells_what_it_must(page: CheckPage) -> None:
    assert tuple(page.sections) == SECTIONS
    claims = [claim.check for one in page.examples for f in one.fences for claim in f.claims]
    assert page.check in claims, "a bad example"
    assert any(example.claims == 0 for example in page.examples), "a good example"


def test_every_page_belongs_to_a_check_of_the_registry() -> None:
    folder = Path(read_page.__code__.co_filename).parent
    there = {path.stem.replace("_", "-") for path in folder.glob("*/*.md")}
    assert there == set(BY_ID)


@pytest.mark.parametrize(
    "example",
    [example for _check, example in EXAMPLES],
    ids=[f"{c}: {e.title}" for c, e in EXAMPLES],
)
def test_examples_yield_exactly_what_they_claim(example: Example) -> None:
    found = sorted(observed(example), key=str)
    claimed = sorted(demanded(example), key=str)
    assert found == claimed


Place = tuple[str, str, int, str, str, str]
"""Side or locale, path, line, check, subject, severity (empty where it is not claimed)."""


def demanded(example: Example) -> list[Place]:
    return [
        (
            fence.locale or "source",
            fence.options.get("path", PATH),
            claim.line,
            claim.check,
            claim.subject,
            claim.severity or "",
        )
        for fence in example.fences
        for claim in fence.claims
    ]


def observed(example: Example) -> list[Place]:
    severe = {place[:5] for place in demanded(example) if place[5]}
    places = []
    for finding in findings(example):
        place = (
            finding.locale or "source",
            finding.path,
            finding.line,
            finding.check,
            finding.subject,
        )
        places.append((*place, finding.severity.value if place in severe else ""))
    return places


def findings(example: Example) -> list[Finding]:
    settings = {
        key: value
        for fence in example.fences
        if fence.role == "settings"
        for key, value in tomllib.loads(fence.text).items()
    }
    selection = select(Settings(**settings))
    sources = {path(fence): fence for fence in role(example, "source")}
    found: list[Finding] = []
    for fence in sources.values():
        results = run_source(page(fence), selection.source, PROFILE, None, selection.options)
        found += checked(results)
    for locale in sorted({fence.locale or "" for fence in role(example, "target")}):
        targets = [fence for fence in role(example, "target") if fence.locale == locale]
        context = Context(
            PROFILE,
            SeededJudge(),
            ChrfSimilarity(),
            evidence=evidence(example, locale),
            labels=labels(example, locale),
            terms=terms(example, locale),
            human_share_floor=selection_floor(settings),
            site=FenceSite(example, "target", locale),
            source_site=FenceSite(example, "source", None),
        )
        pairing = pair_locale(
            locale,
            [header(fence) for fence in targets],
            [header(fence) for fence in sources.values()],
            profile=PROFILE,
        )
        partners = {
            pair.target.path: sources[pair.source.path] for pair in pairing.pairs if pair.source
        }
        for fence in targets:
            pair = aligned(example, fence, partners.get(path(fence)))
            found += checked(run_pair(pair, selection.checks, context, selection.options))
        corpus = Corpus(locale, pairing, {path(fence): verdict(fence) for fence in targets})
        standing = {path(fence): page(fence) for fence in targets}
        found += checked(
            run_corpus(corpus, selection.corpus, context, selection.options, standing.get)
        )
    return [finding for finding in found if finding.state.value == "open"]


class FenceSite:
    """The pages and files that the fences of an example tell of."""

    def __init__(self, example: Example, name: str, locale: str | None) -> None:
        self.pages = {path(fence): fence for fence in role(example, name) if fence.locale == locale}
        self.files = {
            line
            for fence in role(example, "files")
            if fence.locale == locale
            for line in fence.text.splitlines()
        } | set(self.pages)

    def exists(self, path: str) -> bool:
        return path in self.files or any(one.startswith(f"{path}/") for one in self.files)

    def anchors(self, path: str) -> frozenset[str] | None:
        fence = self.pages.get(path)
        return None if fence is None else anchors(document(fence))


def checked(results: Results) -> tuple[Finding, ...]:
    assert results.incidents == ()
    return results.findings


def role(example: Example, name: str, *, before: bool = False) -> list[Fence]:
    return [fence for fence in example.fences if fence.role == name and fence.before is before]


def path(fence: Fence) -> str:
    return fence.options.get("path", PATH)


def selection_floor(settings: Mapping[str, object]) -> float | None:
    floor = settings.get("human_share_floor")
    return float(floor) if isinstance(floor, int | float) else None


def header(fence: Fence) -> Header:
    return read_header(path(fence), str(fence.line), fence.text.encode(), PROFILE, LIMITS)


def document(fence: Fence) -> Document:
    return read_document(fence.text.encode(), PROFILE, LIMITS)


def page(fence: Fence) -> Page:
    return Page(path(fence), "", document(fence), header(fence).provenance)


def verdict(fence: Fence) -> PageVerdict:
    reason = fence.options.get("base")
    return PageVerdict(PageStatus.UNKNOWN if reason else PageStatus.CURRENT, reason)


def aligned(example: Example, fence: Fence, source: Fence | None) -> AlignedPair:
    target = page(fence)
    locale = fence.locale or ""
    if source is None:
        alone = tuple(SegmentPair(None, segment) for segment in target.document.segments)
        return AlignedPair(locale, target, None, Basis.NOTHING, alone)
    base = page(source)
    return AlignedPair(
        locale,
        target,
        base,
        Basis.HEAD if "base" in fence.options else Basis.BASE,
        beside(base.document, target.document),
        None,
        past(example, fence, base, target),
    )


def past(example: Example, fence: Fence, base: Page, target: Page) -> Past:
    targets = [
        page(one)
        for one in role(example, "target", before=True)
        if one.locale == fence.locale and path(one) == path(fence)
    ]
    if not targets:
        return Past(known=True)
    before = targets[0]
    text = "\n\n".join(segment.text for segment in before.document.segments)
    was, now = before.provenance.ht_degree, target.provenance.ht_degree
    dropped = None
    if was is not None and now is not None and now < was:
        dropped = DroppedShare(was, "0" * 40, text)
    refresh = None
    for old in role(example, "source", before=True):
        segments = refreshed(document(old), base.document, before.document, target.document)
        if segments:
            refresh = FakeRefresh(before.provenance.pin or "", "0" * 40, segments, text)
    return Past(True, dropped, refresh)


def evidence(example: Example, locale: str) -> Evidence | None:
    for fence in role(example, "evidence"):
        if fence.locale == locale:
            return evidence_of(locale, tomllib.loads(fence.text))
    return None


def rendering_of(said: int | list[Any]) -> Rendering:
    return Rendering(said) if isinstance(said, int) else Rendering(said[0], tuple(said[1:]))


def evidence_of(locale: str, said: Mapping[str, Any]) -> Evidence:
    """Evidence as a fence writes it: a rendering by its count (and places), a usage by two."""
    renderings = {
        key: {
            text: {way: rendering_of(count) for way, count in ways.items()}
            for text, ways in said[key].items()
        }
        for key in ("labels", "terms", "repeats", "alike")
        if key in said
    }
    names, lengths = said.get("names"), said.get("lengths")
    return Evidence(
        locale,
        tuple(sorted(float(one) for one in said.get("machine_words", ()))),
        names=None if names is None else {name: Usage(*counts) for name, counts in names.items()},
        lengths=None if lengths is None else {key: Spread(*one) for key, one in lengths.items()},
        quotes=said.get("quotes"),
        **renderings,
    )


def labels(example: Example, locale: str) -> Mapping[str, Label] | None:
    for fence in role(example, "ui"):
        if fence.locale == locale:
            return read_catalogue(fence.text.encode(), "ui.po").labels
    return None


def terms(example: Example, locale: str) -> Mapping[str, Term] | None:
    for fence in role(example, "terms"):
        if fence.locale == locale:
            return read_terms(fence.text.encode(), "terms.po").terms
    return None
