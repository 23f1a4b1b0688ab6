"""Pages to segments: every construct, with its shape, its tokens and its bytes."""

from __future__ import annotations

from textwrap import dedent

import pytest

from bilint.model.config import Limits
from bilint.model.document import BlockKind, Document, SegmentKind, TokenKind
from bilint.profiles.experience_league import EXPERIENCE_LEAGUE
from bilint.readers.markdown import read_document

LIMITS = Limits()


def page(text: str | bytes) -> Document:
    data = text if isinstance(text, bytes) else dedent(text).lstrip("\n").encode()
    document = read_document(data, EXPERIENCE_LEAGUE, LIMITS)
    for segment in document.segments:
        if not segment.shape.startswith("fm:"):
            assert data[slice(*segment.span)].decode() == segment.text
    for token in (*document.tokens, *(t for s in document.segments for t in s.tokens)):
        assert data[token.start : token.end].decode() == token.text
    return document


def shapes(document: Document) -> list[tuple[str, str]]:
    return [(segment.shape, segment.text) for segment in document.segments]


def kinds(document: Document) -> list[SegmentKind]:
    return [segment.kind for segment in document.segments]


def tokens(document: Document) -> list[tuple[TokenKind, str]]:
    return [(token.kind, token.value) for s in document.segments for token in s.tokens]


def outside(document: Document) -> list[tuple[TokenKind, str]]:
    return [(token.kind, token.value) for token in document.tokens]


def blocks(document: Document) -> list[tuple[BlockKind, str, str]]:
    return [(block.kind, block.text, block.info) for block in document.blocks]


class TestHeadings:
    @pytest.mark.parametrize(
        ("text", "shape", "inside"),
        [
            ("# Reports\n", "h1", "Reports"),
            ("###### Deep\n", "h6", "Deep"),
            ("## Closed ##\n", "h2", "Closed"),
            ("## Closed ##   \n", "h2", "Closed"),
            ("## In C#\n", "h2", "In C#"),
            ("##   Wide   \n", "h2", "Wide"),
            ("Under a line\n===\n", "h1", "Under a line"),
            ("Over two\nlines\n---\n", "h2", "Over two\nlines"),
            ("#hash first\n===\n", "h1", "#hash first"),
            ("> ## Quoted\n", "h2>", "Quoted"),
            ("> Quoted\n> ---\n", "h2>", "Quoted"),
            ("- # In an item\n", "h1", "In an item"),
        ],
    )
    def test_the_text_of_a_heading(self, text: str, shape: str, inside: str) -> None:
        document = page(text)
        assert shapes(document) == [(shape, inside)]
        assert kinds(document) == [SegmentKind.HEADING]

    @pytest.mark.parametrize("text", ["#\n", "##\n", "## ##\n", "# \n"])
    def test_an_empty_heading_is_no_segment(self, text: str) -> None:
        assert page(text).segments == ()

    def test_an_anchor_is_a_token_of_its_heading(self) -> None:
        document = page("## Deploy the mesh {#deploy-mesh}\n")
        assert shapes(document) == [("h2", "Deploy the mesh {#deploy-mesh}")]
        assert tokens(document) == [(TokenKind.ANCHOR, "deploy-mesh")]


class TestParagraphs:
    def test_wrapped_lines_are_one_segment_as_written(self) -> None:
        document = page("One line\nand *another*  \nend.\n\nNext.\n")
        assert shapes(document) == [("p", "One line\nand *another*  \nend."), ("p", "Next.")]

    def test_in_a_quote_the_markers_stay(self) -> None:
        document = page("> One line\n> and another\n>\n> Next\nlazy.\n")
        assert shapes(document) == [("p>", "One line\n> and another"), ("p>", "Next\nlazy.")]

    def test_a_quote_in_a_quote(self) -> None:
        assert shapes(page("> > deep\n")) == [("p>>", "deep")]

    def test_a_trailing_break_is_text_within_and_nothing_alone(self) -> None:
        document = page("Text.<br>\n<br>\n\n<br>\n\nMore.\n")
        assert shapes(document) == [("p", "Text.<br>\n<br>"), ("p", "More.")]


class TestLists:
    def test_tight_items(self) -> None:
        document = page("- one\n- two\n  wrapped\n\n1. three\n10) four\n")
        assert shapes(document) == [
            ("li1", "one"),
            ("li1", "two\n  wrapped"),
            ("li1", "three"),
            ("li1", "four"),
        ]
        assert set(kinds(document)) == {SegmentKind.LIST_ITEM}

    def test_loose_items(self) -> None:
        document = page("- one\n\n  more of one\n\n- two\n")
        assert shapes(document) == [("li1", "one"), ("li1.p", "more of one"), ("li1", "two")]
        assert kinds(document)[1] is SegmentKind.PARAGRAPH

    def test_nested_items_with_text_before_and_after(self) -> None:
        document = page("- one\n  - two\n    - three\n\n  after\n- four\n")
        assert shapes(document) == [
            ("li1", "one"),
            ("li2", "two"),
            ("li3", "three"),
            ("li1.p", "after"),
            ("li1", "four"),
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "- one\n   - two\n- three\n",
            "+ one\n\t+ two\n+ three\n",
            "* one\n    * two\n* three\n",
            "1. one\n   1. two\n1. three\n",
            "- one\n\n   - two\n\n- three\n",
        ],
    )
    def test_whatever_the_margin_no_marker_is_text(self, text: str) -> None:
        assert shapes(page(text)) == [("li1", "one"), ("li2", "two"), ("li1", "three")]

    def test_a_list_in_a_list_on_one_line(self) -> None:
        assert shapes(page("- 1. deep\n")) == [("li2", "deep")]

    def test_tight_text_around_code(self) -> None:
        document = page("- Run this:\n  ```bash\n  make all\n  ```\n  and wait.\n- Done.\n")
        assert shapes(document) == [
            ("li1", "Run this:"),
            ("li1.p", "and wait."),
            ("li1", "Done."),
        ]
        assert blocks(document) == [(BlockKind.CODE, "make all\n", "bash")]

    def test_tight_items_in_a_quote(self) -> None:
        document = page("> - one\n>   wrapped\n> - two\n>   > inner\n>\n> end\n")
        assert shapes(document) == [
            ("li1>", "one\n>   wrapped"),
            ("li1>", "two"),
            ("li1.p>>", "inner"),
            ("p>", "end"),
        ]

    def test_a_quote_in_an_item_and_text_after_it(self) -> None:
        document = page("- one\n  > quoted\n\n  after\n")
        assert shapes(document) == [("li1", "one"), ("li1.p>", "quoted"), ("li1.p", "after")]

    def test_tasks(self) -> None:
        document = page("- [ ] open\n- [x] done\n\n+ [ ] loose\n\n+ [ ]\n")
        assert [text for _, text in shapes(document)] == ["open", "done", "loose"]

    def test_a_task_that_is_a_heading(self) -> None:
        assert shapes(page("- [ ] Read\n  ---\n")) == [("h2", "Read")]

    def test_a_greater_sign_that_ends_an_item_is_text(self) -> None:
        assert shapes(page("> - `List` of List<Foo>\n")) == [("li1>", "`List` of List<Foo>")]

    def test_a_greater_sign_that_begins_an_item_is_text(self) -> None:
        assert shapes(page("> - [x] >= 3\n> - y\n")) == [("li1>", ">= 3"), ("li1>", "y")]

    def test_empty_items(self) -> None:
        assert shapes(page("-\n- \n- x\n")) == [("li1", "x")]


class TestTables:
    def test_cells(self) -> None:
        document = page(
            """
            | Name  |   Purpose   |
            |-------|:-----------:|
            | `a\\|b` | The [first](x.md) |
            | two   |             |
            | three |
            """
        )
        assert shapes(document) == [
            ("th", "Name"),
            ("th", "Purpose"),
            ("td", "`a\\|b`"),
            ("td", "The [first](x.md)"),
            ("td", "two"),
            ("td", "three"),
        ]
        assert set(kinds(document)) == {SegmentKind.TABLE_CELL}
        assert tokens(document) == [(TokenKind.CODE, "a|b"), (TokenKind.LINK, "x.md")]

    def test_in_a_quote_and_in_an_item(self) -> None:
        document = page("> | A |\n> |---|\n> | b |\n\n- text\n\n  | C |\n  |---|\n  | d |\n")
        assert shapes(document) == [
            ("th>", "A"),
            ("td>", "b"),
            ("li1", "text"),
            ("th", "C"),
            ("td", "d"),
        ]

    def test_html_in_a_cell_stays_inside(self) -> None:
        document = page("| A |\n|---|\n| one<br>two <ul><li>x</li></ul> |\n")
        assert shapes(document)[1] == ("td", "one<br>two <ul><li>x</li></ul>")
        assert [value for _, value in tokens(document)] == ["br", "ul", "li", "/li", "/ul"]


class TestAlerts:
    @pytest.mark.parametrize(
        "text",
        [
            ">[!NOTE]\n>\n>Mind the gap.\n",
            ">[!NOTE]\n>Mind the gap.\n",
            "> [!NOTE]\n> Mind the gap.\n",
            ">[!NOTE] Mind the gap.\n",
            "> [!NOTE] >\n> Mind the gap.\n",
            ">[!NOTE]\nMind the gap.\n",
            ">[!NOTE]\r\n>\r\n>Mind the gap.\r\n",
        ],
    )
    def test_every_way_to_write_one(self, text: str) -> None:
        document = page(text.encode())
        assert shapes(document) == [("p>note", "Mind the gap.")]
        assert kinds(document) == [SegmentKind.ALERT]
        assert outside(document) == [(TokenKind.ALERT, "NOTE")]
        assert document.tokens[0].text == "[!NOTE]"

    def test_what_an_alert_holds(self) -> None:
        document = page(">[!TIP]\n>\n>First:\n>\n>- one\n>- two\n>\n>Last.\n")
        assert shapes(document) == [
            ("p>tip", "First:"),
            ("li1>tip", "one"),
            ("li1>tip", "two"),
            ("p>tip", "Last."),
        ]

    def test_in_a_list(self) -> None:
        document = page("1. Do this.\n\n   >[!WARNING]\n   >\n   >It hurts.\n\n1. Done.\n")
        assert shapes(document) == [
            ("li1", "Do this."),
            ("li1.p>warning", "It hurts."),
            ("li1", "Done."),
        ]

    def test_verbatim(self) -> None:
        document = page(">[!DONOTLOCALIZE]\n>Keep *this*.\n>- and this\n>> and this\n\nNot this.\n")
        assert [shape for shape, _ in shapes(document)] == [
            "p>donotlocalize!",
            "li1>donotlocalize!",
            "p>donotlocalize>!",
            "p",
        ]

    @pytest.mark.parametrize("keyword", ["NTOE", "Nota", "NOTE!", "メモ", "重要"])
    def test_a_keyword_that_is_none_is_that_of_an_alert_all_the_same(self, keyword: str) -> None:
        for end in ("\n", "\r\n"):
            document = page(f">[!{keyword}]{end}>{end}>Text.{end}")
            whole = keyword != "NOTE!"
            assert shapes(document)[-1] == ("p>?" if whole else "p>", "Text.")
            assert outside(document) == ([(TokenKind.UNKNOWN, keyword)] if whole else [])

    @pytest.mark.parametrize(
        "text",
        [">[!NTOE] Text.\n", ">Text.\n>[!NTOE]\n", ">[!UICONTROL A]\n>Text.\n", ">[!A B]\n>T\n"],
    )
    def test_a_keyword_among_words_is_none(self, text: str) -> None:
        assert [shape for shape, _text in shapes(page(text))] == ["p>"]
        assert outside(page(text)) == []

    def test_without_a_quote_it_is_none(self) -> None:
        document = page("[!NOTE]\nText.\n")
        assert kinds(document) == [SegmentKind.PARAGRAPH]
        assert tokens(document) == [(TokenKind.UNKNOWN, "NOTE")]

    def test_a_token_at_the_head_of_a_quote_is_no_alert(self) -> None:
        document = page(">[!DNL Journey Optimizer] is here.\n")
        assert shapes(document) == [("p>", "[!DNL Journey Optimizer] is here.")]
        assert outside(document) == []


class TestTabsBadgesVideos:
    def test_tabs(self) -> None:
        document = page(
            ">[!BEGINTABS]\n\n>[!TAB The [!DNL Web] way]\n\nText.\n\n>[!TAB Two]\n\n>[!ENDTABS]\n"
        )
        assert shapes(document) == [("tab", "The [!DNL Web] way"), ("p", "Text."), ("tab", "Two")]
        assert kinds(document)[0] is SegmentKind.TAB
        assert tokens(document) == [(TokenKind.DNL, "Web")]
        assert outside(document) == [
            (TokenKind.ALERT, "BEGINTABS"),
            (TokenKind.TAB, "The [!DNL Web] way"),
            (TokenKind.TAB, "Two"),
            (TokenKind.ALERT, "ENDTABS"),
        ]

    def test_a_tab_right_under_the_bar(self) -> None:
        document = page(">[!BEGINTABS]\n>[!TAB First (a)]\n\nText.\n")
        assert shapes(document) == [("tab", "First (a)"), ("p", "Text.")]

    def test_a_badge_alone(self) -> None:
        document = page('[!BADGE Beta]{type=Informative url="x.md"}\n\n[!BADGE A] [!BADGE B]\n')
        assert shapes(document) == [("badge", "Beta"), ("badge", "A"), ("badge", "B")]
        assert outside(document)[:2] == [
            (TokenKind.BADGE, "Beta"),
            (TokenKind.ATTRIBUTES, 'type=Informative url="x.md"'),
        ]

    def test_a_badge_beside_text(self) -> None:
        document = page("## Mesh [!BADGE Beta]{type=Caution}\n\n[!BADGE Beta] is what it is.\n")
        assert kinds(document) == [SegmentKind.HEADING, SegmentKind.PARAGRAPH]
        assert tokens(document) == [
            (TokenKind.BADGE, "Beta"),
            (TokenKind.ATTRIBUTES, "type=Caution"),
            (TokenKind.BADGE, "Beta"),
        ]

    def test_a_video_alone(self) -> None:
        document = page(">[!VIDEO](https://video.example/v/12?quality=9)\n")
        assert document.segments == ()
        assert blocks(document) == [(BlockKind.VIDEO, "https://video.example/v/12?quality=9", "")]

    def test_a_video_beside_text(self) -> None:
        document = page("See [!VIDEO](v/1) now.\n")
        assert tokens(document) == [(TokenKind.LINK, "v/1"), (TokenKind.VIDEO, "")]


class TestPictures:
    def test_alone(self) -> None:
        document = page('![The mesh, *drawn*](a.png "T"){zoomable="yes"}\n')
        assert shapes(document) == [("alt", "The mesh, *drawn*")]
        assert kinds(document) == [SegmentKind.ALT_TEXT]
        assert blocks(document) == [(BlockKind.IMAGE, "a.png", "")]
        assert outside(document) == [(TokenKind.ATTRIBUTES, 'zoomable="yes"')]

    def test_in_a_link_in_a_cell_in_an_item(self) -> None:
        document = page(
            "[![One](a.png)](x.md)\n\n| H |\n|---|\n| ![Two](b.png) |\n\n- ![Three](c.png)\n"
        )
        assert shapes(document) == [("alt", "One"), ("th", "H"), ("alt", "Two"), ("alt", "Three")]
        assert blocks(document) == [
            (BlockKind.IMAGE, "a.png", "x.md"),
            (BlockKind.IMAGE, "b.png", ""),
            (BlockKind.IMAGE, "c.png", ""),
        ]

    def test_several_alone(self) -> None:
        document = page("![One](a.png) ![](b.png)\n![Three](c.png)<!-- x -->\n")
        assert shapes(document) == [("alt", "One"), ("alt", "Three")]
        assert len(document.blocks) == 3

    def test_beside_text(self) -> None:
        document = page("Press ![the wheel](w.png){width=20} to go.\n")
        assert shapes(document) == [("p", "Press ![the wheel](w.png){width=20} to go.")]
        assert tokens(document) == [
            (TokenKind.IMAGE, "w.png"),
            (TokenKind.ATTRIBUTES, "width=20"),
        ]
        assert document.blocks == ()

    def test_html_alone(self) -> None:
        document = page(
            '<img src="a.png?b&amp;c" alt="The mesh">\n\n| <img alt="Two" src=b> | x |\n|-|-|\n'
        )
        assert shapes(document) == [("alt", "The mesh"), ("alt", "Two"), ("th", "x")]
        assert blocks(document) == [
            (BlockKind.IMAGE, "a.png?b&c", ""),
            (BlockKind.IMAGE, "b", ""),
        ]

    def test_html_beside_text(self) -> None:
        document = page('Press <img src="w.png" alt="the wheel"> now.\n')
        assert kinds(document) == [SegmentKind.PARAGRAPH]
        assert tokens(document) == [(TokenKind.HTML, "img")]

    def test_verbatim(self) -> None:
        assert shapes(page(">[!DONOTLOCALIZE]\n>![Keep](a.png)\n")) == [("alt!", "Keep")]


class TestCodeAndDefinitions:
    def test_code_blocks(self) -> None:
        document = page("```js title\nlet a; // [!DNL x]\n```\n\n    indented\n\n~~~\nopen\n")
        assert document.segments == ()
        assert blocks(document) == [
            (BlockKind.CODE, "let a; // [!DNL x]\n", "js title"),
            (BlockKind.CODE, "indented\n", ""),
            (BlockKind.CODE, "open\n", ""),
        ]

    def test_nothing_in_code_is_a_token(self) -> None:
        document = page("Write `[!DNL x] {{y}} %s` and [!DNL z].\n")
        assert tokens(document) == [
            (TokenKind.CODE, "[!DNL x] {{y}} %s"),
            (TokenKind.DNL, "z"),
        ]

    def test_link_definitions(self) -> None:
        document = page('[Guide]: guide.md "T"\n\nSee [the guide][Guide] and [guide].\n')
        assert blocks(document) == [(BlockKind.LINK_DEFINITION, "guide.md", "Guide")]
        assert tokens(document) == [(TokenKind.LINK, "guide.md"), (TokenKind.LINK, "guide.md")]

    def test_definitions_in_tight_items_are_no_text(self) -> None:
        document = page("- [a]: x.md\n- [b]: y.md\n  text\n- [UI]: a colon\n")
        assert shapes(document) == [("li1", "text"), ("li1", "[UI]: a colon")]
        assert len(document.blocks) == 2

    def test_a_keyword_and_a_colon_are_no_definition(self) -> None:
        document = page(
            "- [!UICONTROL Amount]: *2*\n- b\n\n[!DNL Edge]: x\n\n[!DNL Edge] [c]\n\n[c]: d\n"
        )
        assert shapes(document) == [
            ("li1", "[!UICONTROL Amount]: *2*"),
            ("li1", "b"),
            ("p", "[!DNL Edge]: x"),
            ("p", "[!DNL Edge] [c]"),
        ]
        assert tokens(document) == [
            (TokenKind.UICONTROL, "Amount"),
            (TokenKind.DNL, "Edge"),
            (TokenKind.DNL, "Edge"),
            (TokenKind.LINK, "d"),
        ]
        assert blocks(document) == [(BlockKind.LINK_DEFINITION, "d", "c")]

    def test_comments(self) -> None:
        document = page(
            "<!-- one\ntwo -->\n\nText <!-- in --> it.\n\n| A |\n|-|\n| <!-- cell --> |\n"
        )
        assert shapes(document) == [("p", "Text <!-- in --> it."), ("th", "A")]
        assert tokens(document) == [(TokenKind.HTML, "!--")]
        assert blocks(document) == [
            (BlockKind.COMMENT, " one\ntwo ", ""),
            (BlockKind.COMMENT, " cell ", ""),
        ]


class TestLinks:
    def test_every_kind(self) -> None:
        document = page('[a](b.md#c) <https://d.example> [e](<f g>) [h](i "t")\n')
        assert tokens(document) == [
            (TokenKind.LINK, "b.md#c"),
            (TokenKind.LINK, "https://d.example"),
            (TokenKind.LINK, "f g"),
            (TokenKind.LINK, "i"),
        ]

    def test_tokens_within_come_after_and_those_in_addresses_not(self) -> None:
        document = page('[Read [!DNL Edge] `x`](a/{id}.md){target="_blank"} and {id}\n')
        assert tokens(document) == [
            (TokenKind.LINK, "a/{id}.md"),
            (TokenKind.DNL, "Edge"),
            (TokenKind.CODE, "x"),
            (TokenKind.ATTRIBUTES, 'target="_blank"'),
            (TokenKind.PLACEHOLDER, "id"),
        ]

    def test_text_is_the_slice_and_not_what_the_parser_reads(self) -> None:
        document = page("It&#39;s `a``b` [x &amp; y](z%20q)\n")
        link = document.segments[0].tokens[-1]
        assert (link.text, link.value) == ("[x &amp; y](z%20q)", "z%20q")


class TestFrontMatterSegments:
    def test_in_the_order_of_the_page(self) -> None:
        document = page("---\ndescription: 'Of [!DNL Edge].'\nexl-id: 1\ntitle: All\n---\n# All\n")
        assert shapes(document) == [
            ("fm:description", "Of [!DNL Edge]."),
            ("fm:title", "All"),
            ("h1", "All"),
        ]
        assert kinds(document)[:2] == [SegmentKind.DESCRIPTION, SegmentKind.TITLE]
        assert tokens(document) == [(TokenKind.DNL, "Edge")]

    def test_the_value_as_yaml_reads_it(self) -> None:
        document = page('---\ntitle: "It\\"s  [!DNL x] "\ndescription: >\n  a\n  b\n---\n')
        assert shapes(document) == [
            ("fm:title", 'It"s  [!DNL x] '),
            ("fm:description", "a b\n"),
        ]
        assert tokens(document) == []

    def test_nothing_is_no_segment(self) -> None:
        document = page("---\ntitle: null\ndescription:\nshort-description: [a]\n---\n")
        assert document.segments == ()

    def test_front_matter_read_before_is_used(self) -> None:
        data = b"---\ntitle: A\n---\nText.\n"
        first = read_document(data, EXPERIENCE_LEAGUE, LIMITS)
        again = read_document(data, EXPERIENCE_LEAGUE, LIMITS, first.front_matter)
        assert again == first
        assert again.front_matter is first.front_matter
        assert (first.body_start, first.body) == (17, b"Text.\n")


class TestOddBytes:
    def test_empty(self) -> None:
        assert read_document(b"", EXPERIENCE_LEAGUE, LIMITS).segments == ()

    def test_a_byte_order_mark_is_kept_and_no_text(self) -> None:
        document = page(b"\xef\xbb\xbf# Title\n")
        assert [(s.shape, s.start, s.text) for s in document.segments] == [("h1", 5, "Title")]
        assert document.data.startswith(b"\xef\xbb\xbf")

    def test_not_utf8(self) -> None:
        data = b"---\ntitle: ok\n---\nCaf\xe9 and \xc3\xa8 and \xff.\n\n# Next\n"
        document = read_document(data, EXPERIENCE_LEAGUE, LIMITS)
        assert [(p.code, p.span) for p in document.problems] == [("not-utf-8", (21, 22))]
        assert "0xE9" in document.problems[0].message
        assert shapes(document) == [
            ("fm:title", "ok"),
            ("p", "Caf? and è and ?."),
            ("h1", "Next"),
        ]
        assert document.segments[2].start == data.index(b"Next")
        assert document.data is data

    @pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
    def test_utf16_is_named_and_not_read(self, codec: str) -> None:
        data = "\ufeff# Titolo\n".encode(codec)
        document = read_document(data, EXPERIENCE_LEAGUE, LIMITS)
        assert document.segments == ()
        assert [p.code for p in document.problems] == ["not-utf-8"]
        assert "UTF-16" in document.problems[0].message

    def test_nul_and_odd_line_separators(self) -> None:
        document = page("a\x00b\u2028c\x85d\x0ce\n\nnext\n".encode())
        assert shapes(document) == [("p", "a\x00b\u2028c\x85d\x0ce"), ("p", "next")]

    def test_a_lone_carriage_return_ends_a_line(self) -> None:
        document = page(
            b"# One\r\r- two\r- three\r\r>[!NOTE]\r>Four\r>- five\r>\r\rSix\r===\r\r[a]: b\r\r"
            b"<div>\rseven\r</div>\r"
        )
        assert shapes(document) == [
            ("h1", "One"),
            ("li1", "two"),
            ("li1", "three"),
            ("p>note", "Four"),
            ("li1>note", "five"),
            ("h1", "Six"),
            ("html:div", "seven"),
        ]
        assert blocks(document) == [(BlockKind.LINK_DEFINITION, "b", "a")]

    def test_composed_and_decomposed_letters_stay_as_they_are(self) -> None:
        document = page("pi\u00f9 e piu\u0300\n")
        assert shapes(document) == [("p", "pi\u00f9 e piu\u0300")]

    def test_too_large(self) -> None:
        data = b"---\nexl-id: 7c\n---\n" + b"Text.\n" * 20
        document = read_document(data, EXPERIENCE_LEAGUE, Limits(page=100))
        assert document.segments == ()
        assert [p.code for p in document.problems] == ["too-large"]
        assert document.front_matter.text("exl-id") == "7c"
        assert "139 bytes" in document.problems[0].message

    def test_a_parser_that_gives_up_is_a_problem(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class PanicException(BaseException):
            """What a panic in Rust looks like from here."""

        def panic(*_: object) -> None:
            raise PanicException("oh no")

        monkeypatch.setattr("bilint.readers.markdown._read_body", panic)
        document = read_document(b"---\ntitle: T\n---\nText.\n", EXPERIENCE_LEAGUE, LIMITS)
        assert shapes(document) == [("fm:title", "T")]
        assert [p.code for p in document.problems] == ["unreadable"]

    def test_an_interrupt_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("bilint.readers.markdown._read_body", interrupt)
        with pytest.raises(KeyboardInterrupt):
            read_document(b"Text.\n", EXPERIENCE_LEAGUE, LIMITS)
