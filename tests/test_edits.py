"""Edits change their spans and not one byte more, and fit only what they were made for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.edits import (
    MOVED,
    NOT_TEXT,
    OVERLAP,
    EditError,
    Shift,
    apply,
    bare_text,
    difference_elsewhere,
    edit_of,
    lost_tokens,
    segment_edit,
)
from bilint.model.config import Limits
from bilint.model.document import Document
from bilint.model.text import Span
from bilint.profiles import profile
from bilint.readers.markdown import read_document

PROFILE = profile("experience-league")


def read(text: str | bytes) -> Document:
    data = text.encode() if isinstance(text, str) else text
    return read_document(data, PROFILE, Limits())


def spans(data: bytes, *texts: str) -> list[Span]:
    return [Span(data.index(t.encode()), data.index(t.encode()) + len(t.encode())) for t in texts]


def test_edits_change_their_spans_alone() -> None:
    data = "\ufeffÈ vero: uno, due, tre.\r\n".encode()
    uno, tre = spans(data, "uno", "tre")
    done = apply(data, [edit_of("a.md", data, tre, "III"), edit_of("a.md", data, uno, "")])
    assert done.data == "\ufeffÈ vero: , due, III.\r\n".encode()
    assert [edit.span for edit in done.done] == [uno, tre]
    assert done.left_out == ()


def test_of_two_edits_of_one_place_the_first_wins() -> None:
    data = b"one two three"
    first, second = Span(4, 7), Span(0, 5)
    done = apply(data, [edit_of("a", data, first, "2"), edit_of("a", data, second, "1")])
    assert done.data == b"one 2 three"
    assert [(left.edit.span, left.reason) for left in done.left_out] == [(second, OVERLAP)]


@pytest.mark.parametrize("span", [Span(4, 4), Span(7, 7), Span(5, 5)])
def test_nothing_is_put_at_the_edge_of_another_edit(span: Span) -> None:
    data = b"one two three"
    done = apply(data, [edit_of("a", data, Span(4, 7), "2"), edit_of("a", data, span, "x")])
    assert done.data == b"one 2 three"


def test_edits_side_by_side() -> None:
    data = b"onetwo"
    done = apply(data, [edit_of("a", data, Span(3, 6), "2"), edit_of("a", data, Span(0, 3), "1")])
    assert done.data == b"12"


def test_an_edit_does_not_fit_another_text() -> None:
    edit = edit_of("a", b"one two", Span(4, 7), "2")
    for data in (b"one TWO", b"one", b"", "one tè".encode()):
        done = apply(data, [edit])
        assert done.data == data
        assert [left.reason for left in done.left_out] == [MOVED]


def test_no_edit_cuts_a_character() -> None:
    data = "è".encode()
    done = apply(data, [edit_of("a", data, Span(1, 2), "")])
    assert done.data == data


def test_a_page_with_invalid_bytes_is_left_alone() -> None:
    data = b"one \xff two"
    done = apply(data, [edit_of("a", data, Span(0, 3), "1")])
    assert done.data == data
    assert [left.reason for left in done.left_out] == [NOT_TEXT]


@pytest.mark.parametrize(
    ("data", "after"),
    [
        (b"a\r\nX\r\nb\r\n", b"a\r\n1\r\n2\r\nb\r\n"),
        (b"a\nX\nb\n", b"a\n1\n2\nb\n"),
        (b"a\rX", b"a\r1\r2"),
        (b"a\r\nX", b"a\r\n1\r\n2"),
        (b"X", b"1\n2"),
    ],
)
def test_new_lines_end_as_those_around(data: bytes, after: bytes) -> None:
    at = data.index(b"X")
    assert apply(data, [edit_of("a", data, Span(at, at + 1), "1\n2")]).data == after


@given(st.data())
def test_whatever_is_outside_stays_and_the_order_does_not_matter(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="aè€😀\n\r ", max_size=40))
    page = text.encode()
    marks = [len(text[:i].encode()) for i in range(len(text) + 1)]
    edits = []
    for _ in range(data.draw(st.integers(0, 6))):
        start, end = sorted((data.draw(st.sampled_from(marks)), data.draw(st.sampled_from(marks))))
        edits.append(edit_of("a", page, Span(start, end), data.draw(st.text("xé\n", max_size=4))))
    done = apply(page, edits)
    assert len(done.done) + len(done.left_out) == len(edits)
    again = apply(page, data.draw(st.permutations(done.done)))
    assert again.data == done.data
    shift = Shift(page, done.done)
    outside = [
        at
        for at in range(len(page))
        if not any(edit.span.start <= at < edit.span.end for edit in done.done)
    ]
    for at in outside:
        assert done.data[shift.after(at)] == page[at]
        assert shift.before(shift.after(at)) == at
    changed = sum(span.end - span.start for span in shift.now)
    assert len(done.data) == len(outside) + changed


PAGE = """\
---
title: "La lampada: come si usa"
description: La lampada
---
# La lampada

Apri la porta
e accendi la [luce](light.md).

> Una nota
> su due righe.

| Nome | Valore |
| --- | --- |
| uno | due |
"""


def after(text: str, old: str, new: str) -> str | None:
    before = read(text)
    (span,) = spans(before.data, old)
    done = apply(before.data, [edit_of("a.md", before.data, span, new)])
    return difference_elsewhere(before, read(done.data), done.done)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("accendi", "spegni"),
        ("light.md", "lights.md"),
        ("# La", "## La"),
        ("due righe", "tre righe"),
        ("uno", "due parole"),
        ("La lampada: come", "Lampada: come"),
    ],
)
def test_an_edit_that_stays_in_its_place(old: str, new: str) -> None:
    assert after(PAGE, old, new) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Apri la porta", "```\nApri"),
        ("Una nota", "<!-- Una nota"),
        ("| --- | --- |", "| --- |"),
        ('usa"', "usa"),
        ("uno", "uno | tre"),
        ("accendi la", "accendi.\n\nLa"),
    ],
)
def test_an_edit_that_changes_more_than_its_place(old: str, new: str) -> None:
    assert after(PAGE, old, new) is not None


def test_a_segment_as_people_edit_it() -> None:
    document = read(PAGE)
    texts = [bare_text(document, one) for one in document.segments]
    assert texts[:5] == [
        "La lampada: come si usa",
        "La lampada",
        "La lampada",
        "Apri la porta\ne accendi la [luce](light.md).",
        "Una nota\nsu due righe.",
    ]
    for segment, text in zip(document.segments, texts, strict=True):
        assert segment_edit("a.md", document, segment, text) is None


@pytest.mark.parametrize(
    ("index", "text", "old", "new"),
    [
        (0, 'La "lampada"', "La lampada: come si usa", 'La \\"lampada\\"'),
        (1, "Luce: la lampada", "description: La lampada", 'description: "Luce: la lampada"'),
        (1, "Luce", "description: La lampada", "description: Luce"),
        (4, "Una\nnota\nlunga.", "> Una nota\n> su due righe.", "> Una\n> nota\n> lunga."),
        (4, "Una.", "> Una nota\n> su due righe.", "> Una."),
        (3, "Apri.\nChiudi.", "Apri la porta\ne accendi la [luce](light.md).", "Apri.\nChiudi."),
    ],
)
def test_a_segment_gets_another_text(index: int, text: str, old: str, new: str) -> None:
    for end in ("\n", "\r\n"):
        document = read(PAGE.replace("\n", end))
        edit = segment_edit("a.md", document, document.segments[index], text)
        assert edit is not None
        done = apply(document.data, [edit])
        assert done.data.decode() == PAGE.replace(old, new, 1).replace("\n", end)
        assert bare_text(read(done.data), read(done.data).segments[index]) == text


@pytest.mark.parametrize(
    ("index", "text", "why"),
    [
        (3, " ", "is empty"),
        (3, "a\n\nb", "two paragraphs"),
        (2, "a\nb", "a heading has one line only"),
        (5, "a\nb", "a table cell has one line only"),
        (0, "a\nb", "one line only"),
        (3, "a\0b", "no page can hold"),
        (3, "a\ud800b", "no page can hold"),
    ],
)
def test_a_text_that_the_place_cannot_hold(index: int, text: str, why: str) -> None:
    document = read(PAGE)
    with pytest.raises(EditError, match=why):
        segment_edit("a.md", document, document.segments[index], text)


@pytest.mark.parametrize(
    ("before", "text", "lost"),
    [
        ("Open [!DNL Beacon].", "Apri [!DNL Beacon].", []),
        ("Open [!DNL Beacon].", "Apri [!DNL Faro].", ["[!DNL Beacon]"]),
        ("Click [!UICONTROL Save].", "Fai clic su [!UICONTROL Salva].", []),
        ("Click [!UICONTROL Save].", "Fai clic su Salva.", ["[!UICONTROL Save]"]),
        ("See [here](a.md) and [there](a.md).", "Vedi [qui](a.md).", ["[there](a.md)"]),
        ("Set `a` to `b`.", "Imposta `a`.", ["`b`"]),
        ("It is 5 metres.", "Sono cinque metri.", []),
    ],
)
def test_tokens_that_are_lost(before: str, text: str, lost: list[str]) -> None:
    def tokens(page: str) -> list[object]:
        return [token for segment in read(page).segments for token in segment.tokens]

    assert [token.text for token in lost_tokens(tokens(before), tokens(text))] == lost  # type: ignore[arg-type]
