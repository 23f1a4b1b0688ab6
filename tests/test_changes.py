from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.alignment import align_versions
from bilint.change_class import classify
from bilint.changes import compare
from bilint.model.alignment import Change, ChangeClass
from bilint.model.document import Document, Segment, Token, TokenKind
from bilint.model.text import Span
from invented_pages import Piece, page

PROSE, TITLE, STRUCTURE = ChangeClass.PROSE, ChangeClass.TITLE, ChangeClass.STRUCTURE
LINKS, CODE, MARKUP = ChangeClass.LINKS, ChangeClass.CODE, ChangeClass.MARKUP
PUNCTUATION, SPACE = ChangeClass.PUNCTUATION, ChangeClass.WHITE_SPACE
FRONT_MATTER = ChangeClass.FRONT_MATTER


def first(piece: str) -> Segment:
    return page(piece).segments[0]


def changes(base: Document, head: Document) -> tuple[Change, ...]:
    return compare(base, head, align_versions(base, head))


def kinds(base: Document, head: Document) -> list[ChangeClass]:
    return [change.kind for change in changes(base, head)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Open the panel.", "Open the panel.", None),
        ("Open the panel.", "Close the panel.", PROSE),
        ("Open the panel.", "Open the panel twice.", PROSE),
        ("Up to 100 seats.", "Up to 250 seats.", PROSE),
        ("Up to 1.5 hours.", "Up to 15 hours.", PROSE),
        ("Up to 1.5 hours.", "Up to 1,5 hours.", PROSE),
        ("At 5 degrees.", "At -5 degrees.", PROSE),
        ("Give it 5%.", "Give it 5.", PROSE),
        ("Use [!DNL Alder] now.", "Use [!DNL Birch] now.", PROSE),
        ("Use [!DNL Alder] now.", "Use Alder now.", MARKUP),
        ("Press the red lamp.", "Press the red lamps.", PROSE),
        ("Open the panel", "Open the panel.", PUNCTUATION),
        ("Open the Panel.", "Open the panel.", PUNCTUATION),
        ('It\'s "done".', "It’s “done”.", PUNCTUATION),
        ("Real-time lamps", "Real–time lamps", PUNCTUATION),
        ("From 2020-2021.", "From 2020–2021.", PUNCTUATION),
        ("Read [the page](a.md).", "Read [the page](b.md).", LINKS),
        ("Read [the page](a.md).", "Read [The page](b.md).", LINKS),
        ("Read [the page](a.md).", "Read [a page](b.md).", PROSE),
        ("Read [the page](a.md).", "Read the page.", LINKS),
        ("Run `go --fast` now.", "Run `go --slow` now.", CODE),
        ("Run `go -f` now.", "Run `go --f` now.", CODE),
        ("Run `Go` now.", "Run `go` now.", CODE),
        ("Run `go` now.", "Run `go` later.", PROSE),
        ("Run go now.", "Run `go` now.", MARKUP),
        ("Run `go` now.", "Run `go` and `stop` now.", PROSE),
        ("Open the panel.", "Open the **panel**.", MARKUP),
        ("Open the panel.", "Open the _panel_.", MARKUP),
        ("# Panel {#one}", "# Panel {#two}", MARKUP),
        ("Panel {width=5}", "Panel {width=6}", MARKUP),
        ("## Panel", "### Panel", MARKUP),
        ("Open &amp; close.", "Open & close.", MARKUP),
        ("Open the panel now.", "Open the\npanel now.", SPACE),
        ("Open the  panel.", "Open the panel.", SPACE),
        ("最初の画面を開きます。", "最後の画面を開きます。", PROSE),
        ("画面を開きます。", "画面を開きます", PUNCTUATION),
    ],
)
def test_the_class_of_a_change(old: str, new: str, expected: ChangeClass | None) -> None:
    assert classify(first(old), first(new)) is expected


def test_a_title_is_a_class_of_its_own() -> None:
    old = page(title="Open the panel").segments[0]
    assert classify(old, page(title="Close the panel").segments[0]) is TITLE
    assert classify(old, page(title="Open the Panel!").segments[0]) is PUNCTUATION


def test_addresses_in_html_are_links() -> None:
    def tagged(tag: str) -> Segment:
        segment = first(f"See {tag} here.")
        token = Token(TokenKind.HTML, 4, 4 + len(tag), tag, "img")
        return segment._replace(tokens=(token,))

    old = tagged('<img src="a.png" width=5>')
    assert classify(old, tagged('<img src="b.png" width=5>')) is LINKS
    assert classify(old, tagged('<img src="a.png" width=6>')) is MARKUP
    assert classify(tagged("<!-- one -->"), tagged("<!-- two -->")) is MARKUP


def test_equal_bytes_have_no_changes() -> None:
    assert changes(page("# A", "Text.", title="T"), page("# A", "Text.", title="T")) == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("```sh\nls\n```", "```sh\nls -l\n```", [CODE]),
        ("```sh\nls\n```", "```bash\nls\n```", [MARKUP]),
        ("```sh\nls\n```", "```bash\nls -l\n```", [CODE]),
        ("[!VIDEO](one)", "[!VIDEO](two)", [LINKS]),
        ("<!-- one -->", "<!-- two -->", [MARKUP]),
    ],
)
def test_what_stands_between_segments(old: str, new: str, expected: list[ChangeClass]) -> None:
    assert kinds(page("# A", old, "Text."), page("# A", new, "Text.")) == expected
    assert kinds(page(old), page(new)) == expected
    came = kinds(page("# A", "Text."), page("# A", new, "Text."))
    assert came == [LINKS if "VIDEO" in new else CODE if "```" in new else MARKUP]


def test_a_code_block_that_moved_is_code() -> None:
    code = "```sh\nls\n```"
    base, head = page("# A", code, "One.", "Two."), page("# A", "One.", code, "Two.")
    assert set(kinds(base, head)) == {CODE}


def test_blank_lines_and_markers_are_no_work() -> None:
    base = page("# A", "- one", "Text.")
    wider = Document(base.data + b"\n", base.front_matter, base.segments)
    assert kinds(base, wider) == [SPACE]
    starred = Document(base.data.replace(b"- one", b"* one"), base.front_matter, base.segments)
    assert kinds(base, starred) == [MARKUP]


def test_front_matter_has_its_own_class() -> None:
    base = page("# A", title="One", fields=[("level", "low")])
    assert kinds(base, page("# A", title="One", fields=[("level", "high")])) == [FRONT_MATTER]
    assert kinds(base, page("# A", title="One")) == [FRONT_MATTER]
    assert kinds(base, page("# A", title="'One'", fields=[("level", "low")])) == [FRONT_MATTER]
    assert kinds(base, page("# A", title="Two", fields=[("level", "low")])) == [TITLE]
    both = page("# A", title="Two", fields=[("level", "high")])
    assert kinds(base, both) == [TITLE, FRONT_MATTER]
    assert kinds(page("# A"), page("# A", title="One")) == [FRONT_MATTER, TITLE]
    assert kinds(base, page("# B", title="One", fields=[("level", "low")])) == [PROSE]


def test_segments_that_came_went_or_moved_are_structure() -> None:
    base = page("# A", "First of all this.", "Second comes that.", "Third is the rest.")
    shorter = page("# A", "First of all this.", "Third is the rest.")
    moved = page("# A", "Third is the rest.", "First of all this.", "Second comes that.")
    for old, new in ((base, shorter), (shorter, base), (base, moved)):
        assert kinds(old, new) == [STRUCTURE]


def test_every_change_says_where() -> None:
    base = page("# A", "Open the panel.", "```\nls\n```", "Stay.", title="One")
    head = page("# A", "Open the door.", "```\nls -l\n```", "Stay.", "New.", title="Two")
    told = [
        (
            change.kind,
            change.base and base.data[change.base.start : change.base.end],
            change.head and head.data[change.head.start : change.head.end],
        )
        for change in changes(base, head)
    ]
    assert told == [
        (TITLE, b"One", b"Two"),
        (PROSE, b"Open the panel.", b"Open the door."),
        (CODE, b"```\nls\n```", b"```\nls -l\n```"),
        (STRUCTURE, None, b"New."),
    ]


WORDS = st.sampled_from(["amber", "basket", "[x](a)", "[x](b)", "`q`", "**z**", "12", "."])
PIECES: st.SearchStrategy[list[Piece]] = st.lists(
    st.builds(
        lambda mark, words: f"{mark}{' '.join(words)}",
        st.sampled_from(["# ", "## ", "- ", "", "", "> "]),
        st.lists(WORDS, min_size=1, max_size=5),
    )
    | st.sampled_from(["```\nls\n```", "```sh\nls\n```", "[!VIDEO](v)", "<!-- c -->"])
    | st.lists(WORDS, min_size=2, max_size=2),
    max_size=8,
)
TITLES = st.sampled_from([None, "One", "'One'", "Two"])


def spans(found: Sequence[Change], side: int) -> list[Span]:
    told = [change.base if side == 0 else change.head for change in found]
    return [span for span in told if span is not None]


def without(document: Document, told: Sequence[Span]) -> bytes:
    data = bytearray(document.data)
    for span in told:
        data[span.start : span.end] = b" " * (span.end - span.start)
    return bytes(data)


@given(PIECES, TITLES, PIECES, TITLES)
def test_every_difference_is_explained(
    some: list[Piece], title: str | None, others: list[Piece], other_title: str | None
) -> None:
    base, head = page(*some, title=title), page(*others, title=other_title)
    found = changes(base, head)
    assert bool(found) == (base.data != head.data)
    assert all(change.base is not None or change.head is not None for change in found)
    for side, document in enumerate((base, head)):
        for span in spans(found, side):
            assert 0 <= span.start <= span.end <= len(document.data)
    # Where no segment came, went or moved, nothing differs outside of what was told.
    if not any(change.kind in (STRUCTURE, CODE, LINKS, TITLE) for change in found):
        rest = without(base, spans(found, 0)), without(head, spans(found, 1))
        assert rest[0].split() == rest[1].split()


@given(PIECES)
def test_a_page_rewrapped_is_white_space(pieces: list[Piece]) -> None:
    texts = [p for p in pieces if isinstance(p, str) and not p.startswith(("```", "[!", "<!"))]
    base = page(*texts)
    head = page(*[text.replace(" ", "  ") if text[0] not in "#->" else text for text in texts])
    assert set(kinds(base, head)) <= {SPACE}
