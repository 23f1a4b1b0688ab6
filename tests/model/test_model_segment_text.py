"""What people read of a segment: visible text, words, numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.model.config import Limits
from bilint.model.document import Segment, SegmentKind, TokenKind
from bilint.model.segment_text import count_words, digest, normalise, numbers, plain
from bilint.profiles.experience_league import EXPERIENCE_LEAGUE
from bilint.readers.markdown import read_document
from examples import examples


def segment(text: str) -> Segment:
    document = read_document(text.encode(), EXPERIENCE_LEAGUE, Limits())
    assert len(document.segments) == 1
    return document.segments[0]


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("Just text.", "Just text."),
        ("Over\nlines  \nand\tblanks", "Over lines and blanks"),
        ("> Quoted\n> lines", "Quoted lines"),
        ("Open [!DNL Journey Optimizer] now", "Open Journey Optimizer now"),
        ("Più [!UICONTROL [!DNL Über] > Salva] già", "Più Über > Salva già"),
        ("[!DNL\nEdge] and [!DNL Real-time\nCDP]", "Edge and Real-time CDP"),
        ('Click [**here** [!DNL now]](a_b_c.md "t"){target="_blank"}.', "Click here now."),
        ("<https://a.example/b_c_d>", "https://a.example/b_c_d"),
        ("Press ![the wheel](w.png){width=20} now", "Press the wheel now"),
        ("**Bold**, _it_, *both*, ~~gone~~", "Bold, it, both, gone"),
        ("snake_case and a * b", "snake_case and a * b"),
        ("**[!DNL Edge]**: *[x](y)*", "Edge: x"),
        ("\\*not\\* \\_so\\_ C:\\\\x", "*not* _so_ C:\\x"),
        ("It&#39;s &lt;b&gt; &amp; &nbsp; so&#x200B;", "It's <b> & so\u200b"),
        ("One<br>two <u>three</u>", "One two three"),
        ("Run `a_b *c* &amp;` and `d`", "Run a_b *c* &amp; and d"),
        ("## Title {#an-anchor}", "Title"),
        ("## New [!BADGE Beta]{type=Caution}", "New Beta"),
        ("Keep {{name}} and %s", "Keep {{name}} and %s"),
        ("日本語 [!DNL Edge]`x`の **概要**", "日本語 Edgexの 概要"),
    ],
)
def test_plain(text: str, visible: str) -> None:
    assert plain(segment(text)) == visible


def test_plain_without_code() -> None:
    one = segment("Run `make all` **now**, è `b`.")
    assert plain(one, code=False) == "Run now, è ."


def test_plain_of_front_matter() -> None:
    document = read_document(
        b'---\ntitle: "On \\"[!DNL Edge]\\""\ndescription: On [!DNL Edge] & all\n---\n',
        EXPERIENCE_LEAGUE,
        Limits(),
    )
    assert [plain(one) for one in document.segments] == ['On "Edge"', "On Edge & all"]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        (" One\n  two\t three ", "One two three"),
        ("One\r\n> two\r\n>\r\n> three", "One two three"),
        ("One\u00a0two", "One two"),
        ("piu\u0300", "pi\u00f9"),
        ("a > b", "a > b"),
        ("", ""),
    ],
)
def test_normalise(text: str, same: str) -> None:
    assert normalise(text) == same
    assert digest(text) == digest(same)


def test_digest() -> None:
    assert digest("One two") == digest("One\n> two")
    assert digest("One two") != digest("One, two")
    assert len(digest("")) == 16


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One two, three - four.", 4),
        ("Don't re-read `some code` now", 3),
        ("Open [!DNL Journey Optimizer] and [save it](x.md)", 6),
        ("…", 0),
        ("42 pages", 2),
        ("日本語です", 3),
        ("日本語 and [!DNL Edge]", 4),
        ("การแปล", 3),
        ("안녕 세계", 2),
        ("è già più", 3),
    ],
)
def test_count_words(text: str, words: int) -> None:
    assert count_words(segment(text)) == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("From 10 to 20%, -3 or +4", ["10", "20", "-3", "+4"]),
        ("1,000.50 and 1.000,50 and 1'000", ["1,000.50", "1.000,50", "1'000"]),
        ("10-20 and 10/20", ["10", "20", "10", "20"]),
        ("Version 2.4.6 and v2.4.6 and H2 and x86", ["2.4.6"]),
        ("5GB, 3\u00a0000", ["5", "3\u00a0000"]),
        ("Not `1`, not [2](3.md), not {4} or <b id=5>6</b>", ["2", "6"]),
        ("Più di 12 già 13", ["12", "13"]),
        ("Step 1. Do 2, then 3.", ["1", "2", "3"]),
        ("none", []),
    ],
)
def test_numbers(text: str, expected: list[str]) -> None:
    one = segment(text)
    found = numbers(one)
    assert [token.text for token in found] == expected
    raw = text.encode()
    for token in found:
        assert token.kind is TokenKind.NUMBER
        assert raw[token.start : token.end].decode() == token.text == token.value


def test_numbers_where_the_text_is_not_what_is_stored() -> None:
    data = b'---\ntitle: "\\u26a0 42"\n---\n'
    one = read_document(data, EXPERIENCE_LEAGUE, Limits()).segments[0]
    assert [(token.text, token.start, token.end) for token in numbers(one)] == [
        ("42", one.start, one.end)
    ]


@given(st.text(max_size=60))
@examples(200)
def test_any_text(text: str) -> None:
    one = Segment(SegmentKind.PARAGRAPH, "p", 0, len(text.encode("utf-8", "replace")), text)
    assert normalise(normalise(text)) == normalise(text)
    assert plain(one) == plain(one).strip()
    assert count_words(one) >= 0
    assert digest(text) == digest(normalise(text))
