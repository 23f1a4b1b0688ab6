"""Texts with their codes: nothing is lost, and what comes back is what the page has."""

from __future__ import annotations

import pytest
from hypothesis import given
from made_pages import PAGES, SOURCE, TARGET, document

from bilint.edits import apply, segment_edit
from bilint.exchange.inline import number_like, read_text, resolve, shown, stretches
from bilint.exchange.weave import tidy, weave
from bilint.model.exchange import Code, Role, flat
from examples import examples


@examples(100)
@given(PAGES)
def test_a_text_with_its_codes_is_the_text(page: str) -> None:
    for segment in document(page).segments:
        text = read_text(segment)
        assert flat(text) == shown(segment)
        assert "".join(stretch.raw for stretch in stretches(segment)) == segment.text
        open_: list[int] = []
        for part in text:
            if isinstance(part, Code) and part.role is Role.OPEN:
                open_.append(part.number)
            elif isinstance(part, Code) and part.role is Role.CLOSE:
                assert open_.pop() == part.number
        assert not open_


@examples(100)
@given(PAGES)
def test_a_text_laid_over_its_own_segment_changes_no_byte(page: str) -> None:
    read = document(page)
    for segment in read.segments:
        text = tidy(read_text(segment))
        if text == shown(segment):
            assert weave(segment, text, with_margins=True) == segment.text
            assert segment_edit("x.md", read, segment, weave(segment, text)) is None


def test_codes_of_a_paragraph() -> None:
    segment = next(s for s in document(SOURCE).segments if "Harbor" in s.text)
    parts = [
        (part.number, part.role.value, part.kind, part.text) if isinstance(part, Code) else part
        for part in read_text(segment)
    ]
    assert parts == [
        "Open ",
        (1, "alone", "dnl", "[!DNL Harbor]"),
        " and select **",
        (2, "open", "uicontrol", "[!UICONTROL "),
        "Signals",
        (2, "close", "uicontrol", "]"),
        "** in the ",
        (3, "open", "link", "["),
        "menu",
        (3, "close", "link", '](help/menu.md "Menu")'),
        ". A second line of the same paragraph with ",
        (4, "alone", "code", "`code & <more>`"),
        " and ",
        (5, "open", "html", "<b>"),
        "bold",
        (5, "close", "html", "</b>"),
        " words.",
    ]


def test_the_same_code_has_the_same_number_and_a_link_keeps_its_own_address() -> None:
    source = next(s for s in document(SOURCE).segments if "Harbor" in s.text)
    target = next(s for s in document(TARGET).segments if "Harbor" in s.text)
    theirs = read_text(source)
    ours = number_like(theirs, read_text(target))
    numbers = [(part.number, part.kind) for part in ours if isinstance(part, Code)]
    assert numbers == [(part.number, part.kind) for part in theirs if isinstance(part, Code)]
    # A tool puts the source's own code in; the translation keeps its address.
    back = resolve([p for p in theirs if isinstance(p, Code)], ours, theirs)
    assert not isinstance(back, Code)
    assert '](help/it/menu.md "Menu")' in flat(back)


def test_a_name_that_was_altered_is_another_code() -> None:
    theirs = read_text(document("Open [!DNL Harbor].\n").segments[0])
    ours = number_like(theirs, read_text(document("Apri [!DNL Porto].\n").segments[0]))
    assert [part.number for part in ours if isinstance(part, Code)] == [2]
    assert resolve([Code(1, Role.ALONE, "", "?")], ours, theirs) == (
        Code(1, Role.ALONE, "dnl", "[!DNL Harbor]"),
    )


def test_a_link_that_the_source_dropped_is_another_code() -> None:
    then = read_text(document("See [this](old.md).\n").segments[0])
    now = read_text(document("See [this](new.md).\n").segments[0])
    ours = number_like(now, read_text(document("Vedi [questo](old.md).\n").segments[0]), then)
    assert {part.number for part in ours if isinstance(part, Code)} == {2}


def test_a_code_that_nobody_knows_is_told() -> None:
    text = read_text(document("Open [!DNL Harbor].\n").segments[0])
    stranger = Code(7, Role.ALONE, "", "<x/>")
    assert resolve(["Apri ", stranger], (), text) == stranger


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        ("one two\nthree four\nfive\n", "one two three FOUR five", "one two\nthree FOUR\nfive\n"),
        ("> one two\n> three four\n", "one TWO three four", "> one TWO\n> three four\n"),
        ("* one  \n  two\n", "one  \nTWO", "* one  \n  TWO\n"),
        ("one\r\ntwo three\r\n", "one two THREE", "one\r\ntwo THREE\r\n"),
        ("one two\n", "one  \ntwo", "one  \ntwo\n"),
        ("> one two\n", "one\\\ntwo", "> one\\\n> two\n"),
    ],
)
def test_lines_stay_where_words_do(before: str, text: str, after: str) -> None:
    read = document(before)
    edit = segment_edit("x.md", read, read.segments[0], weave(read.segments[0], text))
    assert edit is not None
    assert apply(read.data, [edit]).data.decode() == after


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (" a b\n", "a b"),
        ("a\nb", "a b"),
        ("a \r\n  b", "a b"),
        ("a   \n  b", "a  \nb"),
        ("a\\\n  b", "a\\\nb"),
    ],
)
def test_what_tools_do_to_lines_is_undone(said: str, meant: str) -> None:
    assert tidy((said,)) == meant
