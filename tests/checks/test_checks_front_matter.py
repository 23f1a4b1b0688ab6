"""What the pages of the front-matter checks cannot show: bytes, line ends, exact edits."""

from __future__ import annotations

import pytest

from bilint.checks.base import Context
from bilint.checks.engine import run_pair
from bilint.checks.registry import CHECKS as ALL_CHECKS
from bilint.model.alignment import AlignedPair, Basis, Past
from bilint.model.config import Limits
from bilint.model.document import Document
from bilint.model.finding import Confidence, Finding, Severity
from bilint.model.page import Page
from bilint.profiles import profile
from bilint.readers.front_matter import read_front_matter
from bilint.readers.markdown import read_document


class Silent:
    def judge(self, text: str, languages: tuple[str, ...]) -> None:
        return None

    def chrf(self, hypothesis: str, reference: str) -> float:
        return 0.0


PROFILE = profile("experience-league")
CONTEXT = Context(PROFILE, Silent(), Silent())
IDS = {"front-matter-broken", "front-matter-value-altered", "title-whitespace"}
CHECKS = tuple(check for check in ALL_CHECKS if check.id in IDS)


def findings(target: bytes, source: bytes | None = None) -> tuple[Finding, ...]:
    def page(data: bytes) -> Page:
        return Page("help/a.md", "", read_document(data, PROFILE, Limits()))

    pair = AlignedPair(
        "it-IT",
        page(target),
        None if source is None else page(source),
        Basis.NOTHING if source is None else Basis.BASE,
        (),
        None,
        Past(known=True),
    )
    results = run_pair(pair, CHECKS, CONTEXT)
    assert results.incidents == ()
    return results.findings


def block(*lines: str) -> bytes:
    return "\n".join(("---", *lines, "---", "", "Text.", "")).encode()


def test_a_page_that_is_not_utf_8_is_an_error_where_it_stops_being_so() -> None:
    (finding,) = findings(block("title: Uno") + b"caff\xe8\n")
    assert finding.check == "front-matter-broken"
    assert (finding.subject, finding.severity) == ("not-utf-8", Severity.ERROR)
    assert finding.line == 6


def test_a_page_above_the_limit_is_a_warning() -> None:
    data = block("title: Uno") + b"x" * Limits().page
    (finding,) = findings(data)
    assert (finding.subject, finding.severity) == ("too-large", Severity.WARNING)
    assert finding.confidence is Confidence.MEDIUM


def test_every_broken_key_is_told_on_its_own_line() -> None:
    told = findings(block("title: Uno", "a: b: c", "d: e", "f: g: h"))
    assert [(finding.line, finding.subject) for finding in told] == [(3, "yaml"), (5, "yaml")]


def test_a_source_broken_elsewhere_does_not_excuse_the_page() -> None:
    told = findings(block("title: Uno", "a: b: c"), block("title: One", "d: e: f", "a: b"))
    assert [(finding.line, finding.subject) for finding in told] == [(3, "yaml")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_blanks_after_a_title_are_found_whatever_ends_the_line(ending: str) -> None:
    data = block("title: Uno  ", "kt: 1").decode().replace("\n", ending).encode()
    (finding,) = findings(data)
    assert (finding.subject, finding.line, finding.column) == ("title: after", 2, 11)
    assert finding.text == "  "


@pytest.mark.parametrize(
    ("title", "mended"),
    [
        ('"Uno "', '"Uno"'),
        ("' Uno'", "'Uno'"),
        ("Uno  due", "Uno due"),
        ("Uno \u00a0due", "Uno\u00a0due"),
        ("Uno \u00a0", "Uno"),
        ("Uno ", "Uno"),
        ("Uno   due \t tre ", "Uno due tre"),
    ],
)
def test_the_offered_edits_mend_the_title_and_leave_nothing_to_say(title: str, mended: str) -> None:
    data = block(f"title: {title}", "kt: 1")
    told = findings(data)
    assert told
    for finding in reversed(told):
        assert finding.suggestion is not None
        assert finding.suggestion.safe
        start, end = finding.span
        data = data[:start] + finding.suggestion.text.encode() + data[end:]
    assert data == block(f"title: {mended}", "kt: 1")
    assert findings(data) == ()


def test_a_comment_after_a_title_is_no_blank_and_a_folded_title_is_left_alone() -> None:
    assert findings(block("title: Uno # nota")) == ()
    assert findings(block("title: >", "  Uno", "    due", "kt: 1")) == ()
    assert findings(block("title: Uno", "  due", "kt: 1")) == ()


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("hide: yes", "hide: true"),
        ("hide: No", 'hide: "false"'),
        ("kt:", "kt: null"),
        ("kt: ~", "kt:"),
        ("kt:", "other: 1"),
        ("jira: 0123", "jira: '0123'"),
        ("size: 5.0", "size: 5"),
        ("role: A, B", "role: [B, A]"),
        ("role: [A, B]", "role:\n- B\n- A"),
        ("role: A", "role: [A]"),
        ("map: {a: 1, b: 2}", "map:\n  b: '2'\n  a: 1"),
        ("map: {a: 1, b: }", "map: {a: 1}"),
        ("on: 2025-01-02", "on: 2025-01-02T00:00:00Z"),
        ("url: https://example.com/en/a", "url: https://example.com/it/a?lang=it"),
        ("url: /en-us/a", "url: /it-it/a"),
        ("title: One", "title: Uno"),
        ('badge: label="New"', 'badge: label="Nuovo"'),
        ("text: a  b", "text: a b"),
    ],
)
def test_the_same_value_written_in_another_way_is_no_change(source: str, target: str) -> None:
    assert findings(block(target), block(source)) == ()


@pytest.mark.parametrize(
    ("source", "target", "confidence"),
    [
        ("role: Developer", "role: Sviluppatore", Confidence.MEDIUM),
        ("exl-id: a b", "exl-id: a c", Confidence.HIGH),
        ("jira: KT-12", "jira: KT-13", Confidence.HIGH),
        ("jira: 012", "jira: 12", Confidence.HIGH),
        ("hide: yes", "hide: no", Confidence.MEDIUM),
        ("role: [A, B]", "role: [A]", Confidence.MEDIUM),
        ("url: https://example.com/en/a", "url: https://example.com/it/b", Confidence.HIGH),
        ("kt: 7", "kt: null", Confidence.HIGH),
        ("map: {a: x}", "map: {a: y}", Confidence.MEDIUM),
    ],
)
def test_another_value_is_a_change(source: str, target: str, confidence: Confidence) -> None:
    (finding,) = findings(block(target), block(source))
    assert finding.check == "front-matter-value-altered"
    assert finding.confidence is confidence
    assert finding.source is not None
    assert finding.source.line == 2
    assert finding.line == 2


def test_where_front_matter_is_broken_values_are_not_compared() -> None:
    told = findings(block("role: Sviluppatore", "a: b: c"), block("role: Developer"))
    assert [finding.check for finding in told] == ["front-matter-broken"]


def test_a_page_without_front_matter_is_not_compared() -> None:
    assert findings(b"Testo.\n", block("role: Developer")) == ()


def test_checks_take_a_document_that_nothing_was_read_of() -> None:
    empty = Document(b"", read_front_matter(b"", Limits()), ())
    page = Page("help/a.md", "", empty)
    pair = AlignedPair("it-IT", page, page, Basis.BASE, ())
    assert run_pair(pair, CHECKS, CONTEXT).findings == ()
