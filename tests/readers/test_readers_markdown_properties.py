"""What holds of any page whatever: lossless, in order, on character boundaries, never a crash."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from bilint.model.config import Limits
from bilint.model.document import BlockKind, Document, Segment, SegmentKind
from bilint.profiles.experience_league import EXPERIENCE_LEAGUE
from bilint.readers.markdown import read_document
from examples import examples

LIMITS = Limits()
FRONT_MATTER_KINDS = (SegmentKind.TITLE, SegmentKind.DESCRIPTION)

PIECES = st.sampled_from(
    (
        *("# ", "## ", "- ", "* ", "+ ", "1. ", "2) ", "> ", ">", "    ", "\t", "- [ ] ", "- [x] "),
        *("\n", "\n\n", "\r\n", "\r", " ", "  \n", "\\\n", "---\n", "***\n", "===\n", "```\n"),
        *("~~~ js\n", "| a | b |\n|---|---|\n", "| ", " |\n", "|", "`", "``", "*", "**", "_", "~~"),
        *("[!NOTE]", ">[!NOTE]\n>", ">[!TAB ", "]\n", "[!DNL ", "[!UICONTROL ", "]", "[", "[ !"),
        *(
            "[!BADGE x]{type=y}",
            ">[!BEGINTABS]\n",
            ">[!DONOTLOCALIZE]\n>",
            "[!VIDEO](u)",
            "[!FOO x]",
        ),
        *("](u)", "](", ")", "![", "![a](b)", "[x](y)", "<https://a.b>", "[r]: /u\n", "[r]", "]:"),
        *("{#id}", '{w="1"}', "{{x}}", "${x}", "%s", "{", "}", "\\", "&amp;", "&#x200B;", "<", ">"),
        *(
            "<br>",
            "<!-- c -->",
            "<!--",
            "-->",
            "<table>\n",
            "<td>",
            "</td>",
            "<b>",
            "</b>",
            "<pre>",
        ),
        *('<img src="u" alt="a">', "<img ", 'alt="', '"', "'", "<script>", "</script>", "<div>\n"),
        *(
            "<!-- bilint-disable-next-line -->",
            "<!-- bilint-enable -->",
            "<!-- bilint-disable a -->",
        ),
        *(
            "Testo",
            "già",
            "日本語",
            "한국",
            "é",
            "e\u0301",
            "🙂",
            "\u2028",
            "\u00a0",
            "\x00",
            "\ufeff",
        ),
    )
)
MARKDOWN = st.lists(PIECES, max_size=40).map("".join)
FRONT_MATTER = st.lists(
    st.sampled_from(
        (
            *(
                "---\n",
                "title: ",
                "description: >\n  ",
                "exl-id: ",
                "product_v2: id: Xid: Y",
                "a: ",
            ),
            *(
                "\n",
                "\r\n",
                '"',
                "'",
                "[",
                "]",
                "{{",
                "}}",
                "- ",
                "&x ",
                "*x",
                "!t ",
                "# ",
                ": ",
                "|",
            ),
            *("già", "[!DNL x]", "null", "🙂", "\x00", "\t", "%", "@", "?", "...", "\u2028", "\r"),
        )
    ),
    max_size=25,
).map("".join)
PAGES = st.builds(lambda head, body: f"---\n{head}\n---\n{body}", FRONT_MATTER, MARKDOWN)


def check(document: Document, data: bytes) -> None:
    """All that holds of a document of whatever bytes."""
    assert document.data is data
    position = 0
    for segment in document.segments:
        assert position <= segment.start < segment.end <= len(data)
        position = segment.end
        assert segment.text
        if segment.start >= document.body_start:
            assert segment.text == segment.text.strip(" \t\r\n")
        check_tokens(segment, data)
    for block in document.blocks:
        assert 0 <= block.start < block.end <= len(data)
        if block.kind in (BlockKind.CODE, BlockKind.COMMENT):
            assert not any(
                s.start < block.end and block.start < s.end for s in document.segments
            ), block
    for token in document.tokens:
        assert data[token.start : token.end].decode("utf-8", "replace") or token.text
    for problem in (*document.problems, *document.front_matter.problems):
        assert 0 <= problem.span.start <= problem.span.end <= len(data)
    for entry in document.front_matter.entries.values():
        for span in (entry.key_span, entry.value_span):
            assert document.front_matter.span.start <= span.start <= span.end
            assert span.end <= document.front_matter.span.end
    for suppression in document.suppressions:
        assert data[slice(*suppression.span)].startswith(b"<!--")
        assert 0 <= suppression.scope.start <= suppression.scope.end <= len(data)


def check_tokens(segment: Segment, data: bytes) -> None:
    position = segment.start
    for token in segment.tokens:
        assert position <= token.start < token.end <= segment.end
        position = token.start


def check_text(document: Document) -> None:
    """A page of sound UTF-8 without Bilint's own comments says what stands in it."""
    data = document.data
    for segment in document.segments:
        if segment.kind not in FRONT_MATTER_KINDS:
            assert data[slice(*segment.span)].decode() == segment.text
        for token in segment.tokens:
            assert data[token.start : token.end].decode() == token.text
    for token in document.tokens:
        assert data[token.start : token.end].decode() == token.text
    for block in document.blocks:
        data[block.start : block.end].decode()
    for entry in document.front_matter.entries.values():
        data[slice(*entry.key_span)].decode()
        data[slice(*entry.value_span)].decode()


def rejoin(document: Document) -> bytes:
    """Segments and the gaps between them, put together again."""
    parts, position = [], 0
    for start, end in (segment.span for segment in document.segments):
        parts += [document.data[position:start], document.data[start:end]]
        position = end
    return b"".join((*parts, document.data[position:]))


@given(st.binary(max_size=200))
@example(b"\xff\xfe#\x00 \x00")
@example(b"---\n\xff: \xfe\n---\n\xf0\x9f\x99")
@examples(300)
def test_any_bytes(data: bytes) -> None:
    document = read_document(data, EXPERIENCE_LEAGUE, LIMITS)
    check(document, data)
    assert rejoin(document) == data


@given(st.one_of(MARKDOWN, PAGES))
@example("---\ntitle: a\n---\n> - a\n>\n> - b\n>\n>   c\n")
@example("- [ ] a\n\n- b\n")
@example("[!DNL a\n\nb]")
@examples(1500)
def test_any_markdown(text: str) -> None:
    data = text.encode()
    document = read_document(data, EXPERIENCE_LEAGUE, LIMITS)
    check(document, data)
    if b"bilint-" not in data:
        check_text(document)
    assert rejoin(document) == data


@given(MARKDOWN, st.binary(min_size=1, max_size=6))
@examples(200)
def test_markdown_with_bytes_that_are_no_text(text: str, noise: bytes) -> None:
    half = len(text) // 2
    data = text[:half].encode() + noise + text[half:].encode()
    check(read_document(data, EXPERIENCE_LEAGUE, LIMITS), data)


@given(MARKDOWN)
@examples(200)
def test_crlf_says_the_same_as_lf(text: str) -> None:
    text = text.replace("\r", "").replace("bilint-", "")
    lf = read_document(text.encode(), EXPERIENCE_LEAGUE, LIMITS)
    crlf = read_document(text.replace("\n", "\r\n").encode(), EXPERIENCE_LEAGUE, LIMITS)
    assert [(s.kind, s.shape, s.text) for s in lf.segments] == [
        (s.kind, s.shape, s.text.replace("\r\n", "\n")) for s in crlf.segments
    ]
