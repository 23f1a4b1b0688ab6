"""PO files as entries, and entries as PO files."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bilint.model.text import Span
from bilint.readers.po import (
    Damaged,
    PoEntry,
    PoError,
    PoFile,
    entry_text,
    file_text,
    header_of,
    header_text,
    read_po,
)

LIMIT = 1 << 20
FULL = """\
# Beacon, second crew
msgid ""
msgstr ""
"Language: it_IT\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

# Lamps

# asked on board
#. warning: keep it short
#: help/lamp.md:4 help/mast.md
#,fuzzy, learnt
#| msgctxt "old"
#| msgid ""
#| "the "
#| "light"
msgctxt "k1"
msgid   "the "
"lamp"
msgstr "la lampada"

msgid "%d buoy"
msgid_plural "%d buoys"
msgstr[0] "%d boa"
msgstr[1] "%d boe"
# seen last in spring
#~| msgid "rope"
#~ msgid "ropes"
#~ msgstr "cime"
msgid "mast"
msgstr "albero"
"""


def read(text: str) -> PoFile:
    return read_po(text.encode(), LIMIT)


def told(text: str) -> list[tuple[int, str]]:
    return [(one.line, one.problem.message) for one in read(text).damaged]


def test_an_entry_with_all_that_it_says() -> None:
    file = read(FULL)
    lamp, buoys, rope, mast = file.entries
    assert file.metadata["Language"] == "it_IT"
    assert file.damaged == ()
    assert lamp == PoEntry(
        "the lamp",
        "la lampada",
        "k1",
        previous="the light",
        flags=("fuzzy", "learnt"),
        comment="warning: keep it short",
        note="asked on board",
        occurrences=(("help/lamp.md", "4"), ("help/mast.md", "")),
        line=9,
        span=lamp.span,
    )
    assert (buoys.msgid, buoys.plural) == ("%d buoy", "%d buoys")
    assert (rope.obsolete, rope.msgid, rope.previous, rope.note) == (
        True,
        "ropes",
        "rope",
        "seen last in spring",
    )
    assert (mast.obsolete, mast.msgid, mast.line) == (False, "mast", 30)
    said = [FULL.encode()[one.span.start : one.span.end].decode() for one in file.entries]
    assert [one.split("\n")[0] for one in said] == [
        "# asked on board",
        'msgid "%d buoy"',
        "# seen last in spring",
        'msgid "mast"',
    ]
    assert said[0].endswith('msgstr "la lampada"\n')


@pytest.mark.parametrize(
    "comment", ["#. in between", "# in between", "#, c-format", "#: a.md:1", "#! what", "#|", "#"]
)
def test_a_comment_may_stand_anywhere(comment: str) -> None:
    file = read(f'{comment}\nmsgid "a"\n{comment}\nmsgstr "b"\n{comment}\n')
    assert [(one.msgid, one.msgstr) for one in file.entries] == [("a", "b")]
    assert file.damaged == ()


def test_a_damaged_previous_text_is_none() -> None:
    file = read('#| msgid "never ends\n#| "x"\nmsgid "a"\nmsgstr "b"\n')
    assert [(one.msgid, one.previous) for one in file.entries] == [("a", None)]


def test_what_is_damaged_costs_its_entry_and_is_told() -> None:
    text = (
        '# why\nmsgid "a"\nmsgstr "b\n\nmsgid "c"\nmsgstr "d"\n\n'
        'loose\nmsgctxt "k"\nmsgid "e"\nmsgstr "f"\n'
    )
    assert told(text) == [
        (1, "this string is not terminated"),
        (8, "this line is neither a comment nor a string"),
    ]
    assert [one.msgid for one in read(text).entries] == ["c", "e"]
    [first, _] = read(text).damaged
    assert text[first.problem.span.start :].startswith('msgstr "b')


def test_nobody_is_told_of_obsolete_damage() -> None:
    assert read('#~ msgid "a\n#~ msgstr "b"\n\nmsgid "c"\nmsgstr "d"\n').damaged == ()


@pytest.mark.parametrize(
    ("data", "code", "offset"),
    [
        (b"#" * (LIMIT + 1), "too-large", 0),
        (b'msgid "\xff"\n', "not-utf-8", 7),
        (b'msgid ""\nmsgstr "Content-Type: text/plain; charset=KOI8-R\\n"\n', "po-charset", 0),
        (b'msgid ""\nmsgstr ""\n\nmsgid ""\nmsgstr "x"\n', "po-unreadable", 0),
    ],
)
def test_what_cannot_be_read_at_all(data: bytes, code: str, offset: int) -> None:
    with pytest.raises(PoError) as caught:
        read_po(data, LIMIT)
    assert (caught.value.problem.code, caught.value.problem.span.start) == (code, offset)


def test_a_header_is_written_in_one_order() -> None:
    assert header_text({"X-Crew": "2", **header_of("it-IT")}) == (
        'msgid ""\nmsgstr ""\n"Language: it_IT\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        '"X-Crew: 2\\n"\n'
    )


_TEXT = st.text(st.sampled_from('ab "\\\n\t\r#é한,|~\u2028\x85\x0b\x1c'), max_size=12)
_SOURCE = _TEXT.filter(bool)


@given(
    st.lists(
        st.builds(
            PoEntry,
            _SOURCE,
            _TEXT,
            st.none() | _SOURCE,
            previous=st.none() | _SOURCE,
            flags=st.sampled_from([(), ("fuzzy",), ("fuzzy", "learnt")]),
            comment=st.sampled_from(["", "one", "one\ntwo  three", "#, x"]),
            note=st.sampled_from(["", "one", "~ one\ntwo"]),
            occurrences=st.sampled_from([(), (("a.md", "3"), ("b/c.md", ""))]),
            plural=st.none(),
            obsolete=st.just(False),
            line=st.just(1),
            span=st.just(Span(0, 0)),
        ),
        max_size=4,
    ),
    st.booleans(),
)
@example([PoEntry("a", note="first of all")], False)
def test_what_is_written_is_read(entries: list[PoEntry], header: bool) -> None:
    bare = "\n".join(map(entry_text, entries))
    file = read(file_text(header_of("it-IT"), entries) if header else bare)
    assert file.damaged == ()
    assert [one._replace(line=1, span=Span(0, 0)) for one in file.entries] == entries


_PIECES = ('msgid "a"', 'msgstr "b"', 'msgctxt "c"', 'msgid_plural "p"', 'msgstr[0] "n"', '"more"')
_LINES = st.sampled_from(
    (
        *(mark + one for mark in ("", "#~ ", "#| ") for one in _PIECES),
        *("", "", "#, fuzzy", "#~", "#~|", "# note", 'msgid ""', 'msgid "x', "<<<<<<< HEAD"),
    )
)


@given(st.lists(_LINES | _TEXT, max_size=12))
def test_any_lines_are_answered(lines: list[str]) -> None:
    text = "\n".join(lines)
    size = len(text.encode())
    try:
        file = read(text)
    except PoError as error:
        assert "several headers" in f"{error}"
        return
    spans = [one.span for one in file.entries]
    assert all(one.start < one.end <= size for one in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert all(isinstance(one, Damaged) and one.line >= 1 for one in file.damaged)
