"""Pages made to hurt: every one is read in as many steps as it is long."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bilint.model.config import Limits
from bilint.model.segment_text import count_words, numbers, plain
from bilint.profiles.experience_league import EXPERIENCE_LEAGUE
from bilint.readers.markdown import read_document
from steps import grows_no_faster

SIZE = 10_000

SCRAPS = (
    *("<!--", "<!-- c --> ", "<!-- c -->\n\n", "<!-- bilint-disable a -->", "<!-- bilint-x -->\n"),
    *("<!-- bilint-disable-next-line -->\n", "<!-- bilint-disable a --><!-- bilint-enable b -->"),
    *("[!DNL ", "[!DNL [", "[!DNL a]", "[!UICONTROL [x]]", "[!BADGE [a]] ", "[!DNL a\n\n", "[ !"),
    *("[!NOTE]\n", ">[!NOTE]\n", ">[!TAB x]\n", "[!VIDEO](u)\n\n", "[!VIDEO](u) ", "\\[!DNL x"),
    *("{", "{{", "${", "{a", "{=", "%s", "`", "``` ", "`a` {x} ", "\\", "!", "&amp;", "\x00", "日"),
    *(
        "[",
        "![",
        "](",
        "[](",
        "[a](b{x}) ",
        "![a](b) ",
        "[![a](b)](c) ",
        "[r]: /u\n",
        "- [r]: /u\n",
    ),
    *("*", "**a", "_a", "~~", "*a ", "<", "<a ", '<a "', "<a '\"", '<img alt="', "<td>x", "<b>x"),
    *('<img src="a" alt="b">\n\n', '<img alt="b"> ', "<pre>", "<script>", "<![CDATA[", "<?"),
    *("> ", ">", "- ", "- - ", "1. ", "# x\n", "#", "|a|b|\n|-|-|\n", "| a ", "> - a\n>\n"),
    *("- a\n  - b\n", "- [ ] a\n", "\t", "\n", "\r", "a\r", "\r\n", "1.1", "1,"),
)


@pytest.mark.parametrize("scrap", SCRAPS, ids=ascii)
def test_a_page_of_nothing_else(scrap: str) -> None:
    def read(size: int) -> None:
        data = (scrap * (size // len(scrap))).encode()
        document = read_document(data, EXPERIENCE_LEAGUE, Limits())
        for segment in document.segments:
            plain(segment)
            count_words(segment)
            numbers(segment)
        assert not any(problem.code == "unreadable" for problem in document.problems)

    assert grows_no_faster(read, SIZE)


@pytest.mark.parametrize(
    "text",
    [
        lambda size: "".join("  " * depth + "- a\n" for depth in range(size // 50)),
        lambda size: "".join(">" * (depth % 300) + " a\n" for depth in range(size // 5)),
        lambda size: "|" + "a|" * size + "\n|" + "-|" * size + "\n",
        lambda size: "".join(f"- [r{number}]: /u\n" for number in range(size // 5)),
        lambda size: "".join(f"[r{number}]: /u\n" for number in range(size // 5)),
        lambda size: "<td a=" + "x" * size,
        lambda size: "> - a\n" + ">\n" * (size // 2),
        lambda size: "<!-- bilint-disable a -->" + " " * size,
        lambda size: "<!-- bilint-disable-next-line -->" * (size // 50) + "\n" * size,
    ],
    ids=("lists", "quotes", "table", "items", "definitions", "tag", "margins", "blanks", "lines"),
)
def test_depth_and_width(text: Callable[[int], str]) -> None:
    def read(size: int) -> None:
        read_document(text(size).encode(), EXPERIENCE_LEAGUE, Limits())

    assert grows_no_faster(read, SIZE)


def test_deep_quotes_keep_short_shapes() -> None:
    document = read_document(b"> " * 20_000 + b"a\n", EXPERIENCE_LEAGUE, Limits())
    assert all(len(segment.shape) < 200 for segment in document.segments)
