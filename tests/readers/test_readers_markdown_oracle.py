"""Two other witnesses of where text stands: markdown-it-py, and the parser's own inline events."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pyromark
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bilint.model.config import Limits
from bilint.model.document import BlockKind, Document, SegmentKind
from bilint.model.segment_text import normalise
from bilint.profiles.experience_league import EXPERIENCE_LEAGUE
from bilint.readers.markdown import read_document
from examples import examples

ORACLE = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PARSER = pyromark.Markdown(
    options=pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
)
SPANS = ("Emphasis", "Strong", "Strikethrough", "Link", "Image")

WORDS = st.lists(
    st.sampled_from(
        (
            *("the mesh", "di più", "*very*", "**bold**", "`code`", "[a link](x.md)", "日本語"),
            *(
                "snake_case",
                "a_b",
                "\\*",
                "&amp;",
                "[!DNL Edge]",
                "{name}",
                "~~no~~",
                "1.5",
                "<b>x</b>",
            ),
        )
    ),
    min_size=1,
    max_size=4,
).map(lambda words: "Text " + " ".join(words))
INLINE = WORDS
WRAPPED = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)


def indent(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *(rest + line if line else line for line in lines[1:])])


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def bullet(items: list[str], mark: str, loose: bool) -> str:
    made = [indent(item, mark, " " * len(mark)) for item in items]
    return ("\n\n" if loose else "\n").join(made)


HEADING = st.builds(lambda n, t: f"{'#' * n} {t}", st.integers(1, 6), INLINE)
SETEXT = st.builds(lambda t, u: f"{t}\n{u}", INLINE, st.sampled_from(("===", "---")))
FENCE = st.builds(lambda t, f: f"{f}js\n{t}\n{f}", WRAPPED, st.sampled_from(("```", "~~~")))
TABLE = st.builds(
    lambda rows: "\n".join(("| A | B |", "|---|:-:|", *(f"| {a} |  {b}  |" for a, b in rows))),
    st.lists(st.tuples(INLINE, st.one_of(INLINE, st.just(""))), min_size=1, max_size=3),
)
LEAF = st.one_of(HEADING, SETEXT, WRAPPED, FENCE, TABLE)
MARKS = st.sampled_from(("- ", "* ", "+ ", "1. ", "10) ", "-   "))
BLOCK = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.builds(quoted, st.lists(inner, min_size=1, max_size=2).map("\n\n".join)),
        st.builds(
            bullet,
            st.lists(
                st.builds(
                    lambda t, more: "\n\n".join((t, *more)), WRAPPED, st.lists(inner, max_size=2)
                ),
                min_size=1,
                max_size=3,
            ),
            MARKS,
            st.booleans(),
        ),
        st.builds(
            bullet,
            st.lists(st.builds(lambda t, i: f"{t}\n{i}", INLINE, inner), min_size=1, max_size=3),
            MARKS,
            st.just(False),
        ),
    ),
    max_leaves=6,
)
PAGE = st.lists(BLOCK, min_size=1, max_size=4).map(lambda parts: "\n\n".join(parts) + "\n")


def read(text: str) -> Document:
    return read_document(text.encode(), EXPERIENCE_LEAGUE, Limits())


@given(PAGE)
@examples(150)
def test_markdown_it_finds_the_same_texts(text: str) -> None:
    document = read(text)
    oracle = ORACLE.parse(text)
    theirs = [normalise(token.content) for token in oracle if token.type == "inline"]
    assert [normalise(segment.text) for segment in document.segments] == [t for t in theirs if t]


@given(PAGE)
@examples(100)
def test_markdown_it_counts_the_same_blocks(text: str) -> None:
    document = read(text)
    oracle = ORACLE.parse(text)
    theirs = Counter(token.type for token in oracle)
    ours = Counter(segment.kind for segment in document.segments)
    cells = [b for a, b in pairwise(oracle) if a.type in ("th_open", "td_open") and b.content]
    assert ours[SegmentKind.HEADING] == theirs["heading_open"]
    assert ours[SegmentKind.TABLE_CELL] == len(cells)
    items = [
        a for a, b in pairwise(oracle) if (a.type, b.type) == ("list_item_open", "paragraph_open")
    ]
    assert ours[SegmentKind.LIST_ITEM] == len(items)
    code = [block for block in document.blocks if block.kind is BlockKind.CODE]
    assert len(code) == theirs["fence"] + theirs["code_block"]
    assert [block.text for block in code] == [
        token.content for token in oracle if token.type in ("fence", "code_block")
    ]


def inline_edges(text: str) -> tuple[set[int], set[int]]:
    """Where anything that stands within a line begins, and where it ends, by the parser."""
    starts, ends = set(), set()
    for event, place in PARSER.events_with_range(text):
        name = event if isinstance(event, str) else next(iter(event))
        detail = None if isinstance(event, str) else event[name]  # type: ignore[literal-required]
        tag = detail if isinstance(detail, str) else next(iter(detail), None) if detail else None
        if name in ("Text", "Code", "InlineHtml") or (name in ("Start", "End") and tag in SPANS):
            starts.add(place["start"])
            ends.add(place["end"])
    return starts, ends


@given(PAGE)
@examples(100)
def test_texts_begin_and_end_where_the_parser_says(text: str) -> None:
    starts, ends = inline_edges(text)
    for segment in read(text).segments:
        assert segment.start in starts or segment.text.startswith("\\"), segment
        assert segment.end in ends, segment
