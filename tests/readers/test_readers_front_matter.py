"""Front matter: delimited by us, read without trust, and every value with its bytes."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from bilint.model.config import Limits
from bilint.model.document import FrontMatter
from bilint.readers import front_matter_yaml
from bilint.readers.front_matter import read_front_matter, read_plain
from bilint.readers.front_matter_yaml import read_block
from examples import examples

LIMITS = Limits()


def read(block: str, limits: Limits = LIMITS) -> tuple[FrontMatter, bytes]:
    data = f"---\n{block}---\nBody.\n".encode()
    return read_front_matter(data, limits), data


def values(found: FrontMatter) -> dict[str, object]:
    return {key: entry.value for key, entry in found.entries.items()}


def codes(found: FrontMatter) -> list[str]:
    return [problem.code for problem in found.problems]


class TestDelimiting:
    @pytest.mark.parametrize(
        ("data", "block", "keys"),
        [
            (b"---\na: b\n---\nx", b"---\na: b\n---\n", ["a"]),
            (b"---  \t\na: b\n--- \nx", b"---  \t\na: b\n--- \n", ["a"]),
            (b"---\r\na: b\r\n---\r\nx", b"---\r\na: b\r\n---\r\n", ["a"]),
            (b"---\ra: b\rc: d\r---\rx", b"---\ra: b\rc: d\r---\r", ["a", "c"]),
            (b"\xef\xbb\xbf---\na: b\n---\nx", b"---\na: b\n---\n", ["a"]),
            (b"---\na: b\n---", b"---\na: b\n---", ["a"]),
            (b"---\n---\nx", b"---\n---\n", []),
            (b"---\r\n---\r\n", b"---\r\n---\r\n", []),
            (b"---\n\n---\n", b"---\n\n---\n", []),
            (b"---\n# nothing\n---\n", b"---\n# nothing\n---\n", []),
        ],
    )
    def test_the_block(self, data: bytes, block: bytes, keys: list[str]) -> None:
        found = read_front_matter(data, LIMITS)
        assert data[slice(*found.span)] == block
        assert list(found.entries) == keys
        assert found.problems == ()

    @pytest.mark.parametrize(
        "data",
        [b"", b"---", b"--- x\na: b\n---\n", b"# T\n---\na: b\n---\n", b"----\na: b\n----\n"],
    )
    def test_no_front_matter(self, data: bytes) -> None:
        assert read_front_matter(data, LIMITS) == FrontMatter()

    def test_a_second_block_is_body(self) -> None:
        data = b"---\na: b\n---\n---\nc: d\n---\n"
        found = read_front_matter(data, LIMITS)
        assert (found.span.end, list(found.entries)) == (13, ["a"])

    def test_unclosed_is_no_block_and_a_problem(self) -> None:
        found = read_front_matter(b"---\ntitle: Never closed\n\nText.\n", LIMITS)
        assert (found.span, found.entries) == ((0, 0), {})
        assert [(p.code, p.span) for p in found.problems] == [("front-matter-unclosed", (0, 4))]

    def test_a_rule_at_the_head_of_a_page_is_no_unclosed_block(self) -> None:
        assert read_front_matter(b"---\nA page that begins with a rule.\n", LIMITS).problems == ()

    def test_too_large_is_not_read(self) -> None:
        found, data = read("title: x\n" * 20, Limits(front_matter=100))
        assert (found.entries, codes(found)) == ({}, ["front-matter-too-large"])
        assert data[found.span.end :] == b"Body.\n"


class TestValues:
    def test_all_text_stays_text(self) -> None:
        found, _ = read("pin: 0123456\nhidden: no\nday: 2024-02-30\nnothing: null\nempty:\n")
        assert values(found) == {
            "pin": "0123456",
            "hidden": "no",
            "day": "2024-02-30",
            "nothing": "null",
            "empty": "",
        }
        assert found.text("nothing") is None
        assert found.text("empty") is None
        assert found.text("pin") == "0123456"

    def test_keys_that_upset_the_library_underneath(self) -> None:
        block = "content: a\nhandler: b\nself: c\n1: d\ntrue: e\n2024-01-01: f\n"
        found, _ = read(block)
        assert list(values(found).values()) == ["a", "b", "c", "d", "e", "f"]
        assert codes(found) == []

    @pytest.mark.parametrize(
        ("block", "value", "raw"),
        [
            ("k: bare words\n", "bare words", "bare words"),
            ("k: bare # a comment\n", "bare", "bare"),
            ("k: 'quoted: text'\n", "quoted: text", "quoted: text"),
            ("k: 'it''s'\n", "it's", "it''s"),
            ('k: "tab\\tbed"\n', "tab\tbed", "tab\\tbed"),
            ("k: è già 🙂 qui\n", "è già 🙂 qui", "è già 🙂 qui"),
            ('è: "già"\n', "già", "già"),
            ("k: wrapped\n  over lines\n", "wrapped over lines", "wrapped\n  over lines"),
            ("k: >\n  folded\n  text\n\nz: 1\n", "folded text\n", ">\n  folded\n  text"),
            ("k: |\n  kept\n  text\n", "kept\ntext\n", "|\n  kept\n  text"),
            ("k: [a, b]\n", ["a", "b"], "[a, b]"),
            ("k:\n- a\n- b\n\nz: 1\n", ["a", "b"], "- a\n- b"),
            ("k:\n  x: 1\n  y: [2]\n", {"x": "1", "y": ["2"]}, "x: 1\n  y: [2]"),
            ("k: !!str 12\n", "12", "!!str 12"),
        ],
    )
    def test_a_value_and_its_bytes(self, block: str, value: object, raw: str) -> None:
        found, data = read(block)
        entry = next(iter(found.entries.values()))
        assert entry.value == value
        assert data[slice(*entry.value_span)].decode() == raw
        assert data[slice(*entry.key_span)].decode() == block.partition(":")[0]
        assert codes(found) == []

    def test_spans_behind_other_characters(self) -> None:
        found, data = read("a: 'è🙂'\nb: \"日本\"\nc: [ü]\nlast: end\n")
        spans = {key: data[slice(*e.value_span)].decode() for key, e in found.entries.items()}
        assert spans == {"a": "è🙂", "b": "日本", "c": "[ü]", "last": "end"}


class TestMistakes:
    def test_a_flattened_list_hides_nothing_else(self) -> None:
        block = "title: T\nproduct_v2: id: 0aid: 1b\nexl-id: 7c\nsource-git-commit: 0123456\n"
        found, data = read(block)
        assert values(found) == {
            "title": "T",
            "product_v2": "id: 0aid: 1b",
            "exl-id": "7c",
            "source-git-commit": "0123456",
        }
        assert [(p.code, data[p.span.start - 2 : p.span.start]) for p in found.problems] == [
            ("yaml", b"id")
        ]

    @pytest.mark.parametrize(
        ("broken", "value", "code"),
        [
            ("title: Release notes: August", "Release notes: August", "yaml"),
            ("title: {{product-name}}", "{{product-name}}", "yaml-key"),
            ("title: {{product-name}} basics", "{{product-name}} basics", "yaml"),
            ("title: [UUID - to be filled] x", "[UUID - to be filled] x", "yaml"),
            ("title: 'quoted' and more", "'quoted' and more", "yaml"),
            ('title: "never closed', '"never closed', "yaml"),
            ("title: @handle", "@handle", "yaml"),
            ("title: %percent", "%percent", "yaml"),
            ("title: [a, b", "[a, b", "yaml"),
            ("title: *starred*", "*starred*", "yaml"),
            ("title: *starred", "*starred", "yaml-alias"),
            ("title: &anchored text", "&anchored text", "yaml-alias"),
            ("title: !tagged text", "text", "yaml-tag"),
            ("title: - a dash", "- a dash", "yaml"),
        ],
    )
    def test_what_stands_around_a_mistake_is_known(
        self, broken: str, value: str, code: str
    ) -> None:
        found, data = read(f"exl-id: 7c\n{broken}\nsource-git-commit: abc\n")
        assert values(found) == {"exl-id": "7c", "title": value, "source-git-commit": "abc"}
        assert codes(found)[-1] == code
        line = data[: found.problems[0].span.start].count(b"\n") + 1
        assert line in (3, 4, 5)

    def test_a_mistake_where_lines_end_in_a_lone_carriage_return(self) -> None:
        found = read_front_matter(b"---\rtitle: a: b\rexl-id: 7c\r---\r", LIMITS)
        assert values(found) == {"title": "a: b", "exl-id": "7c"}

    def test_two_mistakes_are_two_problems(self) -> None:
        found, data = read("a: b: c\nd: e\nf: @g\nh: i\n")
        assert values(found) == {"a": "b: c", "d": "e", "f": "@g", "h": "i"}
        assert [data[: p.span.start].count(b"\n") + 1 for p in found.problems] == [2, 4]

    def test_a_key_that_stands_twice(self) -> None:
        found, data = read("a: 1\nb: 2\na: 3\na: 4\n")
        assert values(found) == {"a": "4", "b": "2"}
        assert [(p.code, p.span) for p in found.problems] == [("yaml-key", (14, 15))]
        assert data[slice(*found.entries["a"].value_span)] == b"4"

    def test_no_mapping(self) -> None:
        found, _ = read("- a\n- b\n")
        assert (values(found), codes(found)) == ({}, ["yaml"])

    def test_a_key_that_is_no_text(self) -> None:
        found, _ = read("? [a]\n: b\nc: d\n")
        assert (values(found), codes(found)) == ({"c": "d"}, ["yaml-key"])

    def test_a_tab_for_indentation(self) -> None:
        found, _ = read("\ta: b\nc: d\n")
        assert (values(found), codes(found)) == ({"c": "d"}, ["yaml"])

    def test_a_margin_before_the_first_key(self) -> None:
        found, _ = read(" a: b\nc: d\ne: f\n")
        assert values(found) == {"a": "b", "c": "d", "e": "f"}
        assert codes(found) == ["yaml"]

    def test_a_second_document(self) -> None:
        found, _ = read("a: b\n...\nc: d\n")
        assert values(found) == {"a": "b", "c": "d"}
        assert codes(found) == ["yaml"]

    def test_control_characters(self) -> None:
        found, data = read("a: b\x00c\nd: [è\x07]\n")
        assert values(found) == {"a": "b?c", "d": ["è?"]}
        assert data[slice(*found.problems[0].span)] == b"\x00"
        assert data[slice(*found.entries["d"].value_span)] == "[è\x07]".encode()

    def test_bytes_that_are_no_text(self) -> None:
        data = b"---\na: \xff\xfeb\nc: [d]\n---\n"
        found = read_front_matter(data, LIMITS)
        assert values(found) == {"a": "??b", "c": ["d"]}
        assert data[slice(*found.entries["a"].value_span)] == b"\xff\xfeb"

    def test_too_many_mistakes_are_told(self) -> None:
        found, _ = read("a: b: c\n" * 100)
        assert found.problems[-1].message.startswith("There are too many mistakes")
        assert len(found.problems) < 100


class TestGuards:
    def test_nesting_cannot_kill_the_process(self) -> None:
        found, _ = read("x: " + "[" * 30_000 + "\nexl-id: 7c\n")
        assert codes(found) == ["yaml-depth"]
        assert found.text("exl-id") == "7c"

    def test_the_depth_that_is_allowed(self) -> None:
        deep = "[" * 31 + "]" * 31
        assert codes(read(f"x: {deep}\n")[0]) == []
        assert codes(read(f"x: [{deep}]\n")[0]) == ["yaml-depth"]

    def test_an_alias_bomb(self) -> None:
        block = "a: &a [x, x]\n" + "".join(f"k{i}: &k{i} [*a, *a]\n" for i in range(20))
        found, _ = read(block + "exl-id: 7c\n")
        assert set(codes(found)) == {"yaml-alias"}
        assert found.text("exl-id") == "7c"

    def test_a_merge_bomb(self) -> None:
        found, _ = read("base: &b {x: 1}\nmore:\n  <<: [*b, *b]\nexl-id: 7c\n")
        assert set(codes(found)) == {"yaml-alias"}
        assert found.text("exl-id") == "7c"

    def test_too_many_events(self) -> None:
        found, _ = read("x: [" + "a, " * 6_000 + "]\nexl-id: 7c\n")
        assert codes(found) == ["yaml-events"]
        assert found.text("exl-id") == "7c"

    def test_too_many_keys(self) -> None:
        found, _ = read("".join(f"k{i}: v\n" for i in range(3_000)))
        assert codes(found) == ["yaml-events"]


@pytest.fixture
def pure_loader(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """PyYAML as it is where its extension in C could not be built."""
    monkeypatch.delattr(yaml, "CBaseLoader", raising=False)
    importlib.reload(front_matter_yaml)
    yield
    monkeypatch.undo()
    importlib.reload(front_matter_yaml)


@pytest.mark.usefixtures("pure_loader")
def test_the_pure_loader_reads_the_same() -> None:
    block = 'a: "è"\nb: [1, {c: d}]\ne: f: g\nh: &i j\nk: >\n  l\n'
    assert front_matter_yaml._LOADER is yaml.BaseLoader
    pure = front_matter_yaml.read_block(block, 4, LIMITS)
    importlib.reload(front_matter_yaml)
    with_c = front_matter_yaml.read_block(block, 4, LIMITS)
    assert pure[0] == with_c[0]
    assert [p.code for p in pure[1]] == [p.code for p in with_c[1]] == ["yaml", "yaml-alias"]


SCRAPS = st.lists(
    st.sampled_from(
        (
            *("a", "exl-id", "x_1", ": ", ":", "\n", "\n\n", "\r\n", "v", "1", "0x", "è", "日本"),
            *("'", '"', "\\", "#", " #", " ", "  ", "[x]", "{", "}", ",", "- ", "?", "&", "*", "!"),
            *("%", "@", "`", "|", ">", "~", "null", "\t", "---", "...", "\x7f", "\x00", "\u2028"),
            *("\u00a0", "\x85", "\ufeff", "\ufffe", "🙂", "=", "<<", "\ue000"),
        )
    ),
    min_size=1,
    max_size=10,
).map("".join)
LINES = st.builds(
    lambda keys, texts: "".join(f"{k}: {t}\n" for k, t in zip(keys, texts, strict=False)),
    st.lists(st.sampled_from(("a", "b-c", "exl-id", "X")), min_size=1, max_size=3),
    st.lists(SCRAPS, min_size=1, max_size=3),
)


@given(st.one_of(LINES, SCRAPS.map(lambda text: f"{text}\n")))
@example("title: A plain: mistake\n")
@example("title: C# and more\nexl-id: 'a'\n\nk:\nz: \"\"\n")
@example("a: b\nc: d \n")
@example("a: b\n c: d\n")
@examples(600)
def test_what_is_plain_is_the_same_to_yaml(block: str) -> None:
    plain = read_plain(block.encode(), 4)
    if plain is not None:
        entries, problems = read_block(block, 4, LIMITS)
        assert (plain, problems) == (entries, ())
        assert list(plain) == list(entries)


@pytest.mark.parametrize(
    ("block", "is_plain"),
    [
        ("title: A title\ndescription: 'Quoted: text'\n\nexl-id: 0a-1\n", True),
        ('title: "Quoted"\r\nhide:\r\n', True),
        ("title: Voilà, [!DNL Journey Optimizer] qui\n", True),
        ("title: Release notes: August\n", False),
        ("title: text # comment\n", False),
        ("topics:\n  - a\n", False),
        ("title: 'it''s'\n", False),
        ("title: a\ntitle: b\n", False),
        ("title: wrapped\n  text\n", False),
    ],
)
def test_what_is_plain(block: str, is_plain: bool) -> None:
    assert (read_plain(block.encode(), 0) is not None) == is_plain
