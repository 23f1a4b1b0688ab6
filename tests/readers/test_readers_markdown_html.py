"""HTML inside pages: what of it is text."""

from __future__ import annotations

import pytest

from bilint.model.config import Limits
from bilint.model.document import BlockKind, Document, SegmentKind, TokenKind
from bilint.profiles.experience_league import EXPERIENCE_LEAGUE
from bilint.readers.markdown import read_document
from bilint.readers.markdown_html import picture, read_html, tag_name


def page(text: str) -> Document:
    return read_document(text.encode(), EXPERIENCE_LEAGUE, Limits())


def texts(text: str) -> list[tuple[str, str]]:
    return [(segment.shape, segment.text) for segment in page(text).segments]


def test_a_table() -> None:
    document = page(
        "<table>\n<tr>\n<td>One <b>bold</b> [!DNL x]<br/>two</td>\n"
        "<td class='a>b'>\n  three\n</td>\n"
        "<td></td>\n</tr>\n</table>\n"
    )
    assert [(s.kind, s.shape, s.text) for s in document.segments] == [
        (SegmentKind.HTML_TEXT, "html:td", "One <b>bold</b> [!DNL x]<br/>two"),
        (SegmentKind.HTML_TEXT, "html:td", "three"),
    ]
    assert [(t.kind, t.value) for t in document.segments[0].tokens] == [
        (TokenKind.HTML, "b"),
        (TokenKind.HTML, "/b"),
        (TokenKind.DNL, "x"),
        (TokenKind.HTML, "br"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<div>\nText\n</div>\n", [("html:div", "Text")]),
        (
            "<div>before<p>inside</p>after</div>\n",
            [
                ("html:div", "before"),
                ("html:p", "inside"),
                ("html", "after"),
            ],
        ),
        (
            "<details><summary>More</summary>\n\nMarkdown *here*.\n\n</details>\n",
            [
                ("html:summary", "More"),
                ("p", "Markdown *here*."),
            ],
        ),
        ("<pre>\nno text\n</pre>\n", []),
        (
            "<div><pre>no</pre>yes<script>no()</script><STYLE>no</style> too</div>\n",
            [
                ("html:div", "yes"),
                ("html:div", "too"),
            ],
        ),
        ("<script>\nlet x = '<p>no</p>';\n</script>\n", []),
        ("<div>\n<!-- no --> yes <!-- no\nno -->\n</div>\n", [("html:div", "yes")]),
        ("<!-- no --> yes\n", [("html", "yes")]),
        ("<!-- never closed\n\nno\n", []),
        ("<br>\n", []),
        ("<div><b></b> <i> </i></div>\n", []),
        ("<!DOCTYPE html>\n", []),
        ("<?php echo 'no' ?>\n", []),
        ('<div title="a > b < c">yes</div>\n', [("html:div", "yes")]),
        (
            "> <table>\n> <tr><td>quoted\n> text</td></tr>\n>\n> </table>\n",
            [
                ("html:td>", "quoted\n> text"),
            ],
        ),
        ("- <div>\n  item\n  </div>\n", [("html:div", "item")]),
        ("<a name='x'></a>\n", []),
        ("<div>1 < 2 and 3 > 2</div>\n", [("html:div", "1 < 2 and 3 > 2")]),
    ],
)
def test_what_is_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert texts(text) == expected


def test_comments_are_blocks() -> None:
    document = page("<div>\n<!-- one -->\n</div>\n")
    assert [(b.kind.value, b.text) for b in document.blocks] == [("comment", " one ")]


def test_pictures_between_tags() -> None:
    document = page('<p align="center">\n<img alt="One &amp; all" src="a.png">\n</p>\n')
    assert [(s.shape, s.text) for s in document.segments] == [("alt", "One &amp; all")]
    assert [(b.kind.value, b.text) for b in document.blocks] == [("image", "a.png")]


@pytest.mark.parametrize(
    ("tag", "alternative", "destination"),
    [
        (b'<img src="a.png" alt="The mesh">', b"The mesh", "a.png"),
        (b"<IMG ALT='The \"mesh\"' SRC=a.png />", b'The "mesh"', "a.png"),
        (b"<img src = 'a.png'>", b"", "a.png"),
        (b'<img alt="" src="">', b"", ""),
        (b'<img data-alt="no" alt=mesh>', b"mesh", ""),
    ],
)
def test_the_attributes_of_a_picture(tag: bytes, alternative: bytes, destination: str) -> None:
    found = picture(tag, 0, len(tag))
    assert found is not None
    assert (tag[found.alt : found.alt_end], found.destination) == (alternative, destination)


def test_a_tag_that_is_broken_off_is_no_picture() -> None:
    assert picture(b'<img alt="', 0, 10) is None


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("<br/>", "br"),
        ("</TD>", "/td"),
        ("<h1 id=x>", "h1"),
        ("<!-- x -->", "!--"),
        ("<?x?>", "!"),
        ("<!DOCTYPE x>", "!"),
    ],
)
def test_the_name_of_a_tag(tag: str, name: str) -> None:
    assert tag_name(tag) == name


def test_an_attribute_that_is_never_closed_makes_no_tag() -> None:
    data = b'<div class="a>text</div>'
    assert [data[run.start : run.end] for run in read_html(data, 0, len(data)).runs] == [
        b'<div class="a>text'
    ]


def test_what_stands_in_pre_is_code_as_readers_see_it() -> None:
    text = 'Text\n\n<pre class="x"><b>a</b> &lt; b\n\n c</pre>\n\nText\n'
    (block,) = page(text).blocks
    assert (block.kind, block.text) == (BlockKind.CODE, "a < b\n\n c")
    assert text[block.start : block.end].startswith("<pre ")
    assert text[block.start : block.end].endswith("</pre>")


def test_pre_that_is_never_closed_ends_with_its_block() -> None:
    (block,) = page("<div><pre>a\n\nText\n").blocks
    assert (block.kind, block.text) == (BlockKind.CODE, "a\n")
