from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.reporters.colour import Role, Style
from bilint.reporters.escape import visible
from bilint.reporters.layout import (
    Column,
    Piece,
    Table,
    count,
    excerpt,
    fit,
    fit_path,
    is_right_to_left,
    number,
    pad,
    pad_left,
    paint,
    series,
    width,
    words,
    wrap,
)
from bilint.reporters.word_diff import Change, word_diff

# Latin, wide, combining, right to left, and some that are escaped.
TEXT = st.text(alphabet="ab /-.日本語한e\u0301\u0650\u0627\u202e\n…", max_size=40)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3),
        ("日本", 4),
        ("e\u0301", 1),
        ("한글", 4),
        ("\u1112\u1161\u11ab", 2),
        ("ｆｕｌｌ", 8),
        ("", 0),
    ],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


def test_padding_counts_columns() -> None:
    assert pad("日本", 6) == "日本  "
    assert pad_left("日本", 6) == "  日本"
    assert pad("too long", 3) == "too long"
    assert pad("\x1b", 3) == "␛  "


@pytest.mark.parametrize(
    ("path", "columns", "shown"),
    [
        ("help/a/b/c.md", 13, "help/a/b/c.md"),
        ("help/one/two/three.md", 20, "help/…/two/three.md"),
        ("help/one/two/three.md", 18, "…/one/two/three.md"),
        ("help/one/two/three.md", 17, "help/…/three.md"),
        ("help/one/quite-long/three.md", 21, "…/quite-long/three.md"),
        ("help/one/two/three.md", 12, "…/three.md"),
        ("help/one/two/three.md", 8, "…/th….md"),
        ("a-name-that-is-long.md", 11, "a-nam…ng.md"),
        ("help/日本語/切手の話.md", 18, "help/…/切手の話.md"),
        ("help/日本語/切手の話.md", 14, "…/切手の話.md"),
    ],
)
def test_paths_lose_their_middle(path: str, columns: int, shown: str) -> None:
    assert fit_path(path, columns) == shown
    assert fit_path(path, None) == path


@given(TEXT, st.integers(4, 50))
def test_what_was_fitted_fits(text: str, columns: int) -> None:
    assert width(fit(text, columns)) <= columns
    assert width(fit_path(text, columns)) <= columns
    assert fit(text, None) == visible(text)


@given(TEXT, TEXT, TEXT, st.integers(8, 60))
def test_an_excerpt_fits_and_keeps_the_start_of_what_is_marked(
    before: str, marked: str, after: str, columns: int
) -> None:
    shown = excerpt(before, marked, after, columns)
    assert sum(map(width, shown)) <= columns
    assert visible(marked).startswith(shown.marked.removesuffix("…"))
    assert visible(before).endswith(shown.before.removeprefix("…"))
    assert visible(after).startswith(shown.after.removesuffix("…"))
    assert excerpt(before, marked, after, None) == (
        visible(before),
        visible(marked),
        visible(after),
    )


def test_an_excerpt_shares_what_is_left() -> None:
    shown = excerpt("one two three four ", "FIVE", " six seven eight nine", 20)
    assert shown == ("…e four ", "FIVE", " six se…")
    assert excerpt("", "FIVE", " six seven eight nine", 12) == ("", "FIVE", " six se…")
    assert excerpt("one two three ", "FIVE", "", 12) == ("… three ", "FIVE", "")
    assert excerpt("", "one two three", "", 8) == ("", "one two…", "")


@given(st.lists(TEXT, max_size=4), st.integers(12, 50), st.sampled_from(["", "  ", "    "]))
def test_wrapping_keeps_the_text_and_the_width(texts: list[str], columns: int, indent: str) -> None:
    pieces = [Piece(text, role) for text, role in zip(texts, Role, strict=False)]
    lines = [paint(line, Style()) for line in wrap(pieces, max(columns, 14), indent)]
    assert all(width(line) <= max(columns, 14) for line in lines)
    told = "".join(lines).replace(" ", "")
    assert told == visible("".join(visible(text) for text in texts)).replace(" ", "")


def test_wrapping_breaks_at_blanks_and_between_wide_characters() -> None:
    def lines(text: str) -> list[str]:
        return [paint(line, Style()) for line in wrap([Piece(text)], 12, "  ")]

    assert lines("one two three four") == ["one two", "  three four"]
    assert lines("切手を貼って手紙を出す") == ["切手を貼って", "  手紙を出す"]
    assert lines("anextremelylongword x") == ["anextremelyl", "  ongword x"]
    assert lines("    led by blanks") == ["    led by", "  blanks"]


def test_wrapping_keeps_roles() -> None:
    (first, second) = wrap([Piece("one ", Role.DIM), Piece("two three", Role.ERROR)], 10, "")
    assert list(first) == [Piece("one ", Role.DIM), Piece("two ", Role.ERROR)]
    assert list(second) == [Piece(""), Piece("three", Role.ERROR)]


@given(TEXT)
def test_words_make_up_the_text(text: str) -> None:
    assert "".join(words(text)) == text


@given(TEXT, TEXT)
def test_a_word_diff_leads_from_one_text_to_the_other(old: str, new: str) -> None:
    stretches = list(word_diff(old, new))
    after = "".join(s.text for s in stretches if s.change is not Change.REMOVED)
    before = "".join(s.text for s in stretches if s.change is not Change.ADDED)
    assert after.rstrip(" ") == new.rstrip(" ")
    assert before.replace(" ", "") == old.replace(" ", "")
    for one, other in pairwise(stretches):
        assert one.change is not other.change


def test_a_word_diff_says_what_was_replaced_before_what_by() -> None:
    assert list(word_diff("Send it at noon.", "Send it every day.")) == [
        (Change.EQUAL, "Send it "),
        (Change.REMOVED, "at noon."),
        (Change.ADDED, "every day."),
    ]
    assert list(word_diff("手紙を出す", "手紙を書く")) == [
        (Change.EQUAL, "手紙を"),
        (Change.REMOVED, "出す"),
        (Change.ADDED, "書く"),
    ]
    assert list(word_diff("", "")) == []


def test_a_word_diff_looks_into_addresses() -> None:
    assert list(
        word_diff("See [it](/help/old/a.md). Or not", "See [it](/help/new/a.md). Or so")
    ) == [
        (Change.EQUAL, "See [it](/help/"),
        (Change.REMOVED, "old/"),
        (Change.ADDED, "new/"),
        (Change.EQUAL, "a.md). Or "),
        (Change.REMOVED, "not"),
        (Change.ADDED, "so"),
    ]


def test_a_table_is_as_wide_as_its_cells() -> None:
    table = Table(
        [Column("name"), Column("n", right=True), Column("page")],
        [
            [Piece("日本語"), Piece("1,000"), Piece("a")],
            [Piece("it"), Piece("2"), Piece("b")],
        ],
    )
    lines = [table.header(), *map(table.line, table.rows)]
    assert [paint(line, Style()) for line in lines] == [
        "name        n  page",
        "日本語  1,000  a",
        "it          2  b",
    ]
    assert table.lead() == 15


def test_numbers_and_nouns() -> None:
    assert (number(None), number(1234567)) == ("-", "1,234,567")
    assert (count(1, "page"), count(0, "page"), count(2, "info", "info")) == (
        "1 page",
        "0 pages",
        "2 info",
    )
    assert [series(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]


def test_right_to_left() -> None:
    assert is_right_to_left("mixed עברית text")
    assert is_right_to_left("رسالة")
    assert not is_right_to_left("日本語 è latin")
