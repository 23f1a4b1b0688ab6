"""The plain part of TOML is read as a TOML parser reads it, and nothing else is."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.readers.toml_plain import plain_toml

SETTINGS = """\
# What most files say.
root = "help"  # below which the pages are
fail-on = 'warning'
navigation = [ "toc.md", 'summary.md', ]

[source]
repository = "../lantern.en"

[target.it-IT]
repository = "."
[target . "fr-FR"]
[checks.number-lost]
enabled = false
[limits]
page = 1048576
[ignore]
"help/old/**" = ["name-lost"]
empty = []
none = ""
"""


def test_settings_are_read_without_a_parser() -> None:
    read = plain_toml(SETTINGS)
    assert read == tomllib.loads(SETTINGS)
    assert read["target"] == {"it-IT": {"repository": "."}, "fr-FR": {}}
    assert read["limits"] == {"page": 1_048_576}
    assert plain_toml(SETTINGS.replace("\n", "\r\n")) == read


@pytest.mark.parametrize(
    "text",
    [
        "a = 1.5",
        "a = 0x10",
        "a = 01",
        "a = +1",
        "a = 1_000",
        "a = 9223372036854775808",
        "a = 2026-01-01",
        "a = 07:30:00",
        'a = "tab\\t"',
        'a = """text"""',
        "a = '''text'''",
        "a = { b = 1 }",
        "a = [[1]]",
        "a = [\n1,\n]",
        "a = [,]",
        "a = [1 2]",
        "a.b = 1",
        "a = 1\na = 2",
        "a = 1 b = 2",
        "a =",
        "a",
        "= 1",
        "a = yes",
        'a = "open',
        "[a]\n[a]",
        "[a]\nb = 1\n[a.b]",
        "[a.b]\n[a]\nb = 1",
        "[[a]]",
        "[a] b = 1",
        "[a",
        "[]",
        "[a..b]",
        "a = 1 # \x00",
        "a = '\u200b'",
        "a = 1\rb = 2",
        "\ufeffa = 1",
    ],
)
def test_what_is_more_than_plain_is_left_to_a_parser(text: str) -> None:
    assert plain_toml(text) is None


PARTS = st.sampled_from(
    [
        *("a", "b-c", "'d.e'", '"f"', "true", "false", "0", "7", "-1", "1.5", "0b1", "inf", '""'),
        *("=", " = ", ".", ",", "[", "]", "[[", "]]", "[a]", "[a.b]", "[b]\n", "{", "}", "#", '"'),
        *("'", '"""', "\\", "\n", "\n", "\r\n", "\r", " ", "\t", "\x0b", "\u00a0", "é", "\ufeff"),
        *("a = 1\n", 'b = "x"\n', "a = [1, 'y']\n"),
    ]
)


@given(st.lists(PARTS, max_size=14).map("".join))
def test_whatever_is_taken_for_plain_is_what_a_parser_reads(text: str) -> None:
    read = plain_toml(text)
    if read is not None:
        assert read == tomllib.loads(text)
