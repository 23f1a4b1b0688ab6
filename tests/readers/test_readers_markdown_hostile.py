"""Pages made to hurt: every one is read in time linear in its size."""

from __future__ import annotations

import time

import pytest

from bilint.model.config import Limits
from bilint.model.segment_text import count_words, numbers, plain
from bilint.profiles.experience_league import EXPERIENCE_LEAGUE
from bilint.readers.markdown import read_document

SIZE = 200_000
PATIENCE = 5.0
"""Seconds: some thirty times what the slowest needs, a fraction of what a quadratic one would."""

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
    data = (scrap * (SIZE // len(scrap))).encode()
    started = time.perf_counter()
    document = read_document(data, EXPERIENCE_LEAGUE, Limits())
    for segment in document.segments:
        plain(segment)
        count_words(segment)
        numbers(segment)
    assert time.perf_counter() - started < PATIENCE
    assert not any(problem.code == "unreadable" for problem in document.problems)


@pytest.mark.parametrize(
    "text",
    [
        "".join("  " * depth + "- a\n" for depth in range(400)),
        "".join(">" * (depth % 300) + " a\n" for depth in range(2_000)),
        "|" + "a|" * 30_000 + "\n|" + "-|" * 30_000 + "\n",
        "".join(f"- [r{number}]: /u\n" for number in range(12_000)),
        "".join(f"[r{number}]: /u\n" for number in range(12_000)),
        "<td a=" + "x" * SIZE,
        "> - a\n" + ">\n" * (SIZE // 2),
        "<!-- bilint-disable a -->" + " " * SIZE,
        "<!-- bilint-disable-next-line -->" * 3_000 + "\n" * SIZE,
    ],
    ids=("lists", "quotes", "table", "items", "definitions", "tag", "margins", "blanks", "lines"),
)
def test_depth_and_width(text: str) -> None:
    started = time.perf_counter()
    read_document(text.encode(), EXPERIENCE_LEAGUE, Limits())
    assert time.perf_counter() - started < PATIENCE


def test_deep_quotes_keep_short_shapes() -> None:
    document = read_document(b"> " * 20_000 + b"a\n", EXPERIENCE_LEAGUE, Limits())
    assert all(len(segment.shape) < 200 for segment in document.segments)
