"""Texts of pages, packed and unpacked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bilint.model.alignment import ChangeClass, SegmentState
from bilint.model.unit_text import PageTexts, Piece, UnitText, pack, unpack

ANY_TEXT = st.text(st.characters(codec=None, categories=None))
NUMBERS = st.integers(0, 10**6)
PIECES = st.none() | st.builds(Piece, NUMBERS, NUMBERS, NUMBERS, ANY_TEXT)
UNITS = st.builds(
    UnitText,
    st.sampled_from(("paragraph", "block")),
    st.none() | st.sampled_from(SegmentState),
    st.none() | st.sampled_from(ChangeClass),
    st.booleans(),
    NUMBERS,
    PIECES,
    PIECES,
    PIECES,
)


@given(st.builds(PageTexts, NUMBERS, st.lists(UNITS, max_size=4).map(tuple)))
def test_what_is_packed_comes_back(texts: PageTexts) -> None:
    assert unpack(pack(texts)) == texts
    assert pack(texts) == pack(unpack(pack(texts)))
