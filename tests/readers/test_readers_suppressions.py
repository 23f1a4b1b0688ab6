"""Bilint's own comments: what they say, and that they leave no trace in the text."""

from __future__ import annotations

import pytest

from bilint.model.config import Limits
from bilint.model.document import Document
from bilint.profiles.experience_league import EXPERIENCE_LEAGUE
from bilint.readers.markdown import read_document


def page(text: str) -> Document:
    return read_document(text.encode(), EXPERIENCE_LEAGUE, Limits())


def said(document: Document) -> list[tuple[str, list[str], str]]:
    """Of each suppression the bytes it silences, the checks, and the reason."""
    return [
        (document.data[slice(*one.scope)].decode(), sorted(one.checks), one.reason)
        for one in document.suppressions
    ]


def test_the_next_line() -> None:
    document = page(
        "One.\n\n<!-- bilint-disable-next-line dnl-altered: as agreed -->\n\nTwo.\nThree.\n"
    )
    assert said(document) == [("Two.", ["dnl-altered"], "as agreed")]
    assert [s.text for s in document.segments] == ["One.", "Two.\nThree."]
    comment = document.suppressions[0].span
    assert document.data[slice(*comment)].startswith(b"<!-- bilint-disable-next-line")
    assert document.data[slice(*comment)].endswith(b"-->")


def test_several_checks_and_none() -> None:
    document = page(
        "<!-- bilint-disable-next-line a-b, c: x: y -->\nOne.\n\n"
        "<!-- bilint-disable-next-line -->\nTwo.\n"
    )
    assert said(document) == [("One.", ["a-b", "c"], "x: y"), ("Two.", [], "")]


def test_a_range() -> None:
    document = page(
        "<!-- bilint-disable a -->\nOne.\n<!-- bilint-disable b -->\nTwo.\n"
        "<!-- bilint-enable a -->\nThree.\n"
    )
    assert said(document) == [
        ("\nOne.\n<!-- bilint-disable b -->\nTwo.\n", ["a"], ""),
        ("\nTwo.\n<!-- bilint-enable a -->\nThree.\n", ["b"], ""),
    ]


def test_enable_without_checks_ends_all() -> None:
    document = page(
        "<!-- bilint-disable a --> <!-- bilint-disable: r -->\nOne.\n<!-- bilint-enable -->\nTwo.\n"
    )
    assert [(scope[-6:], checks) for scope, checks, _ in said(document)] == [
        ("\nOne.\n", ["a"]),
        ("\nOne.\n", []),
    ]


def test_the_whole_page() -> None:
    text = "---\ntitle: T\n---\n\nOne.\n\n<!-- bilint-disable-file a: generated -->\n"
    assert said(page(text)) == [(text, ["a"], "generated")]


def test_a_comment_over_lines() -> None:
    document = page("One.\n\n<!--\nbilint-disable-next-line a:\n  because\n-->\n\nTwo.\n")
    assert said(document) == [("Two.", ["a"], "because")]
    assert [s.text for s in document.segments] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("| A |\n|---|\n| b |\n{}\n| c |\n", ["A", "b", "c"]),
        ("| A |\r\n|---|\r\n| b |\r\n{}\r\n| c |\r\n", ["A", "b", "c"]),
        ("- a\n{}\n- b\n", ["a", "b"]),
        ("- a\n  {}\n- b\n", ["a", "b"]),
        ("> - a\n> {}\n> - b\n", ["a", "b"]),
        ("1. a\n\n   {}\n   >[!NOTE]\n   >b\n", ["a", "b"]),
        ("# A\n{}\nb\n", ["A", "b"]),
        ("{}\n# A\n", ["A"]),
        ("a\n\n{}\n\nb\n", ["a", "b"]),
        ("a\n\n{}\n", ["a"]),
        ("```\ncode\n```\n{}\nb\n", ["b"]),
        ("{}\n```\ncode\n```\nb\n", ["b"]),
        ("| a {} | b |\n|---|---|\n", ["a", "b"]),
    ],
)
def test_what_stands_around_stays_whole(text: str, segments: list[str]) -> None:
    with_comment = page(text.replace("{}", "<!-- bilint-disable-next-line a -->"))
    without = page(
        "\n".join(line for line in text.split("\n") if line.strip(" >\r") != "{}").replace("{}", "")
    )
    assert [s.text for s in with_comment.segments] == segments
    assert [(s.kind, s.shape) for s in with_comment.segments] == [
        (s.kind, s.shape) for s in without.segments
    ]
    for segment in with_comment.segments:
        assert with_comment.data[slice(*segment.span)].decode() == segment.text
    assert len(with_comment.blocks) == len(without.blocks)


def test_beside_text_blanks_stand_in_its_place() -> None:
    document = page("One <!-- bilint-disable a -->two.\n")
    assert [s.text for s in document.segments] == ["One " + " " * 25 + "two."]
    assert document.segments[0].end == len(document.data) - 1


@pytest.mark.parametrize(
    "text",
    [
        "`<!-- bilint-disable a -->`\n",
        "```\n<!-- bilint-disable a -->\n```\n",
        "    <!-- bilint-disable a -->\n",
        "---\ntitle: <!-- bilint-disable a -->\n---\n",
        "<!-- another-tool-disable bilint-disable -->\n",
        "bilint-disable\n",
    ],
)
def test_none_of_ours(text: str) -> None:
    document = page(text)
    assert document.suppressions == ()
    assert document.problems == ()


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("<!-- bilint-disble a -->", "`bilint-disble a` is no comment that Bilint knows."),
        ("<!-- bilint-Disable a -->", "`bilint-Disable a` is no comment that Bilint knows."),
        ("<!-- bilint-disable a_b: x -->", "`a_b` is no name of a check."),
        ("<!-- bilint-disable a per favore! -->", "`favore!` is no name of a check."),
        ("<!-- bilint-enable -->", "There is nothing here that could be enabled."),
        ("<!-- bilint-enable a -->", "There is nothing here that could be enabled."),
    ],
)
def test_malformed(comment: str, message: str) -> None:
    document = page(f"One.\n\n{comment}\n\nTwo.\n")
    assert document.suppressions == ()
    assert [(p.code, p.message) for p in document.problems] == [("suppression", message)]
    assert document.data[slice(*document.problems[0].span)].decode() == comment
    assert [s.text for s in document.segments] == ["One.", "Two."]
