"""Repairs on real pages: nothing beyond them changes, and a second run finds nothing to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_corpora import LOCALES, corpora, pytestmark, snapshot

from bilint.desk.fix import Wanted, fix_page
from bilint.desk.pages import Desk
from bilint.edits import Shift, apply, difference_elsewhere, edit_of
from bilint.fixes import known_fixes
from bilint.model.config import Limits, Location, Settings
from bilint.model.finding import Finding
from bilint.pipeline.request import Request, Wants
from bilint.profiles import profile
from bilint.readers.markdown import read_document
from examples import THOROUGH

__all__ = ["corpora", "pytestmark"]

DATES = ("2023-06-01", "2025-03-01", "2026-03-01", "HEAD")


def offering(desk: Desk) -> list[tuple[str, str]]:
    """The pages on which there is something to repair: `bilint fix` opens no others."""
    offered = known_fixes(desk.report.findings or (), b"", unsafe=True)
    return sorted({(one.finding.locale or "", one.finding.path) for one in offered})


def chosen(pages: list[tuple[str, str]], count: int) -> list[tuple[str, str]]:
    """So many pages from beginning to end, or all of them where time is no matter."""
    return pages if THOROUGH else pages[:: -(-len(pages) // count) or 1]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("date", DATES)
def test_repairs_of_real_pages(corpora: Path, locale: str, date: str) -> None:
    source = corpora / "blueprints-learn.en.git"
    target = corpora / f"blueprints-learn.{locale}.git"
    settings = Settings(
        source=Location(str(source), snapshot(source, date), "help"),
        targets={locale: Location(str(target), snapshot(target, date), "help")},
    )
    with Desk(Request(settings, Wants(findings=True), jobs=1)) as desk:
        for where, path in chosen(offering(desk), 12):
            before = desk.open(where, path)
            done = fix_page(desk, before, Wanted(unsafe=True))
            after = desk.open(where, path)
            assert after.data == done.after
            assert len(after.findings) <= len(before.findings) - len(done.fixed)
            assert bool(done.fixed) == (done.before != done.after)
            assert fix_page(desk, after, Wanted(unsafe=True)).fixed == ()


@pytest.mark.parametrize("locale", LOCALES)
def test_each_suggestion_alone_changes_its_place_alone(corpora: Path, locale: str) -> None:
    source = corpora / "blueprints-learn.en.git"
    target = corpora / f"blueprints-learn.{locale}.git"
    settings = Settings(
        source=Location(str(source), None, "help"),
        targets={locale: Location(str(target), None, "help")},
    )
    with Desk(Request(settings, Wants(findings=True), jobs=1)) as desk:
        for where, path in chosen(offering(desk), 40):
            page = desk.open(where, path)
            for finding in page.findings[:20]:
                _alone(page.data, finding)


def _alone(data: bytes, finding: Finding) -> None:
    if finding.suggestion is None:
        return
    edit = edit_of(finding.path, data, finding.span, finding.suggestion.text)
    done = apply(data, [edit])
    assert done.done == (edit,)
    shift = Shift(data, done.done)
    (now,) = shift.now
    assert done.data[: now.start] == data[: finding.span.start]
    assert done.data[now.end :] == data[finding.span.end :]
    kind = profile("experience-league")
    reads = [read_document(text, kind, Limits()) for text in (data, done.data)]
    assert difference_elsewhere(reads[0], reads[1], done.done) is None
