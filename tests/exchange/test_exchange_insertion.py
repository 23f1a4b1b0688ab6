"""New segments stand where the source has them, with their lines, or nowhere."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from made_pages import document

from bilint.exchange.inline import shown
from bilint.exchange.insertion import insert
from examples import examples

SOURCE = """\
---
title: At sea
---
# The buoy

One.

Two.

* Red
* Green
  * Deep
* Blue

| a | b |
|---|---|
| c | d |
| e | f |

```sh
buoy --light
```

Three.

> [!NOTE]
>
> Four.
"""


def put(target: str, **new: str) -> tuple[str, tuple[str, ...]]:
    """Insert texts for the segments of SOURCE that `new` names by their letters.

    Whatever else of the source the target has, in lower case, is taken for its translation.
    """
    source, page = document(SOURCE), document(target)
    texts = {i: new[name(s.text)] for i, s in enumerate(source.segments) if name(s.text) in new}
    there = {segment.text: index for index, segment in enumerate(page.segments)}
    places = {
        index: there[segment.text.lower()]
        for index, segment in enumerate(source.segments)
        if index not in texts and segment.text.lower() in there
    }
    done = insert("x.md", page, source, places, texts, document)
    homeless = tuple(source.segments[index].text for index in done.homeless)
    return done.document.data.decode(), homeless


def name(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalpha())


WHOLE = SOURCE.lower().replace("[!note]", "[!NOTE]")


def without(*lines: str) -> str:
    text = WHOLE
    for line in lines:
        assert line in text
        text = text.replace(line, "", 1)
    return text


@pytest.mark.parametrize(
    ("gone", "new"),
    [
        ("one.\n\n", {"one": "one."}),
        ("two.\n\n", {"two": "two."}),
        ("* green\n", {"green": "green"}),
        ("  * deep\n", {"deep": "deep"}),
        ("* blue\n", {"blue": "blue"}),
        ("* red\n", {"red": "red"}),
        ("* green\n  * deep\n", {"green": "green", "deep": "deep"}),
        ("| e | f |\n", {"e": "e", "f": "f"}),
        ("| c | d |\n", {"c": "c", "d": "d"}),
        ("three.\n\n", {"three": "three."}),
        ("# the buoy\n\none.\n\n", {"thebuoy": "the buoy", "one": "one."}),
        (
            "```sh\nbuoy --light\n```\n\nthree.\n\n",
            {"three": "three."},
        ),
        (
            "| a | b |\n|---|---|\n| c | d |\n| e | f |\n\n",
            {"a": "a", "b": "b", "c": "c", "d": "d", "e": "e", "f": "f"},
        ),
        ("\n> [!NOTE]\n>\n> four.\n", {"four": "four."}),
    ],
)
def test_what_was_missing_is_back_where_it_was(gone: str, new: dict[str, str]) -> None:
    assert put(without(gone), **new) == (WHOLE, ())


def test_a_cell_never_comes_without_its_row() -> None:
    target = without("| e | f |\n").replace("| c | d |\n", "| c | d |\n| e | |\n")
    assert put(target, f="f") == (target, ("f",))


def test_a_row_has_its_place_where_another_has_none() -> None:
    target = without("| e | f |\n").replace("| c | d |\n", "| c | |\n")
    page, homeless = put(target, d="d", e="e", f="f")
    assert homeless == ("d",)
    assert page == target.replace("| c | |\n", "| c | |\n| e | f |\n")


def test_the_margin_and_the_sign_are_those_of_the_target() -> None:
    target = WHOLE.replace("* ", "- ").replace("  - deep", "    - deep").replace("- green\n", "")
    assert put(target, green="green")[0] == target.replace("- red\n", "- red\n- green\n")


def test_line_ends_are_those_of_the_target() -> None:
    target = without("* green\n").replace("\n", "\r\n")
    assert put(target, green="green")[0] == WHOLE.replace("\n", "\r\n")


def test_where_other_code_stands_between_there_is_no_place() -> None:
    target = without("three.\n\n").replace("buoy --light", "boje --licht").replace("> four.\n", "")
    target = target.replace("> [!NOTE]\n>\n", "")
    assert put(target, three="three.") == (target, ("Three.",))


@pytest.mark.parametrize("text", ["# two", "* two", "two\n\nthree", "```", "<!--", ""])
def test_a_text_that_is_no_paragraph_has_no_place(text: str) -> None:
    target = without("two.\n\n")
    page, homeless = put(target, two=text)
    assert (page, homeless) in ((target, ("Two.",)), (target, ()))


@examples(60)
@example(gone=set(), texts=[*["<"] * 13, "a", "<"])
@given(
    gone=st.sets(st.integers(0, 14)),
    texts=st.lists(st.text("ab [](!*#|>`\\<é\u200b", min_size=1, max_size=9), min_size=15),
)
def test_whatever_is_put_in_nothing_else_changes(gone: set[int], texts: list[str]) -> None:
    source = document(SOURCE)
    target = document(without("| e | f |\n", "two.\n\n", "* blue\n"))
    there = {segment.text: index for index, segment in enumerate(target.segments)}
    places = {
        index: there[segment.text.lower()]
        for index, segment in enumerate(source.segments)
        if segment.text.lower() in there
    }
    new = {
        index: texts[index % len(texts)]
        for index in range(len(source.segments))
        if index not in places and index not in gone
    }
    done = insert("x.md", target, source, places, new, document)
    put_in = sorted(set(new) - set(done.homeless))
    assert len(done.document.segments) == len(target.segments) + len(put_in)
    said = [shown(segment) for segment in done.document.segments]
    before = [shown(segment) for segment in target.segments]
    assert Counter(said) == Counter(before) + Counter(new[index] for index in put_in)
    rest = iter(said)
    assert all(one in rest for one in before), "what was there is there in its order"
    assert [b.text for b in done.document.blocks] == [b.text for b in target.blocks]
