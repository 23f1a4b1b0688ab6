"""The repairs that checks offer, made on the examples of every check's page."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_check_pages import EXAMPLES, LIMITS, findings, path, role
from two_pages import PROFILE

from bilint.checks.pages import Example, Fence
from bilint.desk.fix import FixedPage, Wanted, fix_page
from bilint.desk.pages import OpenPage
from bilint.edits import difference_elsewhere, edit_of
from bilint.fixes import compare_findings, known_fixes
from bilint.model.alignment import AlignedPair, Basis, Judgement
from bilint.model.finding import Finding
from bilint.model.page import Page
from bilint.model.pair import Pair
from bilint.readers.markdown import read_document
from bilint.readers.page import read_header
from examples import examples

# What checks of the whole corpus find is no part of a page on the desk.
CORPUS = frozenset(("id-duplicate", "suppression-unused"))


class ExampleDesk:
    """A desk on which one target of an example lies."""

    def __init__(self, example: Example, fence: Fence) -> None:
        self.example = example
        self.fence = fence
        self.order: Any = sorted
        self.data = fence.text.encode()
        self._found: dict[bytes, list[Finding]] = {}

    def open(self, locale: str, path: str) -> OpenPage:
        return self._page(self.data)

    def recheck(self, locale: str, path: str, data: bytes) -> OpenPage:
        self.data = data
        return self._page(data)

    def _page(self, data: bytes) -> OpenPage:
        now = self.fence._replace(text=data.decode())
        if data not in self._found:
            fences = tuple(now if one is self.fence else one for one in self.example.fences)
            self._found[data] = [
                one
                for one in findings(self.example._replace(fences=fences))
                if one.locale == self.fence.locale and one.path == path(now)
                if one.check not in CORPUS
            ]
        found = self._found[data].copy()
        head = read_header(path(now), "", data, PROFILE, LIMITS)
        target = Page(path(now), "", read_document(data, PROFILE, LIMITS), head.provenance)
        locale = self.fence.locale or ""
        return OpenPage(
            Pair(locale, head, None, None),
            None,  # type: ignore[arg-type]
            AlignedPair(locale, target, None, Basis.NOTHING, ()),
            Judgement(None),  # type: ignore[arg-type]
            None,
            tuple(self.order(found, key=lambda one: (one.span, one.check, one.subject))),
        )


CASES = [
    (check, example, fence)
    for check, example in EXAMPLES
    for fence in role(example, "target")
    if fence.claims
]


def fixed(desk: ExampleDesk, *, unsafe: bool) -> FixedPage:
    return fix_page(desk, desk.open("", ""), Wanted(None, unsafe))  # type: ignore[arg-type]


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize(
    ("example", "fence"),
    [case[1:] for case in CASES],
    ids=[f"{check}: {example.title} {fence.locale}" for check, example, fence in CASES],
)
def test_after_a_repair_the_finding_is_gone_and_none_has_come(
    example: Example, fence: Fence, unsafe: bool
) -> None:
    desk = ExampleDesk(example, fence)
    before = desk.open("", "")
    page = fixed(desk, unsafe=unsafe)
    after = desk.open("", "")
    assert page.after == after.data
    assert len(after.findings) <= len(before.findings) - len(page.fixed)
    assert bool(page.fixed) == (page.before != page.after)
    again = fixed(desk, unsafe=unsafe)
    assert again.fixed == ()
    assert again.after == page.after
    if len(page.fixed) == 1:
        (finding,) = page.fixed
        assert finding.suggestion is not None
        edit = edit_of(finding.path, before.data, finding.span, finding.suggestion.text)
        assert page.after == (
            before.data[: finding.span.start]
            + finding.suggestion.text.encode()
            + before.data[finding.span.end :]
        )
        assert difference_elsewhere(before.document, after.document, [edit]) is None


@given(data=st.data())
@examples(60)
def test_the_order_of_findings_does_not_matter(data: st.DataObject) -> None:
    _check, example, fence = data.draw(st.sampled_from(CASES))
    desk, other = ExampleDesk(example, fence), ExampleDesk(example, fence)
    seed = data.draw(st.randoms(use_true_random=False))

    def shuffled(found: list[Finding], key: object) -> list[Finding]:
        seed.shuffle(found)
        return found

    other.order = shuffled
    assert fixed(desk, unsafe=True).after == fixed(other, unsafe=True).after


@given(data=st.data())
@examples(60)
def test_line_ends_stay_what_they_are(data: st.DataObject) -> None:
    _check, example, fence = data.draw(st.sampled_from(CASES))
    crlf = fence._replace(text=fence.text.replace("\n", "\r\n"))
    fences = tuple(crlf if one is fence else one for one in example.fences)
    page = fixed(ExampleDesk(example._replace(fences=fences), crlf), unsafe=True)
    assert page.after.count(b"\n") == page.after.count(b"\r\n") == page.after.count(b"\r")


def test_what_is_offered_on_the_pages_of_the_checks_can_be_made() -> None:
    """But for one: a mark taken for itself, while the rest of its block stays escaped."""
    refused: dict[str, list[str]] = {}
    repaired: dict[str, int] = {}
    for _check, example, fence in CASES:
        page = fixed(ExampleDesk(example, fence), unsafe=True)
        for one in page.fixed:
            repaired[one.check] = repaired.get(one.check, 0) + 1
        for left in page.refused:
            refused.setdefault(left.finding.check, []).append(left.reason)
    assert [(check, len(reasons)) for check, reasons in refused.items()] == [("alert-altered", 1)]
    assert "come or go" in refused["alert-altered"][0]
    assert repaired.keys() >= {"emphasis-broken", "link-text-lost", "front-matter-value-altered"}


def test_findings_are_told_apart_by_place_and_subject() -> None:
    _check, example, fence = next(case for case in CASES if case[0] == "double-space")
    page = ExampleDesk(example, fence).open("", "")
    from bilint.edits import Shift

    nothing = Shift(page.data, ())
    same = compare_findings(page.findings, page.findings, page.findings, nothing)
    assert set(map(id, same.remained)) == set(map(id, page.findings))
    assert same.new == ()
    assert compare_findings((), page.findings, (), nothing).new == page.findings
    fixes = known_fixes(page.findings, page.data, unsafe=True)
    assert fixes
    assert known_fixes(page.findings, page.data, unsafe=True, checks={"no-such"}) == []


@pytest.mark.parametrize(
    ("check", "title", "repaired"),
    [
        (
            "link-text-lost",
            "The words stand before it, as they are",
            "Questo corregge finalmente [beacon/data-hub#27](https://git.example.com/27).\n\n"
            "Vedi [beacon#31](https://git.example.com/31), [beacon#32](https://git.example.com/32)"
            " e il resto.\n",
        ),
        (
            "emphasis-broken",
            "A bracket before the closing marks, a letter after them",
            "**데이터 허브(Beacon)**&#x200B;는 필수입니다.\n",
        ),
    ],
)
def test_the_repair_is_what_a_translator_would_make(check: str, title: str, repaired: str) -> None:
    case = next(case for case in CASES if case[0] == check and case[1].title == title)
    assert fixed(ExampleDesk(*case[1:]), unsafe=False).after.decode() == repaired
