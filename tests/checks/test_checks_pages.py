"""The format of check pages: what is read, and what is refused with file and line."""

from __future__ import annotations

import pytest

from bilint.checks.pages import SECTIONS, Claim, PageError, page_text, read_page, take_claims

PROSE = "\n".join(f"## {section}\n\nProse of {section}.\n" for section in SECTIONS)


def page(examples: str) -> str:
    return f"# some-check\n\n{PROSE}\n{examples}"


FIRST = page("").count("\n") + 1
"""The line on which the examples of `page` begin."""


def test_sections_and_examples_are_read() -> None:
    read = read_page(
        page(
            "## A bad one\n"
            "Some words.\n"
            "```md source\n"
            "One.\n"
            "```\n"
            "```md target it-IT path=help/uno.md base=absent-commit\n"
            'Uno. <!-- finds: some-check "Uno" error -->\n'
            "```\n"
            "## A good one\n"
            "```md target it-IT before\n"
            "Prima.\n"
            "```\n"
        ),
        "page.md",
    )
    assert read.check == "some-check"
    assert read.sections == {section: f"Prose of {section}." for section in SECTIONS}
    bad, good = read.examples
    assert (bad.title, bad.claims, good.title, good.claims) == ("A bad one", 1, "A good one", 0)
    source, target = bad.fences
    assert (source.role, source.locale, source.text) == ("source", None, "One.\n")
    assert (target.role, target.locale, target.text) == ("target", "it-IT", "Uno.\n")
    assert target.options == {"path": "help/uno.md", "base": "absent-commit"}
    assert target.claims == (Claim(1, "some-check", "Uno", "error"),)
    assert (source.line, target.line) == (FIRST + 2, FIRST + 5)
    assert good.fences[0].before


def test_a_fence_may_hold_a_fence() -> None:
    read = read_page(page("## Code\n````md source\n```sh\nls\n```\n````\n"), "page.md")
    assert read.examples[0].fences[0].text == "```sh\nls\n```\n"


def test_catalogue_settings_and_evidence_have_their_language() -> None:
    read = read_page(
        page(
            '## All\n```po ui it-IT\nmsgid "a"\n```\n```toml settings\na = 1\n```\n'
            "```toml evidence ko-KR\nb = 2\n```\n"
        ),
        "page.md",
    )
    assert [(fence.role, fence.locale) for fence in read.examples[0].fences] == [
        ("ui", "it-IT"),
        ("settings", None),
        ("evidence", "ko-KR"),
    ]


def test_claims_are_taken_out_with_one_blank_before_them() -> None:
    text, claims = take_claims(
        'a <!-- finds: one "x" --> <!-- finds: two "y \\"z\\"" info -->\n'
        "title: b  <!-- finds: three -->\n"
        "<!-- a comment -->\n"
    )
    assert text == "a\ntitle: b \n<!-- a comment -->\n"
    assert claims == (
        Claim(1, "one", "x"),
        Claim(1, "two", 'y "z"', "info"),
        Claim(2, "three", ""),
    )


@pytest.mark.parametrize(
    ("examples", "message"),
    [
        ("## Odd\n", f"page.md:{FIRST}: the example 'Odd' has no fence"),
        ("## Odd\n```md source\nOne.\n", f"page.md:{FIRST + 1}: this fence is never closed"),
        ("## Odd\n```md\nOne.\n```\n", f"page.md:{FIRST + 1}: a fence says"),
        ("## Odd\n```po target it-IT\n```\n", f"page.md:{FIRST + 1}: a fence says"),
        ("## Odd\n```md target\nUno.\n```\n", f"page.md:{FIRST + 1}: the locale is missing"),
        ("## Odd\n```md target before\n```\n", f"page.md:{FIRST + 1}: the locale is missing"),
        ("## Odd\n```md source base=x\n```\n", f"page.md:{FIRST + 1}: 'base=x' is not understood"),
        ("## Odd\n```md source path\n```\n", f"page.md:{FIRST + 1}: 'path' is not understood"),
        (
            "## Odd\n```md source\nOne. <!-- finds: A -->\n```\n",
            f"page.md:{FIRST + 2}: a claim that cannot be read",
        ),
        (
            "## Odd\n```md source before\nOne.\nTwo. <!-- finds: a -->\n```\n",
            f"page.md:{FIRST + 3}: nothing is found here",
        ),
        ("# again\n", f"page.md:{FIRST}: a second title"),
    ],
)
def test_what_is_malformed_is_named_with_its_line(examples: str, message: str) -> None:
    with pytest.raises(PageError) as told:
        read_page(page(examples), "page.md")
    assert str(told.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "page.md:1: no title"),
        ("# a\n", "page.md:1: missing the section 'What it finds'"),
        ("# a\n## Why it matters\nWords.\n", "page.md:2: expected the section 'What it finds'"),
        ("# a\n## What it finds\n\n", "page.md:2: the section 'What it finds' is prose"),
    ],
)
def test_a_page_without_its_sections_is_refused(text: str, message: str) -> None:
    with pytest.raises(PageError) as told:
        read_page(text, "page.md")
    assert str(told.value).startswith(message)


def test_a_missing_page_says_where_it_should_be() -> None:
    with pytest.raises(FileNotFoundError, match=r"tokens.no_such_check\.md"):
        page_text("tokens", "no-such-check")
