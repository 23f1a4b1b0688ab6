"""Bracketed keywords, anchors, attribute lists and placeholders in the bytes of a text."""

from __future__ import annotations

import pytest

from bilint.model.document import Token, TokenKind
from bilint.profiles.experience_league import EXPERIENCE_LEAGUE
from bilint.readers.syntax import keyword, scan, unclosed


def found(text: str) -> list[tuple[str, str, str]]:
    data = text.encode()
    tokens = scan(data, 0, len(data), EXPERIENCE_LEAGUE)
    for token in tokens:
        assert data[token.start : token.end].decode() == token.text
    return [(token.kind.value, token.text, token.value) for token in tokens]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[!DNL Journey Optimizer]", [("dnl", "[!DNL Journey Optimizer]", "Journey Optimizer")]),
        ("Più [!DNL Ünï] qui", [("dnl", "[!DNL Ünï]", "Ünï")]),
        ("[!UICONTROL  Save as ]", [("uicontrol", "[!UICONTROL  Save as ]", "Save as")]),
        (
            "[!DNL Journey\n> Optimizer]",
            [("dnl", "[!DNL Journey\n> Optimizer]", "Journey Optimizer")],
        ),
        ("[!DNL\nEdge]", [("dnl", "[!DNL\nEdge]", "Edge")]),
        (
            "[!TAB One] [!BADGE Two]",
            [("tab", "[!TAB One]", "One"), ("badge", "[!BADGE Two]", "Two")],
        ),
        (
            "[!UICONTROL [!DNL Edge] > Save]",
            [
                ("uicontrol", "[!UICONTROL [!DNL Edge] > Save]", "[!DNL Edge] > Save"),
                ("dnl", "[!DNL Edge]", "Edge"),
            ],
        ),
        ("[!UICONTROL a [b] c]", [("uicontrol", "[!UICONTROL a [b] c]", "a [b] c")]),
        ("[[!DNL a](b)](c)", [("dnl", "[!DNL a]", "a")]),
        ("[!VIDEO](u)", [("video", "[!VIDEO]", "")]),
        ("[!FOO x]", [("unknown", "[!FOO x]", "FOO")]),
        ("[!UICONTROl x]", [("unknown", "[!UICONTROl x]", "UICONTROl")]),
        ("[!dnl x]", [("unknown", "[!dnl x]", "dnl")]),
        ("[!DNL]", [("unknown", "[!DNL]", "DNL")]),
        ("[!DNL ]", [("unknown", "[!DNL ]", "DNL")]),
        ("[!DNL-x]", [("unknown", "[!DNL-x]", "DNL")]),
        ("[!VIDEO x]", [("unknown", "[!VIDEO x]", "VIDEO")]),
        ("[ !NOTE]", [("unknown", "[ !NOTE]", "NOTE")]),
        ("[ !DNL x]", [("unknown", "[ !DNL x]", "DNL")]),
        ("[!DNL never closed", [("unknown", "[!DNL", "DNL")]),
        ("[!DNL a [!DNL b]", [("unknown", "[!DNL", "DNL"), ("dnl", "[!DNL b]", "b")]),
        ("\\[!DNL x] and \\\\[!DNL y]", [("dnl", "[!DNL y]", "y")]),
        ("![alt](u) [! x] wow! [!] !", []),
        ("[![alt](u)](v)", []),
    ],
)
def test_keywords(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Text {#an-anchor}", [("anchor", "{#an-anchor}", "an-anchor")]),
        ("Testo{#già}", [("anchor", "{#già}", "già")]),
        ('](u){zoomable="yes"}', [("attributes", '{zoomable="yes"}', 'zoomable="yes"')]),
        (
            "{zoomable=&quot;yes&quot;}",
            [
                ("attributes", "{zoomable=&quot;yes&quot;}", "zoomable=&quot;yes&quot;"),
            ],
        ),
        ("{.wide}", [("attributes", "{.wide}", ".wide")]),
        ("{{product-name}}", [("placeholder", "{{product-name}}", "product-name")]),
        (
            "{{$include /help/a.md}}",
            [
                ("placeholder", "{{$include /help/a.md}}", "$include /help/a.md"),
            ],
        ),
        ("${HOME}/bin", [("placeholder", "${HOME}", "HOME")]),
        ("/{orderId}/{0}", [("placeholder", "{orderId}", "orderId"), ("placeholder", "{0}", "0")]),
        ("%s of %1$d", [("placeholder", "%s", "%s"), ("placeholder", "%1$d", "%1$d")]),
        ("100%sicuro 5%d %%s %san %20s", []),
        ('{"a": 1} {} {a b} {# x} {#} { x } {a\n=b}', []),
        ("{{a}} {b", [("placeholder", "{{a}}", "a")]),
        ("{{{a}}}", [("placeholder", "{{a}}", "a")]),
    ],
)
def test_braces_and_formats(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


def test_all_in_order() -> None:
    assert [value for _, _, value in found("{a} [!DNL b] %s {#c} [!UICONTROL [!DNL d] e]")] == [
        "a",
        "b",
        "%s",
        "c",
        "[!DNL d] e",
        "d",
    ]


def test_only_between_the_bytes_asked_for() -> None:
    data = b"[!DNL a] [!DNL b] [!DNL c]"
    tokens = scan(data, 3, 20, EXPERIENCE_LEAGUE)
    assert [token.text for token in tokens] == ["[!DNL b]"]


def test_a_keyword_with_its_inside() -> None:
    data = b">[!TAB The [!DNL x] way ] tail"
    one = keyword(data, 1, len(data))
    assert one is not None
    assert (one.name, data[one.inside : one.inside_end], data[one.end :]) == (
        "TAB",
        b"The [!DNL x] way",
        b" tail",
    )
    assert keyword(b"[!NOTE]", 0, 7) == ("NOTE", 6, 6, 7)
    assert keyword(b"[!NOTE", 0, 6) is None
    assert keyword(b"[ !NOTE]", 0, 8) is None
    assert keyword(b"[!NOTE]", 0, 5) is None


def test_a_keyword_that_is_closed_too_late() -> None:
    data = b"[!DNL x | y]"
    whole = scan(data, 0, len(data), EXPERIENCE_LEAGUE)[0]
    assert unclosed(whole, data) == Token(TokenKind.UNKNOWN, 0, 5, "[!DNL", "DNL")
