from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.alignment import (
    Structure,
    align_translation,
    align_versions,
    structure_likeness,
    traits,
    translation,
    versions,
)
from bilint.alignment.layout import CELLS
from bilint.alignment.traits import link_key
from bilint.model.alignment import Alignment
from bilint.model.document import Document
from invented_pages import (
    PIECES,
    SOME_PIECES,
    TABLE,
    Piece,
    letters,
    page,
    sentence,
    translate,
)


def pairs(alignment: Alignment) -> list[tuple[int | None, int | None]]:
    return [(match.left, match.right) for match in alignment.matches]


def assert_whole(alignment: Alignment, left: Document, right: Document) -> None:
    """Every index of either side stands exactly once, the right ones in order."""
    lefts = [m.left for m in alignment.matches if m.left is not None]
    rights = [m.right for m in alignment.matches if m.right is not None]
    assert sorted(lefts) == list(range(len(left.segments)))
    assert rights == list(range(len(right.segments)))
    assert all(m.left is not None or m.right is not None for m in alignment.matches)
    assert all(0.0 <= m.likeness <= 1.0 for m in alignment.matches)


def matched(alignment: Alignment) -> list[tuple[int, int]]:
    return [
        (m.left, m.right) for m in alignment.matches if m.left is not None and m.right is not None
    ]


def ascending(alignment: Alignment) -> bool:
    lefts = [left for left, _ in matched(alignment)]
    return lefts == sorted(lefts)


# --- both ways -------------------------------------------------------------------------------


@given(PIECES)
def test_a_page_against_itself_is_the_identity(pieces: list[Piece]) -> None:
    left = page(*pieces, title="A title")
    for right in (left, page(*pieces, title="A title"), left._replace(data=left.data + b"\n")):
        expected = [(i, i) for i in range(len(left.segments))]
        for align in (align_versions, align_translation):
            alignment = align(left, right)
            assert pairs(alignment) == expected
            assert all(match.likeness == 1.0 for match in alignment.matches)
    assert structure_likeness(left, left) == 1.0


@given(PIECES, PIECES)
def test_every_segment_stands_exactly_once(some: list[Piece], others: list[Piece]) -> None:
    left, right = page(*some, title="One"), page(*others)
    for align in (align_versions, align_translation):
        assert_whole(align(left, right), left, right)
    assert ascending(align_translation(left, right))
    likeness, most = (
        structure_likeness(left, right),
        Structure.of(left).at_most(Structure.of(right)),
    )
    assert 0.0 <= likeness <= most <= 1.0


@given(st.permutations(["title", "description", "author"]))
def test_front_matter_matches_by_key_wherever_it_stands(keys: list[str]) -> None:
    left = page("Text.", fields=[("title", "One"), ("description", "Two"), ("author", "me")])
    right = page("Text.", fields=[(key, f"{key} text") for key in keys])
    for align in (align_versions, align_translation):
        alignment = align(left, right)
        assert_whole(alignment, left, right)
        for match in alignment.matches:
            assert match.left is not None
            assert match.right is not None
            assert left.segments[match.left].shape == right.segments[match.right].shape


# --- two versions of a page ------------------------------------------------------------------


@given(SOME_PIECES, st.data())
def test_a_segment_that_came_is_told_at_its_place(pieces: list[Piece], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(pieces)))
    old = page(*pieces)
    new = page(*pieces[:place], "Something wholly new appears.", *pieces[place:])
    alignment = align_versions(old, new)
    assert_whole(alignment, old, new)
    assert [m.right for m in alignment.matches if m.left is None] == [place]
    assert ascending(alignment)
    gone = align_versions(new, old)
    assert pairs(gone)[place] == (place, None)
    assert len(matched(gone)) == len(pieces)


@given(SOME_PIECES, st.data())
def test_an_edited_segment_keeps_its_partner(pieces: list[Piece], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(pieces) - 1))
    edited = str(pieces[place]).replace(".", " indeed.")
    old, new = page(*pieces), page(*pieces[:place], edited, *pieces[place + 1 :])
    alignment = align_versions(old, new)
    assert pairs(alignment) == [(i, i) for i in range(len(pieces))]
    assert [m.left for m in alignment.matches if m.likeness < 1.0] == [place]


@given(SOME_PIECES, st.data())
def test_moved_segments_are_found_again(pieces: list[Piece], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(pieces) - 1))
    end = data.draw(st.integers(start + 1, len(pieces)))
    rest = pieces[:start] + pieces[end:]
    to = data.draw(st.integers(0, len(rest)))
    old, new = page(*pieces), page(*rest[:to], *pieces[start:end], *rest[to:])
    alignment = align_versions(old, new)
    assert_whole(alignment, old, new)
    assert all(old.segments[i].text == new.segments[j].text for i, j in matched(alignment))
    assert len(matched(alignment)) == len(pieces)


def test_a_section_that_moved_and_was_edited_is_found_again() -> None:
    first = ["## Garden", "The lantern by the orchard gate stays lit until the morning.", "Short."]
    second = ["## Harbour", "Boats wait for the tide.", "Nobody pays.", "The kettle is on."]
    moved = [first[0], first[1].replace("stays", "remains"), first[2]]
    alignment = align_versions(page(*first, *second), page(*second, *moved))
    assert [(i, j) for i, j in matched(alignment) if i < 3] == [(0, 4), (1, 5), (2, 6)]


def test_repeated_cells_do_not_wander() -> None:
    rows: list[Piece] = [["Amber", "Yes"], ["Basket", "No"], ["Candle", "Yes"], ["Dapper", "No"]]
    old, new = page("Before.", *rows), page("Before.", rows[0], *rows[2:])
    assert [m.left for m in align_versions(old, new).matches if m.right is None] == [3, 4]


def test_rewritten_in_place_is_a_poor_match_in_place() -> None:
    old = page("# One", "Alpha beta gamma.", "Stay.")
    new = page("# One", "Completely unlike text here!", "Stay.")
    alignment = align_versions(old, new)
    assert pairs(alignment) == [(0, 0), (1, 1), (2, 2)]
    assert alignment.matches[1].likeness < 0.6


def test_wrapping_and_markup_do_not_part_versions() -> None:
    old = page("# Go", *[f"Read the [{sentence(n)}](old/{n}.md) **page** now." for n in range(30)])
    new = page("# Go", *[f"Read the\n[{sentence(n)}](new/{n}x.md) page now." for n in range(30)])
    assert pairs(align_versions(old, new)) == [(i, i) for i in range(31)]


def test_a_huge_rewritten_page_stays_within_its_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    spent = 0

    def counted(left: str, right: str) -> float:
        nonlocal spent
        spent += 1
        return 0.9 if left[:9] == right[:9] else 0.1

    monkeypatch.setattr(versions, "ratio", counted)
    old = page(*[f"Line {n:05} was written in this way." for n in range(12_000)])
    new = page(*[f"Line {n:05} is said in that manner." for n in range(12_000)])
    alignment = align_versions(old, new)
    assert_whole(alignment, old, new)
    assert matched(alignment) == [(i, i) for i in range(12_000)]
    assert spent <= 2 * CELLS


# --- a page and its translation --------------------------------------------------------------


@given(PIECES)
def test_a_whole_translation_is_one_to_one(pieces: list[Piece]) -> None:
    source, target = page(*pieces, title="One"), page(*translate(pieces), title="Uno")
    alignment = align_translation(source, target)
    assert pairs(alignment) == [(i, i) for i in range(len(source.segments))]
    assert all(match.likeness == 1.0 for match in alignment.matches)


@pytest.mark.parametrize("row", [3, 4, 5, 6])
def test_a_lost_table_row_is_told_as_that_row(row: int) -> None:
    source = page(*TABLE)
    target = page(*translate(TABLE[:row] + TABLE[row + 1 :]))
    alignment = align_translation(source, target)
    assert_whole(alignment, source, target)
    first = 2 + (row - 2) * 3
    lost = [m.left for m in alignment.matches if m.right is None]
    assert lost == [first, first + 1, first + 2]


@pytest.mark.parametrize("row", [3, 6])
def test_a_lost_row_leaves_what_stands_around_its_table_in_place(row: int) -> None:
    before, after = ["Use `alpha` now.", "Wait a little."], ["Then close `omega`."]
    source = page("# A", *before, *TABLE[2:], *after)
    target = page(
        "# A", "Esu `alfa` won.", "Tiaw a elttil.", *translate(TABLE[2:row] + TABLE[row + 1 :]),
        "Neht esolc `agemo`.",
    )  # fmt: skip
    matches = align_translation(source, target).matches
    assert matches[1] == (1, 1, 0.8)
    assert matches[-1] == (len(source.segments) - 1, len(target.segments) - 1, 0.8)


LAMPS = ["Lamp 11 is red.", "Use `alpha` now.", "Lamp 12 is green.", "Lamp 13 is white."]


def test_what_stands_between_two_proven_matches_is_in_place() -> None:
    theirs = ["Lamp 11 si der.", "Esu `alfa` won.", "Lamp 12 si neerg.", "Lamp 13 si etihw."]
    source, target = page("# A", *LAMPS), page("# A", *theirs, "<br>")
    assert align_translation(source, target).matches[2] == (2, 2, 0.8)


@pytest.mark.parametrize("size", [30, 150])
def test_between_proven_matches_the_length_of_a_section_does_not_matter(size: int) -> None:
    ours = [f"Lamp {100 + i} is red `k{i}`." for i in range(size)]
    theirs = [f"Lamp {100 + i} si der `k{i}`." for i in range(size)]
    ours[10], theirs[10] = "Use `alpha` now.", "Esu `alfa` won."
    source, target = page("# A", "A.", "- b c", *ours), page("# A", "A.", *theirs, "- d e")
    found = align_translation(source, target).matches
    assert [match for match in found if match.left == 13] == [(13, 12, 0.8)]


def test_a_token_that_turned_up_elsewhere_proves_nothing() -> None:
    theirs = ["Lamp 11 si der.", "Esu `alfa` won.", "Lamp 12 si neerg.", "Lamp 13 `alpha` etihw."]
    source, target = page("# A", *LAMPS), page("# A", *theirs, "<br>")
    assert all(m.likeness < 0.5 for m in align_translation(source, target).matches if m.left == 2)


def test_an_alert_of_another_kind_unsettles_nothing() -> None:
    source = page("# A", "Use `alpha`.", ">[!NOTE]\n>\n>Wait.", "Close it.")
    for keyword in ("TIP", "NOTA", "重要"):
        target = page("# A", "Esu `alfa`.", f">[!{keyword}]\n>\n>Tiaw.", "Esolc ti.")
        alignment = align_translation(source, target)
        assert pairs(alignment) == [(0, 0), (1, 1), (2, 2), (3, 3)]
        assert [m.likeness for m in alignment.matches] == [1.0, 0.8, 1.0, 1.0]


def test_a_table_that_collapsed_costs_only_itself() -> None:
    cells = " ".join(f"| {cell}" for row in TABLE[2:7] for cell in row)
    source, target = page(*TABLE), page(*translate([*TABLE[:2], cells, *TABLE[7:]]))
    alignment = align_translation(source, target)
    outside = [0, 1, 17, 18, 19, 20]
    rights = alignment.rights()
    assert [rights.get(i) for i in outside] == [0, 1, 3, 4, 5, 6]


def test_merged_paragraphs_lose_one_partner() -> None:
    source = page("# A", "Open `alpha` first.", "Wait a little.", "Then close `omega`.", "## B")
    target = page("# A", "Nepo `alpha` tsrif. Tiaw a elttil.", "Neht esolc `omega`.", "## B")
    alignment = align_translation(source, target)
    assert alignment.rights()[1] == 1
    assert alignment.rights()[3] == 2
    assert [m.left for m in alignment.matches if m.right is None] == [2]


def test_a_list_turned_into_paragraphs_still_matches() -> None:
    items: list[Piece] = [f"- {sentence(n)}" for n in range(5)]
    flat: list[Piece] = [sentence(n) for n in range(5)]
    source, target = page("# A", *items, "## B"), page("# A", *translate(flat), "## B")
    alignment = align_translation(source, target)
    assert pairs(alignment) == [(i, i) for i in range(7)]
    assert all(0.3 < m.likeness < 1.0 for m in alignment.matches[1:6])


def test_an_extra_block_at_the_end_has_no_partner() -> None:
    pieces: list[Piece] = ["# A", sentence(1), "- one `x`", "- two `y`"]
    source, target = page(*pieces), page(*translate(pieces), "<br>")
    assert [m.right for m in align_translation(source, target).matches if m.left is None] == [4]


def test_one_item_dropped_and_one_added_are_seen_by_their_tokens() -> None:
    items = ["- use `alpha`", "- use `beta`", "- use `gamma`", "- use `delta`"]
    source = page("# A", *items, "End.")
    target = page("# A", *items[1:], "- use `omega`", "End.")
    alignment = align_translation(source, target)
    assert [m.left for m in alignment.matches if m.right is None] == [1]
    assert [m.right for m in alignment.matches if m.left is None] == [4]
    assert matched(alignment) == [(0, 0), (2, 1), (3, 2), (4, 3), (5, 5)]


def test_tokens_that_changed_in_place_keep_the_match_and_say_so() -> None:
    source = page("# A", "Use `alpha` now.", "Use [!DNL Beta] too.")
    target = page("# A", "Esu `alfa` won.", "Esu [!DNL Beta] oot.")
    assert align_translation(source, target).matches[1] == (1, 1, 0.8)


def test_a_lost_heading_does_not_shift_the_sections() -> None:
    pieces: list[Piece] = []
    for n in range(6):
        pieces += [f"## {sentence(n, 3)}", *[sentence(n * 10 + k, 5 + 3 * k) for k in range(n + 1)]]
    lost = 2 + 3 + 4  # the fourth heading
    source = page(*pieces)
    target = page(*translate(pieces[:lost] + pieces[lost + 1 :]))
    alignment = align_translation(source, target)
    assert [m.left for m in alignment.matches if m.right is None] == [lost]


@pytest.mark.parametrize("lost", [0, 4, 11, 19])
def test_an_entry_lost_among_entries_built_alike_is_known_by_length(lost: int) -> None:
    entries = [[f"## {sentence(n, 3)}", sentence(n, 4 + n * 7 % 19)] for n in range(20)]
    source = page("# Glossary", *[piece for entry in entries for piece in entry])
    kept = [piece for entry in entries[:lost] + entries[lost + 1 :] for piece in entry]
    alignment = align_translation(source, page("# Yrassolg", *translate([*kept])))
    gone = [m.left for m in alignment.matches if m.right is None]
    assert gone == [1 + 2 * lost, 2 + 2 * lost]


def test_links_are_the_same_in_every_locale() -> None:
    same = (
        "https://docs.example.com/en/guide/start.html",
        "https://docs.example.com/it/guide/start.html?lang=it",
        "https://www.example.it/guide/start/",
        "../guide/start.md",
    )
    assert {link_key(link) for link in same} == {"start"}
    assert link_key("start.md#one") != link_key("start.md#two")


def test_a_huge_page_stays_within_its_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    spent = 0
    real = traits.agreement

    def counted(*arguments: object) -> float:
        nonlocal spent
        spent += 1
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(translation, "agreement", counted)
    rows: list[Piece] = [[sentence(n), letters(n)] for n in range(15_000)]
    source = page("# A", *rows, "End.")
    target = page("# A", *rows[:6_000], *rows[6_001:], "End.")
    alignment = align_translation(source, target)
    assert_whole(alignment, source, target)
    assert len(matched(alignment)) >= 2 * len(rows) - 2
    assert spent <= 2 * CELLS


# --- likeness of structure -------------------------------------------------------------------


def test_structure_likeness_tells_a_translation_from_another_page() -> None:
    other: list[Piece] = ["# Keys", "- a `key`", "- a [door](door.md)", "## Locks", "- one"]
    source = page(*TABLE)
    assert structure_likeness(source, page(*translate(TABLE))) > 0.9
    assert structure_likeness(source, page(*translate(TABLE[:4] + TABLE[5:]))) > 0.8
    assert structure_likeness(source, page(*translate(other))) < 0.5


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_a_lost_item_is_known_by_length_in_characters_not_in_bytes(lost: int) -> None:
    sizes = (180, 150, 60, 30)
    items = [f"- {'a' * size}." for size in sizes]
    others = [f"- {'あ' * (size // 3)}。" for size in sizes]
    source = page("# aaaa", *items, "a" * 200)
    target = page("# ああ", *others[:lost], *others[lost + 1 :], "あ" * 66)
    alignment = align_translation(source, target)
    assert [m.left for m in alignment.matches if m.right is None] == [lost + 1]
