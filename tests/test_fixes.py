"""Edits change their span and not one byte more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.fixes import replace, set_value
from bilint.model.config import Limits
from bilint.model.text import Span
from bilint.readers.front_matter import read_front_matter

KEYS = ("pin", "commit")


def written(page: str) -> str | None:
    data = page.encode()
    changed = set_value(data, read_front_matter(data, Limits()), KEYS, "new")
    return None if changed is None else changed.decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\npin: old\n---\n", "---\npin: new\n---\n"),
        ("---\ncommit: old\n---\n", "---\ncommit: new\n---\n"),
        ("---\ncommit: old\npin: older\n---\n", "---\ncommit: old\npin: new\n---\n"),
        ('---\npin: "old"\n---\n', '---\npin: "new"\n---\n'),
        ("---\npin:\n---\n", "---\npin: new\n---\n"),
        ("---\npin: # which?\n---\n", "---\npin: new # which?\n---\n"),
        ("---\ntitle: x\n---\nBody", "---\ntitle: x\npin: new\n---\nBody"),
        ("---\r\ntitle: x\r\n---", "---\r\ntitle: x\r\npin: new\r\n---"),
        ("---\rtitle: x\r---\r", "---\rtitle: x\rpin: new\r---\r"),
        ("---\n---\n", "---\npin: new\n---\n"),
        ("\ufeff---\ntitle: è\n---\n", "\ufeff---\ntitle: è\npin: new\n---\n"),
        ("no front matter\n", None),
        ("", None),
    ],
)
def test_a_value_is_set(before: str, after: str | None) -> None:
    assert written(before) == after


@given(st.binary(), st.text(st.characters(codec="utf-8")), st.data())
def test_only_the_span_changes(data: bytes, text: str, draw: st.DataObject) -> None:
    start = draw.draw(st.integers(0, len(data)))
    end = draw.draw(st.integers(start, len(data)))
    changed = replace(data, Span(start, end), text)
    assert changed.startswith(data[:start])
    assert changed.endswith(data[end:])
    assert changed == data[:start] + text.encode() + data[end:]


KEY_VALUES = st.dictionaries(
    st.sampled_from(["title", "description", "pin", "exl-id"]),
    st.text("abcxyz0123456789", min_size=1, max_size=8),
    max_size=4,
)


@given(KEY_VALUES, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "'", '"']))
def test_all_other_values_stay(values: dict[str, str], newline: str, quote: str) -> None:
    lines = ["---", *(f"{key}: {quote}{value}{quote}" for key, value in values.items()), "---", "x"]
    data = newline.join(lines).encode()
    changed = set_value(data, read_front_matter(data, Limits()), KEYS, "0123abc")
    assert changed is not None
    entries = read_front_matter(changed, Limits()).entries
    assert {key: entry.value for key, entry in entries.items()} == {**values, "pin": "0123abc"}
    assert changed.replace(b"0123abc", values.get("pin", "0123abc").encode(), 1) == data or (
        "pin" not in values and changed.replace(f"pin: 0123abc{newline}".encode(), b"") == data
    )
