from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.reporters.colour import Role, Style
from bilint.reporters.escape import inert_line, visible
from bilint.reporters.layout import Piece, paint

# Characters of these categories may act or hide; a few of `Cf` are visible signs of Arabic.
HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
SIGNS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u0890\u0891\u08e2"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("due\nrighe\r\nqui", "due↵righe↵qui"),
        ("\x1b[31mred", "␛[31mred"),
        ("\t\a\x00\x7f", "␉␇␀␡"),
        ("\x9b2J", "<U+009B>2J"),
        ("abc\u202edef\u2066", "abc<U+202E>def<U+2066>"),
        ("zero\u200bwidth\ufeff\u00ad", "zero<U+200B>width<U+FEFF><U+00AD>"),
        ("caf\udce9.md \ud800", "caf<0xE9>.md <U+D800>"),
        ("\U000e0041", "<U+E0041>"),
        ("no\u00a0break 日本語 e\u0301 ❤\ufe0f", "no\u00a0break 日本語 e\u0301 ❤\ufe0f"),
        ("##[error]x ##vso[task] ##teamcity[t]", "#\\#[error]x #\\#vso[task] #\\#teamcity[t]"),
        ("## [!DNL x] ##", "## [!DNL x] ##"),
        ("##[é", "#\\#[é"),
    ],
)
def test_what_could_act_or_hide_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_every_character_that_could_act_or_hide_is_shown() -> None:
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        if unicodedata.category(character) in HIDDEN and character not in SIGNS:
            assert visible(character) != character, hex(code)


@given(st.text())
def test_escaping_twice_changes_nothing(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(st.text(alphabet="#[]aé:\\ \n\r", max_size=20))
def test_no_command_for_a_build_machine_is_left(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    assert "##[" not in shown
    assert not inert_line(shown).lstrip().startswith("::")
    assert "\n" not in shown


@given(st.lists(st.text(max_size=8), max_size=4), st.booleans())
def test_nothing_raw_leaves_through_paint(texts: list[str], colour: bool) -> None:
    line = paint([Piece(text, Role.ERROR) for text in texts], Style(colour))
    for sequence in ("\x1b[1;31m", "\x1b[0m"):
        line = line.replace(sequence, "") if colour else line
    assert visible(line) == line


def test_a_command_made_of_two_pieces_is_broken_too() -> None:
    assert paint([Piece("##"), Piece("[group]")], Style()) == "#\\#[group]"
    assert paint([Piece("  "), Piece("::error::x", Role.ERROR)], Style(True)) == "\\  ::error::x"


def test_a_line_ends_without_blanks() -> None:
    assert paint([Piece("a  "), Piece("  ", Role.DIM), Piece("")], Style(True)) == "a"
    assert paint([], Style()) == ""
